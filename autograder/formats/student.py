"""The files of one student, merged into one submission."""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from autograder.errors import Json, SubmissionError
from autograder.formats.answers import FileAnswers, merge
from autograder.formats.archive import open_archive
from autograder.formats.cells import MARKER, Cell, cut
from autograder.formats.decoding import decode, whole
from autograder.formats.members import (
    ARCHIVE,
    MEMBERS,
    READABLE,
    TOTAL,
    Member,
    answer_members,
    file_member,
    folder_members,
    name_of,
)
from autograder.formats.notebook import is_notebook, load_notebook
from autograder.formats.python_file import read_python
from autograder.formats.questions import Questions, questions_of
from autograder.formats.sheet import load_sheet, read_sheet
from autograder.submission import Note, Submission

if TYPE_CHECKING:
    from autograder.assignment import Assignment

NESTED = 2  # archives in archives
HEADER = re.compile(r"^#[ \t]*autograder:[ \t]*(\S+)[ \t]+(\S+)", re.MULTILINE)
FORMS = {".py": "a Python file", ".ipynb": "a notebook"}
ACCEPTED = ".py, .ipynb, .json or .zip"


class File(NamedTuple):
    """A file that has been read."""

    name: str
    data: bytes


@dataclass
class Pile:
    """What was read of one student: files, and why others could not be read."""

    files: list[File] = field(default_factory=list)
    refused: list[tuple[str, SubmissionError]] = field(default_factory=list)
    size: int = 0  # bytes, archives included
    count: int = 0


def read_file(path: Path, assignment: "Assignment", student: str | None = None) -> Submission:
    """Read a `.py`, `.ipynb`, `.json` or `.zip`, or a folder of one student's files.

    Args:
        student: The student's id; the name of the file or the folder without it.

    Errors: SubmissionError with one line for staff.
    """
    name = name_of(path)
    who = student or (name if path.is_dir() else whole(path.stem))
    if path.is_dir():
        return read_student(list(folder_members(path)), assignment, who, name)
    return read_student([file_member(path)], assignment, who, name)


def read_student(
    members: Sequence[Member], assignment: "Assignment", student: str, source: str
) -> Submission:
    """Read all files of one student that may hold answers, and merge them.

    Errors: SubmissionError when none of them can be read.
    """
    try:
        pile = Pile()
        _gather(answer_members(members), pile)
        questions = questions_of(assignment)
        read = list(_read_all(pile, questions, assignment))
    except SubmissionError as error:
        raise SubmissionError(_one_line(source, str(error))) from None
    if not read:
        names = ", ".join(member.name for member in members[:3]) or "nothing"
        reasons = [str(error) for _, error in pile.refused]
        alone = [each.name for each in members if each.suffix not in READABLE] == [source]
        none = f"not {ACCEPTED}" if alone else f"no {ACCEPTED} in it ({names})"
        why = reasons[0] if reasons else none
        raise SubmissionError(_one_line(source, why))
    answers, ignored = _with_answers(read)
    merged, notes = merge(answers)
    responses = {id: merged[id] for id in questions.forms if id in merged}
    refused = [
        Note("file_unreadable", {"file": file, "reason": str(error).removeprefix(f"{file}: ")})
        for file, error in pile.refused
    ]
    return Submission(student, source, responses, (*notes, *ignored, *refused), _digest(pile.files))


def _gather(members: Sequence[Member], pile: Pile, inside: str = "", depth: int = 0) -> None:
    """Read the bytes of files and of archives in them.

    Errors: SubmissionError when there are too many files, or too many bytes in all.
    """
    alone = len(members) == 1
    for member in members:
        name = inside + member.name
        try:
            data = member.read()
        except SubmissionError as error:
            pile.refused.append((name, error))
            continue
        pile.size += len(data)
        pile.count += 1
        if pile.size > 2 * TOTAL or pile.count > MEMBERS:
            raise SubmissionError(f"more than {MEMBERS} files or {TOTAL // 1_000_000} MB")
        if member.suffix != ARCHIVE:
            pile.files.append(File(name, data))
        elif depth < NESTED:
            _unpack(name, data, pile, inside if alone else f"{name}/", depth)
        else:
            pile.refused.append((name, SubmissionError(f"{name}: archives in archives")))


