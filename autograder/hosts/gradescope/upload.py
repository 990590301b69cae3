"""Grade what was uploaded to Gradescope: one student's folder in, `results.json` out.

The file is written as questions finish, and says so while some are missing: whatever ends this
process, what stands there is valid and true.
"""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from autograder.assignment import Assignment
from autograder.errors import AssignmentError
from autograder.feedback import level_of
from autograder.folder import put
from autograder.hosts.gradescope.metadata import read_handing
from autograder.reference import open_reference
from autograder.renderers.gradescope import Frame, Visibility, results_json
from autograder.single import grade_single
from autograder.verdict import QuestionResult, SubmissionResult

METADATA = "submission_metadata.json"  # beside the submission's folder


@dataclass
class _Board:
    """The `results.json` of a grading that goes on."""

    path: Path
    assignment: Assignment
    digest: str
    frame: Frame
    student: str
    done: dict[str, QuestionResult]

    def add(self, result: QuestionResult) -> None:
        """Show one more question."""
        self.done[result.question] = result
        self.show()

    def show(self) -> None:
        """Write what is known so far."""
        ids = [question.id for question in self.assignment]
        so_far = SubmissionResult(
            assignment=self.assignment.name,
            student=self.student,
            submission="",
            questions=tuple(self.done[name] for name in ids if name in self.done),
            notes=(),
            version=self.assignment.version,
            assignment_digest=self.digest,
            submission_digest="",
        )
        waiting = tuple(name for name in ids if name not in self.done)
        write(self.path, results_json(so_far, replace(self.frame, waiting=waiting)))


def grade_upload(
    assignment: Assignment,
    folder: Path,
    output: Path,
    *,
    visibility: Visibility = "visible",
    trusted: bool = False,
    now: datetime | None = None,
) -> tuple[SubmissionResult, Frame]:
    """Grade and write; an earlier file is replaced before anything else happens.

    Args:
        now: When this is; after the last due date feedback may say more.

    Errors: UsageError when `output` can't be written; AssignmentError when there is no key.
    """
    began = time.monotonic()
    frame = Frame(numbers(assignment), labels(assignment), visibility)
    board = _Board(output, assignment, assignment.digest(), frame, "", {})
    board.show()
    try:
        open_reference(assignment)
    except AssignmentError:  # without a key nothing begins
        output.unlink()
        raise
    handing = read_handing(folder.parent / METADATA)
    student = handing.student or (folder.name if folder.is_dir() else folder.stem)
    board.frame = frame = replace(frame, upload=handing.upload)
    board.student = student
    level = level_of(assignment.feedback, handing.is_over(now or datetime.now(UTC)))
    result = grade_single(
        folder,
        assignment,
        student,
        level=level,
        guarded=[output.parent],
        trusted=trusted,
        said=board.add,
    )
    frame = replace(frame, seconds=time.monotonic() - began)
    write(output, results_json(result, frame))
    return result, frame


def numbers(assignment: Assignment) -> Mapping[str, str]:
    """Of each question its problem and its place in it: `4.2`."""
    return {
        question.id: f"{problem.number}.{at}"
        for problem in assignment.problems
        for at, question in enumerate(problem.questions, start=1)
    }


def labels(assignment: Assignment) -> Mapping[str, str]:
    """What each question asks for, in a word."""
    return {question.id: question.kind.label for question in assignment}


def write(path: Path, content: Mapping[str, object]) -> None:
    """Write the file, whole or not at all; half a surrogate pair becomes an escape."""
    put(path, (json.dumps(content, indent=1) + "\n").encode("ascii"))
