"""The generated files, and whether they say what the spec says."""

import json
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from small import small

from autograder.handout import artefacts, differences, write

NAMES = ["answers.py", "answers.ipynb", "README.md", "handout.html"]


def test_the_files_have_fixed_names() -> None:
    """What a student gets."""
    assert list(artefacts(small())) == NAMES


def test_files_are_the_same_every_time() -> None:
    """No dates, no random ids."""
    assert artefacts(small()) == artefacts(small())


def test_missing_files_are_named(tmp_path: Path) -> None:
    """Before the first time."""
    assert differences(small(tmp_path)) == [f"{name}: missing" for name in NAMES]


def test_written_files_are_in_step(tmp_path: Path) -> None:
    """A second time there is nothing to write."""
    assert write(small(tmp_path)) == NAMES
    assert differences(small(tmp_path)) == []
    assert write(small(tmp_path)) == []


def test_the_first_line_that_differs_is_shown(tmp_path: Path) -> None:
    """An author sees where."""
    write(small(tmp_path))
    found = differences(replace(small(tmp_path), title="Big things"))
    assert found[0] == (
        'answers.py, line 2: \'r"""Small things: your answers.  Hand in this one file.\'; '
        'the spec says \'r"""Big things: your answers.  Hand in this one file.\''
    )
    assert len(found) == len(NAMES)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda data: data + b"more\n", "README.md, line "),
        (lambda data: data.replace(b"\n", b"\r\n"), "README.md: line ends differ"),
    ],
    ids=["a line more", "Windows"],
)
def test_every_byte_counts(tmp_path: Path, change: object, said: str) -> None:
    """Also what a viewer wouldn't show."""
    write(small(tmp_path))
    path = tmp_path / "README.md"
    path.write_bytes(change(path.read_bytes()))  # type: ignore[operator]
    assert differences(small(tmp_path))[0].startswith(said)


def test_the_notebook_has_the_cells_of_the_stub() -> None:
    """Each wording in front of the place for its answer; ids are names."""
    made = artefacts(small())
    book = nbformat.reads(made["answers.ipynb"], as_version=4)
    nbformat.validate(book)
    code = [cell for cell in book.cells if cell.cell_type == "code"]
    assert [cell.id for cell in code] == ["imports", "q1", "q2", "q3", "q4", "q5", "q6", "q7"]
    assert code[0].source.startswith("# autograder: small 1.0\nimport math\n")
    assert code[1].source == '# %% q1  (formula, 1 point)\nq1 = r"____"'
    assert all(cell.source.splitlines()[0] in made["answers.py"] for cell in code)
    texts = {cell.id: cell.source for cell in book.cells if cell.cell_type == "markdown"}
    assert texts["q1-text"] == "### q1  (formula, 1 point)\n\nGive $S^2$, with `x` in code."
    assert json.loads(made["answers.ipynb"])["metadata"]["kernelspec"]["name"] == "python3"
