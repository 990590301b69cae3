"""Coordinates of a point: exact numbers, drawn from a domain, and turned into an mpmath one.

A function is a random cubic map of all entries of its arguments, of either sign; the square of
a sum mixes the entries, so that no argument stands by itself.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Literal, NamedTuple, TypeAlias

from autograder.language.evaluator.values import Grid
from autograder.language.vocabulary import Sort

Stage: TypeAlias = Literal["usual", "easy", "far"]

WHOLE = (1, 2, 3, 5, 7, 12, 30, 101, 1009, 4)
MAGNITUDES = (Fraction(1), Fraction(1, 10), Fraction(7), Fraction(1))
DECADES = range(-3, 7)  # of the far points


class Complex(NamedTuple):
    """An exact complex number."""

    real: Fraction
    imaginary: Fraction

    def __str__(self) -> str:
        sign = "-" if self.imaginary < 0 else "+"
        return f"{self.real} {sign} {abs(self.imaginary)} i"


def scalar(domain: str, rng: random.Random, turn: int, stage: Stage) -> Fraction | Complex:
    """A number of a domain.

    Args:
        turn: Which point of its stage it is for; sets magnitude and kind.
        stage: `usual`, of both signs where the domain has them; `easy`, mostly positive, near
            zero or whole; `far`, of any magnitude from a thousandth to a million.
    """
    if domain == "complex":
        parts = (scalar("real", rng, turn, stage), scalar("real", rng, turn, "usual"))
        return Complex(*parts)  # type: ignore[arg-type]  # both are real
    whole = domain in ("size", "integer")
    if whole and stage != "far":
        value = Fraction(WHOLE[rng.randrange(len(WHOLE))])
    elif stage == "far":
        value = Fraction(rng.randrange(100, 1000), 100) * Fraction(10) ** rng.choice(DECADES)
        value = Fraction(max(1, round(value))) if whole or turn % 3 == 0 else value
    elif stage == "easy" and turn % 4 == 0:
        return Fraction(rng.randrange(1, 9))
    elif stage == "easy" and turn % 2:
        value = Fraction(rng.randrange(1, 700), 701)  # for arcs and square roots of 1 - x
    else:
        value = MAGNITUDES[turn % 4] * Fraction(rng.randrange(50, 2000), 701)
    positive = domain in ("positive", "size") or (stage == "easy" and turn % 4 < 3)
    return value if positive or rng.random() < 0.5 else -value


def length(size: str, sizes: Mapping[str, int]) -> int:
    """The number behind a size, given by name or as a numeral."""
    return int(size) if size.isdigit() else sizes[size]


def function(sort: Sort, sizes: Mapping[str, int], rng: random.Random) -> Any:
    """Coefficients of a function's map: `(result entry, argument, power)` and its shape."""
    rows = length(sort.shape[0], sizes) if sort.shape else 1
    columns = length(sort.shape[1], sizes) if len(sort.shape) > 1 else 1
    inputs = 0
    for given in sort.takes or ():
        count = 1
        for size in given.shape:
            count *= length(size, sizes)
        inputs += count

    def draw() -> Fraction:
        return Fraction(rng.choice((-1, 1)) * rng.randrange(1, 90), 31)

    table = tuple(
        (draw(), tuple((draw(), draw(), draw()) for _ in range(inputs)))
        for _ in range(rows * columns)
    )
    return (rows, columns, bool(sort.shape), len(sort.shape) == 1, table)


def number(context: Any, value: Any, sort: Sort | None = None) -> Any:
    """A coordinate in an mpmath context: a number, a Grid, a mapping or a callable."""
    if isinstance(value, Fraction):
        return context.mpf(value.numerator) / value.denominator
    if isinstance(value, Complex):
        return context.mpc(number(context, value.real), number(context, value.imaginary))
    if isinstance(value, dict):
        return {at: number(context, member) for at, member in value.items()}
    if sort is not None and sort.takes is not None:
        return _callable(context, value)
    rows = tuple(tuple(number(context, x) for x in row) for row in value)
    return Grid(rows, vector=sort is not None and len(sort.shape) == 1)


def _callable(context: Any, coefficients: Any) -> Any:
    rows, columns, is_grid, is_vector, table = coefficients

    def function(*arguments: Any) -> Any:
        inputs = [entry for a in arguments for entry in (a.entries if isinstance(a, Grid) else [a])]
        entries = []
        for constant, line in table:
            total, mixed = number(context, constant), context.mpf(0)
            for (cubic, linear, part), x in zip(line, inputs, strict=True):
                total += number(context, cubic) * x**3 + number(context, linear) * x
                mixed += number(context, part) * x
            entries.append(total + mixed * mixed)
        if not is_grid:
            return entries[0]
        grid = tuple(tuple(entries[r * columns : (r + 1) * columns]) for r in range(rows))
        return Grid(grid, vector=is_vector)

    return function
