"""A whole class: folders, zips and exports; nobody is lost and nobody is counted twice."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from worksheet import codes, notebook, pumps, zipped

from autograder.errors import SubmissionError
from autograder.formats import Unread, read_class
from autograder.formats import student as student_module
from autograder.submission import Submission

METADATA = """\
---
submission_11:
  :submitters:
  - :name: Ada L
    :sid: 00123
    :email: ada@example.org
  :created_at: 2026-09-12 13:26:41.000000000 Z
  :score: 7.0
  :results:
    tests: []
  :history:
  - :id: 10
    :created_at: 2026-09-11 10:00:00.000000000 Z
submission_12:
  :submitters:
  - :name: Bo
    :sid:
    :email: bo@example.org
  - :name: Cy
    :sid: "77"
  - :name: Nobody
  :created_at: 2026-09-12 14:00:00.000000000 Z
  :status: !ruby/symbol processed
submission_13:
  :submitters:
  - :name: Ada L
    :sid: 00123
    :email: ada@example.org
  :created_at: 2026-09-12 12:00:00.000000000 +02:00
submission_14:
  :submitters:
  - :name: Di
    :sid: "99"
"""


def files(folder: Path, contents: Mapping[str, str]) -> Path:
    for name, text in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def export(folder: Path) -> Path:
    answers = {f"submission_{i}/answers.py": f"q1a = r'from {i}'\n" for i in (11, 12, 13, 15)}
    return files(folder, {"submission_metadata.yml": METADATA, **answers})


def read(*paths: Path) -> dict[str, str]:
    """Answer to q1a, or the reason, by student, in the order of reading."""
    return {
        found.student: found.reason if isinstance(found, Unread) else found.responses["q1a"].text
        for found in read_class(paths, pumps())
    }


def test_in_a_folder_files_and_subfolders_are_students(tmp_path: Path) -> None:
    """By name, in order of id; what can't be opened is there too, what is no submission isn't."""
    folder = files(
        tmp_path / "class",
        {
            "s02.json": '{"q1a": "two"}',
            "s10.ipynb": notebook("q1a = r'ten'"),
            "s01/answers.py": "q1a = r'one'\n",
            "s01/sub/notes.txt": "hello",
            "s03.json": "{",
            "s04.pdf": "%PDF",
            "s05/report.docx": "x",
            "README.md": "about the class",
            "roster.csv": "id,name",
            ".DS_Store": "x",
            "__MACOSX/s01.json": "x",
        },
    )
    zipped(folder / "s06.zip", {"answers.py": "q1a = r'six'\n"})
    assert read(folder) == {
        "s01": "one",
        "s02": "two",
        "s03": "s03.json: not JSON: it ends too early (line 1, column 2)",
        "s04": "s04.pdf: not .py, .ipynb, .json or .zip",
        "s05": "s05: no .py, .ipynb, .json or .zip in it (report.docx)",
        "s06": "six",
        "s10": "ten",
    }


def test_files_of_one_name_are_one_students(tmp_path: Path) -> None:
    """`s01.py` and `s01.json` side by side are merged."""
    folder = files(tmp_path / "class", {"s01.py": "q1a = r'a'\n", "s01.json": '{"q1b": "b"}'})
    [found] = read_class([folder], pumps())
    assert isinstance(found, Submission)
    assert set(found.responses) == {"q1a", "q1b"}


def test_a_folder_with_the_stub_in_it_is_one_students(tmp_path: Path) -> None:
    """`grade my_homework/` grades one."""
    folder = files(tmp_path / "ada", {"answers.py": "q1a = r'd'\n", "scratch.py": "x = 1\n"})
    assert read(folder) == {"ada": "d"}


@pytest.mark.parametrize("packed", [False, True])
def test_a_class_in_which_somebody_kept_the_stubs_name(packed: bool, tmp_path: Path) -> None:
    """Files that were filled in side by side are several students', whatever they are called."""
    filled = "# autograder: pumps 1.0\nq1a = r'{}'\n".format
    texts = {"answers.py": filled("one"), "bo.py": filled("two"), "cy.py": filled("three")}
    path = zipped(tmp_path / "all.zip", texts) if packed else files(tmp_path / "all", texts)
    assert read(path) == {"answers": "one", "bo": "two", "cy": "three"}


