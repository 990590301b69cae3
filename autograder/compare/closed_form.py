"""Are two expressions equal on their domain? Numbers reject, algebra proves.

Rejected only at a point where both sides are real and differ at high precision; the point is
the evidence. They agree when enough common points agree; `proof.py` may raise that to proved.
With too few common points the answer is undecided, and a person decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Literal

from autograder.compare.sampling import POINTS, Sample, context, samples
from autograder.language.evaluation import evaluate
from autograder.language.tree import Tree
from autograder.language.values import Grid, TooLarge, Undefined, Value
from autograder.language.vocabulary import Vocabulary

DIGITS = 40
MORE_DIGITS = 100  # a difference has to survive at this precision
TOLERANCE_DIGITS = 28
ENOUGH = 6  # common points of POINTS

Outcome = Literal["proved", "agrees", "differs", "undecided"]


@dataclass(frozen=True)
class Decision:
    """The outcome of a comparison.

    Attributes:
        code: `right`, `differs`, `sign`, `constant_factor`, `inverse`, `wrong_shape` or
            `undecided`.
        evidence: The point where they differ, or how many points were common.
    """

    outcome: Outcome
    code: str
    evidence: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Key:
    """A key with its values at the points, each computed once."""

    tree: Tree
    vocabulary: Vocabulary
    values: dict[int, Value | None] = field(default_factory=dict, compare=False)

    def points(self, *, more: bool) -> Iterator[tuple[Sample, Value]]:
        """Points where the key has a value, with it; `more` are further ones."""
        start = POINTS if more else 0
        for at, point in enumerate(samples(self.vocabulary, more=more), start):
            if at not in self.values:
                self.values[at] = _value(self.tree, point, self.vocabulary, DIGITS)
            value = self.values[at]
            if value is not None:
                yield point, value


def prepare(tree: Tree, vocabulary: Vocabulary) -> Key:
    """Evaluate a key at the points of its domain.

    Errors: ValueError when it has a value at too few of them.
    """
    key = Key(tree, vocabulary)
    try:
        known = sum(1 for more in (False, True) for _ in islice(key.points(more=more), ENOUGH))
    except TooLarge:
        known = 0
    if known < ENOUGH:
        raise ValueError("the key has no value at most points of its domain")
    return key


def decide(answer: Tree, key: Key, *, prove: bool = True) -> Decision:
    """Compare an answer whose shapes fit with a key."""
    common = overflows = 0
    scalar = True
    for more in (False, True):
        if common >= ENOUGH:
            break
        for point, expected in key.points(more=more):
            try:
                got = _value(answer, point, key.vocabulary, DIGITS)
            except TooLarge:
                overflows += 1
                if overflows > ENOUGH and not common:
                    return Decision("undecided", "too_large")
                continue
            if got is None:
                continue
            if _shape(got) != _shape(expected):
                return Decision("differs", "wrong_shape")
            common += 1
            scalar = not isinstance(got, Grid)
            if not _close(got, expected, DIGITS) and _really_differs(answer, key, point):
                return Decision("differs", _relation(answer, key), point.describe())
    if common < ENOUGH:
        return Decision("undecided", "undecided", {"common": str(common)})
    if prove and scalar:
        from autograder.compare.proof import proves_equal

        if proves_equal(answer, key.tree, key.vocabulary):
            return Decision("proved", "right")
    return Decision("agrees", "right", {"points": str(common)})


def _value(tree: Tree, sample: Sample, vocabulary: Vocabulary, digits: int) -> Value | None:
    """The real value at a point, or None.

    Errors: TooLarge.
    """
    try:
        value = evaluate(tree, sample.at(context(digits), vocabulary))
    except TooLarge:
        raise
    except Undefined:
        return None
    entries = value.entries if isinstance(value, Grid) else [value]
    ctx = context(digits)
    limit = ctx.mpf(10) ** -TOLERANCE_DIGITS
    reals = []
    for entry in entries:
        real, imaginary = ctx.re(entry), ctx.im(entry)
        if not ctx.isfinite(real) or abs(imaginary) > limit * (1 + abs(real)):
            return None
        reals.append(real)
    if not isinstance(value, Grid):
        return reals[0]
    width = len(value.rows[0])
    rows = tuple(tuple(reals[at : at + width]) for at in range(0, len(reals), width))
    return Grid(rows, value.vector)


def _shape(value: Value) -> tuple[int, ...]:
    """The shape; a column is the vector that it holds."""
    shape = value.shape if isinstance(value, Grid) else ()
    return shape[:1] if len(shape) == 2 and shape[1] == 1 else shape


def _pairs(left: Value, right: Value) -> list[tuple[Any, Any]]:
    if isinstance(left, Grid):
        return list(zip(left.entries, right.entries, strict=True))
    return [(left, right)]


def _close(left: Value, right: Value, digits: int) -> bool:
    tolerance = context(digits).mpf(10) ** -(digits - (DIGITS - TOLERANCE_DIGITS))
    return all(
        abs(a - b) <= tolerance * max(abs(a), abs(b)) or a == b for a, b in _pairs(left, right)
    )


def _really_differs(answer: Tree, key: Key, point: Sample) -> bool:
    """Look again with more digits: cancellation alone must not reject."""
    try:
        left = _value(answer, point, key.vocabulary, MORE_DIGITS)
    except TooLarge:
        return False
    right = _value(key.tree, point, key.vocabulary, MORE_DIGITS)
    if left is None or right is None:
        return False
    if _close(left, right, MORE_DIGITS):
        return False
    # a gap that is only rounding shrinks with the precision; a real one stays
    before = [_value(tree, point, key.vocabulary, DIGITS) for tree in (answer, key.tree)]
    if before[0] is None or before[1] is None:
        return False
    coarse = max(abs(a - b) for a, b in _pairs(before[0], before[1]))
    fine = max(abs(a - b) for a, b in _pairs(left, right))
    return bool(fine > context(DIGITS).mpf(10) ** -20 * coarse)


def _relation(answer: Tree, key: Key) -> str:
    """How a wrong answer relates to the key: by sign, a constant factor, as its inverse."""
    ratios, products = [], []
    ctx = context(DIGITS)
    for point, expected in key.points(more=False):
        try:
            got = _value(answer, point, key.vocabulary, DIGITS)
        except TooLarge:
            return "differs"
        if got is None or isinstance(got, Grid):
            continue
        if _shape(got) != _shape(expected) or expected == 0:
            return "differs"
        ratios.append(got / expected)
        products.append(got * expected)
    if len(ratios) < ENOUGH or not _constant(ratios):
        return (
            "inverse"
            if len(products) >= ENOUGH
            and _constant(products)
            and _close(products[0], ctx.mpf(1), DIGITS)
            else "differs"
        )
    return "sign" if _close(ratios[0], ctx.mpf(-1), DIGITS) else "constant_factor"


def _constant(values: Sequence[Any]) -> bool:
    return all(_close(value, values[0], DIGITS) for value in values) and values[0] != 0
