"""Where submissions are: folders of many, zips of one or of many, Gradescope exports."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from autograder.errors import Json, SubmissionError
from autograder.formats.answers import STUB
from autograder.formats.archive import open_archive
from autograder.formats.decoding import whole
from autograder.formats.export import EARLIEST, METADATA, Handed, metadata_of, read_metadata
from autograder.formats.members import (
    ARCHIVE,
    READABLE,
    Member,
    answer_members,
    file_member,
    folder_members,
    is_skipped,
    name_of,
)
from autograder.formats.student import ACCEPTED
from autograder.submission import Note

# A student's own files may say that they are an export, or be links to what a student can't read.
BESIDE = (
    "a Gradescope export by its contents, but not by its name, beside other submissions;"
    " grade it by itself"
)
EXPORT = re.compile(r"assignment_\d+_export\b")  # as Gradescope names it
LINK = "a link; hand in the file itself"
HEADER = b"# autograder: "  # the first line of what a student fills in; in a notebook within
# What lies beside submissions and is none.
NOT_HANDED_IN = (".csv", ".yml", ".yaml", ".toml", ".log", ".sh")
NOT_STUDENTS = ("readme", "license", "makefile")


@dataclass(frozen=True)
class Entry:
    """One submission that was found but not read yet.

    Attributes:
        members: Its files; empty when there are none.
        created: When it was handed in, seconds since 1970; minus infinity if unknown.
        refusal: Why it can't be read, if that is known already.
    """

    student: str
    source: str
    members: Sequence[Member] = ()
    created: float = EARLIEST
    refusal: str = ""
    email: str | None = None
    extra: Mapping[str, Json] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()


def find(path: Path, stack: ExitStack) -> Iterator[Entry]:
    """The submissions that one path holds, not read yet.

    Errors: SubmissionError when it isn't there or holds nothing.
    """
    if path.is_dir():
        found = list(_folder(path, stack))
        if not found:
            raise SubmissionError(f"{path}: no submissions in it; they are {ACCEPTED}")
        yield from found
    elif not path.exists():
        raise SubmissionError(f"{path}: no such file or folder")
    elif path.suffix.lower() == ARCHIVE:
        yield from _archive(path, stack)
    else:
        yield _file(path)


def whole_of(path: Path, student: str) -> Entry:
    """One student's submission: a file, or a folder whatever it holds."""
    if path.is_symlink():
        return replace(_refused(path, LINK), student=student)
    members = list(folder_members(path)) if path.is_dir() else [file_member(path)]
    only = [member.name for member in answer_members(members)]
    return Entry(student, only[0] if len(only) == 1 else name_of(path), members)


def _file(path: Path) -> Entry:
    readable = path.suffix.lower() in (*READABLE, ARCHIVE)
    refusal = "" if readable else f"{name_of(path)}: not {ACCEPTED}"
    return Entry(whole(path.stem), name_of(path), [file_member(path)], refusal=refusal)


def _folder(folder: Path, stack: ExitStack) -> Iterator[Entry]:
    """A Gradescope export, one student's folder, or a folder of many."""
    if _is_export(folder):
        yield from _export(list(folder_members(folder)), name_of(folder))
        return
    every = sorted(child for child in folder.iterdir() if not is_skipped(child.name))
    children = [child for child in every if not child.is_symlink()]
    files = [child for child in children if child.is_file() and _is_handed_in(child)]
    if _is_one_students([file_member(file) for file in files]):
        name = name_of(folder)
        yield Entry(name, name, list(folder_members(folder)))
        return
    yield from (_refused(child, LINK) for child in every if child.is_symlink())
    folders = [child for child in children if child.is_dir()]
    exports = [child for child in (*folders, *files) if _is_export(child)]
    alone = len(exports) == len(folders) + len(files)
    for child in exports:
        if alone or EXPORT.match(child.name):
            yield from _export_in(child, stack, alone)
        else:
            yield _refused(child, BESIDE)
    for child in (child for child in folders if child not in exports):
        yield Entry(name_of(child), name_of(child), list(folder_members(child)))
    yield from _by_stem([file_member(file) for file in files if file not in exports], "")


def _export_in(path: Path, stack: ExitStack, alone: bool) -> Iterator[Entry]:
    """An export in a folder; beside others one that can't be read is no reason to stop.

    Errors: SubmissionError.
    """
    try:
        yield from list(find(path, stack))
    except SubmissionError as error:
        if alone:
            raise
        yield replace(_refused(path, BESIDE), refusal=str(error))


def _refused(path: Path, why: str) -> Entry:
    """What is not read, under the name that it would have as a student's."""
    student = name_of(path) if path.is_dir() else whole(path.stem)
    return Entry(student, name_of(path), refusal=f"{name_of(path)}: {why}")


