"""A student's check: how each answer is read, what is blank, what can't be read and where.

It needs no key. For typed answers it needs nothing but the standard library.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from itertools import takewhile
from pathlib import Path

from autograder.assignment import Assignment, Question
from autograder.errors import Json, SubmissionError, Unreadable, UsageError
from autograder.feedback import Level, known, level_of, note_words, words
from autograder.formats import read_file
from autograder.formats.answers import is_empty
from autograder.formats.members import READABLE, is_skipped
from autograder.outcome import placed
from autograder.report import CheckedAnswer, CheckedProblem, CheckReport, State
from autograder.submission import Note, Place, Response, Submission

USUAL = "answers.py"  # the file that students are given
MOST_NEAR = 12  # names that a message gives
MOST_FILES = 50  # that are looked into for answers
UNDATED = 1980  # the year of a file from a zip that doesn't say when it was written
FAULT = "(can't be shown; that is our fault: hand it in as it is)"


def check(submission: Submission, assignment: Assignment, *, saved: str = "") -> CheckReport:
    """Read every answer of a submission; nothing is run."""
    level = level_of(assignment.feedback)
    has_code = any(question.kind.form in ("code", "blank") for question in assignment)
    several = len({response.place.file for response in submission.responses.values()}) > 1
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
                    check_answer(question, submission.responses.get(question.id), level, several)
                    for question in problem.questions
                ),
            )
            for problem in assignment.problems
        ),
        notes=tuple(note_words(note) for note in submission.notes),
        has_code=has_code,
        without_examples=has_code and not assignment.has_examples,
        unscored=tuple(each.id for each in assignment if each.kind.form == "prose"),
        digest=submission.digest,
    )


def check_answer(
    question: Question, response: Response | None, level: Level, several: bool = False
) -> CheckedAnswer:
    """Read one answer. Never raises.

    Args:
        several: Whether the answers stand in several files, so that a place needs its file.
    """
    shared = question.kind.form == "blank"
    if response is None:
        return CheckedAnswer(question.id, State.BLANK, place="not in the file", shared=shared)
    notes = tuple(map(note_words, response.notes))
    place = place_words(response.place, several)
    seen = CheckedAnswer(question.id, State.UNREADABLE, place=place, notes=notes, shared=shared)
    if fault := response.fault:
        return _unreadable(seen, fault.code, fault.data, level)
    if not response.text.strip():
        return replace(seen, state=State.BLANK)
    if len(response.text) > question.limits.text:
        return _unreadable(seen, "too_long", {"most": question.limits.text}, level)
    try:
        reading = question.kind.read(response)
    except Unreadable as error:
        typed, span = line_of(response.text, error.span)
        seen = replace(seen, typed=typed, span=span)
        return _unreadable(seen, error.code, placed(error.data, question, response), level)
    except Exception:
        return replace(seen, state=State.READ, echo=FAULT)
    notes += tuple(note_words(Note(code, reading.data)) for code in reading.notes if known(code))
    return replace(seen, state=State.READ, echo=reading.echo, notes=tuple(dict.fromkeys(notes)))


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


def choose(report: CheckReport, asked: str) -> tuple[CheckedProblem, ...]:
    """The problems, or parts of them, that `-q` names: `q1c`, `1c`, `q1`, `1`.

    Errors: UsageError when nothing has that name; it tells those that are near.
    """
    wanted = asked.strip().lower()
    ids = {answer.question for answer in report.answers}
    name = wanted if wanted in ids or f"q{wanted}" not in ids else f"q{wanted}"
    number = wanted.removeprefix("q")
    exact, whole, begun = [], [], []
    for problem in report.problems:
        same = tuple(each for each in problem.answers if each.question == name)
        start = tuple(each for each in problem.answers if each.question.startswith(wanted))
        exact += [problem._replace(answers=same)] if same else []
        whole += [problem] if number == str(problem.number) else []
        begun += [problem._replace(answers=start)] if start and wanted else []
    if chosen := exact or whole or begun:
        return tuple(chosen)
    raise UsageError(f"no question '{asked}'; {_near(report, wanted)}")


def chosen_words(chosen: tuple[CheckedProblem, ...]) -> str:
    """What was chosen: `q1c`, `problem 1`, or the first and the last question."""
    ids = [answer.question for problem in chosen for answer in problem.answers]
    if len(ids) == 1:
        return ids[0]
    if len(chosen) == 1:
        return f"problem {chosen[0].number}"
    return f"{ids[0]} to {ids[-1]}"


def _near(report: CheckReport, wanted: str) -> str:
    """Those whose names begin like what was asked for; else how names begin and end."""
    ids = [answer.question for answer in report.answers]
    pairs = {each: zip(each, wanted, strict=False) for each in ids}
    shared = {each: sum(1 for _ in takewhile(_same, pair)) for each, pair in pairs.items()}
    most = max(shared.values(), default=0)
    near = [each for each in ids if shared[each] == most and most > 1]
    if 0 < len(near) <= MOST_NEAR:
        return f"near it {'is' if len(near) == 1 else 'are'} {', '.join(near)}"
    if len(ids) <= MOST_NEAR:
        return f"there is {', '.join(ids)}"
    first, last = report.problems[0].number, report.problems[-1].number
    return f"there is {ids[0]} to {ids[-1]}, in problems {first} to {last}"


def _same(pair: tuple[str, str]) -> bool:
    return pair[0] == pair[1]


def find_file(given: str | None, assignment: Assignment) -> Path:
    """The file that was asked for, else the one in this folder that has been worked on.

    Errors: UsageError when it isn't there; it tells the files that have answers.
    """
    path = Path(given or USUAL)
    if given is None:
        filled = list(_answer_files(Path(), assignment, filled=True))
        path = filled[0] if len(filled) == 1 else path
    if path.exists():
        return path
    folder, here = path.parent, "here" if path.parent == Path() else f"in {path.parent}"
    if not folder.is_dir():
        raise UsageError(f"there is no folder {folder}")
    found = list(_answer_files(folder, assignment))
    raise UsageError(f"there is no {path.name} {here}; {_told(found)}")


def open_file(path: Path, assignment: Assignment) -> Submission:
    """Read a file.

    Errors: SubmissionError; it tells the files beside it that have answers.
    """
    try:
        return read_file(path, assignment)
    except SubmissionError as error:
        found = _answer_files(path.parent, assignment) if path.is_file() else ()
        raise SubmissionError(f"{error}; {_told(list(found))}") from None


def _told(found: list[Path]) -> str:
    names = ", ".join(each.name for each in found[:MOST_NEAR])
    if not found:
        return "no other file has answers; go to the folder that holds yours"
    return f"the file with answers is {names}" if len(found) == 1 else f"answers are in {names}"


def _answer_files(folder: Path, assignment: Assignment, filled: bool = False) -> Iterator[Path]:
    """Files that hold the assignment's questions, or with `filled` at least one answer."""
    names = sorted(path for path in folder.iterdir() if path.suffix.lower() in READABLE)
    for path in names[:MOST_FILES]:
        with suppress(SubmissionError):
            found = {} if is_skipped(path.name) else read_file(path, assignment).responses
            if any(not is_empty(each) for each in found.values()) if filled else found:
                yield path


