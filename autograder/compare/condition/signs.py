"""The signs that polynomials can have, by those of their names and by completing squares."""

from __future__ import annotations

from collections.abc import Callable, Set
from fractions import Fraction

from autograder.compare.condition.formulas import ALL_SIGNS, Signs
from autograder.compare.condition.polynomials import Frozen, names_in

SUMS = {  # the signs that a sum can have, by those of its terms
    (a, b): ALL_SIGNS if a * b < 0 else frozenset((a or b,)) for a in ALL_SIGNS for b in ALL_SIGNS
}


def known_signs(polynomial: Frozen, positive: Set[str]) -> Signs:
    """The signs that a polynomial can have as far as its terms tell."""
    one: Signs = frozenset((1,))
    return possible_signs(polynomial, lambda name: one if name in positive else ALL_SIGNS)


def possible_signs(polynomial: Frozen, sign_of: Callable[[str], Signs]) -> Signs:
    """The signs that a polynomial can have where its names have some."""
    total: Signs = frozenset((0,))
    for monomial, coefficient in polynomial:
        term: Signs = frozenset((1 if coefficient > 0 else -1,))
        for name, degree in monomial:
            signs = sign_of(name)
            signs = signs if degree % 2 else frozenset(abs(s) for s in signs)
            term = frozenset(a * b for a in term for b in signs)
        total = frozenset(sign for a in total for b in term for sign in SUMS[a, b])
    return total


def quadratic_signs(polynomial: Frozen) -> Signs:
    """The signs that a polynomial of degree two can have; all of them for any other."""
    if any(sum(degree for _, degree in monomial) > 2 for monomial, _ in polynomial):
        return ALL_SIGNS
    names = sorted(names_in((polynomial,)))
    rows = _rows(dict(polynomial), names)
    for sign in (1, -1):
        zero = _never_negative([[sign * value for value in row] for row in rows])
        if zero is not None:
            return frozenset((0, sign)) if zero else frozenset((sign,))
    return ALL_SIGNS


def _rows(parts: dict[tuple[tuple[str, int], ...], int], names: list[str]) -> list[list[Fraction]]:
    """The symmetric matrix of the form, with one for the last name."""

    def entry(one: str, other: str) -> Fraction:
        if one == other:
            return Fraction(parts.get(((one, 2),) if one else (), 0))
        pair = tuple(sorted((name, 1) for name in (one, other) if name))
        return Fraction(parts.get(pair, 0), 2)

    return [[entry(one, other) for other in (*names, "")] for one in (*names, "")]


def _never_negative(rows: list[list[Fraction]]) -> bool | None:
    """Whether the form can be zero; None when it can be negative."""
    size = len(rows)
    for at in range(size - 1):
        lead = rows[at][at]
        if lead < 0 or (lead == 0 and any(rows[at][other] for other in range(at, size))):
            return None
        if lead == 0:
            continue
        for row in range(at + 1, size):
            times = rows[row][at] / lead
            for column in range(at, size):
                rows[row][column] -= times * rows[at][column]
    return None if rows[-1][-1] < 0 else rows[-1][-1] == 0
