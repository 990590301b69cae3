"""Numbers as they are typed: decimals, digit groups, periods that repeat, percent signs."""

import re
from fractions import Fraction
from typing import NamedTuple

from autograder.errors import Unreadable

MAX_DIGITS = 40
MAX_TEN_POWER = 300

NUMBER = re.compile(r"(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![.\d])")
PLAIN_NUMBER = re.compile(r"\d+\.?\d*|\.\d+")
# LaTeX's thin space or an empty group between thousands: `11,\!111`, `1{,}000`, `1\,000`.
GROUPED = re.compile(r"\d{1,3}(?:(?:,\\!\s*|\{,\}|\\,)\d{3}(?!\d))+(?:\.\d+)?")
REPEATED = re.compile(r"(\d*)\.(\d*)\\(?:overline|dot)\s*\{(\d+)\}")
PERCENT = re.compile(r"(\s*)\\?%\s*(.?)", re.DOTALL)


class Literal(NamedTuple):
    """A number and how many characters it takes."""

    value: Fraction
    length: int


def literal(text: str, at: int, end: int) -> Literal:
    """Read the number that starts at `at`.

    Errors: Unreadable `number_too_large`, with its columns.
    """
    found = _repeated(text, at, end) or _grouped(text, at, end)
    if found is None:
        match = NUMBER.match(text, at, end) or PLAIN_NUMBER.match(text, at, end)
        assert match is not None
        digits, _, ten = match[0].lower().partition("e")
        _check(digits, match.span())
        if ten and abs(int(ten[:9])) > MAX_TEN_POWER:
            raise Unreadable("number_too_large", match.span(), most=MAX_DIGITS)
        found = Literal(Fraction(match[0]), len(match[0]))
    per_cent = PERCENT.match(text, at + found.length, end)
    if per_cent is None or not _is_per_cent(*per_cent.groups()):
        return found
    length = text.index("%", at + found.length) + 1 - at
    return Literal(found.value / 100, length)


def _is_per_cent(before: str, following: str) -> bool:
    """Whether a `%` stands behind a number alone; `x % 2` and `5 % (2)` are remainders."""
    return (
        not following or following in "*/=<>^),.;]}|$\\\"'`" or (following in "+-" and not before)
    )


def _check(digits: str, span: tuple[int, int]) -> None:
    if len(digits) > MAX_DIGITS:
        raise Unreadable("number_too_large", span, most=MAX_DIGITS)


def _repeated(text: str, at: int, end: int) -> Literal | None:
    """`0.1\\overline{6}` is a sixth."""
    match = REPEATED.match(text, at, end)
    if match is None:
        return None
    _check(match[0], match.span())
    whole, once, again = match.groups()
    value = Fraction(int(whole + once or "0"))
    value += Fraction(int(again), 10 ** len(again) - 1)
    return Literal(value / 10 ** len(once), len(match[0]))


def _grouped(text: str, at: int, end: int) -> Literal | None:
    match = GROUPED.match(text, at, end)
    if match is None:
        return None
    plain = re.sub(r"[^\d.]", "", match[0])
    _check(plain, match.span())
    return Literal(Fraction(plain), len(match[0]))
