"""Derivatives of formulas, for answers that hold one: `diff(x^2, x)`.

The result is a tree like any other; nothing is simplified, since values are compared.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from autograder.errors import Unreadable
from autograder.language.tree import (
    Add,
    Call,
    Constant,
    Divide,
    Multiply,
    Negate,
    Number,
    Power,
    Sign,
    Symbol,
    Tree,
    walk,
)

MOST_NODES = 400  # of a derivative; those of products grow
ZERO, ONE, TWO = (Number(Fraction(n)) for n in range(3))


def derivative(tree: Tree, name: str) -> Tree:
    """The derivative with respect to a scalar symbol.

    Errors: Unreadable `unsupported` for what has no rule here, `too_long` when it gets large.
    """
    found = _derivative(tree, name)
    if sum(1 for _ in walk(found)) > MOST_NODES:
        raise Unreadable("too_long", tree.span, length=MOST_NODES, most=MOST_NODES)
    return found


def _derivative(tree: Tree, name: str) -> Tree:
    if not any(isinstance(node, Symbol) and node.name == name for node in walk(tree)):
        return ZERO
    match tree:
        case Symbol():
            return ONE
        case Add(terms=terms):
            return Add(tuple(_derivative(term, name) for term in terms))
        case Negate(of=of):
            return Negate(_derivative(of, name))
        case Multiply(factors=factors):
            return Add(tuple(_with(factors, at, name) for at in range(len(factors))))
        case Divide(over=over, under=under):
            fall = _times(over, _derivative(under, name))
            rise = _times(_derivative(over, name), under)
            return Divide(Add((rise, Negate(fall))), Power(under, TWO))
        case Power(base=base, exponent=exponent):
            return _power(base, exponent, name)
        case Call(name=function, arguments=(argument,)) if function in RULES:
            return _times(RULES[function](argument), _derivative(argument, name))
    raise Unreadable("unsupported", tree.span, what="this derivative")


def _with(factors: tuple[Tree, ...], at: int, name: str) -> Tree:
    """The product with one factor's derivative in its place."""
    return _times(*factors[:at], _derivative(factors[at], name), *factors[at + 1 :])


def _power(base: Tree, exponent: Tree, name: str) -> Tree:
    """`n x^(n-1)`, `e^x log(e)`, or both for a power whose base and exponent change."""
    lower = Power(base, Add((exponent, Negate(ONE))))
    inner, outer = _derivative(base, name), _derivative(exponent, name)
    parts = []
    if inner != ZERO:
        parts.append(_times(exponent, lower, inner))
    if outer != ZERO:
        logarithm = ONE if base == Constant("e") else Call("log", (base,))
        parts.append(_times(Power(base, exponent), logarithm, outer))
    return parts[0] if len(parts) == 1 else Add(tuple(parts))


def _times(*factors: Tree) -> Tree:
    star: Sign = "*"
    signs = (star,) * (len(factors) - 1)
    return Multiply(factors, signs) if signs else factors[0]


def _over(under: Tree) -> Tree:
    return Divide(ONE, under)


def _square(tree: Tree) -> Tree:
    return Power(tree, TWO)


def _minus(left: Tree, right: Tree) -> Tree:
    return Add((left, Negate(right)))


def _root(tree: Tree) -> Tree:
    return Call("sqrt", (tree,))


RULES: Mapping[str, Callable[[Tree], Tree]] = {
    "sin": lambda x: Call("cos", (x,)),
    "cos": lambda x: Negate(Call("sin", (x,))),
    "tan": lambda x: _over(_square(Call("cos", (x,)))),
    "cot": lambda x: Negate(_over(_square(Call("sin", (x,))))),
    "sinh": lambda x: Call("cosh", (x,)),
    "cosh": lambda x: Call("sinh", (x,)),
    "tanh": lambda x: _over(_square(Call("cosh", (x,)))),
    "exp": lambda x: Call("exp", (x,)),
    "log": _over,
    "sqrt": lambda x: _over(_times(TWO, _root(x))),
    "asin": lambda x: _over(_root(_minus(ONE, _square(x)))),
    "acos": lambda x: Negate(_over(_root(_minus(ONE, _square(x))))),
    "atan": lambda x: _over(Add((ONE, _square(x)))),
    "asinh": lambda x: _over(_root(Add((_square(x), ONE)))),
    "acosh": lambda x: _over(_root(_minus(_square(x), ONE))),
    "atanh": lambda x: _over(_minus(ONE, _square(x))),
    "abs": lambda x: Call("sign", (x,)),
    "relu": lambda x: Call("heaviside", (x,)),
    "sigmoid": lambda x: _times(Call("sigmoid", (x,)), _minus(ONE, Call("sigmoid", (x,)))),
    "softplus": lambda x: Call("sigmoid", (x,)),
    "erf": lambda x: Divide(_times(TWO, Call("exp", (Negate(_square(x)),))), _root(Constant("pi"))),
}
