"""An answer is echoed in plain ASCII that reads back as the same answer."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from reading import tree
from trees import formulas

from autograder.language.printer.echo import echo
from autograder.language.tree import Number, Tree

PROPERTY = settings(max_examples=400)


@PROPERTY
@given(formulas)
def test_an_echo_is_plain_ascii_on_one_line(formula: Tree) -> None:
    """It can be printed anywhere."""
    assert echo(formula).isascii() and echo(formula).isprintable()


@pytest.mark.parametrize(
    ("typed", "echoed"),
    [
        ("\\frac{1}{\\sqrt{d}}", "1/sqrt(d)"),
        ("1/(2d)", "1/(2 d)"),
        ("1/2d", "1/2 d"),
        ("d^{-1/2}", "d^(-1/2)"),
        ("-x^2", "-x^2"),
        ("(-x)^2", "(-x)^2"),
        ("x - (y - z)", "x - (y - z)"),
        ("x - y - z", "x - y - z"),
        ("(x + y) z", "(x + y) z"),
        ("x/(y z)", "x/(y z)"),
        ("x/(y/z)", "x/(y/z)"),
        ("2^3^x", "2^(3^x)"),
        ("(2^3)^x", "(2^3)^x"),
        ("‖μ‖₂²", "||mu||^2"),
        ("|x|", "abs(x)"),
        ("abs(mu^T mu)", "abs(mu^T mu)"),
        ("||(||mu|| mu)||", "norm(||mu|| mu)"),
        ("-(x n) + 1", "-(x n) + 1"),
        ("-x n + 1", "-x n + 1"),
        ("1 - 2x", "1 - 2 x"),
        ("x + (-2) y", "x + (-2 y)"),
        ("x·log(x)", "x * log(x)"),
        ("mu·nu", "mu . nu"),
        ("N 3^d", "N 3^d"),
        ("x(2)", "x (2)"),
        ("2(1/2)", "2 (1/2)"),
        ("sum_i (x/n) mu_i", "sum_i (x/n mu_i)"),
        ("sum_i sum_j A_{i,j}", "sum_i sum_j A_{i,j}"),
        ("sum_{i=n+1}^{2n} i", "sum_{i=(n + 1)}^(2 n) i"),
        ("sum(m**2 for m in mu)", "sum_j mu_j^2"),
        (
            "\\begin{cases} x, & \\text{if } x > 0 \\\\ 0 & \\text{otherwise} \\end{cases}",
            "{x if x > 0; 0 otherwise}",
        ),
        ("{x if 0 < x and x < y; 0 otherwise}", "{x if 0 < x < y; 0 otherwise}"),
        ("2^x!", "2^(x!)"),
        ("1e-30 x", "1e-30 x"),
        ("μᵀν", "mu^T nu"),
        ("mu.T @ nu", "mu^T @ nu"),
        ("⟨μ, ν⟩", "dot(mu, nu)"),
        ("Σ_i μ_i²", "sum_i mu_i^2"),
        ("(sum_i mu_i)^2", "(sum_i mu_i)^2"),
        ("sum_i (mu_i + x)", "sum_i (mu_i + x)"),
        ("\\sum_{i=1}^{d-1} μ_i", "sum_{i=1}^(d - 1) mu_i"),
        ("n!", "n!"),
        ("(n+1)!", "(n + 1)!"),
        ("⌊x⌋", "floor(x)"),
        ("0.5x", "0.5 x"),
        ("1e-2 x", "0.01 x"),
        ("O(bnd)", "O(b n d)"),
    ],
)
def test_how_an_answer_is_echoed(typed: str, echoed: str) -> None:
    """Brackets stand where they are needed and nowhere else."""
    assert echo(tree(typed)) == echoed


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(3), "3"),
        (Fraction(1, 2), "0.5"),
        (Fraction(1, 3), "1/3"),
        (Fraction(1, 10**20), "1e-20"),
        (Fraction(15, 10**301), "1.5e-300"),
        (Fraction(10**60), "1e60"),
        (Fraction(123_456, 1000), "123.456"),
        (Fraction(1, 1000), "0.001"),
        (Fraction(-2), "-2"),
        (Fraction(-2, 3), "-(2/3)"),
        (Fraction(10**30), "1" + "0" * 30),
    ],
)
def test_numbers_are_echoed_exactly(value: Fraction, shown: str) -> None:
    """No digit is lost, and none is made up."""
    assert echo(Number(value)) == shown
