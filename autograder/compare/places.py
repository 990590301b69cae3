"""A point at a precision: what a tree is worth there, and whether two values are alike."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple

from autograder.compare.sampling import Sample, context
from autograder.language.evaluator.evaluation import evaluate
from autograder.language.evaluator.values import MAX_STEPS, Grid, TooLarge, Undefined, Value
from autograder.language.tree import Tree
from autograder.language.vocabulary import Vocabulary

DIGITS = 40
SPARE_DIGITS = 12  # that rounding may cost before two numbers count as different
MORE_DIGITS = 60  # further ones, at which a difference has to survive
MOST_DIGITS = 600
REAL = 10.0**-28  # an imaginary part, relative to the real one, that is only rounding
STAYS, ROUNDING = 1e-20, 10.0 ** (10 - MORE_DIGITS)  # factors by which a gap may shrink
BITS = 3.3219280948873626  # log2(10)

Likeness = Literal["same", "different", "unclear"]


class Worth(NamedTuple):
    """What a tree is worth at a place.

    Attributes:
        value: None where it has no value.
        lost: Digits by which terms that were added there differ in size: a small one beside
            a large one is seen only with as many further digits.
        steps: How many nodes were evaluated.
    """

    value: Value | None
    lost: int = 0
    steps: int = 0


@dataclass(frozen=True)
class Place:
    """A point at a precision.

    Attributes:
        complex: Whether values that are not real count.
    """

    sample: Sample
    vocabulary: Vocabulary
    digits: int
    complex: bool

    def worth(self, tree: Tree) -> Worth:
        """Evaluate a tree.

        Errors: TooLarge.
        """
        ctx = context(self.digits)
        point = self.sample.at(ctx, self.vocabulary)
        try:
            value = _finite(evaluate(tree, point), ctx, self.complex)
        except TooLarge:
            raise
        except Undefined:
            value = None
        return Worth(value, int(point.spread[0] / BITS), MAX_STEPS - point.steps[0])

    def finer(self, digits: int) -> Place:
        """The same point with further digits."""
        return replace(self, digits=self.digits + digits)

    def same(self, left: Value, right: Value) -> bool:
        """Whether two values of one shape are equal but for rounding."""
        ctx = context(self.digits)
        tolerance = ctx.mpf(10) ** (SPARE_DIGITS - self.digits)
        return all(
            a == b or abs(a - b) <= tolerance * max(abs(a), abs(b)) for a, b in pairs(left, right)
        )


def alike(place: Place, mine: Tree, theirs: Tree, first: tuple[Worth, Worth]) -> Likeness:
    """Whether two trees have the same value at a place.

    Args:
        first: What they are worth there at the place's own precision.
    """
    lost = max(worth.lost for worth in first)
    if lost <= SPARE_DIGITS and place.same(first[0].value, first[1].value):
        return "same"
    if lost > MOST_DIGITS:
        return "unclear"
    middle = place.finer(lost) if lost > SPARE_DIGITS else place
    coarse = first if middle is place else _both(middle, mine, theirs)
    if coarse is None:
        return "unclear"
    if middle is not place and middle.same(coarse[0].value, coarse[1].value):
        return "same"
    fine_place = middle.finer(MORE_DIGITS)
    fine = _both(fine_place, mine, theirs)
    if fine is None:
        return "unclear"
    if fine_place.same(fine[0].value, fine[1].value):
        return "same"  # cancellation alone
    # a gap that is only rounding shrinks with the precision; a real one stays
    shrunk = _gap(fine) / _gap(coarse)
    if shrunk > STAYS:
        return "different"
    return "same" if shrunk < ROUNDING else "unclear"


def _both(place: Place, mine: Tree, theirs: Tree) -> tuple[Worth, Worth] | None:
    try:
        found = place.worth(mine), place.worth(theirs)
    except TooLarge:
        return None
    return None if found[0].value is None or found[1].value is None else found


def _gap(both: tuple[Worth, Worth]) -> Any:
    """The largest distance between entries."""
    return max(abs(a - b) for a, b in pairs(both[0].value, both[1].value))


def shape_of(value: Value) -> tuple[int, ...]:
    """The shape; a column is the vector that it holds."""
    shape = value.shape if isinstance(value, Grid) else ()
    return shape[:1] if len(shape) == 2 and shape[1] == 1 else shape


def pairs(left: Value, right: Value) -> list[tuple[Any, Any]]:
    """Entries that stand at the same position."""
    if isinstance(left, Grid):
        return list(zip(left.entries, right.entries, strict=True))
    return [(left, right)]


def _finite(value: Value, ctx: Any, complex_: bool) -> Value | None:
    """The value, real where only real ones count; None when it isn't finite or not real."""
    entries = value.entries if isinstance(value, Grid) else [value]
    kept = []
    for entry in entries:
        if not ctx.isfinite(entry):
            return None
        imaginary = ctx.im(entry) if isinstance(entry, ctx.mpc) else 0
        if not imaginary:
            kept.append(ctx.re(entry) if isinstance(entry, ctx.mpc) else entry)
        elif complex_:
            kept.append(entry)
        elif abs(imaginary) > REAL * (1 + abs(ctx.re(entry))):
            return None
        else:
            kept.append(ctx.re(entry))
    if not isinstance(value, Grid):
        return kept[0]
    width = len(value.rows[0])
    rows = tuple(tuple(kept[at : at + width]) for at in range(0, len(kept), width))
    return Grid(rows, value.vector)