def _is_one_students(files: Sequence[Member]) -> bool:
    """Whether they are one student's: `answers.py` stands there, and beside it nobody's answers.

    A class has a file of that name too where somebody has not renamed it.
    """
    others = [file for file in files if not file.path.stem.startswith(STUB)]
    return any(file.path.stem == STUB for file in files) and not any(map(_has_header, others))


def _has_header(file: Member) -> bool:
    try:
        return file.suffix in READABLE and HEADER in file.read()
    except SubmissionError:  # reading it as an answer will say why
        return False


def _is_handed_in(path: Path | PurePosixPath) -> bool:
    return path.suffix.lower() not in NOT_HANDED_IN and path.stem.lower() not in NOT_STUDENTS


def _by_stem(files: Sequence[Member], inside: str) -> Iterator[Entry]:
    """Files side by side: `s01.py` and `s01.json` are one student's."""
    stems: dict[str, list[Member]] = {}
    for file in files:
        stems.setdefault(file.path.stem, []).append(file)
    for stem, members in stems.items():
        source = inside + (members[0].path.name if len(members) == 1 else stem)
        readable = [m for m in members if m.suffix in (*READABLE, ARCHIVE)]
        refusal = "" if readable else f"{source}: not {ACCEPTED}"
        yield Entry(stem, source, members, refusal=refusal)


def _is_export(path: Path) -> bool:
    """Whether a folder or a zip says so."""
    if path.is_dir():
        metadata = path / METADATA
        return metadata.is_file() and not metadata.is_symlink()
    if path.suffix.lower() != ARCHIVE:
        return False
    try:
        with open_archive(path, name_of(path), whole_class=True) as members:
            return metadata_of(members) is not None
    except SubmissionError:  # reading it will say why
        return False


def _archive(path: Path, stack: ExitStack) -> Iterator[Entry]:
    """A zip: an export, one student's, or of many; a refused one stays with its name."""
    try:
        members = stack.enter_context(open_archive(path, name_of(path), whole_class=True))
    except SubmissionError as error:
        yield Entry(whole(path.stem), name_of(path), refusal=str(error))
        return
    if metadata_of(members):
        yield from _export(members, name_of(path))
    elif groups := _students(members):
        folders, files = groups
        for name, inside in folders.items():
            yield Entry(name, f"{name_of(path)}/{name}", inside)
        yield from _by_stem(files, f"{name_of(path)}/")
    else:
        yield _file(path)


def _students(members: Sequence[Member]) -> tuple[dict[str, list[Member]], list[Member]] | None:
    """Folders and files of a zip of many; None when it is one student's."""
    members = _without_root(members)
    top = [m for m in members if len(m.path.parts) == 1 and _is_handed_in(m.path)]
    folders: dict[str, list[Member]] = {}
    for member in members:
        first, _, rest = member.name.partition("/")
        if rest:
            folders.setdefault(first, []).append(member._replace(name=rest))
    answers = answer_members(top)
    stems = {member.path.stem for member in answers}
    answering = [name for name, inside in folders.items() if answer_members(inside)]
    if _is_one_students(answers) or len(stems) + len(answering) <= 1:
        return None
    return folders, top


def _without_root(members: Sequence[Member]) -> list[Member]:
    """The members without folders that hold everything."""
    stripped = list(members)
    while stripped and all("/" in member.name for member in stripped):
        roots = {member.name.partition("/")[0] for member in stripped}
        if len(roots) > 1:
            break
        stripped = [member._replace(name=member.name.partition("/")[2]) for member in stripped]
    return stripped


def _export(members: Sequence[Member], source: str) -> Iterator[Entry]:
    metadata = metadata_of(members)
    assert metadata is not None  # the callers have seen it
    prefix = metadata.name.removesuffix(METADATA)
    folders: dict[str, list[Member]] = {}
    for member in members:
        first, _, rest = member.name.removeprefix(prefix).partition("/")
        if member.name.startswith(prefix) and rest:
            folders.setdefault(first, []).append(member._replace(name=rest))
    try:
        listed = read_metadata(metadata.read(), sorted(folders))
    except SubmissionError as error:
        raise SubmissionError(f"{source}: {error}") from None
    for handed in listed:
        yield from _handed(handed, folders.get(handed.folder))


def _handed(handed: Handed, members: Sequence[Member] | None) -> Iterator[Entry]:
    """One entry a submitter."""
    missing = f"{handed.folder}: listed in {METADATA}, but not in the export"
    notes = () if handed.listed else (Note("not_in_metadata", {"folder": handed.folder}),)
    for person in handed.submitters:
        extra: dict[str, Json] = {"folder": handed.folder}
        known = {"name": person.name, "created_at": handed.created_at, "score": handed.score}
        extra.update({key: value for key, value in known.items() if value is not None})
        yield Entry(
            person.id,
            handed.folder,
            members or (),
            handed.created,
            "" if members else missing,
            person.email,
            extra,
            notes,
        )
