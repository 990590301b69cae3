"""Python source as students type it: parsed, never executed, places kept."""

import ast
import re
import textwrap
import warnings
from collections.abc import Iterator
from typing import NamedTuple

from autograder.errors import Unreadable

BLANK = "____"
FENCE = re.compile(r"^[ \t]*(?:```|~~~)[ \t]*(?:\w+[ \t]*)?$")
NEWLINE = re.compile(r"\r\n|\r|\n")
INVISIBLE = re.compile("[\ufeff\u200b\u200c\u200d\u2060]")
# What has names of its own: nothing inside is bound where the statement stands.
SCOPES = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


class Parsed(NamedTuple):
    """A parsed text: its tree, and its lines without fences and common indentation."""

    tree: ast.Module
    lines: tuple[str, ...]


def parse_source(typed: str) -> Parsed:
    """Parse statements; Markdown fences, common indentation and tabs are no mistake.

    Errors: Unreadable `syntax_error` (data: `line` from 1, `message`).
    """
    lines = [INVISIBLE.sub("", line).replace("\xa0", " ") for line in NEWLINE.split(typed)]
    lines = ["" if FENCE.match(line) else line for line in lines]
    text = textwrap.dedent("\n".join(lines))
    try:
        try:
            tree = parse(text)
        except TabError:
            text = textwrap.dedent("\n".join(line.expandtabs(4) for line in lines))
            tree = parse(text)
    except SyntaxError as error:
        raise _unreadable(error, text, typed) from None
    return Parsed(tree, tuple(text.split("\n")))


def parse(source: str, *, compiled: bool = True) -> ast.Module:
    """Parse and, unless told otherwise, compile: `return` outside a function is a mistake.

    Errors: SyntaxError, also where Python gives up for another reason, such as depth.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source)
            if compiled:
                compile(tree, "<answer>", "exec", dont_inherit=True)
    except (ValueError, OverflowError, RecursionError, MemoryError) as error:
        raise SyntaxError(str(error) or "too deeply nested") from None
    return tree


def place(typed: str, line: int, column: int) -> int:
    """The position in `typed` of a column of one of its lines; both from 0."""
    starts = [0, *(found.end() for found in NEWLINE.finditer(typed))]
    return max(0, min(starts[min(line, len(starts) - 1)] + column, len(typed)))


def names_bound(statement: ast.stmt) -> frozenset[str]:
    """Names that a statement binds where it stands; `import *` binds none that we know."""
    match statement:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return frozenset({statement.name})
        case ast.Import() | ast.ImportFrom():
            names = ((each.asname or each.name).split(".")[0] for each in statement.names)
            return frozenset(names) - {"*"}
    return frozenset().union(*(_bound(node) for node in _inside(statement)))


def first_line(statement: ast.stmt) -> int:
    """The line from 1 where a statement starts, its decorators included."""
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(each.lineno for each in decorators)])


def _inside(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, SCOPES):
            yield child
            if not isinstance(child, ast.stmt):
                yield from _inside(child)


def _bound(node: ast.AST) -> frozenset[str]:
    match node:
        case ast.stmt():
            return names_bound(node)
        case ast.Name(id=name, ctx=ast.Store()):
            return frozenset({name})
        case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)):
            return frozenset({name})
    return frozenset()


def _unreadable(error: SyntaxError, text: str, typed: str) -> Unreadable:
    line = max(1, error.lineno or 1)
    lines = text.split("\n")
    line = min(line, len(lines))
    shift = len(NEWLINE.split(typed)[line - 1].rstrip()) - len(lines[line - 1].rstrip())
    start = place(typed, line - 1, max(0, (error.offset or 1) - 1) + max(0, shift))
    end = place(typed, line - 1, len(lines[line - 1]) + max(0, shift))
    return Unreadable("syntax_error", (start, max(start, end)), line=line, message=error.msg)
