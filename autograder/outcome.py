"""What was found of one answer, and the result that is made of it."""

import hashlib
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.assignment import Assignment, Question
from autograder.bank import Mistake, fingerprint
from autograder.errors import AssignmentError, Json
from autograder.feedback import Level, explain, spoken, words
from autograder.kinds import Reading
from autograder.kinds.outcomes import ADDRESS
from autograder.submission import Note, Response, Submission
from autograder.verdict import Finding, QuestionResult, SubmissionResult, Verdict

SHOWN = 2_000  # characters of an overlong answer or message that a results file keeps
OWN_FAULT = frozenset({"grader_fault", "no_isolation"})


@dataclass(frozen=True)
class Judged:
    """A finding and what led to it; `ran` when code was run for it."""

    finding: Finding
    reading: Reading | None = None
    mistake: Mistake | None = None
    staff_note: str = ""
    ran: bool = False


def result_of(
    question: Question, response: Response, judged: Judged, level: Level
) -> QuestionResult:
    """Put what was found into points and words."""
    finding, reading, mistake = judged.finding, judged.reading, judged.mistake
    notes = list(response.notes)
    if reading is not None:
        notes += [Note(code, reading.data) for code in reading.notes]
    return QuestionResult(
        question=question.id,
        verdict=finding.verdict,
        code=finding.code,
        score=score_of(finding, question.points),
        points=question.points,
        feedback=explain(finding, level, mistake.hint if mistake else None, notes),
        read_as=reading.echo if reading else "",
        proved=finding.proved,
        mistake=mistake.name if mistake else None,
        answer=shown(response.text, question.limits.text),
        staff_note=judged.staff_note or staff_words(finding),
        digest=digest_of(question, response.text, reading),
    )


def staff_words(finding: Finding) -> str:
    """What staff should know of a finding and students should not."""
    about = finding.data if finding.code == "undecided" else finding.data.get("staff")
    return spoken(dict(about)) if isinstance(about, Mapping) else ""


def ungraded(question: Question, code: str, staff_note: str, text: str = "") -> QuestionResult:
    """The result of an answer that nothing is known about."""
    return QuestionResult(
        question=question.id,
        verdict=Verdict.UNGRADED,
        code=code,
        score=None,
        points=question.points,
        feedback=words(code, {}, "hints", Verdict.UNGRADED),
        read_as="",
        proved=False,
        mistake=None,
        answer=shown(text, question.limits.text),
        staff_note=staff_note,
        digest=digest_of(question, text, None),
    )


def score_of(finding: Finding, points: float) -> float | None:
    """Points earned, or None while nobody knows."""
    match finding.verdict:
        case Verdict.UNGRADED:
            return None
        case Verdict.CORRECT:
            return points
        case Verdict.PARTIAL:
            return points * (finding.share or 0)
    return 0


def digest_of(question: Question, text: str, reading: Reading | None) -> str:
    """A short name for all answers to a question that are judged the same.

    It starts with a letter, so that a spreadsheet never takes it for a number.
    """
    alike = f"{question.id}\0{fingerprint(question, text, reading)}"
    return "x" + hashlib.sha256(alike.encode("utf-8", "backslashreplace")).hexdigest()[:15]


def place_of(error: BaseException) -> str:
    """Type, message and place of an exception, the same on every machine and run."""
    said = ADDRESS.sub("", " ".join(str(error).split()))[:SHOWN]
    frames = traceback.extract_tb(error.__traceback__)
    if not frames or isinstance(error, AssignmentError):  # that says itself where to mend
        return f"{type(error).__name__}: {said}"
    file = "/".join(Path(frames[-1].filename).parts[-2:])
    return f"{type(error).__name__}: {said} ({file}:{frames[-1].lineno})"


def column_of(text: str, span: tuple[int, int]) -> str:
    """Where in a typed answer, in words; a terminal draws a caret instead."""
    before = text[: span[0]].split("\n")
    column = f"column {len(before[-1]) + 1}"
    return f"line {len(before)}, {column}" if "\n" in text.strip() else column


def placed(data: Mapping[str, Json], question: Question, response: Response) -> Mapping[str, Json]:
    """The data of a finding with its place in the student's words: `where`, or a file's line."""
    line, first, span = data.get("line"), response.place.line, data.get("span")
    if response.fault:
        return data
    if question.kind.form == "code" and first and isinstance(line, int):
        return {**data, "line": first + line - 1}
    match span:
        case [int(start), int(end)] if "line" not in data:
            return {**data, "where": column_of(response.text, (start, end))}
    return data


def shown(text: str, limit: int) -> str:
    """A text as a results file keeps it."""
    return text if len(text) <= limit else f"{text[:SHOWN]}… ({len(text)} characters)"


def nothing_graded(
    submission: Submission, assignment: Assignment, staff_note: str, code: str = "grader_fault"
) -> SubmissionResult:
    """The result of a submission of which no answer could be judged."""
    return SubmissionResult(
        assignment=assignment.name,
        student=submission.student,
        submission=submission.source,
        questions=tuple(ungraded(each, code, staff_note) for each in assignment),
        notes=(staff_note,),
        version=assignment.version,
        assignment_digest=assignment.digest(),
        submission_digest=submission.digest,
    )
