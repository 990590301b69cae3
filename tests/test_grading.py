"""The main path: verdicts, the shared child, and what a fault of ours costs."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from made_up import ANSWERS, Bench, Code, Word, submission

from autograder import grading, outcome
from autograder.assignment import Limits
from autograder.feedback import explain
from autograder.grading import grade
from autograder.submission import Note, Place, Response, Submission
from autograder.verdict import Finding, QuestionResult, SubmissionResult, Verdict


def by_id(result: SubmissionResult) -> dict[str, QuestionResult]:
    return {question.question: question for question in result.questions}


def graded(bench: Bench, **answers: str) -> dict[str, QuestionResult]:
    return by_id(grade(submission(**answers), bench.grader()))


def test_the_reference_gets_all_points_but_those_of_a_person() -> None:
    """A perfect submission is correct everywhere; prose waits."""
    result = grade(submission(**ANSWERS), Bench().grader())
    assert [q.verdict for q in result.questions] == [Verdict.CORRECT] * 4 + [Verdict.UNGRADED]
    assert (result.score, result.points, result.points_total) == (4, 4, 6)
    assert not result.complete


def test_a_question_that_is_not_in_the_file_is_blank() -> None:
    """Blank, with no points, and told apart from an untouched one."""
    found = graded(Bench(), a1="  ")
    assert (found["a1"].verdict, found["a1"].code) == (Verdict.BLANK, "untouched")
    assert (found["a2"].verdict, found["a2"].code) == (Verdict.BLANK, "missing")
    assert found["a2"].score == 0


def test_what_cannot_be_read_says_where() -> None:
    """An unreadable answer is invalid; the sentence names the column."""
    found = graded(Bench(), a1="su$n")["a1"]
    assert (found.verdict, found.code) == (Verdict.INVALID, "bad_character")
    assert found.feedback.startswith('Column 3: "$" can\'t be read here.')


def test_a_fault_of_the_file_is_invalid_for_its_question_only() -> None:
    """A syntax error in a cell costs that cell's question."""
    fault = Note("syntax_error", {"line": 7, "message": "'(' was never closed"})
    mine = submission(**ANSWERS)
    responses = {**mine.responses, "b1": Response("", Place("answers.py", 6), fault=fault)}
    found = by_id(grade(Submission("ann", "ann.py", responses), Bench().grader()))
    assert (found["b1"].verdict, found["b1"].code) == (Verdict.INVALID, "syntax_error")
    assert "line 7" in found["b1"].feedback
    assert found["b2"].verdict is Verdict.CORRECT


def test_an_overlong_answer_is_invalid_and_not_kept_whole() -> None:
    """Beyond the limit nothing is read, and the result stays small."""
    found = graded(Bench(), a1="x" * 5_000_000)["a1"]
    assert found.code == "too_long"
    assert len(found.answer) < 3000


def test_typed_answers_start_no_child() -> None:
    """Without code nothing is run."""
    bench = Bench()
    graded(bench, a1="sun", a2="mars", c1="an essay")
    assert bench.wall.started == 0


def test_right_code_shares_one_child() -> None:
    """All code answers of a submission cost one child."""
    bench = Bench()
    graded(bench, **ANSWERS)
    assert bench.wall.started == 1


def test_code_after_one_that_broke_the_child_is_judged_alone() -> None:
    """What another answer did to the shared child costs nothing; the first had it to itself."""
    bench = Bench()
    found = graded(bench, b1="poison", b2=ANSWERS["b2"])
    assert found["b1"].verdict is Verdict.INCORRECT
    assert found["b2"].verdict is Verdict.CORRECT
    assert bench.wall.started == 2


def test_the_verdict_alone_counts() -> None:
    """Wrong in the shared child and right alone is right, whatever the shared one said."""

    class Moody(Code):
        def judge(self, reading: Any, prepared: object, sandbox: Any) -> Finding:
            child = sandbox.shared()
            sandbox.run("x")
            child.calls = getattr(child, "calls", 0) + 1
            return Finding(Verdict.CORRECT if child.calls == 1 else Verdict.INVALID, "right")

    found = by_id(grade(submission(**ANSWERS), Bench().grader(b1=Moody(), b2=Moody())))
    assert found["b2"].verdict is Verdict.CORRECT


def test_equal_typed_answers_are_judged_once() -> None:
    """A class that types the same costs one judgement."""
    calls = []

    class Counting(Word):
        def judge(self, reading: Any, prepared: object, sandbox: Any) -> Finding:
            calls.append(reading.echo)
            return super().judge(reading, prepared, sandbox)

    grader = Bench().grader(a1=Counting())
    results = [grade(submission(name, a1="sun"), grader) for name in ("ann", "bo")]
    assert calls == ["sun"]
    assert results[0].questions == results[1].questions


def boom(*_: object, **__: object) -> Any:
    raise ZeroDivisionError("boom at 0x7f00")


class Breaks(Word):
    """A kind with a fault in one of its calls."""


