"""Answers from the cells that a kernel has run; nothing is run here."""

import pytest
from live_shell import FakeShell

from autograder.assignment import load
from autograder.hosts.notebook.answers import Live, live_answers
from autograder.hosts.notebook.session import Session, session_of

ATTENTION = load("attention")


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