@pytest.mark.parametrize("beside", ["answers (1).py", "answers.ipynb", "old/bo.py"])
def test_copies_of_ones_own_answers_make_no_class(beside: str, tmp_path: Path) -> None:
    """Downloads of a second time, and the notebook beside the file."""
    filled = "# autograder: pumps 1.0\nq1a = r'd'\n"
    texts = {"answers.py": filled, beside: notebook() if beside.endswith("ipynb") else filled}
    assert read(files(tmp_path / "ada", texts)) == {"ada": "d"}


@pytest.mark.parametrize("root", ["", "class/"])
def test_a_zip_of_many_is_a_class(root: str, tmp_path: Path) -> None:
    """With or without a folder around them."""
    path = zipped(
        tmp_path / "all.zip",
        {
            f"{root}s01/answers.py": "q1a = r'one'\n",
            f"{root}s02.json": '{"q1a": "two"}',
            f"{root}s03.docx": "x",
            f"{root}s04/report.pdf": "x",
        },
    )
    assert read(path) == {
        "s01": "one",
        "s02": "two",
        "s03": "all.zip/s03.docx: not .py, .ipynb, .json or .zip",
        "s04": "all.zip/s04: no .py, .ipynb, .json or .zip in it (report.pdf)",
    }


@pytest.mark.parametrize(
    "names",
    [
        ["answers.py"],
        ["hw/answers.py", "hw/old/answers.py", "hw/check.py"],
        ["homework.py", "homework.ipynb"],
        ["a/b/c/my.py"],
    ],
)
def test_a_zip_of_one_is_one_student(names: list[str], tmp_path: Path) -> None:
    """Named after the zip."""
    texts = {n: notebook() if n.endswith("ipynb") else "q1a = r'd'\n" for n in names}
    assert read(zipped(tmp_path / "ada.zip", texts)) == {"ada": "d"}


def test_a_refused_zip_is_not_lost(tmp_path: Path) -> None:
    """Its student is in the class, with the reason."""
    (tmp_path / "ada.zip").write_bytes(b"<!doctype html>")
    for paths in ([tmp_path], [tmp_path / "ada.zip"]):
        assert read(*paths) == {"ada": "ada.zip: a web page saved as .zip (starts with <!doctype)"}


def as_folder(folder: Path) -> Path:
    return export(folder / "export")


def in_a_folder(folder: Path) -> Path:
    export(folder / "download" / "assignment_1_export")
    return folder / "download"


def as_zip(folder: Path) -> Path:
    members = {
        f"assignment_1_export/{path.relative_to(folder / 'x').as_posix()}": path.read_bytes()
        for path in sorted(export(folder / "x").rglob("*"))
        if path.is_file()
    }
    return zipped(folder / "export.zip", members)


def zip_in_a_folder(folder: Path) -> Path:
    (folder / "downloads").mkdir()
    return as_zip(folder).rename(folder / "downloads" / "export.zip").parent


@pytest.mark.parametrize("make", [as_folder, in_a_folder, as_zip, zip_in_a_folder])
def test_an_export_is_read_by_its_metadata(make: object, tmp_path: Path) -> None:
    """SID, else email, else folder; one result a submitter; the later by its time counts."""
    assert callable(make)
    assert read(make(tmp_path)) == {
        "00123": "from 11",
        "77": "from 12",
        "99": "submission_14: listed in submission_metadata.yml, but not in the export",
        "bo@example.org": "from 12",
        "submission_12": "from 12",
        "submission_15": "from 15",
    }


