"""The generated files, and whether they say what the spec says."""

from dataclasses import replace
from pathlib import Path

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
