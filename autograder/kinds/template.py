"""A public class with blanks: where a blank stands, and what an answer makes of its statement."""

import ast
import builtins
import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from autograder.errors import AssignmentError
from autograder.kinds.source import BLANK, names_bound

Path: TypeAlias = tuple[tuple[str, int], ...]

# What a file of answers has imported whatever its template says.
IMPORTED = ("math", "np", "torch", "nn", "F")
VALUED = (ast.Assign, ast.AnnAssign, ast.Return, ast.Expr)


@dataclass(frozen=True)
class Spot:
    """One blank.

    Attributes:
        class_name: The class it stands in.
        path: From the class to its statement: a field of each node and an index in it.
        before: The statement's text up to the blank, without indentation.
        after: The text that follows, without a comment.
        target: The left side when the blank is the whole right side: `self.layer`.
        others: Last names of all other left sides of the class.
        local: Names of the method that have a value at the blank, in order.
        outer: Names that the class sees around it, without Python's own.
    """

    class_name: str
    path: Path
    before: str
    after: str
    target: str | None
    others: frozenset[str]
    local: tuple[str, ...]
    outer: tuple[str, ...]

    @property
    def after_dot(self) -> bool:
        """Whether the blank is an attribute's name, as in `torch.____`."""
        return self.before.rstrip().endswith(".")

    def sees(self, name: str) -> bool:
        """Whether a name has a value at the blank."""
        return name in self.local or name in self.outer or hasattr(builtins, name)


@lru_cache
def find_spot(template: str, tag: str) -> Spot:
    """Find the blank with the comment `# tag` on its line; the only blank needs no comment.

    Errors: AssignmentError when there is none, or more than one.
    """
    tokens, module = _parsed(template)
    blanks = [t.start for t in tokens if t.type == tokenize.NAME and t.string == BLANK]
    word = re.compile(rf"\b{re.escape(tag)}\b") if tag else re.compile("(?!)")
    tagged = {t.start[0] for t in tokens if t.type == tokenize.COMMENT and word.search(t.string)}
    if len(blanks) > 1:
        blanks = [start for start in blanks if start[0] in tagged]
    if len(blanks) != 1:
        raise AssignmentError(f"the template needs one {BLANK} on a line with the comment # {tag}")
    row, column = blanks[0]
    owners = [n for n in module.body if isinstance(n, ast.ClassDef) and _covers(n, row)]
    if not owners:
        raise AssignmentError(f"line {row} of the template: a blank must stand in a class")
    around = [(path, node) for path, node in _statements(owners[0]) if _covers(node, row)]
    methods = [node for _, node in around if isinstance(node, ast.FunctionDef)]
    if not methods or not isinstance(around[-1][1], VALUED):
        raise AssignmentError(
            f"line {row} of the template: a blank must stand in an assignment, a return or a"
            " call on a line of its own, in a method"
        )
    path, statement = around[-1]
    before, after = _around(template, statement, row, column)
    target = _whole_target(statement)
    return Spot(
        class_name=owners[0].name,
        path=path,
        before=before,
        after=after,
        target=target,
        others=_left_sides(owners[0]) - {_last(target)},
        local=_local(methods[-1], statement),
        outer=tuple(
            dict.fromkeys([*(name for n in module.body for name in names_bound(n)), *IMPORTED])
        ),
    )


@lru_cache
def _parsed(template: str) -> tuple[tuple[tokenize.TokenInfo, ...], ast.Module]:
    """A template's tokens and tree, the same for all its blanks; the tree is only looked at."""
    tokens = tokenize.generate_tokens(io.StringIO(template).readline)
    return tuple(tokens), ast.parse(template)


def follow(owner: ast.ClassDef, path: Path) -> ast.stmt:
    """The statement at the end of a path."""
    node: ast.stmt = owner
    for field, index in path:
        node = getattr(node, field)[index]
    return node


