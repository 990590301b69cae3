"""What grading finds: plain data, JSON in and out, no sentences."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from autograder.errors import Json

FORMAT = 1  # of results/<student>.json; see design: "Verdicts and results"


class Verdict(StrEnum):
    """How an answer was judged."""

    CORRECT = "correct"
    PARTIAL = "partial"
    INCORRECT = "incorrect"
    BLANK = "blank"
    INVALID = "invalid"
    UNGRADED = "ungraded"


@dataclass(frozen=True)
class Finding:
    """What a kind says of one answer.

    Attributes:
        verdict: The verdict.
        code: Stable name of the branch that decided, pinned by a test.
        data: What `feedback.py` and staff need to put it in words.
        proved: True when algebra has proved the verdict, not only samples.
        share: Part of the points earned, 0 to 1, for `partial`.
    """

    verdict: Verdict
    code: str
    data: Mapping[str, Json] = field(default_factory=dict)
    proved: bool = False
    share: float | None = None


@dataclass(frozen=True)
class QuestionResult:
    """One question of one submission, as `results/<student>.json` has it.

    `score` is None while a person has to mark it. `digest` is the same for answers that
    are judged the same, so that a mark given once holds for all of them.
    """

    question: str
    verdict: Verdict
    code: str
    score: float | None
    points: float
    feedback: str
    read_as: str
    proved: bool
    mistake: str | None
    answer: str
    staff_note: str
    digest: str

    def to_json(self) -> dict[str, Json]:
        return {
            "question": self.question,
            "verdict": self.verdict.value,
            "code": self.code,
            "score": self.score,
            "points": self.points,
            "feedback": self.feedback,
            "read_as": self.read_as,
            "proved": self.proved,
            "mistake": self.mistake,
            "answer": self.answer,
            "staff_note": self.staff_note,
            "digest": self.digest,
        }


@dataclass(frozen=True)
class SubmissionResult:
    """One submission, graded: what a results file holds."""

    assignment: str
    student: str
    submission: str
    questions: tuple[QuestionResult, ...]
    notes: tuple[str, ...]
    version: str
    assignment_digest: str
    submission_digest: str

    @property
    def score(self) -> float:
        """Points earned so far."""
        return sum(q.score for q in self.questions if q.score is not None)

    @property
    def points(self) -> float:
        """Points of the questions that have a score."""
        return sum(q.points for q in self.questions if q.score is not None)

    @property
    def points_total(self) -> float:
        """Points of all questions."""
        return sum(q.points for q in self.questions)

    @property
    def complete(self) -> bool:
        """True when nothing waits for a person."""
        return all(q.score is not None for q in self.questions)

    def to_json(self) -> dict[str, Json]:
        return {
            "format": FORMAT,
            "assignment": self.assignment,
            "student": self.student,
            "submission": self.submission,
            "score": self.score,
            "points": self.points,
            "points_total": self.points_total,
            "complete": self.complete,
            "notes": list(self.notes),
            "questions": [question.to_json() for question in self.questions],
            "autograder": {
                "version": self.version,
                "assignment_digest": self.assignment_digest,
                "submission_digest": self.submission_digest,
            },
        }
