"""The notebook: the cells of the stub, each with its wording in front and a check behind it."""

import re
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from autograder.assignment import Assignment
from autograder.formats.definitions import GRADER
from autograder.handout.cells import Cell, cells
from autograder.handout.markdown import typeset, wording
from autograder.handout.stub import IMPORTS, marker

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}

# An error in such a cell, as without torch, does not end "Run All": the checks below it say more.
GOES_ON = {"tags": ["raises-exception"]}

HOW = """
Fill every blank `____` and run its cell (Shift-Enter). The line below it,
`grader.check("{first}")`, then shows how your answer was read. That is not whether it is
right: the key is not here, and nothing is sent anywhere.
"""
SET_UP = """
# %% {grader}  (set-up: run this cell first, and after every restart of the kernel)
# It makes `{grader}`, which shows how your answers are read. On Colab, upload the
# assignment's zip before: the folder symbol on the left.
try:
    import autograder
except ImportError:
    import glob, os, sys, tempfile, zipfile

    zips = filter(zipfile.is_zipfile, glob.glob("*.zip"))
    for name in sorted(zips, key=os.path.getmtime):  # the last one counts
        with zipfile.ZipFile(name) as upload:
            if "autograder/__init__.py" in upload.namelist():
                sys.path.insert(0, tempfile.mkdtemp())
                upload.extractall(sys.path[0])
try:
    from autograder.hosts.notebook import start
except ImportError:
    print("The check is not here. Next: upload the assignment's zip beside this",
          "notebook, then run this cell again. It needs Python 3.11 or newer.")
else:
    {grader} = start("{name}")
    print({grader})
"""
# otter writes "passed!" behind the name, and alone that would be too much said.
TEST = """
from otter.test_files import test_case

from autograder.hosts.notebook import check, said

OK_FORMAT = False
name = "{name} (check without the key)"
points = None


@test_case(name="{name}", success_message=said("{assignment}", "{name}"))
def test_{name}():
    check("{assignment}", "{name}")
"""
ALL = """
## When you are done

The next cell shows all answers: how each is read, what is blank, what can't be read, and
which public examples pass.
"""
EXPORT = """
Save the notebook (Ctrl-S) and run the next cell: it makes a zip of the file as it is saved.
Hand that in.
"""

NotebookCell: TypeAlias = "dict[str, object]"


def notebook(assignment: Assignment) -> str:
    """The text of `answers.ipynb`, the same for the same spec: ids are names of cells."""
    import nbformat  # a student's check has only the standard library

    book = nbformat.from_dict(
        {
            "cells": list(_all_cells(assignment)),
            "metadata": {
                "kernelspec": KERNEL,
                "language_info": {"name": "python"},
                "otter": {
                    "OK_FORMAT": False,
                    "assignment_name": assignment.name,
                    "tests": otter_tests(assignment),
                },
            },
            "nbformat": 4,
            "nbformat_minor": 5,
        }
    )
    nbformat.validate(book)
    return str(nbformat.writes(book)) + "\n"


def otter_tests(assignment: Assignment) -> dict[str, str]:
    """otter-grader's tests, as source, by the name that `grader.check` takes."""
    names = dict.fromkeys(assignment.questions)
    names |= dict.fromkeys(cell.name for cell in cells(assignment) if cell.code)
    filled = {name: TEST.format(name=name, assignment=assignment.name) for name in names}
    return {name: text.lstrip() for name, text in filled.items()}


def _all_cells(assignment: Assignment) -> Iterator[NotebookCell]:
    first = next(iter(assignment)).id
    title = [f"# {assignment.title}", typeset(assignment.intro), HOW.format(first=first).strip()]
    yield _text("title", "\n\n".join(filter(None, title)))
    yield _code("set-up", SET_UP.format(grader=GRADER, name=assignment.name).strip())
    imports = f"# autograder: {assignment.name} {assignment.version}{IMPORTS}"
    yield _code("imports", imports.strip(), GOES_ON)
    for cell in cells(assignment):
        yield from _cells(cell)
    yield _text("all-text", ALL.strip())
    yield _code("all", f"{GRADER}.check_all()")
    yield _text("export-text", EXPORT.strip())
    yield _code("export", f"{GRADER}.export(pdf=False)")


def _cells(cell: Cell) -> Iterator[NotebookCell]:
    if not cell.code:
        heading = f"## {cell.name}  {cell.title}"
        yield _text(f"problem-{cell.name}", f"{heading}\n\n{wording(cell)}".strip())
        return
    heading = f"### {cell.name}  ({cell.title})"
    yield _text(f"{cell.name}-text", f"{heading}\n\n{wording(cell)}".strip())
    yield _code(cell.name, f"{marker(cell)}\n{cell.code}", GOES_ON)
    yield _code(f"{cell.name}-check", f'{GRADER}.check("{cell.name}")')


def _text(name: str, source: str) -> NotebookCell:
    return {"cell_type": "markdown", "id": _id(name), "metadata": {}, "source": source}


def _code(name: str, source: str, metadata: Mapping[str, object] | None = None) -> NotebookCell:
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": _id(name),
        "metadata": {**(metadata or {})},
        "outputs": [],
        "source": source,
    }


def _id(name: str) -> str:
    """A cell id: letters, digits, - and _, at most 64 (nbformat 4.5)."""
    return re.sub(r"[^a-zA-Z0-9_-]", "-", name)[:64]
