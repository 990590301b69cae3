"""Values: numbers, grids of numbers, and the point at which a tree is evaluated."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from autograder.language.vocabulary import Vocabulary

MAX_MAGNITUDE_BITS = 200_000  # of a power or factorial; beyond it there is no number to compare
MAX_STEPS = 8_000  # nodes evaluated at one point; sums inside sums multiply

Scalar = Any  # mpmath has no types: an mpf or mpc
Value = Any  # a Scalar or a Grid


class Undefined(Exception):
    """The tree has no value at this point: a pole, a logarithm of zero, an overflow."""


class TooLarge(Undefined):
    """A power, a factorial or a sum that would not fit in a number worth comparing."""


class TooLong(TooLarge):
    """More nodes than one point may take."""


@dataclass(frozen=True)
class Grid:
    """A vector or matrix of numbers; `vector` marks a one-dimensional one (a column)."""

    rows: tuple[tuple[Scalar, ...], ...]
    vector: bool = False

    @property
    def shape(self) -> tuple[int, ...]:
        return (len(self.rows),) if self.vector else (len(self.rows), len(self.rows[0]))

    @property
    def entries(self) -> list[Scalar]:
        return [entry for row in self.rows for entry in row]

    def map(self, change: Callable[[Scalar], Scalar]) -> Grid:
        return Grid(tuple(tuple(change(x) for x in row) for row in self.rows), self.vector)


@dataclass(frozen=True)
class Point:
    """Where to evaluate.

    Attributes:
        context: The mpmath context, which holds the precision.
        values: A number or Grid for each symbol; for a family a mapping from index tuples;
            for a function a callable on values.
        sizes: The integer behind each size by name.
    """

    context: Any
    values: Mapping[str, Value]
    sizes: Mapping[str, int]
    vocabulary: Vocabulary
    bound: dict[str, int] = field(default_factory=dict)
    steps: list[int] = field(default_factory=lambda: [MAX_STEPS])  # what is left of the budget
    bases: dict[str, int] = field(default_factory=dict)  # 0 where an index starts at 0
    spread: list[int] = field(default_factory=lambda: [0])  # bits between terms that were added


def added(left: Scalar, right: Scalar, point: Point) -> Scalar:
    """A sum of two numbers; how far their sizes are apart is kept in `spread`."""
    if left and right:
        bits = abs(point.context.mag(left) - point.context.mag(right))
        if bits > point.spread[0] and bits < MAX_MAGNITUDE_BITS:
            point.spread[0] = int(bits)
    return left + right


def scalar_power(base: Scalar, exponent: Scalar, point: Point) -> Scalar:
    """A bounded power; real where the exponent is a fraction with an odd denominator.

    Errors: Undefined when the result would not fit in a number worth comparing.
    """
    ctx = point.context
    if base == 0:
        if ctx.re(exponent) > 0:
            return base * 0
        if exponent == 0:
            return ctx.mpf(1)
        raise Undefined("0 to a negative power")
    size = abs(ctx.re(exponent)) * (abs(ctx.mag(base)) + 1)
    if not size < MAX_MAGNITUDE_BITS:
        raise TooLarge("power")
    return ctx.power(base, exponent)
