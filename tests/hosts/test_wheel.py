"""The package as a wheel: what is in it, and that pip and Python take it."""

import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import autograder
from autograder.errors import UsageError
from autograder.hosts.packing import write_zip
from autograder.hosts.wheel import read_project, wheel_files

PACKAGE = Path(autograder.__file__).parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the package as it stands here."""
    name, files = wheel_files()
    path = tmp_path_factory.mktemp("wheel") / name
    write_zip(path, files)
    return path


def names(wheel: Path) -> set[str]:
    """All files of a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_all_of_the_package_is_in_it_and_nothing_else(wheel: Path) -> None:
    """What isn't Python too, such as scripts and templates; no cache, no key, no assignment."""
    there = {
        path.relative_to(PACKAGE.parent).as_posix()
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {name for name in names(wheel) if ".dist-info/" not in name} == there


def test_the_same_source_gives_the_same_bytes(wheel: Path, tmp_path: Path) -> None:
    """Whenever it is made."""
    write_zip(tmp_path / "again.whl", wheel_files()[1])
    assert (tmp_path / "again.whl").read_bytes() == wheel.read_bytes()


def test_its_description_says_what_the_project_says(wheel: Path) -> None:
    """Name, version, Python and every package that grading needs, none that only tests need."""
    project = read_project(PACKAGE.parent / "pyproject.toml")
    with zipfile.ZipFile(wheel) as archive:
        said = archive.read(f"autograder-{project.version}.dist-info/METADATA").decode()
    lines = said.splitlines()
    assert f"Version: {project.version}" in lines
    assert f"Requires-Python: {project.python}" in lines
    needed = [line.partition(": ")[2] for line in lines if line.startswith("Requires-Dist")]
    assert needed == [*project.dependencies]
    assert "pytest" not in said


def test_every_file_is_recorded_with_its_digest(wheel: Path) -> None:
    """As pip checks it."""
    with zipfile.ZipFile(wheel) as archive:
        record = next(name for name in archive.namelist() if name.endswith("/RECORD"))
        rows = [line.rsplit(",", 2) for line in archive.read(record).decode().splitlines()]
        assert {name for name, _, _ in rows} == names(wheel)
        for name, _, size in rows:
            assert name == record or int(size) == len(archive.read(name))
    assert len(rows[0][1]) == len("sha256=") + len(hashlib.sha256().digest()) * 4 // 3 + 1


def test_pip_installs_it_and_it_runs(wheel: Path, tmp_path: Path) -> None:
    """Without a network, without anything else: its command line needs nothing."""
    where = tmp_path / "site"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps"]
    subprocess.run([*pip, "--target", str(where), str(wheel)], check=True, cwd=tmp_path)
    start = "import runpy, sys; sys.path.insert(0, sys.argv.pop(1)); "
    start += "runpy.run_module('autograder', run_name='__main__')"
    ran = subprocess.run(
        [sys.executable, "-I", "-S", "-c", start, str(where), "--help"],
        capture_output=True, text=True, check=True, cwd=tmp_path,
    )  # fmt: skip
    assert ran.stdout.startswith("usage: ")
    assert (where / "bin" / "autograder").is_file()


def test_without_the_project_it_says_what_is_missing(tmp_path: Path) -> None:
    """An installed package has no `pyproject.toml` beside it."""
    (tmp_path / "autograder").mkdir()
    with pytest.raises(UsageError, match=r"pyproject\.toml; package from a copy"):
        wheel_files(tmp_path / "autograder")
