"""Random rewrites of a key stay right, and random slips are wrong."""

import math
from collections.abc import Callable, Mapping
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from autograder.compare.closed_form import decide
from autograder.language.parser.grammar import parse
from autograder.language.printer.echo import echo
from autograder.language.tree import (
    Add,
    Call,
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
from compare.deciding import prepared, vocabulary

PROPERTY = settings(max_examples=120)
SYMBOLS = "x, y: positive, n: size"
KEYS = [
    "1/sqrt(n)",
    "n x^4 + 2 x^2 y",
    "x^2 (n x^2 + 2 y)",
    "(x y + 1)^2",
    "sqrt(x^2 + y^2)",
    "exp(-x)/(1 + exp(-x))",
    "log(x/y) + n",
    "x/(x + y/n)",
    "(x - y)^2/(2 n)",
    "1 - (1 - x)^n",
]
# Points of our own, in floating point, far from the engine's.
POINTS = [
    {"x": 1.37, "y": 0.61, "n": 3},
    {"x": 0.42, "y": 2.9, "n": 5},
    {"x": 2.2, "y": 1.1, "n": 2},
]
ONE, TWO = Number(Fraction(1)), Number(Fraction(2))


def value(tree: Tree, at: Mapping[str, float]) -> float:
    """A formula by Python's floats, written apart from the engine."""
    parts = [value(child, at) for child in children(tree)]
    match tree:
        case Number(value=number):
            return float(number)
        case Symbol(name=name):
            return float(at[name])
        case Add():
            return math.fsum(parts)
        case Negate():
            return -parts[0]
        case Multiply():
            return math.prod(parts)
        case Divide():
            return parts[0] / parts[1]
        case Power():
            found = parts[0] ** parts[1]
            if isinstance(found, complex):
                raise ValueError("not real")
            return float(found)
        case Call(name=name):
            return float(getattr(math, name)(*parts))
    raise NotImplementedError(type(tree).__name__)


def really_differ(left: Tree, right: Tree) -> bool:
    """Whether floats tell two formulas apart beyond any doubt of rounding."""
    apart = []
    for at in POINTS:
        try:
            a, b = value(left, at), value(right, at)
        except (ArithmeticError, ValueError):
            return False
        apart.append(abs(a - b) > 1e-6 * max(abs(a), abs(b), 1e-3))
    return any(apart)


def has_values(tree: Tree) -> bool:
    """Whether a formula has a value everywhere: 1/(1/0), a rewritten zero, has none."""
    try:
        return all(math.isfinite(value(tree, at)) for at in POINTS)
    except (ArithmeticError, ValueError):
        return False


def paths(tree: Tree, at: tuple[int, ...] = ()) -> list[tuple[int, ...]]:
    """Where each node of a tree is."""
    inside = [p for n, child in enumerate(children(tree)) for p in paths(child, (*at, n))]
    return [at, *inside]


def changed(tree: Tree, at: tuple[int, ...], change: Callable[[Tree], Tree]) -> Tree:
    """The tree with one node changed."""
    if not at:
        return change(tree)
    position = -1

    def enter(child: Tree) -> Tree:
        nonlocal position
        position += 1
        return changed(child, at[1:], change) if position == at[0] else child

    return rebuild(tree, enter)


def swapped(tree: Tree) -> Tree:
    """Terms and factors in another order, which changes nothing."""
    if isinstance(tree, Add):
        return Add(tree.terms[::-1])
    if isinstance(tree, Multiply):
        return Multiply(tree.factors[::-1], tree.signs)
    return Multiply((TWO, Divide(tree, TWO)), ("*",))


SAME: list[Callable[[Tree], Tree]] = [
    swapped,
    lambda t: Negate(Negate(t)),
    lambda t: Multiply((t, ONE), ("*",)),
    lambda t: Add((t, Number(Fraction(0)))),
    lambda t: Divide(ONE, Divide(ONE, t)),
    lambda t: Add((Multiply((TWO, t), ("",)), Negate(t))),
    lambda t: Divide(Multiply((t, Symbol("x")), ("",)), Symbol("x")),
    lambda t: Power(t, ONE),
    lambda t: Call("log", (Call("exp", (t,)),)),
    lambda t: Add((Add((t, Symbol("y"))), Negate(Symbol("y")))),
]
SLIPS: list[Callable[[Tree], Tree]] = [
    Negate,
    lambda t: Multiply((TWO, t), ("",)),
    lambda t: Divide(t, TWO),
    lambda t: Add((t, ONE)),
    lambda t: Power(t, TWO),
    lambda t: Call("sqrt", (t,)),
    lambda t: Divide(ONE, t),
    lambda t: Multiply((t, Symbol("n")), ("",)),
    lambda t: Divide(t, Symbol("n")),
    lambda t: ONE,
    lambda t: Symbol("y"),
    lambda t: Add((t, Negate(Symbol("x")))),
]

keys = st.sampled_from(KEYS)
places = st.integers(0, 40)


def at_random(key: str, place: int, change: Callable[[Tree], Tree]) -> Tree:
    """A key with one change at a random place."""
    tree = parse(key, vocabulary(SYMBOLS))
    where = paths(tree)
    return changed(tree, where[place % len(where)], change)


@PROPERTY
@given(keys, st.lists(st.tuples(places, st.sampled_from(SAME)), min_size=1, max_size=4))
def test_a_rewritten_key_stays_right(
    key: str, rewrites: list[tuple[int, Callable[[Tree], Tree]]]
) -> None:
    """Nothing that changes no value costs a point."""
    answer = parse(key, vocabulary(SYMBOLS))
    for place, rewrite in rewrites:
        where = paths(answer)
        answer = changed(answer, where[place % len(where)], rewrite)
    assume(has_values(answer))
    assert decide(answer, prepared(key, SYMBOLS)).code == "right"


@PROPERTY
@given(keys, places, st.sampled_from(SLIPS))
def test_a_single_slip_is_wrong(key: str, place: int, slip: Callable[[Tree], Tree]) -> None:
    """Whatever floats can tell apart is never accepted."""
    answer = at_random(key, place, slip)
    assume(really_differ(answer, parse(key, vocabulary(SYMBOLS))))
    assert decide(answer, prepared(key, SYMBOLS)).outcome in ("differs", "undecided")


@PROPERTY
@given(keys, places, st.sampled_from(SLIPS), places, st.sampled_from(SLIPS))
def test_right_and_wrong_follow_the_values(
    key: str,
    one: int,
    slip: Callable[[Tree], Tree],
    other: int,
    second: Callable[[Tree], Tree],
) -> None:
    """Two slips may undo one another; floats decide what is expected."""
    first = at_random(key, one, slip)
    where = paths(first)
    answer = changed(first, where[other % len(where)], second)
    decision = decide(answer, prepared(key, SYMBOLS))
    if really_differ(answer, parse(key, vocabulary(SYMBOLS))):
        assert decision.outcome != "agrees" and decision.outcome != "proved"


def test_slips_are_really_caught() -> None:
    """The property above is not empty: of all slips at all places most are told apart."""
    caught = total = 0
    for key in KEYS:
        tree = parse(key, vocabulary(SYMBOLS))
        for place in range(len(paths(tree))):
            for slip in SLIPS[:5]:
                answer = at_random(key, place, slip)
                if really_differ(answer, tree):
                    total += 1
                    caught += decide(answer, prepared(key, SYMBOLS), prove=False).code != "right"
    assert total > 300
    assert caught == total


def test_the_echo_of_a_slip_is_as_wrong_as_the_slip() -> None:
    """Reading is no part of the difference."""
    answer = at_random("1/sqrt(n)", 2, lambda t: Multiply((TWO, t), ("",)))
    again = parse(echo(answer), vocabulary(SYMBOLS))
    assert decide(again, prepared("1/sqrt(n)", SYMBOLS)).outcome == "differs"
