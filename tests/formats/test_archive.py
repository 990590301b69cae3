"""Zip archives: read member by member, never extracted; hostile ones are refused in words."""

import io
import stat
import struct
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from worksheet import pumps, zipped

from autograder.errors import SubmissionError
from autograder.formats import read_file

ANSWER = "q1a = r'd'\n"


def raw(*members: tuple[zipfile.ZipInfo | str, str | bytes]) -> bytes:
    """A zip with these members, whatever they are called."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile warns of two equal names
        for name, content in members:
            archive.writestr(name, content)
    return stream.getvalue()


def special(name: str, mode: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system = 3  # Unix
    info.external_attr = (mode | 0o644) << 16
    return info


def encrypted() -> bytes:
    """A zip whose flags say that its member has a password."""
    data = bytearray(raw(("answers.py", ANSWER)))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def with_nul() -> bytes:
    return raw(("answersX.py", ANSWER)).replace(b"answersX.py", b"answers\0.py")


def broken_member() -> bytes:
    data = bytearray(raw(("answers.py", ANSWER * 99)))
    data[45] ^= 0xFF
    return bytes(data)


def unusual_method() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("answers.py", ANSWER)
    return stream.getvalue()


def lying_about_size() -> bytes:
    """The table of contents says 10 bytes; 20 MB come out."""
    data = bytearray(raw(("answers.py", b"\n" * 20_000_000)))
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<L", 10)
    return bytes(data)


def too_large() -> bytes:
    """Twenty-one members of 6 MB that shrink to a tenth."""
    block = b"".join(b"%07d" % (i * 7919 % 10**7) + b"\n" * 60 for i in range(90_000))
    return raw(*((f"a{i}.py", block) for i in range(21)))


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "climbing": (lambda: raw(("../answers.py", ANSWER)), "a path that leaves the archive"),
    "climbing inside": (lambda: raw(("a/../../b.py", ANSWER)), "a path that leaves the archive"),
    "climbing, backslash": (lambda: raw(("..\\b.py", ANSWER)), "a path that leaves the archive"),
    "absolute": (lambda: raw(("/etc/answers.py", ANSWER)), "an absolute path in it"),
    "drive": (lambda: raw(("C:\\answers.py", ANSWER)), "an absolute path in it"),
    "link": (lambda: raw((special("answers.py", stat.S_IFLNK), "/etc/passwd")), "a link in it"),
    "device": (lambda: raw((special("answers.py", stat.S_IFCHR), "")), "a special file in it"),
    "twice": (lambda: raw(("a.py", ANSWER), ("a.py", "q1a = 1")), "two members are called a.py"),
    "twice in disguise": (lambda: raw(("a.py", ANSWER), ("./a.py", "")), "two members are called"),
    "encrypted": (encrypted, "encrypted; hand in one without a password"),
    "NUL": (with_nul, "a name with a NUL in it"),
    "long name": (lambda: raw(("a" * 201 + ".py", ANSWER)), "a name of more than 200 characters"),
    "many": (lambda: raw(*((f"{i}.py", "") for i in range(1001))), "too many files in it"),
    "bomb": (lambda: raw(("answers.py", b"\n" * 9_000_000)), "grows more than 100 times"),
    "lie": (lying_about_size, "answers.py"),
    "large": (too_large, "more than 120 MB when unpacked"),
    "web page": (lambda: b"\n<!DOCTYPE html><html>", "a web page saved as .zip (starts with <!DOC"),
    "cut off": (lambda: raw(("answers.py", ANSWER))[:-30], "not a zip, or cut off"),
    "no zip": (lambda: b"Rar!\x1a\x07", "not a zip, or cut off"),
    "empty": (lambda: b"", "the file is empty"),
    "no members": (lambda: raw(), "no .py, .ipynb, .json or .zip in it (nothing)"),
    "other files": (lambda: raw(("a.pdf", "%PDF")), "no .py, .ipynb, .json or .zip in it (a.pdf)"),
    "broken member": (broken_member, "answers.py is broken"),
    "method": (unusual_method, "answers.py is compressed in a way that isn't read"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_archive_is_refused_in_words(case: str, tmp_path: Path) -> None:
    """One line, named after the upload; nothing is written beside it."""
    make, reason = HOSTILE[case]
    path = tmp_path / "ada.zip"
    path.write_bytes(make())
    with pytest.raises(SubmissionError) as error:
        read_file(path, pumps())
    message = str(error.value)
    assert message.startswith("ada.zip: ") and reason in message and "\n" not in message
    assert list(tmp_path.iterdir()) == [path]


def test_a_zip_of_one_file_is_that_file(tmp_path: Path) -> None:
    """The zip's name is the student."""
    found = read_file(zipped(tmp_path / "ada.zip", {"answers.py": ANSWER}), pumps())
    assert (found.student, found.source) == ("ada", "ada.zip")
    assert found.responses["q1a"].place.file == "answers.py"


def test_names_written_on_windows_are_names(tmp_path: Path) -> None:
    """Old tools write a backslash between folders."""
    path = tmp_path / "ada.zip"
    path.write_bytes(raw(("hw\\answers.py", ANSWER)))
    assert read_file(path, pumps()).responses["q1a"].place.file == "hw/answers.py"


def test_a_zip_in_a_zip_is_opened(tmp_path: Path) -> None:
    """Students zip their zip; more than that nobody does."""
    inner = raw(("answers.py", ANSWER))
    path = zipped(tmp_path / "ada.zip", {"hw.zip": inner})
    assert read_file(path, pumps()).responses["q1a"].text == "d"
    for _ in range(3):
        inner = raw(("hw.zip", inner))
    with pytest.raises(SubmissionError, match="archives in archives"):
        read_file(zipped(tmp_path / "bo.zip", {"hw.zip": inner}), pumps())


def test_a_bomb_inside_does_not_cost_the_answers_beside_it(tmp_path: Path) -> None:
    """An archive in a folder is refused alone."""
    (tmp_path / "ada").mkdir()
    (tmp_path / "ada" / "answers.py").write_text(ANSWER)
    (tmp_path / "ada" / "more.zip").write_bytes(raw(("a.py", b"\n" * 9_000_000)))
    found = read_file(tmp_path / "ada", pumps())
    assert found.responses["q1a"].text == "d"
    assert [note.code for note in found.notes] == ["file_unreadable"]
