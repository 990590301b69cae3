"""Whole runs that something happens to: what is left, what is said, what the next run makes of it.

Whatever happens, the next run comes to the same results and grades as one that nothing happened to.
"""

import json
import os
import re
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from faulty import (
    ANSWERS,
    Ran,
    Run,
    adopting,
    graded,
    lay_out,
    litter,
    start,
    until,
    written,
)

TYPED = {name: text for name, text in ANSWERS.items() if name[0] in "ac"}
GATED = {**TYPED, "a2": "gate"}
CLASS = {"ann": GATED, "bo": {**GATED, "a1": "mars"}, "cy": TYPED, "dee": {**TYPED, "a1": "$"}}
STOPPED = re.compile(r"stopped: \d of 4 are graded; the same command goes on from there\n\Z")


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    """Every process that a test has started is gone after it."""
    with adopting():
        yield


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What a run writes that nothing happens to."""
    root = lay_out(tmp_path_factory.mktemp("undisturbed"), CLASS)
    assert graded(root).code == 0
    return written(root / "out")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Assignment and class; two answers wait at the gate."""
    lay_out(tmp_path, CLASS)
    (tmp_path / "gate").touch()
    return tmp_path


def goes_on(root: Path, undisturbed: dict[str, bytes]) -> None:
    """The next run: nothing is left over, and nothing differs."""
    assert_whole(root / "out")
    (root / "gate").unlink(missing_ok=True)
    found = graded(root)
    assert (found.code, found.err) == (0, "")
    assert (written(root / "out"), litter(root / "out")) == (undisturbed, [])


def assert_whole(out: Path) -> None:
    """What there is can be read, and grades.csv has every row it should."""
    for path in out.glob("results/*.json"):
        assert len(json.loads(path.read_text())["questions"]) == 5
    if (out / "grades.csv").exists():
        assert len({line.count(",") for line in (out / "grades.csv").read_text().splitlines()}) == 1


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("again", [False, True])
def test_ctrl_c(root: Path, undisturbed: dict[str, bytes], jobs: str, again: bool) -> None:
    """Once, or again and again: one line, the tables are there, the same command goes on."""
    run = start(root, "--jobs", jobs)
    run.reached(int(jobs))
    run.interrupt()
    while again and run.process.poll() is None:
        time.sleep(0.01)
        with suppress(ProcessLookupError):
            run.interrupt()
    found = run.ends()
    assert (found.code, found.err) == (130, "")
    assert STOPPED.search(found.out)
    assert (root / "out/grades.csv").exists() and litter(root / "out") == []
    goes_on(root, undisturbed)


@pytest.mark.parametrize(
    ("number", "group"), [(signal.SIGTERM, True), (signal.SIGTERM, False), (signal.SIGHUP, True)]
)
def test_a_request_to_end(
    root: Path, undisturbed: dict[str, bytes], number: signal.Signals, group: bool
) -> None:
    """To the run alone, or to all of its processes, as when a terminal is closed."""
    run = start(root, "--jobs", "2")
    run.reached(2)
    run.interrupt(number) if group else run.process.send_signal(number)
    found = run.ends()
    assert (found.code, found.err) == (128 + number, "")
    assert STOPPED.search(found.out) and litter(root / "out") == []
    goes_on(root, undisturbed)


@pytest.mark.parametrize("moment", ["multiprocessing", "resource_tracker", "find_walls"])
def test_ctrl_c_while_it_starts(root: Path, undisturbed: dict[str, bytes], moment: str) -> None:
    """While the class is read, the layers are tried, the workers start: no traceback."""
    run = start(root, "--jobs", "2")
    until(lambda: any(moment in line for line in run.below().values()))
    run.interrupt()
    found = run.ends()
    assert found.code == 130
    assert found.err in ("", "autograder: stopped before the end\n")
    goes_on(root, undisturbed)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_run_that_is_killed(root: Path, undisturbed: dict[str, bytes], jobs: str) -> None:
    """Its workers end with it."""
    run = start(root, "--jobs", jobs)
    run.reached(int(jobs))
    run.process.kill()
    assert run.ends().code == -signal.SIGKILL
    goes_on(root, undisturbed)


@pytest.mark.parametrize("name", ["ann.json", "grades.csv", "run.json"])
def test_a_run_that_is_killed_while_it_writes(
    root: Path, undisturbed: dict[str, bytes], name: str
) -> None:
    """The half-written file is not the file; the next run removes it."""
    run = start(root, patches=WRITING.format(name=name))
    (root / "gate").unlink()
    run.reached()
    assert litter(root / "out") == [f".{name}.part"]
    run.process.kill()
    run.ends()
    assert not (root / "out" / name).exists()
    goes_on(root, undisturbed)


