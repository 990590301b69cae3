"""Conditions in signs, words and sets."""

import pytest
from reading import SYMBOLS, known

from autograder.errors import Unreadable
from autograder.language.printer.echo import echo
from autograder.language.statements.conditions import read_condition


def condition(text: str, symbols: str = SYMBOLS) -> str:
    return echo(read_condition(text, known(symbols)).answer)


@pytest.mark.parametrize(
    "text",
    [
        "x > 0",
        "(x > 0)",
        "((x) > (0))",
        "x is positive",
        "x must be positive",
        "x is strictly positive",
        "x must be greater than 0",
        "x has to be larger than zero",
        "x \\gt 0",
        "x > 0.0",
        "not x <= 0",
        "!(x <= 0)",
        "\\lnot x \\le 0",
        "x in R_{>0}",
        "x in R_+",
        "x ∈ ℝ_{>0}",
        "x \\in \\mathbb{R}_{>0}",
        "x > 0 for all x",
        "x > 0, for every x",
        "x > 0 (for all x)",
        "\\forall x: x > 0",
        "\\forall x \\in \\mathbb{R}, x > 0",
        "for all x and y, x > 0",
        "{x : x > 0}",
        "\\{x \\in \\mathbb{R} \\mid x > 0\\}",
        "condition: x > 0",
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
        ("x is not negative", "x >= 0"),
        ("x nonpositive", "x <= 0"),
        ("x is nonzero", "x != 0"),
        ("x less than y", "x < y"),
        ("x smaller than 2", "x < 2"),
        ("x more than 2", "x > 2"),
        ("x is at least 2", "x >= 2"),
        ("x is at most 2", "x <= 2"),
        ("x is greater than or equal to 2", "x >= 2"),
        ("x ≤ 1", "x <= 1"),
        ("x =< 1", "x <= 1"),
        ("x \\geq 1", "x >= 1"),
        ("x \\geqslant 1", "x >= 1"),
        ("x ≠ 1", "x != 1"),
        ("x != 1", "x != 1"),
        ("x <> 1", "x != 1"),
        ("x == 1", "x = 1"),
        ("not x = 1", "x != 1"),
        ("0 < x < 1", "0 < x < 1"),
        ("a < b > c", "a < b > c"),
        ("not 0 < x < 1", "0 >= x or x >= 1"),
        ("x > 0 and x < 1", "x > 0 and x < 1"),
        ("x > 0 ∧ x < 1", "x > 0 and x < 1"),
        ("x > 0 && x < 1", "x > 0 and x < 1"),
        ("x > 0 & x < 1", "x > 0 and x < 1"),
        ("x > 0, x < 1", "x > 0 and x < 1"),
        ("x > 0; x < 1", "x > 0 and x < 1"),
        ("x > 0 and < 1", "x > 0 and x < 1"),
        ("x > 0 AND (x < 1)", "x > 0 and x < 1"),
        ("x < 0 or x > 1", "x < 0 or x > 1"),
        ("x < 0 ∨ x > 1", "x < 0 or x > 1"),
        ("x < 0 \\lor x > 1", "x < 0 or x > 1"),
        ("x < 0 \\text{ or } x > 1", "x < 0 or x > 1"),
        ("x < 0 || x > 1", "x < 0 or x > 1"),
        ("x < 0 | x > 1", "x < 0 or x > 1"),
        ("x < 0 or > 1", "x < 0 or x > 1"),
        ("x = 1 or 2", "x = 1 or x = 2"),
        ("x = ±2", "x = 2 or x = -2"),
        ("x > 0 xor y > 0", "x > 0 and y <= 0 or x <= 0 and y > 0"),
        ("x > 0 implies y > 0", "x <= 0 or y > 0"),
        ("true", "true"),
        ("all real numbers", "true"),
        ("no solution", "false"),
    ],
)
def test_signs_and_words(text: str, meant: str) -> None:
    """Each word for a comparison is its sign."""
    assert condition(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("|x| < 1", "abs(x) < 1"),
        ("0 < |x| < 1", "0 < abs(x) < 1"),
        ("|x| < 1 || |x| > 2", "abs(x) < 1 or abs(x) > 2"),
        ("x < 1 || x > 2 || x = 3", "x < 1 or x > 2 or x = 3"),
        ("x in [1, 2[ || x > 3", "x >= 1 and x < 2 or x > 3"),
        ("x in [1, 2] || x > 3", "x >= 1 and x <= 2 or x > 3"),
        ("x > 3 || not (x in [1, 2])", "x > 3 or x < 1 or x > 2"),
        ("||x|| < 1 || ||x|| > 2", "||x|| < 1 or ||x|| > 2"),
        ("||x|| < 1", "||x|| < 1"),
        ("|x| |y| < 1", "abs(x) abs(y) < 1"),
    ],
)
def test_bars_around_a_value_are_no_or(text: str, meant: str) -> None:
    """Bars join only what are relations on both sides."""
    assert condition(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("x < 0 or x > 1 and y > 0", "x < 0 or x > 1 and y > 0"),
        ("(x < 0 or x > 1) and y > 0", "(x < 0 or x > 1) and y > 0"),
        ("not x < 0 and y > 0", "x >= 0 and y > 0"),
        ("not (x < 0 and y > 0)", "x >= 0 or y <= 0"),
        ("not (x < 0 or y > 0)", "x >= 0 and y <= 0"),
    ],
)
def test_not_binds_before_and_before_or(text: str, meant: str) -> None:
    """Brackets change that."""
    assert condition(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("x = 1, 2", "x = 1 or x = 2"),
        ("x = 1, 2 or 3", "x = 1 or x = 2 or x = 3"),
        ("x = 1; x = 2", "x = 1 or x = 2"),
        ("x < 0, x > 1", "x < 0 or x > 1"),
        ("x < 0, 1 < x", "x < 0 or 1 < x"),
        ("x < -1, x > 1 or x = 0", "x < -1 or x > 1 or x = 0"),
        ("0 < x < 1, 2 < x < 3", "0 < x < 1 or 2 < x < 3"),
        ("x < 0, or x > 1", "x < 0 or x > 1"),
        ("x > 0, y > 0, or z > 0", "x > 0 or y > 0 or z > 0"),
        ("x > 0, and y > 0", "x > 0 and y > 0"),
        ("x > 0, y > 0, and z > 0", "x > 0 and y > 0 and z > 0"),
        ("x >= 1, x <= 1", "x >= 1 and x <= 1"),
        ("x != 0, x > 3", "x != 0 and x > 3"),
        ("x = 1, y = 2", "x = 1 and y = 2"),
        ("x = 1 and x = 2", "x = 1 and x = 2"),
        ("x > 0 (strictly)", "x > 0"),
        ("x > 2 y > 0", "x > 2 y > 0"),
    ],
)
def test_a_comma_lists_what_is_possible_where_nothing_can_be_all_of_it(
    text: str, meant: str
) -> None:
    """Elsewhere it stands for "and"."""
    assert condition(text) == meant


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("x > 0, y > 0 or z > 0", "comma_unclear"),
        ("x > 0 or y > 0, z > 0", "comma_unclear"),
        ("max(x, y) > 0, x = 1 or 2", "comma_unclear"),
        ("x > 0 y > 0", "missing_operator"),
        ("x > [1, 2]", "wrong_kind"),
        ("\\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix} = x^x", "wrong_kind"),
    ],
)
def test_what_may_be_meant_in_two_ways_is_asked_back(text: str, code: str) -> None:
    """No reading of a comma beside an "or", or of two relations without a word, is certain."""
    with pytest.raises(Unreadable) as caught:
        condition(text)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("x in (0, 1)", "x > 0 and x < 1"),
        ("x in [0, 1]", "x >= 0 and x <= 1"),
        ("x in (0, 1]", "x > 0 and x <= 1"),
        ("x ∈ [0, ∞)", "x >= 0 and x < inf"),
        ("x ∈ ]0, 1]", "x > 0 and x <= 1"),
        ("x \\in [0; 1[", "x >= 0 and x < 1"),
        ("x \\in ]0, \\infty[", "x > 0 and x < inf"),
        ("x \\in \\left(0, 1\\right]", "x > 0 and x <= 1"),
        ("x in (-1, 2 y)", "x > -1 and x < 2 y"),
        ("x in {1, 2}", "x = 1 or x = 2"),
        ("x not in [0, 1]", "x < 0 or x > 1"),
        ("x in (0, 1) \\cup [2, 3]", "x > 0 and x < 1 or x >= 2 and x <= 3"),
        ("x in (0, 1) U {2}", "x > 0 and x < 1 or x = 2"),
    ],
)
def test_sets(text: str, meant: str) -> None:
    """A round bracket leaves its end out, and so does one that is turned away."""
    assert condition(text) == meant


