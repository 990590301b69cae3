"""Points of a declared domain, exact, the same on every run.

A point gives every declared symbol a rational value (vectors and families of them, functions
as random polynomials), so that it can be evaluated again at any precision.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import product
from typing import Any

from autograder.errors import AssignmentError, Unreadable
from autograder.language.evaluation import holds
from autograder.language.grammar import parse
from autograder.language.names import families
from autograder.language.tree import Tree
from autograder.language.values import Grid, Point, Undefined
from autograder.language.vocabulary import Relation, Sort, Vocabulary

POINTS = 16  # of both signs where the domain has them
MORE_POINTS = 40  # where those are not enough: positive, near zero, whole
SMALL = (2, 3, 4, 5, 3, 2, 6, 4)  # lengths of vectors
SIZES = (1, 2, 3, 4, 6, 8, 12, 24, 36, 60)  # with many divisors, so that d/h is whole
LARGE = (1, 2, 3, 5, 7, 12, 30, 101, 1009, 4)
TRIES = 20_000
DIAGONAL_DIGITS = 200  # the sixth power of a billion has 54


@dataclass(frozen=True)
class Sample:
    """One point with exact coordinates.

    Attributes:
        values: Symbol to a Fraction, a tuple of rows of Fractions, a mapping from index
            tuples, or for a function its coefficients `(result entry, argument, power)`.
        sizes: Every size by name.
    """

    values: Mapping[str, Any]
    sizes: Mapping[str, int]

    def at(self, context: Any, vocabulary: Vocabulary) -> Point:
        """The same point with numbers of an mpmath context."""
        values = {
            name: _number(context, value, vocabulary.symbols.get(name))
            for name, value in self.values.items()
        }
        return Point(context, values, self.sizes, vocabulary)

    def describe(self) -> dict[str, str]:
        """Scalar coordinates in words, as evidence."""
        return {
            name: str(value) for name, value in self.values.items() if isinstance(value, Fraction)
        }


@lru_cache(maxsize=2)
def context(digits: int) -> Any:
    """An mpmath context of its own with that many decimal digits."""
    import mpmath

    made = mpmath.MPContext()
    made.dps = digits
    return made


def samples(vocabulary: Vocabulary, *, more: bool = False) -> Sequence[Sample]:
    """Points that satisfy the relations; with `more` further ones, easier for roots and logs.

    Errors: AssignmentError when no small whole numbers satisfy them.
    """
    turns = range(POINTS, POINTS + MORE_POINTS) if more else range(POINTS)
    return _samples(tuple(vocabulary.symbols.items()), vocabulary.relations, turns)


@lru_cache(maxsize=64)
def _samples(
    symbols: tuple[tuple[str, Sort], ...], relations: tuple[Relation, ...], turns: range
) -> Sequence[Sample]:
    vocabulary = Vocabulary(dict(symbols), relations)
    seed = hashlib.sha256(repr((sorted(symbols), relations, turns.start)).encode())
    rng = random.Random(seed.digest())
    trees = relation_trees(vocabulary)
    return tuple(_sample(vocabulary, trees, rng, turn) for turn in turns)


def relation_trees(vocabulary: Vocabulary) -> list[tuple[Tree, str, Tree]]:
    """The relations of a vocabulary as trees.

    Errors: AssignmentError naming the relation that can't be read.
    """
    found = []
    for relation in vocabulary.relations:
        try:
            left = parse(relation.left, vocabulary)
            right = parse(relation.right, vocabulary)
        except Unreadable as error:
            raise AssignmentError(f"relation '{' '.join(relation)}': {error.code}") from error
        found.append((left, relation.sign, right))
    return found


def _sample(vocabulary: Vocabulary, relations: list[Any], rng: random.Random, turn: int) -> Sample:
    sizes = _sizes(vocabulary, relations, rng, turn)
    values: dict[str, Any] = {}
    members = families(vocabulary)
    for name, sort in vocabulary.symbols.items():
        if name in sizes:
            values[name] = Fraction(sizes[name])
        elif sort.takes is not None:
            values[name] = _function(sort, sizes, rng)
        elif sort.over:
            base = next(b for b, declared in members.items() if declared == name)
            ranges = [range(_length(size, sizes)) for size in sort.over]
            values[base] = {at: _entries(sort, sizes, rng, turn) for at in product(*ranges)}
            for index in name.partition("_")[2].split(","):
                if index not in vocabulary:  # a free index stands for a fixed member
                    taken = sum(len(n) == 1 and n not in vocabulary for n in values)
                    values.setdefault(index, Fraction(1 + (taken + turn) % len(next(iter(ranges)))))
        else:
            values[name] = _entries(sort, sizes, rng, turn)
    return Sample(values, sizes)


def _sizes(
    vocabulary: Vocabulary, relations: list[Any], rng: random.Random, turn: int
) -> dict[str, int]:
    lengths = {
        size
        for sort in vocabulary.symbols.values()
        for given in (sort, *(sort.takes or ()))
        for size in (*given.shape, *given.over)
        if not size.isdigit()
    }
    free = [
        n for n, sort in vocabulary.symbols.items() if sort.domain == "size" and n not in lengths
    ]
    chosen = dict(zip(sorted(lengths), _different(len(lengths), rng, turn), strict=True))
    if not relations:
        return chosen | {name: _size(rng, turn, at) for at, name in enumerate(free)}
    for _ in range(TRIES):
        found = chosen | {name: rng.choice(SIZES) for name in free}
        if _settle(found, relations, vocabulary):
            return found
    raise AssignmentError(
        "no small sizes satisfy "
        + ", ".join(" ".join(relation) for relation in vocabulary.relations)
    )


def _different(count: int, rng: random.Random, turn: int) -> list[int]:
    """Lengths that are pairwise different, so that shapes can't fit by accident."""
    if count == 1:
        return [SMALL[turn % len(SMALL)] if turn else 1 + SMALL[0]]
    return rng.sample(range(2, 2 + max(count + 2, 5)), count)


