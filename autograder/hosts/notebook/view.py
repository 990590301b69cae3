"""All answers of a kernel at one moment: how each is read, and what is saved of it."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from autograder.assignment import Assignment, load
from autograder.checking import check as check_report
from autograder.checking import choose, place_words
from autograder.errors import UsageError
from autograder.examples import trials
from autograder.feedback import absent_words
from autograder.formats.answers import is_empty
from autograder.hosts.notebook.answers import Live, live_answers
from autograder.hosts.notebook.saved import STUB, Saved, Step, compare, open_saved
from autograder.hosts.notebook.session import Session
from autograder.hosts.notebook.uses import differing
from autograder.renderers import checked, live
from autograder.renderers.encoding import to_encoding
from autograder.report import CheckedAnswer, CheckedProblem, CheckReport, State, Tried
from autograder.submission import Response, Submission

CELL = re.compile(r"^cell (\d+)")
READABLE = (State.READ, State.PASSED)


@dataclass(frozen=True)
class View:
    """All answers at one moment.

    Attributes:
        report: Without the public examples.
        submission: What was run.
        steps: By question, what was run and what is saved are to one another.
    """

    report: CheckReport
    submission: Submission
    steps: Mapping[str, Step]
    saved: Saved | None


@dataclass(frozen=True)
class Asked:
    """One question, or several that are checked together."""

    answers: tuple[CheckedAnswer, ...]
    tried: Tried | None
    steps: Mapping[str, Step]
    by_hand: bool

    @property
    def is_read(self) -> bool:
        """Whether nothing is blank, unreadable or fails."""
        rows = self.tried.rows if self.tried else ()
        return all(each.state in READABLE for each in (*self.answers, *rows))

    @property
    def text(self) -> str:
        """As `check -q` has it."""
        return live.asked_text(self.answers, self.tried, self.steps, self.by_hand)


def ask(session: Session, name: str, question: str) -> Asked:
    """Check one question, or those of a problem.

    Errors: UsageError when nothing has that name.
    """
    assignment = assignment_of(session, name)
    view = view_of(session, assignment)
    answers = tuple(each for part in _chosen(view.report, assignment, question) for each in part)
    ids = [each.question for each in answers]
    planned = trials.plan(assignment, view.submission, ids)
    by_hand = set(ids) <= set(view.report.unscored)
    return Asked(answers, _try(session, planned), view.steps, by_hand)


def _chosen(
    report: CheckReport, assignment: Assignment, question: str
) -> list[tuple[CheckedAnswer, ...]]:
    """What a name stands for: a question, the blanks of one cell, a problem."""
    for problem, seen in zip(assignment.problems, report.problems, strict=True):
        blanks = [each.id for each in problem.questions if each.kind.form == "blank"]
        # The cell with the blanks is called what their names begin with.
        if len(blanks) > 1 and os.path.commonprefix(blanks).rstrip("_") == question:  # noqa: RUF071
            return [tuple(each for each in seen.answers if each.question in blanks)]
    try:
        return [problem.answers for problem in choose(report, question)]
    except UsageError as error:  # most likely the answer was given, not its name
        raise UsageError(f"{error}. {live.IN_QUOTES.format(report.answers[0].question)}") from None


def all_text(session: Session, name: str) -> str:
    assignment = assignment_of(session, name)
    view = view_of(session, assignment)
    planned = trials.plan(assignment, view.submission, assignment.questions)
    report = replace(view.report, below=planned.below)
    report = replace(report, tried=_try(session, planned))
    width = live.PAGE.width
    parts = [
        checked.reading_text(report, width=width),
        checked.tried_text(report, width),
        live.steps_text(view.steps),
    ]
    return to_encoding("\n".join(part.removesuffix("\n") for part in parts if part), "utf-8")


def _try(session: Session, planned: trials.Plan) -> Tried | None:
    """Run the public examples; those of code that hasn't changed since only once."""
    key = repr(planned)
    if key not in session.kept:
        try:
            tried = trials.try_all(planned)
        except OSError as error:  # a system without processes
            return Tried((), 0, 0, planned.total, absent_words(str(error)))
        if tried is not None:
            tried = tried._replace(absent=live.in_a_cell(tried.absent))
        if tried is not None:
            tried = tried._replace(rows=tuple(_placed(row) for row in tried.rows))
        if tried is not None and tried.absent:
            return tried  # torch may be installed by the next time
        session.kept[key] = tried
    kept: Tried | None = session.kept[key]
    return kept


def view_of(session: Session, assignment: Assignment) -> View:
    saved = saved_notebook(session, assignment)
    name = saved.path.name if saved else STUB
    if session.shell is None:
        found = Live(saved.submission if saved else Submission("", name, {}), {})
    else:
        sources = saved.sources if saved else ()
        found = live_answers(session.executed(), assignment, name, sources)
    steps = compare(found, saved, assignment.questions)
    report = check_report(found.submission, assignment, saved=saved.said if saved else "")
    problems = tuple(_seen(each, found.submission, steps, saved) for each in report.problems)
    return View(replace(report, problems=problems), found.submission, steps, saved)


def _seen(
    problem: CheckedProblem, ran: Submission, steps: Mapping[str, Step], saved: Saved | None
) -> CheckedProblem:
    """A problem as it is in the kernel: by number of the run, and what hasn't been run."""
    answers = []
    for answer in map(_placed, problem.answers):
        there = saved.submission.responses.get(answer.question) if saved else None
        if answer.place == "not in the file":
            answer = replace(answer, place=place_words(there.place) if there else "not run yet")
        if steps[answer.question] is Step.NOT_RUN:
            answer = replace(answer, head="NOT RUN YET")
        here = ran.responses.get(answer.question)
        if note := _note(steps[answer.question], here, there):
            answer = replace(answer, notes=(*answer.notes, note))
        answers.append(answer)
    return problem._replace(answers=tuple(answers))


def _note(step: Step, here: Response | None, there: Response | None) -> str:
    """What is said below an answer that the saved notebook doesn't have like this."""
    if step is Step.EDITED:
        return live.EDITED
    if step is not Step.APART:
        return ""
    if here is None or there is None or is_empty(there):
        return live.apart("")
    if here.text.strip() == there.text.strip() and (others := differing(here, there)):
        return live.apart_uses(others)
    return live.apart(place_words(there.place))


def _placed(answer: CheckedAnswer) -> CheckedAnswer:
    return replace(answer, place=CELL.sub(r"In [\1]", answer.place))


def saved_notebook(session: Session, assignment: Assignment) -> Saved | None:
    return open_saved(assignment, session.executed(), names_of(session), session.kept)


def unread_of(saved: Saved | None, assignment: Assignment) -> tuple[str, ...]:
    """Questions whose saved answer can't be read."""
    answers = check_report(saved.submission, assignment).answers if saved else ()
    return tuple(each.question for each in answers if each.state is State.UNREADABLE)


def names_of(session: Session) -> Mapping[str, Any]:
    found: Mapping[str, Any] = getattr(session.shell, "user_ns", None) or {}
    return found


def assignment_of(session: Session, name: str) -> Assignment:
    """The assignment, loaded once.

    Errors: UsageError when there is none; AssignmentError when its spec fails.
    """
    if (key := f"assignment {name}") not in session.kept:
        session.kept[key] = load(name)
    found: Assignment = session.kept[key]
    return found