def saved_at(path: Path, now: datetime) -> str:
    """When a file was last written, in words; empty when that can't be told."""
    try:
        then = datetime.fromtimestamp(path.stat().st_mtime)
        return clock(then, now) if then.year > UNDATED else ""
    except (OSError, ValueError, OverflowError):
        return ""


def clock(then: datetime, now: datetime) -> str:
    """The time today, else the day and the time."""
    return f"{then:%H:%M}" if then.date() == now.date() else f"{then:%Y-%m-%d %H:%M}"


def place_words(place: Place, several: bool = False) -> str:
    """Where an answer starts, such as `line 27` or `cell 4, line 2`.

    Args:
        several: Whether the file has to be said too.
    """
    file = place.file if several else ""
    cell = f"cell {place.cell}" if place.cell is not None else ""
    line = f"line {place.line}" if place.line is not None else ""
    return ", ".join(filter(None, [file, cell, line]))


def line_of(text: str, span: tuple[int, int] | None) -> tuple[str, tuple[int, int] | None]:
    """The line that a span starts in, and the span within it."""
    if span is None:
        return (next(iter(text.strip().splitlines()), ""), None)
    start = text.rfind("\n", 0, span[0]) + 1
    line = text[start:].split("\n", 1)[0]
    return line, (span[0] - start, min(span[1] - start, len(line)))
