"""Formulas are equal, different or undecided, whichever of them is the key."""

import pytest

from autograder.compare import closed_form
from autograder.language.grammar import parse
from compare.deciding import Pair, decided, pairs, prepared, vocabulary

EQUAL, DIFFERENT = pairs("equal"), pairs("different")
# The answer has no real value to compare, or none that fits in a number.
UNDECIDED = [
    ("x: real", "x", "sqrt(-x^2 - 1)", "undecided"),
    ("x: real", "x", "x/0", "undecided"),
    ("x: real", "x", "sqrt(x^2) + i x", "undecided"),
    ("x: real", "x", "besselj(0, x)", "undecided"),
    ("x: real", "x^2", "1/(x - x)", "undecided"),
    ("x: real", "x", "9^9^9^9", "too_large"),
    ("x: positive", "x", "exp(exp(exp(exp(x + 20))))", "too_large"),
    ("n: size", "n", "factorial(factorial(n + 20))", "too_large"),
    ("A: matrix(n, n), u: vector(n)", "u", "A^-1 A u", "undecided"),
]


@pytest.mark.parametrize("pair", EQUAL, ids=str)
def test_equal_formulas_are_right(pair: Pair) -> None:
    """And it is pinned whether algebra proves it or numbers agree."""
    decision = decided(pair.answer, pair.key, pair.symbols)
    assert (decision.outcome, decision.code) == (pair.pinned, "right")


@pytest.mark.parametrize("pair", [p for p in EQUAL if "sum_{i=1}^n" not in p.answer], ids=str)
def test_equality_has_no_direction(pair: Pair) -> None:
    """The key might as well have been the answer."""
    assert decided(pair.key, pair.answer, pair.symbols).outcome == pair.pinned


@pytest.mark.parametrize("pair", DIFFERENT, ids=str)
def test_different_formulas_are_wrong(pair: Pair) -> None:
    """How the answer relates to the key has a code."""
    decision = decided(pair.answer, pair.key, pair.symbols)
    assert (decision.outcome, decision.code) == ("differs", pair.pinned)


@pytest.mark.parametrize("pair", [p for p in DIFFERENT if "n-1" not in p.answer], ids=str)
def test_a_difference_has_no_direction(pair: Pair) -> None:
    """Sign, constant factor and inverse are the same seen from the other side."""
    decision = decided(pair.key, pair.answer, pair.symbols)
    assert decision.outcome == "differs"
    if pair.answer != "0":
        assert decision.code == pair.pinned


@pytest.mark.parametrize("pair", EQUAL + DIFFERENT, ids=str)
def test_every_formula_equals_itself(pair: Pair) -> None:
    """Nothing in the tables is beyond comparison."""
    assert decided(pair.key, pair.key, pair.symbols).code == "right"


@pytest.mark.parametrize(("symbols", "key", "answer", "code"), UNDECIDED)
def test_without_common_values_a_person_decides(
    symbols: str, key: str, answer: str, code: str
) -> None:
    """Never wrong by default."""
    decision = decided(answer, key, symbols)
    assert (decision.outcome, decision.code) == ("undecided", code)


@pytest.mark.parametrize("key", ["sqrt(-x^2 - 1)", "1/0 x", "log(-x^2)", "9^9^9^9 x"])
def test_a_key_without_values_is_the_authors_mistake(key: str) -> None:
    """It is told when the key is prepared, not when students are graded."""
    with pytest.raises(ValueError, match="no value"):
        prepared(key, "x: real")


@pytest.mark.parametrize(
    ("key", "answer"),
    [("log(x^2)", "2 log(x)"), ("1/sqrt(x)", "sqrt(1/x)"), ("sqrt(x) sqrt(x)", "x"),
     ("x/x", "1"), ("(x^2 - 1)/(x - 1)", "x + 1"), ("exp(log(x))", "x")],
)  # fmt: skip
def test_another_domain_of_definition_is_no_difference(key: str, answer: str) -> None:
    """Only a point where both sides are real can reject."""
    assert decided(answer, key, "x: real").code == "right"


def test_the_evidence_is_a_point_where_they_differ() -> None:
    """Anyone can check it by hand."""
    point = decided("x", "|x|", "x: real").evidence
    assert point["x"].startswith("-")


def test_domains_are_part_of_the_question() -> None:
    """sqrt(x^2) is x for positive x only."""
    assert decided("x", "sqrt(x^2)", "x: positive").outcome == "proved"
    assert decided("x", "sqrt(x^2)", "x: real").outcome == "differs"


@pytest.mark.parametrize(
    ("answer", "right"),
    [("q", True), ("d/h", True), ("k", True), ("h", False), ("d", False), ("q + 1", False)],
)
def test_relations_hold_at_every_point(answer: str, right: bool) -> None:
    """Under `q = k = d/h` the three names are one size."""
    decision = decided(answer, "k", "d, h, q, k: size", "q = k = d/h, h <= d")
    assert (decision.code == "right") is right


def test_cancellation_alone_rejects_nothing() -> None:
    """Huge terms that cancel are looked at with more digits."""
    huge = "(10^30 + x) - 10^30"
    assert decided(huge, "x", "x: real").code == "right"
    assert decided("(1 + x 10^-12)^2 - 1 - x^2 10^-24", "2 x 10^-12", "x: real").code == "right"


def test_another_shape_is_told_before_numbers() -> None:
    """A vector is no number."""
    known = vocabulary("u: vector(n)")
    key = closed_form.prepare(parse("u^T u", known), known)
    assert closed_form.decide(parse("u", known), key).code == "wrong_shape"


def test_a_decision_is_the_same_on_every_run() -> None:
    """Points are drawn from the declarations alone."""
    one = decided("x + y", "x y", "x, y: real")
    prepared.cache_clear()
    assert decided("x + y", "x y", "x, y: real") == one