def _size(rng: random.Random, turn: int, at: int) -> int:
    return LARGE[(turn + 3 * at) % len(LARGE)] + (rng.randrange(40) if turn >= len(LARGE) else 0)


def _settle(sizes: dict[str, int], relations: list[Any], vocabulary: Vocabulary) -> bool:
    """Make the sizes satisfy the equations, if whole numbers can; then check all relations."""
    from autograder.language.evaluation import evaluate
    from autograder.language.tree import Relation, Symbol

    ctx = context(40)
    for _ in range(len(relations)):
        for left, sign, right in relations:
            if sign in ("=", "~") and isinstance(left, Symbol):
                point = Point(ctx, {n: ctx.mpf(v) for n, v in sizes.items()}, sizes, vocabulary)
                value = evaluate(right, point)
                if value != int(value) or value < 1:
                    return False
                sizes[left.name] = int(value)
    point = Point(ctx, {n: ctx.mpf(v) for n, v in sizes.items()}, sizes, vocabulary)
    try:
        return all(
            holds(Relation("=" if sign == "~" else sign, left, right), point)
            for left, sign, right in relations
        )
    except Undefined:
        return False


def diagonal(vocabulary: Vocabulary, size: int) -> Point | None:
    """The point where all sizes are equal but for those that the relations set.

    Returns:
        None when no such point satisfies the relations.
    """
    names = [name for name, sort in vocabulary.symbols.items() if sort.domain == "size"]
    sizes = dict.fromkeys(names, size)
    if not _settle(sizes, relation_trees(vocabulary), vocabulary):
        return None
    ctx = context(DIAGONAL_DIGITS)
    return Point(ctx, {n: ctx.mpf(value) for n, value in sizes.items()}, sizes, vocabulary)


def _length(size: str, sizes: Mapping[str, int]) -> int:
    return int(size) if size.isdigit() else sizes[size]


def _entries(sort: Sort, sizes: Mapping[str, int], rng: random.Random, turn: int) -> Any:
    if not sort.shape:
        return _scalar(sort.domain, rng, turn)
    rows = _length(sort.shape[0], sizes)
    columns = _length(sort.shape[1], sizes) if len(sort.shape) > 1 else 1
    return tuple(
        tuple(_scalar(sort.domain, rng, turn) for _ in range(columns)) for _ in range(rows)
    )


def _scalar(domain: str, rng: random.Random, turn: int) -> Fraction:
    if domain in ("size", "integer"):
        whole = LARGE[rng.randrange(len(LARGE))]
        return Fraction(whole if domain == "size" or rng.random() < 0.5 else -whole)
    if turn >= POINTS and turn % 4 == 0:
        return Fraction(rng.randrange(1, 9))
    magnitude = (Fraction(1), Fraction(1, 10), Fraction(7), Fraction(1))[turn % 4]
    value = magnitude * Fraction(rng.randrange(50, 2000), 701)
    if turn >= POINTS and turn % 2:
        value = Fraction(rng.randrange(1, 700), 701)  # for arcs and square roots of 1 - x
    positive = domain == "positive" or (turn >= POINTS and turn % 4 < 3) or rng.random() < 0.5
    return value if positive else -value


def _function(sort: Sort, sizes: Mapping[str, int], rng: random.Random) -> Any:
    """Coefficients of a random cubic map of all entries of the arguments, of either sign.

    The square of a sum mixes the entries, so that no argument stands by itself.
    """
    rows = _length(sort.shape[0], sizes) if sort.shape else 1
    columns = _length(sort.shape[1], sizes) if len(sort.shape) > 1 else 1
    inputs = 0
    for given in sort.takes or ():
        count = 1
        for size in given.shape:
            count *= _length(size, sizes)
        inputs += count

    def draw() -> Fraction:
        return Fraction(rng.choice((-1, 1)) * rng.randrange(1, 90), 31)

    table = tuple(
        (draw(), tuple((draw(), draw(), draw()) for _ in range(inputs)))
        for _ in range(rows * columns)
    )
    return (rows, columns, bool(sort.shape), len(sort.shape) == 1, table)


def _number(context: Any, value: Any, sort: Sort | None) -> Any:
    if isinstance(value, Fraction):
        return context.mpf(value.numerator) / value.denominator
    if isinstance(value, dict):
        return {at: _number(context, member, None) for at, member in value.items()}
    if sort is not None and sort.takes is not None:
        return _callable(context, value)
    rows = tuple(tuple(_number(context, x, None) for x in row) for row in value)
    return Grid(rows, vector=sort is not None and len(sort.shape) == 1)


def _callable(context: Any, coefficients: Any) -> Any:
    rows, columns, is_grid, is_vector, table = coefficients

    def function(*arguments: Any) -> Any:
        inputs = [entry for a in arguments for entry in (a.entries if isinstance(a, Grid) else [a])]
        entries = []
        for constant, line in table:
            total, mixed = _number(context, constant, None), context.mpf(0)
            for (cubic, linear, part), x in zip(line, inputs, strict=True):
                total += _number(context, cubic, None) * x**3 + _number(context, linear, None) * x
                mixed += _number(context, part, None) * x
            entries.append(total + mixed * mixed)
        if not is_grid:
            return entries[0]
        grid = tuple(tuple(entries[r * columns : (r + 1) * columns]) for r in range(rows))
        return Grid(grid, vector=is_vector)

    return function
