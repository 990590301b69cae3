"""Names that are set in other ways than `name = ...`: read where it is clear, else told of."""

import ast
from collections.abc import Iterator
from typing import NamedTuple

from autograder.formats.definitions import DEFINITIONS


class Setting(NamedTuple):
    """A name and the source of what it is set to."""

    name: str
    source: str


def settings(node: ast.stmt, source: str) -> list[Setting]:
    """What `(a := 1)`, `a, b = 1, 2` and the slip `a: "1"` set; nothing for all else.

    Args:
        source: What the node was parsed from.
    """
    names: list[ast.expr] = []
    values: list[ast.expr] = []
    match node:
        case ast.Expr(value=ast.NamedExpr(target=name, value=value)):
            names, values = [name], [value]
        case ast.AnnAssign(target=name, annotation=ast.Constant(value=str()) as value, value=None):
            names, values = [name], [value]
        case ast.Assign(
            targets=[ast.Tuple(elts=names) | ast.List(elts=names)],
            value=ast.Tuple(elts=values) | ast.List(elts=values),
        ):
            pass
    if len(names) != len(values):
        return []
    pairs = zip(names, values, strict=True)
    return [
        Setting(name.id, ast.get_source_segment(source, value) or "")
        for name, value in pairs
        if isinstance(name, ast.Name)
    ]


def names_set(node: ast.stmt) -> Iterator[tuple[str, int]]:
    """All names that are set or defined anywhere in a statement, each with its line from 1."""
    for each in ast.walk(node):
        if isinstance(each, DEFINITIONS):
            yield each.name, each.lineno
        elif isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store):
            yield each.id, each.lineno