def test_a_set_alone_is_about_the_only_number() -> None:
    """Nothing else could be meant."""
    assert condition("(0, 1]", "t: real") == "t > 0 and t <= 1"


def test_positive_alone_speaks_of_the_one_function() -> None:
    """Nothing else could be meant."""
    assert condition("positive", "f: real -> real, x: real") == "f > 0"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("A and B", "A and B"),
        ("not (A and B)", "not(A) or not(B)"),
        ("A implies not B", "not(A) or not(B)"),
        ("not not A or B", "A or B"),
    ],
)
def test_propositions(text: str, meant: str) -> None:
    """Names stand for what holds or not when nothing is compared."""
    assert condition(text, "A, B: real") == meant


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("positive", "words"),
        ("x >", "breaks_off"),
        ("x > 0 and", "breaks_off"),
        ("or x > 0", "breaks_off"),
        ("x > 0 implies", "breaks_off"),
        ("> 0", "unexpected"),
        ("x > 0 and y", "wrong_kind"),
        ("x > 0 or x + y", "wrong_kind"),
        ("x in (0, 1", "not_closed"),
        ("x in S", "unexpected"),
        ("x in R^2", "unsupported"),
        ("not", "unexpected"),
        ("not x + 1", "unexpected"),
        ("q > 0", "unknown_symbol"),
        ("it is quite large", "words"),
        ("", "empty"),
    ],
)
def test_what_is_no_condition(text: str, code: str) -> None:
    """Each has its code."""
    with pytest.raises(Unreadable) as caught:
        condition(text, "x, y: real")
    assert caught.value.code == code


@pytest.mark.parametrize("text", ["x > 1 or (y < 2 and x != y)", "(x < 1 or y < 1) and x > y"])
def test_the_echo_reads_back(text: str) -> None:
    """What is shown means the same."""
    assert condition(condition(text)) == condition(text)
