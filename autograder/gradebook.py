"""The sole writer of `OUT`: results, grades, what a person must mark, earlier versions.

Every file is written whole and then put in place, so that a run that is stopped leaves only
finished files. What a run replaces goes to `OUT/previous/<number>/`.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from autograder.assignment import Assignment
from autograder.bank import Bank
from autograder.errors import Json, UsageError
from autograder.folder import alone, put, unwritable
from autograder.marks import Answer, Row, marked, marks_table, read_marks
from autograder.outcome import OWN_FAULT
from autograder.renderers import spreadsheet
from autograder.submission import Submission
from autograder.verdict import FORMAT, QuestionResult, SubmissionResult, Verdict

SAFE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._@+-]{0,99}\Z")
# Names that Windows keeps for devices, with or without an extension.
DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|\Z)", re.IGNORECASE)
AGAIN = OWN_FAULT | {"not_opened"}  # codes that the next run tries again


class Gradebook:
    """One output folder and one assignment.

    Args:
        hints: What the words depend on besides the assignment: bank and feedback level.

    Errors: UsageError when the folder can't be used or `marks.csv` can't be understood.
    """

    def __init__(self, out: Path, assignment: Assignment, hints: str = "") -> None:
        self.out = out
        self._assignment = assignment
        self._digest = assignment.digest()
        self._hints = hints
        try:
            (out / "results").mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise unwritable(out, error) from error
        self.marks: Mapping[Answer, Row] = read_marks(out / "marks.csv", assignment)
        self._results = self._read_results()
        self._run_before = read_json(out / "run.json")
        stale = self._run_before.get("stale")
        self._stale = {str(each) for each in stale} if isinstance(stale, list) else set()
        if self._run_before.get("hints") != hints:
            self._stale |= set(self._results)

    def start(self) -> None:
        """Note down, before anything is written, whose words may be of another bank."""
        self._put(self.out / "run.json", self._about())

    def kept(self, submission: Submission) -> SubmissionResult | None:
        """The result of an earlier run, if grading again would give the same; with marks."""
        result = self._results.get(submission.student)
        if result is None or submission.student in self._stale:
            return None
        now = (self._assignment.version, self._digest, submission.digest, submission.source)
        then = (result.version, result.assignment_digest, result.submission_digest)
        if now != (*then, result.submission) or not submission.digest:
            return None
        if any(each.code in AGAIN or self._unmarked(each) for each in result.questions):
            return None
        return self.add(result)

    def add(self, result: SubmissionResult) -> SubmissionResult:
        """Put a person's marks in and write the result's file."""
        self._stale.discard(result.student)
        return self._store(result)

    def close(self, facts: Mapping[str, Json]) -> None:
        """Write grades, marks, and what is known of the run: times, layers, promises."""
        results = [self._store(result) for result in self.results]
        ids = [question.id for question in self._assignment]
        self._write(self.out / "grades.csv", spreadsheet.grades(results, ids))
        self._write(self.out / "marks.csv", marks_table(results, self.marks, self._assignment))
        self._put(self.out / "run.json", {**self._about(), **facts})

    def others(self, results: Sequence[SubmissionResult]) -> list[str]:
        """Students with a result that is not among these."""
        return sorted(self._results.keys() - {result.student for result in results})

    @property
    def results(self) -> list[SubmissionResult]:
        """All results of the folder, earlier runs' too, by student."""
        return [self._results[student] for student in sorted(self._results)]

    def _store(self, result: SubmissionResult) -> SubmissionResult:
        questions = tuple(marked(question, self.marks) for question in result.questions)
        result = replace(result, questions=questions)
        self._put(self.out / "results" / f"{file_name(result.student)}.json", result.to_json())
        self._results[result.student] = result
        return result

    def _about(self) -> dict[str, Json]:
        return {
            "assignment": self._assignment.name,
            "version": self._assignment.version,
            "assignment_digest": self._digest,
            "hints": self._hints,
            "stale": [*sorted(self._stale)],
        }

    def _unmarked(self, question: QuestionResult) -> bool:
        """Whether a mark that was given earlier has been taken back."""
        row = self.marks.get(Answer(question.question, question.digest))
        return question.code == "marked" and (row is None or row.score is None)

    def _read_results(self) -> dict[str, SubmissionResult]:
        found: dict[str, SubmissionResult] = {}
        for path in sorted((self.out / "results").glob("*.json")):
            result = result_from(read_json(path))
            if result is None:
                continue
            if result.assignment != self._assignment.name:
                raise UsageError(
                    f"{self.out} holds results of '{result.assignment}'; choose another --out"
                )
            found[result.student] = result
        return found

    @cached_property
    def _previous(self) -> Path:
        """The folder for what this run replaces."""
        folder = self.out / "previous"
        taken = [int(path.name) for path in folder.glob("*") if path.name.isdigit()]
        chosen = folder / f"{max(taken, default=0) + 1:04}"
        self._put(chosen / "run.json", self._run_before)
        return chosen

    def _put(self, path: Path, content: Mapping[str, Json]) -> None:
        self._write(path, json.dumps(content, indent=1, ensure_ascii=False) + "\n")

    def _write(self, path: Path, text: str) -> None:
        # A lone surrogate in an answer becomes \udc80: readable, and JSON reads it back.
        data = text.encode("utf-8", "backslashreplace")
        if path.is_file() and path.name != "run.json":
            if path.read_bytes() == data:
                return
            put(self._previous / path.relative_to(self.out), path.read_bytes())
        put(path, data)


@contextmanager
def open_gradebook(out: Path, assignment: Assignment) -> Iterator[Gradebook]:
    """The gradebook of an assignment with its own bank; no other run may write there meanwhile.

    Errors: UsageError; see `Gradebook`.
    """
    bank = Bank(assignment.solution / "bank")
    with alone(out):
        yield Gradebook(out, assignment, f"{bank.digest()} {assignment.feedback}")


def file_name(student: str) -> str:
    """A file name for a student's id: the id itself where it is safe, else made unique."""
    if SAFE.match(student) and not DEVICE.match(student) and not student.endswith("."):
        return student
    kept = re.sub(r"[^A-Za-z0-9_@-]+", "_", student).strip("_")[:60] or "student"
    own = hashlib.sha256(student.encode("utf-8", "backslashreplace")).hexdigest()[:8]
    return f"{kept}-{own}"


def read_json(path: Path) -> Mapping[str, Json]:
    """A file of ours, or nothing when it is missing or damaged."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def result_from(content: Mapping[str, Json]) -> SubmissionResult | None:
    """A result as it was written, or None when it isn't one of this format."""
    about, questions, notes = (content.get(key) for key in ("autograder", "questions", "notes"))
    try:
        if content["format"] != FORMAT or not isinstance(about, dict):
            return None
        return SubmissionResult(
            assignment=str(content["assignment"]),
            student=str(content["student"]),
            submission=str(content["submission"]),
            questions=tuple(question_from(each) for each in _dicts(questions)),
            notes=tuple(str(note) for note in (notes if isinstance(notes, list) else ())),
            version=str(about["version"]),
            assignment_digest=str(about["assignment_digest"]),
            submission_digest=str(about["submission_digest"]),
        )
    except (KeyError, TypeError, ValueError):
        return None


def question_from(content: Mapping[str, object]) -> QuestionResult:
    """One question of a result as it was written."""
    return QuestionResult(**{**content, "verdict": Verdict(content["verdict"])})  # type: ignore[arg-type]


def _dicts(value: Json) -> Sequence[Mapping[str, object]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
