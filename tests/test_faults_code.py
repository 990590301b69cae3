"""Whole runs whose processes behind the wall are killed, stand still or want too much memory."""

import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from faulty import ANSWERS, Run, adopting, graded, lay_out, litter, start, until, written

SLOW = {**ANSWERS, "b1": "def f():\n    import time\n    time.sleep(1)\n    return 1"}
WRONG = {**SLOW, "b2": "def g():\n    return 3"}
CLASS = {"ann": SLOW, "bo": WRONG, "cy": SLOW, "dee": WRONG, "eve": SLOW}


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
def run(tmp_path: Path) -> Run:
    """A run that has just been started."""
    return start(lay_out(tmp_path, CLASS), "--jobs", "1")


def as_usual(run: Run, undisturbed: dict[str, bytes]) -> None:
    found = run.ends()
    assert (found.code, found.err) == (0, "")
    assert written(run.root / "out") == undisturbed
    assert litter(run.root / "out") == []


def zygote(run: Run) -> int:
    """The zygote, as soon as it is there."""
    found: list[int] = until(run.zygotes)
    return found[0]


def child(run: Run) -> int:
    """A child that runs the slow answer; the first to live is one, all others are quick."""

    def lives() -> list[int]:
        before = set(run.children())
        time.sleep(0.3)
        return sorted(before & set(run.children()))

    found: list[int] = until(lives)
    return found[0]


def worker(run: Run) -> int:
    """The only worker."""
    (found,) = [pid for pid, line in run.below().items() if "spawn_main" in line]
    return found


def finished(run: Run, count: int) -> bool:
    """Whether so many students have their result."""
    return len(list(run.root.glob("out/results/*.json"))) == count


def test_processes_that_are_killed_by_chance(run: Run, undisturbed: dict[str, bytes]) -> None:
    """A zygote that starts, a child that runs, what stands above it: nobody loses anything."""
    os.kill(zygote(run), signal.SIGKILL)
    for count, above in enumerate((child, zygote, worker)):
        until(partial(finished, run, 1 + count))
        child(run)
        os.kill(above(run), signal.SIGKILL)
    as_usual(run, undisturbed)


@pytest.mark.parametrize(
    ("number", "moment"), [(signal.SIGINT, zygote), (signal.SIGINT, child), (signal.SIGKILL, child)]
)
def test_a_run_that_ends_while_code_runs(
    run: Run, undisturbed: dict[str, bytes], number: signal.Signals, moment: Callable[[Run], int]
) -> None:
    """While torch is loaded or a child runs: the next run does the rest."""
    moment(run)
    run.process.send_signal(number)
    found = run.ends()
    assert (found.code, found.err) == (-number if number == signal.SIGKILL else 130, "")
    if moment is child and number == signal.SIGKILL:
        as_usual(start(run.root, "--jobs", "1"), undisturbed)


def test_code_that_wants_too_much_costs_itself(tmp_path: Path) -> None:
    """An array too large for the memory is said to be that, and is no time-out."""
    answers = {
        "tensor": "def f():\n    return torch.ones(10**6, 10**6)",
        "array": "def f():\n    return np.ones((10**5, 10**6))",
        "list": "def f():\n    return [0] * 10**9",
        "endless": "def f():\n    while True: pass",
    }
    root = lay_out(tmp_path, {name: {**ANSWERS, "b1": text} for name, text in answers.items()})
    found = graded(root, "--jobs", "1")
    assert (found.code, found.err) == (0, "")
    results = [json.loads(path.read_text()) for path in root.glob("out/results/*")]
    codes = {each["student"]: each["questions"][2]["code"] for each in results}
    assert codes == {"tensor": "raises", "array": "raises", "list": "raises", "endless": "timeout"}
    said = {each["student"]: each["questions"][2]["feedback"] for each in results}
    assert all(each["questions"][3]["score"] == 1 for each in results), said
    assert "MemoryError" in said["array"] and "allocate" in said["tensor"]
