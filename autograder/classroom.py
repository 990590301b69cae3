"""Many submissions: what an earlier run knows is kept, the rest is graded, on one core or more."""

import os
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path, PurePath

from autograder.assignment import Assignment
from autograder.bank import Bank
from autograder.errors import Json
from autograder.feedback import Level, level_of
from autograder.formats import Unread
from autograder.gradebook import Gradebook
from autograder.grading import Grader
from autograder.outcome import nothing_graded
from autograder.reference import open_reference
from autograder.sandbox.memory import allowed
from autograder.sandbox.probing import LAYERS
from autograder.submission import Submission
from autograder.verdict import SubmissionResult
from autograder.workers import OpenGrader, Results, in_workers

# Below this many submissions a second worker's start (torch, keys) costs more than it saves.
WORTH_A_WORKER = 40
ROOM = 3 << 29  # bytes that a worker, its zygote and a child with an array of 1 GB may fill


@contextmanager
def open_grader(
    assignment: Assignment,
    trusted: bool = False,
    guarded: Sequence[Path] = (),
    wanted: Collection[str] = LAYERS,
    level: Level | None = None,
) -> Iterator[Grader]:
    """A grader with the assignment's own reference, bank and wall.

    Args:
        trusted: Run code also where nothing keeps it from reading files.
        guarded: Folders beside the solution's that no student's code may read.
        wanted: Layers to try, which only tests choose.
        level: How much feedback says; None for what the assignment sets before it is due.

    Errors: AssignmentError when there is no reference that can be read.
    """
    from autograder.sandbox import Sandbox

    reference = open_reference(assignment)
    folders = [assignment.solution, *guarded]
    with Sandbox(guarded=folders, wanted=wanted, trusted=trusted) as sandbox:
        yield Grader(
            assignment,
            reference,
            Bank(assignment.solution / "bank"),
            sandbox,
            level or level_of(assignment.feedback),
            assignment.digest(),
        )


def grade_class(
    found: Sequence[Submission | Unread],
    assignment: Assignment,
    gradebook: Gradebook,
    *,
    jobs: int | None = None,
    opener: OpenGrader | None = None,
    facts: Mapping[str, Json] | None = None,
) -> Results:
    """Grade what changed and yield every result, kept ones too, as soon as it is written.

    When it ends, also early, the gradebook is complete as far as it goes.

    Args:
        jobs: Worker processes; None for as many as are worth it.
        opener: Opens the grader of each process.
        facts: What else is known of the run, for `run.json`.
    """
    began, done = time.monotonic(), 0
    gradebook.start()
    try:
        with closing(_results(found, assignment, gradebook, jobs, opener or open_grader)) as each:
            for result in each:
                done += 1
                yield result
    finally:
        seconds = round(time.monotonic() - began, 1)
        run: dict[str, Json] = {"seconds": seconds, "graded": done, "submissions": len(found)}
        gradebook.close({**run, **(facts or {})})


def _results(
    found: Sequence[Submission | Unread],
    assignment: Assignment,
    gradebook: Gradebook,
    jobs: int | None,
    opener: OpenGrader,
) -> Results:
    waiting = []
    for submission in found:
        if isinstance(submission, Unread):
            yield gradebook.add(unopened(submission, assignment))
        elif kept := gradebook.kept(submission):
            yield kept
        else:
            waiting.append(submission)
    if not waiting:
        return
    count = jobs or worth(len(waiting))
    with closing(in_workers(waiting, assignment, min(count, len(waiting)), opener)) as each:
        for result in each:
            yield gradebook.add(result)


def worth(waiting: int) -> int:
    """How many workers are worth their start, and can be borne by the container around us."""
    count = min(os.cpu_count() or 1, 1 + waiting // WORTH_A_WORKER)
    return max(1, allowed(count * ROOM) // ROOM)


def apart_from(
    out: Path, found: Sequence[Submission | Unread], paths: Sequence[Path]
) -> list[Submission | Unread]:
    """What was found without the output folder of an earlier run, where that is among it."""
    among = any(out.resolve().parent == path.resolve() for path in paths)
    return [
        each for each in found if not (among and PurePath(each.source).parts[:1] == (out.name,))
    ]


def unopened(found: Unread, assignment: Assignment) -> SubmissionResult:
    """The result of a submission that can't be opened; a fault of our reader is ours."""
    ours = any(note.code == "reader_failed" for note in found.notes)
    missing = Submission(found.student, found.source, {}, found.notes)
    code = "grader_fault" if ours else "not_opened"
    return nothing_graded(missing, assignment, found.reason, code)
