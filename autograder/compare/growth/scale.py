"""Monomials in sizes, their logarithms and exponentials, with exact exponents.

A monomial is held by its logarithm, a sum of `q * unit * atom`:

    n^2 log(m)     2 log n + log log m
    2^(n m)        ln 2 * n m
    n^n            n log n
    n^(log_2 7)    (ln 7 / ln 2) * log n

so that products are sums, powers are multiples, and the logarithm of a monomial is the same
tuple read as a sum. `q` is rational; a unit is a product of logarithms of integers.
"""

import math
from collections.abc import Hashable, Iterable, Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias, TypeVar

Exact: TypeAlias = int | Fraction
"""A rational number; whole ones as int, which is many times faster."""
Unit: TypeAlias = tuple[tuple[int, Exact], ...]
"""`ln(p)^k` for each `(p, k)`; the empty product is 1. A negative p is an unknown constant."""
Tower: TypeAlias = tuple[str, int]
"""A size and how many logarithms are taken of it: `("n", 2)` is log log n."""
Atom: TypeAlias = tuple[tuple[Tower, Exact], ...]
"""A product of powers of towers."""
Column: TypeAlias = tuple[Unit, Atom]
"""What a monomial has an exponent for: `unit * atom` in its logarithm."""
Monomial: TypeAlias = tuple[tuple[Column, Exact], ...]
"""`exp(sum of q * unit * atom)`, sorted by column, without zeros."""

_Key = TypeVar("_Key", bound=Hashable)

ONE: Monomial = ()
CONSTANT: Column = ((), ())
SMALL_PRIMES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47)
LARGEST_EXPONENT = 1000
NAMES_KEPT = 1024
FOLDED_BITS = 4000
"""A coefficient of more bits than this stays a power and is not multiplied out."""
MARGIN = 1e-9
"""A sum of floats smaller than this share of its parts has no sign that we trust."""


class UndecidedError(Exception):
    """The expression is beyond what can be decided; the text is a short stable phrase."""


class UndefinedError(Exception):
    """The expression has no value anywhere, such as 1/0."""


def exact(number: Fraction) -> Exact:
    """The number as an int where it is whole."""
    return number.numerator if number.denominator == 1 else number


def magnitude(number: Exact) -> Exact:
    """The absolute value."""
    return number if number >= 0 else -number


def collect(pairs: Iterable[tuple[_Key, Exact]]) -> tuple[tuple[_Key, Exact], ...]:
    """Add up the coefficients of equal keys; sorted, without zeros."""
    found: dict[_Key, Exact] = {}
    for key, value in pairs:
        found[key] = found[key] + value if key in found else value
    return _tidied(found)


def times(*monomials: Monomial) -> Monomial:
    """The product."""
    return collect(pair for monomial in monomials for pair in monomial)


def power(monomial: Monomial, exponent: Exact) -> Monomial:
    """The monomial to a rational power."""
    return _tidied({column: value * exponent for column, value in monomial})


def over(left: Monomial, right: Monomial) -> Monomial:
    """The quotient."""
    if not right:
        return left
    found = dict(left)
    for column, value in right:
        found[column] = found[column] - value if column in found else -value
    return _tidied(found)


def _tidied(found: Mapping[_Key, Exact]) -> tuple[tuple[_Key, Exact], ...]:
    pairs = [
        (key, value if value.denominator > 1 else value.numerator)
        for key, value in found.items()
        if value
    ]
    return tuple(sorted(pairs)) if len(pairs) > 1 else tuple(pairs)


def raised(logarithm: Monomial, exponent: Monomial) -> Monomial:
    """`base^exponent` from the base's logarithm and the exponent, both read as sums."""
    return collect(
        ((collect((*unit, *unit_)), collect((*atom, *atom_))), value * value_)
        for (unit, atom), value in logarithm
        for (unit_, atom_), value_ in exponent
    )


