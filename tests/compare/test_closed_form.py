"""Formulas are equal, different or undecided, whichever of them is the key."""

import pytest

from autograder.compare import closed_form
from autograder.language.parser.grammar import parse
from compare.deciding import Pair, decided, pairs, prepared, vocabulary

EQUAL, DIFFERENT = pairs("equal"), pairs("different")
MUTUAL = ("sign", "constant_factor", "inverse", "only_positive", "constant_term")
# The answer has no real value to compare, or none that fits in a number.
UNDECIDED = [
    ("x: real", "x", "sqrt(-x^2 - 1)", "undecided"),
    ("x: real", "x", "x/0", "undecided"),
    ("x: real", "x^2", "1/(x - x)", "undecided"),
    ("x: real", "x", "9^9^9^9", "too_large"),
    ("x: positive", "x", "exp(exp(exp(exp(x + 20))))", "too_large"),
    ("n: size", "n", "factorial(factorial(n + 20))", "too_large"),
    ("A: matrix(n, n), u: vector(n)", "u", "(A - A)^-1 A u", "undecided"),
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
    if pair.answer != "0" and pair.pinned in MUTUAL:
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


COMPLEX = [
    ("z: complex", "|z|^2", "z^2", "differs"),
    ("z: complex", "|z|^2", "z conjugate(z)", "agrees"),
    ("z: complex", "z^2 - 1", "(z - 1)(z + 1)", "agrees"),
    ("z: complex", "sqrt(z^2)", "z", "differs"),
    ("x: real, z: complex", "x z", "x z + 10^-30 i", "differs"),
    ("x: real, z: complex", "x + 0 z", "x", "agrees"),
]
HIDDEN = [  # a difference that a few points near 1 do not show
    ("x: real", "max(x, 100)", "100"),
    ("x: real", "|x - 500|", "500 - x"),
    ("n: size", "floor(n/2000)", "0"),
    ("n: size", "ceil(n/128)", "floor(n/128) + 1"),
    ("x, y: real", "max(x, y + 300)", "y + 300"),
    ("x: real", "x", "x + 10^-50"),
    ("x: real", "x + exp(-200)", "x"),
    ("x: real", "1 + x/2^300", "1"),
    ("n, m: size", "max(3 - n, m)", "m"),
    ("n, m: size", "max(n + m, 5)", "n + m"),
    ("n, m, k: size", "max(n m k, 5)", "n m k"),
    ("x: real, n: size", "tanh(2 n cosh(x) - 1)", "tanh(3 n cosh(x) - 1)"),
]
NARROW = [  # where the first points have no value
    ("x: real", "sqrt(x - 100)", "(x - 100)^0.5"),
    ("x: real", "acosh(x)", "log(x + sqrt(x^2 - 1))"),
    ("x: real", "log(log(log(x)))", "log(log(log(x^2)/2))"),
    ("x, y: real", "log(x - 5) acos(y)", "acos(y) log(x - 5)"),
]


def _seen(answer: str, key: str, symbols: str) -> str:
    outcome = decided(answer, key, symbols).outcome
    return "agrees" if outcome == "proved" else outcome


@pytest.mark.parametrize(("symbols", "key", "answer", "outcome"), COMPLEX)
def test_complex_numbers_are_compared_off_the_real_line(
    symbols: str, key: str, answer: str, outcome: str
) -> None:
    """Where a complex symbol is declared."""
    assert _seen(answer, key, symbols) == outcome


@pytest.mark.parametrize(("symbols", "key", "answer"), HIDDEN)
def test_a_difference_far_out_or_far_down_is_found(symbols: str, key: str, answer: str) -> None:
    """Beyond the numbers that were typed, and below the terms beside it."""
    assert decided(answer, key, symbols).outcome == "differs"
    assert decided(key, answer, symbols).outcome == "differs"


@pytest.mark.parametrize(("symbols", "key", "answer"), NARROW)
def test_a_narrow_domain_is_searched_for(symbols: str, key: str, answer: str) -> None:
    """Points are tried from a thousandth to a million."""
    assert _seen(answer, key, symbols) == "agrees"


def test_a_term_too_small_to_be_seen_is_not_accepted() -> None:
    """Beyond the precision a person decides."""
    assert decided("x + 10^-5000", "x", "x: real").outcome == "undecided"


def test_a_key_that_overflows_at_some_points_has_the_others() -> None:
    """A sum over a thousand terms is left out, those over few are compared."""
    assert _seen("n(n + 1)/2", "sum_{i=1}^n i", "n: size") == "agrees"