def _unpack(name: str, data: bytes, pile: Pile, inside: str, depth: int) -> None:
    try:
        with open_archive(data, name) as found:
            chosen = answer_members(found)
            if not chosen:
                shown = ", ".join(member.name for member in found[:3]) or "nothing"
                raise SubmissionError(f"{name}: no {ACCEPTED} in it ({shown})")
            _gather(chosen, pile, inside, depth + 1)
    except SubmissionError as error:
        pile.refused.append((name, error))


def _read_all(pile: Pile, questions: Questions, assignment: "Assignment") -> Iterator[FileAnswers]:
    for file in pile.files:
        try:
            yield _read_one(file, questions, assignment)
        except SubmissionError as error:
            pile.refused.append((file.name, error))


def _read_one(file: File, questions: Questions, assignment: "Assignment") -> FileAnswers:
    text, notes = decode(file.data, file.name)
    suffix = PurePosixPath(file.name).suffix.lower()
    dropped, form = 0, form_of(text, suffix)
    if form != suffix:
        misnamed = {"file": file.name, "form": FORMS[form]}
        notes = (*notes, Note("misnamed", misnamed))
    if form == ".json":
        content, repaired = load_sheet(text, file.name)
        if not is_notebook({key for key, _ in content}):
            answers = read_sheet(content, file.name, questions, repaired)
            return replace(answers, notes=(*notes, *answers.notes))
    if form == ".py":
        cells = list(cut(text))
    else:
        cells, dropped = load_notebook(text, file.name)
    answers = read_python(cells, file.name, questions, dropped)
    return replace(answers, notes=(*notes, *_version(cells, file.name, assignment), *answers.notes))


def form_of(text: str, suffix: str) -> str:
    """What a text is, as an ending: a notebook or the stub under another's name is known."""
    is_json = text.lstrip().startswith("{")
    if suffix == ".py" and is_json:
        with suppress(ValueError, RecursionError):
            return ".ipynb" if is_notebook(json.loads(text, strict=False)) else suffix
    if suffix != ".py" and not is_json and (HEADER.search(text) or MARKER.search(text)):
        return ".py"
    return suffix


def _version(cells: Sequence[Cell], file: str, assignment: "Assignment") -> Iterator[Note]:
    """Notes about the stub's header, `# autograder: NAME VERSION`, where there is one."""
    found = next(filter(None, (HEADER.search(cell.text) for cell in cells)), None)
    if found is None:
        return
    name, version = found.groups()
    if assignment.name and name != assignment.name:
        yield Note("other_assignment", {"file": file, "found": name, "current": assignment.name})
    elif version != assignment.version:
        yield Note("older_stub", {"file": file, "found": version, "current": assignment.version})


def _with_answers(files: Sequence[FileAnswers]) -> tuple[list[FileAnswers], list[Note]]:
    """The files that answer anything, if any does; a note names the others."""
    answering = [file for file in files if file.responses]
    others: list[Json] = [file.file for file in files if not file.responses]
    if not answering or not others:
        return list(files), []
    return answering, [Note("files_ignored", {"files": others})]


def _digest(files: Sequence[File]) -> str:
    total = hashlib.sha256()
    for file in sorted(files):
        total.update(f"{file.name}\0{len(file.data)}\0".encode() + file.data)
    return total.hexdigest()


def _one_line(source: str, why: str) -> str:
    """The reason with the submission's name in front, once."""
    line = " ".join(why.split())
    return line if line.startswith(f"{source}:") else f"{source}: {line}"
