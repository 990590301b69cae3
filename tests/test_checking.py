"""A student's check: states, places, carets, and what `-q` chooses."""

import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from made_up import ANSWERS, Word, assignment, submission

from autograder.checking import check, choose, line_of, place_words, saved_at
from autograder.errors import UsageError
from autograder.report import CheckedAnswer, CheckReport, State, Tried
from autograder.submission import Note, Place, Response, Submission


def checked(**answers: str) -> dict[str, CheckedAnswer]:
    return by_id(check(submission(**answers), assignment()))


def by_id(report: CheckReport) -> dict[str, CheckedAnswer]:
    return {answer.question: answer for problem in report.problems for answer in problem.answers}


def test_what_can_be_read_is_echoed_and_never_judged() -> None:
    """A wrong answer looks like a right one: there is no key here."""
    assert checked(a1="MARS")["a1"] == CheckedAnswer("a1", State.READ, "mars", "line 3")


def test_what_cannot_be_read_has_a_place_and_words() -> None:
    """The line, the columns in it, what is wrong and what to do."""
    found = checked(a1="one\nsu$n")["a1"]
    assert (found.state, found.typed, found.span) == (State.UNREADABLE, "su$n", (2, 3))
    assert found.said == '"$" can\'t be read here. Next: type it in another way.'


def test_a_blank_is_listed_and_is_no_failure_to_read() -> None:
    """Untouched ones have a line; those that aren't there say so."""
    found = checked(a1=" ")
    assert (found["a1"].state, found["a1"].place) == (State.BLANK, "line 3")
    assert (found["a2"].state, found["a2"].place) == (State.BLANK, "not in the file")


def test_a_syntax_error_shows_its_own_line() -> None:
    """Not the line where its cell starts."""
    data = {"line": 9, "column": 12, "text": "    return (1", "message": "'(' was never closed"}
    response = Response("", Place("ann.py", 8), fault=Note("syntax_error", data))
    report = check(Submission("ann", "ann.py", {"b1": response}), assignment())
    found = by_id(report)["b1"]
    assert (found.place, found.typed, found.span) == ("line 9", "    return (1", (11, 12))
    assert found.said.startswith("Python can't read this code: '(' was never closed.")


def test_an_example_that_fails_is_something_to_do() -> None:
    """It is counted in the place of the answer that could be read."""
    read = check(submission(**ANSWERS), assignment())
    assert not read.found_something
    row = CheckedAnswer("b1", State.MISTAKE, covers=("b1",))
    tried = replace(read, tried=Tried((row,), 0, 1, 1))
    assert tried.found_something
    assert [each.question for each in tried.with_state(State.READ)] == ["a1", "a2", "b2", "c1"]


def test_a_class_that_fails_stands_behind_its_blanks() -> None:
    """Each of them could be read."""
    row = CheckedAnswer("a1-a2", State.MISTAKE, covers=("a1", "a2"))
    tried = replace(check(submission(**ANSWERS), assignment()), tried=Tried((row,), 0, 1, 1))
    found = tried.with_state(State.READ, State.MISTAKE)
    assert [each.question for each in found] == ["a1", "a2", "a1-a2", "b1", "b2", "c1"]


def test_a_fault_of_ours_is_not_the_students() -> None:
    """The answer counts as read, and the student is told to hand it in."""

    class Breaks(Word):
        def read(self, answer: Response) -> Any:
            raise ZeroDivisionError

    found = by_id(check(submission(**ANSWERS), assignment(a1=Breaks())))["a1"]
    assert found.state is State.READ
    assert "our fault" in found.echo


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("a1", ["a1"]),
        ("a", ["a1", "a2"]),
        ("2", ["b1", "b2"]),
        ("q2", ["b1", "b2"]),
        ("c", ["c1"]),
    ],
)
def test_a_question_or_a_problem_is_chosen(asked: str, found: list[str]) -> None:
    """By its id, its number, or how ids begin."""
    chosen = choose(check(submission(), assignment()), asked)
    assert [answer.question for problem in chosen for answer in problem.answers] == found


def test_a_choice_that_is_not_there_names_those_that_are() -> None:
    """One line for whoever typed it."""
    with pytest.raises(UsageError, match="no question 'z9'; there is a1, a2, b1, b2, c1"):
        choose(check(submission(), assignment()), "z9")


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (Place("a.py", 27), "line 27"),
        (Place("a.ipynb", 2, 4), "cell 4, line 2"),
        (Place("a.json"), ""),
    ],
)
def test_places_in_words(place: Place, words: str) -> None:
    """Files have lines, notebooks cells."""
    assert place_words(place) == words


def test_the_line_of_a_span_without_one_is_the_first() -> None:
    """Nothing is underlined."""
    assert line_of("\n one\ntwo", None) == ("one", None)


def test_when_a_file_was_saved(tmp_path: Path) -> None:
    """The time alone is enough today."""
    path = tmp_path / "answers.py"
    path.write_text("")
    then = datetime(2026, 11, 24, 23, 4)
    os.utime(path, (then.timestamp(), then.timestamp()))
    assert saved_at(path, then.replace(hour=12)) == "23:04"
    assert saved_at(path, then.replace(day=25)) == "2026-11-24 23:04"
    assert saved_at(tmp_path / "gone", then) == ""
