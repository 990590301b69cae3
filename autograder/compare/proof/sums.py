"""Sums over an index, over all entries of vectors or between numbers.

Over all entries the summand is a polynomial in the running entries, and the sum of each of its
monomials a symbol, as in `vectors.py`. Between numbers a sum is written out.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from autograder.compare.proof import vectors
from autograder.compare.proof.graph import Outside
from autograder.compare.proof.powers import fixed_power
from autograder.compare.proof.vectors import MAX_TERMS, Monomial
from autograder.errors import Unreadable
from autograder.language.shapes import ShapeFault, index_size, infer
from autograder.language.tree import (
    Add,
    Call,
    Divide,
    Element,
    Multiply,
    Negate,
    Number,
    Power,
    Sum,
    Symbol,
    Tree,
    walk,
)

if TYPE_CHECKING:
    from autograder.compare.proof.build import Builder

MAX_POWER = 12

Polynomial: TypeAlias = dict[Monomial, int]  # with the nodes of coefficients


def reduction(builder: Builder, tree: Call) -> int | None:
    """`dot`, `norm`, `sum` and `trace` of vectors; None for other calls.

    Errors: Outside for those of anything else.
    """
    if tree.name not in ("dot", "norm", "sum", "trace"):
        return None
    if tree.name == "sum" and len(tree.arguments) == 1:
        return _entries(builder, tree.arguments[0])
    given = tree.arguments
    if tree.name == "trace" and len(given) == 1 and isinstance(given[0], Multiply):
        given = given[0].factors
    parts = [vectors.vector(builder, argument) for argument in given]
    found = [part for part in parts if part is not None]
    if tree.name == "norm" and len(parts) == 1:
        if found:
            return fixed_power(
                builder.graph, vectors.inner(builder, *found, *found), Fraction(1, 2)
            )
        if infer(tree.arguments[0], builder.vocabulary) == ():
            return builder.graph.absolute(builder.scalar(tree.arguments[0]))
    if tree.name in ("dot", "trace") and len(parts) == len(found) == 2:
        return vectors.inner(builder, *found)
    raise Outside


def indexed(builder: Builder, tree: Sum) -> int:
    """A sum over all entries, or one between numbers."""
    lower = _limit(builder, tree.lower)
    upper = _limit(builder, tree.upper)
    if lower is not None and upper is not None:
        return _written_out(builder, tree, lower, upper)
    size = index_size(tree, builder.vocabulary)
    full = tree.upper is None or tree.upper == Symbol(size or "")
    # counted from 0, a sum with an upper limit has one term more
    first = tree.lower is None or lower == 1 or (lower == 0 and tree.upper is None)
    if tree.product or size is None or size.isdigit() or not full or not first:
        raise Outside
    return _summed(builder, _inside(builder, tree.body, tree.index, size), size)


def _limit(builder: Builder, tree: Tree | None) -> int | None:
    if tree is None:
        return None
    try:
        value = builder.graph.value(builder.scalar(tree))
    except Outside:
        return None
    return int(value) if value is not None and value.denominator == 1 else None


def _written_out(builder: Builder, tree: Sum, lower: int, upper: int) -> int:
    if upper - lower >= MAX_TERMS or any(isinstance(node, Element) for node in walk(tree)):
        raise Outside
    saved = dict(builder.bound)
    parts = []
    for position in range(lower, upper + 1):
        builder.bound = {**saved, tree.index: position}
        parts.append(builder.scalar(tree.body))
    builder.bound = saved
    return builder.graph.multiply(parts) if tree.product else builder.graph.add(parts)


def _entries(builder: Builder, tree: Tree) -> int:
    """`sum(mu**2)`: the same for an elementwise expression in one size of vector."""
    try:
        shape = infer(tree, builder.vocabulary)
    except (ShapeFault, Unreadable):
        raise Outside from None
    if len(shape) != 1 or shape[0].isdigit():
        raise Outside
    return _summed(builder, _inside(builder, tree, None, shape[0]), shape[0])


def _inside(builder: Builder, tree: Tree, index: str | None, size: str) -> Polynomial:
    """The summand as a polynomial in the running entries.

    Args:
        index: None for an elementwise expression in vectors.
    """
    entry = _entry(builder, tree, index, size)
    if entry is not None:
        return {((entry, 1),): builder.graph.number(1)}
    graph = builder.graph
    match tree:
        case Add(terms=terms):
            total: Polynomial = {}
            for term in terms:
                for monomial, value in _inside(builder, term, index, size).items():
                    old = [total[monomial]] if monomial in total else []
                    total[monomial] = graph.add((*old, value))
            return total
        case Negate(of=of):
            return _times(builder, _inside(builder, of, index, size), {(): graph.number(-1)})
        case Multiply(factors=factors, signs=signs):
            if index is None and not all(_elementwise(builder, s, f) for s, f in
                                         zip(signs, factors[1:], strict=True)):  # fmt: skip
                raise Outside
            result = _inside(builder, factors[0], index, size)
            for factor in factors[1:]:
                result = _times(builder, result, _inside(builder, factor, index, size))
            return result
        case Divide(over=over, under=under) if not _uses(builder, under, index):
            scale = graph.power(builder.scalar(under), -1)
            return _times(builder, _inside(builder, over, index, size), {(): scale})
        case Power(base=base, exponent=Number(value=value)) if value in range(1, MAX_POWER + 1):
            once = _inside(builder, base, index, size)
            result = once
            for _ in range(int(value) - 1):
                result = _times(builder, result, once)
            return result
    if _uses(builder, tree, index):
        raise Outside
    return {(): builder.scalar(tree)}


def _entry(builder: Builder, tree: Tree, index: str | None, size: str) -> str | None:
    """The vector whose running entry a tree is."""
    if index is None:
        name = tree.name if isinstance(tree, Symbol) else None
    elif isinstance(tree, Element) and tree.indices == (Symbol(index),):
        name = tree.name
    else:
        return None
    sort = builder.vocabulary.symbols.get(name or "")
    if sort is None or sort.shape != (size,) or sort.takes is not None or sort.over:
        return None
    return name


def _elementwise(builder: Builder, sign: str, factor: Tree) -> bool:
    """Whether a factor multiplies entry by entry: by a number, or under a star."""
    return sign in ("*", "⊙") or infer(factor, builder.vocabulary) == ()


def _uses(builder: Builder, tree: Tree, index: str | None) -> bool:
    """Whether a tree changes with the running index."""
    if index is not None:
        return any(node == Symbol(index) for node in walk(tree)) or (
            any(isinstance(node, Sum) and node.index == index for node in walk(tree))
        )
    try:
        return infer(tree, builder.vocabulary) != ()
    except (ShapeFault, Unreadable):
        return True


def _times(builder: Builder, left: Polynomial, right: Polynomial) -> Polynomial:
    if len(left) * len(right) > MAX_TERMS:
        raise Outside
    total: Polynomial = {}
    for one, scale in left.items():
        for other, factor in right.items():
            powers = dict(one)
            for name, power in other:
                powers[name] = powers.get(name, 0) + power
            monomial = tuple(sorted(powers.items()))
            value = builder.graph.multiply((scale, factor))
            old = [total[monomial]] if monomial in total else []
            total[monomial] = builder.graph.add((*old, value))
    return total


def _summed(builder: Builder, body: Polynomial, size: str) -> int:
    graph = builder.graph
    length = graph.symbol(size, "size")
    return graph.add(
        graph.multiply((value, vectors.total(builder, monomial) if monomial else length))
        for monomial, value in body.items()
    )
