"""A class: what is kept, what is graded, and what a fault costs."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from made_up import ANSWERS, Bench, Wall, assignment, here, open_grader, submission

from autograder import classroom, workers
from autograder.assignment import Assignment
from autograder.classroom import grade_class
from autograder.formats import Unread
from autograder.gradebook import Gradebook
from autograder.grading import Grader
from autograder.submission import Note, Submission
from autograder.verdict import SubmissionResult


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """What workers do is in test_workers.py."""
    monkeypatch.setattr(classroom, "in_workers", here)


def graded(
    out: Path, found: list[Submission | Unread], made: Assignment, **more: Any
) -> dict[str, SubmissionResult]:
    results = grade_class(found, made, Gradebook(out, made), **{"opener": open_grader, **more})
    return {result.student: result for result in results}


def test_a_rerun_grades_only_what_changed(tmp_path: Path) -> None:
    """Without a change no grader is even opened."""
    first = [submission("ann", **ANSWERS), submission("bo", a1="mars")]
    made = assignment()
    wall = Wall()

    @contextmanager
    def opener(made: Assignment) -> Iterator[Grader]:
        wall.started += 1
        grader = Bench().grader()
        grader.digest = made.digest()
        yield grader

    before = graded(tmp_path, [*first], made, opener=opener)
    again = graded(tmp_path, [*first], made, opener=opener)
    assert wall.started == 1
    assert before == again
    changed = [first[0], submission("bo", a1="sun")]
    assert graded(tmp_path, [*changed], made, opener=opener)["bo"].score == 1
    assert wall.started == 2


def test_an_unopened_submission_has_a_result_and_waits_for_nobody(tmp_path: Path) -> None:
    """No score, no marks; the reason for staff."""
    lena = Unread("lena", "lena.zip", "lena.zip: a web page")
    found = graded(tmp_path, [lena, submission("ann", **ANSWERS)], assignment())["lena"]
    assert {q.code for q in found.questions} == {"not_opened"}
    assert found.points == 0 and found.notes == ("lena.zip: a web page",)
    assert "lena" not in (tmp_path / "marks.csv").read_text()


def test_a_fault_of_our_reader_is_ours(tmp_path: Path) -> None:
    """It is told apart from a file that nobody could open."""
    note = Note("reader_failed", {"type": "KeyError"})
    found = graded(tmp_path, [Unread("lena", "l.py", "failed", (note,))], assignment())["lena"]
    assert {q.code for q in found.questions} == {"grader_fault"}


def test_a_fault_outside_all_questions_costs_one_student(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The class goes on."""
    grade = workers.grade

    def fails_for_ann(mine: Submission, grader: Grader) -> SubmissionResult:
        return {"bo": grade}[mine.student](mine, grader)

    monkeypatch.setattr(workers, "grade", fails_for_ann)
    both: list[Submission | Unread] = [submission("ann", a1="sun"), submission("bo", a1="sun")]
    found = graded(tmp_path, both, assignment())
    assert {q.code for q in found["ann"].questions} == {"grader_fault"}
    assert "KeyError: 'ann'" in found["ann"].questions[0].staff_note
    assert found["bo"].score == 1


def test_an_interruption_leaves_what_is_finished(tmp_path: Path) -> None:
    """A stopped run's results are valid, and the next run goes on from them."""
    found: list[Submission | Unread] = [submission("ann"), submission("bo")]
    made = assignment()
    graded = grade_class(found, made, Gradebook(tmp_path, made), opener=open_grader)
    assert next(graded).student == "ann"
    graded.close()
    assert [path.name for path in (tmp_path / "results").iterdir()] == ["ann.json"]
    assert (tmp_path / "grades.csv").read_text().count("\n") == 2
