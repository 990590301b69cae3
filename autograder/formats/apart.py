"""Reading a class in a process of its own: a file that breaks its reader costs one student."""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from autograder.errors import SubmissionError
from autograder.formats.classes import Unread, read_class
from autograder.sandbox.memory import allowed, bound
from autograder.sandbox.system import die_with
from autograder.stopping import SIGNALS, hear_again, unheard
from autograder.submission import Submission

if TYPE_CHECKING:
    from autograder.assignment import Assignment

PATIENCE = 60.0  # seconds for the files of one student
MEMORY = 2 << 30  # bytes that reading may take beyond what there is; a notebook may have 50 MB
MOST_BROKEN = 100


class Lost(Exception):
    """The reader has ended, or says nothing any more."""


Said: TypeAlias = "str | Submission | Unread | Exception | None"


def read_apart(
    paths: Sequence[Path], assignment: "Assignment", student: str | None = None
) -> list[Submission | Unread]:
    """Read every submission under the paths, as `read_class` does.

    Args:
        student: Whose files all of these are; None for a class.

    Errors: SubmissionError as `read_class`; RuntimeError when reading breaks down beyond that.
    """
    broken: list[str] = []
    suspects: set[str] = set()  # the reader may have ended by chance
    while len(broken) < MOST_BROKEN:
        found, lost = _read(paths, assignment, broken, student)
        if lost is None:
            return found
        if lost in suspects:
            broken.append(lost)
        suspects.add(lost)
    raise RuntimeError(f"reading the files of {', '.join(broken[:3])} and others breaks the reader")


def _read(
    paths: Sequence[Path], assignment: "Assignment", broken: Sequence[str], alone: str | None
) -> tuple[list[Submission | Unread], str | None]:
    """What was read, and the student at whose files the reader ended; None at the end."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    ends = (ours, theirs)
    given = (paths, assignment, broken, alone, ends, os.getpid())
    process = context.Process(target=_serve, args=given, daemon=True)
    with unheard():
        process.start()
    theirs.close()
    found: list[Submission | Unread] = []
    student = ""
    try:
        while not isinstance(said := _heard(ours), Exception | None):
            if isinstance(said, str):
                student = said
            else:
                found.append(said)
    finally:
        process.kill()
        process.join()
        ours.close()
    if said is None:
        return found, None
    if not isinstance(said, Lost):
        raise said
    if not student:
        raise SubmissionError(f"reading {', '.join(map(str, paths))} ended the reader")
    return found, student


def _heard(pipe: "Connection[None, Said]") -> Said:
    try:
        return pipe.recv() if pipe.poll(PATIENCE) else Lost()
    except (EOFError, OSError):  # its end, or half of what it wanted to say
        return Lost()


def _serve(
    paths: Sequence[Path],
    assignment: "Assignment",
    broken: Sequence[str],
    student: str | None,
    ends: "tuple[Connection[None, Said], Connection[Said, None]]",
    parent: int,
) -> None:
    ours, pipe = ends
    ours.close()  # else nobody would notice that the other end is gone
    try:
        _settle(parent)
        reader = partial(read_class, reading=pipe.send, broken=broken, student=student)
        for each in reader(paths, assignment):
            pipe.send(each)
        pipe.send(None)
    except Exception as error:
        with suppress(OSError):  # nobody listens any more
            pipe.send(error)


def _settle(parent: int) -> None:
    """Die with the parent alone, and not of Ctrl-C; use up this process' memory at most."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN if number == signal.SIGINT else signal.SIG_DFL)
    hear_again()
    if sys.platform == "linux":
        if threading.current_thread() is threading.main_thread():
            die_with(parent, signal.SIGKILL)
        bound(allowed(MEMORY))
