"""Grading in processes of their own: an answer that ends or stops one costs that answer.

Student code runs in none of them (see `sandbox/`); what hostile text can do to a parser or to a
comparison, it does to a worker.
"""

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import FrameType
from typing import NamedTuple, TypeAlias

from autograder.assignment import Assignment, load
from autograder.grading import Grader, grade
from autograder.outcome import nothing_graded, place_of
from autograder.sandbox.memory import allowed, bound
from autograder.sandbox.system import die_with, hide_memory
from autograder.stopping import hear_again, unheard
from autograder.submission import Submission
from autograder.verdict import QuestionResult, SubmissionResult

PATIENCE = 120.0  # seconds for one answer: many times what its code may take, named mistakes too
START_PATIENCE = 300.0  # seconds until a worker has read its keys
GLANCE = 1.0  # seconds between looks at the clock
MOST_LOSSES = 3  # of one submission outside all questions
MOST_BARREN = 6  # workers in a row that end without a result or a question begun
END_SECONDS = 2.0  # from the request to end until a worker is killed
IDLE_SECONDS = 10.0  # for one that has nothing to do and ends its sandbox
MEMORY = 4 << 30  # bytes that a worker may fill beyond what it starts with
SAFE_PATH = "PYTHONSAFEPATH"  # Python 3.11
ADDRESSES = 1 << 30  # bytes that libraries reserve and do not fill; 0.5 GB of them were seen

OpenGrader: TypeAlias = Callable[[Assignment], AbstractContextManager[Grader]]
Results: TypeAlias = Generator[SubmissionResult, None, None]
Hears: TypeAlias = Callable[[QuestionResult], object]


@dataclass
class Task:
    """A submission and what it has cost.

    Attributes:
        suspects: Questions that were being judged when a worker ended, perhaps by chance.
        stopped: Questions that ended two workers, and how.
        losses: Workers that ended outside all questions.
    """

    submission: Submission
    suspects: set[str] = field(default_factory=set)
    stopped: dict[str, str] = field(default_factory=dict)
    losses: int = 0


class Broken(NamedTuple):
    """The last word of a worker that can't go on."""

    reason: str


@dataclass
class Worker:
    """A process with a grader of its own.

    Attributes:
        task: What it has in hand.
        at: The question that it is judging; empty before and between.
        until: When it counts as stuck, by `time.monotonic()`.
    """

    process: BaseProcess
    pipe: "Connection[Task, str | QuestionResult | SubmissionResult | Broken]"
    task: Task | None = None
    at: str = ""
    until: float = 0.0


def in_workers(
    submissions: Sequence[Submission],
    assignment: Assignment,
    count: int,
    opener: OpenGrader,
    hears: Hears = lambda result: None,
) -> Results:
    """Grade in worker processes, in the order they finish; a lost one is replaced.

    Args:
        hears: Is told the result of each question at once; again when a worker was lost.
    """
    hide_memory()
    waiting = [Task(submission) for submission in reversed(submissions)]
    workers: list[Worker] = []
    barren = 0
    try:
        while waiting or any(worker.task for worker in workers):
            while waiting and len(workers) < min(count, len(waiting) + len(workers)):
                workers.append(_start(assignment, opener))
            for worker in workers:
                if worker.task is None and waiting:
                    _give(worker, waiting.pop())
            busy = [worker for worker in workers if worker.task]
            ready = wait([worker.pipe for worker in busy], GLANCE)
            for worker in busy:
                said = _heard(worker, hears) if worker.pipe in ready else _stuck(worker)
                if isinstance(said, SubmissionResult):
                    worker.task, barren = None, 0
                    yield said
                elif said is not None:
                    workers.remove(worker)
                    barren = 0 if worker.at else barren + 1
                    if barren >= MOST_BARREN:  # the next one would do no better
                        yield from _give_up(waiting, assignment, said)
                    yield from _lost(worker, said, assignment, waiting)
    finally:
        _end(workers)


def _start(assignment: Assignment, opener: OpenGrader) -> Worker:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    in_main_thread = threading.current_thread() is threading.main_thread()
    parent = os.getpid() if in_main_thread else 0
    process = context.Process(target=_work, args=(str(assignment.folder), theirs, opener, parent))
    with _nothing_from_here():
        resource_tracker.ensure_running()  # its start would end what `unheard` does
        with unheard():
            process.start()
    theirs.close()
    return Worker(process, ours, until=time.monotonic() + START_PATIENCE)


