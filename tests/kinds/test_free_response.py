"""Prose waits for a person."""

from pathlib import Path
from typing import Any

import pytest

from autograder.errors import Unreadable
from autograder.kinds import Workshop
from autograder.kinds.free_response import FreeResponse
from autograder.submission import Place, Response
from autograder.verdict import Verdict

KIND = FreeResponse()
NOBODY: Any = None


@pytest.mark.parametrize(
    ("text", "echo"),
    [("Yes.", "1 word, for a person"), ("Two\n  words", "2 words, for a person")],
)
def test_words_are_counted(text: str, echo: str) -> None:
    """The echo tells only how much was read."""
    assert KIND.read(Response(text, Place("answers.py"))).echo == echo


def test_every_answer_is_left_to_a_person() -> None:
    """Even the reference's own words."""
    reading = KIND.read(Response("The same words.", Place("answers.py")))
    prepared = KIND.prepare(reading, Workshop("q", None, Path(), b""))

    finding = KIND.judge(reading, prepared, NOBODY)

    assert (finding.verdict, finding.code) == (Verdict.UNGRADED, "free_response")


def test_no_words_can_t_be_marked() -> None:
    """White space is no answer."""
    with pytest.raises(Unreadable, match="empty"):
        KIND.read(Response(" \n", Place("answers.py")))
