"""Numbers with periods that repeat, groups of digits, and percent signs."""

from fractions import Fraction

import pytest
from reading import answer, refusal

from autograder.language.lexer.tokens import tokenize
from autograder.language.tree import Number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.\\overline{3}", Fraction(1, 3)),
        ("0.1\\overline{6}", Fraction(1, 6)),
        ("2.\\overline{09}", Fraction(23, 11)),
        ("50%", Fraction(1, 2)),
        ("12.5\\%", Fraction(1, 8)),
        ("50 %", Fraction(1, 2)),
        ("11,\\!111,\\! 100", Fraction(11111100)),
        ("1{,}000.5", Fraction(2001, 2)),
        ("1\\,000", Fraction(1000)),
        ("1.5e-3", Fraction(3, 2000)),
        ("3E4", Fraction(30000)),
        ("5.", Fraction(5)),
    ],
)
def test_a_number_is_one_token_with_its_exact_value(text: str, value: Fraction) -> None:
    """A third stays a third."""
    (token,) = tokenize(text)
    assert (token.kind, token.value, token.end) == ("number", value, len(text))


@pytest.mark.parametrize(
    ("text", "value"),
    [("1,000", 1000), ("1,000,000", 10**6), ("1,234.5", Fraction(2469, 2)), ("\\$1,000.00", 1000)],
)
def test_commas_between_thousands(text: str, value: Fraction) -> None:
    """Where an answer is one number, they are no list."""
    assert answer(text) == Number(Fraction(value))


@pytest.mark.parametrize(
    "text", ["0,5", "1,23", "1000,99", "1, 000", "1,000, 5", "12,3456", "0,123"]
)
def test_commas_that_may_be_something_else(text: str) -> None:
    """A decimal comma or a list is not guessed at."""
    assert refusal(text).code == "unexpected"


def test_commas_in_brackets_stand_between_arguments() -> None:
    """The larger of 1 and 200 is 200."""
    assert answer("max(1,200)") == answer("max(1, 200)")


@pytest.mark.parametrize(
    ("text", "meant"),
    [("7:32", "7/32"), ("1.5 x 10^3", "1.5*10^3"), ("2 + 3:4", "2 + 3/4"), ("s: 5", "5")],
)
def test_signs_between_numbers(text: str, meant: str) -> None:
    """A colon divides numbers, but behind a name it introduces the answer."""
    assert answer(text, "y: real") == answer(meant, "y: real")


def test_a_declared_x_is_no_cross() -> None:
    """`1.5 x 10^3` has the question's `x` in it, if there is one."""
    assert answer("1.5 x 10^3", "x: real") == answer("1.5 x (10^3)", "x: real")


@pytest.mark.parametrize("text", ["x % 2", "5 % 2", "5 % (2)", "5 % x", "x%"])
def test_a_percent_sign_before_something_is_a_remainder(text: str) -> None:
    """So it is refused, and not read as a hundredth."""
    assert refusal(text).code == "bad_character"
