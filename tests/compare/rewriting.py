"""What may be done to a formula without changing it, and slips that change it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction

from autograder.language.tree import (
    Add,
    Call,
    Constant,
    Divide,
    Multiply,
    Negate,
    Number,
    Power,
    Symbol,
    Tree,
    children,
    rebuild,
)
from compare.formulas import SYMBOLS, product

ZERO, ONE, TWO, HALF = (Number(Fraction(n)) for n in (0, 1, 2, Fraction(1, 2)))

Change = Callable[[Tree], Tree | None]


def places(tree: Tree, at: tuple[int, ...] = ()) -> Iterator[tuple[int, ...]]:
    """Where each node of a tree is."""
    yield at
    for number, child in enumerate(children(tree)):
        yield from places(child, (*at, number))


def changed(tree: Tree, at: tuple[int, ...], change: Change) -> Tree:
    """The tree with one node changed, or as it is where the change does not apply."""
    if not at:
        return change(tree) or tree
    position = -1

    def enter(child: Tree) -> Tree:
        nonlocal position
        position += 1
        return changed(child, at[1:], change) if position == at[0] else child

    return rebuild(tree, enter)


def applied(tree: Tree, place: int, change: Change) -> Tree:
    """The change at the first node from there on where it applies."""
    where = list(places(tree))
    for step in range(len(where)):
        found = changed(tree, where[(place + step) % len(where)], change)
        if found != tree:
            return found
    return tree


def positive(tree: Tree) -> bool:
    """Whether it is plainly above zero."""
    match tree:
        case Number(value=number):
            return number > 0
        case Symbol(name=name):
            return SYMBOLS.get(name) == "positive"
        case Constant() | Call(name="exp" | "cosh"):
            return True
        case Add() | Multiply() | Divide() | Call(name="sqrt"):
            return all(map(positive, children(tree)))
        case Power(base=base):
            return positive(base)
    return False


# -- what changes nothing ----------------------------------------------------------------


def reverse(tree: Tree) -> Tree | None:
    if isinstance(tree, Add):
        return Add(tree.terms[::-1])
    if isinstance(tree, Multiply):
        return Multiply(tree.factors[::-1], tree.signs)
    return None


def associate(tree: Tree) -> Tree | None:
    if isinstance(tree, Add) and len(tree.terms) > 2:
        return Add((tree.terms[0], Add(tree.terms[1:])))
    if isinstance(tree, Multiply) and len(tree.factors) > 2:
        return product((tree.factors[0], product(tree.factors[1:])))
    return None


def distribute(tree: Tree) -> Tree | None:
    match tree:
        case Multiply(factors=factors):
            for at, factor in enumerate(factors):
                if isinstance(factor, Add):
                    rest = factors[:at], factors[at + 1 :]
                    return Add(tuple(product((*rest[0], t, *rest[1])) for t in factor.terms))
        case Divide(over=Add(terms=terms), under=under):
            return Add(tuple(Divide(term, under) for term in terms))
        case Negate(of=Add(terms=terms)):
            return Add(tuple(Negate(term) for term in terms))
    return None


def square_out(tree: Tree) -> Tree | None:
    match tree:
        case Power(base=Add(terms=(a, b)), exponent=Number(value=number)) if number == 2:
            return Add((Power(a, TWO), product((TWO, a, b)), Power(b, TWO)))
        case Power(base=base, exponent=Number(value=number)) if number in (2, 3):
            return product([base] * int(number))
    return None


def take_out(tree: Tree) -> Tree | None:
    """`a + b` as `a (1 + b/a)`."""
    if not isinstance(tree, Add) or tree.terms[0] == ZERO:
        return None
    first, *rest = tree.terms
    return product((first, Add((ONE, *(Divide(term, first) for term in rest)))))


def inverse(tree: Tree) -> Tree | None:
    if isinstance(tree, Divide):
        return product((tree.over, Power(tree.under, Negate(ONE))))
    if isinstance(tree, Power) and isinstance(tree.exponent, Number):
        return Divide(ONE, Power(tree.base, Number(-tree.exponent.value)))
    return None


def by_another_name(tree: Tree) -> Tree | None:
    """A function by others."""
    if not isinstance(tree, Call):
        return None
    first = tree.arguments[0]
    up, down = Call("exp", (first,)), Call("exp", (Negate(first),))
    match tree.name:
        case "sqrt":
            return Power(first, Divide(ONE, TWO))
        case "exp":
            return Power(Constant("e"), first)
        case "tan":
            return Divide(Call("sin", (first,)), Call("cos", (first,)))
        case "cos":
            return Add(
                (ONE, Negate(product((TWO, Power(Call("sin", (Divide(first, TWO),)), TWO)))))
            )
        case "sinh":
            return Divide(Add((up, Negate(down))), TWO)
        case "tanh":
            return Divide(Add((up, Negate(down))), Add((up, down)))
        case "abs":
            return Call("sqrt", (Power(first, TWO),))
        case "max":
            a, b = tree.arguments
            return Divide(Add((a, b, Call("abs", (Add((a, Negate(b))),)))), TWO)
    return None


def on_positives(tree: Tree) -> Tree | None:
    """Laws of powers, logarithms and exponentials, where nothing can be negative."""
    match tree:
        case Call(name="exp", arguments=(Add(terms=terms),)):
            return product([Call("exp", (term,)) for term in terms])
        case Call(name="log", arguments=(Multiply(factors=factors),)) if all(
            map(positive, factors)
        ):
            return Add(tuple(Call("log", (factor,)) for factor in factors))
        case Call(name="log", arguments=(Divide(over=over, under=under),)) if positive(
            over
        ) and positive(under):
            return Add((Call("log", (over,)), Negate(Call("log", (under,)))))
        case Call(name="log", arguments=(Power(base=base, exponent=exponent),)) if positive(base):
            return product((exponent, Call("log", (base,))))
        case Power(base=base, exponent=exponent) if positive(base):
            return product((Power(base, Add((exponent, Negate(HALF)))), Call("sqrt", (base,))))
        case Call(name="sqrt", arguments=(Multiply(factors=factors),)) if all(
            map(positive, factors)
        ):
            return product([Call("sqrt", (factor,)) for factor in factors])
    return None


def number_otherwise(tree: Tree) -> Tree | None:
    if isinstance(tree, Number) and tree.value > 1:
        return Add((Number(tree.value - 1), ONE))
    return Divide(ONE, TWO) if tree == HALF else None


def _circle(tree: Tree) -> Tree:
    angle = (Symbol("x"),)
    return product((tree, Add((Power(Call("cos", angle), TWO), Power(Call("sin", angle), TWO)))))


NONZERO = Add((Power(Symbol("x"), TWO), ONE))
SAME: dict[str, Change] = {
    "reverse": reverse,
    "associate": associate,
    "distribute": distribute,
    "square out": square_out,
    "take out": take_out,
    "inverse": inverse,
    "by another name": by_another_name,
    "on positives": on_positives,
    "number otherwise": number_otherwise,
    "twice negated": lambda t: Negate(Negate(t)),
    "times and over": lambda t: Divide(product((NONZERO, t)), NONZERO),
    "times and over a": lambda t: product((Symbol("a"), Divide(t, Symbol("a")))),
    "plus and minus": lambda t: Add((t, Symbol("y"), Negate(Symbol("y")))),
    "halved twice": lambda t: Add((Divide(t, TWO), Divide(t, TWO))),
    "circle": _circle,
}


# -- what changes something --------------------------------------------------------------

OTHER = {
    "sin": "cos", "cos": "sin", "tan": "sin", "exp": "sinh", "log": "sqrt", "sqrt": "log",
    "sinh": "cosh", "cosh": "sinh", "tanh": "atan", "atan": "tan", "abs": "sqrt", "max": "min",
}  # fmt: skip


def lose_one(tree: Tree) -> Tree | None:
    match tree:
        case Add(terms=terms):
            return terms[0] if len(terms) == 2 else Add(terms[1:])
        case Multiply(factors=factors):
            return factors[0] if len(factors) == 2 else product(factors[1:])
    return None


def flip_sign(tree: Tree) -> Tree | None:
    match tree:
        case Negate(of=of):
            return of
        case Add(terms=terms):
            last = terms[-1]
            flipped = last.of if isinstance(last, Negate) else Negate(last)
            return Add((*terms[:-1], flipped))
    return None


def other_operator(tree: Tree) -> Tree | None:
    match tree:
        case Add(terms=terms):
            return product(terms)
        case Multiply(factors=(a, b)):
            return Add((a, b))
        case Divide(over=over, under=under):
            return product((over, under))
    return None


def off_by(step: int) -> Change:
    def off(tree: Tree) -> Tree | None:
        if isinstance(tree, Power) and isinstance(tree.exponent, Number):
            return replace(tree, exponent=Number(tree.exponent.value + step))
        return Number(tree.value + step) if isinstance(tree, Number) else None

    return off


def other_function(tree: Tree) -> Tree | None:
    if isinstance(tree, Call) and tree.name in OTHER:
        return replace(tree, name=OTHER[tree.name])
    return None


def other_symbol(tree: Tree) -> Tree | None:
    swapped = {"x": "y", "y": "x", "a": "x", "n": "a"}
    return Symbol(swapped[tree.name]) if isinstance(tree, Symbol) else None


SLIPS: dict[str, Change] = {
    "lose one": lose_one,
    "flip sign": flip_sign,
    "other operator": other_operator,
    "one more": off_by(1),
    "one less": off_by(-1),
    "other function": other_function,
    "other symbol": other_symbol,
    "twice": lambda t: product((TWO, t)),
    "half": lambda t: Divide(t, TWO),
    "negated": Negate,
    "plus one": lambda t: Add((t, ONE)),
    "squared": lambda t: Power(t, TWO),
    "a little more": lambda t: product((Number(Fraction(1001, 1000)), t)),
}
