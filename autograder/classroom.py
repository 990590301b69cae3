"""Many submissions: what an earlier run knows is kept, the rest is graded, on one core or more."""

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path, PurePath
from typing import TypeAlias

from autograder.assignment import Assignment
from autograder.bank import Bank
from autograder.feedback import level_of
from autograder.formats import Unread
from autograder.gradebook import Gradebook
from autograder.grading import Grader, grade
from autograder.outcome import place_of, ungraded
from autograder.reference import open_reference
from autograder.submission import Submission
from autograder.verdict import SubmissionResult

# Below this many submissions a second worker's start (torch, keys) costs more than it saves.
WORTH_A_WORKER = 40

OpenGrader: TypeAlias = Callable[[Assignment], AbstractContextManager[Grader]]
Results: TypeAlias = Generator[SubmissionResult, None, None]


@contextmanager
def open_grader(assignment: Assignment) -> Iterator[Grader]:
    """A grader with the assignment's own reference, bank and wall.

    Errors: AssignmentError when there is no reference that can be read.
    """
    from autograder.sandbox import Sandbox

    reference = open_reference(assignment)
    with Sandbox() as sandbox:
        yield Grader(
            assignment,
            reference,
            Bank(assignment.solution / "bank"),
            sandbox,
            level_of(assignment.feedback),
            assignment.digest(),
        )


def grade_class(
    found: Sequence[Submission | Unread],
    assignment: Assignment,
    gradebook: Gradebook,
    *,
    jobs: int | None = None,
    opener: OpenGrader | None = None,
) -> Results:
    """Grade what changed and yield every result, kept ones too, as soon as it is written.

    When it ends, also early, the gradebook is complete as far as it goes.

    Args:
        jobs: Worker processes; None for as many as are worth it.
        opener: Tests pass a grader of their own.
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
        gradebook.close({"seconds": seconds, "graded": done, "submissions": len(found)})


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
    count = jobs or min(os.cpu_count() or 1, 1 + len(waiting) // WORTH_A_WORKER)
    if min(count, len(waiting)) > 1:
        with closing(in_parallel(waiting, assignment, min(count, len(waiting)), opener)) as each:
            for result in each:
                yield gradebook.add(result)
    elif waiting:
        with opener(assignment) as grader:
            for submission in waiting:
                yield gradebook.add(safely(submission, grader))


def apart_from(
    out: Path, found: Sequence[Submission | Unread], paths: Sequence[Path]
) -> list[Submission | Unread]:
    """What was found without the output folder of an earlier run, where that is among it."""
    among = any(out.resolve().parent == path.resolve() for path in paths)
    return [
        each for each in found if not (among and PurePath(each.source).parts[:1] == (out.name,))
    ]


def safely(submission: Submission, grader: Grader) -> SubmissionResult:
    """Grade a submission; a fault outside all questions leaves them ungraded."""
    try:
        return grade(submission, grader)
    except Exception as error:
        return nothing_graded(submission, grader.assignment, place_of(error))


def unopened(found: Unread, assignment: Assignment) -> SubmissionResult:
    """The result of a submission that can't be opened; a fault of our reader is ours."""
    ours = any(note.code == "reader_failed" for note in found.notes)
    missing = Submission(found.student, found.source, {}, found.notes)
    code = "grader_fault" if ours else "not_opened"
    return nothing_graded(missing, assignment, found.reason, code)


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


@dataclass
class Worker:
    """A process with a grader of its own, and the submission it has in hand."""

    process: BaseProcess
    pipe: "Connection[Submission, SubmissionResult]"
    submission: Submission | None = None


def in_parallel(
    submissions: Sequence[Submission], assignment: Assignment, count: int, opener: OpenGrader
) -> Results:
    """Grade in worker processes of our own, in the order they finish.

    A worker that dies costs the submission it had in hand, and is replaced.
    """
    waiting = list(reversed(submissions))
    workers: list[Worker] = []
    try:
        while waiting or any(worker.submission for worker in workers):
            while waiting and len(workers) < count:
                workers.append(_start(assignment, opener))
            for worker in workers:
                if worker.submission is None and waiting:
                    worker.submission = waiting.pop()
                    with suppress(OSError):  # it is dead: seen below
                        worker.pipe.send(worker.submission)
            ready = wait([worker.pipe for worker in workers if worker.submission])
            for worker in [each for each in workers if each.pipe in ready]:
                submission, worker.submission = worker.submission, None
                assert submission is not None
                try:
                    yield worker.pipe.recv()
                except (EOFError, OSError):
                    workers.remove(worker)
                    worker.process.join()
                    note = f"a worker ended with {worker.process.exitcode}"
                    yield nothing_graded(submission, assignment, note)
    finally:
        for worker in workers:
            worker.pipe.close()
        for worker in workers:
            worker.process.join(timeout=5)
            worker.process.kill()


def _start(assignment: Assignment, opener: OpenGrader) -> Worker:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(str(assignment.folder), theirs, opener))
    process.start()
    theirs.close()
    return Worker(process, ours)


def _work(
    folder: str, pipe: "Connection[SubmissionResult, Submission]", opener: OpenGrader
) -> None:
    """A worker's life: submissions in, results out, until the pipe is closed."""
    from autograder.assignment import load

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what Ctrl-C ends
    with opener(load(folder)) as grader, suppress(EOFError, OSError):
        while True:
            pipe.send(safely(pipe.recv(), grader))
