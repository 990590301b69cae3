"""The notebook as it is saved: which file it is, what it answers, what isn't in it yet."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from autograder.assignment import Assignment
from autograder.checking import saved_at
from autograder.errors import SubmissionError
from autograder.formats import read_file
from autograder.formats.answers import is_empty
from autograder.hosts.notebook.answers import Live
from autograder.hosts.notebook.session import Executed
from autograder.submission import Response, Submission

STUB = "answers.ipynb"
SESSION = "JPY_SESSION_NAME"  # Jupyter's server tells the kernel which notebook it is for
EDITOR = "__vsc_ipynb_file__"  # and VS Code does, among the kernel's names
MANY = 20  # notebooks of one folder that are looked into
GRAIN = 0.05  # seconds; a file's time may be a little earlier than the clock's


class Step(StrEnum):
    """What an answer in the kernel and the saved notebook are to one another."""

    SAME = "same"
    NOT_RUN = "not run"
    EDITED = "edited"  # saved with another answer after the cell was run
    UNSAVED = "unsaved"


@dataclass(frozen=True)
class Saved:
    """A saved notebook.

    Attributes:
        path: From the working folder, where it is in there.
        at: When it was saved, in seconds since the epoch.
        said: When it was saved, in words.
    """

    path: Path
    at: float
    said: str
    submission: Submission


def open_saved(
    assignment: Assignment, executed: Sequence[Executed], names: Mapping[str, Any]
) -> Saved | None:
    """Read the file of the notebook we run in; None when there is none that can be read.

    Args:
        names: What the kernel's names stand for.
    """
    told = _told(names)
    for path in [told] if told else _likely(executed):
        try:
            submission = read_file(path, assignment)
            at = path.stat().st_mtime
        except (SubmissionError, OSError):
            continue
        if told or submission.responses:  # else it is a notebook about something else
            return Saved(path, at, saved_at(path, datetime.now()), submission)
    return None


def file_of(executed: Sequence[Executed], names: Mapping[str, Any]) -> Path | None:
    """The file that this most likely is, even if it can't be read."""
    return _told(names) or next(_likely(executed), None)


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
    if _content(here) == _content(there):
        return Step.SAME
    return Step.EDITED if saved.at > live.ran[question].at + GRAIN else Step.UNSAVED


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


def _likely(executed: Sequence[Executed]) -> Iterator[Path]:
    """Notebooks of this folder, those first that have most of the cells that were run."""
    try:
        found = sorted(Path().glob("*.ipynb"))[:MANY]
    except OSError:
        return
    run = {each.source.strip() for each in executed}
    scored = [(len(run & _sources(path)), path.name == STUB, path) for path in found]
    for _, _, path in sorted(scored, key=lambda each: each[:2], reverse=True):
        yield path


def _near(path: Path) -> Path:
    """The path from the working folder; as it is elsewhere."""
    try:
        return path.resolve().relative_to(Path.cwd().resolve())
    except (ValueError, OSError):
        return path


def _sources(path: Path) -> set[str]:
    """The code cells of a notebook; none of one that can't be read."""
    try:
        cells = json.loads(path.read_bytes())["cells"]
        sources = [cell["source"] for cell in cells if cell["cell_type"] == "code"]
        return {"".join(source).strip() for source in sources}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return set()
