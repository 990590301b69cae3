"""One submission on its own, as a host such as Gradescope has it: no class, no gradebook."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from autograder.assignment import Assignment
from autograder.classroom import open_grader, unopened
from autograder.errors import SubmissionError
from autograder.feedback import Level
from autograder.formats import Unread
from autograder.formats.apart import read_apart
from autograder.verdict import QuestionResult, SubmissionResult
from autograder.workers import in_workers


def grade_single(
    path: Path,
    assignment: Assignment,
    student: str,
    *,
    level: Level | None = None,
    guarded: Sequence[Path] = (),
    trusted: bool = False,
    said: Callable[[QuestionResult], object] = lambda result: None,
) -> SubmissionResult:
    """Grade one student's file, or a folder with nothing but that student's files.

    It is read, judged and run in processes of its own; this one needs no torch.

    Args:
        level: How much feedback says; None for what the assignment sets before it is due.
        guarded: Folders beside the solution's that the student's code may not read.
        trusted: Run code also where nothing keeps it from reading files.
        said: Is told each question's result at once.

    Errors: AssignmentError when there is no key. What can't be opened is a result, `not_opened`.
    """
    try:
        (found,) = read_apart([path], assignment, student)
    except SubmissionError as error:
        found = Unread(student, path.name, str(error))
    if isinstance(found, Unread):
        return unopened(found, assignment)
    opener = partial(open_grader, trusted=trusted, guarded=guarded, level=level)
    (result,) = in_workers([found], assignment, 1, opener, said)
    return result
