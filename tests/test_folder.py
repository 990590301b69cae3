"""The output folder: who may write there, and what a killed run has left."""

from pathlib import Path

import pytest

from autograder.errors import UsageError
from autograder.folder import alone, put


def test_what_a_killed_run_left_is_removed(tmp_path: Path) -> None:
    """Our own names only, wherever we write."""
    ours = (
        "results/.ann.json.part", "results/.ann.json.4711.part", ".grades.csv.part",
        "previous/0001/results/.ann.json.part", "previous/0001/.run.json.part",
    )  # fmt: skip
    others = ("results/ann.json", "grades.csv", ".film.part", "results/x.part", "a/.b.json.part")
    for name in (*ours, *others):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    with alone(tmp_path):
        pass
    files = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*")}
    assert files == {*others}


def test_one_run_at_a_time(tmp_path: Path) -> None:
    """The next one may when the first is done."""
    out = tmp_path / "new/out"
    with alone(out):
        said = "another run writes to .*out; wait for its end"
        with pytest.raises(UsageError, match=said), alone(out):
            raise AssertionError
        put(out / "there/a.csv", b"1")
    with alone(out):
        assert (out / "there/a.csv").read_bytes() == b"1"


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_file_that_can_not_be_finished_is_the_file_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    """Nothing half done lies beside it."""
    put(tmp_path / "a.csv", b"before")

    def fails(path: Path, data: bytes) -> int:
        path.touch()
        raise error

    monkeypatch.setattr(Path, "write_bytes", fails)
    with pytest.raises((UsageError, KeyboardInterrupt)):
        put(tmp_path / "a.csv", b"after")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"before"]
