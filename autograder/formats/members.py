"""The files of a folder or an archive: names first, bytes one by one and within limits."""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from autograder.errors import SubmissionError
from autograder.formats.decoding import limit_of, whole

READABLE = (".py", ".ipynb", ".json")
ARCHIVE = ".zip"
MEMBERS = 1_000  # files of one student
TOTAL = 120_000_000  # bytes of one student
NAME = 200  # characters
OURS = ("__init__.py", "spec.py")  # what lies beside and below them are no answers
CHECK = "check.py"  # beside the package
SKIPPED = frozenset({"__MACOSX", "__pycache__", "site-packages", "node_modules"})


class Member(NamedTuple):
    """A file by its name, `/` between folders, relative to where the student's files start."""

    name: str
    read: Callable[[], bytes]

    @property
    def path(self) -> PurePosixPath:
        return PurePosixPath(self.name)

    @property
    def suffix(self) -> str:
        return self.path.suffix.lower()


def is_skipped(name: str) -> bool:
    """True for what systems and editors leave behind: dotfiles, caches, `__MACOSX`."""
    return any(part.startswith(".") or part in SKIPPED for part in PurePosixPath(name).parts)


def name_of(path: Path) -> str:
    """The name of a file or a folder, as any file can hold it."""
    return whole(path.name if path.name not in ("", "..") else path.resolve().name)


def file_member(path: Path, name: str | None = None) -> Member:
    """A file on disk."""
    limit = TOTAL if path.suffix.lower() == ARCHIVE else limit_of(path.name)
    return Member(name or name_of(path), lambda: read_path(path, limit))


def read_path(path: Path, limit: int) -> bytes:
    """The bytes of a regular file.

    Errors: SubmissionError when it isn't there, can't be read, or is over the limit.
    """
    try:
        if not path.is_file():
            what = "not a file" if path.exists() else "no such file"
            raise SubmissionError(f"{name_of(path)}: {what}")
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    except OSError as error:
        raise SubmissionError(f"{name_of(path)}: {error.strerror or error}") from None
    if len(data) > limit:
        raise SubmissionError(f"{name_of(path)}: larger than {limit // 1_000_000} MB")
    return data


def folder_members(folder: Path) -> Iterator[Member]:
    """All files under a folder, in order of name; links are not followed."""
    for root, folders, files in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not is_skipped(name))
        for name in sorted(files):
            path = Path(root, name)
            if not is_skipped(name) and not path.is_symlink():
                yield file_member(path, whole(path.relative_to(folder).as_posix()))


def answer_members(members: Iterable[Member]) -> list[Member]:
    """Those that may hold answers: no modules of a package, nothing that isn't read.

    A student may hand in the whole folder, with the check, its package and the spec in it.
    """
    every = list(members)
    ours = {m.path.parent for m in every if m.path.name in OURS}
    checks = {folder.parent / CHECK for folder in ours}
    return [
        member
        for member in every
        if member.suffix in (*READABLE, ARCHIVE)
        and not (member.suffix == ".py" and not ours.isdisjoint(member.path.parents))
        and member.path not in checks
    ]
