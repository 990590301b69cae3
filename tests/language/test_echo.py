"""An answer is echoed in plain ASCII that reads back as the same answer."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from reading import tree
from trees import SYMBOLS, formulas, orders, relations

from autograder.language.echo import echo
from autograder.language.grammar import parse
from autograder.language.tree import Number, Tree
from autograder.language.vocabulary import declare

KNOWN = declare(SYMBOLS)
PROPERTY = settings(max_examples=400, derandomize=True, deadline=None, database=None)


@PROPERTY
@given(formulas)
def test_an_echo_reads_back_as_the_same_formula(formula: Tree) -> None:
    """What a student copies out of the report is what was graded."""
    assert parse(echo(formula), KNOWN) == formula


@PROPERTY
@given(orders)
def test_an_echoed_order_reads_back(order: Tree) -> None:
    """With its letter."""
    assert parse(echo(order), KNOWN) == order


@PROPERTY
@given(relations)
def test_an_echoed_relation_reads_back(relation: Tree) -> None:
    """With its sign."""
    assert parse(echo(relation), KNOWN, relation=True) == relation


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
        ("|x|", "|x|"),
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
        (Fraction(1, 10**20), "1/100000000000000000000"),
        (Fraction(10**30), "1" + "0" * 30),
    ],
)
def test_numbers_are_echoed_exactly(value: Fraction, shown: str) -> None:
    """No digit is lost, and none is made up."""
    assert echo(Number(value)) == shown
