"""The notebook as it is saved: which file it is, what it answers, what isn't in it yet."""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from autograder.assignment import Assignment
from autograder.checking import saved_at
from autograder.errors import SubmissionError
from autograder.formats import read_file
from autograder.formats.answers import is_empty
from autograder.hosts.notebook.answers import Live
from autograder.hosts.notebook.session import Executed
from autograder.hosts.notebook.uses import differing
from autograder.submission import Response, Submission

STUB = "answers.ipynb"
SESSION = "JPY_SESSION_NAME"  # Jupyter's server tells the kernel which notebook it is for
EDITOR = "__vsc_ipynb_file__"  # and VS Code does, among the kernel's names
CELLS = "cells of"
MANY = 20  # notebooks of one folder that are looked into
GRAIN = 0.05  # seconds; a file's time may be a little earlier than the clock's

T = TypeVar("T")


class Step(StrEnum):
    """What an answer in the kernel and the saved notebook are to one another."""

    SAME = "same"
    NOT_RUN = "not run"
    EDITED = "edited"  # saved with another answer after the cell was run
    APART = "apart"  # running the cell again would not make them the same
    UNSAVED = "unsaved"


@dataclass(frozen=True)
class Saved:
    """A saved notebook.

    Attributes:
        path: From the working folder, where it is in there.
        at: When it was saved, in seconds since the epoch.
        said: When it was saved, in words.
        sources: Of its code cells.
    """

    path: Path
    at: float
    said: str
    submission: Submission
    sources: frozenset[str] = frozenset()


def open_saved(
    assignment: Assignment,
    executed: Sequence[Executed],
    names: Mapping[str, Any],
    kept: MutableMapping[str, Any],
) -> Saved | None:
    """Read the file of the notebook we run in; None when there is none that can be read.

    Args:
        names: What the kernel's names stand for.
        kept: What was read before; a file is read again only when it has changed.
    """
    reader = partial(read_file, assignment=assignment)
    told = _told(names)
    for path in [told] if told else _likely(executed, kept):
        try:
            at = path.stat().st_mtime
            submission = _once(kept, f"{assignment.name} in", path, reader)
        except (SubmissionError, OSError):
            continue
        if told or submission.responses:  # else it is a notebook about something else
            sources = _once(kept, CELLS, path, _sources)
            return Saved(path, at, saved_at(path, datetime.now()), submission, sources)
    return None


def file_of(
    executed: Sequence[Executed], names: Mapping[str, Any], kept: MutableMapping[str, Any]
) -> Path | None:
    """The file that this most likely is, even if it can't be read."""
    return _told(names) or next(_likely(executed, kept), None)


def compare(live: Live, saved: Saved | None, questions: Iterable[str]) -> dict[str, Step]:
    """For each question whether what was run is what is saved; all are when nothing is saved."""
    if saved is None:
        return dict.fromkeys(questions, Step.SAME)
    return {each: _step(each, live, saved) for each in questions}


def _step(question: str, live: Live, saved: Saved) -> Step:
    there = saved.submission.responses.get(question)
    here = live.submission.responses.get(question)
    if here is None:
        return Step.SAME if there is None or is_empty(there) else Step.NOT_RUN
    others: tuple[str, ...] = ()
    if _content(here) == _content(there):
        others = differing(here, there) if there else ()
        if not others:
            return Step.SAME
    elif live.ran[question].source.strip() in saved.sources:
        return Step.APART  # another cell there answers it, too
    at = live.defined_at(others) if others else live.ran[question].at
    if saved.at <= at + GRAIN:
        return Step.UNSAVED
    return Step.APART if others or there is None or is_empty(there) else Step.EDITED


def _content(response: Response | None) -> tuple[str, str]:
    """What is compared: the text, and of what can't be read the line that is wrong."""
    if response is None:
        return "", ""
    fault = response.fault
    wrong = "" if fault is None else f"{fault.code} {fault.data.get('text')}"
    return response.text.strip(), wrong


def _told(names: Mapping[str, Any]) -> Path | None:
    """What the front-end says that we run in."""
    for told in (os.environ.get(SESSION), names.get(EDITOR)):
        path = Path(str(told)) if told else None
        if path is not None and path.suffix == ".ipynb" and path.is_file():
            return _near(path)
    return None


def _likely(executed: Sequence[Executed], kept: MutableMapping[str, Any]) -> Iterator[Path]:
    """Notebooks of this folder, those first that have most of the cells that were run."""
    try:
        found = sorted(Path().glob("*.ipynb"))[:MANY]
    except OSError:
        return
    run = {each.source.strip() for each in executed}
    scored = [(_shared(run, path, kept), path.name == STUB, path) for path in found]
    for _, _, path in sorted(scored, key=lambda each: each[:2], reverse=True):
        yield path


def _shared(run: set[str], path: Path, kept: MutableMapping[str, Any]) -> int:
    """How many of the cells that were run a notebook has."""
    try:
        return len(run & _once(kept, CELLS, path, _sources))
    except OSError:
        return 0


def _once(kept: MutableMapping[str, Any], what: str, path: Path, read: Callable[[Path], T]) -> T:
    """What is read from a file, which may have 50 MB of outputs, once until it is saved again.

    Errors: OSError when it isn't there, and those of `read`.
    """
    found = path.stat()
    key, stamp = f"{what} {path.absolute()}", (found.st_mtime_ns, found.st_size)
    if kept.get(key, (None,))[0] != stamp:
        kept[key] = stamp, read(path)
    content: T = kept[key][1]
    return content


def _near(path: Path) -> Path:
    """The path from the working folder; as it is elsewhere."""
    try:
        return path.resolve().relative_to(Path.cwd().resolve())
    except (ValueError, OSError):
        return path


def _sources(path: Path) -> frozenset[str]:
    """The code cells of a notebook; none of one that can't be read."""
    try:
        cells = json.loads(path.read_bytes())["cells"]
        sources = [cell["source"] for cell in cells if cell["cell_type"] == "code"]
        return frozenset("".join(source).strip() for source in sources)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return frozenset()
