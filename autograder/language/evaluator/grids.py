"""Arithmetic on grids of numbers: products, inverses, determinants, norms of matrices.

`I`, whose size comes from what it meets, is a Unit: it scales what it is multiplied with and
adds to the diagonal of what it is added to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Any

from autograder.language.evaluator.elimination import determinant, identity, inverse, spend
from autograder.language.evaluator.values import (
    Grid,
    Point,
    Scalar,
    TooLarge,
    Undefined,
    Value,
    added,
    scalar_power,
)
from autograder.language.shapes import product_rule

MOST_FACTORS = 5_000  # of a power of a matrix


@dataclass(frozen=True)
class Unit:
    """A multiple of an identity matrix of any size."""

    factor: Scalar


def plus(left: Value, right: Value, point: Point) -> Value:
    """A sum of which at least one side is no number.

    A number is added to every entry, as Python does it; `shapes.py` allows it for vectors only.

    Errors: Undefined when the shapes do not fit.
    """
    if isinstance(left, Unit) and isinstance(right, Unit):
        return Unit(added(left.factor, right.factor, point))
    if isinstance(left, Unit) or isinstance(right, Unit):
        unit, grid = (left, right) if isinstance(left, Unit) else (right, left)
        if not isinstance(grid, Grid) or len(grid.rows) != len(grid.rows[0]):
            raise Undefined("shapes")
        return plus(grid, identity(len(grid.rows), unit.factor), point)
    if isinstance(left, Grid) and isinstance(right, Grid):
        return entrywise(lambda a, b: added(a, b, point), left, right)
    if not (left if isinstance(left, Grid) else right).vector:
        raise Undefined("shapes")
    if isinstance(left, Grid):
        return left.map(lambda entry: added(entry, right, point))
    return right.map(lambda entry: added(left, entry, point))


def scaled(value: Value, factor: Scalar) -> Value:
    """A value times a number."""
    if isinstance(value, Unit):
        return Unit(factor * value.factor)
    return value.map(lambda entry: factor * entry) if isinstance(value, Grid) else factor * value


def entrywise(change: Callable[[Any, Any], Any], left: Grid, right: Grid) -> Grid:
    """Entry with entry; a column fits a vector.

    Errors: Undefined when the shapes differ.
    """
    if len(left.rows) != len(right.rows) or len(left.rows[0]) != len(right.rows[0]):
        raise Undefined("shapes")
    pairs = zip(left.rows, right.rows, strict=True)
    rows = tuple(tuple(change(a, b) for a, b in zip(x, y, strict=True)) for x, y in pairs)
    return Grid(rows, left.vector or right.vector)


def times(left: Value, right: Value, sign: Any, point: Point) -> Value:
    """The product that the shapes admit under a sign; see `shapes.product_rule`.

    Errors: Undefined when they do not fit.
    """
    if isinstance(left, Unit):
        return scaled(right, left.factor) if isinstance(right, Grid | Unit) else scaled(left, right)
    if not isinstance(left, Grid):
        return scaled(right, left)
    if isinstance(right, Unit):
        return scaled(left, right.factor)
    if not isinstance(right, Grid):
        return scaled(left, right)
    match product_rule(left.shape, right.shape, sign):
        case "dot":
            return inner(left.entries, right.entries, point)
        case "entries":
            return entrywise(lambda a, b: a * b, left, right)
        case "outer":
            return Grid(tuple(tuple(a * b for b in right.rows[0]) for (a,) in left.rows))
        case "cross":
            return cross([left, right], point)
        case "matmul":
            return _matmul(left, right, point)
    raise Undefined("shapes")


def total(values: Iterable[Scalar], point: Point) -> Scalar:
    """A sum of numbers; see `values.added`."""
    return reduce(lambda a, b: added(a, b, point), values)


def inner(left: list[Scalar], right: list[Scalar], point: Point) -> Scalar:
    """The sum of the products of entries.

    Errors: Undefined when there are not as many on both sides.
    """
    if len(left) != len(right):
        raise Undefined("shapes")
    return total((a * b for a, b in zip(left, right, strict=True)), point)


def _matmul(left: Grid, right: Grid, point: Point) -> Value:
    rows = transposed(left).rows if left.vector else left.rows
    columns = [list(column) for column in zip(*right.rows, strict=True)]
    spend(point, len(rows) * len(columns) * len(columns[0]))
    product = tuple(tuple(inner(list(row), c, point) for c in columns) for row in rows)
    if len(product) == len(product[0]) == 1:
        return product[0][0]
    if left.vector:
        return Grid(tuple((entry,) for entry in product[0]), vector=True)
    return Grid(product, right.vector)


def transposed(value: Value) -> Value:
    """Rows for columns; a vector becomes a row."""
    return Grid(tuple(zip(*value.rows, strict=True))) if isinstance(value, Grid) else value


def divided(over: Value, under: Value) -> Value:
    """By a number, or a vector by a vector of its length, entry by entry."""
    if isinstance(under, Unit):
        raise Undefined("shapes")
    if isinstance(under, Grid):
        if not isinstance(over, Grid):
            raise Undefined("shapes")
        return entrywise(lambda a, b: a / b, over, under)
    if isinstance(over, Unit):
        return Unit(over.factor / under)
    return over.map(lambda entry: entry / under) if isinstance(over, Grid) else over / under


def power(base: Value, exponent: Value, point: Point) -> Value:
    """A vector's entries to a power, or a whole power of a square matrix.

    Errors: Undefined for a power that is not whole, or of a singular matrix.
    """
    if isinstance(exponent, Grid | Unit):
        raise Undefined("shapes")
    if isinstance(base, Unit):
        return Unit(scalar_power(base.factor, exponent, point))
    if not isinstance(base, Grid):
        return scalar_power(base, exponent, point)
    if base.vector:
        return base.map(lambda entry: scalar_power(entry, exponent, point))
    if exponent != int(exponent) or len(base.rows) != len(base.rows[0]):
        raise Undefined("power of a matrix")
    if abs(exponent) > MOST_FACTORS:
        raise TooLarge("power of a matrix")
    factor: Value = base if exponent >= 0 else inverse(base, point)
    result: Value = identity(len(base.rows), point.context.mpf(1))
    left = abs(int(exponent))
    while left:  # by squaring
        if left % 2:
            result = times(result, factor, "@", point)
        factor, left = times(factor, factor, "@", point) if left > 1 else factor, left // 2
    return result


def _inverse(value: Value, point: Point) -> Value:
    if isinstance(value, Unit):
        return Unit(1 / value.factor)
    return inverse(value, point) if isinstance(value, Grid) else 1 / value


def _determinant(value: Value, point: Point) -> Scalar:
    return determinant(value, point) if isinstance(value, Grid) else value


def cross(arguments: list[Value], point: Point) -> Value:
    """The vector product of two vectors with three entries each.

    Errors: Undefined for anything else.
    """
    left, right = arguments
    if not (isinstance(left, Grid) and isinstance(right, Grid)):
        raise Undefined("shapes")
    if len(left.entries) != 3 or len(right.entries) != 3:
        raise Undefined("shapes")
    (a, b, c), (x, y, z) = left.entries, right.entries
    made = (
        added(b * z, -c * y, point), added(c * x, -a * z, point), added(a * y, -b * x, point),
    )  # fmt: skip
    upright = Grid(tuple((e,) for e in made), left.vector or right.vector)
    return Grid((made,)) if len(left.rows) == len(right.rows) == 1 else upright


def operator_norm(value: Grid, degree: Scalar, point: Point) -> Scalar:
    """The norm of a matrix that a norm of vectors induces, for 1, 2 and infinity.

    Errors: Undefined for other degrees.
    """
    ctx = point.context
    if degree == 1:
        return max(sum(map(abs, column)) for column in zip(*value.rows, strict=True))
    if degree == ctx.inf:
        return max(sum(map(abs, row)) for row in value.rows)
    if degree != 2:
        raise Undefined("norm")
    spend(point, 40 * len(value.entries) ** 2)
    matrix = ctx.matrix([list(row) for row in value.rows])
    found = ctx.svd(matrix, compute_uv=False)
    return max(found[n] for n in range(len(found)))


def _sized_identity(arguments: list[Value], point: Point) -> Value:
    (size,) = arguments
    if isinstance(size, Grid | Unit) or size != int(size):
        raise Undefined("identity")
    return identity(int(size), point.context.mpf(1))


FUNCTIONS: dict[str, Callable[[list[Value], Point], Value]] = {
    "det": lambda arguments, point: _determinant(arguments[0], point),
    "inv": lambda arguments, point: _inverse(arguments[0], point),
    "cross": cross,
    "identity": _sized_identity,
}
