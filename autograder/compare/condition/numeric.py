"""Places on a line for functions that are no polynomials: where they change their sign.

Changes are looked for on a grid and made exact to 50 digits. What lies between two points of
the grid can be missed, so that agreement here is no proof; a difference is looked at again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from typing import Any

from autograder.compare.condition.places import Place
from autograder.compare.condition.polynomials import Frozen, TooMuch
from autograder.compare.condition.terms import Term
from autograder.compare.sampling import context
from autograder.language.evaluator.evaluation import evaluate
from autograder.language.evaluator.values import MAX_STEPS, Point, Undefined
from autograder.language.tree import Symbol, walk
from autograder.language.vocabulary import Vocabulary

DIGITS = 50
SURE = 1e-7  # of the largest term, below which a sign on the grid is not relied on
NEAR = Fraction(1, 10**28)  # of the largest term: the same with all digits
CLOSE = Fraction(1, 10**20)  # of two roots that are one
GRID = [n / 4 + 1 / 37 for n in range(-60, 61)]
GRID += [s * 1.37 * 10.0**k for k in (*range(-9, 0, 2), *range(1, 14, 2)) for s in (-1, 1)]
COARSE = [n * 0.83 + 1 / 37 for n in range(-14, 15)]  # of one line among several
COARSE += [s * 1.37 * 10.0**k for k in (-3, -1, 2, 4, 7) for s in (-1, 1)]
NOTHING = Vocabulary()
MOST_ROOTS = 60
HALVINGS = 44  # to the end of a float's digits


@dataclass
class Line:
    """Functions of `t`, where the symbols are `start + t step`.

    Attributes:
        budget: How many nodes and terms may still be evaluated.
    """

    polynomials: tuple[Frozen, ...]
    named: Mapping[str, Term]
    start: Mapping[str, Fraction]
    step: Mapping[str, Fraction]
    budget: list[int]
    known: dict[int, dict[str, Any]] = field(default_factory=dict)
    coordinates: dict[int, list[tuple[str, Any, Any]]] = field(default_factory=dict)

    def values(self, at: Any, ctx: Any, polynomials: Sequence[Frozen]) -> list[Any]:
        """For each polynomial its value and the size of its largest term, or None."""
        if ctx.dps not in self.coordinates:
            self._prepare(ctx)
        symbols = {name: first + pace * at for name, first, pace in self.coordinates[ctx.dps]}
        point = Point(ctx, symbols, {}, NOTHING)
        known: dict[str, Any] = {**symbols, **self.known[ctx.dps]}
        found = [self._value(polynomial, point, known) for polynomial in polynomials]
        terms = sum(map(len, polynomials))
        self.budget[0] -= (MAX_STEPS - point.steps[0] + terms) * (1 if ctx.dps < DIGITS else 3)
        if self.budget[0] < 0:
            raise TooMuch
        return found

    def _prepare(self, ctx: Any) -> None:
        """The line and all terms without a symbol, as numbers of a context."""
        self.coordinates[ctx.dps] = [
            (name, _number(ctx, first), _number(ctx, self.step.get(name, Fraction(0))))
            for name, first in self.start.items()
        ]
        point = Point(ctx, {}, {}, NOTHING)
        self.known[ctx.dps] = {
            name: self._term(name, point)
            for name, term in self.named.items()
            if not any(isinstance(node, Symbol) for node in walk(term.tree))
        }

    def _value(self, polynomial: Frozen, point: Point, known: dict[str, Any]) -> Any:
        total, largest = 0.0, 0.0
        try:
            for monomial, coefficient in polynomial:
                term = coefficient
                for name, degree in monomial:
                    if name not in known:
                        known[name] = self._term(name, point)
                    if known[name] is None:
                        return None
                    term *= known[name] ** degree
                total += term
                largest = max(largest, abs(term))
        except (ArithmeticError, ValueError):
            return None
        return (total, largest) if total == total and largest < point.context.inf else None

    def _term(self, name: str, point: Point) -> Any:
        try:
            value = evaluate(self.named[name].tree, point)
        except (Undefined, AttributeError):
            value = None
        if value is not None and not isinstance(value, float):
            value = None if point.context.im(value) else point.context.re(value)
        return value

    def signs(self, at: Any, ctx: Any) -> dict[Frozen, int | None]:
        """Signs at a number, with all digits; None where a value is too near to zero."""
        found: dict[Frozen, int | None] = {}
        values = self.values(at, ctx, self.polynomials)
        for polynomial, value in zip(self.polynomials, values, strict=True):
            found[polynomial] = None
            if value is not None and abs(value[0]) > _number(ctx, NEAR) * value[1]:
                found[polynomial] = 1 if value[0] > 0 else -1
            elif value is not None and not value[0]:
                found[polynomial] = 0
        return found


def whole_places(line: Line) -> list[Place]:
    """Whole numbers, small ones and some large ones."""
    exact = context(DIGITS)
    numbers = sorted(
        {
            *range(-30, 31),
            *(s * 10**k + d for k in range(2, 10) for s in (-1, 1) for d in (-1, 0, 1)),
        }
    )
    return [Place(Fraction(n), False, line.signs(exact.mpf(n), exact)) for n in numbers]


def near_places(line: Line, numbers: Iterable[Fraction], grid: Sequence[float]) -> list[Place]:
    """Places between and at the changes of sign.

    Args:
        numbers: Numbers that were typed; the grid is finer around them.
        grid: Numbers where to look.

    Errors: TooMuch.
    """
    import mpmath

    extra = [
        float(s * n) + d for n in numbers if n < 10**15 for s in (-1, 1) for d in (-0.01, 0.01)
    ]
    grid = sorted({*grid, *extra[:80]})
    rows = [line.values(at, mpmath.fp, line.polynomials) for at in grid]
    exact = context(DIGITS)
    zeros: list[tuple[Any, Frozen]] = []
    for which, polynomial in enumerate(line.polynomials):
        column = [row[which] for row in rows]
        for low, high in _brackets(grid, column):
            root = _root(line, polynomial, low, high, exact)
            if root is not None:
                zeros.append((root, polynomial))
        if len(zeros) > MOST_ROOTS:
            raise TooMuch
    places = _at_zeros(line, sorted(zeros, key=lambda zero: zero[0]), exact)
    points = [exact.mpf(at) for at in grid]
    ends = [place.at for place in places]
    middles = [(a + b) / 2 for a, b in pairwise(ends)]
    places += [Place(at, False, line.signs(at, exact)) for at in middles]
    for at, row in zip(points, rows, strict=True):
        signs = {p: _sure(value) for p, value in zip(line.polynomials, row, strict=True)}
        if None not in signs.values():
            places.append(Place(at, False, signs))
    return sorted(places, key=lambda place: place.at)


def _at_zeros(line: Line, zeros: list[tuple[Any, Frozen]], exact: Any) -> list[Place]:
    """The places of zeros, those that are one number together."""
    places: list[Place] = []
    for at, polynomial in zeros:
        last = places[-1] if places else None
        if last is not None and at - last.at <= _number(exact, CLOSE) * (1 + abs(at)):
            places[-1] = last._replace(signs={**last.signs, polynomial: 0})
        else:
            places.append(Place(at, True, {**line.signs(at, exact), polynomial: 0}))
    return places


def _sure(value: Any) -> int | None:
    if value is None or abs(value[0]) <= SURE * value[1]:
        return None
    return 1 if value[0] > 0 else -1


def _brackets(grid: list[float], column: list[Any]) -> Iterable[tuple[float, float]]:
    """Pairs of neighbours between which a sign changes, or a value comes near to zero."""
    for at in range(len(grid) - 1):
        one, other = column[at], column[at + 1]
        if one is None or other is None:
            continue
        if (one[0] > 0) != (other[0] > 0):
            yield grid[at], grid[at + 1]
        elif at and (before := column[at - 1]) is not None and (before[0] > 0) == (one[0] > 0):
            if abs(one[0]) < abs(before[0]) and abs(one[0]) < abs(other[0]):
                yield grid[at - 1], grid[at + 1]


def _root(line: Line, polynomial: Frozen, low: float, high: float, exact: Any) -> Any:
    """The zero between two numbers, or the place where it jumps; None where it has none."""
    import mpmath

    def value(at: Any, ctx: Any) -> Any:
        found = line.values(at, ctx, (polynomial,))[0]
        return None if found is None else found[0]

    first, last = value(low, mpmath.fp), value(high, mpmath.fp)
    if (first > 0) == (last > 0):
        return _touching(value, low, high, exact)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        between = value(middle, mpmath.fp)
        if between is None:
            return None
        low, high = (middle, high) if (between > 0) == (first > 0) else (low, middle)
    at = _polished(lambda at: value(at, exact), exact.mpf(low), exact.mpf(high), exact)
    bottom = value(at, exact)
    return at if bottom is not None and abs(bottom) < 1e-20 * abs(first - last) else None


def _polished(value: Any, low: Any, high: Any, exact: Any) -> Any:
    """The secant method from the digits of a float to all digits."""
    one, other = low, high if high != low else low + abs(low) * exact.mpf(10) ** -16
    width = abs(high - low) + abs(low) * exact.mpf(10) ** -14
    below, above = value(one), value(other)
    for _ in range(12):
        if below is None or above is None or above == below:
            break
        step = above * (other - one) / (above - below)
        one, below = other, above
        other = other - step
        if abs(step) < exact.mpf(10) ** -(DIGITS - 4) * (1 + abs(other)):
            break
        above = value(other)
    return other if abs(other - low) <= 4 * width else low


def _touching(value: Any, low: float, high: float, exact: Any) -> Any:
    """Where a value touches zero without a change of sign, by its slope; None where it doesn't."""
    step = exact.mpf(10) ** -20

    def slope(at: Any) -> Any:
        before, behind = value(at - step, exact), value(at + step, exact)
        return None if before is None or behind is None else (behind - before) / (2 * step)

    first, second = exact.mpf(low), exact.mpf(high)
    rise = slope(first)
    for _ in range(8):
        middle = (first + second) / 2
        found = slope(middle)
        if rise is None or found is None:
            return None
        first, second = (middle, second) if (found > 0) == (rise > 0) else (first, middle)
    at = _polished(slope, first, second, exact)
    bottom, before = value(at, exact), value(exact.mpf(low), exact)
    if bottom is None or not abs(bottom) < exact.mpf(10) ** -20 * abs(before):
        return None
    return at


def _number(ctx: Any, value: Fraction) -> Any:
    return ctx.mpf(value.numerator) / value.denominator
