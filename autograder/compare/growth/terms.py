"""What was typed in an order of growth: its terms, superfluous ones, coefficients, bounds."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import product

from autograder.compare.growth.cone import escape
from autograder.compare.growth.domain import Domain
from autograder.compare.growth.forms import UNIT
from autograder.compare.growth.normal_form import normal_form
from autograder.compare.growth.scale import Monomial, UndecidedError, UndefinedError
from autograder.language.tree import (
    Add,
    Call,
    Constant,
    Divide,
    Multiply,
    Negate,
    Number,
    Order,
    Power,
    Tree,
    walk,
)

MOST_TERMS = 24


def bounds_of(tree: Tree) -> frozenset[str]:
    """The words O, Theta, Omega, o, omega that occur."""
    return frozenset(node.bound for node in walk(tree) if isinstance(node, Order))


def terms_of(tree: Tree) -> tuple[Tree, ...]:
    """The terms of a sum or maximum, also of one that is multiplied by something.

    `a max(b, c)` has the terms a b and a c. More than `MOST_TERMS` stay together.
    """
    match tree:
        case Order(_, of):
            return terms_of(of)
        case Add(parts) | Call("max", parts):
            found = tuple(term for part in parts for term in terms_of(part))
        case Multiply(factors, signs):
            split = product(*(terms_of(factor) for factor in factors))
            found = tuple(
                Multiply(choice, signs, span=tree.span)
                for choice, _ in zip(split, range(MOST_TERMS + 1), strict=False)
            )
        case Divide(above, below):
            found = tuple(Divide(term, below, span=tree.span) for term in terms_of(above))
        case _:
            return (tree,)
    return found if 1 < len(found) <= MOST_TERMS else (tree,)


def redundant_terms(tree: Tree, domain: Domain) -> tuple[Tree, ...]:
    """Terms that the others beside them bound, of every sum and maximum outside exponents."""
    found: list[Tree] = []
    for parts in _sums(tree):
        kept = [(part, form) for part in parts if (form := _sum_of(part, domain)) is not None]
        for part, form in reversed(list(kept)):
            others = [pair for pair in kept if pair[0] is not part]
            bounds = frozenset(monomial for _, other in others for monomial in other)
            if bounds and _bounded(form, bounds, domain):
                kept = others
                found.append(part)
    return tuple(sorted(found, key=lambda term: term.span))


def has_coefficient(tree: Tree) -> bool:
    """Whether a factor, a divisor or the whole is a number other than 1."""
    match tree:
        case Order(_, of):
            return has_coefficient(of)
        case Number(value):
            return value != 1
        case Constant():
            return True
        case Add(parts) | Call("max" | "min", parts):
            return any(not isinstance(part, Number) and has_coefficient(part) for part in parts)
        case Multiply(factors):
            return any(has_coefficient(factor) for factor in factors)
        case Divide(above, below):
            whole = above == Number(Fraction(1))
            return (not whole and has_coefficient(above)) or has_coefficient(below)
        case Power(base, _):
            return not isinstance(base, Number | Constant) and has_coefficient(base)
        case Negate(of) | Call("abs" | "floor" | "ceil" | "sqrt" | "cbrt", (of,)):
            return has_coefficient(of)
    return False


def _sums(tree: Tree) -> Iterator[Sequence[Tree]]:
    match tree:
        case Order(_, of) | Call("abs" | "floor" | "ceil" | "sqrt" | "cbrt", (of,)):
            yield from _sums(of)
        case Add(parts) | Call("max", parts):
            yield _flat(parts)
            for part in _flat(parts):
                yield from _sums(part)
        case Multiply(factors):
            for factor in factors:
                yield from _sums(factor)
        case Divide(above, below):
            yield from _sums(above)
            yield from _sums(below)
        case Power(base, _):
            yield from _sums(base)


def _flat(parts: Sequence[Tree]) -> list[Tree]:
    """The terms, those of sums and maxima inside included."""
    found: list[Tree] = []
    for part in parts:
        match part:
            case Order(_, of):
                found += _flat([of])
            case Add(inner) | Call("max", inner):
                found += _flat(inner)
            case _:
                found.append(part)
    return found


def _sum_of(tree: Tree, domain: Domain) -> frozenset[Monomial] | None:
    """The monomials of a sum that isn't negative, None for anything else."""
    try:
        form = normal_form(tree, domain)
    except (UndecidedError, UndefinedError, ArithmeticError):
        return None
    return form.above if form.sign > 0 and form.below == UNIT else None


def _bounded(sum_: Iterable[Monomial], bounds: Iterable[Monomial], domain: Domain) -> bool:
    """Whether that can be shown."""
    try:
        return all(escape(monomial, bounds, domain) is None for monomial in sum_)
    except (UndecidedError, ArithmeticError):
        return False