def test_an_export_tells_who_handed_in_what(tmp_path: Path) -> None:
    """Email, name, time and Gradescope's score are kept; two submissions and strays are noted."""
    found = {s.student: s for s in read_class([export(tmp_path / "export")], pumps())}
    ada, stray = found["00123"], found["submission_15"]
    assert isinstance(ada, Submission) and isinstance(stray, Submission)
    assert (ada.source, ada.email) == ("submission_11", "ada@example.org")
    assert ada.extra == {
        "folder": "submission_11",
        "name": "Ada L",
        "created_at": "2026-09-12 13:26:41.000000000 Z",
        "score": "7.0",
    }
    assert ada.notes == (("two_submissions", {"other": "submission_13"}),)
    assert codes(stray) == ["not_in_metadata"]


@pytest.mark.parametrize("text", ["a: [", "- 1", "", ":a: &x [*x]\n*x : 1"])
def test_broken_metadata_is_refused_in_one_line(text: str, tmp_path: Path) -> None:
    """Without it nobody can be named."""
    files(tmp_path, {"submission_metadata.yml": text})
    with pytest.raises(SubmissionError, match=r"submission_metadata\.yml") as error:
        list(read_class([tmp_path], pumps()))
    assert "\n" not in str(error.value)


def test_metadata_can_not_reach_out_of_the_export(tmp_path: Path) -> None:
    """A key is the name of a folder in the export and nothing else."""
    files(tmp_path / "secret", {"answers.py": "q1a = r'secret'\n"})
    text = "../secret:\n  :submitters:\n  - :sid: '1'\n"
    folder = files(tmp_path / "export", {"submission_metadata.yml": text})
    assert "not in the export" in read(folder)["1"]


OTHERS = """\
submission_1:
  :submitters:
  - :sid: ada
  - :sid: bo
  :created_at: 2099-01-01 00:00:00.000000000 Z
"""


@pytest.mark.parametrize("metadata", [OTHERS, "a: ["])
@pytest.mark.parametrize("as_a_zip", [False, True])
@pytest.mark.parametrize("class_as_a_zip", [False, True])
def test_no_student_hands_in_for_others(
    metadata: str, as_a_zip: bool, class_as_a_zip: bool, tmp_path: Path
) -> None:
    """A student's own folder or zip that says it is an export changes nothing for anybody else."""
    mine = {"submission_metadata.yml": metadata, "submission_1/answers.py": "q1a = r'eve'\n"}
    class_ = files(tmp_path / "class", {"ada/answers.py": "q1a = r'1'\n", "bo.py": "q1a = r'2'\n"})
    if as_a_zip:
        zipped(class_ / "eve.zip", mine)
    else:
        files(class_ / "eve", mine)
    if class_as_a_zip:
        paths = (path for path in sorted(class_.rglob("*")) if path.is_file())
        members = {path.relative_to(class_).as_posix(): path.read_bytes() for path in paths}
        class_ = zipped(tmp_path / "class.zip", members)

    found = read(class_)

    assert {name: found[name] for name in ("ada", "bo")} == {"ada": "1", "bo": "2"}
    assert [*found] == ["ada", "bo", "eve"]


def test_a_name_of_ones_own_counts_for_more_than_an_export(tmp_path: Path) -> None:
    """Where a student's zip is named on the command line beside others."""
    mine = {"submission_metadata.yml": OTHERS, "submission_1/answers.py": "q1a = r'eve'\n"}
    paths = [tmp_path / "ada.py", zipped(tmp_path / "eve.zip", mine)]
    files(tmp_path, {"ada.py": "q1a = r'1'\n"})
    assert read(*paths)["ada"] == read(*reversed(paths))["ada"] == "1"


@pytest.mark.parametrize("metadata", [OTHERS, "a: ["])
def test_an_export_beside_others_adds_to_them(metadata: str, tmp_path: Path) -> None:
    """It is known by the name that Gradescope gives it; who is there already stays."""
    texts = {"submission_metadata.yml": metadata, "submission_1/answers.py": "q1a = r'3'\n"}
    files(tmp_path / "assignment_1_export", texts)
    files(tmp_path, {"ada.py": "q1a = r'1'\n"})
    found = read(tmp_path)
    assert found["ada"] == "1"
    assert found.get("bo") == "3" or "not YAML" in found["assignment_1_export"]


