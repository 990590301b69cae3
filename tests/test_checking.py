"""A student's check: states, places, carets, and what `-q` chooses."""

import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from made_up import ANSWERS, Word, assignment, filled, submission

from autograder.checking import check, choose, find_file, line_of, open_file, place_words, saved_at
from autograder.errors import SubmissionError, UsageError
from autograder.report import CheckedAnswer, CheckedProblem, CheckReport, State, Tried
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
        (" A1", ["a1"]),
    ],
)
def test_a_question_or_a_problem_is_chosen(asked: str, found: list[str]) -> None:
    """By its id, its number, or how ids begin."""
    chosen = choose(check(submission(), assignment()), asked)
    assert [answer.question for problem in chosen for answer in problem.answers] == found


@pytest.mark.parametrize(
    ("asked", "found"),
    [("3", ["q3a", "q3b"]), ("q3b", ["q3b"]), ("3b", ["q3b"]), ("Q3", ["q3a", "q3b"])],
)
def test_the_q_of_an_id_may_be_left_out(asked: str, found: list[str]) -> None:
    """Whoever types it knows which is meant."""
    chosen = choose(long_report(), asked)
    assert [answer.question for problem in chosen for answer in problem.answers] == found


def long_report() -> CheckReport:
    """Twenty questions."""
    ids = {2: [f"q2{letter}" for letter in "abcdefghijklmnopqr"], 3: ["q3a", "q3b"]}
    read = {n: tuple(CheckedAnswer(each, State.READ) for each in names) for n, names in ids.items()}
    problems = tuple(CheckedProblem(n, "", answers) for n, answers in read.items())
    return CheckReport("hw", "1.0", "a.py", "", problems)


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("q3z", "near it are q3a, q3b"),
        ("q3ab", "near it is q3a"),
        ("moon", "there is q2a to q3b, in problems 2 to 3"),
        ("q2z", "there is q2a to q3b, in problems 2 to 3"),
        ("", "there is q2a to q3b, in problems 2 to 3"),
    ],
)
def test_a_choice_that_is_not_there_names_those_that_are_near(asked: str, near: str) -> None:
    """One line for whoever typed it."""
    with pytest.raises(UsageError) as error:
        choose(long_report(), asked)
    assert str(error.value) == f"no question '{asked}'; {near}"


def test_of_few_questions_all_are_named() -> None:
    """When nothing is near."""
    with pytest.raises(UsageError, match="no question 'z9'; there is a1, a2, b1, b2, c1"):
        choose(check(submission(), assignment()), "z9")


def test_notes_stand_beside_their_answer() -> None:
    """Of the file and of the reading; a code without words is left out."""

    class Noted(Word):
        def read(self, answer: Response) -> Any:
            return replace(super().read(answer), notes=("words_dropped", "nobody_says_this"))

    given = Response("sun", Place("a.py", 3), notes=(Note("answered_twice", {}),))
    report = check(Submission("ann", "a.py", {"a1": given}), assignment(a1=Noted()))
    assert by_id(report)["a1"].notes == (
        "this was answered more than once; the answer in the last place counts.",
        "words around the answer were left out.",
    )


def test_of_several_files_a_place_names_its_own() -> None:
    """A zip with a notebook and a file."""
    places = {"a1": Place("x/a.py", 3), "a2": Place("b.ipynb", 2, 4)}
    given = {name: Response("sun", place) for name, place in places.items()}
    found = by_id(check(Submission("ann", "ann.zip", given), assignment()))
    assert [found[name].place for name in given] == ["x/a.py, line 3", "b.ipynb, cell 4, line 2"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the student is: nothing with answers yet."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "check.py").write_text("import sys\n")
    (tmp_path / "notes.json").write_text("{")
    return tmp_path


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("gone.py", "there is no gone.py here; the file with answers is my own.py"),
        ("no/gone.py", "there is no folder no"),
        ("sub/gone.py", "there is no gone.py in sub; no other file has answers; go to"),
    ],
)
def test_a_file_that_is_not_there_is_told_with_those_that_are(
    folder: Path, given: str, said: str
) -> None:
    """What has no answers in it is not among them."""
    (folder / "sub").mkdir()
    (folder / "my own.py").write_text(filled(a1="sun"))
    with pytest.raises(UsageError) as error:
        find_file(given, assignment())
    assert str(error.value).startswith(said)


def test_a_file_that_cannot_be_read_is_told_with_those_that_can(folder: Path) -> None:
    """The cause, and where to go on."""
    (folder / "mine.py").write_text(filled(a1="sun"))
    (folder / "pdf.py").write_text("%PDF-1.7")
    with pytest.raises(SubmissionError) as error:
        open_file(Path("pdf.py"), assignment())
    said = "pdf.py: this is a PDF, whatever its name says; the file with answers is mine.py"
    assert str(error.value) == said


def test_without_a_file_the_usual_one_or_the_only_one_is_taken(folder: Path) -> None:
    """Never one of several by chance."""
    with pytest.raises(UsageError, match="no other file has answers"):
        find_file(None, assignment())
    (folder / "one.py").write_text(filled(a1="sun"))
    assert find_file(None, assignment()) == Path("one.py")
    (folder / "two.json").write_text('{"a1": "sun"}')
    with pytest.raises(UsageError, match=r"answers are in one\.py, two\.json"):
        find_file(None, assignment())
    (folder / "answers.py").write_text("")
    assert find_file(None, assignment()) == Path("answers.py")


def test_without_a_file_an_untouched_stub_is_not_taken(folder: Path) -> None:
    """Of a stub and a notebook it is the one that somebody has worked on."""
    (folder / "answers.py").write_text(filled())
    assert find_file(None, assignment()) == Path("answers.py")
    (folder / "answers.json").write_text('{"a1": "sun"}')
    assert find_file(None, assignment()) == Path("answers.json")
    (folder / "answers.py").write_text(filled(a2="moon"))
    assert find_file(None, assignment()) == Path("answers.py")


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
    os.utime(path, (datetime(1980, 1, 1).timestamp(),) * 2)
    assert saved_at(path, then) == "", "from a zip that doesn't say"
