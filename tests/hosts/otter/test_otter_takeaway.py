"""Whatever is in a submission's folder, otter finds an empty file there, and we find it all."""

import json
import os
from pathlib import Path

import pytest

from autograder.hosts.otter.takeaway import take_away

CODE = b"a1 = r'sun'\r\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A submission's folder, with what otter copies there before it asks a plugin."""
    made = tmp_path / "submission"
    (made / "tests").mkdir(parents=True)
    (made / "tests" / "stub.py").write_text("")
    (made / "course" / "solutions").mkdir(parents=True)
    (made / "course" / "solutions" / "answers.py").write_text("a1 = 'the key'")
    (made / "__init__.py").write_text("")
    return made


def taken(folder: Path, name: str) -> Path:
    """Where the student's files are now."""
    (private := folder.parent / "private").mkdir()
    return take_away(folder / name, private, {"tests", "course"})


@pytest.mark.parametrize("name", ["answers.py", "my answers (2).py", "é\u202e.py", "-rf.py"])
def test_a_file_alone_is_moved_as_it_is(folder: Path, name: str) -> None:
    """The bytes are the same; what stands in its place is empty."""
    (folder / name).write_bytes(CODE)
    found = taken(folder, name)
    assert (found.name, found.read_bytes()) == (name, CODE)
    assert os.listdir(folder) == [name]
    assert (folder / name).read_text() == ""


def test_a_notebook_leaves_an_empty_notebook(folder: Path) -> None:
    """One that otter can read."""
    (folder / "answers.ipynb").write_text("not even JSON")
    assert taken(folder, "answers.ipynb").read_text() == "not even JSON"
    assert json.loads((folder / "answers.ipynb").read_text())["cells"] == []


def test_everything_that_was_handed_in_is_moved(folder: Path) -> None:
    """Logs, modules, folders in folders, links, pipes."""
    (folder / "answers.py").write_bytes(CODE)
    (folder / ".OTTER_LOG").write_bytes(b"\x80\x04")
    (folder / "numpy.py").write_text("raise SystemExit")
    (folder / "deep" / "er").mkdir(parents=True)
    (folder / "deep" / "er" / "answers.json").write_text("{}")
    (folder / "outside").symlink_to("/etc")
    (folder / "nowhere.py").symlink_to("missing")
    os.mkfifo(folder / "pipe")
    found = taken(folder, "answers.py")
    assert os.listdir(folder) == ["answers.py"]
    assert sorted(os.listdir(found)) == sorted(
        ["answers.py", ".OTTER_LOG", "numpy.py", "deep", "outside", "nowhere.py", "pipe"]
    )
    assert (found / "deep" / "er" / "answers.json").read_text() == "{}"
    assert os.readlink(found / "outside") == "/etc"


def test_a_link_is_moved_and_what_it_points_to_stays_as_it_is(folder: Path) -> None:
    """The empty file is no way to write elsewhere."""
    (folder.parent / "secret.py").write_text("key")
    (folder / "answers.py").symlink_to(folder.parent / "secret.py")
    found = taken(folder, "answers.py")
    assert found.is_symlink()
    assert not (folder / "answers.py").is_symlink()
    assert (folder.parent / "secret.py").read_text() == "key"


def test_the_key_that_otter_copied_is_not_taken_for_answers(folder: Path) -> None:
    """Else everybody would have handed in the reference."""
    (folder / "answers.py").write_bytes(CODE)
    (folder / "other.json").write_text("{}")
    found = taken(folder, "answers.py")
    assert sorted(os.listdir(found)) == ["answers.py", "other.json"]


def test_a_module_file_of_the_students_own_is_kept(folder: Path) -> None:
    """otter puts an empty one there, which would make the answers a part of a package."""
    (folder / "answers.py").write_bytes(CODE)
    (folder / "__init__.py").write_text("x = 1")
    assert (taken(folder, "answers.py") / "__init__.py").read_text() == "x = 1"
