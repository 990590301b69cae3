"""A student's check: how each answer is read, what is blank, what can't be read and where.

It needs no key. For typed answers it needs nothing but the standard library.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from autograder.assignment import Assignment, Question
from autograder.errors import Json, Unreadable, UsageError
from autograder.feedback import Level, level_of, note_words, words
from autograder.outcome import placed
from autograder.report import CheckedAnswer, CheckedProblem, CheckReport, State
from autograder.submission import Place, Response, Submission

FAULT = "(can't be shown; that is our fault: hand it in as it is)"


def check(submission: Submission, assignment: Assignment, *, saved: str = "") -> CheckReport:
    """Read every answer of a submission; nothing is run."""
    level = level_of(assignment.feedback)
    return CheckReport(
        assignment=assignment.name,
        version=assignment.version,
        file=Path(submission.source).name,
        saved=saved,
        problems=tuple(
            CheckedProblem(
                problem.number,
                problem.title,
                tuple(
                    check_answer(question, submission.responses.get(question.id), level)
                    for question in problem.questions
                ),
            )
            for problem in assignment.problems
        ),
        notes=tuple(note_words(note) for note in submission.notes),
        without_examples=_has_code(assignment) and not assignment.has_examples,
        unscored=tuple(each.id for each in assignment if each.kind.form == "prose"),
    )


def check_answer(question: Question, response: Response | None, level: Level) -> CheckedAnswer:
    """Read one answer. Never raises."""
    if response is None:
        return CheckedAnswer(question.id, State.BLANK, place="not in the file")
    seen = CheckedAnswer(question.id, State.UNREADABLE, place=place_words(response.place))
    if fault := response.fault:
        return _unreadable(seen, fault.code, fault.data, level)
    if not response.text.strip():
        return replace(seen, state=State.BLANK)
    if len(response.text) > question.limits.text:
        return _unreadable(seen, "too_long", {"most": question.limits.text}, level)
    try:
        echo = question.kind.read(response).echo
    except Unreadable as error:
        typed, span = line_of(response.text, error.span)
        seen = replace(seen, typed=typed, span=span)
        return _unreadable(seen, error.code, placed(error.data, question, response), level)
    except Exception:
        return replace(seen, state=State.READ, echo=FAULT)
    return replace(seen, state=State.READ, echo=echo)


def _unreadable(
    seen: CheckedAnswer, code: str, data: Mapping[str, Json], level: Level
) -> CheckedAnswer:
    """The answer with what is wrong; a line and a column that the data has are more exact."""
    line, column, text = (data.get(name) for name in ("line", "column", "text"))
    if isinstance(line, int) and "line" in seen.place:
        seen = replace(seen, place=re.sub(r"line \d+", f"line {line}", seen.place))
    if isinstance(column, int) and isinstance(text, str):
        seen = replace(seen, typed=text, span=(column - 1, column))
    return replace(seen, said=words(code, {**data, "line": None}, level))


def _has_code(assignment: Assignment) -> bool:
    return any(question.kind.form in ("code", "blank") for question in assignment)


def choose(report: CheckReport, asked: str) -> tuple[CheckedProblem, ...]:
    """The problems, or parts of them, that `-q` names: `q1c`, `q1`, `1`.

    Errors: UsageError when nothing has that name.
    """
    number = asked.removeprefix("q")
    exact, whole, begun = [], [], []
    for problem in report.problems:
        same = tuple(each for each in problem.answers if each.question == asked)
        start = tuple(each for each in problem.answers if each.question.startswith(asked))
        exact += [problem._replace(answers=same)] if same else []
        whole += [problem] if number == str(problem.number) else []
        begun += [problem._replace(answers=start)] if start else []
    chosen = exact or whole or begun
    if not chosen:
        ids = [each.question for problem in report.problems for each in problem.answers]
        raise UsageError(f"no question '{asked}'; there is {', '.join(ids)}")
    return tuple(chosen)


def saved_at(path: Path, now: datetime) -> str:
    """When a file was last written: the time today, else the day and the time."""
    try:
        then = datetime.fromtimestamp(path.stat().st_mtime)
    except (OSError, ValueError, OverflowError):
        return ""
    return f"{then:%H:%M}" if then.date() == now.date() else f"{then:%Y-%m-%d %H:%M}"


def place_words(place: Place) -> str:
    """Where an answer starts, such as `line 27` or `cell 4, line 2`."""
    cell = f"cell {place.cell}" if place.cell is not None else ""
    line = f"line {place.line}" if place.line is not None else ""
    return ", ".join(filter(None, [cell, line]))


def line_of(text: str, span: tuple[int, int] | None) -> tuple[str, tuple[int, int] | None]:
    """The line that a span starts in, and the span within it."""
    if span is None:
        return (next(iter(text.strip().splitlines()), ""), None)
    start = text.rfind("\n", 0, span[0]) + 1
    line = text[start:].split("\n", 1)[0]
    return line, (span[0] - start, min(span[1] - start, len(line)))
