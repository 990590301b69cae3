"""Rows that hold for logarithms whatever the question says.

A row is a monomial that is at least a constant. "A logarithm is below any power" is written with
one large power, `RANK`; it's true for every one, so no proof is lost.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise, permutations, product

from autograder.compare.growth.scale import Monomial, Tower, growth_of, is_tower, over, power, size

RANK = 10**9
"""How many times a logarithm is below its argument; above LARGEST_EXPONENT^2."""


def towers_in(vectors: Iterable[Monomial]) -> set[Tower]:
    """The logarithms of sizes that occur as columns."""
    return {
        atom[0][0]
        for vector in vectors
        for (unit, atom), _ in vector
        if not unit and is_tower(atom)
    }


def small_logarithms(towers: set[Tower], rank: int = RANK) -> Iterator[Monomial]:
    """`rank * log(x) <= x` for neighbours among the towers of one size."""
    for (name, high), (name_, low) in pairwise(sorted(towers)):
        if name == name_:
            yield over(size(name, high - 1), power(size(name, low - 1), rank))


def ordered_logarithms(rows: Iterable[Monomial], depth: int) -> Iterator[Monomial]:
    """From h <= d, or h <= d^2 / n, follows log h <= C log d, and from n <= 2^h log n <= C h.

    Args:
        depth: How often to take logarithms.
    """
    for row in rows if depth > 0 else ():
        high = [atom for (_, atom), value in row if value > 0]
        if len(high) == 1:
            for (_, atom), value in row:
                if value < 0:
                    lower = over(growth_of(high[0]), growth_of(atom))
                    yield lower
                    yield from ordered_logarithms([lower], depth - 1)


def rankings(names: Sequence[str]) -> Iterator[tuple[tuple[str, ...], ...]]:
    """All orders with ties, fewest ranks first."""
    for ranks in range(1, len(names) + 1):
        for order in permutations(names):
            for cuts in combinations(range(1, len(names)), ranks - 1):
                found = tuple(order[a:b] for a, b in pairwise((0, *cuts, len(names))))
                if all(list(rank) == sorted(rank) for rank in found):
                    yield found


def ranked(ranking: Sequence[Sequence[str]], depth: int) -> Iterator[Monomial]:
    """Rows for one ranking of the sizes by rough growth.

    Sizes of one rank are at most a fixed power of each other, so their logarithms are of one
    order; a lower rank is below every small power of a higher one. Any sequence of sizes has
    a part on which one of the rankings holds, so together they lose nothing.

    Args:
        depth: The most logarithms that are taken of any of them, plus 1.
    """
    for rank in ranking:
        for (left, right), level in product(pairwise(rank), range(1, depth)):
            yield over(size(left, level), size(right, level))
            yield over(size(right, level), size(left, level))
    for high, low in pairwise(ranking):
        for left, right in product(high, low):
            yield over(size(left), power(size(right), RANK))
            for level in range(1, depth):
                yield over(size(left, level), size(right, level))
