"""Functions and classes that a question asks for, and what of a file may run before them."""

import ast
import re

from autograder.formats.syntax import parse
from autograder.formats.tokens import MARK

HEAD = re.compile(r"(?:async\s+)?(?:def|class)\s+(\w+)|(\w+)\s*(?::[^=\n]*)?=(?!=)")
GRADER = "grader"  # how a notebook calls what checks it, and the cell that makes it
DEFINITIONS = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def defined_name(head: str) -> str | None:
    """The name that a statement defines, by its first line: `def`, `class` or `name = ...`."""
    found = HEAD.match(head)
    return (found[1] or found[2]) if found else None


def may_run_before(node: ast.stmt) -> bool:
    """True for imports, definitions, and names set to a literal or to a lambda."""
    if isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return all(map(_is_name, targets)) and _is_harmless(node.value)
    return isinstance(node, DEFINITIONS | ast.Import | ast.ImportFrom)


def does_nothing(node: ast.stmt) -> bool:
    """True for `pass`, a docstring, a lone constant."""
    return isinstance(node, ast.Pass) or (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    )


def is_for_grader(node: ast.stmt) -> bool:
    """True for `grader.check("q1")`, `grader = …` and their like: the notebook's own lines."""
    match node:
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name)))):
            return name == GRADER
        case ast.Expr(value=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
            return name == GRADER
    return False


def is_untouched(node: ast.stmt) -> bool:
    """True for a definition that is still the stub: no statement in it does any work."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return all(map(_is_placeholder, node.body))
    if isinstance(node, ast.ClassDef):
        return all(_is_placeholder(part) or is_untouched(part) for part in node.body)
    if isinstance(node, ast.Assign | ast.AnnAssign):
        value = node.value
        return _is_mark(value.body if isinstance(value, ast.Lambda) else value)
    return False


def is_untouched_source(source: str, name: str) -> bool:
    """The same for source on its own, where the last definition of the name counts."""
    if source.strip() in ("", MARK):
        return True
    tree = parse(source)
    if not isinstance(tree, ast.Module):
        return False
    asked = [node for node in tree.body if _defines(node, name)]
    return bool(asked) and is_untouched(asked[-1])


def _is_placeholder(node: ast.stmt) -> bool:
    if does_nothing(node):
        return True
    if isinstance(node, ast.Return | ast.Expr):
        return _is_mark(node.value) or (isinstance(node, ast.Expr) and _is_super_init(node.value))
    raised = node.exc if isinstance(node, ast.Raise) else None
    raised = raised.func if isinstance(raised, ast.Call) else raised
    return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"


def _is_mark(node: ast.expr | None) -> bool:
    if isinstance(node, ast.Constant):
        return node.value is ...
    return isinstance(node, ast.Name) and node.id == MARK


def _is_super_init(node: ast.expr) -> bool:
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Call(func=ast.Name(id="super")), attr=attr)):
            return attr == "__init__"
    return False


def _defines(node: ast.stmt, name: str) -> bool:
    if isinstance(node, DEFINITIONS):
        return node.name == name
    targets = node.targets if isinstance(node, ast.Assign) else []
    return any(isinstance(target, ast.Name) and target.id == name for target in targets)


def _is_name(target: ast.expr) -> bool:
    names = target.elts if isinstance(target, ast.Tuple | ast.List) else [target]
    return all(isinstance(name, ast.Name) for name in names)


def _is_harmless(value: ast.expr | None) -> bool:
    if value is None or isinstance(value, ast.Lambda):
        return value is not None
    try:
        ast.literal_eval(value)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return _is_constant(value)
    return True


def _is_constant(value: ast.expr) -> bool:
    """True for arithmetic on numbers and on functions of `math`, such as `2 ** 0.5`."""
    if isinstance(value, ast.Constant):
        return isinstance(value.value, int | float)
    if isinstance(value, ast.BinOp):
        return _is_constant(value.left) and _is_constant(value.right)
    if isinstance(value, ast.UnaryOp):
        return _is_constant(value.operand)
    match value:
        case ast.Call(func=ast.Attribute(value=ast.Name(id="math" | "np" | "numpy"))):
            return not value.keywords and all(map(_is_constant, value.args))
        case ast.Attribute(value=ast.Name(id="math" | "np" | "numpy")):
            return True
    return False
