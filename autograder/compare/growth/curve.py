"""Curves along which sizes grow, and exact growth rates on them.

A curve is `x = t^u (log t)^v` for each size x, with t to infinity; u = v = 0 keeps x fixed. On
it a monomial is `exp(sum of q * unit * t^a (log t)^b (log log t)^c …)`, and two of those compare
by their leading terms. A rate leaves out what stays bounded.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from operator import mul
from typing import TypeAlias

from autograder.compare.growth.cone import Vector, aligned
from autograder.compare.growth.domain import Domain, Work
from autograder.compare.growth.scale import (
    MARGIN,
    Atom,
    Column,
    Exact,
    Monomial,
    Unit,
    exact,
    is_tower,
    size,
    unit_value,
)

Key: TypeAlias = tuple[Exact, ...]
"""Exponents of t, log t, log log t, …"""
Rate: TypeAlias = dict[tuple[Key, Unit], Exact]
Scores: TypeAlias = list[tuple[Unit, Exact]]
"""The coefficient of a rate at one key, a sum of `value * unit`."""

LEVELS = 8
ZERO_KEY: Key = (0,) * LEVELS
STEPS_A_RATE = 1
"""What one rate costs, in steps of the work budget."""


@dataclass(frozen=True)
class Curve:
    """`x = t^powers[x] (log t)^log_powers[x]`; a size that is in neither stays fixed."""

    powers: Mapping[str, Exact]
    log_powers: Mapping[str, Exact] = field(default_factory=dict)


class UnusableError(Exception):
    """The curve doesn't show the rate of this monomial."""


def rate(monomial: Monomial, curve: Curve) -> Rate:
    """The monomial's logarithm along the curve, up to bounded terms.

    Errors: UnusableError when it isn't known to that precision.
    """
    found: Rate = {}
    for (unit, atom), value in monomial:
        for key, share in _values(atom, curve):
            found[key, unit] = found.get((key, unit), 0) + share * value
    return found


def direction_of(rate_: Rate) -> int:
    """1 when a monomial of this rate tends to infinity, -1 when to 0, 0 when neither.

    Errors: UnusableError when floats can't tell the sign.
    """
    for key in sorted({key for key, _ in rate_ if key > ZERO_KEY}, reverse=True):
        found = _sign([(unit, value) for (key_, unit), value in rate_.items() if key_ == key])
        if found:
            return found
    return 0


@dataclass(frozen=True)
class Contest:
    """Two sums of monomials in coordinates, to be compared on many curves.

    Attributes:
        columns: What the coordinates stand for.
        left: A whole-number vector for each monomial; shape (monomial, column).
        right: The same.
    """

    columns: tuple[Column, ...]
    left: tuple[Vector, ...]
    right: tuple[Vector, ...]

    @classmethod
    def of(cls, left: Sequence[Monomial], right: Sequence[Monomial]) -> "Contest":
        """The sums in coordinates."""
        columns, vectors = aligned([*left, *right])
        return cls(columns, tuple(vectors[: len(left)]), tuple(vectors[len(left) :]))


def outgrows(contest: Contest, curve: Curve, work: Work) -> bool:
    """Whether the sum of the left over the sum of the right tends to infinity.

    Errors: UnusableError when the curve doesn't show it, UndecidedError when the work budget
        is used up.
    """
    _check_whole(contest.columns, curve)
    values = [dict(_values(atom, curve)) for _, atom in contest.columns]
    keys = {key for value in values for key in value if key > ZERO_KEY}
    left, right = list(contest.left), list(contest.right)
    for key in sorted(keys, reverse=True):
        work.spend(1 + (len(left) + len(right)) * STEPS_A_RATE)
        shares: dict[Unit, list[Exact]] = {}
        for at, ((unit, _), value) in enumerate(zip(contest.columns, values, strict=True)):
            if key in value:
                shares.setdefault(unit, [0] * len(values))[at] = value[key]
        best, right = _leaders(right, shares)
        signs = [(_compare(_scores(vector, shares), best), vector) for vector in left]
        if any(sign > 0 for sign, _ in signs):
            return True
        left = [vector for sign, vector in signs if sign == 0]
    return False


def _scores(vector: Vector, shares: Mapping[Unit, Sequence[Exact]]) -> Scores:
    """The coefficient of a vector's rate at the key that the shares belong to."""
    return [(unit, sum(map(mul, vector, share))) for unit, share in shares.items()]


def _leaders(
    vectors: Sequence[Vector], shares: Mapping[Unit, Sequence[Exact]]
) -> tuple[Scores, list[Vector]]:
    """The largest coefficient and those that have it."""
    best: Scores = []
    found: list[Vector] = []
    for vector in vectors:
        scores = _scores(vector, shares)
        sign = _compare(scores, best) if found else 1
        if sign > 0:
            best, found = scores, []
        if sign >= 0:
            found.append(vector)
    return best, found


