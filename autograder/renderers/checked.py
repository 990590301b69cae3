"""A student's check as text: symbols with words, carets under what can't be read."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from typing import NamedTuple

from autograder.renderers.columns import GLUE, WIDTH, caret_lines, columns, cut, paragraph, wrapped
from autograder.report import CheckedAnswer, CheckedProblem, CheckReport, Since, State

NARROWEST, NARROW = 24, 60  # columns; below the second an answer starts on a line of its own
COLUMN, MARGIN = 16, 4  # where answers start, on a wide screen and a narrow one
NEXT = " Next: "
EXAMPLES = "Public examples"
LOADING = f"{EXAMPLES}: loading torch ..."
ABSENT = "not in the file"  # the place of an answer that is nowhere
ABSENT_ALL = "Next: check the file that you were given and filled in."
ABSENT_SOME = (
    "Next: see that it stands there as in the file that you were given; capitals count, and a"
    " Markdown cell is not read."
)
MOST_NEXT = 8  # answers that the last line names

SYMBOLS = {
    State.READ: "·",
    State.PASSED: "✓",
    State.MISTAKE: "✗",
    State.UNREADABLE: "?",
    State.BLANK: "○",
}
WORDS = {
    State.MISTAKE: "MISTAKE",
    State.UNREADABLE: "CANNOT BE READ",
    State.BLANK: "BLANK",
}
OPEN = (State.MISTAKE, State.UNREADABLE, State.BLANK)


class Page(NamedTuple):
    """How wide the screen is, in columns."""

    width: int = WIDTH

    @property
    def narrow(self) -> bool:
        """Whether answers have no room beside their names."""
        return self.width < NARROW

    @property
    def column(self) -> int:
        """Where answers start."""
        return MARGIN if self.narrow else COLUMN

    def paragraph(self, text: str, indent: int = 0) -> list[str]:
        """Wrapped text."""
        return paragraph(text, indent, max(self.width, NARROWEST))


USUAL = Page()


def reading_text(
    report: CheckReport,
    problems: Sequence[CheckedProblem] | None = None,
    width: int = WIDTH,
) -> str:
    """How each answer is read: all that is known before code is run.

    Args:
        problems: What `-q` chose; None for all.
    """
    page, lines = Page(width), list[str]()
    if problems is None:
        lines += page.paragraph(_title(report))
        lines += page.paragraph(
            "No key is used here: you see how each answer is read, not whether it is right."
        )
        notes = [*report.notes, *_absent(report)]
        lines += [line for note in notes for line in page.paragraph(f"Note: {note}")]
        lines.append("")
    for problem in report.problems if problems is None else problems:
        lines += page.paragraph(f"{problem.number}  {problem.title}")
        rows = problem.answers if problems else _in_short(problem.answers, report)
        for answer in rows:
            lines += answer_lines(_awaited(answer, report), page)
        lines.append("")
    return "\n".join(lines) + "\n"


def _absent(report: CheckReport) -> Iterator[str]:
    """What to do about questions that are not in the file."""
    absent = [answer.question for answer in report.answers if answer.place == ABSENT]
    if len(absent) == len(report.answers):
        yield f"nothing in {report.file} has the name of a question."
    elif absent:
        yield f"not in the file under its own name: {_listed(absent)}. {ABSENT_SOME}"


def tried_text(report: CheckReport, width: int = WIDTH) -> str:
    """What became of the public examples, then the last lines."""
    page, lines = Page(width), list[str]()
    if (tried := report.tried) and (tried.rows or tried.absent):
        lines += [] if tried.ran or tried.absent else [EXAMPLES]
        lines += command_lines(tried.absent, page)
        lines += [line for row in tried.rows for line in answer_lines(row, page)]
        lines.append("")
    return "\n".join([*lines, *_last_lines(report, page)]) + "\n"


def answer_lines(answer: CheckedAnswer, page: Page = USUAL) -> Iterator[str]:
    """One answer: symbol, id, how it was read or what is wrong."""
    name = f" {SYMBOLS[answer.state]}  {answer.question}"
    head = f"{name}  " if page.narrow else f"{name:<{COLUMN - 1}} "
    if answer.state in WORDS:
        said, room = answer.head or WORDS[answer.state], max(page.width, NARROWEST)
        whole = head + " · ".join(filter(None, [said, answer.place]))
        fits = columns(whole) <= room
        yield whole if fits else cut(head + said, room)
        yield from () if fits else page.paragraph(answer.place, page.column)
        yield from _wrong(answer, page)
    else:
        yield from _read(head, "" if answer.covers else "read  ", answer.echo, page)
    for note in answer.notes:
        yield from page.paragraph(f"Note: {note}", page.column)


def _read(head: str, word: str, echo: str, page: Page) -> Iterator[str]:
    """How it was read, beside its name; below it on a narrow screen."""
    start = page.column + (0 if page.narrow else columns(word))
    first, *rest = wrapped(echo, max(page.width, NARROWEST) - start) or [""]
    if page.narrow and columns(head + word + first) > page.width:
        yield (head + word).rstrip()
        head, word = " " * start, ""
    yield (head + word + first).rstrip()
    yield from (" " * start + line for line in rest)


def _wrong(answer: CheckedAnswer, page: Page) -> Iterator[str]:
    """The line with carets, the cause, the next step."""
    if answer.state is State.BLANK:
        return
    if answer.typed:
        room = max(page.width, NARROWEST) - page.column
        for line in caret_lines(answer.typed, answer.span, room):
            yield " " * page.column + line
    said, _, then = answer.said.partition(NEXT)
    for sentence in filter(None, [said, then and NEXT.strip() + " " + then]):
        yield from page.paragraph(_whole_numbers(sentence), page.column)


def _awaited(answer: CheckedAnswer, report: CheckReport) -> CheckedAnswer:
    if answer.state is not State.READ or answer.question not in report.below:
        return answer
    return replace(answer, echo=f"{answer.echo}; tried below")


def _in_short(answers: Sequence[CheckedAnswer], report: CheckReport) -> Iterator[CheckedAnswer]:
    """The answers; blanks of one class that are all empty, or are tried together, in one row."""
    keys = ((each.shared and not each.notes and each.state, each) for each in answers)
    for state, group in groupby(keys, key=lambda pair: pair[0]):
        run = [answer for _, answer in group]
        first, last = run[0], run[-1]
        name = f"{first.question}-{last.question}"
        if len(run) > 1 and state is State.BLANK:
            yield replace(first, question=name, place=_from_to(first.place, last.place))
        elif len(run) > 1 and state is State.READ and first.question in report.below:
            filled = "; ".join(each.echo for each in run)
            yield replace(first, question=name, echo=f"all filled, tried below: {filled}")
        else:
            yield from run


def _from_to(first: str, last: str) -> str:
    """`line 97` and `line 120` are `lines 97-120`."""
    start, _, line = first.rpartition("line ")
    if not line.isdecimal() or not last.startswith(f"{start}line "):
        return first if first == last else ""
    return f"{start}lines {line}-{last.removeprefix(f'{start}line ')}"


def counted(count: int, one: str, many: str | None = None) -> str:
    """`1 mistake`, `2 mistakes`."""
    return f"{count} {one if count == 1 else many or one}"


def _title(report: CheckReport) -> str:
    saved = f" (saved {report.saved})" if report.saved else ""
    name = f"{report.assignment} {report.version}"
    count = counted(len(report.answers), "question", "questions")
    return f"{name} · {report.file}{saved} · {count}"


def _last_lines(report: CheckReport, page: Page) -> list[str]:
    counts = [f"{len(report.with_state(State.READ, State.PASSED))} read"]
    if mistakes := len(report.with_state(State.MISTAKE)):
        counts.append(counted(mistakes, "mistake", "mistakes"))
    counts.append(f"{len(report.with_state(State.UNREADABLE))} unreadable")
    counts.append(f"{len(report.with_state(State.BLANK))} blank")
    lines = [" · ".join(counts)]
    if report.since:
        changed = f"since {report.since.when}: {_changed(report.since)}"
        whole = f"{lines[0]} · {changed}"
        lines = [whole] if columns(whole) <= page.width else [*lines, f"S{changed[1:]}"]
    paragraphs = [*lines, _examples(report), _not_checked(report), _next_step(report)]
    return [line for each in paragraphs for line in page.paragraph(each)]


def _changed(since: Since) -> str:
    """Better first, then worse; never a word for what stayed."""
    parts = []
    if since.more:
        parts.append(counted(since.more, "more is read", "more are read"))
    if since.passing:
        parts.append(f"{_listed(since.passing)} now {_verb(since.passing, 'passes', 'pass')}")
    if since.lost:
        parts.append(f"{_listed(since.lost)} {_verb(since.lost, 'is', 'are')} no longer read")
    if since.failing:
        parts.append(f"{_listed(since.failing)} no longer {_verb(since.failing, 'passes', 'pass')}")
    return "; ".join(parts) or ("the same file" if since.same_file else "as many are read")


def _examples(report: CheckReport) -> str:
    if report.tried is None:
        said = "Code was read, not run: there are no public examples."
        return said if report.without_examples else ""
    these = f"{EXAMPLES} of {report.asked}" if report.asked else EXAMPLES
    passed, ran, total = report.tried.passed, report.tried.ran, report.tried.total
    if not ran:
        run = "was run" if report.tried.absent else "could be run yet"
        return f"{these}: none of {total} {run}."
    waits = f"; {total - ran} could not be run yet" if ran < total else ""
    return f"{these}: {passed} of {total} pass{waits}."


def _not_checked(report: CheckReport) -> str:
    said = 'Not checked: whether what is "read" is "right". Answers meet the key'
    if report.has_code:
        said += ", and code is run," if report.without_examples else ", and code more examples,"
    said += " only after you hand in"
    if report.unscored:
        marked = _verb(report.unscored, "is", "are")
        said += f"; {_listed(report.unscored)} {marked} marked by a person"
    return f"{said}."


def _next_step(report: CheckReport) -> str:
    open_ones = report.with_state(*OPEN)
    if report.answers and all(answer.place == ABSENT for answer in report.answers):
        return ABSENT_ALL
    if not open_ones:
        return f"Next: read once more what stands above, then hand in {report.file}."
    # A question and its line stay on one line of the screen.
    listed = [_to_do(each).replace(" ", GLUE) for each in open_ones]
    if len(listed) > MOST_NEXT:
        listed = [*listed[:MOST_NEXT], f"and {len(listed) - MOST_NEXT} more"]
    return f"Next: {', '.join(listed)}; check again, then hand in {report.file}."


def _to_do(answer: CheckedAnswer) -> str:
    """`q1 line 3`; what is no line, or more than one, in brackets."""
    simple = not answer.place or re.fullmatch(r"lines? [\d-]+", answer.place)
    return f"{answer.question} {answer.place if simple else f'({answer.place})'}".strip()


def _listed(names: Sequence[str]) -> str:
    """`q1`, `q1 and q2`, `q1, q2 and 3 more`."""
    if len(names) > 3:
        return f"{names[0]}, {names[1]} and {len(names) - 2} more"
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def _verb(names: Sequence[str], one: str, many: str) -> str:
    return one if len(names) == 1 else many


def command_lines(sentence: str, page: Page) -> list[str]:
    """A sentence that may end with a command of pip, which is never broken: it is to be copied."""
    before, found, command = re.split(r"(%?pip install |\Z)", sentence, maxsplit=1)
    lines, command = page.paragraph(before), found + command
    if lines and columns(f"{lines[-1]} {command}") <= page.width:
        return [*lines[:-1], f"{lines[-1]} {command}".rstrip()]
    return [*lines, command] if command else lines


def _whole_numbers(sentence: str) -> str:
    """A sentence whose shapes and lists of numbers stay on one line each."""
    parts = sentence.split(", ")
    glued = parts[0]
    for before, part in pairwise(parts):
        number = before[-1:].isdecimal() and part.lstrip("-")[:1].isdecimal()
        glued += f",{GLUE if number else ' '}{part}"
    return glued
