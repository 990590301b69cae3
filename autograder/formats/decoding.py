"""Bytes of a text file to text; what isn't text is refused in words."""

import codecs
import re
from pathlib import PurePosixPath

from autograder.errors import SubmissionError
from autograder.submission import Note

TEXT_LIMIT = 10_000_000  # bytes of one file
NOTEBOOK_LIMIT = 100_000_000  # of a notebook, whose pictures and logs are never looked at
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
WEB_PAGE = re.compile(rb"\s*<(?:!doctype|html|\?xml)", re.IGNORECASE)
ESCAPED = re.compile("[\udc80-\udcff]")  # bytes as "surrogateescape" keeps them
FOREIGN = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a zip or an Office document",
    b"\x1f\x8b": "a gzip archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a rar archive",
    b"{\\rtf": "a rich-text document",
}


def decode(data: bytes, name: str) -> tuple[str, tuple[Note, ...]]:
    """The text of a file, and a note when bytes had to be replaced.

    Errors: SubmissionError when it is empty, too large, or not UTF-8 text at all.
    """
    if len(data) > limit_of(name):
        raise SubmissionError(f"{name}: larger than {limit_of(name) // 1_000_000} MB")
    if not data.strip():
        raise SubmissionError(f"{name}: the file is empty")
    if data.startswith(UTF_16):
        raise SubmissionError(f"{name}: saved as UTF-16; save as UTF-8 and hand in again")
    for start, what in FOREIGN.items():
        if data.startswith(start):
            raise SubmissionError(f"{name}: this is {what}, whatever its name says")
    if shown := web_page(data[:64]):
        suffix = PurePosixPath(name).suffix
        raise SubmissionError(f"{name}: a web page saved as {suffix} (starts with {shown})")
    if b"\0" in data:
        raise SubmissionError(f"{name}: NUL bytes in it: not a text file, or not saved as UTF-8")
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        note = Note("not_utf8", {"file": name, "line": line})
        text = data.decode("utf-8-sig", errors="surrogateescape")
        return ESCAPED.sub(_western, text), (note,)


def _western(found: re.Match[str]) -> str:
    """A byte that is no UTF-8 as Windows has it in western Europe, the most usual guess."""
    return bytes([ord(found[0]) - 0xDC00]).decode("cp1252", errors="replace")


def web_page(start: bytes) -> str:
    """How a web page begins, such as `<!doctype`; empty for anything else."""
    if not WEB_PAGE.match(start):
        return ""
    return re.split(rb"[\s>]", start.strip())[0].decode("ascii", "replace")


def limit_of(name: str) -> int:
    """Bytes that a file of this name may have."""
    return NOTEBOOK_LIMIT if name.lower().endswith(".ipynb") else TEXT_LIMIT


def whole(text: str) -> str:
    """The text with half surrogate pairs, which no file can hold, replaced."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
