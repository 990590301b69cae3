"""The bank: its files, and which mistake an answer makes."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from made_up import Code, Word

from autograder.assignment import Question
from autograder.bank import Bank, Mistake, fingerprint, read_entries
from autograder.errors import AssignmentError, Unreadable
from autograder.kinds import Kind, Reading
from autograder.submission import Place, Response

FILE = """\
# One answer a line, exactly as typed: below a | nothing needs quotes.
right: |
  d^(-1/2)
  \\frac{1}{\\sqrt{d}}
wrong:
- answers: |
    1/d
    d**-1
  hint: >
    How does a factor change
    the variance?
- answers: ["def f():\\n    return 1"]
  hint: Look again.
  name: always one
"""


@dataclass(frozen=True)
class Sorted(Word):
    """A word whose letters may stand in any order."""

    def same(self, reading: Reading, other: Reading) -> bool:
        return sorted(reading.echo) == sorted(other.echo)


def recognised(folder: Path, kind: Kind, text: str) -> str | None:
    question = Question("q", kind, "?")
    response = Response(text, Place("answers.py"))
    try:
        reading = kind.read(response)
    except Unreadable:
        reading = None
    mistake = Bank(folder).recognise(question, response, reading)
    return mistake.name if mistake else None


def test_a_file_is_read_as_it_was_typed(tmp_path: Path) -> None:
    """Lines below a bar, a list for answers of several lines, a name or the first answer."""
    (tmp_path / "q.yaml").write_text(FILE)
    found = read_entries(tmp_path / "q.yaml")
    assert found.right == ("d^(-1/2)", "\\frac{1}{\\sqrt{d}}")
    assert found.wrong == (
        Mistake(("1/d", "d**-1"), "How does a factor change the variance?", "1/d"),
        Mistake(("def f():\n    return 1",), "Look again.", "always one"),
    )


@pytest.mark.parametrize(
    ("kind", "typed", "name"),
    [
        (Word(), "MARS", "mars"),
        (Word(), "rams", None),
        (Sorted(), "rams", "mars"),
        (Word(), "sun $", "sun $"),
        (Code(), "x=1  # comment", "x = 1"),
        (Code(), "x = 2", None),
        (Code(), "x = = 1", "x =  = 1"),
    ],
    ids=["same reading", "another", "same meaning", "unreadable", "layout", "value", "no syntax"],
)
def test_an_answer_is_recognised(tmp_path: Path, kind: Kind, typed: str, name: str | None) -> None:
    """By how it is read, by what it means, or by its words."""
    (tmp_path / "q.yaml").write_text("wrong:\n- answers: |\n    mars\n  hint: a\n"
                                     "- answers: |\n    sun  $\n  hint: b\n  name: sun $\n"
                                     "- answers: |\n    x = 1\n  hint: c\n"
                                     "- answers: |\n    x =  = 1\n  hint: d\n")  # fmt: skip
    assert recognised(tmp_path, kind, typed) == name


def test_without_a_file_nothing_is_recognised(tmp_path: Path) -> None:
    """A question needs no bank."""
    assert recognised(tmp_path, Word(), "mars") is None


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("wrong: [", "while parsing"),
        ("wrongs: []", "write `right:` and `wrong:`"),
        ("wrong:\n- hint: x", "wrong entry 1: write `answers:`"),
        ("wrong:\n- answers: |\n    x\n  hint: [1]", "hint and name are text"),
        ("right: [1]", "answers are text"),
        ("right: |\n  x\nwrong:\n- hint: a: b", "line 4: mapping values are not allowed"),
        ("right: |\n  x\nright: |\n  y", "line 3: `right:` stands there already"),
        ("wrong:\n- answers: |\n    x\n  answers: |\n    y", "line 4: `answers:` stands there"),
    ],
)
def test_a_wrong_file_says_what_to_mend(tmp_path: Path, content: str, said: str) -> None:
    """The author reads the file's name and the entry."""
    (tmp_path / "q.yaml").write_text(content)
    with pytest.raises(AssignmentError, match=f"q.yaml.*{said}"):
        read_entries(tmp_path / "q.yaml")


def test_files_that_are_read_for_no_question_are_found(tmp_path: Path) -> None:
    """A misspelt name, or another ending; a hidden file is no slip."""
    for name in ("q.yaml", "p.yaml", "q.yml", ".swap"):
        (tmp_path / name).write_text("")
    assert Bank(tmp_path).strays(["q"]) == ["p.yaml", "q.yml"]


def test_code_is_recognised_by_what_it_does(tmp_path: Path) -> None:
    """Another text with the same behaviour is the same mistake; none at all matches nothing."""
    (tmp_path / "q.yaml").write_text(
        "wrong:\n- answers: |\n    venus\n    saturn\n  name: far off\n"
    )
    question, bank = Question("q", Word(), "?"), Bank(tmp_path)
    does = {"venus": "bright", "saturn": None, "jupiter": "bright", "mars": None, "pluto": "dim"}

    def named(text: str) -> str | None:
        response = Response(text, Place("answers.py"))
        reading = question.kind.read(response)
        found = bank.recognise(question, response, reading, lambda other: does[other.echo])
        return found.name if found else None

    assert [named(text) for text in ("jupiter", "mars", "pluto")] == ["far off", None, None]


def test_code_that_python_gives_up_on_has_a_fingerprint() -> None:
    """Its words, then: the parser's own stack ends in MemoryError."""
    question = Question("q", Code(), "?")
    assert fingerprint(question, "def f(): return " + "-" * 90_000 + "1", None).endswith("-1")
