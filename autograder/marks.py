"""`marks.csv`: what a person must mark, one row for all answers that are judged the same.

A filled row holds for every equal answer, now and in later gradings, over whatever the grader
says; it stays in the file even while nobody has that answer.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from autograder.assignment import Assignment
from autograder.errors import UsageError
from autograder.feedback import marked_words
from autograder.outcome import OWN_FAULT
from autograder.renderers.spreadsheet import Cell, number, table, unsafe
from autograder.verdict import QuestionResult, SubmissionResult, Verdict

HEADER = tuple("question digest count students answer read_as rubric score comment".split())
NOBODYS = OWN_FAULT | {"not_opened"}  # not for a person to mark: grading again is the cure


class Answer(NamedTuple):
    """All equal answers to one question."""

    question: str
    digest: str


@dataclass(frozen=True)
class Row:
    """One row of the file."""

    answer: Answer
    text: str = ""
    read_as: str = ""
    rubric: str = ""
    score: float | None = None
    comment: str = ""
    students: tuple[str, ...] = field(default=())

    @property
    def filled(self) -> bool:
        """Whether a person wrote something here."""
        return self.score is not None or bool(self.comment)

    def cells(self) -> list[Cell]:
        """The row as it is written."""
        said = [self.text, self.read_as, self.rubric, self.score, self.comment]
        return [*self.answer, len(self.students), ", ".join(self.students), *said]


def read_marks(path: Path, assignment: Assignment) -> dict[Answer, Row]:
    """Read what was filled in; empty when there is no file.

    Errors: UsageError naming the row that can't be understood. The file stays as it is.
    """
    if not path.is_file():
        return {}
    text = _decoded(path.read_bytes())
    first = text.partition("\n")[0]
    # Spreadsheets of half the world write semicolons.
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in first else ",")
    found: dict[Answer, Row] = {}
    at = 1
    try:
        header = [name.strip().lower() for name in next(lines, [])]
        if missing := [name for name in ("question", "digest", "score") if name not in header]:
            raise UsageError(f"{path}: no column '{missing[0]}'; put back its first row: {FIRST}")
        for at, cells in enumerate(lines, start=2):
            if any(cell.strip() for cell in cells):
                row = _row(dict(zip(header, cells, strict=False)), f"{path} row {at}", assignment)
                _keep(row, found, f"{path} row {at}")
    except csv.Error as error:
        raise UsageError(f"{path} row {at}: {error}; nothing was changed") from error
    return found


def marked(result: QuestionResult, rows: Mapping[Answer, Row]) -> QuestionResult:
    """The result with what a person gave for this answer, if anyone did."""
    row = rows.get(Answer(result.question, result.digest))
    if row is None or row.score is None or result.verdict is Verdict.BLANK:
        return result
    verdict = Verdict.PARTIAL if row.score else Verdict.INCORRECT
    verdict = Verdict.CORRECT if row.score == result.points else verdict
    before = f"marked by a person; the grader said {result.verdict.value} ({result.code})"
    return replace(
        result,
        verdict=verdict,
        code="marked",
        score=row.score,
        feedback=marked_words(row.comment),
        staff_note=result.staff_note if result.code == "marked" else before,
    )


def marks_table(
    results: Iterable[SubmissionResult], rows: Mapping[Answer, Row], assignment: Assignment
) -> str:
    """The file's next content: what waits, and every row that somebody filled."""
    waiting = {key: replace(row, students=()) for key, row in rows.items() if row.filled}
    for result in results:
        for each in result.questions:
            key = Answer(each.question, each.digest)
            if key not in waiting and not (each.score is None and each.code not in NOBODYS):
                continue
            row = waiting.get(key, Row(key))
            waiting[key] = replace(
                row,
                text=each.answer,
                read_as=each.read_as,
                rubric=_rubric(each.question, assignment),
                students=(*row.students, result.student),
            )
    order = {question.id: at for at, question in enumerate(assignment)}
    last = len(order)
    chosen = sorted(
        waiting.values(),
        key=lambda r: (order.get(r.answer.question, last), -len(r.students), r.answer),
    )
    return table(HEADER, (row.cells() for row in chosen))


FIRST = ",".join(HEADER)


def _row(cells: Mapping[str, str], where: str, assignment: Assignment) -> Row:
    name, digest = cells.get("question", "").strip(), cells.get("digest", "").strip()
    if not name or not digest:
        raise UsageError(f"{where}: question and digest must stay as they were written")
    question = assignment.questions.get(name)
    most = question.points if question else float("inf")
    score = _score(cells.get("score", ""), most, f"{where} ({name})")
    text = [unsafe(cells.get(column) or "") for column in ("answer", "read_as", "rubric")]
    comment = unsafe(cells.get("comment") or "").strip()
    return Row(Answer(name, digest), text[0], text[1], text[2], score, comment)


def _keep(row: Row, found: dict[Answer, Row], where: str) -> None:
    before = found.get(row.answer)
    if before is None or not before.filled:
        found[row.answer] = row
    elif row.filled and row.score != before.score:
        raise UsageError(
            f"{where}: another score for the same answer ({row.answer.question}"
            f" {row.answer.digest}) stands above; keep one of the rows; nothing was changed"
        )


def _score(cell: str, most: float, where: str) -> float | None:
    typed = cell.strip().lstrip("'")
    if not typed:
        return None
    try:
        score = float(typed.replace(",", "."))
    except ValueError:
        score = -1
    if not 0 <= score <= most:  # false for nan, too
        raise UsageError(
            f"{where}: score '{typed}' is not a number from 0 to {number(most)};"
            " correct it and run again; nothing was changed"
        )
    return int(score) if score.is_integer() else score


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")  # what Excel on Windows saves


def _rubric(name: str, assignment: Assignment) -> str:
    question = assignment.questions.get(name)
    return question.rubric if question else ""