# Half of one file is written, then the run waits.
WRITING = """
import os, time
from pathlib import Path
write = Path.write_bytes
def half(path, data):
    if path.name != ".{name}.part":
        return write(path, data)
    write(path, data[: len(data) // 2])
    Path(f"reached.{{os.getpid()}}").touch()
    time.sleep(1000)
Path.write_bytes = half
"""


def test_a_run_that_is_killed_while_it_reads(root: Path, undisturbed: dict[str, bytes]) -> None:
    """Its reader ends with it."""
    run = start(root, patches=READING)
    until(lambda: len(run.below()) == 1)
    run.process.kill()
    run.ends()
    goes_on(root, undisturbed)


READING = """
import time
from autograder.formats import classes
classes.read_student = lambda *_: time.sleep(1000)
"""


def test_a_reader_that_is_killed_by_chance(root: Path, undisturbed: dict[str, bytes]) -> None:
    """The files are read again."""
    run = start(root, patches=READING_AT_THE_GATE)
    (reader,) = run.reached()
    os.kill(reader, signal.SIGKILL)
    (root / "gate").unlink()
    assert_as_usual(run.ends(), root, undisturbed)


READING_AT_THE_GATE = """
import faulty
from autograder.formats import classes
read = classes.read_student
classes.read_student = lambda *given: (faulty.reach(), read(*given))[1]
"""


@pytest.mark.parametrize(("jobs", "number"), [("1", signal.SIGKILL), ("2", signal.SIGTERM)])
def test_a_worker_that_is_killed_by_chance(
    root: Path, undisturbed: dict[str, bytes], jobs: str, number: signal.Signals
) -> None:
    """It is nobody's answer: another worker judges it again."""
    run = start(root, "--jobs", jobs)
    for pid in run.reached(int(jobs)):
        os.kill(pid, number)
        (root / f"reached.{pid}").unlink()
    run.reached(int(jobs))
    (root / "gate").unlink()
    assert_as_usual(run.ends(), root, undisturbed)


def test_a_worker_that_is_killed_while_it_starts(root: Path, undisturbed: dict[str, bytes]) -> None:
    """Another one starts."""
    (root / "gate").unlink()
    run = start(root)
    os.kill(until(lambda: workers_of(run))[0], signal.SIGKILL)
    assert_as_usual(run.ends(), root, undisturbed)


def test_a_worker_that_stands_still_by_chance(root: Path, undisturbed: dict[str, bytes]) -> None:
    """It is replaced when its time is up."""
    run = start(root, patches=IMPATIENT)
    (pid,) = run.reached()
    os.kill(pid, signal.SIGSTOP)
    (root / "gate").unlink()
    assert_as_usual(run.ends(), root, undisturbed)


IMPATIENT = "from autograder import workers; workers.PATIENCE = 3.0"


def workers_of(run: Run) -> list[int]:
    return [pid for pid, line in run.below().items() if "spawn_main" in line]


def assert_as_usual(found: Ran, root: Path, undisturbed: dict[str, bytes]) -> None:
    assert (found.code, found.err) == (0, "")
    assert (written(root / "out"), litter(root / "out")) == (undisturbed, [])


def test_answers_that_end_stop_or_fill_a_worker(tmp_path: Path) -> None:
    """They cost themselves; nobody else's result is another one."""
    bad = {"die": "die", "eat": "eat", "hang": "hang"}
    rest = {"ann": TYPED, "bo": {**TYPED, "a1": "mars"}}
    root = lay_out(
        tmp_path, {**rest, **{name: {**TYPED, "a1": text} for name, text in bad.items()}}
    )
    found = graded(root, patches="from autograder import workers; workers.PATIENCE = 1.0")
    assert (found.code, found.err) == (3, "")
    results = {path.stem: json.loads(path.read_text()) for path in root.glob("out/results/*")}
    codes = {name: result["questions"][0]["code"] for name, result in results.items()}
    assert codes["die"] == codes["hang"] == "stopped_reader"
    assert codes["eat"] == "grader_fault"
    assert all(result["questions"][1]["score"] == 1 for result in results.values())
    assert (codes["ann"], codes["bo"]) == ("right", "differs")


def test_a_clock_that_is_set_back_and_forth(root: Path, undisturbed: dict[str, bytes]) -> None:
    """All limits are by the clock that nobody sets."""
    (root / "gate").unlink()
    found = graded(root, patches=IMPATIENT + "; import faulty", LEAPING="yes")
    assert_as_usual(found, root, undisturbed)
    assert 0 <= json.loads((root / "out/run.json").read_text())["seconds"] < 60


def test_two_runs_for_one_folder(root: Path, undisturbed: dict[str, bytes]) -> None:
    """The second one says so, and the first goes on."""
    run = start(root)
    run.reached()
    second = graded(root)
    assert (second.code, second.out) == (2, "")
    assert second.err == (
        "autograder: another run writes to out; wait for its end, or choose another --out\n"
    )
    (root / "gate").unlink()
    assert_as_usual(run.ends(), root, undisturbed)
