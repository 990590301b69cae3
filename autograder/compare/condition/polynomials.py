"""Polynomials in several names with exact coefficients.

A monomial is a sorted tuple of `(name, power)`; a polynomial maps monomials to coefficients
that are not zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import gcd, lcm
from typing import TypeAlias

Monomial: TypeAlias = tuple[tuple[str, int], ...]
Polynomial: TypeAlias = dict[Monomial, Fraction]
Frozen: TypeAlias = tuple[tuple[Monomial, int], ...]  # of a primitive polynomial, to be looked up

MOST_TERMS = 120
MOST_BITS = 1_500  # of one coefficient


class TooMuch(Exception):
    """The expressions are too large to be decided in time."""


def constant(value: Fraction) -> Polynomial:
    """A number; zero has no terms."""
    return {(): value} if value else {}


def variable(name: str) -> Polynomial:
    return {((name, 1),): Fraction(1)}


def value_of(polynomial: Polynomial) -> Fraction | None:
    """The number a polynomial is, or None."""
    if not polynomial:
        return Fraction(0)
    return polynomial[()] if len(polynomial) == 1 and () in polynomial else None


def plus(left: Polynomial, right: Polynomial, times: int = 1) -> Polynomial:
    """`left + times * right`."""
    total = dict(left)
    for monomial, coefficient in right.items():
        value = total.get(monomial, Fraction(0)) + times * coefficient
        if value:
            total[monomial] = value
        else:
            total.pop(monomial, None)
    return _small(total)


def product(left: Polynomial, right: Polynomial) -> Polynomial:
    """Errors: TooMuch."""
    if len(left) * len(right) > MOST_TERMS**2:
        raise TooMuch
    total: Polynomial = {}
    for one, first in left.items():
        for other, second in right.items():
            monomial = _joined(one, other)
            total[monomial] = total.get(monomial, Fraction(0)) + first * second
    return _small({monomial: value for monomial, value in total.items() if value})


def power(base: Polynomial, exponent: int) -> Polynomial:
    """Errors: TooMuch."""
    total = constant(Fraction(1))
    for _ in range(exponent):
        total = product(total, base)
    return total


def names_in(polynomials: Iterable[Polynomial | Frozen]) -> set[str]:
    found: set[str] = set()
    for polynomial in polynomials:
        for monomial in dict(polynomial):
            found |= {name for name, _ in monomial}
    return found


def by_power(polynomial: Polynomial, name: str) -> dict[int, Polynomial]:
    """The coefficients of the powers of one name, themselves polynomials in the others."""
    found: dict[int, Polynomial] = {}
    for monomial, coefficient in polynomial.items():
        degree = dict(monomial).get(name, 0)
        rest = tuple(pair for pair in monomial if pair[0] != name)
        found.setdefault(degree, {})[rest] = coefficient
    return found


def replaced(polynomial: Polynomial | Frozen, values: Mapping[str, Polynomial]) -> Polynomial:
    """Polynomials put in for names."""
    total: Polynomial = {}
    powers: dict[tuple[str, int], Polynomial] = {}
    for monomial, coefficient in dict(polynomial).items():
        term = constant(Fraction(coefficient))
        for name, degree in monomial:
            if (name, degree) not in powers:
                powers[name, degree] = power(values.get(name) or variable(name), degree)
                if name in values and not values[name]:
                    powers[name, degree] = {}
            term = product(term, powers[name, degree])
        total = plus(total, term)
    return total


def primitive(polynomial: Polynomial) -> tuple[Frozen, int]:
    """Whole coefficients without a common factor, the last one positive, and the sign."""
    items = sorted(polynomial.items())
    common = lcm(*(value.denominator for _, value in items))
    whole = [(monomial, int(value * common)) for monomial, value in items]
    factor = gcd(*(value for _, value in whole))
    sign = 1 if whole[-1][1] > 0 else -1
    return tuple((monomial, sign * value // factor) for monomial, value in whole), sign


def _joined(left: Monomial, right: Monomial) -> Monomial:
    if not left or not right:
        return left or right
    degrees = dict(left)
    for name, degree in right:
        degrees[name] = degrees.get(name, 0) + degree
    return tuple(sorted(degrees.items()))


def _small(polynomial: Polynomial) -> Polynomial:
    if len(polynomial) > MOST_TERMS:
        raise TooMuch
    for value in polynomial.values():
        if value.numerator.bit_length() + value.denominator.bit_length() > MOST_BITS:
            raise TooMuch
    return polynomial
