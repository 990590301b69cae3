"""Bars and angles find their partners by what stands beside them."""

import pytest
from reading import answer, known, refusal, tree

from autograder.language.lexer.pairing import pair
from autograder.language.lexer.tokens import tokenize
from autograder.language.statements.conditions import parse_condition
from autograder.language.statements.statement import read


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("||x| - 1|", "abs(abs(x) - 1)"),
        ("|||x| - 1| - 2|", "abs(abs(abs(x) - 1) - 2)"),
        ("|2x - |y||", "abs(2x - abs(y))"),
        ("x|a + b|y||", "x abs(a + b abs(y))"),
        ("||x||y||", "abs(abs(x) abs(y))"),
        ("||x| - |y||", "abs(abs(x) - abs(y))"),
        ("|x|y|z|", "abs(x) y abs(z)"),
        ("|x||y|", "abs(x) abs(y)"),
        ("x|y|z", "x abs(y) z"),
        ("|x|^|y|", "abs(x)^abs(y)"),
        ("sin|x|", "sin(abs(x))"),
        ("||x||y| - 1|", "abs(abs(x) abs(y) - 1)"),
        ("\\|\\mu\\| |x|", "norm(mu) abs(x)"),
        ("max(|x|, |y|)", "max(abs(x), abs(y))"),
    ],
)
def test_bars_in_bars(text: str, meant: str) -> None:
    """Behind an operator a bar opens, before one it closes."""
    assert tree(text) == tree(meant)


@pytest.mark.parametrize("text", ["|x", "x|", "|x|y|", "|x||", "|(x|)", "| |", "|"])
def test_a_bar_without_a_partner(text: str) -> None:
    """It is pointed at."""
    assert refusal(text).code in ("not_closed", "unbalanced")


@pytest.mark.parametrize("text", ["2<mu, nu>", "2 <mu|nu>", "2\\langle\\mu|\\nu\\rangle"])
def test_angles_behind_a_factor(text: str) -> None:
    """With one comma or bar between, and nothing to compare with."""
    assert tree(text) == tree("2 dot(mu, nu)")


def test_angles_behind_a_sum_sign() -> None:
    """The index of the sum is nothing that could be smaller."""
    assert tree("sum_j <mu, nu> mu_j") == tree("sum_j dot(mu, nu) mu_j")


@pytest.mark.parametrize("text", ["x<y, y>z", "x < y", "x > y"])
def test_relations_stay_relations(text: str) -> None:
    """What compares is no bracket."""
    assert not any(token.kind == "open" for token in pair(tokenize(text), known()))


@pytest.mark.parametrize(
    ("text", "meant"), [("x in ]0, 1[", "x in (0, 1)"), ("x in ]0, 1]", "x in (0, 1]"),
                        ("x in [0, 1[", "x in [0, 1)")],
)  # fmt: skip
def test_brackets_turned_outwards_leave_the_end_out(text: str, meant: str) -> None:
    """As many schools write intervals."""
    trees = [
        read(each, known(), relation=True, parse=parse_condition).answer for each in (text, meant)
    ]
    assert trees[0] == trees[1]


@pytest.mark.parametrize("text", ["||x|-1| + |y|", "2<mu, nu>", "{\\mu}_i", "|x|y|z|", "2E+3"])
def test_pairing_twice_changes_nothing(text: str) -> None:
    """Parts of a text are paired again where they are read."""
    once = pair(tokenize(text), known("E, x, y, z: real, mu, nu: vector(d)"))
    assert pair(once, known("E, x, y, z: real, mu, nu: vector(d)")) == once


def test_a_name_in_braces_keeps_its_index() -> None:
    """`{\\mu}_i` is `\\mu_i`, but the argument of a fraction stays one."""
    assert answer("{\\mu}_1") == answer("mu_1")
    assert answer("\\frac{x}{y} z") == answer("x/y z")
