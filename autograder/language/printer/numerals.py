"""Exact numbers as they are written, so that reading gives the same number."""

from fractions import Fraction

from autograder.language.lexer.tokens import MAX_DIGITS, MAX_TEN_POWER
from autograder.language.tree import Divide, Negate, Number, Tree

MOST_ZEROS = 6  # behind the point before the first digit; then it is a power of ten


def numeral(value: Fraction) -> str | None:
    """The digits of a number, such as `0.25` or `1e-20`.

    Returns:
        None when one literal can't hold it: below zero, a third, too many digits.
    """
    if value < 0:
        return None
    if value.denominator == 1 and len(str(value.numerator)) <= MAX_DIGITS:
        return str(value.numerator)
    places = _places(value.denominator)
    if places is None:
        return None
    digits = str(value * 10**places).rstrip("0") if places <= 0 else str(value * 10**places)
    ten = len(str(int(value * 10**places))) - 1 - places
    if -MOST_ZEROS <= ten < 0 or (ten >= 0 and places > 0):
        padded = digits.zfill(places + 1)
        plain = f"{padded[:-places]}.{padded[-places:]}"
        if len(plain) <= MAX_DIGITS:
            return plain
    mantissa = digits[0] + ("." + digits[1:] if digits[1:] else "")
    if abs(ten) > MAX_TEN_POWER or len(mantissa) > MAX_DIGITS:
        return None
    return f"{mantissa}e{ten}"


def in_numerals(number: Number) -> Tree:
    """A number as a tree of numbers that are written as one literal each."""
    value = number.value
    if value < 0:
        return Negate(in_numerals(Number(-value)))
    if numeral(value) is None and value.denominator > 1:
        over, under = Number(Fraction(value.numerator)), Number(Fraction(value.denominator))
        return Divide(over, under)
    return number


def _places(denominator: int) -> int | None:
    """How many digits stand behind the point; None when they never end."""
    powers = []
    for prime in (2, 5):
        power = 0
        while denominator % prime == 0:
            denominator //= prime
            power += 1
        powers.append(power)
    return max(powers) if denominator == 1 else None
