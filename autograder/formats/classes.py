"""A whole class, one result a student; what can't be opened is not lost."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from autograder.errors import SubmissionError
from autograder.formats.export import EARLIEST
from autograder.formats.places import Entry, find, whole_of
from autograder.formats.student import read_student
from autograder.submission import Note, Submission

if TYPE_CHECKING:
    from autograder.assignment import Assignment

BROKEN = "{}: reading it ended the process that read it, or took too long"

Attempts: TypeAlias = Literal["last", "all"]


@dataclass(frozen=True)
class Unread:
    """A submission that can't be opened, with the reason in one line for staff."""

    student: str
    source: str
    reason: str
    notes: tuple[Note, ...] = ()


def read_class(
    paths: Sequence[Path],
    assignment: "Assignment",
    attempts: Attempts = "last",
    *,
    reading: Callable[[str], None] = lambda student: None,
    broken: Collection[str] = (),
    student: str | None = None,
) -> Iterator[Submission | Unread]:
    """Read every submission under the paths, in order of the students' ids.

    Args:
        paths: Files, folders of many, zips of one or of many, Gradescope exports.
        attempts: Of several submissions of one student the last counts; `all` gives each.
        reading: Is told each student whose files are read next.
        broken: Students whose files are not touched: they ended a process that read them.
        student: Whose files all of these are; None for a class.

    Errors: SubmissionError when a path isn't there or holds no submissions at all.
    """
    stems = [path.stem for path in paths]  # a/answers.py b/answers.py are two students
    with ExitStack() as stack:
        by_student: dict[str, list[Entry]] = {}
        for path in paths:
            for entry in find(path, stack) if student is None else [whole_of(path, student)]:
                if path.is_file() and stems.count(path.stem) > 1 and entry.student == path.stem:
                    entry = replace(entry, student=path.resolve().parent.name)
                by_student.setdefault(entry.student, []).append(entry)
        for who in sorted(by_student):
            entries = _by_time(by_student[who])
            if who in broken:
                yield Unread(who, entries[-1].source, BROKEN.format(entries[-1].source))
                continue
            reading(who)
            if attempts == "all":
                yield from (_read(entry, assignment) for entry in entries)
            else:
                yield _latest(entries, assignment)


def _by_time(entries: list[Entry]) -> list[Entry]:
    """Oldest first: by the time of hand-in where all have one, else as they were found.

    What an export says is a student's comes before what is by its own name: a student's zip may
    say that it is an export, with others' names in it.
    """
    known = all(entry.created != EARLIEST for entry in entries)
    if known:
        return sorted(entries, key=lambda entry: entry.created)
    return sorted(entries, key=lambda entry: "folder" not in entry.extra)


def _latest(entries: Sequence[Entry], assignment: "Assignment") -> Submission | Unread:
    """The last that can be read; notes tell of the others."""
    failed: list[Unread] = []
    for at in reversed(range(len(entries))):
        found = _read(entries[at], assignment)
        if isinstance(found, Submission):
            earlier = (Note("two_submissions", {"other": e.source}) for e in entries[:at])
            return replace(found, notes=(*found.notes, *_reasons(failed), *earlier))
        failed.append(found)
    newest, *others = failed
    return replace(newest, notes=(*newest.notes, *_reasons(others)))


def _reasons(failed: Sequence[Unread]) -> list[Note]:
    return [Note("two_submissions", {"other": f.source, "reason": f.reason}) for f in failed]


def _read(entry: Entry, assignment: "Assignment") -> Submission | Unread:
    """Read one; a fault of ours costs one student, not the class."""
    try:
        if entry.refusal:
            raise SubmissionError(entry.refusal)
        found = read_student(entry.members, assignment, entry.student, entry.source)
    except SubmissionError as error:
        return Unread(entry.student, entry.source, str(error), entry.notes)
    except Exception as error:  # our own fault: see errors.py
        reason = f"{entry.source}: the reader failed: {type(error).__name__}: {error}"
        fault = Note("reader_failed", {"type": type(error).__name__})
        return Unread(entry.student, entry.source, " ".join(reason.split()), (*entry.notes, fault))
    notes = (*entry.notes, *found.notes)
    return replace(found, notes=notes, email=entry.email, extra=entry.extra)
