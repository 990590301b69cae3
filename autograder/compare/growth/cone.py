"""The cone of ways in which the sizes can grow, and domination of monomials on it.

A coordinate is a column's value: log x for a size x, log log x for its logarithm, ln 2 * n for
2^n. All are >= 0. Rows say what else is true of them up to additive constants. By Farkas' lemma
a monomial is bounded by a sum of others when it is below a weighted geometric mean of them,
and the other way round where only powers of sizes occur.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import permutations
from math import lcm
from operator import le
from typing import TypeAlias

from autograder.compare.growth import simplex
from autograder.compare.growth.domain import Domain, Work
from autograder.compare.growth.rows import (
    RANK,
    ordered_logarithms,
    ranked,
    rankings,
    small_logarithms,
    towers_in,
)
from autograder.compare.growth.scale import (
    Atom,
    Column,
    Exact,
    Monomial,
    Unit,
    exact,
    growth_of,
    is_tower,
    names_in,
    over,
    power,
    size,
    times,
    unit_value,
)

Direction: TypeAlias = Mapping[Column, int]
Vector: TypeAlias = tuple[int, ...]

ENCLOSURE = Fraction(1, 10**12)
"""Relative error allowed for a ratio of units computed in floats."""
SLOW = 6
"""Iterated logarithms taken for "slower than anything typed"."""
MOST_RANKED_SIZES = 4
PRICE = 4
"""What putting a monomial into coordinates costs, in steps of the work budget."""


def escape(
    monomial: Monomial, others: Iterable[Monomial], domain: Domain, split: bool = True
) -> Direction | None:
    """A direction in which the monomial outgrows the sum of the others.

    None is a proof that it is bounded by a constant times that sum. A direction is a proof of
    the opposite only where no logarithms and exponentials occur.

    Args:
        split: Look at each ranking of the sizes under a logarithm, if need be.

    Errors: UndecidedError when the work budget is used up.
    """
    differences = [over(other, monomial) for other in others]
    domain.work.spend(2 * PRICE * len(differences))
    if any(all(value >= 0 for _, value in difference) for difference in differences):
        return None
    if not differences:
        return {}
    for branch in domain.branches:
        found = _direction(differences, branch, domain, split)
        if found is not None:
            return found
    return None


def at_least_one(monomial: Monomial, domain: Domain) -> bool:
    """Whether the monomial is >= 1 at every point, not only up to a constant."""
    rows = [*domain.sharp, *small_logarithms(towers_in((monomial, *domain.sharp)), 1)]
    return _solve([monomial], rows, domain.work) is None


def vanishes(
    left: Sequence[Monomial], right: Sequence[Monomial], sizes: Iterable[str], domain: Domain
) -> bool:
    """Whether left/right tends to 0 as one of the sizes grows, whatever the others do."""
    slow = [power(size(name, SLOW), Fraction(1, RANK)) for name in sorted(set(sizes))]
    return any(
        all(
            escape(times(monomial, factor), right, domain, split=False) is None for monomial in left
        )
        for factor in slow
    )


def pruned(monomials: Iterable[Monomial], work: Work) -> frozenset[Monomial]:
    """Without those that another one bounds coordinate by coordinate."""
    waiting = list(set(monomials))
    if len(waiting) < 2:
        return frozenset(waiting)
    kept: list[tuple[Vector, Monomial]] = []
    pairs = zip(aligned(waiting)[1], waiting, strict=True)
    for vector, monomial in sorted(pairs, key=lambda pair: -sum(pair[0])):
        work.spend(PRICE + len(kept) // 2)
        if not any(all(map(le, vector, other)) for other, _ in kept):
            kept.append((vector, monomial))
    return frozenset(monomial for _, monomial in kept)


def unbounded(
    monomials: Sequence[Monomial], others: Sequence[Monomial], work: Work
) -> list[Monomial]:
    """Those of the monomials that none of the others bounds coordinate by coordinate."""
    _, vectors = aligned([*monomials, *others])
    work.spend(PRICE * len(vectors) + len(monomials) * len(others) // 2)
    bounds = vectors[len(monomials) :]
    return [
        monomial
        for vector, monomial in zip(vectors, monomials, strict=False)
        if not any(all(map(le, vector, other)) for other in bounds)
    ]


def aligned(monomials: Sequence[Monomial]) -> tuple[tuple[Column, ...], list[Vector]]:
    """Columns, and the exponents for each as whole numbers, up to one positive factor."""
    columns = tuple(sorted({column for monomial in monomials for column, _ in monomial}))
    factor = lcm(*(value.denominator for monomial in monomials for _, value in monomial))
    exponents = [dict(monomial) for monomial in monomials]
    return columns, [tuple(int(row.get(c, 0) * factor) for c in columns) for row in exponents]


def _direction(
    differences: Sequence[Monomial], branch: tuple[Monomial, ...], domain: Domain, split: bool
) -> Direction | None:
    vectors = (*differences, *branch)
    rows = [*branch, *_structure(vectors, domain)]
    found = _solve(differences, rows, domain.work)
    towers = towers_in(vectors)
    names = sorted({name for name, depth in towers if depth > 1})
    if found is None or not split or not 1 < len(names) <= MOST_RANKED_SIZES:
        return found
    depth = max(depth for _, depth in towers)
    for ranking in rankings(names):
        found = _solve(differences, [*rows, *ranked(ranking, depth)], domain.work)
        if found is not None:
            return found
    return None


def _solve(
    differences: Sequence[Monomial], rows: Sequence[Monomial], work: Work
) -> Direction | None:
    columns, vectors = aligned([*differences, *rows])
    count = len(differences)
    found = simplex.decide(vectors[:count], vectors[count:], len(columns), work.spend)
    if isinstance(found, simplex.Covered):
        return None
    return dict(zip(columns, found.point, strict=True))


def _structure(vectors: Sequence[Monomial], domain: Domain) -> tuple[Monomial, ...]:
    """Rows between the columns that occur."""
    columns = frozenset(column for vector in vectors for column, _ in vector)
    key = (domain.branches, columns)
    if key not in domain.work.rows:
        towers = towers_in(vectors) | {(name, 1) for v in vectors for name in names_in(v)}
        rows = list(small_logarithms(towers))
        if len(domain.branches) == 1:
            depth = max((depth for _, depth in towers), default=1)
            rows += ordered_logarithms(domain.branches[0], depth - 1)
        if not _plain(columns):
            plain = {size(name, depth - 1)[0][0] for name, depth in towers}
            rows += _exponentials(sorted(columns | plain), _without_exponentials(domain))
        domain.work.rows[key] = tuple(rows)
    return domain.work.rows[key]


def _plain(columns: Iterable[Column]) -> bool:
    return all(not unit and is_tower(atom) for unit, atom in columns)


def _without_exponentials(domain: Domain) -> Domain:
    """The domain with fewer rows, on which what is between exponentials is found."""
    branches = tuple(
        tuple(row for row in branch if _plain(column for column, _ in row))
        for branch in domain.branches
    )
    return domain if branches == domain.branches else replace(domain, branches=branches)


def _exponentials(columns: Sequence[Column], domain: Domain) -> Iterator[Monomial]:
    """Rows between columns of which at least one is an exponential."""
    first: dict[Atom, Column] = {}
    for column in columns:
        unit, atom = column
        other = first.setdefault(atom, column)
        if other != column:
            yield over(((column, 1),), ((other, _at_most(unit, other[0])),))
            yield over(((other, 1),), ((column, _at_most(other[0], unit)),))
    free = not any(domain.branches)
    for (atom, left), (atom_, right) in permutations(first.items(), 2):
        if (is_tower(atom) and is_tower(atom_)) or (free and not _names(atom) <= _names(atom_)):
            continue
        if at_least_one(over(growth_of(atom_), growth_of(atom)), domain):
            yield over(((right, 1),), ((left, _at_most(right[0], left[0])),))
        if _much_below(atom, atom_, domain):
            yield over(((right, 1),), ((left, RANK),))


def _at_most(unit: Unit, other: Unit) -> Exact:
    """A number just below unit/other."""
    if unit == other:
        return 1
    return exact(Fraction(unit_value(unit) / unit_value(other)) * (1 - ENCLOSURE))


def _names(atom: Atom) -> set[str]:
    return {name for (name, _), _ in atom}


def _much_below(atom: Atom, other: Atom, domain: Domain) -> bool:
    """Whether the atom is below every small multiple of the other, where it is large at all."""
    if any(value < 0 for _, value in atom):
        return False
    low, high = growth_of(atom), growth_of(other)
    return all(vanishes([low], [high], [name], domain) for (name, _), _ in atom)
