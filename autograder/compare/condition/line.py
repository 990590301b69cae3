"""Places on a line where all that polynomials can say is said: their roots, and between them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor, lcm

from autograder.compare.condition.places import Place
from autograder.compare.condition.polynomials import Frozen, constant, plus, replaced
from autograder.compare.condition.roots import (
    Line,
    Root,
    all_roots,
    sign_at,
    simplest,
    squarefree,
)

T = "t"  # along a line


def exact_places(lines: dict[Frozen, Line], whole: bool) -> list[Place]:
    """Every combination of signs along the line, in order.

    Args:
        lines: Each polynomial as it is along the line.
        whole: Only whole numbers count.

    Errors: TooMuch.
    """
    simple = {polynomial: squarefree(line) for polynomial, line in lines.items()}
    roots = all_roots([line for line in simple.values() if len(line) > 1])
    if whole:
        return [_at(Fraction(n), lines, alone=False) for n in _whole_numbers(roots)]
    between = _between(roots)
    places = [_at(between[0], lines, alone=False)]
    for root, behind in zip(roots, between[1:], strict=True):
        places.append(_at_root(root, lines, simple))
        places.append(_at(behind, lines, alone=False))
    return places


def _between(roots: Sequence[Root]) -> list[Fraction]:
    """A number before, between and behind the roots."""
    if not roots:
        return [Fraction(0)]
    found = [Fraction(floor(roots[0].low) - 1)]
    for one, other in pairwise(roots):
        found.append(one.high if one.high == other.low else simplest(one.high, other.low))
    return [*found, Fraction(ceil(roots[-1].high) + 1)]


def _whole_numbers(roots: Iterable[Root]) -> list[int]:
    found = {0, 1}
    for root in roots:
        found |= set(range(floor(root.low) - 1, ceil(root.high) + 2))
    return sorted(found)


def _at(at: Fraction, lines: dict[Frozen, Line], *, alone: bool) -> Place:
    return Place(at, alone, {polynomial: sign_at(line, at) for polynomial, line in lines.items()})


def _at_root(root: Root, lines: dict[Frozen, Line], simple: dict[Frozen, Line]) -> Place:
    """Signs at a root that may be irrational: zero where a simple polynomial changes its sign."""
    if root.exact:
        return _at(root.low, lines, alone=True)
    signs: dict[Frozen, int | None] = {}
    for polynomial, line in lines.items():
        plain = simple[polynomial]
        zero = sign_at(plain, root.low) != sign_at(plain, root.high)
        signs[polynomial] = 0 if zero else sign_at(line, root.low)
    return Place(float((root.low + root.high) / 2), True, signs)


def along(polynomial: Frozen, start: Mapping[str, Fraction], step: Mapping[str, Fraction]) -> Line:
    """A polynomial in `t` at `start + t step`, times a positive number.

    Errors: TooMuch.
    """
    values = {name: constant(first) for name, first in start.items()}
    for name, pace in step.items():
        values[name] = plus(values[name], {((T, 1),): pace})
    found = replaced(polynomial, values)
    common = lcm(*(value.denominator for value in found.values()))
    line = [0] * (1 + max((degree for monomial in found for _, degree in monomial), default=0))
    for monomial, value in found.items():
        line[monomial[0][1] if monomial else 0] = int(value * common)
    return line
