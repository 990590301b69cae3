"""Conditions in signs, words and intervals."""

import pytest
from reading import SYMBOLS, known

from autograder.errors import Unreadable
from autograder.language.conditions import parse_condition
from autograder.language.echo import echo
from autograder.language.statement import read


def condition(text: str, symbols: str = SYMBOLS) -> str:
    found = read(text, known(symbols), relation=True, parse=parse_condition)
    return echo(found.answer)


@pytest.mark.parametrize(
    "text",
    [
        "x > 0",
        "(x > 0)",
        "x is positive",
        "x must be positive",
        "x is strictly positive",
        "x must be greater than 0",
        "x has to be larger than zero",
        "x \\gt 0",
        "x > 0.0",
        "not x <= 0",
        "\\lnot x \\le 0",
        "x in R_{>0}",
        "x ∈ ℝ_{>0}",
        "x \\in \\mathbb{R}_{>0}",
        "x > 0 for all x",
        "x > 0, for every x",
        "\\forall x: x > 0",
    ],
)
def test_ways_to_say_that_something_is_positive(text: str) -> None:
    """Signs, words and sets are one relation."""
    assert condition(text) == "x > 0"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("x is nonnegative", "x >= 0"),
        ("x is negative", "x < 0"),
        ("x nonpositive", "x <= 0"),
        ("x is nonzero", "x != 0"),
        ("x less than y", "x < y"),
        ("x smaller than 2", "x < 2"),
        ("x more than 2", "x > 2"),
        ("x ≤ 1", "x <= 1"),
        ("x \\geq 1", "x >= 1"),
        ("x ≠ 1", "x != 1"),
        ("x != 1", "x != 1"),
        ("x == 1", "x = 1"),
        ("not x = 1", "x != 1"),
        ("0 < x < 1", "0 < x and x < 1"),
        ("x > 0 and x < 1", "x > 0 and x < 1"),
        ("x > 0 ∧ x < 1", "x > 0 and x < 1"),
        ("x > 0 && x < 1", "x > 0 and x < 1"),
    ],
)
def test_signs_and_words(text: str, meant: str) -> None:
    """Each word for a comparison is its sign."""
    assert condition(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("x in (0, 1)", "x > 0 and x < 1"),
        ("x in [0, 1]", "x >= 0 and x <= 1"),
        ("x in (0, 1]", "x > 0 and x <= 1"),
        ("x ∈ [0, ∞)", "x >= 0 and x < inf"),
        ("x \\in \\left(0, 1\\right]", "x > 0 and x <= 1"),
        ("x in (-1, 2 y)", "x > -1 and x < 2 y"),
    ],
)
def test_intervals(text: str, meant: str) -> None:
    """A round bracket leaves its end out."""
    assert condition(text) == meant


def test_positive_alone_speaks_of_the_one_function() -> None:
    """Nothing else could be meant."""
    assert condition("positive", "f: real -> real, x: real") == "f > 0"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("positive", "words"),
        ("x >", "breaks_off"),
        ("x > 0 and", "breaks_off"),
        ("> 0", "unexpected"),
        ("x > 0 or x < 0", "unexpected"),
        ("x in (0, 1", "not_closed"),
        ("x in S", "unexpected"),
        ("x in R", "unsupported"),
        ("not", "unexpected"),
        ("not 0 < x < 1", "unexpected"),
        ("q > 0", "unknown_symbol"),
        ("it is quite large", "words"),
    ],
)
def test_what_is_no_condition(text: str, code: str) -> None:
    """Each has its code."""
    with pytest.raises(Unreadable) as caught:
        condition(text, "x, y: real")
    assert caught.value.code == code
