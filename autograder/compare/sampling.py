"""Points of a declared domain, exact, the same on every run.

A point gives every declared symbol a rational value (vectors and families of them, functions
as random polynomials), so that it can be evaluated again at any precision.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from itertools import product
from typing import Any

from autograder.compare import coordinates
from autograder.compare.coordinates import WHOLE, Complex, Stage, length, scalar
from autograder.errors import AssignmentError, Unreadable
from autograder.language.evaluator.evaluation import evaluate, holds
from autograder.language.evaluator.values import Point, Undefined
from autograder.language.parser.grammar import parse
from autograder.language.tree import Relation as RelationNode
from autograder.language.tree import Symbol, Tree, walk
from autograder.language.vocabulary import Relation, Sort, Vocabulary, families

POINTS: Mapping[Stage, int] = {"usual": 16, "easy": 40, "far": 80}
MOST_SMALL = 3  # sizes of which all small combinations are looked at
MOST_DRAWS = 300  # of one point, until the relations between numbers hold
SMALL = (2, 3, 4, 5, 3, 2, 6, 4)  # lengths of vectors
SIZES = (1, 2, 3, 4, 6, 8, 12, 24, 36, 60)  # with many divisors, so that d/h is whole
TRIES = 20_000
DIAGONAL_DIGITS = 200  # the sixth power of a billion has 54


@dataclass(frozen=True)
class Sample:
    """One point with exact coordinates.

    Attributes:
        values: Symbol to a Fraction, a tuple of rows of Fractions, a mapping from index
            tuples, or for a function its coefficients `(result entry, argument, power)`.
        sizes: Every size by name.
        numbers: The values in a context of so many digits, made once.
    """

    values: Mapping[str, Any]
    sizes: Mapping[str, int]
    numbers: dict[int, Mapping[str, Any]] = field(default_factory=dict, compare=False, repr=False)

    def at(self, context: Any, vocabulary: Vocabulary) -> Point:
        """The same point with numbers of an mpmath context."""
        if context.dps not in self.numbers:
            self.numbers[context.dps] = {
                name: coordinates.number(context, value, vocabulary.symbols.get(name))
                for name, value in self.values.items()
            }
        return Point(context, self.numbers[context.dps], self.sizes, vocabulary)

    def describe(self) -> dict[str, str]:
        """Scalar coordinates in words, as evidence."""
        return {
            name: str(value)
            for name, value in self.values.items()
            if isinstance(value, Fraction | Complex)
        }


@lru_cache(maxsize=2)
def context(digits: int) -> Any:
    """An mpmath context of its own with that many decimal digits."""
    import mpmath

    made = mpmath.MPContext()
    made.dps = digits
    return made


def samples(vocabulary: Vocabulary, stage: Stage = "usual") -> Sequence[Sample]:
    """Points that satisfy the relations; see `coordinates.scalar` for the stages.

    Errors: AssignmentError when no small whole numbers satisfy them.
    """
    return _samples(tuple(vocabulary.symbols.items()), vocabulary.relations, stage)


@lru_cache(maxsize=64)
def _samples(
    symbols: tuple[tuple[str, Sort], ...], relations: tuple[Relation, ...], stage: Stage
) -> Sequence[Sample]:
    vocabulary = Vocabulary(dict(symbols), relations)
    seed = hashlib.sha256(repr((sorted(symbols), relations, stage)).encode())
    rng = random.Random(seed.digest())
    trees = relation_trees(vocabulary)
    first = 0 if stage == "usual" else POINTS["usual"]
    turns = range(first, first + POINTS[stage])
    drawn = [_sample(vocabulary, trees, rng, turn, stage) for turn in turns]
    corners = small_sizes(vocabulary, drawn, (1, 2)) if stage == "usual" else []
    return (*drawn, *corners)


def small_sizes(
    vocabulary: Vocabulary, drawn: Sequence[Sample], numbers: Sequence[int]
) -> list[Sample]:
    """The points drawn first with all combinations of small sizes, where sizes are free.

    There the smallest terms still count, and a maximum is what it rarely is elsewhere.
    """
    names = [
        name for name, sort in vocabulary.symbols.items() if sort.domain in ("size", "integer")
    ]
    plain = all(not (sort.shape or sort.takes or sort.over) for sort in vocabulary.symbols.values())
    if not names or len(names) > MOST_SMALL or not plain or vocabulary.relations:
        return []
    found = []
    for at, choice in enumerate(product(numbers, repeat=len(names))):
        base = drawn[at % len(drawn)]
        sizes = {name: n for name, n in zip(names, choice, strict=True) if name in base.sizes}
        values = {name: Fraction(n) for name, n in zip(names, choice, strict=True)}
        found.append(Sample({**base.values, **values}, {**base.sizes, **sizes}))
    return found


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


def _sample(
    vocabulary: Vocabulary, relations: list[Any], rng: random.Random, turn: int, stage: Stage
) -> Sample:
    """A point that satisfies the relations, or after many draws the last one drawn."""
    between_sizes = [triple for triple in relations if _only_sizes(triple, vocabulary)]
    others = [triple for triple in relations if triple not in between_sizes]
    for draw in range(MOST_DRAWS):  # another magnitude each time: p < 1 is rare among large ones
        sizes = _sizes(vocabulary, between_sizes, rng, turn)
        sample = _drawn(vocabulary, sizes, rng, turn + draw, stage)
        if _hold(others, sample.at(context(40), vocabulary)):
            return sample
    raise AssignmentError("no point satisfies the relations between the symbols")


def _only_sizes(triple: tuple[Tree, str, Tree], vocabulary: Vocabulary) -> bool:
    names = [node.name for side in triple[::2] for node in walk(side) if isinstance(node, Symbol)]
    return all(vocabulary[name].domain == "size" for name in names if name in vocabulary)


def _drawn(
    vocabulary: Vocabulary, sizes: dict[str, int], rng: random.Random, turn: int, stage: Stage
) -> Sample:
    values: dict[str, Any] = {}
    members = families(vocabulary)
    for name, sort in vocabulary.symbols.items():
        if name in sizes:
            values[name] = Fraction(sizes[name])
        elif sort.takes is not None:
            values[name] = coordinates.function(sort, sizes, rng)
        elif sort.over:
            base = next(b for b, declared in members.items() if declared == name)
            ranges = [range(length(size, sizes)) for size in sort.over]
            values[base] = {at: _entries(sort, sizes, rng, turn, stage) for at in product(*ranges)}
            for index in name.partition("_")[2].split(","):
                if index not in vocabulary:  # a free index stands for a fixed member
                    taken = sum(len(n) == 1 and n not in vocabulary for n in values)
                    values.setdefault(index, Fraction(1 + (taken + turn) % len(next(iter(ranges)))))
        else:
            values[name] = _entries(sort, sizes, rng, turn, stage)
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
    return WHOLE[(turn + 3 * at) % len(WHOLE)] + (rng.randrange(40) if turn >= len(WHOLE) else 0)


def _settle(sizes: dict[str, int], relations: list[Any], vocabulary: Vocabulary) -> bool:
    """Make the sizes satisfy the equations, if whole numbers can; then check all relations."""
    ctx = context(40)
    for _ in range(len(relations)):
        for left, sign, right in relations:
            if sign in ("=", "~") and isinstance(left, Symbol):
                point = Point(ctx, {n: ctx.mpf(v) for n, v in sizes.items()}, sizes, vocabulary)
                value = evaluate(right, point)
                if value != int(value) or value < 1:
                    return False
                sizes[left.name] = int(value)
    return _hold(
        relations, Point(ctx, {n: ctx.mpf(v) for n, v in sizes.items()}, sizes, vocabulary)
    )


def _hold(relations: list[Any], point: Point) -> bool:
    try:
        return all(
            holds(RelationNode("=" if sign == "~" else sign, left, right), point)
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


def _entries(
    sort: Sort, sizes: Mapping[str, int], rng: random.Random, turn: int, stage: Stage
) -> Any:
    if not sort.shape:
        return scalar(sort.domain, rng, turn, stage)
    rows = length(sort.shape[0], sizes)
    columns = length(sort.shape[1], sizes) if len(sort.shape) > 1 else 1
    return tuple(
        tuple(scalar(sort.domain, rng, turn, stage) for _ in range(columns)) for _ in range(rows)
    )
