"""What students upload by accident or on purpose: a clear message, no crash, no stray file."""

import io
import json
import stat
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from gradescope_format import assert_valid
from made_up import ANSWERS, filled, here, on_disk, open_grader

from autograder import single
from autograder.assignment import load
from autograder.hosts.gradescope.upload import grade_upload

FULL, TYPED = 4, 2  # points of all answers, and of those in a sheet
STUB = filled(**ANSWERS)


def cells(*sources: str, **more: Any) -> bytes:
    """A notebook with these code cells."""
    made = [
        {"cell_type": "code", "source": each, "metadata": {}, "outputs": []} for each in sources
    ]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, **more}).encode()


def by_cell(text: str) -> list[str]:
    return ["# %%" + each for each in text.split("# %%")[1:]]


def zipped(*members: tuple[str | ZipInfo, bytes]) -> bytes:
    """A zip with these members, in this order."""
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return made.getvalue()


def link(name: str, target: str) -> tuple[ZipInfo, bytes]:
    info = ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info, target.encode()


PLAIN = STUB.encode()
BOOK = cells(*by_cell(STUB))
PICTURE = {"output_type": "stream", "name": "stdout", "text": "A" * 50_000_000}

# What lies in the submission's folder: its score, and what the student reads.
READ: dict[str, tuple[dict[str, bytes], float, str]] = {
    "folders in folders": ({"a/b/c/answers.py": PLAIN}, FULL, ""),
    "a zip in the folder": ({"hw.zip": zipped(("x/y/answers.py", PLAIN))}, FULL, ""),
    "what macOS adds": (
        {"__MACOSX/._answers.py": b"\0\5\26\7", ".DS_Store": b"\0", "answers.py": PLAIN}, FULL, "",
    ),
    "spaces and accents": ({"Übung 1 – Lösung (2).py": PLAIN}, FULL, ""),
    "Windows line ends and a mark": (
        {"answers.py": b"\xef\xbb\xbf" + PLAIN.replace(b"\n", b"\r\n")}, FULL, "",
    ),
    "old Mac line ends": ({"answers.py": PLAIN.replace(b"\n", b"\r")}, FULL, ""),
    "a notebook": ({"answers.ipynb": BOOK}, FULL, ""),
    "deleted cells": ({"answers.ipynb": cells(*by_cell(STUB)[1:])}, FULL - 1, "blank (a1)"),
    "a cell twice": (
        {"answers.ipynb": cells('a1 = r"venus"', *by_cell(STUB))}, FULL, "cell 2, line 2 counts",
    ),
    "huge outputs": (
        {"answers.ipynb": cells(*by_cell(STUB)).replace(
            b'"outputs": []', b'"outputs": [' + json.dumps(PICTURE).encode() + b"]", 1)},
        FULL, "",
    ),
    "cell magics": (
        {"answers.ipynb": cells("%matplotlib inline\n!pip install x", *by_cell(STUB))}, FULL, "",
    ),
    "a kernel that nobody has": (
        {"answers.ipynb": cells(*by_cell(STUB), metadata={"kernelspec": {"name": "my-env"}})},
        FULL, "",
    ),
    "two notebooks": (
        {"old/answers.ipynb": cells('a1 = r"venus"'), "answers.ipynb": BOOK}, FULL, "differ",
    ),
    "a notebook and a stub": (
        {"answers.ipynb": cells('a1 = r"sun"'), "answers.py": PLAIN}, FULL, "",
    ),
    "a bad zip and a stub": (
        {"a.zip": zipped(("../x.py", PLAIN)), "answers.py": PLAIN}, FULL,
        "Note: a.zip could not be read: a path that leaves the archive: ../x.py.",
    ),
    "renamed": ({"final_FINAL (3).PY": PLAIN}, FULL, ""),
    "a sheet": ({"answers.json": json.dumps(ANSWERS).encode()}, FULL, ""),
    "an older stub": (
        {"answers.py": b"# autograder: sky 0.9\n" + PLAIN}, FULL, "another version: 0.9, now 1.0",
    ),
    "another assignment's stub": (
        {"answers.py": b"# autograder: sea 1.0\n" + PLAIN}, FULL, "sea",
    ),
}  # fmt: skip

