"""Points around the numbers that were typed, where a maximum, a floor or a case may change."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from autograder.compare.sampling import (
    POINTS,
    Sample,
    context,
    relation_trees,
    samples,
    small_sizes,
)
from autograder.language.evaluator.evaluation import evaluate
from autograder.language.evaluator.values import Grid, Point, Undefined
from autograder.language.tree import Element, Node, Number, Symbol, Tree, children, walk
from autograder.language.vocabulary import Vocabulary

MOST_NUMBERS = 8  # that points are taken around
MOST_POINTS = 120
DIGITS = 40
LARGEST_BITS = 200
SCALES = (Fraction(1, 3), Fraction(999, 1000), Fraction(1), Fraction(1001, 1000), Fraction(7, 3))
STEPS = (Fraction(1), Fraction(-1), Fraction(7, 2))  # of a floor
WHOLE_STEPS = (-1, 0, 1, 2)


def near(vocabulary: Vocabulary, trees: tuple[Tree, ...]) -> list[Sample]:
    """Points where one scalar symbol is near, at or a step from a number that stands in a tree."""
    found: list[Sample] = []
    numbers = [*dict.fromkeys(n for tree in trees for n in constants(tree))][:MOST_NUMBERS]
    tied = {
        node.name
        for triple in relation_trees(vocabulary)
        for side in (triple[0], triple[2])
        for node in walk(side)
        if isinstance(node, Symbol)
    }
    used = {node.name for tree in trees for node in walk(tree) if isinstance(node, Symbol)}
    for at, name in enumerate(sorted(used - tied)):
        sort = vocabulary.symbols.get(name)
        if sort is None or sort.shape or sort.takes or sort.over or sort.domain == "complex":
            continue
        for turn, number in enumerate(numbers or [Fraction(1)]):
            sample = samples(vocabulary)[(at + turn) % POINTS["usual"]]
            if name in sample.sizes and len(sample.values) > len(sample.sizes):
                continue  # it may be a length
            for value in _around(abs(number), sort.domain):
                sizes = {**sample.sizes, name: int(value)} if name in sample.sizes else sample.sizes
                found.append(Sample({**sample.values, name: value}, sizes))
    corners = small_sizes(vocabulary, samples(vocabulary)[: POINTS["usual"]], (1, 2, 3))
    return [*corners, *found[:MOST_POINTS]]


def constants(tree: Tree) -> Iterator[Fraction]:
    """Values of the largest parts that hold no symbol, such as 3, 10^7 and sqrt(2)/2."""
    if isinstance(tree, Number):
        yield tree.value
    elif any(isinstance(node, Symbol | Element) for node in walk(tree)):
        for child in children(tree):
            yield from constants(child)
    else:
        value = _constant(tree)
        if value is not None:
            yield value


def _constant(tree: Node) -> Fraction | None:
    ctx = context(DIGITS)
    try:
        value = evaluate(tree, Point(ctx, {}, {}, Vocabulary()))  # type: ignore[arg-type]
    except Undefined:
        return None
    if isinstance(value, Grid) or not ctx.isfinite(value) or ctx.im(value):
        return None
    small = not value or abs(ctx.mag(value)) < LARGEST_BITS
    return Fraction(ctx.nstr(value, DIGITS)) if small else None


def _around(number: Fraction, domain: str) -> list[Fraction]:
    if domain in ("size", "integer"):
        whole = [Fraction(int(number) + step) for step in WHOLE_STEPS]
        signed = [*whole, *(-value for value in whole)] if domain == "integer" else whole
        return [value for value in signed if value >= 1 or domain == "integer"]
    values = [number * scale for scale in SCALES if number] + [number + step for step in STEPS]
    positive = [value for value in values if value > 0]
    return positive if domain == "positive" else [*values, *(-value for value in values)]
