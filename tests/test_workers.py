"""Workers: what one process gives, and what an answer costs that ends one or stops one."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from made_up import Bench, Word, here, on_disk, open_grader, submission

from autograder import workers
from autograder.assignment import Assignment, load
from autograder.grading import Grader
from autograder.verdict import SubmissionResult, Verdict
from autograder.workers import OpenGrader, in_workers


class Fragile(Word):
    """A kind that an answer can end or stop."""

    def read(self, answer: Any) -> Any:
        if answer.text == "die":
            os._exit(7)
        if answer.text == "hang":
            time.sleep(1000)
        return super().read(answer)


@contextmanager
def open_fragile(made: Assignment) -> Iterator[Grader]:
    yield Bench().grader(made.folder, a1=Fragile(), a2=Fragile())


@pytest.fixture
def made(tmp_path: Path) -> Assignment:
    """An assignment that a worker can load."""
    return load(str(on_disk(tmp_path) / "assignments/sky"))


def graded(
    made: Assignment, count: int, opener: OpenGrader, **answers: str
) -> dict[str, SubmissionResult]:
    """Each student's answer to a1."""
    class_ = [submission(student, a1=text, a2="moon") for student, text in answers.items()]
    return {result.student: result for result in in_workers(class_, made, count, opener)}


SCRIPT = "from autograder.cli import main\nif __name__ == '__main__':\n    main()\n"


@pytest.mark.parametrize("by_module", [False, True])
def test_nothing_is_imported_from_the_folder_of_submissions(
    by_module: bool, tmp_path: Path
) -> None:
    """Where staff grade from inside it; a student may call a file as Python does one of its own."""
    on_disk(tmp_path)
    (tmp_path / "command.py").write_text(SCRIPT)
    (class_ := tmp_path / "class").mkdir()
    for name in ("multiprocessing", "pickle", "argparse", "signal"):
        (class_ / f"{name}.py").write_text("a1 = 'sun'\nopen('../ran', 'w')\n")
    command = ["-m", "autograder"] if by_module else [str(tmp_path / "command.py")]
    root = Path(workers.__file__).parents[1]
    subprocess.run(
        [sys.executable, *command, "grade", "../assignments/sky", ".", "--out", "../out"],
        cwd=class_, env={"PYTHONPATH": f"{root}:{root / 'tests'}"}, capture_output=True,
    )  # fmt: skip
    assert len([*(tmp_path / "out" / "results").glob("*.json")]) == 4
    assert not (tmp_path / "ran").exists()


def test_workers_give_what_one_process_gives(made: Assignment) -> None:
    """Whatever their number."""
    class_ = [submission(f"s{n}", a1="sun") for n in range(5)]
    alone = list(here(class_, made, 1, open_grader))
    for count in (1, 2):
        found = sorted(in_workers(class_, made, count, open_grader), key=lambda r: r.student)
        assert found == alone


@pytest.mark.parametrize("count", [1, 2])
def test_an_answer_that_ends_a_worker_costs_itself_alone(made: Assignment, count: int) -> None:
    """The same student's other answers count, and everybody else's."""
    found = graded(made, count, open_fragile, ann="sun", bo="die", cy="sun", dee="sun")
    assert [found[name].score for name in ("ann", "bo", "cy", "dee")] == [2, 1, 2, 2]
    lost = found["bo"].questions[0]
    assert (lost.verdict, lost.code) == (Verdict.INVALID, "stopped_reader")
    assert lost.staff_note == "exit status 7"


def test_an_answer_that_stops_a_worker_is_given_up(
    made: Assignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After its time; the clock is ours."""
    monkeypatch.setattr(workers, "PATIENCE", 1.0)
    found = graded(made, 1, open_fragile, ann="hang", bo="sun")
    assert found["ann"].questions[0].staff_note == "no answer within 1 s"
    assert (found["ann"].score, found["bo"].score) == (1, 2)


def test_a_grader_that_never_opens_is_our_own_fault(made: Assignment) -> None:
    """Each submission says so; nothing is wrong by it."""
    found = graded(made, 1, _never, ann="sun")
    assert {question.code for question in found["ann"].questions} == {"grader_fault"}
    assert "its worker ended: exit status 9" in found["ann"].notes


@contextmanager
def _never(made: Assignment) -> Iterator[Grader]:
    os._exit(9)
    yield Bench().grader(made.folder)


TOLD_TWICE = """
import os, signal, threading
from autograder import workers
workers._settle(0)
threading._register_atexit(os.kill, os.getpid(), signal.SIGTERM)
os.kill(os.getpid(), signal.SIGTERM)
"""


def test_a_worker_that_is_told_twice_to_end_says_nothing() -> None:
    """By the terminal that is closed, and by the run that ends with it."""
    done = subprocess.run([sys.executable, "-c", TOLD_TWICE], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
