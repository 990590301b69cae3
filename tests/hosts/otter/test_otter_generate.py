"""`otter generate` as instructors type it: the zip is complete, or they read what to type."""

import warnings
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from autograder.assignment import load
from autograder.errors import UsageError
from autograder.hosts.otter import generating, package_otter
from autograder.renderers.otter import COURSE

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # not ours to mend
    generate = pytest.importorskip("otter.generate")

NAMED: dict[str, Callable[[Path], list[str]]] = {
    "nothing": lambda course: [],
    "the course": lambda course: [COURSE],
    "with a slash": lambda course: [f"./{COURSE}/"],
    "all of it": lambda course: [f"{COURSE}/{each.name}" for each in course.iterdir()],
    "something else": lambda course: ["README.txt"],
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What `package` made, and we are in it."""
    made = package_otter(load("attention"), tmp_path)
    monkeypatch.chdir(made)
    return made


def has_all(path: Path, course: Path) -> bool:
    """Whether each file of the course is in a zip, once, where the image looks for it."""
    with ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.startswith(f"files/{COURSE}/")]
    files = [each for each in course.rglob("*") if each.is_file()]
    wanted = [f"files/{each.relative_to(course.parent)}" for each in files]
    return sorted(name for name in names if not name.endswith("/")) == sorted(wanted)


@pytest.mark.parametrize("named", NAMED)
def test_from_python_the_course_is_in_the_zip(folder: Path, named: str) -> None:
    """Whatever files are named."""
    generate.main(files=NAMED[named](folder / COURSE) or None)
    assert has_all(folder / "autograder.zip", folder / COURSE)


@pytest.mark.parametrize("named", NAMED)
def test_on_the_command_line_too(folder: Path, named: str) -> None:
    """There they are a tuple; the other options hold."""
    files = tuple(NAMED[named](folder / COURSE))
    options = {"tests_dir": "tests", "output_path": "other.zip", "requirements": "requirements.txt"}
    try:
        generate.main(files=files, config="otter_config.json", **options)
    except SystemExit as end:
        assert not end.code  # made already
    assert has_all(folder / "other.zip", folder / COURSE)
    assert not (folder / "autograder.zip").exists()
    with ZipFile("other.zip") as archive:
        assert ".whl" in archive.read("environment.yml").decode()
        assert "tests/answers.py" in archive.namelist()


@pytest.mark.parametrize("files, error", [((), SystemExit), (None, UsageError)])
def test_elsewhere_it_says_what_to_type(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    files: tuple[str, ...] | None,
    error: type[BaseException],
) -> None:
    """And makes no zip that could not grade."""
    monkeypatch.chdir(folder.parent)
    with pytest.raises(error, match=f"go to the folder .* otter generate {COURSE}"):
        generate.main(files=files, config=f"{folder.name}/otter_config.json")
    assert not Path("autograder.zip").exists()


def test_the_whole_folder_is_refused(folder: Path) -> None:
    """otter would pack its zip into itself until the disk is full."""
    with pytest.raises(SystemExit, match="packed into itself"):
        generate.main(files=(".",))


def test_an_otter_that_is_built_another_way_is_told_what_to_type(folder: Path) -> None:
    """Nothing is guessed."""
    with pytest.raises(UsageError, match=f"otter generate {COURSE}"):
        generating.complete()
