"""Absolute values, maxima, minima and the like in a relation, resolved one at a time."""

from __future__ import annotations

from fractions import Fraction

from autograder.compare.condition.polynomials import TooMuch
from autograder.language.tree import (
    All,
    Call,
    Cases,
    Negate,
    Number,
    Relation,
    Tree,
    children,
    rebuild,
)

ZERO = Number(Fraction(0))
ONE = Number(Fraction(1))
MINUS = Number(Fraction(-1))
SWITCHES = frozenset("abs norm max min relu sign heaviside".split())

Switch = list[tuple[Tree, Tree]]  # a condition, and the relation where it holds


def first_switch(relation: Relation) -> Switch | None:
    """The relation by cases of an innermost switch in it; None where there is none."""
    found = _innermost(relation)
    if found is None:
        return None
    return [(when, _put(relation, found, value)) for when, value in _cases(found)]


def _innermost(tree: Tree) -> Tree | None:
    for child in children(tree):
        if (found := _innermost(child)) is not None:
            return found
    if isinstance(tree, Cases):
        return tree
    return tree if isinstance(tree, Call) and tree.name in SWITCHES else None


def _cases(tree: Tree) -> Switch:
    if isinstance(tree, Cases):
        return _pieces(tree)
    assert isinstance(tree, Call)
    first, *others = tree.arguments
    match tree.name:
        case "abs" | "norm" if not others:
            return [
                (Relation(">=", first, ZERO), first),
                (Relation("<", first, ZERO), Negate(first)),
            ]
        case "relu" if not others:
            return [(Relation(">=", first, ZERO), first), (Relation("<", first, ZERO), ZERO)]
        case "sign" if not others:
            signs = ((">", ONE), ("=", ZERO), ("<", MINUS))
            return [(Relation(sign, first, ZERO), value) for sign, value in signs]  # type: ignore[arg-type]
        case "heaviside" if not others:
            return [(Relation(">", first, ZERO), ONE), (Relation("<=", first, ZERO), ZERO)]
        case "max" | "min":
            return _extreme(tree)
    raise TooMuch


def _extreme(tree: Call) -> Switch:
    """Each argument where it is at least, or at most, all others."""
    sign = ">=" if tree.name == "max" else "<="
    found: Switch = []
    for at, one in enumerate(tree.arguments):
        others = (other for place, other in enumerate(tree.arguments) if place != at)
        found.append((All(tuple(Relation(sign, one, other) for other in others)), one))  # type: ignore[arg-type]
    return found


def _pieces(tree: Cases) -> Switch:
    """Each value where its condition holds and none before it did."""
    from autograder.language.statements.conditions import opposite

    found: Switch = []
    before: list[Tree] = []
    for value, condition in tree.pieces:
        when = [*before, *([] if condition is None else [condition])]
        found.append((All(tuple(when)), value))
        if condition is not None:
            before.append(opposite(condition))
    return found


def _put(tree: Tree, old: Tree, new: Tree) -> Tree:
    return new if tree == old else rebuild(tree, lambda child: _put(child, old, new))
