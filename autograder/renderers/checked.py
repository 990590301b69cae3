"""A student's check as text: 80 columns, symbols with words, carets under what can't be read."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from textwrap import wrap

from autograder.report import CheckedAnswer, CheckedProblem, CheckReport, State

# Controls but line ends and tabs, and marks that turn the direction of reading.
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
WIDTH = 80
COLUMN = 16  # where answers start
ROOM = WIDTH - COLUMN
NEXT = " Next: "
GLUE = "\a"  # a space where no line breaks
EXAMPLES = "Public examples"
LOADING = f"{EXAMPLES}: loading torch ..."

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
NUMBERS = re.compile(r"(?<=\d), (?=-?\d)")  # of a shape or a list: kept on one line
BETWEEN = re.compile(r"(?<=\S )·(?= \S)")
ASCII = str.maketrans({"·": ".", "✓": "+", "✗": "x", "○": "o", "…": "~", "–": "-", "—": "-"})


def reading_text(report: CheckReport, problems: Sequence[CheckedProblem] | None = None) -> str:
    """How each answer is read: all that is known before code is run.

    Args:
        problems: What `-q` chose; None for all.
    """
    lines: list[str] = []
    if problems is None:
        lines += wrap(_title(report), WIDTH)
        lines += paragraph(
            "No key is used here: you see how each answer is read, not whether it is right."
        )
        lines += [line for note in report.notes for line in paragraph(f"Note: {note}")]
        lines.append("")
    for problem in report.problems if problems is None else problems:
        lines.append(f"{problem.number}  {problem.title}"[:WIDTH])
        for answer in problem.answers:
            below = f"{answer.echo}; tried below" if answer.question in report.below else ""
            lines += answer_lines(replace(answer, echo=below or answer.echo))
        lines.append("")
    return "\n".join(lines) + "\n"


def tried_text(report: CheckReport) -> str:
    """What became of the public examples, then the last lines."""
    lines: list[str] = []
    if (tried := report.tried) and (tried.rows or tried.absent):
        lines += [] if tried.ran or tried.absent else [EXAMPLES]
        lines += paragraph(tried.absent)
        lines += [line for row in tried.rows for line in answer_lines(row)]
        lines.append("")
    return "\n".join([*lines, *_last_lines(report)]) + "\n"


def to_encoding(text: str, encoding: str | None) -> str:
    """The text in characters that the encoding has; signs of ours get plain ones.

    Characters that would steer a terminal or turn the direction of reading are spelled out.
    """
    text = UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    try:
        text.encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        text = BETWEEN.sub("-", text).translate(ASCII)
        # What a student typed may hold any character; the caret needs one for one.
        return text.encode("ascii", "replace").decode("ascii")
    return text


def answer_lines(answer: CheckedAnswer) -> Iterator[str]:
    """One answer: symbol, id, how it was read or what is wrong."""
    head = f" {SYMBOLS[answer.state]}  {answer.question}"
    head = f"{head:<{COLUMN - 1}} "
    if answer.state not in WORDS:
        first, *rest = wrap(answer.echo, ROOM, break_on_hyphens=False) or [""]
        yield f"{head}{first}".rstrip()
        yield from (" " * COLUMN + line for line in rest)
        return
    yield head + " · ".join(filter(None, [answer.head or WORDS[answer.state], answer.place]))
    if answer.state is State.BLANK:
        return
    if answer.typed:
        yield from (" " * COLUMN + line for line in caret_lines(answer.typed, answer.span, ROOM))
    said, _, then = answer.said.partition(NEXT)
    for sentence in filter(None, [said, then and NEXT.strip() + " " + then]):
        yield from paragraph(NUMBERS.sub(f",{GLUE}", sentence), COLUMN)


def caret_lines(typed: str, span: tuple[int, int] | None, room: int) -> Iterator[str]:
    """A typed line and carets under the columns `span`; a long line is cut around them."""
    margin = len(typed) - len(typed.lstrip())
    typed = typed.replace("\t", " ").strip()
    if span is None:
        yield typed if len(typed) <= room else typed[: room - 1] + "…"
        return
    start = max(0, min(span[0] - margin, len(typed)))
    end = max(start + 1, min(span[1] - margin, len(typed)))
    # Half a line before the place, so that its context shows on both sides.
    first = max(0, min(start - room // 2, len(typed) + 1 - room)) if len(typed) >= room else 0
    shown = typed[first : first + room - 1]
    if first:
        shown = "…" + shown[1:]
    if first + room - 1 < len(typed):
        shown += "…"
    yield shown
    width = min(end - start, room - (start - first))
    yield " " * (start - first) + "^" * max(1, width)


def paragraph(text: str, indent: int = 0) -> list[str]:
    """Wrapped text."""
    space = " " * indent
    lines = wrap(text, WIDTH, initial_indent=space, subsequent_indent=space, break_on_hyphens=False)
    return [line.replace(GLUE, " ") for line in lines]


def counted(count: int, one: str, many: str | None = None) -> str:
    """`1 mistake`, `2 mistakes`."""
    return f"{count} {one if count == 1 else many or one}"


def _title(report: CheckReport) -> str:
    count = sum(len(problem.answers) for problem in report.problems)
    saved = f" (saved {report.saved})" if report.saved else ""
    name = f"{report.assignment} {report.version}"
    return f"{name} · {report.file}{saved} · {counted(count, 'question', 'questions')}"


def _last_lines(report: CheckReport) -> list[str]:
    read = len(report.with_state(State.READ, State.PASSED))
    counts = [f"{read} read"]
    if mistakes := len(report.with_state(State.MISTAKE)):
        counts.append(counted(mistakes, "mistake", "mistakes"))
    counts.append(f"{len(report.with_state(State.UNREADABLE))} unreadable")
    counts.append(f"{len(report.with_state(State.BLANK))} blank")
    return [
        " · ".join(counts),
        *paragraph(_not_checked(report)),
        *paragraph(_next_step(report)),
    ]


def _not_checked(report: CheckReport) -> str:
    later = '"Read" is not "right": answers are compared with the key only after you hand in'
    if report.unscored:
        verb = "is" if len(report.unscored) == 1 else "are"
        later += f"; {' and '.join(report.unscored)} {verb} marked by a person"
    return " ".join(filter(None, [_examples(report), later + "."]))


def _examples(report: CheckReport) -> str:
    if report.tried is None:
        said = "Code was read, not run: there are no public examples."
        return said if report.without_examples else ""
    passed, ran, total = report.tried.passed, report.tried.ran, report.tried.total
    if not ran:
        run = "was run" if report.tried.absent else "could be run yet"
        return f"{EXAMPLES}: none of {total} {run}."
    waits = f"; {total - ran} could not be run yet" if ran < total else ""
    return f"{EXAMPLES}: {passed} of {total} pass{waits}."


def _next_step(report: CheckReport) -> str:
    open_ones = report.with_state(State.MISTAKE, State.UNREADABLE, State.BLANK)
    if not open_ones:
        return f"Next: read once more what stands above, then hand in {report.file}."
    # A question and its line stay on one line of the screen.
    listed = [f"{each.question} {each.place}".strip().replace(" ", GLUE) for each in open_ones]
    if len(listed) > 8:
        listed = [*listed[:8], f"and {len(listed) - 8} more"]
    return f"Next: {', '.join(listed)}; then hand in {report.file}."