def filled_path(owner: ast.ClassDef, spot: Spot, text: str) -> Path:
    """Where the statement with `text` in its blank stands in a class that may have more.

    Errors: AssignmentError when it isn't there, or more than once.
    """
    wanted = ast.dump(ast.parse(spot.before + text + spot.after).body[0])
    found = [path for path, node in _statements(owner) if ast.dump(node) == wanted]
    if spot.path in found:
        return spot.path
    if len(found) != 1:
        raise AssignmentError(
            f"the reference's {spot.class_name} must have this statement of the template once,"
            f" filled: {spot.before}{BLANK}{spot.after}"
        )
    return found[0]


def value_of(statement: ast.stmt) -> ast.expr | None:
    """What a statement computes: its right side, or what it returns."""
    return statement.value if isinstance(statement, VALUED) else None


def class_in(module: ast.Module, name: str) -> ast.ClassDef | None:
    """The last class of that name."""
    found = [n for n in module.body if isinstance(n, ast.ClassDef) and n.name == name]
    return found[-1] if found else None


def with_answer(template: str, spot: Spot, text: str) -> str:
    """The template's source with one blank filled; statements with others become `pass`."""
    module = ast.parse(template)
    owner = class_in(module, spot.class_name)
    assert owner is not None  # the spot was found there
    *above, (field, index) = spot.path
    siblings = getattr(follow(owner, tuple(above)), field)
    siblings[index] = ast.parse(spot.before + text + spot.after).body[0]
    return ast.unparse(_WithoutBlanks().visit(module))


class _WithoutBlanks(ast.NodeTransformer):
    def visit(self, node: ast.AST) -> ast.AST:
        inside = {getattr(n, "id", getattr(n, "attr", "")) for n in ast.walk(node)}
        if isinstance(node, VALUED) and BLANK in inside:
            return ast.copy_location(ast.Pass(), node)
        return self.generic_visit(node)


def _covers(node: ast.stmt, row: int) -> bool:
    return node.lineno <= row <= (node.end_lineno or node.lineno)


def _statements(node: ast.AST, above: Path = ()) -> Iterator[tuple[Path, ast.stmt]]:
    """All statements inside a node with their paths, outer ones first."""
    for field, children in ast.iter_fields(node):
        for index, child in enumerate(children if isinstance(children, list) else ()):
            path = (*above, (field, index))
            if isinstance(child, ast.stmt):
                yield path, child
            if isinstance(child, ast.stmt | ast.ExceptHandler):
                yield from _statements(child, path)


def _around(template: str, statement: ast.stmt, row: int, column: int) -> tuple[str, str]:
    """The statement's text before and after the blank."""
    lines = template.split("\n")
    first, last = statement.lineno - 1, (statement.end_lineno or statement.lineno) - 1
    end = len(lines[last].encode()[: statement.end_col_offset].decode())
    here = lines[row - 1]
    before = "\n".join([*lines[first : row - 1], here[:column]])[statement.col_offset :]
    if last == row - 1:
        return before, here[column + len(BLANK) : end]
    rest = [here[column + len(BLANK) :], *lines[row:last], lines[last][:end]]
    return before, "\n".join(rest)


def _whole_target(statement: ast.stmt) -> str | None:
    match statement:
        case ast.Assign(targets=[target], value=ast.Name(id="____")):
            return ast.unparse(target)
        case ast.AnnAssign(target=target, value=ast.Name(id="____")):
            return ast.unparse(target)
    return None


def _last(target: str | None) -> str:
    return (target or "").rpartition(".")[2]


@lru_cache
def _left_sides(owner: ast.ClassDef) -> frozenset[str]:
    assigned = (n for n in ast.walk(owner) if isinstance(n, ast.Assign))
    return frozenset(_last(ast.unparse(target)) for n in assigned for target in n.targets)


def _local(method: ast.FunctionDef, statement: ast.stmt) -> tuple[str, ...]:
    given = method.args
    arguments = [*given.posonlyargs, *given.args, *given.kwonlyargs]
    arguments += [each for each in (given.vararg, given.kwarg) if each is not None]
    earlier = [
        node
        for node in ast.walk(method)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        if node.lineno < statement.lineno
    ]
    earlier.sort(key=lambda node: (node.lineno, node.col_offset))
    names = [each.arg for each in arguments] + [node.id for node in earlier]
    return tuple(dict.fromkeys(names))
