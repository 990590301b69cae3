"""The example class: what comes out of grading real submissions, with and without the bank."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.assignment import load
from autograder.bank import Bank
from autograder.classroom import open_grader
from autograder.formats import Unread, read_class
from autograder.grading import Grader, grade
from autograder.submission import Place, Response, Submission
from autograder.verdict import QuestionResult, SubmissionResult, Verdict

ASSIGNMENT = load("attention")
CLASS = ASSIGNMENT.solution / "class"
EXPECTED = {  # points earned; q2c is marked by a person
    "amara": 34, "bo": 34, "chen": 34, "dana": 31, "elif": 13, "femi": 28, "goran": 29,
    "hana": 30, "ines": 0, "jo": 27, "kai": 33, "mio": 33, "noor": 34,
}  # fmt: skip


@pytest.fixture(scope="module")
def grader() -> Iterator[Grader]:
    with open_grader(ASSIGNMENT) as opened:
        yield opened


@pytest.fixture(scope="module")
def submissions() -> dict[str, Submission]:
    found = read_class([CLASS], ASSIGNMENT)
    return {each.student: each for each in found if isinstance(each, Submission)}


@pytest.fixture(scope="module")
def results(grader: Grader, submissions: dict[str, Submission]) -> dict[str, SubmissionResult]:
    return {name: grade(submission, grader) for name, submission in submissions.items()}


def judged(result: QuestionResult) -> tuple[str, Verdict, str, float | None]:
    """What the bank must never change."""
    return (result.question, result.verdict, result.code, result.score)


def test_every_student_gets_the_points_that_were_earned(
    results: dict[str, SubmissionResult],
) -> None:
    """Odd notation costs nothing, and one slip costs its own question only."""
    assert {name: result.score for name, result in results.items()} == EXPECTED


def test_what_cannot_be_opened_is_named() -> None:
    """A web page saved as .zip is no answer and not lost either."""
    unread = [each for each in read_class([CLASS], ASSIGNMENT) if isinstance(each, Unread)]
    assert [each.student for each in unread] == ["lena"]
    assert "web page" in unread[0].reason


def test_the_bank_changes_hints_and_nothing_else(
    grader: Grader,
    submissions: dict[str, Submission],
    results: dict[str, SubmissionResult],
    tmp_path: Path,
) -> None:
    """Without the bank verdicts, codes and scores are the same, and no mistake has a name."""
    bare = Grader(ASSIGNMENT, grader.reference, Bank(tmp_path), grader.sandbox)
    for name in ("ines", "dana", "jo", "femi"):
        without = grade(submissions[name], bare).questions
        assert list(map(judged, without)) == list(map(judged, results[name].questions))
        assert {question.mistake for question in without} == {None}


def test_the_usual_mistakes_are_named(results: dict[str, SubmissionResult]) -> None:
    """A submission of misconceptions gets a hint for nearly every one of them."""
    wrong = [q for q in results["ines"].questions if q.question != "q2c"]
    named = [q.question for q in wrong if q.mistake is not None]
    assert len(named) >= len(wrong) - 1


def test_an_answer_that_cannot_be_decided_goes_to_a_person(
    results: dict[str, SubmissionResult],
) -> None:
    """Undecided is not wrong: the question is left out of the points."""
    kai = results["kai"]
    assert [q.question for q in kai.questions if q.code == "undecided"] == ["q5c_time"]
    assert (kai.score, kai.points, kai.complete) == (33, 33, False)


def test_the_same_answers_are_judged_the_same_in_every_format(
    grader: Grader, submissions: dict[str, Submission], results: dict[str, SubmissionResult]
) -> None:
    """A sheet with a notebook's answers gets the notebook's verdicts and words."""
    sheet = {name: each.text for name, each in submissions["bo"].responses.items()}
    again = json.loads(json.dumps(sheet))
    place = Place("bo.json")
    copied = Submission("bo", "bo.json", {q: Response(text, place) for q, text in again.items()})
    graded = grade(copied, grader).questions
    assert list(map(judged, graded)) == list(map(judged, results["bo"].questions))


def test_code_that_does_the_same_makes_the_same_mistake(grader: Grader) -> None:
    """A softmax written in another way gets the hint of the banked softmax."""
    question = ASSIGNMENT.questions["q2d"]
    text = (
        "def argmax_attention(q, K, V):\n    w = torch.exp(K @ q - (K @ q).max())\n"
        "    return (w / w.sum()) @ V\n"
    )
    with grader.session() as shared:
        result = grader.grade_response(question, Response(text, Place("answers.py")), shared)
    assert (result.verdict, result.code) == (Verdict.INCORRECT, "differs")
    assert "two keys with close scores" in result.feedback
