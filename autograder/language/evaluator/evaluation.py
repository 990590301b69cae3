"""Numbers for trees: high-precision values at one point of the declared domain."""

from __future__ import annotations

from autograder.language.evaluator.functions import call
from autograder.language.evaluator.grids import (
    Unit,
    divided,
    plus,
    power,
    scaled,
    times,
    transposed,
)
from autograder.language.evaluator.values import (
    Grid,
    Point,
    TooLarge,
    TooLong,
    Undefined,
    Value,
    added,
)
from autograder.language.shapes import index_size
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
from autograder.language.vocabulary import families

MAX_TERMS = 400  # of one sum with explicit limits


def evaluate(tree: Tree, point: Point) -> Value:
    """The value of a tree whose shapes fit.

    Errors: Undefined when there is none at this point.
    """
    try:
        value = _evaluate(tree, point)
    except (ArithmeticError, LookupError, ValueError, TypeError) as error:
        raise Undefined(str(error)) from None
    if isinstance(value, Unit):
        raise Undefined("an identity matrix of no size")
    return value


def _evaluate(tree: Tree, point: Point) -> Value:
    ctx = point.context
    point.steps[0] -= 1
    if point.steps[0] < 0:
        raise TooLong("too many steps")
    match tree:
        case Number(value=value):
            over = ctx.mpf(value.numerator)
            return over if value.denominator == 1 else over / value.denominator
        case Constant(name="I"):
            return Unit(ctx.mpf(1))
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
            return scaled(_evaluate(of, point), -1)
        case Multiply():
            result = _evaluate(tree.factors[0], point)
            for sign, factor in zip(tree.signs, tree.factors[1:], strict=True):
                result = times(result, _evaluate(factor, point), sign, point)
            return result
        case Divide(over=over, under=under):
            return divided(_evaluate(over, point), _evaluate(under, point))
        case Power(base=base, exponent=exponent):
            return power(_evaluate(base, point), _evaluate(exponent, point), point)
        case Transpose(of=of):
            return transposed(_evaluate(of, point))
        case Sum():
            return _indexed(tree, point)
        case Call():
            return call(tree.name, [_evaluate(a, point) for a in tree.arguments], point)
        case Matrix(rows=rows):
            entries = tuple(tuple(_evaluate(x, point) for x in row) for row in rows)
            return Grid(entries, tree.vector)
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
    if isinstance(left, Grid | Unit) or isinstance(right, Grid | Unit):
        return plus(left, right, point)
    return added(left, right, point)


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
            total = times(total, value, "*", point) if tree.product else _plus(total, value, point)
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
    from autograder.language.tree import All, Either

    if isinstance(condition, All):
        return all(holds(part, point) for part in condition.parts)
    if isinstance(condition, Either):
        return any(holds(part, point) for part in condition.parts)
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
