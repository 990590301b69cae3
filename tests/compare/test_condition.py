"""Two conditions are equal when they describe the same set."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.compare.condition import decide_condition, is_condition, quantity
from autograder.language.conditions import parse_condition
from autograder.language.statement import read
from autograder.language.tokens import tokenize
from autograder.language.tree import Tree
from compare.deciding import vocabulary

SIM = "sim: (vector(D), vector(D)) -> real, q, k: vector(D)"


def condition(text: str, symbols: str) -> Tree:
    return read(text, vocabulary(symbols), relation=True, parse=parse_condition).answer


def compared(answer: str, key: str, symbols: str = "x: real") -> str:
    known = vocabulary(symbols)
    return decide_condition(condition(answer, symbols), condition(key, symbols), known).code


@pytest.mark.parametrize(
    ("answer", "key"),
    [
        ("0 < x", "x > 0"),
        ("2x > 0", "x > 0"),
        ("-x < 0", "x > 0"),
        ("x^3 > 0", "x > 0"),
        ("x - 1 > -1", "x > 0"),
        ("exp(x) > 1", "x > 0"),
        ("x > 0 and x > -1", "x > 0"),
        ("not x <= 0", "x > 0"),
        ("x in (0, inf)", "x > 0"),
        ("|x| < 1", "-1 < x < 1"),
        ("x^2 < 1", "-1 < x < 1"),
        ("x in (-1, 1)", "x > -1 and x < 1"),
        ("x^2 != 0", "x != 0"),
        ("(x - 3)(x - 2) = 0", "x^2 - 5x + 6 = 0"),
        ("x < 10^6", "x < 1000000"),
        ("3x <= 1", "x <= 1/3"),
    ],
)
def test_the_same_set_is_right(answer: str, key: str) -> None:
    """However it is written, in both directions."""
    assert compared(answer, key) == compared(key, answer) == "right"


@pytest.mark.parametrize(
    ("answer", "key", "code"),
    [
        ("x >= 0", "x > 0", "too_loose"),
        ("x > 0", "x >= 0", "too_strict"),
        ("x != 0", "x > 0", "too_loose"),
        ("x > 1", "x > 0", "too_strict"),
        ("x > 0.001", "x > 0", "too_strict"),
        ("x > 1e-9", "x > 0", "too_strict"),
        ("0 < x < 1000000", "x > 0", "too_strict"),
        ("x^2 > 0", "x > 0", "too_loose"),
        ("x > -1", "x > 0", "too_loose"),
        ("x <= 1", "x < 1", "too_loose"),
        ("-1 < x < 1", "-1 < x < 2", "too_strict"),
        ("x in [0, 1]", "x in (0, 1]", "too_loose"),
        ("x < 1/3", "x < 0.333", "too_loose"),
    ],
)
def test_another_set_is_too_loose_or_too_strict(answer: str, key: str, code: str) -> None:
    """The side on which it fails is named."""
    assert compared(answer, key) == code


def test_the_evidence_is_a_value_they_disagree_on() -> None:
    """Here only 0 itself."""
    known = vocabulary("x: real")
    decision = decide_condition(
        condition("x >= 0", "x: real"), condition("x > 0", "x: real"), known
    )
    assert decision.at == 0


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("sim(q, k) > 0", None),
        ("0 < sim(k, q) < 1", None),
        ("sim > 0", None),
        ("sim(., .) > 0", None),
        ("sum_j sim(q, k) > 0", "about_a_sum"),
        ("sim(q, q) > 0", "about_equal_arguments"),
        ("q^T k > 0", "no_quantity"),
        ("1 > 0", "no_quantity"),
        ("sim(q, k) > D", "several_quantities"),
    ],
)
def test_a_condition_is_about_one_quantity(text: str, fault: str | None) -> None:
    """A value for an arbitrary pair, not a sum, a special case or something else."""
    assert quantity(condition(text, SIM), vocabulary(SIM)) == fault


def test_an_expression_is_no_condition() -> None:
    """A relation or a chain is."""
    known = vocabulary("x: real")
    assert is_condition(condition("0 < x < 1", "x: real"))
    assert not is_condition(parse_condition(tokenize("x + 1"), known, 5))


halves = st.integers(-12, 12).map(lambda n: Fraction(n, 2))
intervals = st.tuples(halves, halves, st.booleans(), st.booleans())
Interval = tuple[Fraction, Fraction, bool, bool]


def spelt(interval: Interval) -> str:
    low, high, left, right = interval
    return f"x {'>=' if left else '>'} {low} and x {'<=' if right else '<'} {high}"


def holds(interval: Interval, value: Fraction) -> bool:
    low, high, left, right = interval
    above = value >= low if left else value > low
    return above and (value <= high if right else value < high)


@settings(max_examples=150, derandomize=True, deadline=None, database=None)
@given(intervals, intervals)
def test_intervals_are_told_apart_as_sets(one: Interval, other: Interval) -> None:
    """Exact fractions at every end and between all ends say what is expected."""
    ends = sorted({*one[:2], *other[:2]})
    between = [(a + b) / 2 for a, b in pairwise(ends)]
    values = [ends[0] - 1, *ends, *between, ends[-1] + 1]
    same = all(holds(one, value) == holds(other, value) for value in values)
    assert (compared(spelt(one), spelt(other)) == "right") is same
