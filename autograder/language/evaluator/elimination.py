"""Gauss and Jordan on grids of numbers: identities, inverses and determinants."""

from __future__ import annotations

from autograder.language.evaluator.values import (
    Grid,
    Point,
    Scalar,
    TooLarge,
    TooLong,
    Undefined,
    added,
)

MOST_ENTRIES = 400  # of an identity matrix
SINGULAR_DIGITS = 10  # that rounding may cost before a pivot counts as zero


def spend(point: Point, multiplications: int) -> None:
    """Take what a product costs from the steps that are left.

    Errors: TooLong.
    """
    point.steps[0] -= multiplications // 4
    if point.steps[0] < 0:
        raise TooLong("too many steps")


def identity(size: int, factor: Scalar) -> Grid:
    """`factor` on the diagonal."""
    if not 0 < size * size <= MOST_ENTRIES:
        raise TooLarge("identity")
    rows = range(size)
    return Grid(tuple(tuple(factor if r == c else factor * 0 for c in rows) for r in rows))


def inverse(value: Grid, point: Point) -> Grid:
    """The inverse of a square matrix.

    Errors: Undefined when it is not square or singular.
    """
    size = len(value.rows)
    rows, _ = _eliminated(value, identity(size, point.context.mpf(1)).rows, point)
    return Grid(tuple(tuple(row[size:]) for row in rows))


def determinant(value: Grid, point: Point) -> Scalar:
    """Of a square matrix.

    Errors: Undefined when it is not square.
    """
    try:
        return _eliminated(value, ((),) * len(value.rows), point)[1]
    except _Singular:
        return point.context.mpf(0)


class _Singular(Undefined):
    """A matrix without an inverse."""


def _eliminated(
    value: Grid, right: tuple[tuple[Scalar, ...], ...], point: Point
) -> tuple[list[list[Scalar]], Scalar]:
    """Gauss and Jordan: the rows with `right` beside them, and the determinant.

    Errors: Undefined when the matrix is not square or singular, up to rounding.
    """
    size = len(value.rows)
    if value.vector or size != len(value.rows[0]):
        raise Undefined("shapes")
    spend(point, 3 * size**3)
    rows = [[*row, *beside] for row, beside in zip(value.rows, right, strict=True)]
    sizes = [[abs(entry) for entry in row] for row in rows]  # what each entry was made of
    rounding = point.context.mpf(10) ** (SINGULAR_DIGITS - point.context.dps)
    product = point.context.mpf(1)
    for at in range(size):
        best = max(range(at, size), key=lambda r: abs(rows[r][at]))
        pivot = rows[best][at]
        if not abs(pivot) > sizes[best][at] * rounding:
            if pivot:  # more digits may tell it from zero
                point.spread[0] = max(point.spread[0], point.context.prec)
            raise _Singular("singular")
        if best != at:
            rows[at], rows[best], product = rows[best], rows[at], -product
            sizes[at], sizes[best] = sizes[best], sizes[at]
        product *= pivot
        rows[at] = [entry / pivot for entry in rows[at]]
        sizes[at] = [entry / abs(pivot) for entry in sizes[at]]
        for other in range(size):
            factor = rows[other][at]
            if other != at and factor:
                beside = zip(rows[other], rows[at], strict=True)
                rows[other] = [added(a, -factor * b, point) for a, b in beside]
                pairs = zip(sizes[other], sizes[at], strict=True)
                sizes[other] = [max(a, abs(factor) * b) for a, b in pairs]
    return rows, product
