"""Grading an upload: `results.json` is valid and true from the first moment, whatever happens."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from gradescope_format import assert_valid
from made_up import ANSWERS, Bench, assignment, filled, submission

from autograder.errors import AssignmentError, UsageError
from autograder.grading import grade
from autograder.hosts.gradescope import upload
from autograder.hosts.gradescope.upload import grade_upload
from autograder.verdict import QuestionResult, SubmissionResult

DUE = "2026-09-10T23:59:00+00:00"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A submission, its metadata and an old result, as they lie in Gradescope's container."""
    (tmp_path / "submission").mkdir()
    (tmp_path / "submission" / "answers.py").write_text(filled(**ANSWERS))
    about = {"users": [{"email": "ada@x.org"}], "assignment": {"due_date": DUE}}
    (tmp_path / "submission_metadata.json").write_text(json.dumps(about))
    (tmp_path / "results").mkdir()
    (tmp_path / "results" / "results.json").write_text('{"score": 99, "tests": []}')
    return tmp_path


@pytest.fixture
def grading(monkeypatch: pytest.MonkeyPatch) -> Callable[..., dict[str, Any]]:
    """Grade in the process of the test; `look` is called after each question."""
    seen: dict[str, Any] = {}

    def install(look: Callable[[], object] = lambda: None) -> dict[str, Any]:
        def single(path: Path, made: Any, student: str, **options: Any) -> SubmissionResult:
            seen.update(options, student=student)
            look()

            def ends(result: QuestionResult) -> None:
                options["said"](result)
                look()

            grader = Bench().grader(made.folder)
            grader.ends = ends
            return grade(submission(student, **ANSWERS), grader)

        monkeypatch.setattr(upload, "open_reference", lambda made: None)
        monkeypatch.setattr(upload, "grade_single", single)
        return seen

    return install


def content(root: Path) -> dict[str, Any]:
    """The file as it stands."""
    found: dict[str, Any] = json.loads((root / "results" / "results.json").read_bytes())
    assert_valid(found)
    return found


def run(root: Path, **options: Any) -> SubmissionResult:
    made = assignment()
    made = replace(made, feedback="hints; full after due")
    return grade_upload(made, root / "submission", root / "results" / "results.json", **options)[0]


def test_the_file_grows_as_questions_finish(root: Path, grading: Any) -> None:
    """An old file is gone first; what is still missing is there, without a score, and explained."""
    states: list[tuple[int, float]] = []

    def look() -> None:
        found = content(root)
        missing = [each for each in found["tests"] if each["output"] == "Not graded yet."]
        assert ("it stopped too early: that is not your fault" in found["output"]) == bool(missing)
        assert len(found["tests"]) == 5 and not any("score" in each for each in missing)
        states.append((len(missing), found["score"]))

    grading(look)
    run(root)
    assert states == [(5, 0), (4, 1), (3, 2), (2, 3), (1, 4), (0, 4)]
    assert content(root)["extra_data"]["finished"] and content(root)["execution_time"] >= 0


def test_there_is_a_true_file_at_every_moment(
    root: Path, grading: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even while the key is looked for: an old file is replaced, never missed."""
    grading()
    states = list[bool]()
    look = lambda made: states.append(content(root)["extra_data"]["finished"])  # noqa: E731
    monkeypatch.setattr(upload, "open_reference", look)
    run(root)
    assert states == [False]


def test_without_a_key_there_is_no_file(
    root: Path, grading: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither an old one nor one that promises more."""
    grading()

    def fails(made: object) -> None:
        raise AssignmentError("there is no key")

    monkeypatch.setattr(upload, "open_reference", fails)
    with pytest.raises(AssignmentError):
        run(root)
    assert not (root / "results" / "results.json").exists()


def test_whatever_ends_the_grading_the_file_says_so(root: Path, grading: Any) -> None:
    """What was graded until then is there; nothing else counts as wrong."""
    left = iter([None, None, None, MemoryError()])

    def look() -> None:
        if error := next(left):
            raise error

    grading(look)
    with pytest.raises(MemoryError):
        run(root)
    found = content(root)
    assert found["score"] == 3 and not found["extra_data"]["finished"]
    assert "nothing below that is missing counts as wrong" in found["output"]


@pytest.mark.parametrize("hours, level", [(-1, "hints"), (1, "full")])
def test_after_the_due_date_more_is_said(root: Path, grading: Any, hours: int, level: str) -> None:
    """As the assignment has it: `hints; full after due`."""
    seen = grading()
    due = datetime(2026, 9, 10, 23, 59, tzinfo=UTC)
    run(root, now=due.replace(hour=22) if hours < 0 else due.replace(day=11))
    assert seen["level"] == level and seen["student"] == "ada@x.org"


def test_no_student_code_may_see_the_results(root: Path, grading: Any) -> None:
    """The folder is kept from it, as the key is."""
    seen = grading()
    run(root)
    assert seen["guarded"] == [root / "results"]


def test_staff_choose_when_scores_are_seen(root: Path, grading: Any) -> None:
    """For all questions alike."""
    grading()
    run(root, visibility="after_published")
    assert {each["visibility"] for each in content(root)["tests"]} == {"after_published"}


def test_a_result_that_cannot_be_removed_is_said(root: Path, grading: Any) -> None:
    """A stale file must never pass for this submission's."""
    grading()
    (root / "results" / "results.json").unlink()
    (root / "results" / "results.json").mkdir()
    with pytest.raises(UsageError, match=r"can't write to .*results\.json"):
        run(root)
