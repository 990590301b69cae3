"""What a comma between relations stands for: "and", unless nothing could meet all of them.

`x > 0, x < 1` is both; `x = 1, 2` and `x < 0, x > 1` list what is possible, since no number is
everything that they say.
"""

from __future__ import annotations

from fractions import Fraction

from autograder.language.tree import (
    All,
    Comparison,
    Divide,
    Negate,
    Number,
    Relation,
    Tree,
)

MIRRORED: dict[Comparison, Comparison] = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def exclude_each_other(conditions: list[Tree]) -> bool:
    """Whether conditions on one quantity can't hold together, though each can alone."""
    limits = [_limits(condition) for condition in conditions]
    together: list[tuple[Tree, Comparison, Fraction]] = []
    for found in limits:
        if found is None or _is_empty(found):
            return False
        together += found
    return len({subject for subject, _, _ in together}) == 1 and _is_empty(together)


def _limits(condition: Tree) -> list[tuple[Tree, Comparison, Fraction]] | None:
    """Of a relation with a number, or of several that hold together: what, how, which number."""
    links = condition.parts if isinstance(condition, All) else (condition,)
    found = []
    for link in links:
        if not isinstance(link, Relation):
            return None
        left, right = _value(link.left), _value(link.right)
        if left is None and right is not None:
            found.append((link.left, link.sign, right))
        elif left is not None and right is None:
            found.append((link.right, MIRRORED.get(link.sign, link.sign), left))
        else:
            return None
    return found


def _is_empty(limits: list[tuple[Tree, Comparison, Fraction]]) -> bool:
    """Whether no number meets all limits; `!=` shuts out too few to count."""
    lower = [(value, sign == ">") for _, sign, value in limits if sign in (">", ">=", "=")]
    upper = [(value, sign == "<") for _, sign, value in limits if sign in ("<", "<=", "=")]
    if not lower or not upper:
        return False
    highest, lowest = max(value for value, _ in lower), min(value for value, _ in upper)
    strict = (highest, True) in lower or (lowest, True) in upper
    return highest > lowest or (highest == lowest and strict)


def _value(tree: Tree) -> Fraction | None:
    match tree:
        case Number(value=value):
            return value
        case Negate(of=Number(value=value)):
            return -value
        case Divide(over=over, under=Number(value=value)) if value:
            whole = _value(over)
            return None if whole is None else whole / value
    return None
