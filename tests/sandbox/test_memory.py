"""What a child may allocate where its container is small; the control groups are made up."""

from pathlib import Path

import pytest

from autograder.sandbox.memory import LEAST, SHARE, allowed

MB = 1 << 20
GB = 1 << 30


def group(folder: Path, most: str, used: int, version: int = 2) -> None:
    """A control group's files as the kernel shows them."""
    names = ("memory.max", "memory.current")
    if version == 1:
        names = ("memory.limit_in_bytes", "memory.usage_in_bytes")
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in zip(names, (most, str(used)), strict=True):
        (folder / name).write_text(f"{text}\n")


@pytest.mark.parametrize(("version", "inner"), [(1, "memory"), (2, "")])
def test_a_small_container_leaves_a_child_a_share_of_what_is_left(
    tmp_path: Path, version: int, inner: str
) -> None:
    """768 MB, of which the grader and torch have some; seen as the root from inside."""
    group(tmp_path / inner, str(768 * MB), 300 * MB, version)
    assert allowed(GB, tmp_path, "0::/") == int(SHARE * 468 * MB)


def test_the_tightest_group_around_counts(tmp_path: Path) -> None:
    """A container's limit may stand above the group that we are in."""
    group(tmp_path / "pods", str(2 * GB), 512 * MB)
    group(tmp_path / "pods/one", "max", 400 * MB)
    assert allowed(2 * GB, tmp_path, "0::/pods/one") == int(SHARE * 1536 * MB)
    group(tmp_path / "pods/one", str(GB), 400 * MB)
    assert allowed(2 * GB, tmp_path, "0::/pods/one") == int(SHARE * 624 * MB)


def test_each_version_has_groups_of_its_own(tmp_path: Path) -> None:
    """Both may be there; other controllers say nothing of memory."""
    group(tmp_path / "memory/job", str(GB), 0, version=1)
    groups = "5:cpu:/other\n4:memory:/job\n0::/user"
    assert allowed(4 * GB, tmp_path, groups) == int(SHARE * GB)


@pytest.mark.parametrize("most", ["max", str(1 << 62), "nonsense"])
def test_without_a_limit_a_child_gets_what_is_asked_for(tmp_path: Path, most: str) -> None:
    """Also where there are no groups at all."""
    assert allowed(GB, tmp_path / "none", "") == GB
    group(tmp_path, most, 0)
    assert allowed(GB, tmp_path, "0::/") == GB


def test_copies_of_files_are_given_back(tmp_path: Path) -> None:
    """Torch's own files fill a small container; the kernel drops them when it needs room."""
    group(tmp_path, str(768 * MB), 700 * MB)
    (tmp_path / "memory.stat").write_text(f"anon 1\ninactive_file {400 * MB}\nactive_file 9\n")
    assert allowed(GB, tmp_path, "0::/") == int(SHARE * 468 * MB)


def test_a_full_container_leaves_what_is_needed_to_say_so(tmp_path: Path) -> None:
    """Less would end the child before any code runs."""
    group(tmp_path, str(768 * MB), 760 * MB)
    assert allowed(GB, tmp_path, "0::/") == LEAST
    assert allowed(100 * MB, tmp_path, "0::/") == 100 * MB