# What can't be opened, and what the student reads.
REFUSED: dict[str, tuple[dict[str, bytes], str]] = {
    "nothing": ({}, "no .py, .ipynb, .json or .zip in it (nothing)"),
    "an empty file": ({"answers.py": b" \n"}, "the file is empty"),
    "a picture": ({"answers.png": b"\x89PNG"}, "no .py, .ipynb, .json or .zip in it (answers.png)"),
    "a PDF by another name": ({"answers.py": b"%PDF-1.7"}, "this is a PDF"),
    "a path that leaves the zip": (
        {"a.zip": zipped(("../../answers.py", PLAIN))}, "a path that leaves the archive",
    ),
    "an absolute path": ({"a.zip": zipped(("/tmp/answers.py", PLAIN))}, "an absolute path in it"),
    "a link in a zip": ({"a.zip": zipped(link("answers.py", "/etc/passwd"))}, "a link in it"),
    "a bomb": (
        {"a.zip": zipped(("answers.py", bytes(200_000_000)))}, "grows more than 100 times",
    ),
    "a broken notebook": ({"a.ipynb": BOOK[:-40]}, "broken notebook"),
    "a web page": ({"a.zip": b"<!DOCTYPE html><html>"}, "a web page saved as .zip"),
}  # fmt: skip


@pytest.fixture
def grade(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., dict[str, Any]]:
    """Lay the files out, grade them, and look that nothing else was written."""
    monkeypatch.setattr(single, "open_grader", open_grader)
    monkeypatch.setattr(
        single, "in_workers", lambda found, made, n, opener, said: here(found, made, n, opener)
    )
    assignment = load(str(on_disk(tmp_path / "course") / "assignments" / "sky"))

    def run(files: dict[str, bytes], links: Mapping[str, Path] = {}) -> dict[str, Any]:
        folder = tmp_path / "root" / "submission"
        folder.mkdir(parents=True)
        for name, data in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        for name, target in links.items():
            (folder / name).symlink_to(target)
        before = set(tmp_path.rglob("*"))
        output = tmp_path / "root" / "results" / "results.json"
        grade_upload(assignment, folder, output)
        made = set(tmp_path.rglob("*")) - before
        assert made <= {output, output.parent, *(tmp_path / "course").rglob("*")}
        content: dict[str, Any] = json.loads(output.read_bytes())
        assert_valid(content)
        return content

    return run


@pytest.mark.parametrize("case", READ)
def test_what_can_be_read_is_graded(case: str, grade: Callable[..., dict[str, Any]]) -> None:
    """And what is odd about it is said."""
    files, score, said = READ[case]
    content = grade(files)
    assert content["score"] == score
    assert said in content["output"] + "".join(each["output"] for each in content["tests"])


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_is_said(case: str, grade: Callable[..., dict[str, Any]]) -> None:
    """In one box with the reason and what to upload instead."""
    files, said = REFUSED[case]
    content = grade(files)
    (box,) = content["tests"]
    assert said in box["output"] and "Next: upload answers.py" in box["output"]
    assert content["score"] == 0


def test_links_on_disk_are_not_followed(
    tmp_path: Path, grade: Callable[..., dict[str, Any]]
) -> None:
    """Neither a file nor a folder of somebody else is read through them."""
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "answers.py").write_bytes(PLAIN)
    links = {"answers.py": tmp_path / "other" / "answers.py", "more": tmp_path / "other"}
    (box,) = grade({}, links)["tests"]
    assert "no .py, .ipynb, .json or .zip in it (nothing)" in box["output"]
