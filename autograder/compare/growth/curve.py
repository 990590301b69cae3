"""Curves along which sizes grow, and exact growth rates on them.

A curve is `x = t^u (log t)^v` for each size x, with t to infinity; u = v = 0 keeps x fixed. On
it a monomial is `exp(sum of q * unit * t^a (log t)^b (log log t)^c …)`, and two of those compare
by their leading terms. A rate leaves out what stays bounded.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

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

LEVELS = 8
ZERO_KEY: Key = (0,) * LEVELS
STEPS_A_RATE = 8
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
        parts = [(unit, value) for (key_, unit), value in rate_.items() if key_ == key and value]
        if len(parts) == 1:
            return 1 if parts[0][1] > 0 else -1
        values = [unit_value(unit) * float(value) for unit, value in parts]
        if values and abs(sum(values)) <= MARGIN * sum(map(abs, values)):
            raise UnusableError
        if values:
            return 1 if sum(values) > 0 else -1
    return 0


def outgrows(left: Iterable[Monomial], right: Iterable[Monomial], curve: Curve, work: Work) -> bool:
    """Whether the sum of the left over the sum of the right tends to infinity.

    Errors: UnusableError when the curve doesn't show it, UndecidedError when the work budget
        is used up.
    """
    rights, lefts = list(right), list(left)
    work.spend(STEPS_A_RATE * (len(rights) + len(lefts)))
    columns = {column for monomial in (*lefts, *rights) for column, _ in monomial}
    _check_whole(columns, curve)
    if not any(unit for unit, _ in columns):
        table = {column: dict(_values(column[1], curve)) for column in columns}
        found = {key for values in table.values() for key in values if key > ZERO_KEY}
        keys = sorted(found, reverse=True)
        best = max((_vector(monomial, keys, table) for monomial in rights), default=[])
        return any(_vector(monomial, keys, table) > best for monomial in lefts)
    top: Rate | None = None
    for monomial in rights:
        found_ = rate(monomial, curve)
        if top is None or direction_of(_difference(found_, top)) > 0:
            top = found_
    return any(
        top is None or direction_of(_difference(rate(monomial, curve), top)) > 0
        for monomial in lefts
    )


def _check_whole(columns: Iterable[Column], curve: Curve) -> None:
    """Sizes are whole numbers, and in an exponent the rounding would be felt.

    t can be chosen so that all powers of t are whole, or all powers of log t, not both.

    Errors: UnusableError when the sizes in exponents need both.
    """
    names = {name for _, atom in columns if not is_tower(atom) for (name, _), _ in atom}
    exponents = [_exponents(name, curve) for name in names]
    if any(u for u, _ in exponents) and any(v for _, v in exponents):
        raise UnusableError


def _vector(
    monomial: Monomial, keys: Iterable[Key], table: Mapping[Column, Mapping[Key, Exact]]
) -> list[Exact]:
    """The coefficients of a rate whose only unit is 1, leading terms first."""
    return [sum(value * table[column].get(key, 0) for column, value in monomial) for key in keys]


def _difference(left: Rate, right: Rate) -> Rate:
    found = dict(left)
    for key, value in right.items():
        found[key] = found.get(key, 0) - value
    return found


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
