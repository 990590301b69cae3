"""Answers from the cells that a kernel has run; nothing is run here."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from live_shell import FakeShell

from autograder.assignment import load
from autograder.formats import read_file
from autograder.hosts.notebook.answers import Live, live_answers
from autograder.hosts.notebook.session import Session, session_of
from autograder.submission import Submission

ATTENTION = load("attention")
CLASS = next(problem.code for problem in ATTENTION.problems if problem.code) or ""
CELLS = [
    *("q1a = r'____'", "q1a = r'd'", "q1a = r'd^2'", "q1a = r'd", "q1a = q1b = '9'", "q1a = ''"),
    *("%%time\nq1a = r'5'", "%%bash\nq1a = 'no'", "!pip\nq1a=mu @ mu", "# x\n%%time\nq1a = '7'"),
    *("# In[3]:\nq1a = '1'", "# %% q1b\nq1b = '1'\n# %% q1a\nq1a = '2'", "q1a?", "x = !ls"),
    *("import math", "import math as m", "def best(K, q):\n    return 1", "def best(K, q)\n 1"),
    *("def argmax_attention(q, K, V):\n    return ____", "# %% q2d\ndef argmax(q):\n    return q"),
    "def argmax_attention(q, K, V):\n    return V[best(K, q)]",
    "# %% q2d\ndef argmax_attention(q, K, V)\n    return V",
    *(CLASS, CLASS.replace("____", "d_model", 1), CLASS.replace("____", "self.d_k")),
    CLASS.replace("____", "self.W_o").replace("class Multi", "class Mine"),
    *("q2c = r'''some\n# %% q1a\nwords'''", "<<<<<<< HEAD\nq1a = '1'", "q1a = r'd'\r\nq1b = r'x'"),
    *("phi = lambda x: x", "@torch.no_grad()\ndef phi(x):\n    return x", "# Text, isn't it\n$x$"),
]


def answers(*sources: str) -> Live:
    """What these cells answer, run one after the other."""
    shell = FakeShell()
    shell.run(*sources)
    return read(session_of(shell))


def read(session: Session) -> Live:
    return live_answers(session.executed(), ATTENTION, "answers.ipynb")


@pytest.mark.parametrize(
    ("sources", "text"),
    [
        (["q1a = r'd'"], "d"),
        (["q1a = r'd'", "q1a = r'd^2'"], "d^2"),
        (["q1a = r'd'", "q1b = r'd'", "q1a = r'____'"], ""),
        (["q1a = '\\xi \\frac{1}{d}'"], "\\xi \\frac{1}{d}"),
        (["%%time\nq1a = r'd'"], "d"),
        (["%%bash\necho", "!pip install x\nq1a = r'd'\n%matplotlib inline"], "d"),
        (["q1a = r'd'", "def broken(:\n"], "d"),
        (["# %% q1a\nq1a = r'd'\n# %% q1b\nq1b = r'1'"], "d"),
        (["q1a = q1b = r'd'", "q1b = r'1'"], "d"),
        (["q1a = mu @ mu"], "mu @ mu"),
        (["\ud800", "q1a = r'd'"], "d"),
        (["x = 1\n" * 6_000, "q1a = r'd'"], "d"),
    ],
)
def test_the_last_run_of_an_answer_counts(sources: list[str], text: str) -> None:
    """As it was typed, also where it is no Python; without a note about earlier runs."""
    found = answers(*sources).submission.responses["q1a"]
    assert (found.text, found.fault, found.notes) == (text, None, ())


def test_a_syntax_error_has_its_run_and_line() -> None:
    """Such a cell never ran, and still is what the student has to mend."""
    found = answers("q1a = r'd'", "# %% q1a\nq1a = r'd").submission.responses["q1a"]
    assert found.fault is not None
    assert (found.fault.data["cell"], found.fault.data["line"]) == (2, 2)


def test_a_broken_definition_costs_its_own_question() -> None:
    """The one above it is still there."""
    found = answers("def phi(x):\n    return x", "def argmax_attention(q, K, V)\n    return q")
    responses = found.submission.responses
    assert responses["q5b_ii"].text and responses["q2d"].fault


def test_context_comes_from_all_cells() -> None:
    """Imports and helpers, wherever they were run."""
    found = answers(
        "import math", "def phi(x):\n    return twice(x)", "def twice(x):\n    return x"
    )
    assert found.submission.responses["q5b_ii"].context == (
        "import math",
        "def twice(x):\n    return x",
    )


def test_an_edited_helper_replaces_the_earlier_one() -> None:
    """Where the front-end names its cells, only the last run of each is read."""
    shell = FakeShell()
    session = session_of(shell)
    shell.run("def twice(x):\n    return 1", cell="a")
    shell.run("def phi(x):\n    return twice(x)", cell="b")
    shell.run("def twice(x):\n    return 2", cell="a")
    context = read(session).submission.responses["q5b_ii"].context
    assert context == ("def twice(x):\n    return 2",)


@pytest.mark.parametrize(("stub", "text"), [("another", "d"), ("the same", "")])
def test_a_blank_in_another_cell_answers_nothing(stub: str, text: str) -> None:
    """The untouched cell below one's own; emptying one's own cell does count."""
    shell = FakeShell()
    session = session_of(shell)
    shell.run("q1a = r'd'", cell="the same")
    shell.run("q1a = r'____'", cell=stub)
    assert read(session).submission.responses["q1a"].text == text


@pytest.mark.parametrize("below", ["def part(x):\n    return x", "phi(", "de phi(x): return x"])
def test_what_stands_in_another_cell_of_the_question_is_not_its_answer(below: str) -> None:
    """As in a file: the function that is asked for counts, in whatever order they were run."""
    shell = FakeShell()
    session = session_of(shell)
    shell.run("# %% q5b_ii\ndef phi(x):\n    return part(x)", cell="a")
    shell.run(f"# %% q5b_ii\n{below}", cell="b")
    found = read(session).submission.responses["q5b_ii"]
    assert found.text.startswith("def phi") and found.fault is None


@given(st.lists(st.sampled_from(CELLS), min_size=1, max_size=6))
@settings(max_examples=100)
def test_all_cells_run_in_order_answer_what_the_file_answers(sources: list[str]) -> None:
    """So that what a student sees is what is graded: answers, what is wrong, what code uses."""
    shell = FakeShell()
    session = session_of(shell)
    for number, source in enumerate(sources):
        shell.run(source, cell=str(number))
    cells = [{"cell_type": "code", "source": source} for source in sources]
    with TemporaryDirectory() as folder:
        path = Path(folder, "answers.ipynb")
        path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 5, "cells": cells}))
        there = read_file(path, ATTENTION)
    assert what_counts(read(session).submission) == what_counts(there)


def what_counts(found: Submission) -> dict[str, tuple[object, ...]]:
    """Of each question that isn't empty."""
    return {
        question: (each.text.strip(), each.fault and each.fault.code, each.context)
        for question, each in found.responses.items()
        if each.text.strip()
    }


def test_there_is_one_session_of_a_shell() -> None:
    """However often the set-up is run; it knows when cells were run since the first."""
    shell = FakeShell()
    shell.run("early = 1")
    session = session_of(shell)
    assert session_of(shell) is session
    shell.run("late = 1")
    assert [each.at >= session.since for each in session.executed()] == [True, True]
    assert len(shell.events.callbacks["pre_run_cell"]) == 1


def test_silent_runs_are_no_runs() -> None:
    """Front-ends run things of their own."""
    shell = FakeShell()
    session = session_of(shell)
    shell.events.callbacks["pre_run_cell"][0](type("Info", (), {"store_history": False}))
    assert session.started == {} and session.executed() == []


def test_a_shell_without_a_history_has_run_nothing() -> None:
    """Outside of a notebook."""
    assert session_of(None).executed() == []
