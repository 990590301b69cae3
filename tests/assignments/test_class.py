"""The example class, graded once by the command: what comes out, with and without the bank."""

import json
import re
from collections.abc import Iterator
from contextlib import chdir, redirect_stdout
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from autograder.assignment import load
from autograder.bank import Bank
from autograder.classroom import open_grader
from autograder.cli import main
from autograder.formats import read_class
from autograder.grading import Grader, grade
from autograder.submission import Place, Response, Submission

ASSIGNMENT = load("attention")
ROOT = ASSIGNMENT.folder.parents[1]
CLASS = "solutions/attention/class"
EXPECTED = {  # points earned; q2c is marked by a person
    "amara": 34, "bo": 34, "chen": 34, "dana": 31, "elif": 13, "femi": 28, "goran": 29,
    "hana": 30, "ines": 0, "jo": 27, "kai": 33, "lena": 0, "mio": 33, "noor": 34,
}  # fmt: skip


class Graded(NamedTuple):
    """What the command left: its screen, and the results by student."""

    screen: str
    results: dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Graded:
    out, printed = tmp_path_factory.mktemp("class") / "out", BytesIO()
    with (
        chdir(ROOT),
        TextIOWrapper(printed, encoding="utf-8") as terminal,
        redirect_stdout(terminal),
    ):
        assert main(["grade", "attention", CLASS, "--out", str(out)]) == 0
        terminal.flush()
        screen = printed.getvalue().decode()
    files = sorted((out / "results").glob("*.json"))
    text = screen.replace(f" --out {out}", "").replace(str(out), "out")
    return Graded(text, {path.stem: json.loads(path.read_text()) for path in files})


@pytest.fixture(scope="module")
def grader() -> Iterator[Grader]:
    with open_grader(ASSIGNMENT) as opened:
        yield opened


@pytest.fixture(scope="module")
def submissions() -> dict[str, Submission]:
    found = read_class([ROOT / CLASS], ASSIGNMENT)
    return {each.student: each for each in found if isinstance(each, Submission)}


def judged(result: dict[str, Any]) -> list[tuple[str, str, str, float | None]]:
    """What the bank must never change."""
    return [(q["question"], q["verdict"], q["code"], q["score"]) for q in result["questions"]]


def steady(screen: str) -> list[str]:
    """A screen without the time it took, the digest of the key and where lines were wrapped."""
    return re.sub(r"in [\d.]+ s|key \w+", "…", screen).split()


def test_every_student_gets_the_points_that_were_earned(graded: Graded) -> None:
    """Odd notation costs nothing, and one slip costs its own question only."""
    assert {name: result["score"] for name, result in graded.results.items()} == EXPECTED


def test_the_readme_shows_what_grading_prints(graded: Graded) -> None:
    """The screen in the README is the one a reader gets."""
    shown = (ROOT / "README.md").read_text(encoding="utf-8").split("```")[3]
    assert steady(shown) == steady(graded.screen)


def test_what_cannot_be_opened_waits_and_is_named(graded: Graded) -> None:
    """A web page saved as .zip is no answer and not lost either."""
    lena = graded.results["lena"]
    assert {q["code"] for q in lena["questions"]} == {"not_opened"}
    assert "lena.zip: a web page saved as .zip" in graded.screen


def test_an_answer_that_cannot_be_decided_goes_to_a_person(graded: Graded) -> None:
    """Undecided is not wrong: the question is left out of the points."""
    kai = graded.results["kai"]
    assert [q["question"] for q in kai["questions"] if q["code"] == "undecided"] == ["q5c_time"]
    assert (kai["score"], kai["points"], kai["complete"]) == (33, 33, False)


def test_the_usual_mistakes_are_named(graded: Graded) -> None:
    """A submission of misconceptions gets a hint for nearly every one of them."""
    wrong = [q for q in graded.results["ines"]["questions"] if q["question"] != "q2c"]
    assert sum(q["mistake"] is not None for q in wrong) >= len(wrong) - 1


@pytest.mark.parametrize("name", ["ines", "dana", "jo", "femi"])
def test_the_bank_changes_hints_and_nothing_else(
    graded: Graded,
    grader: Grader,
    submissions: dict[str, Submission],
    tmp_path: Path,
    name: str,
) -> None:
    """Without the bank verdicts, codes and scores are the same, and no mistake has a name."""
    bare = Grader(ASSIGNMENT, grader.reference, Bank(tmp_path), grader.sandbox)
    without = grade(submissions[name], bare).to_json()
    assert judged(without) == judged(graded.results[name])
    assert {question.mistake for question in grade(submissions[name], bare).questions} == {None}


def test_the_same_answers_are_judged_the_same_in_every_format(
    graded: Graded, grader: Grader, submissions: dict[str, Submission]
) -> None:
    """A sheet with a notebook's answers gets the notebook's verdicts."""
    place = Place("bo.json")
    texts = {q: Response(each.text, place) for q, each in submissions["bo"].responses.items()}
    sheet = grade(Submission("bo", "bo.json", texts), grader).to_json()
    assert judged(sheet) == judged(graded.results["bo"])


def test_code_that_does_the_same_makes_the_same_mistake(grader: Grader) -> None:
    """A softmax written in another way gets the hint of the banked softmax."""
    text = (
        "def argmax_attention(q, K, V):\n    w = torch.exp(K @ q - (K @ q).max())\n"
        "    return (w / w.sum()) @ V\n"
    )
    question, response = ASSIGNMENT.questions["q2d"], Response(text, Place("answers.py"))
    with grader.session() as shared:
        result = grader.grade_response(question, response, shared)
    assert result.code == "differs"
    assert "two keys with close scores" in result.feedback
