"""Notebooks: their code cells, in order; outputs are never looked at."""

import json
from pathlib import Path

import pytest
from worksheet import FILLED, STUB, codes, filled, notebook, pumps, read_text

from autograder.errors import SubmissionError
from autograder.formats import read_file


def test_cells_are_read_in_order(tmp_path: Path) -> None:
    """A source may be one string or a list of lines; the last answer counts."""
    text = notebook(["q1a = r'a'\n", "q1b = r'b'"], "q1a = r'c'")
    found = read_text(tmp_path, text, "s01.ipynb").responses
    assert (found["q1a"].text, found["q1b"].text) == ("c", "b")
    assert found["q1a"].place == ("s01.ipynb", 1, 2)


def test_the_stub_as_a_notebook_is_the_stub(tmp_path: Path) -> None:
    """One cell for each cell of the stub, with or without its markers."""
    first, *others = STUB.split("\n# %% ")
    with_markers = [first, *("# %% " + cell for cell in others)]
    without = [first, *(cell.partition("\n")[2] for cell in others)]
    for texts in (with_markers, without):
        found = read_text(tmp_path, notebook(*texts), "s01.ipynb")
        assert list(found.responses) == list(pumps().questions)
        assert not any(r.text or r.fault for r in found.responses.values())


def test_blanks_and_code_are_read_too(tmp_path: Path) -> None:
    """What runs before a definition comes from all cells."""
    text = notebook("import os", filled(), "def clip(x, low):\n    return x\n")
    found = read_text(tmp_path, text, "s01.ipynb").responses
    assert {id: found[id].text for id in FILLED} == FILLED
    assert found["q2"].context == ("import os",)


def test_outputs_attachments_and_other_cells_are_not_read(tmp_path: Path) -> None:
    """An answer in an output or in a text cell is no answer."""
    content = json.loads(notebook("q1a = r'a'"))
    content["cells"][0]["outputs"] = [{"text": "q1b = r'no'"}]
    content["cells"].append({"cell_type": "markdown", "source": "q1b = r'no'"})
    content["cells"].append({"cell_type": "raw", "source": "q1b = r'no'"})
    content["cells"] += ["q1b = r'no'", None, {"cell_type": "code"}]
    found = read_text(tmp_path, json.dumps(content), "s01.ipynb")
    assert list(found.responses) == ["q1a"]


@pytest.mark.parametrize(
    ("cell", "answers"),
    [
        ("%%time\nq1a = r'd'", ["q1a"]),
        ("%%bash\nq1a = r'd'", []),
        ("%matplotlib inline\n!echo it's\nq1a = r'd'", ["q1a"]),
        ("clip?\nfiles = !ls\nq1a = r'd'", ["q1a"]),
    ],
)
def test_magics_are_dropped(cell: str, answers: list[str], tmp_path: Path) -> None:
    """A magic line goes; a magic cell that isn't Python goes as a whole."""
    found = read_text(tmp_path, notebook(cell), "s01.ipynb")
    assert list(found.responses) == answers
    assert codes(found) == ["statements_dropped"]


@pytest.mark.parametrize("magic", ["%time", "%timeit -n 10 -r 3", "%prun -q"])
def test_an_answer_that_is_measured_is_an_answer(magic: str, tmp_path: Path) -> None:
    """As under `%%time`; another magic is dropped."""
    found = read_text(tmp_path, notebook(f"x = 1\n{magic} q1a = r'd'\n%whos"), "s01.ipynb")
    assert found.responses["q1a"].text == "d"
    assert [note.data["count"] for note in found.notes] == [1]


def test_a_syntax_error_says_its_cell(tmp_path: Path) -> None:
    """Lines count from the start of the cell."""
    fault = (
        read_text(tmp_path, notebook("x = 1", "# %% q2\ndef clip(x)\n    return x"), "s01.ipynb")
        .responses["q2"]
        .fault
    )
    assert fault is not None
    assert (fault.data["cell"], fault.data["line"]) == (2, 2)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"cells": [', "broken notebook: it ends too early (line 1, column 12)"),
        ("[1]", "not a notebook: no cells in it"),
        ('{"nbformat": 4}', "not a notebook: no cells in it"),
        ("[" * 100_000, "broken notebook: nested too deep to read"),
    ],
)
def test_a_broken_notebook_is_refused_in_one_line(text: str, reason: str, tmp_path: Path) -> None:
    """Staff read what is wrong and where."""
    with pytest.raises(SubmissionError) as error:
        read_text(tmp_path, text, "s01.ipynb")
    assert str(error.value) == f"s01.ipynb: {reason}"


def test_a_notebook_full_of_pictures_is_read(tmp_path: Path) -> None:
    """Fifty megabytes of outputs are nobody's fault; beyond a hundred it is said."""
    content = json.loads(notebook("q1a = r'd'"))
    content["cells"][0]["outputs"] = [{"data": {"image/png": "A" * 50_000_000}}]
    assert read_text(tmp_path, json.dumps(content), "s01.ipynb").responses["q1a"].text == "d"
    with (tmp_path / "s01.ipynb").open("r+b") as stream:
        stream.truncate(100_000_001)
    with pytest.raises(SubmissionError, match=r"^s01\.ipynb: larger than 100 MB$"):
        read_file(tmp_path / "s01.ipynb", pumps())


def test_an_old_notebook_is_read(tmp_path: Path) -> None:
    """Format 3 kept its cells in worksheets."""
    cells = [{"cell_type": "code", "input": ["q1a = r'd'"]}]
    text = json.dumps({"nbformat": 3, "worksheets": [{"cells": cells}]})
    assert read_text(tmp_path, text, "s01.ipynb").responses["q1a"].text == "d"


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    """Windows editors leave one."""
    text = notebook("q1a = r'd'").encode("utf-8-sig")
    assert read_text(tmp_path, text, "s01.ipynb").responses["q1a"].text == "d"


def test_a_notebook_under_the_name_of_a_sheet_is_a_notebook(tmp_path: Path) -> None:
    """Browsers like to save `.ipynb` as `.json`."""
    assert read_text(tmp_path, notebook("q1a = r'd'"), "s01.json").responses["q1a"].text == "d"
