"""Whole runs whose output folder is full, takes no files, or isn't a folder."""

import errno
import resource
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from faulty import ANSWERS, adopting, graded, lay_out, litter, written

TYPED = {name: text for name, text in ANSWERS.items() if name[0] in "ac"}
CLASS = {f"s{number}": TYPED for number in range(6)}


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    """Every process that a test has started is gone after it."""
    with adopting():
        yield


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Assignment and class."""
    return lay_out(tmp_path, CLASS)


@pytest.fixture
def disk(root: Path) -> Iterator[Path]:
    """A small disk for the output folder; where it can't be had, the test is not for here."""
    (root / "out").mkdir()
    if not mount(root / "out", "size=12k"):
        pytest.skip("needs the right to mount a file system")
    yield root / "out"
    subprocess.run(["umount", str(root / "out")], check=True)


def mount(folder: Path, options: str) -> bool:
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    try:
        return subprocess.run(command, capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


def undisturbed(root: Path) -> dict[str, bytes]:
    """What a run writes that nothing happens to, into another folder."""
    assert graded(root, out="other").code == 0
    return written(root / "other")


def test_a_full_disk(root: Path, disk: Path) -> None:
    """One line; what is finished is whole; with more room the same command does the rest."""
    found = graded(root)
    assert found.code == 2
    assert found.err == (
        f"autograder: can't write to {where(found.err)}: No space left on device; make room there,"
        " then run the same command again\n"
    )
    done = written(disk)
    assert 0 < len(done) < 6 and litter(disk) == []
    assert mount(disk, "remount,size=10m")
    expected = undisturbed(root)
    assert done.items() <= expected.items()
    assert graded(root).code == 0
    assert (written(disk), litter(disk)) == (expected, [])


def test_a_disk_that_is_full_when_more_come_in(root: Path, disk: Path) -> None:
    """The tables of the run before stay as they were."""
    assert mount(disk, "remount,size=32k")
    for number in range(2, 6):
        (root / f"class/s{number}.py").rename(root / f"s{number}.py")
    assert graded(root).code == 0
    before = (disk / "grades.csv").read_bytes()
    for number in range(2, 6):
        (root / f"s{number}.py").rename(root / f"class/s{number}.py")
    assert graded(root).code == 2
    assert (disk / "grades.csv").read_bytes() == before
    assert litter(disk) == []


def test_a_disk_that_takes_no_changes(root: Path, disk: Path) -> None:
    """Said before anything is graded."""
    assert mount(disk, "remount,ro")
    found = graded(root)
    assert (found.code, found.err.count("\n")) == (2, 1)
    assert "Read-only file system; make it writable or choose another --out" in found.err


def test_files_that_may_not_grow(root: Path) -> None:
    """A quota, by the limit that every user can set."""
    expected = undisturbed(root)
    found = graded(root, before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1500, 1500)))
    assert (found.code, found.err.count("\n")) == (2, 1)
    assert "File too large; make room there" in found.err
    assert litter(root / "out") == []
    assert graded(root).code == 0
    assert written(root / "out") == expected


@pytest.mark.parametrize(
    ("out", "reason"),
    [
        ("class/s1.py", "File exists"),
        ("class/s1.py/out", "Not a directory"),
        ("/proc/here", "No such file or directory"),
    ],
)
def test_a_folder_that_can_not_be(root: Path, out: str, reason: str) -> None:
    """One line, nothing graded."""
    found = graded(root, out=out)
    assert (found.code, found.out) == (2, "")
    assert found.err == (
        f"autograder: can't write to {out}: {reason}; make it writable or choose another --out,"
        " then run the same command again\n"
    )


@pytest.mark.parametrize("at", [0, 3, 7])
def test_each_write_may_be_the_one_that_fails(root: Path, at: int) -> None:
    """Nothing half done, one line, and the same command goes on."""
    found = graded(root, patches=FAILING.format(at=at, number=errno.ENOSPC))
    assert (found.code, found.err.count("\n")) == (2, 1), found.err
    assert litter(root / "out") == []
    assert graded(root).code == 0
    assert written(root / "out") == undisturbed(root)


# All writes from a certain one on fail, with half of the first on the disk.
FAILING = """
from itertools import count
from pathlib import Path
write, turns = Path.write_bytes, count()
def failing(path, data):
    if next(turns) < {at}:
        return write(path, data)
    write(path, data[: len(data) // 2])
    raise OSError({number}, "No space left on device")
Path.write_bytes = failing
"""


def where(line: str) -> str:
    """The file that a message names."""
    return line.partition("can't write to ")[2].partition(":")[0]
