"""Numbers for trees: high-precision values at one point of the declared domain."""

from __future__ import annotations

from typing import Any

from autograder.language.functions import call
from autograder.language.names import families
from autograder.language.shapes import index_size, product_rule
from autograder.language.tree import (
    Add,
    Call,
    Cases,
    Constant,
    Divide,
    Element,
    Matrix,
    Multiply,
    Negate,
    Number,
    Power,
    Relation,
    Sum,
    Symbol,
    Transpose,
    Tree,
)
from autograder.language.values import (
    MAX_MAGNITUDE_BITS,
    Grid,
    Point,
    Scalar,
    TooLarge,
    TooLong,
    Undefined,
    Value,
    scalar_power,
)

MAX_TERMS = 400  # of one sum with explicit limits


def evaluate(tree: Tree, point: Point) -> Value:
    """The value of a tree whose shapes fit.

    Errors: Undefined when there is none at this point.
    """
    try:
        return _evaluate(tree, point)
    except (ArithmeticError, LookupError, ValueError, TypeError) as error:
        raise Undefined(str(error)) from None


def _evaluate(tree: Tree, point: Point) -> Value:
    ctx = point.context
    point.steps[0] -= 1
    if point.steps[0] < 0:
        raise TooLong("too many steps")
    match tree:
        case Number(value=value):
            return ctx.mpf(value.numerator) / value.denominator
        case Constant(name=name):
            return {"pi": +ctx.pi, "e": +ctx.e, "i": ctx.mpc(0, 1), "inf": ctx.inf}[name]
        case Symbol(name=name):
            if name in point.bound:
                return ctx.mpf(point.bound[name])
            return point.values[name]
        case Element():
            return _element(tree, point)
        case Add(terms=terms):
            total = _evaluate(terms[0], point)
            for term in terms[1:]:
                total = _plus(total, _evaluate(term, point), point)
            return total
        case Negate(of=of):
            return _scaled(_evaluate(of, point), -1)
        case Multiply():
            result = _evaluate(tree.factors[0], point)
            for sign, factor in zip(tree.signs, tree.factors[1:], strict=True):
                result = _times(result, _evaluate(factor, point), sign)
            return result
        case Divide(over=over, under=under):
            return _divided(_evaluate(over, point), _evaluate(under, point))
        case Power(base=base, exponent=exponent):
            return _power(_evaluate(base, point), _evaluate(exponent, point), point)
        case Transpose(of=of):
            return _transposed(_evaluate(of, point))
        case Sum():
            return _indexed(tree, point)
        case Call():
            return call(tree.name, [_evaluate(a, point) for a in tree.arguments], point)
        case Matrix(rows=rows):
            return Grid(tuple(tuple(_evaluate(x, point) for x in row) for row in rows))
        case Cases(pieces=pieces):
            return _cases(pieces, point)
    raise Undefined(f"no value: {type(tree).__name__}")


def _element(tree: Element, point: Point) -> Value:
    indices = []
    for index in tree.indices:
        base = point.bases.get(index.name, 1) if isinstance(index, Symbol) else 1
        if isinstance(index, Symbol) and index.name not in {**point.bound, **point.values}:
            raise Undefined(f"free index {index.name}")
        indices.append(int(_evaluate(index, point)) - base)
    if tree.name in families(point.vocabulary):
        members = point.values[tree.name]
        if tuple(indices) not in members:
            raise Undefined("index out of range")
        return members[tuple(indices)]
    grid = point.values[tree.name]
    if any(index < 0 for index in indices):
        raise Undefined("index out of range")
    try:
        if grid.vector:
            return grid.rows[indices[0]][0]
        return grid.rows[indices[0]][indices[1]]
    except IndexError:
        raise Undefined("index out of range") from None


def _plus(left: Value, right: Value, point: Point) -> Value:
    if isinstance(left, Grid) and isinstance(right, Grid):
        if left.shape != right.shape:
            raise Undefined("shapes")
        pairs = zip(left.rows, right.rows, strict=True)
        return Grid(
            tuple(tuple(a + b for a, b in zip(x, y, strict=True)) for x, y in pairs), left.vector
        )
    if isinstance(left, Grid):
        return left.map(lambda entry: entry + right)
    if isinstance(right, Grid):
        return right.map(lambda entry: left + entry)
    if left and right:
        bits = abs(point.context.mag(left) - point.context.mag(right))
        if bits > point.spread[0] and bits < MAX_MAGNITUDE_BITS:
            point.spread[0] = int(bits)
    return left + right


def _scaled(value: Value, factor: Scalar) -> Value:
    return value.map(lambda entry: factor * entry) if isinstance(value, Grid) else factor * value