@lru_cache(maxsize=NAMES_KEPT)
def size(name: str, logarithms: int = 0) -> Monomial:
    """The size itself, or its iterated logarithm, to the first power."""
    return ((((), (((name, logarithms + 1), 1),)), 1),)


def growth_of(atom: Atom) -> Monomial:
    """An atom's value as a monomial."""
    return tuple((size(name, depth)[0][0], value) for (name, depth), value in atom)


def atom_of(monomial: Monomial) -> Atom:
    """The inverse of `growth_of`.

    Errors: UndecidedError when the monomial holds an exponential.
    """
    found: list[tuple[Tower, Exact]] = []
    for (unit, atom), value in monomial:
        if not atom:
            raise UndecidedError("an exponent known up to a constant factor only")
        if unit or not is_tower(atom):
            raise UndecidedError("an exponential in an exponent")
        (name, depth), _ = atom[0]
        found.append(((name, depth - 1), value))
    return collect(found)


def is_tower(atom: Atom) -> bool:
    """Whether the atom is a logarithm of one size, so that its column is no exponential."""
    return len(atom) == 1 and atom[0][0][1] >= 1 and atom[0][1] == 1


def names_in(monomial: Monomial) -> Iterator[str]:
    """The sizes a monomial depends on, with repeats."""
    for (_, atom), _ in monomial:
        for (name, _), _ in atom:
            yield name


def without_constants(monomial: Monomial) -> Monomial:
    """The monomial up to a constant factor: bounded exponents are dropped as well.

    Errors: UndecidedError when a size in an exponent is known up to a constant factor only.
    """
    kept = tuple(
        (column, value)
        for column, value in monomial
        if any(exponent > 0 for _, exponent in column[1])
    )
    if any(prime < 0 for (unit, _), _ in kept for prime, _ in unit):
        raise UndecidedError("an exponent known up to a constant factor only")
    return kept


def logarithm_of(number: Exact) -> Monomial:
    """The positive number as a monomial of logarithms of primes.

    A factor without a small prime factor stays whole; that costs no correctness, only the
    sight of a coincidence.
    """
    found: list[tuple[Column, Exact]] = []
    for part, sign in ((number.numerator, 1), (number.denominator, -1)):
        for prime in SMALL_PRIMES:
            if part == 1:
                break
            while part % prime == 0:
                part //= prime
                found.append((_logarithm_column(prime), sign))
        if part > 1:
            found.append((_logarithm_column(part), sign))
    return collect(found)


def _logarithm_column(number: int) -> Column:
    return ((number, 1),), ()


def folded(monomial: Monomial) -> tuple[Exact, Monomial]:
    """Take integer powers of integers out of a monomial, as a rational coefficient."""
    coefficient: Exact = 1
    rest: list[tuple[Column, Exact]] = []
    for column, value in monomial:
        match column, value.denominator:
            case ((((base, 1),), ()), 1) if (
                base > 0 and base.bit_length() * magnitude(value) <= FOLDED_BITS
            ):
                coefficient *= exact(Fraction(base) ** int(value))
            case _:
                rest.append((column, value))
    return coefficient, tuple(rest)


def unit_value(unit: Unit) -> float:
    """The unit as a float, right to about one part in 10^14.

    Errors: UndecidedError when it holds an unknown constant.
    """
    if any(prime < 0 for prime, _ in unit):
        raise UndecidedError("an unknown constant")
    value = 1.0
    for prime, exponent in unit:
        value *= math.pow(math.log(prime), float(exponent))
    return value


def power_of_unit(unit: Unit, exponent: Exact) -> Unit:
    """The unit to a rational power."""
    return tuple((prime, value * exponent) for prime, value in unit) if exponent else ()


def rational(exponent: Monomial) -> Exact | None:
    """The exponent, read as a sum, when it is a rational number, else None."""
    match exponent:
        case ():
            return 0
        case ((column, value),) if column == CONSTANT:
            return value
    return None