def test_links_in_a_class_are_not_followed(tmp_path: Path) -> None:
    """What a student's link points to may be the key."""
    key = files(tmp_path / "key", {"answers.py": "q1a = r'key'\n"})
    class_ = files(tmp_path / "class", {"ada.py": "q1a = r'1'\n"})
    (class_ / "eve.py").symlink_to(key / "answers.py")
    (class_ / "mal").symlink_to(key)
    assert read(class_) == {
        "ada": "1",
        "eve": "eve.py: a link; hand in the file itself",
        "mal": "mal: a link; hand in the file itself",
    }
    [alone] = read_class([class_ / "eve.py"], pumps(), student="eve")
    assert isinstance(alone, Unread)


def test_of_two_submissions_the_later_path_counts(tmp_path: Path) -> None:
    """With a note that names the other."""
    for name in ("late", "early"):
        files(tmp_path / name, {"s01.py": f"q1a = r'{name}'\n"})
    [found] = read_class([tmp_path / "early", tmp_path / "late"], pumps())
    assert isinstance(found, Submission)
    assert found.responses["q1a"].text == "late"
    assert codes(found) == ["two_submissions"]


def test_a_later_one_that_can_not_be_opened_does_not_hide_the_earlier(tmp_path: Path) -> None:
    """The note has the reason."""
    files(tmp_path / "a", {"s01.py": "q1a = r'good'\n"})
    files(tmp_path / "b", {"s01.json": "{"})
    [found] = read_class([tmp_path / "a", tmp_path / "b"], pumps())
    assert isinstance(found, Submission)
    assert found.responses["q1a"].text == "good"
    assert [note.data["other"] for note in found.notes] == ["s01.json"]
    assert "not JSON" in str(found.notes[0].data["reason"])


def test_all_attempts_can_be_read(tmp_path: Path) -> None:
    """Oldest first."""
    for name in ("early", "late"):
        files(tmp_path / name, {"s01.py": f"q1a = r'{name}'\n"})
    found = list(read_class([tmp_path / "early", tmp_path / "late"], pumps(), "all"))
    assert [s.responses["q1a"].text for s in found if isinstance(s, Submission)] == [
        "early",
        "late",
    ]


def test_a_fault_of_the_reader_costs_one_student(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody's answers are lost to our own bug."""
    files(tmp_path, {"s01.py": "q1a = r'd'\n", "s02.json": '{"q1a": "e"}'})

    def fails(*_: object) -> None:
        raise RuntimeError("our bug\nin two lines")

    monkeypatch.setattr(student_module, "read_python", fails)
    first, second = read_class([tmp_path], pumps())
    assert isinstance(first, Unread) and isinstance(second, Submission)
    assert first.reason == "s01.py: the reader failed: RuntimeError: our bug in two lines"
    assert first.notes == (("reader_failed", {"type": "RuntimeError"}),)


def test_a_path_that_holds_nothing_is_an_error(tmp_path: Path) -> None:
    """A slip of the keyboard must not end in an empty gradebook."""
    with pytest.raises(SubmissionError, match="no submissions in it"):
        list(read_class([tmp_path], pumps()))
    with pytest.raises(SubmissionError, match="no such file or folder"):
        list(read_class([tmp_path / "nothing"], pumps()))


def test_many_zips_need_few_open_files(tmp_path: Path) -> None:
    """A class of archives is not held open."""
    resource = pytest.importorskip("resource")
    for index in range(60):
        zipped(tmp_path / f"s{index:02}.zip", {"answers.py": f"q1a = r'{index}'\n"})
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(soft, 50), hard))
    try:
        assert len(read(tmp_path)) == 60
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
