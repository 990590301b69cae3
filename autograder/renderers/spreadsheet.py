"""Tables that are safe to open in a spreadsheet."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from autograder.verdict import SubmissionResult

Cell: TypeAlias = str | float | None

# A cell that starts so is run as a formula: OWASP, "CSV Injection". Full-width signs count too.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
SIGNS = "=+@＝＋－＠-"
# Where commas are decimal signs, cells end at semicolons and, quoted or not, at line ends.
INSIDE = re.compile(rf"([;\n][ \t]*)(?=[{SIGNS}])")
MADE_SAFE = re.compile(rf"([;\n][ \t]*)'(?=[{SIGNS}])")
KEPT = "\n\t"  # of what isn't printable


def table(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Write rows as CSV; text can't become a formula, numbers stay numbers."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([safe(name) for name in header])
    writer.writerows([[_cell(cell) for cell in row] for row in rows])
    return text.getvalue()


def safe(text: str) -> str:
    """A text with an apostrophe in front if a spreadsheet would run it.

    What isn't printable is shown as an escape: control characters would colour a terminal, and
    marks of writing direction would show another text than there is.
    """
    plain = f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text
    # A lone CR would end the row for some readers.
    plain = plain.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    plain = INSIDE.sub(r"\1'", plain)
    return "".join(
        c if c.isprintable() or c in KEPT else c.encode("unicode_escape").decode() for c in plain
    )


def unsafe(cell: str) -> str:
    """The text that `safe` was given."""
    cell = MADE_SAFE.sub(r"\1", cell)
    shown = cell[1:].lstrip(" ")
    return cell[1:] if cell.startswith("'") and shown.startswith(FORMULA) else cell


def number(value: float) -> str:
    """Points as people write them: `2`, `0.5`; never `1e-05`."""
    return f"{value:.6f}".rstrip("0").rstrip(".")


def grades(results: Sequence[SubmissionResult], questions: Sequence[str]) -> str:
    """The gradebook: a row a student, a column a question; empty while there is no score."""
    header = ["student", "file", *questions, "score", "points", "points_total", "complete", "note"]
    return table(header, (_row(result, questions) for result in results))


def _row(result: SubmissionResult, questions: Sequence[str]) -> list[Cell]:
    scores = {question.question: question.score for question in result.questions}
    opened = any(question.code != "not_opened" for question in result.questions)
    totals = (result.score, result.points) if opened else (None, None)
    return [
        " ".join(result.student.split()),
        " ".join(result.submission.split()),
        *(scores.get(name) for name in questions),
        *totals,
        result.points_total,
        "yes" if result.complete else "no",
        " · ".join(result.notes),
    ]


def _cell(cell: Cell) -> str:
    if cell is None:
        return ""
    return safe(cell) if isinstance(cell, str) else number(cell)
