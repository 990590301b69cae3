"""The folder that `otter generate` is run in."""

import ast
import json
import zipfile
from pathlib import Path

import pytest
from made_up import assignment, on_disk

from autograder.assignment import Assignment
from autograder.errors import AssignmentError, UsageError
from autograder.hosts.otter import folder as otter_folder
from autograder.hosts.otter import package_otter
from autograder.hosts.workstation import TORCH

COURSE = "autograder-course"


@pytest.fixture
def made(tmp_path: Path) -> Assignment:
    """The made-up assignment where an author has it, with a class that has handed in."""
    root = on_disk(tmp_path / "author")
    (root / "solutions" / "sky" / "class").mkdir()
    (root / "solutions" / "sky" / "class" / "ann.py").write_text("a1 = 'sun'")
    return assignment(root / "assignments" / "sky")


@pytest.fixture
def folder(made: Assignment, tmp_path: Path) -> Path:
    """What is made of it."""
    return package_otter(made, tmp_path / "dist")


def contents(folder: Path) -> dict[str, bytes]:
    """Every file by its name."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_the_course_travels_with_its_key_and_without_its_class(folder: Path) -> None:
    """In the one folder that goes into otter's `files/`."""
    inside = {path.relative_to(folder / COURSE).as_posix() for path in folder.rglob("sky/*")}
    assert inside == {
        "assignments/sky/spec.py",
        "assignments/sky/answers.py",
        "solutions/sky/answers.py",
        "solutions/sky/secret",
    }


def test_no_python_file_lies_where_otter_would_take_it_for_a_submission(folder: Path) -> None:
    """The top of `files/`, and of what `otter generate` is told to put there."""
    assert not [*folder.glob("*.py"), *folder.glob("*.ipynb"), *(folder / COURSE).glob("*.py")]


def test_the_wheel_is_required_by_the_path_that_it_will_have(folder: Path) -> None:
    """Where Gradescope unpacks otter's zip; torch is the build for the CPU, all by constraints."""
    lines = (folder / "requirements.txt").read_text().splitlines()
    inside = f"/autograder/source/files/{COURSE}/"
    paths = [line.split()[-1] for line in lines if inside in line]
    assert all((folder / COURSE / path.removeprefix(inside)).is_file() for path in paths)
    assert [Path(path).suffix for path in paths] == [".txt", ".whl"]
    assert f"torch=={TORCH}+cpu" in lines


def test_no_key_is_in_the_wheel(folder: Path) -> None:
    """It is the same for all assignments."""
    (wheel,) = (folder / COURSE).glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        assert {name.split("/")[0].split("-")[0] for name in archive.namelist()} == {"autograder"}


def test_the_one_test_is_of_the_exception_style(folder: Path) -> None:
    """otter's other style compares text."""
    (test,) = (folder / "tests").iterdir()
    names = {
        node.targets[0].id: node.value
        for node in ast.parse(test.read_text()).body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    style, points = names["OK_FORMAT"], names["points"]
    assert isinstance(style, ast.Constant) and style.value is False
    assert isinstance(points, ast.Constant) and points.value == 0


def test_staff_choose_when_students_see_the_results(made: Assignment, tmp_path: Path) -> None:
    """It is the plugin's option, which can be edited later."""
    folder = package_otter(made, tmp_path, "after_published")
    (plugin,) = json.loads((folder / "otter_config.json").read_text())["plugins"]
    assert [*plugin.values()] == [{"assignment": "sky", "visibility": "after_published"}]


def test_a_second_time_gives_the_same_and_nothing_of_the_first_stays(
    made: Assignment, folder: Path
) -> None:
    """The folder is replaced whole, with the zip that otter has made in it."""
    before = contents(folder)
    (folder / "autograder.zip").write_text("made of the old folder")
    assert package_otter(made, folder.parent) == folder
    assert contents(folder) == before
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


@pytest.mark.parametrize("config", [None, "{}", '{"plugins": ["other.Plugin"]}', "[", "[]"])
def test_what_somebody_else_has_put_there_stays(
    made: Assignment, tmp_path: Path, config: str | None
) -> None:
    """A folder without our plugin in its configuration isn't ours."""
    (tmp_path / "sky-otter").mkdir()
    (tmp_path / "sky-otter" / "thesis.tex").write_text("years of work")
    if config is not None:
        (tmp_path / "sky-otter" / "otter_config.json").write_text(config)
    with pytest.raises(UsageError, match="move it away or choose another --out"):
        package_otter(made, tmp_path)
    assert (tmp_path / "sky-otter" / "thesis.tex").read_text() == "years of work"


def test_a_file_in_the_way_stays(made: Assignment, tmp_path: Path) -> None:
    """Whatever it is."""
    (tmp_path / "sky-otter").write_text("a file")
    with pytest.raises(UsageError, match="move it away"):
        package_otter(made, tmp_path)


def test_a_failure_leaves_what_was_there(
    made: Assignment, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk, a key that is gone."""
    before = contents(folder)

    def full(path: Path, data: bytes) -> None:
        raise UsageError("no space left")

    monkeypatch.setattr(otter_folder, "put", full)
    with pytest.raises(UsageError, match="no space left"):
        package_otter(made, folder.parent)
    (made.solution / "answers.py").unlink()
    with pytest.raises(AssignmentError, match="no reference"):
        package_otter(made, folder.parent)
    assert contents(folder) == before
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]
