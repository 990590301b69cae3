"""A Jupyter notebook: the code cells of its JSON, in order. Outputs are never looked at."""

import json
from collections.abc import Collection, Mapping
from typing import NamedTuple

from autograder.errors import SubmissionError
from autograder.formats.cells import Cell, cut, without_cell_magic
from autograder.formats.decoding import whole
from autograder.formats.json_text import why_not_json


class Notebook(NamedTuple):
    """Code cells, and how many cell magics were dropped."""

    cells: list[Cell]
    dropped: int


def is_notebook(keys: Collection[str]) -> bool:
    """True when JSON with these keys is a notebook, whatever its file is called."""
    return "nbformat" in keys and ("cells" in keys or "worksheets" in keys)


def load_notebook(text: str, name: str) -> Notebook:
    """The code cells of a notebook's text.

    Errors: SubmissionError when it isn't JSON, or no notebook.
    """
    try:
        content = json.loads(text, strict=False)
    except json.JSONDecodeError as error:
        raise SubmissionError(f"{name}: broken notebook: {why_not_json(error)}") from None
    except (RecursionError, ValueError):
        raise SubmissionError(f"{name}: broken notebook: nested too deep to read") from None
    return read_notebook(content, name)


def read_notebook(content: object, name: str) -> Notebook:
    """The code cells of a decoded notebook; `Cell.number` counts cells of every kind.

    Errors: SubmissionError when it has no list of cells.
    """
    cells: list[Cell] = []
    dropped = 0
    for number, cell in enumerate(_all_cells(content, name), start=1):
        if not isinstance(cell, Mapping) or cell.get("cell_type") != "code":
            continue
        source = cell.get("source", cell.get("input", ""))
        joined = "".join(map(str, source)) if isinstance(source, list) else str(source)
        python, magic = without_cell_magic(whole(joined))
        dropped += magic
        cells += cut(python, number)
    return Notebook(cells, dropped)


def _all_cells(content: object, name: str) -> list[object]:
    if not isinstance(content, Mapping):
        raise SubmissionError(f"{name}: not a notebook: no cells in it")
    sheets = content.get("worksheets")  # nbformat 3
    if "cells" not in content and isinstance(sheets, list):
        found = [sheet.get("cells") for sheet in sheets if isinstance(sheet, Mapping)]
        return [cell for cells in found if isinstance(cells, list) for cell in cells]
    cells = content.get("cells")
    if not isinstance(cells, list):
        raise SubmissionError(f"{name}: not a notebook: no cells in it")
    return cells
