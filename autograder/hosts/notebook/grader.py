"""In a notebook: `grader`, with the methods of otter-grader's, and what its tests call.

Everything is read from the source of the cells that were run. It needs no key, no network
and no otter; for typed answers nothing but the standard library.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from autograder.errors import AssignmentError, SubmissionError, UsageError
from autograder.examples.installed import build, missing
from autograder.feedback import without_torch_words
from autograder.hosts.notebook.export import Export, export
from autograder.hosts.notebook.saved import file_of
from autograder.hosts.notebook.session import Session, current_shell, session_of
from autograder.hosts.notebook.view import (
    Asked,
    all_text,
    ask,
    assignment_of,
    names_of,
    saved_notebook,
    unread_of,
    view_of,
)
from autograder.hosts.notebook.with_otter import Otter, as_text, open_otter
from autograder.renderers import live

FAULT = "The check itself fails here ({}). That is not your fault: hand in as it is."


class AnswerNeedsWork(Exception):
    """What otter shows where an answer is blank, can't be read or fails an example."""


@dataclass(frozen=True)
class Shown:
    """Text below a cell."""

    text: str

    def __repr__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Grader:
    """Shows how answers are read; with otter-grader 7.0 it is used as well.

    Attributes:
        name: The assignment's.
        otter: otter's own notebook, or why there is none.
    """

    name: str
    session: Session
    otter: Otter

    def check(self, question: str = "", global_env: Any = None) -> Shown:
        """How the answer to a question, or to all of a problem, is read."""
        if (otter := self.otter.notebook) is not None:
            # It keeps a log, and counts when it grades; our own words don't wait for it.
            with suppress(Exception):
                otter.check(question, global_env or names_of(self.session))
        return _shown(lambda: ask(self.session, self.name, str(question)).text)

    def check_all(self) -> Shown:
        """How all answers are read, and what is still to be done."""
        return _shown(lambda: all_text(self.session, self.name))

    def export(self, nb_path: str | None = None, **options: Any) -> Shown:
        """A zip of the notebook as it is saved, for handing in; `options` are otter's."""
        return _shown(lambda: self._export(nb_path, options))

    def _export(self, nb_path: str | None, options: Mapping[str, Any]) -> str:
        assignment, session = assignment_of(self.session, self.name), self.session
        view = view_of(session, assignment)
        path = (
            view.saved.path
            if view.saved
            else file_of(session.executed(), names_of(session), session.kept)
        )
        unread = unread_of(view.saved, assignment)
        told = Export(path, view.saved, view.steps, tuple(assignment.questions), unread)
        return export(told, nb_path, options, self.otter.notebook)

    def __repr__(self) -> str:
        return _shown(self._ready).text

    def _ready(self) -> str:
        assignment = assignment_of(self.session, self.name)
        first = next(iter(assignment)).id
        ready = f'{assignment.name} {assignment.version}: ready. Next: grader.check("{first}").'
        torch = live.ready_text(without_torch_words(build()) if missing() else "")
        return "\n".join(filter(None, [" ".join(filter(None, [ready, self.otter.said])), torch]))


def start(name: str) -> Grader:
    """The `grader` of an assignment, in the notebook that we run in."""
    session = session_of(current_shell())
    saved = None
    with suppress(UsageError, AssignmentError):  # said when the grader is shown or used
        saved = saved_notebook(session, assignment_of(session, name))
    return Grader(name, session, open_otter(saved.path if saved else None))


def said(name: str, question: str) -> str:
    """For a test of otter's: what it shows of an answer that can be read."""
    asked = _asked(name, question)
    return as_text(live.one_line(asked.answers, asked.tried, asked.by_hand) if asked else "")


def check(name: str, question: str) -> None:
    """For a test of otter's: pass where an answer can be read.

    Errors: AnswerNeedsWork with what a student reads.
    """
    text = _shown(lambda: ask(session_of(current_shell()), name, question).text).text
    asked = _asked(name, question)
    if asked is None or not asked.is_read:
        raise AnswerNeedsWork("\n" + as_text(text))


def _asked(name: str, question: str) -> Asked | None:
    """None where the check fails; why is said where it is shown."""
    try:
        return ask(session_of(current_shell()), name, question)
    except Exception:
        return None


def _shown(say: Callable[[], str]) -> Shown:
    """What is said, or in a sentence why not."""
    try:
        return Shown(say())
    except (UsageError, AssignmentError, SubmissionError) as error:
        return Shown(str(error))
    except Exception as error:
        return Shown(FAULT.format(f"{type(error).__name__}: {error}"))