def _compare(left: Scores, right: Scores) -> int:
    return _sign(
        [(unit, value - other) for (unit, value), (_, other) in zip(left, right, strict=True)]
    )


def _sign(parts: Scores) -> int:
    """The sign of `sum of value * unit`.

    Errors: UnusableError when floats can't tell it from 0.
    """
    parts = [(unit, value) for unit, value in parts if value]
    if len(parts) < 2:
        return (parts[0][1] > 0) - (parts[0][1] < 0) if parts else 0
    values = [unit_value(unit) * float(value) for unit, value in parts]
    if abs(sum(values)) <= MARGIN * sum(map(abs, values)):
        raise UnusableError
    return 1 if sum(values) > 0 else -1


def _check_whole(columns: Iterable[Column], curve: Curve) -> None:
    """Sizes are whole numbers, and in an exponent the rounding would be felt.

    t can be chosen so that all powers of t are whole, or all powers of log t, not both.

    Errors: UnusableError when the sizes in exponents need both.
    """
    names = {name for _, atom in columns if not is_tower(atom) for (name, _), _ in atom}
    exponents = [_exponents(name, curve) for name in names]
    if any(u for u, _ in exponents) and any(v for _, v in exponents):
        raise UnusableError


def _values(atom: Atom, curve: Curve) -> Iterator[tuple[Key, Exact]]:
    """The atom's value along the curve, as `share * t^a (log t)^b …`, up to bounded terms."""
    growing = [name for (name, _), _ in atom if _grows(name, curve)]
    if not growing:
        return
    if len(growing) < len(atom):
        raise UnusableError
    if len(atom) == 1 and atom[0][1] == 1 and atom[0][0][1] >= 1:
        yield from _logarithm(*atom[0][0], curve)
        return
    key: list[Exact] = list(ZERO_KEY)
    share: Exact = 1
    for (name, depth), value in atom:
        u, v = _exponents(name, curve)
        if depth == 0:
            key[0] += u * value
            key[1] += v * value
            continue
        terms = list(_logarithm(name, depth, curve))
        base = terms[0][1]
        known = len(terms) == 1 if depth == 1 else sorted((u, v)) == [0, 1]
        if not known or (base != 1 and value.denominator > 1):
            raise UnusableError
        key = [one + other * value for one, other in zip(key, terms[0][0], strict=True)]
        share *= exact(Fraction(base) ** int(value)) if base != 1 else 1
    yield tuple(key), share


def _logarithm(name: str, depth: int, curve: Curve) -> Iterator[tuple[Key, Exact]]:
    """The iterated logarithm of a size that grows, up to bounded terms."""
    u, v = _exponents(name, curve)
    if depth > 1:
        yield _unit_key(depth if u else depth + 1), 1
        return
    if u:
        yield _unit_key(1), u
    if v:
        yield _unit_key(2), v


def _unit_key(level: int) -> Key:
    if level >= LEVELS:
        raise UnusableError
    return tuple(int(at == level) for at in range(LEVELS))


def _exponents(name: str, curve: Curve) -> tuple[Exact, Exact]:
    return curve.powers.get(name, 0), curve.log_powers.get(name, 0)


def _grows(name: str, curve: Curve) -> bool:
    return any(_exponents(name, curve))


def belongs(curve: Curve, domain: Domain) -> bool:
    """Whether the curve keeps the sizes above 1 and meets the side conditions."""
    exponents = [_exponents(name, curve) for name in {*curve.powers, *curve.log_powers}]
    try:
        return all(u > 0 or (u == 0 and v >= 0) for u, v in exponents) and any(
            all(direction_of(rate(row, curve)) >= 0 for row in branch) for branch in domain.branches
        )
    except UnusableError:
        return False


def powers_of(curve: Curve, domain: Domain) -> tuple[dict[str, Exact], dict[str, Exact]]:
    """`t^u (log t)^v` for each size that grows so, also for those an equation expresses."""
    powers: dict[str, Exact] = {}
    log_powers: dict[str, Exact] = {}
    for name in {*domain.sizes, *curve.powers, *curve.log_powers}:
        found = rate(domain.meaning.get(name, size(name)), curve)
        if all(key in (_unit_key(1), _unit_key(2)) and not unit for key, unit in found):
            powers[name] = found.get((_unit_key(1), ()), 0)
            log_powers[name] = found.get((_unit_key(2), ()), 0)
    return _without_zeros(powers), _without_zeros(log_powers)


def grows_on(name: str, curve: Curve, domain: Domain) -> bool:
    """Whether the size tends to infinity."""
    return direction_of(rate(domain.meaning.get(name, size(name)), curve)) > 0


def _without_zeros(exponents: Mapping[str, Exact]) -> dict[str, Exact]:
    return {name: value for name, value in sorted(exponents.items()) if value}
