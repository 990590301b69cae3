"""The notebook: the cells of the stub, each with its wording in front."""

import re
from typing import TypeAlias

from autograder.assignment import Assignment
from autograder.handout.cells import Cell, cells
from autograder.handout.markdown import typeset, wording
from autograder.handout.stub import IMPORTS, marker

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}

NotebookCell: TypeAlias = "dict[str, object]"


def notebook(assignment: Assignment) -> str:
    """The text of `answers.ipynb`, the same for the same spec: ids are names of cells."""
    import nbformat  # a student's check has only the standard library

    made: list[NotebookCell] = [
        _text("title", f"# {assignment.title}\n\n{typeset(assignment.intro)}".strip()),
        _code("imports", f"# autograder: {assignment.name} {assignment.version}{IMPORTS}".strip()),
    ]
    for cell in cells(assignment):
        made += _cells(cell)
    book = nbformat.from_dict(
        {
            "cells": made,
            "metadata": {"kernelspec": KERNEL, "language_info": {"name": "python"}},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
    )
    nbformat.validate(book)
    return str(nbformat.writes(book)) + "\n"


def _cells(cell: Cell) -> list[NotebookCell]:
    if not cell.code:
        heading = f"## {cell.name}  {cell.title}"
        return [_text(f"problem-{cell.name}", f"{heading}\n\n{wording(cell)}".strip())]
    heading = f"### {cell.name}  ({cell.title})"
    return [
        _text(f"{cell.name}-text", f"{heading}\n\n{wording(cell)}".strip()),
        _code(cell.name, f"{marker(cell)}\n{cell.code}"),
    ]


def _text(name: str, source: str) -> NotebookCell:
    return {"cell_type": "markdown", "id": _id(name), "metadata": {}, "source": source}


def _code(name: str, source: str) -> NotebookCell:
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": _id(name),
        "metadata": {},
        "outputs": [],
        "source": source,
    }


def _id(name: str) -> str:
    """A cell id: letters, digits, - and _, at most 64 (nbformat 4.5)."""
    return re.sub(r"[^a-zA-Z0-9_-]", "-", name)[:64]
