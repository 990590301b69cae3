"""How a wrong formula relates to the key has a code, told from values alone."""

import pytest

from compare.deciding import decided

RELATED = [
    ("x, y: real", "x - y", "y - x", "sign"),
    ("x: real", "x^2 + 1", "-1 - x^2", "sign"),
    ("d: size", "1/sqrt(d)", "2/sqrt(d)", "constant_factor"),
    ("d: size", "1/sqrt(d)", "sqrt(d)", "inverse"),
    ("d: size", "1/sqrt(d)", "1/d", "missing_root"),
    ("mu: vector(d)", "mu^T mu", "||mu||", "extra_root"),
    ("x: real", "sqrt(x^2)", "x", "only_positive"),
    ("x, y: real", "|x y|", "x |y|", "only_positive"),
    ("x: real", "(x + 1)^2", "x^2 + 2x", "constant_term"),
    ("x, y: real", "x^2 + exp(y)", "x^2 + y", "one_slip"),
    ("x, y: real", "x^2 + exp(y)", "x^3 + exp(y)", "one_slip"),
    ("x, y: real", "x^2 + exp(y)", "17 x + y", "differs"),
    ("x: real", "5", "x", "differs"),
]
SLIPS = [
    ("x sin(y) + 3 z", "x sin(y) - 3 z", "sign"),
    ("x sin(y) + 3 z", "x cos(y) + 3 z", "function"),
    ("x sin(y) + 3 z", "x + sin(y) + 3 z", "operator"),
    ("x sin(y) + 3 z", "x sin(z) + 3 z", "symbol"),
    ("x sin(y) + 3 z", "x sin(y) + 4 z", "number"),
    ("x sin(y) + 3 z", "x sin(y) + z", "missing factor"),
    ("x^3 + y/z + 1", "x^-3 + y/z + 1", "exponent"),
    ("x^3 + y/z + 1", "x^3 + z/y + 1", "fraction"),
    ("x^3 + y/z + x z", "x^3 + x z", "missing term"),
]


@pytest.mark.parametrize(("symbols", "key", "answer", "code"), RELATED)
def test_a_mistake_is_named_by_what_it_does(symbols: str, key: str, answer: str, code: str) -> None:
    """However the answer is written."""
    decision = decided(answer, key, symbols)
    assert (decision.outcome, decision.code) == ("differs", code)


@pytest.mark.parametrize(("key", "answer", "slip"), SLIPS)
def test_a_single_slip_has_a_kind(key: str, answer: str, slip: str) -> None:
    """The first thing a teaching assistant would point at."""
    decision = decided(answer, key, "x, y, z: real")
    assert (decision.code, decision.slip) == ("one_slip", slip)


def test_the_slip_is_found_in_another_spelling() -> None:
    """Values are compared, not letters."""
    decision = decided("(y x + 1)(x - 1) + 1 - y x^2", "x + x y", "x, y: real")
    assert decision.code == "one_slip"
