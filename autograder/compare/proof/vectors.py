"""Products of vectors of any length.

The sum over i of a product of powers of entries, such as u^T u = sum_i mu_i^2, is a symbol
of its own; what holds for any numbers in its place holds for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from autograder.compare.proof.graph import Outside
from autograder.errors import Unreadable
from autograder.language.shapes import ShapeFault, infer, product_rule, product_shape
from autograder.language.tree import (
    Add,
    Divide,
    Multiply,
    Negate,
    Symbol,
    Transpose,
    Tree,
)

if TYPE_CHECKING:
    from autograder.compare.proof.build import Builder

MAX_TERMS = 60  # of a product of sums, or of a sum that is written out

Vector: TypeAlias = dict[str, int]  # a plain vector's name to its coefficient
Monomial: TypeAlias = tuple[tuple[str, int], ...]  # entries with their powers


def vector(builder: Builder, tree: Tree) -> Vector | None:
    """A sum of multiples of declared vectors, transposed or not; None for anything else."""
    graph = builder.graph
    match tree:
        case Symbol(name=name):
            sort = builder.vocabulary.symbols.get(name)
            plain = sort is not None and len(sort.shape) == 1 and not sort.takes and not sort.over
            return {name: graph.number(1)} if plain else None
        case Transpose(of=of):
            return vector(builder, of)
        case Negate(of=of):
            return _scaled(builder, vector(builder, of), graph.number(-1))
        case Add(terms=terms):
            return _sum(builder, [vector(builder, term) for term in terms])
        case Divide(over=over, under=under):
            inner = vector(builder, over)
            if inner is None:
                return None
            return _scaled(builder, inner, graph.power(builder.scalar(under), -1))
        case Multiply(factors=factors):
            found = [(vector(builder, factor), factor) for factor in factors]
            inside = [part for part, _ in found if part is not None]
            if len(inside) != 1:
                return None
            scale = [builder.scalar(factor) for part, factor in found if part is None]
            return _scaled(builder, inside[0], graph.multiply(scale))
    return None


def _scaled(builder: Builder, of: Vector | None, scale: int) -> Vector | None:
    if of is None:
        return None
    return {name: builder.graph.multiply((scale, value)) for name, value in of.items()}


def _sum(builder: Builder, parts: list[Vector | None]) -> Vector | None:
    total: Vector = {}
    for part in parts:
        if part is None:
            return None
        for name, value in part.items():
            total[name] = builder.graph.add((total[name], value)) if name in total else value
    return total


def inner(builder: Builder, left: Vector, right: Vector) -> int:
    """The inner product of two vectors."""
    if len(left) * len(right) > MAX_TERMS:
        raise Outside
    graph = builder.graph
    parts = []
    for one, scale in left.items():
        for other, factor in right.items():
            first, second = sorted((one, other))
            powers = ((first, 2),) if first == second else ((first, 1), (second, 1))
            parts.append(graph.multiply((scale, factor, total(builder, powers))))
    return graph.add(parts)


def total(builder: Builder, powers: Monomial) -> int:
    """The symbol for the sum over i of a product of powers of entries."""
    name = "sum " + " ".join(f"{name}^{power}" for name, power in sorted(powers))
    even = all(power % 2 == 0 for _, power in powers)
    return builder.graph.symbol(name, "positive" if even else "real")


def product(builder: Builder, tree: Multiply) -> int:
    """A product whose vectors meet in pairs, as inner products.

    Errors: Outside when it is no number, or another product of vectors.
    """
    parts: list[int] = []
    left: tuple[Vector, tuple[str, ...]] | None = None
    for sign, factor in zip(("", *tree.signs), tree.factors, strict=True):
        found = vector(builder, factor)
        if found is None:
            parts.append(builder.scalar(factor))
            continue
        try:
            shape = infer(factor, builder.vocabulary)
        except (ShapeFault, Unreadable):
            raise Outside from None
        if left is None:
            left = (found, shape)
            continue
        rule = product_rule(left[1], shape, sign)
        if rule not in ("dot", "matmul") or product_shape(left[1], shape, rule):
            raise Outside
        parts.append(inner(builder, left[0], found))
        left = None
    if left is not None:
        raise Outside
    return builder.graph.multiply(parts)
