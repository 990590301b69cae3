"""Do two conditions on one quantity describe the same set?

The quantity is one value of a declared function for an arbitrary pair of arguments, or one
declared symbol. Truth is compared at many points on both sides of every number that occurs.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from autograder.compare.sampling import context
from autograder.language.evaluation import holds
from autograder.language.tree import (
    All,
    Call,
    Element,
    Number,
    Relation,
    Sum,
    Symbol,
    Tree,
    children,
    rebuild,
    walk,
)
from autograder.language.values import Point, Undefined
from autograder.language.vocabulary import Vocabulary

QUANTITY = "_value"
GRID = tuple(Fraction(n, d) for n, d in [
    (0, 1), (1, 10**9), (1, 1000), (1, 7), (1, 2), (9, 10), (1, 1), (11, 10), (2, 1), (13, 5),
    (3, 1), (5, 1), (10, 1), (101, 1), (10**6, 1), (10**12, 1),
])  # fmt: skip
OVER_MANY = frozenset(("max", "min", "sum", "mean"))  # of one argument: over all pairs
DIGITS = 150  # a condition is looked at down to 10^-60, where 1 + x and 1 must still differ
DECADES = tuple(Fraction(10) ** power for power in range(-60, 61))
NEAR = Fraction(1, 10**7)


@dataclass(frozen=True)
class ConditionDecision:
    """`outcome` is `equal`, `different` or `undecided`; `at` is a value they disagree on."""

    outcome: str
    code: str
    at: Fraction | None = None


def quantity(tree: Tree, vocabulary: Vocabulary) -> str | None:
    """The one thing a condition is about, or why there is none.

    Returns:
        None when it is about a single value for an arbitrary pair; else a code:
        `about_a_sum`, `about_equal_arguments`, `several_quantities` or `no_quantity`.
    """
    found: set[tuple[str, ...]] = set()
    others: set[tuple[str, ...]] = set()  # vectors and their entries
    waiting: list[Tree] = [tree]
    while waiting:
        node = waiting.pop()
        over_many = isinstance(node, Call) and node.name in OVER_MANY and len(node.arguments) == 1
        if isinstance(node, Sum) or over_many:
            return "about_a_sum"
        if isinstance(node, Call) and node.name in vocabulary:
            names = [_base(argument) for argument in node.arguments]
            if len(set(names)) < len(names):
                return "about_equal_arguments"
            found.add((node.name, *names))
            continue
        if isinstance(node, Symbol) and node.name in vocabulary:
            sort = vocabulary[node.name]
            (others if sort.shape and sort.takes is None else found).add((node.name,))
        elif isinstance(node, Element):
            others.add((node.name,))
        waiting += children(node)
    if found and others:
        return "several_quantities"
    if not found:
        return "no_quantity"
    return None if len(found) == 1 else "several_quantities"


def _base(tree: Tree) -> str:
    return tree.name if isinstance(tree, Symbol | Element) else repr(tree)


def decide_condition(answer: Tree, key: Tree, vocabulary: Vocabulary) -> ConditionDecision:
    """Compare two relations or chains of them."""
    mine, theirs = _plain(answer, vocabulary), _plain(key, vocabulary)
    numbers = {abs(n.value) for t in (mine, theirs) for n in walk(t) if isinstance(n, Number)}
    values = (
        set(GRID)
        | set(DECADES)
        | {n + step for n in numbers for step in (-NEAR, Fraction(0), NEAR)}
    )
    values |= {n * scale for n in numbers for scale in (Fraction(1, 2), Fraction(2))}
    common = 0
    for value in sorted(values | {-v for v in values}, key=lambda v: (abs(v), v)):
        left, right = _holds(mine, value, vocabulary), _holds(theirs, value, vocabulary)
        if left is None or right is None:
            continue
        common += 1
        if left != right:
            return ConditionDecision("different", "too_strict" if right else "too_loose", value)
    if common < len(GRID):
        return ConditionDecision("undecided", "undecided")
    return ConditionDecision("equal", "right")


def _plain(tree: Tree, vocabulary: Vocabulary) -> Tree:
    """The tree with the quantity as one symbol."""
    if isinstance(tree, Call | Symbol) and tree.name in vocabulary:
        return Symbol(QUANTITY, span=tree.span)

    return rebuild(tree, lambda child: _plain(child, vocabulary))


def _holds(tree: Tree, value: Fraction, vocabulary: Vocabulary) -> bool | None:
    ctx = context(DIGITS)
    number = ctx.mpf(value.numerator) / value.denominator
    try:
        return holds(tree, Point(ctx, {QUANTITY: number}, {}, vocabulary))
    except (Undefined, TypeError):  # a complex number has no order
        return None


def is_condition(tree: Tree) -> bool:
    """True for a relation or a chain of relations."""
    return isinstance(tree, Relation | All)
