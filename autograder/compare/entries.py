"""Which entries of a vector or matrix are not the key's."""

from typing import NamedTuple

from autograder.compare.closed_form import ENOUGH, Key
from autograder.compare.places import shape_of
from autograder.language.evaluator.values import Grid, TooLarge
from autograder.language.tree import Tree

ROUNDING = 1e-25  # relative to the largest entry


class Entries(NamedTuple):
    """Positions that differ, `(row, column)` from 1, and how many entries there are."""

    differ: tuple[tuple[int, int], ...]
    total: int


def differing(answer: Tree, key: Key) -> Entries | None:
    """The entries that differ at one of the points where both have a value.

    Returns:
        None when they are numbers, or their shapes change from point to point.
    """
    found: set[tuple[int, int]] = set()
    shapes: set[tuple[int, ...]] = set()
    seen = 0
    for place, expected in key.at("usual", key.complex):
        try:
            got = place.worth(answer).value
        except TooLarge:
            continue
        theirs = expected.value
        if got is None or not isinstance(got, Grid) or not isinstance(theirs, Grid):
            continue
        if shape_of(got) != shape_of(theirs):
            return None
        shapes.add(got.shape)
        rounding = ROUNDING * max(map(abs, theirs.entries))
        for row, pair in enumerate(zip(got.rows, theirs.rows, strict=True), start=1):
            for column, (mine, other) in enumerate(zip(*pair, strict=True), start=1):
                if abs(mine - other) > rounding and not place.same(mine, other):
                    found.add((row, column))
        seen += 1
        if seen == ENOUGH:
            break
    if len(shapes) != 1 or not found:
        return None
    shape = shapes.pop()
    return Entries(tuple(sorted(found)), shape[0] * (shape[1] if len(shape) > 1 else 1))
