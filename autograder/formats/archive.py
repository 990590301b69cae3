"""Zip archives, read member by member and never extracted; what is odd is refused in words."""

import io
import lzma
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from autograder.errors import SubmissionError
from autograder.formats.decoding import limit_of, web_page
from autograder.formats.members import MEMBERS, NAME, TOTAL, Member, is_skipped

CLASS_MEMBERS = 100_000  # files of a whole class
CLASS_TOTAL = 4_000_000_000  # bytes of an archive of a whole class
ENTRY = 1_000  # bytes that one entry of the table of contents may take on average
RATIO = 100  # DEFLATE reaches 1,032; source text about 10
SMALL = 1_000_000  # bytes below which no ratio is a bomb
END = b"PK\x05\x06"  # APPNOTE.TXT 4.3.16: end of central directory
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
    KeyError,
    OverflowError,
    MemoryError,
)


@contextmanager
def open_archive(
    source: Path | bytes, name: str, whole_class: bool = False
) -> Iterator[list[Member]]:
    """The members of a zip; they can be read as long as it is open.

    Errors: SubmissionError when it is broken or when anything in it is refused.
    """
    stream: BinaryIO
    try:
        stream = io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")
    except OSError as error:
        raise SubmissionError(f"{name}: {error.strerror or error}") from None
    with stream:
        _check_container(stream, name, whole_class)
        try:
            archive = zipfile.ZipFile(stream)
        except BROKEN as error:
            raise SubmissionError(f"{name}: broken zip: {_brief(error)}") from None
        with archive:
            yield _members(archive, name, whole_class)


def _check_container(stream: BinaryIO, name: str, whole_class: bool) -> None:
    """Look at both ends before the table of contents is loaded into memory."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    start = stream.read(64)
    if size == 0:
        raise SubmissionError(f"{name}: the file is empty")
    if shown := web_page(start):
        raise SubmissionError(f"{name}: a web page saved as .zip (starts with {shown})")
    limit = CLASS_TOTAL if whole_class else TOTAL
    if size > limit:
        raise SubmissionError(f"{name}: larger than {limit // 1_000_000} MB")
    stream.seek(max(0, size - 66_000))  # the end record and its longest comment
    tail = stream.read()
    at = tail.rfind(END)
    if at < 0 or len(tail) < at + 22:
        raise SubmissionError(f"{name}: not a zip, or cut off")
    count, contents = struct.unpack("<HL", tail[at + 10 : at + 16])
    most = CLASS_MEMBERS if whole_class else MEMBERS
    if contents > ENTRY * most or (count > most and count != 0xFFFF):
        raise SubmissionError(f"{name}: too many files in it; at most {most:,} are read")


def _members(archive: zipfile.ZipFile, name: str, whole_class: bool) -> list[Member]:
    seen: set[str] = set()
    members: list[Member] = []
    total = 0
    for info in archive.infolist():
        inside = _checked_name(info, name)
        if inside in seen:
            raise SubmissionError(f"{name}: two members are called {_shown(inside)}")
        seen.add(inside)
        if info.is_dir() or is_skipped(inside):
            continue
        total += info.file_size
        _check_size(info, name, None if whole_class else total)
        members.append(Member(inside, lambda info=info: _read(archive, info, name)))  # type: ignore[misc]
    if len(members) > (CLASS_MEMBERS if whole_class else MEMBERS):
        raise SubmissionError(f"{name}: {len(members):,} files in it; that is too many")
    return sorted(members, key=lambda member: member.name)


def _checked_name(info: zipfile.ZipInfo, name: str) -> str:
    """The member's name with `/` between folders, unless it points anywhere else."""
    written = info.orig_filename
    inside = written.replace("\\", "/").rstrip("/")
    shown = _shown(written)
    if "\0" in written:
        raise SubmissionError(f"{name}: a name with a NUL in it: {shown}")
    if len(written) > NAME:
        raise SubmissionError(f"{name}: a name of more than {NAME} characters")
    if inside.startswith("/") or re.match(r"[A-Za-z]:", inside):
        raise SubmissionError(f"{name}: an absolute path in it: {shown}")
    if ".." in inside.split("/"):
        raise SubmissionError(f"{name}: a path that leaves the archive: {shown}")
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        what = "a link" if kind == stat.S_IFLNK else "a special file"
        raise SubmissionError(f"{name}: {what} in it: {shown}")
    if info.flag_bits & 0x1:
        raise SubmissionError(f"{name}: encrypted; hand in one without a password")
    return re.sub(r"/(?:\.?/)+", "/", inside.removeprefix("./"))


def _check_size(info: zipfile.ZipInfo, name: str, total: int | None) -> None:
    shown = _shown(info.filename)
    if info.file_size > SMALL and info.file_size > RATIO * info.compress_size:
        raise SubmissionError(f"{name}: {shown} grows more than {RATIO} times when unpacked")
    if total is not None and total > TOTAL:
        raise SubmissionError(f"{name}: more than {TOTAL // 1_000_000} MB when unpacked")


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes:
    """One member's bytes, never more than the limit.

    Errors: SubmissionError when it is too large or broken.
    """
    shown, limit = _shown(info.filename), limit_of(info.filename)
    if info.compress_type not in METHODS:
        raise SubmissionError(f"{name}: {shown} is compressed in a way that isn't read")
    try:
        with archive.open(info) as stream:
            data = stream.read(limit + 1)
    except BROKEN as error:
        raise SubmissionError(f"{name}: {shown} is broken: {_brief(error)}") from None
    if len(data) > limit:
        raise SubmissionError(f"{name}: {shown} is larger than {limit // 1_000_000} MB")
    return data


def _shown(name: str) -> str:
    """A name as a message may hold it: short and printable."""
    cut = name if len(name) <= 60 else name[:57] + "..."
    return "".join(letter if letter.isprintable() else "?" for letter in cut)


def _brief(error: BaseException) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__
