"""What an answer's code uses of other cells: helpers, constants, imports."""

import ast
import symtable
from collections.abc import Iterator, Mapping

from autograder.formats.syntax import parse
from autograder.submission import Response


def differing(here: Response, there: Response) -> tuple[str, ...]:
    """Names that `here` uses and that are another thing `there`, or nothing."""
    used, known = _used(here), _used(there)
    return tuple(name for name, meaning in used.items() if known.get(name) != meaning)


def _used(response: Response) -> Mapping[str, str]:
    """What the answer uses, and what that uses: its meaning by name, in order of use."""
    meanings = {name: made for each in response.context for name, made in _defined(each)}
    used: dict[str, str] = {}
    waiting = list(_globals(response.text)) if meanings else []
    while waiting:
        name = waiting.pop(0)
        if name not in used and name in meanings:
            used[name], source = meanings[name]
            waiting += _globals(source)
    return used


def _defined(statement: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """The names that a statement makes, with its meaning and its source.

    An import is told by what it imports alone; its source uses nothing.
    """
    tree = parse(statement)
    for node in tree.body if isinstance(tree, ast.Module) else ():
        made = _meaning(node, statement), statement
        match node:
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                module = getattr(node, "module", "")
                for each in names:
                    yield each.asname or each.name.split(".")[0], (f"{module} {each.name}", "")
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name, made
            case ast.ClassDef(name=name):
                yield name, made
            case ast.Assign() | ast.AnnAssign():
                stored = (each for each in ast.walk(node) if isinstance(each, ast.Name))
                yield from ((each.id, made) for each in stored if isinstance(each.ctx, ast.Store))


def _meaning(node: ast.stmt, source: str) -> str:
    """What a statement says, however it is laid out and commented."""
    try:
        return ast.dump(node)
    except RecursionError:
        return source


def _globals(source: str) -> Iterator[str]:
    """The names that source takes from outside of it, those of its inner functions too."""
    try:
        tables = [symtable.symtable(source, "answer", "exec")]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    while tables:
        table = tables.pop()
        symbols = table.get_symbols()
        yield from sorted(each.get_name() for each in symbols if each.is_global())
        tables += table.get_children()
