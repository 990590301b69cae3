"""A choice is a set, however it is written."""

from pathlib import Path
from typing import Any

import pytest

from autograder.errors import AssignmentError, Unreadable
from autograder.kinds import Workshop
from autograder.kinds.choice import Choice
from autograder.submission import Place, Response

KIND = Choice(("W_q", "W_k", "W_v"))
NOBODY: Any = None  # a choice runs no code


def typed(text: str) -> Response:
    return Response(text, Place("answers.py"))


@pytest.mark.parametrize(
    "text",
    [
        "W_v",
        " w_v ",
        "W_V",
        "Wv",
        "W_{v}",
        r"W\_v",
        "W^V",
        "{W_v}",
        '["W_v"]',
        "('W_v',)",
        "W_v, W_v",
        "only W_v",
        "Just the matrix W_v.",
        "`W_v`",
        "**W_v**",
        r"$\mathbf{W}_v$",
        r"\{W_{\mathrm{v}}\}",
        "𝐖_v",
        "- W_v",
        "* W_v",
        "1. W_v",
        "- [ ] W_q\n- [ ] W_k\n- [x] W_v",
    ],
)
def test_one_option_is_read_in_any_dress(text: str) -> None:
    """Capitals, brackets, fonts, bullets and boxes don't count."""
    assert KIND.read(typed(text)).echo == "{W_v}"


@pytest.mark.parametrize(
    ("text", "echo"),
    [
        ("W_v and W_q", "{W_q, W_v}"),
        ("W_v; W_k", "{W_k, W_v}"),
        ("- W_q\n- W_k", "{W_q, W_k}"),
        ("W_q W_v", "{W_q, W_v}"),
        (r"W_q \cup W_v", "{W_q, W_v}"),
        ("all", "{W_q, W_k, W_v}"),
        ("all three", "{W_q, W_k, W_v}"),
        ("All of them: W_q, W_k, W_v", "{W_q, W_k, W_v}"),
        ("none", "none"),
        ("None of them", "none"),
        ("∅", "none"),
        (r"$\emptyset$", "none"),
        ("[]", "none"),
        ("{ }", "none"),
        (r"\{\}", "none"),
        ("[ ] W_q\n[ ] W_k\n[ ] W_v", "none"),
    ],
)
def test_several_all_and_none(text: str, echo: str) -> None:
    """The echo lists what was chosen in the order of the options."""
    assert KIND.read(typed(text)).echo == echo


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("42", "42"),
        ("yes", "yes"),
        ("W_x", "W_x"),
        ("not W_q", "not"),
        ("W_q or W_v", "or"),
        ("all but W_q", "but"),
        ("W_q, W_o", "W_o"),
        ("W_q = 0", "="),
        ("all two", "two"),
        ("none, W_v", "none"),
        ("all: W_v", "all"),
        ("!W_v", "!"),
        (",", ","),
    ],
)
def test_a_word_that_is_no_option_is_pointed_at(text: str, word: str) -> None:
    """The span has the word in what was typed."""
    with pytest.raises(Unreadable) as caught:
        KIND.read(typed(text))

    assert caught.value.code == "not_an_option"
    assert caught.value.span is not None
    assert text[slice(*caught.value.span)] == word
    assert caught.value.data == {"word": word, "options": ["W_q", "W_k", "W_v"]}


def test_no_text_is_empty() -> None:
    """Nothing typed is not the empty set."""
    with pytest.raises(Unreadable, match="empty"):
        KIND.read(typed("  "))


@pytest.mark.parametrize(
    ("text", "code"), [("{W_v}", "right"), ("none", "wrong_choice"), ("W_v, W_q", "wrong_choice")]
)
def test_sets_are_compared(text: str, code: str) -> None:
    """One too many is as wrong as one too few."""
    prepared = KIND.prepare(KIND.read(typed("W_v")), Workshop("q", None, Path(), b""))
    assert KIND.judge(KIND.read(typed(text)), prepared, NOBODY).code == code


def test_options_must_differ_when_typed() -> None:
    """`W_v` and `Wv` can't both be options."""
    with pytest.raises(AssignmentError, match="told apart"):
        Choice(("W_v", "Wv"))
