"""Declared names are found however they are spelt."""

import pytest
from reading import answer, refusal

from autograder.language.parser.spelling import canonical
from autograder.language.tree import Symbol


@pytest.mark.parametrize(
    ("symbols", "text", "name"),
    [
        ("a_1b: real", "a_1b", "a_1b"),
        ("x2y: real", "x2y", "x2y"),
        ("x_1y_2: real", "x_{1}y_{2}", "x_1y_2"),
        ("v_{max}: real", "v_{max}", "v_{max}"),
        ("v_{max}: real", "v_\\text{max}", "v_{max}"),
        ("v_max: real", "vmax", "v_max"),
        ("vmax: real", "v_{max}", "vmax"),
        ("x1: real", "x_1", "x1"),
        ("x1: real", "x₁", "x1"),
        ("x_1: real", "x1", "x_1"),
        ("h_theta: real", "h_\\theta", "h_theta"),
        ("h_theta: real", "h_θ", "h_theta"),
        ("mu0: real", "μ0", "mu0"),
        ("xbar: real", "\\bar{x}", "xbar"),
        ("xbar_n: real", "\\overline{x}_n", "xbar_n"),
        ("xhat: real", "\\hat x", "xhat"),
        ("x': real", "x'", "x'"),
    ],
)
def test_one_name_in_several_spellings(symbols: str, text: str, name: str) -> None:
    """With or without braces, underscore, LaTeX."""
    assert answer(text, symbols) == Symbol(name)


def test_a_longer_name_wins_over_its_parts() -> None:
    """`a_1b` is not `a_1` times `b`."""
    assert answer("a_1b", "a_1b, a_1, b: real") == Symbol("a_1b")
    assert answer("a_1 b", "a_1b, a_1, b: real") != Symbol("a_1b")


@pytest.mark.parametrize(
    ("symbols", "text"),
    [("d_k: real", "dk"), ("x_1, x1: real", "x_{2}"), ("x_12: real", "x_1"), ("x: real", "x__")],
)
def test_a_letter_below_is_not_left_out(symbols: str, text: str) -> None:
    """`dk` may be a product with a letter that the question does not have."""
    assert refusal(text, symbols).code == "unknown_symbol"


def test_two_names_with_the_same_letters_are_kept_apart() -> None:
    """`x1` and `x_1` may both be declared."""
    symbols = "x1, x_1: real"
    assert answer("x1", symbols) == Symbol("x1")
    assert answer("x_1", symbols) == Symbol("x_1")


@pytest.mark.parametrize(
    ("name", "spelt"),
    [("\\alpha_{r}", "alpha_r"), ("α", "alpha"), ("v_{max}", "v_max"), ("☃", "☃")],
)
def test_the_canonical_spelling(name: str, spelt: str) -> None:
    """Letters, digits and underscores; what can't be read stays as it is."""
    assert canonical(name) == spelt