@pytest.mark.parametrize("call", ["read", "prepare", "judge"])
def test_a_fault_in_a_kind_leaves_its_question_ungraded(
    call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never a wrong answer; the note has type, message and place, but no address."""
    monkeypatch.setattr(Breaks, call, boom, raising=False)
    found = by_id(grade(submission(**ANSWERS), Bench().grader(a1=Breaks())))
    assert (found["a1"].verdict, found["a1"].code) == (Verdict.UNGRADED, "grader_fault")
    assert found["a1"].score is None
    assert "ZeroDivisionError: boom" in found["a1"].staff_note
    assert "test_grading.py:" in found["a1"].staff_note
    assert "0x" not in found["a1"].staff_note
    assert found["a2"].verdict is Verdict.CORRECT


def test_a_fault_of_the_wall_leaves_code_ungraded() -> None:
    """No child can be started: code is ungraded, typed answers are not."""
    bench = Bench()
    bench.wall.session = boom  # type: ignore[method-assign]
    found = graded(bench, **ANSWERS)
    assert found["b1"].code == "grader_fault"
    assert found["a1"].verdict is Verdict.CORRECT


def test_missing_isolation_has_its_own_code() -> None:
    """Staff see the difference between a bug and a machine that can't isolate."""

    class NoIsolation(Exception):
        code = "no_isolation"

    def refuse() -> Any:
        raise NoIsolation

    bench = Bench()
    bench.wall.session = refuse  # type: ignore[method-assign]
    assert graded(bench, **ANSWERS)["b1"].code == "no_isolation"


def test_a_fault_in_the_words_leaves_the_question_ungraded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Feedback that fails for one code costs that answer only."""

    def fails_for_wrong(finding: Finding, *rest: Any) -> str:
        return boom() if finding.code == "differs" else explain(finding, *rest)

    monkeypatch.setattr(outcome, "explain", fails_for_wrong)
    found = graded(Bench(), a1="mars", a2="moon")
    assert found["a1"].code == "grader_fault"
    assert found["a2"].verdict is Verdict.CORRECT


def test_a_fault_in_the_bank_costs_the_hint_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """The verdict stands, and staff see why there is no hint."""
    monkeypatch.setattr(grading.Bank, "recognise", boom)
    found = graded(Bench(), a1="mars")["a1"]
    assert found.verdict is Verdict.INCORRECT
    assert found.staff_note.startswith("no hint: ZeroDivisionError")


def test_a_key_that_is_missing_or_unreadable_is_never_the_students_fault() -> None:
    """The reference's own mistakes end as ungraded."""
    for key in ({}, {"a1": "$"}):
        found = graded(Bench(key=key), a1="sun")["a1"]
        assert (found.verdict, found.code) == (Verdict.UNGRADED, "grader_fault")
        assert "AssignmentError" in found.staff_note


def test_a_key_is_prepared_once_even_when_it_fails() -> None:
    """A class of a thousand doesn't wait a thousand times for a broken key."""
    calls = []

    class Counting(Word):
        def prepare(self, reference: Any, workshop: Any) -> object:
            calls.append(workshop.question)
            return boom()

    grader = Bench().grader(a1=Counting())
    for name in ("sun", "mars"):
        grade(submission(a1=name), grader)
    assert calls == ["a1"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Sun", " sun ", True),
        ("sun", "moon", False),
        ("s$", "s  $", False),
        ("s $", " s  $", True),
    ],
)
def test_the_digest_is_the_same_for_answers_judged_the_same(
    one: str, other: str, same: bool
) -> None:
    """What a person marks once holds for both."""
    first, second = (graded(Bench(), a1=text)["a1"].digest for text in (one, other))
    assert (first == second) is same
    assert first[0].isalpha()


def test_code_has_one_digest_whatever_its_layout() -> None:
    """Comments and spaces make no other answer."""
    first, second = (graded(Bench(), b1=t)["b1"].digest for t in ("x = 1", "x=1  # one"))
    assert first == second


def test_bank_hints_and_nothing_else_depends_on_it(tmp_path: Path) -> None:
    """With the bank a mistake is named; without it every verdict is the same."""
    (tmp_path / "a1.yaml").write_text("wrong:\n- answers: |\n    Mars\n  hint: Not a star.\n")
    answers = {"a1": "mars", "a2": "mars", "b1": "no"}
    with_bank, without = graded(Bench(bank=tmp_path), **answers), graded(Bench(), **answers)
    assert with_bank["a1"].feedback == "Not right. Not a star."
    assert with_bank["a1"].mistake == "Mars"
    changed = {"feedback", "mistake"}
    for name, result in with_bank.items():
        ours, theirs = result.to_json(), without[name].to_json()
        assert {k for k in ours if ours[k] != theirs[k]} <= (changed if name == "a1" else set())


def test_lines_of_code_are_those_of_the_file() -> None:
    """An error in the second line of a definition in line 3 is an error in line 4."""

    class Fails(Code):
        def judge(self, reading: Any, prepared: object, sandbox: Any) -> Finding:
            return Finding(Verdict.INCORRECT, "raises", {"error": "ValueError", "line": 2})

    found = by_id(grade(submission(b1="x"), Bench().grader(b1=Fails())))
    assert "in line 4" in found["b1"].feedback


def test_a_question_has_limits_of_its_own() -> None:
    """What the spec sets is what the child gets."""
    seen = []

    class Looks(Code):
        def judge(self, reading: Any, prepared: object, sandbox: Any) -> Finding:
            sandbox.run("x")
            seen.append(sandbox.shared().limits)
            return Finding(Verdict.CORRECT, "right")

    grader = Bench().grader(b1=Looks())
    mine = replace(grader.assignment.questions["b1"], limits=Limits(seconds=0.5, memory=7))
    with grader.session() as shared:
        grader.grade_response(mine, Response("x", Place("a.py")), shared)
    assert (seen[0].seconds, seen[0].memory) == (0.5, 7)
