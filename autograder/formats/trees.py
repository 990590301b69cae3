"""Two syntax trees compared, where a mark in one stands for anything in the other."""

import ast
from typing import NamedTuple, TypeAlias

from autograder.formats.syntax import SyntaxFault
from autograder.formats.tokens import MARK, plain

Parsed: TypeAlias = ast.Module | SyntaxFault | None


class Filling(NamedTuple):
    """A node that stands in the place of a mark; of an attribute only what follows `base`."""

    node: ast.expr
    base: ast.expr | None = None


def same_tree(one: Parsed, other: Parsed) -> bool:
    """True when both could be parsed, to the same tree."""
    if not (isinstance(one, ast.Module) and isinstance(other, ast.Module)):
        return False
    try:
        return _same(one, other, [])
    except RecursionError:
        return False


def fill_by_tree(public: Parsed, theirs: Parsed, source: str) -> list[str] | None:
    """The source of what stands in the place of each mark; None if the trees differ elsewhere."""
    if not (isinstance(public, ast.Module) and isinstance(theirs, ast.Module)):
        return None
    found: list[Filling] = []
    try:
        same = _same(public, theirs, found)
    except RecursionError:
        return None
    return [_segment(source, filling) for filling in found] if same else None


def _same(public: object, theirs: object, found: list[Filling]) -> bool:
    """Whether the trees differ in the marks only; collects what fills them."""
    if isinstance(public, ast.Name) and public.id == MARK and isinstance(theirs, ast.expr):
        found.append(Filling(theirs))
        return True
    if isinstance(public, ast.Attribute) and public.attr == MARK:
        return isinstance(theirs, ast.expr) and _same_attribute(public, theirs, found)
    if isinstance(public, list) and isinstance(theirs, list):
        pairs = zip(public, theirs, strict=False)
        return len(public) == len(theirs) and all(_same(p, t, found) for p, t in pairs)
    if isinstance(public, ast.AST):
        names = [name for name in public._fields if name not in ("ctx", "kind", "type_comment")]
        return type(public) is type(theirs) and all(
            _same(getattr(public, name, None), getattr(theirs, name, None), found) for name in names
        )
    return type(public) is type(theirs) and public == theirs


def _same_attribute(public: ast.Attribute, theirs: ast.expr, found: list[Filling]) -> bool:
    """`torch.____` against `torch.nn.functional.softmax`: any number of names may follow."""
    base = theirs
    while isinstance(base, ast.Attribute):
        base = base.value
        if _same(public.value, base, found):
            found.append(Filling(theirs, base))
            return True
    return False


def _segment(source: str, filling: Filling) -> str:
    whole = ast.get_source_segment(source, filling.node) or ""
    if filling.base is not None:
        base = ast.get_source_segment(source, filling.base) or ""
        whole = whole[len(base) :].lstrip(" \t\n.")
    return plain(whole)
