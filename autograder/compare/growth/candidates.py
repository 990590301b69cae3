"""Curves worth trying: simple ones for the reader, and one along a direction of the cone."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache
from itertools import combinations, product

from autograder.compare.growth.cone import Direction
from autograder.compare.growth.curve import Curve
from autograder.compare.growth.scale import is_tower

STEPS = ((0, 0), (1, 0), (2, 0), (0, 1), (0, 2))
"""Exponents of t and log t that are tried for a size."""
MOST_TRIED = 250
MOST_TRIED_SIZES = 5
ROUNDED = 1000
"""Largest denominator of an exponent on a curve that was found with logarithms about."""


def simple_curves(names: Sequence[str], slow: bool) -> Iterator[Curve]:
    """Curves with exponents 0, 1 and 2, those on which few sizes grow first.

    Args:
        names: The sizes in question.
        slow: Let sizes grow as log t and its square, too.
    """
    count = 2 if len(names) > MOST_TRIED_SIZES else len(STEPS) if slow else 3
    for choice in _choices(count, len(names)):
        chosen = {name: STEPS[at] for name, at in zip(names, choice, strict=True) if at}
        yield Curve(
            {name: u for name, (u, _) in chosen.items() if u},
            {name: v for name, (_, v) in chosen.items() if v},
        )


@cache
def _choices(count: int, sizes: int) -> tuple[tuple[int, ...], ...]:
    """Which step each size takes, simplest first."""
    if sizes > MOST_TRIED_SIZES:
        chosen = (part for few in (1, 2, sizes) for part in combinations(range(sizes), few))
        found = [tuple(int(at in part) for at in range(sizes)) for part in chosen]
    else:
        found = sorted(
            product(range(count), repeat=sizes),
            key=lambda choice: (sum(map(bool, choice)), sum(choice)),
        )[1:]
    return tuple(found[:MOST_TRIED])


def curves_along(direction: Direction) -> Iterator[Curve]:
    """A curve near a direction of the cone, if the direction shows one.

    The direction's logarithms are tiny beside its sizes, and give the scale of log t: what a
    size has in that scale becomes its power of log t.
    """
    towers = {
        atom[0][0]: value
        for (unit, atom), value in direction.items()
        if not unit and is_tower(atom)
    }
    top = max((value for (_, depth), value in towers.items() if depth == 1), default=0)
    slow = max((value for (_, depth), value in towers.items() if depth == 2), default=0)
    if not top:
        return
    shares = {name: Fraction(value, top) for (name, depth), value in towers.items() if depth == 1}
    if not slow:
        yield Curve(shares)
        return
    powers = {name: share.limit_denominator(ROUNDED) for name, share in shares.items()}
    unit_ = Fraction(slow, top)
    yield Curve(
        powers,
        {
            name: ((share - powers[name]) / unit_).limit_denominator(ROUNDED)
            for name, share in shares.items()
        },
    )
