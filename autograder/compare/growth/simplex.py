"""Which of two alternatives holds for vectors and a cone, exactly, in whole numbers.

Given vectors d_1 … d_m and rows r_1 … r_k, exactly one of these is true (Farkas, 1902):

    covered   some weights w >= 0, not all zero, and v >= 0 make
              w_1 d_1 + … + w_m d_m - v_1 r_1 - … - v_k r_k >= 0 in every coordinate
    direction some z >= 0 with r_i z >= 0 for all i has d_j z < 0 for all j

The first is the proof that a monomial is bounded by others, the second a way to grow on which
it is not. The tableau is kept in integers by Bareiss' division (E. H. Bareiss, 1968); pivots
follow Bland's rule (R. G. Bland, 1977), so it can't cycle.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import gcd
from typing import TypeAlias

Vector: TypeAlias = Sequence[int]


@dataclass(frozen=True)
class Covered:
    """Weights of the vectors and of the rows; a proof."""

    weights: tuple[int, ...]
    row_weights: tuple[int, ...]


@dataclass(frozen=True)
class Direction:
    """A point of the cone on which every vector is negative."""

    point: tuple[int, ...]


def decide(
    vectors: Sequence[Vector],
    rows: Sequence[Vector],
    width: int,
    spend: Callable[[int], None],
) -> Covered | Direction:
    """Find the one alternative that holds.

    Args:
        vectors: Shape `(m, width)`.
        rows: Shape `(k, width)`; the cone also has z >= 0.
        width: The number of coordinates.
        spend: Is told the steps of each pivot, about a microsecond each; may raise.

    Errors: ArithmeticError when what was found doesn't check; that would be our bug.
    """
    found = _search(vectors, rows, width, spend)
    if not _holds(found, vectors, rows, width):
        raise ArithmeticError("the simplex found no certificate")
    return found


def _search(
    vectors: Sequence[Vector],
    rows: Sequence[Vector],
    width: int,
    spend: Callable[[int], None],
) -> Covered | Direction:
    """Maximise the sum of w subject to `-w d + v r + slack = 0`, from the origin.

    The origin is the only vertex: either the objective is unbounded, and the ray is the
    weights, or it's zero, and the dual solution is the direction.
    """
    m, k = len(vectors), len(rows)
    table = [
        [-vector[at] for vector in vectors]
        + [row[at] for row in rows]
        + [int(at == slack) for slack in range(width)]
        for at in range(width)
    ]
    gain = [1] * m + [0] * (k + width)
    basis = [m + k + at for at in range(width)]
    scale, steps = 1, 5 + (width + 1) * len(gain) // 10
    spend(40 + 2 * steps)
    while (enter := next((at for at, value in enumerate(gain) if value > 0), None)) is not None:
        leave = min(
            (at for at in range(width) if table[at][enter] > 0),
            key=basis.__getitem__,
            default=None,
        )
        if leave is None:
            ray = [0] * (m + k + width)
            ray[enter] = scale
            for at in range(width):
                ray[basis[at]] = -table[at][enter]
            return Covered(tuple(ray[:m]), tuple(ray[m : m + k]))
        spend(steps)
        pivot_row, pivot = table[leave], table[leave][enter]
        for line in (*table, gain):
            if line is not pivot_row:
                factor = line[enter]
                line[:] = [
                    (value * pivot - factor * other) // scale
                    for value, other in zip(line, pivot_row, strict=True)
                ]
        basis[leave], scale = enter, pivot
    point = [-value for value in gain[m + k :]]
    divisor = gcd(*point) or 1
    return Direction(tuple(value // divisor for value in point))


def _holds(
    found: Covered | Direction, vectors: Sequence[Vector], rows: Sequence[Vector], width: int
) -> bool:
    """Check the certificate from its definition."""
    if isinstance(found, Direction):
        return (
            min(found.point, default=0) >= 0
            and all(_dot(row, found.point) >= 0 for row in rows)
            and all(_dot(vector, found.point) < 0 for vector in vectors)
        )
    return (
        min(found.weights) >= 0
        and any(found.weights)
        and min(found.row_weights, default=0) >= 0
        and all(
            sum(w * vector[at] for w, vector in zip(found.weights, vectors, strict=True))
            >= sum(v * row[at] for v, row in zip(found.row_weights, rows, strict=True))
            for at in range(width)
        )
    )


def _dot(left: Vector, right: Vector) -> int:
    return sum(x * y for x, y in zip(left, right, strict=True))
