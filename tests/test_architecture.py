"""The rules of the house, design section 3, each held by a test."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import autograder
from autograder.assignment import load

PACKAGE = Path(autograder.__file__).parent
ROOT = PACKAGE.parent
FILES = sorted(PACKAGE.rglob("*.py"))
NAMES = {path: path.relative_to(PACKAGE).as_posix() for path in FILES}

# Rooms that know nothing but these, from plain data upwards.
KNOWS = {
    "errors": set[str](),
    "submission": {"errors"},
    "verdict": {"errors"},
    "report": set[str](),
    "summary": {"verdict", "report"},
    "sentences": set[str](),
    "sandbox": {"errors"},
    "language": {"errors"},
    "compare": {"errors", "language"},
    "renderers": {"verdict", "report"},
    "feedback": {"errors", "sentences", "submission", "verdict"},
    "kinds": {"errors", "submission", "verdict", "language", "compare", "sandbox"},
}
# Inside the language, where a formula's way goes: text, tokens, tree, whole answer.
LANGUAGE_KNOWS = {
    "tree": set[str](),
    "vocabulary": set[str](),
    "shapes": {"tree", "vocabulary"},
    "derivative": {"tree"},
    "lexer": {"vocabulary"},
    "parser": {"tree", "vocabulary", "shapes", "derivative", "lexer"},
    "printer": {"tree", "vocabulary", "shapes", "lexer"},
    "evaluator": {"tree", "vocabulary", "shapes"},
    "statements": {"tree", "vocabulary", "shapes", "lexer", "parser", "printer"},
}
# Of the whole package these alone may print; the set-up runs before there is anything else.
PRINTING = ("cli.py", "hosts/workstation.py")
# Trusted code that is run: the author's spec, reference and probes, and the child's own loop.
RUNNING = ("assignment.py", "reference.py", "kinds/recording.py", "sandbox/child.py")
RUNNING += ("examples/child.py",)  # a student's own code on the student's own machine


def imports(path: Path) -> Iterator[str]:
    """Names of all modules that a file imports, at its top or later."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write the whole name"
            module = node.module or ""
            yield from (f"{module}.{alias.name}" for alias in node.names)


def calls(path: Path) -> set[str]:
    """Names of the functions that a file calls by their plain name."""
    nodes = ast.walk(ast.parse(path.read_text()))
    return {
        node.func.id
        for node in nodes
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }


def room_of(name: str, house: str = "autograder.") -> str:
    """`autograder.kinds.blank` is in the room `kinds`."""
    return name.removeprefix(house).split(".")[0]


def fresh(code: str) -> subprocess.CompletedProcess[str]:
    """Run a piece of Python in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )


def test_importing_the_package_is_cheap() -> None:
    """Neither torch nor sympy nor numpy, nor anything else that isn't in Python itself."""
    heavy = {"torch", "sympy", "numpy", "mpmath", "scipy", "yaml", "rich", "jinja2", "nbformat"}
    heavy |= {"markdown_it", "mdit_py_plugins", "latex2mathml", "otter", "IPython"}
    found = fresh(
        f"import sys, autograder, autograder.cli; print(sorted({heavy} & set(sys.modules)))"
    )
    assert found.stdout == "[]\n"


def rooms(house: str = "autograder.") -> dict[str, set[str]]:
    """For each room of a house the rooms it imports, at the top of a file or later."""
    graph: dict[str, set[str]] = {}
    for path in FILES:
        name = "autograder." + NAMES[path].removesuffix(".py").replace("/", ".")
        if name.startswith(house):
            ours = {room_of(each, house) for each in imports(path) if each.startswith(house)}
            graph.setdefault(room_of(name, house), set()).update(ours)
    del graph["__init__"]
    return {room: {each for each in seen if each in graph} - {room} for room, seen in graph.items()}


@pytest.mark.parametrize("house", ["autograder.", "autograder.language."])
def test_imports_point_one_way(house: str) -> None:
    """No two rooms need one another, however far round."""
    TopologicalSorter(rooms(house)).prepare()


def test_the_language_is_read_in_one_direction() -> None:
    """And what reads does not calculate."""
    found = rooms("autograder.language.")
    assert found.keys() == LANGUAGE_KNOWS.keys()
    assert [room for room in found if not found[room] <= LANGUAGE_KNOWS[room]] == []


@pytest.mark.parametrize("room", KNOWS)
def test_a_room_knows_no_more_than_it_must(room: str) -> None:
    """Mathematics knows nothing of grading, renderers see plain data only, …."""
    assert rooms().get(room, set()) <= KNOWS[room]


@pytest.mark.parametrize("path", FILES, ids=NAMES.get)
def test_nothing_imports_solutions(path: Path) -> None:
    """Public code can't need what is never shipped."""
    assert not [
        name for name in imports(path) if name.split(".")[0] in ("solutions", "assignments")
    ]


@pytest.mark.parametrize("path", FILES, ids=NAMES.get)
def test_nothing_is_unpickled_and_nothing_typed_is_run(path: Path) -> None:
    """No pickle, no eval; exec for trusted code only; no sympify, which evals."""
    modules = {name.split(".")[0] for name in imports(path)}
    assert not modules & {"pickle", "dill", "joblib", "shelve", "marshal"}
    assert not calls(path) & {"eval", "sympify", "parse_expr", "literal_eval"}
    if "exec" in calls(path):
        assert NAMES[path] in RUNNING


@pytest.mark.parametrize("path", FILES, ids=NAMES.get)
def test_only_the_command_line_and_renderers_print(path: Path) -> None:
    """Everything else returns data."""
    if NAMES[path] not in PRINTING and room_of(NAMES[path]) != "renderers":
        assert "print" not in calls(path)


@pytest.mark.parametrize("path", FILES, ids=NAMES.get)
def test_no_room_knows_the_assignment(path: Path) -> None:
    """No question id, and no word of it, in the package."""
    text = path.read_text().lower()
    assert "attention" not in text
    ids = [question.id for question in load("attention")]
    # Examples in docstrings may say q1a; code may not.
    strings = {
        node.value
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert not strings & set(ids)


@pytest.mark.parametrize("path", FILES, ids=NAMES.get)
def test_a_module_is_short(path: Path) -> None:
    """Past 400 lines it is two."""
    assert len(path.read_text().splitlines()) <= 400


def test_no_folder_is_a_drawer() -> None:
    """A name is a noun of the field."""
    drawers = {"utils", "util", "helpers", "helper", "base", "common", "core", "misc", "manager"}
    assert not drawers & {
        part for name in NAMES.values() for part in Path(name).with_suffix("").parts
    }


def test_the_public_names_are_sorted_and_there() -> None:
    """`__init__` is imports and a sorted list."""
    assert sorted(autograder.__all__) == autograder.__all__
    assert all(hasattr(autograder, name) for name in autograder.__all__)