@contextmanager
def _nothing_from_here() -> Iterator[None]:
    """Let Python, where it is started, import nothing from the current folder.

    Somebody may grade from inside the folder of submissions, with a `pickle.py` among them.
    """
    before = os.environ.get(SAFE_PATH)
    os.environ[SAFE_PATH] = "1"
    try:
        yield
    finally:
        del os.environ[SAFE_PATH]
        if before is not None:
            os.environ[SAFE_PATH] = before


def _give(worker: Worker, task: Task) -> None:
    worker.task, worker.at = task, ""
    worker.until = max(worker.until, time.monotonic() + PATIENCE)
    with suppress(OSError):  # it is dead: seen when it is read from
        worker.pipe.send(task)


def _heard(worker: Worker, hears: Hears) -> SubmissionResult | str | None:
    """A result; None for a sign of life; else how the worker ended."""
    try:
        said = worker.pipe.recv()
    except Exception:  # its end, or half of what it wanted to say
        _end([worker])
        code = worker.process.exitcode or 0
        return f"signal {-code}" if code < 0 else f"exit status {code}"
    if isinstance(said, SubmissionResult):
        return said
    if isinstance(said, Broken):
        _end([worker])
        return said.reason
    if isinstance(said, QuestionResult):
        hears(said)
    else:
        worker.at, worker.until = said, time.monotonic() + PATIENCE
    return None


def _stuck(worker: Worker) -> str | None:
    if time.monotonic() < worker.until:
        return None
    worker.process.kill()
    _end([worker])
    return f"no answer within {PATIENCE:.0f} s"


def _lost(worker: Worker, how: str, assignment: Assignment, waiting: list[Task]) -> Results:
    """Hand the submission to another worker, which leaves a question out that ended two."""
    task = worker.task
    assert task is not None
    if not worker.at:
        task.losses += 1
    elif worker.at in task.suspects:
        task.stopped[worker.at] = how
    task.suspects.add(worker.at)
    waiting.append(task)
    if task.losses == MOST_LOSSES:
        yield from _give_up([waiting.pop()], assignment, how)


def _give_up(waiting: list[Task], assignment: Assignment, how: str) -> Results:
    while waiting:
        yield nothing_graded(waiting.pop().submission, assignment, f"its worker ended: {how}")


def _end(workers: Sequence[Worker]) -> None:
    """End processes, those that are judging at once; what they have started ends with them."""
    for worker in workers:
        worker.pipe.close()
        if worker.task:
            worker.process.terminate()
    for worker in workers:
        worker.process.join(END_SECONDS if worker.task else IDLE_SECONDS)
        worker.process.kill()
        worker.process.join()


def _work(
    folder: str,
    pipe: "Connection[str | QuestionResult | SubmissionResult | Broken, Task]",
    opener: OpenGrader,
    parent: int,
) -> None:
    """A worker's life: submissions in, results out, until the pipe is closed.

    Args:
        parent: Process id to die with; 0 when only the pipe tells whether it lives.
    """
    _settle(parent)
    try:
        with opener(load(folder)) as grader, suppress(EOFError, OSError):
            while True:
                task = pipe.recv()
                grader.begins, grader.ends, grader.stopped = pipe.send, pipe.send, task.stopped
                pipe.send(safely(task.submission, grader))
    except Exception as error:
        with suppress(OSError):
            pipe.send(Broken(place_of(error)))
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)


def _leave(number: int, frame: FrameType | None) -> None:
    """End, and the sandbox too; to be told so once more on the way changes nothing."""
    signal.signal(number, signal.SIG_IGN)
    sys.exit()


def _settle(parent: int) -> None:
    signal.signal(signal.SIGTERM, _leave)
    hide_memory()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what Ctrl-C ends
    hear_again()
    if sys.platform == "linux":
        if parent:
            try:
                die_with(parent, signal.SIGKILL)
            except OSError:
                sys.exit()
        bound(ADDRESSES + allowed(MEMORY))


def safely(submission: Submission, grader: Grader) -> SubmissionResult:
    """Grade a submission; a fault outside all questions leaves them ungraded."""
    try:
        return grade(submission, grader)
    except Exception as error:
        return nothing_graded(submission, grader.assignment, place_of(error))