def _times(left: Value, right: Value, sign: Any) -> Value:
    if not isinstance(left, Grid):
        return _scaled(right, left)
    if not isinstance(right, Grid):
        return _scaled(left, right)
    rule = product_rule(left.shape, right.shape, sign)
    match rule:
        case "dot":
            return sum(a * b for a, b in zip(left.entries, right.entries, strict=True))
        case "entries":
            pairs = zip(left.rows, right.rows, strict=True)
            rows = tuple(tuple(a * b for a, b in zip(x, y, strict=True)) for x, y in pairs)
            return Grid(rows, left.vector)
        case "outer":
            return Grid(tuple(tuple(a * b for b in right.rows[0]) for (a,) in left.rows))
        case "matmul":
            return _matmul(left, right)
    raise Undefined("shapes")


def _matmul(left: Grid, right: Grid) -> Value:
    rows = _transposed(left).rows if left.vector else left.rows
    columns = tuple(zip(*right.rows, strict=True))
    product = tuple(
        tuple(sum(a * b for a, b in zip(row, column, strict=True)) for column in columns)
        for row in rows
    )
    if len(product) == len(product[0]) == 1:
        return product[0][0]
    if left.vector:
        return Grid(tuple((entry,) for entry in product[0]), vector=True)
    return Grid(product, right.vector)


def _transposed(value: Value) -> Value:
    return Grid(tuple(zip(*value.rows, strict=True))) if isinstance(value, Grid) else value


def _divided(over: Value, under: Value) -> Value:
    if isinstance(under, Grid):
        if not isinstance(over, Grid) or over.shape != under.shape:
            raise Undefined("shapes")
        pairs = zip(over.rows, under.rows, strict=True)
        rows = tuple(tuple(a / b for a, b in zip(x, y, strict=True)) for x, y in pairs)
        return Grid(rows, over.vector)
    return over.map(lambda entry: entry / under) if isinstance(over, Grid) else over / under


def _power(base: Value, exponent: Value, point: Point) -> Value:
    if isinstance(exponent, Grid):
        raise Undefined("shapes")
    if isinstance(base, Grid):
        if base.vector:
            return base.map(lambda entry: scalar_power(entry, exponent, point))
        if exponent != int(exponent) or not 0 < exponent <= 8:
            raise Undefined("power of a matrix")
        result: Value = base
        for _ in range(int(exponent) - 1):
            result = _times(result, base, "@")
        return result
    return scalar_power(base, exponent, point)


def _indexed(tree: Sum, point: Point) -> Value:
    size = index_size(tree, point.vocabulary)
    lower = 1 if tree.lower is None else _whole(_evaluate(tree.lower, point))
    if tree.upper is not None:
        upper = _whole(_evaluate(tree.upper, point))
    elif size is not None:
        upper = point.sizes[size] - (1 if lower == 0 else 0)
    else:
        raise Undefined("no range")
    if upper - lower >= MAX_TERMS:
        raise TooLarge("too many terms")
    total: Value = None
    saved = dict(point.bound), dict(point.bases)
    for position in range(lower, upper + 1):
        point.bound[tree.index] = position
        point.bases[tree.index] = 0 if lower == 0 else 1
        value = _evaluate(tree.body, point)
        if total is None:
            total = value
        else:
            total = _times(total, value, "*") if tree.product else _plus(total, value, point)
    point.bound.clear()
    point.bases.clear()
    point.bound.update(saved[0])
    point.bases.update(saved[1])
    if total is None:
        return point.context.mpf(1 if tree.product else 0)
    return total


def _whole(value: Value) -> int:
    if isinstance(value, Grid) or value != int(value):
        raise Undefined("a limit of a sum is no whole number")
    return int(value)


def _cases(pieces: tuple[tuple[Tree, Tree | None], ...], point: Point) -> Value:
    for value, condition in pieces:
        if condition is None or holds(condition, point):
            return _evaluate(value, point)
    raise Undefined("no case applies")


def holds(condition: Tree, point: Point) -> bool:
    """Whether a relation is true at a point.

    Errors: Undefined when a side has no real value there.
    """
    from autograder.language.tree import All

    if isinstance(condition, All):
        return all(holds(part, point) for part in condition.parts)
    if not isinstance(condition, Relation):
        raise Undefined("no relation")
    left, right = evaluate(condition.left, point), evaluate(condition.right, point)
    if isinstance(left, Grid) or isinstance(right, Grid) or left.imag or right.imag:
        raise Undefined("not real")
    match condition.sign:
        case "<":
            return bool(left < right)
        case "<=":
            return bool(left <= right)
        case ">":
            return bool(left > right)
        case ">=":
            return bool(left >= right)
        case "=":
            return bool(left == right)
        case "!=":
            return bool(left != right)
    raise Undefined("no order")
