"""One student's files: what is refused, what is merged, who it is."""

from pathlib import Path

import pytest
from worksheet import answer, codes, filled, notebook, pumps, read_text, zipped

from autograder.errors import SubmissionError
from autograder.formats import read_file


def write(folder: Path, **files: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return folder


def test_the_file_name_is_the_student(tmp_path: Path) -> None:
    """Unless the caller knows better."""
    found = read_text(tmp_path, '{"q1a": "d"}', "s01.json")
    assert (found.student, found.source) == ("s01", "s01.json")
    assert read_file(tmp_path / "s01.json", pumps(), "ada").student == "ada"


def test_files_are_merged_question_by_question(tmp_path: Path) -> None:
    """A blank never hides an answer; where two differ the sheet is newer than the script."""
    folder = write(
        tmp_path / "ada",
        answers__ipynb=notebook("q1a = r'old'", "q1b = r'kept'"),
        answers__py="q1a = r'mid'\nq1b = r'____'\nq1c = 'same'\n",
        answers__json='{"q1a": "new", "q1c": "same"}',
    )
    found = read_file(folder, pumps())
    assert {id: r.text for id, r in found.responses.items()} == {
        "q1a": "new",
        "q1b": "kept",
        "q1c": "same",
    }
    assert found.student == found.source == "ada"
    differ = [note.data for note in found.responses["q1a"].notes]
    assert differ == [
        {"question": "q1a", "taken": "answers.json", "other": "answers.ipynb"},
        {"question": "q1a", "taken": "answers.json", "other": "answers.py"},
    ]
    assert codes(found.responses["q1b"]) == codes(found.responses["q1c"]) == []


def test_of_two_scripts_the_one_named_like_the_stub_counts(tmp_path: Path) -> None:
    """`answers_old.py` is older, whatever the alphabet says."""
    folder = write(tmp_path / "ada", answers__py="q1a = r'new'\n", answers_old__py="q1a = r'old'\n")
    assert read_file(folder, pumps()).responses["q1a"].text == "new"


def test_a_whole_homework_folder_is_read(tmp_path: Path) -> None:
    """The check, its package and caches beside the answers are no answers."""
    names = {
        "hw/answers.py": "q1a = r'd'\n",
        "hw/check.py": "print('check')\n",
        "hw/autograder/__init__.py": "",
        "hw/autograder/examples.py": "def clip(x, low):\n    return 'no'\n",
        "hw/autograder/hosts/student/check.py": "q1b = r'no'\n",
        "hw/assignments/pumps/spec.py": "q1b = r'no'\n",
        "hw/assignments/pumps/shown.py": "q1b = r'no'\n",
        "hw/.ipynb_checkpoints/answers-checkpoint.ipynb": notebook("q1b = r'no'"),
        "__MACOSX/hw/._answers.py": b"\0\1",
        "hw/__pycache__/answers.py": "q1b = r'no'\n",
        "hw/README.md": "hello",
    }
    found = read_file(zipped(tmp_path / "ada.zip", names), pumps())
    assert {id: r.text for id, r in found.responses.items()} == {"q1a": "d"}
    assert found.notes == ()
    assert found.responses["q1a"].place.file == "hw/answers.py"


def test_a_broken_file_does_not_cost_the_others(tmp_path: Path) -> None:
    """A note has the reason."""
    folder = write(tmp_path / "ada", answers__ipynb="{", answers__py="q1a = r'd'\n")
    found = read_file(folder, pumps())
    assert found.responses["q1a"].text == "d"
    assert codes(found) == ["file_unreadable"]
    assert "broken notebook" in str(found.notes[0].data["reason"])


def test_an_archive_in_a_folder_is_opened(tmp_path: Path) -> None:
    """Learning platforms put an upload into a folder of its own."""
    folder = write(tmp_path / "ada")
    zipped(folder / "upload.zip", {"answers.py": "q1a = r'd'\n"})
    assert read_file(folder, pumps()).responses["q1a"].text == "d"


def test_the_digest_follows_names_and_bytes(tmp_path: Path) -> None:
    """The same files have the same digest anywhere; another byte or name has another."""
    one = write(tmp_path / "one", answers__py="q1a = 1\n")
    same = write(tmp_path / "same", answers__py="q1a = 1\n")
    byte = write(tmp_path / "byte", answers__py="q1a = 2\n")
    name = write(tmp_path / "name", answer__py="q1a = 1\n")
    digests = [read_file(folder, pumps()).digest for folder in (one, same, byte, name)]
    assert digests[0] == digests[1]
    assert len(set(digests)) == 3
    assert all(len(digest) == 64 for digest in digests)


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"", "s01.py", "the file is empty"),
        (b" \n\t\n", "s01.py", "the file is empty"),
        ("q1a = 1".encode("utf-16"), "s01.py", "saved as UTF-16; save as UTF-8 and hand in again"),
        (b"q1a = 1\0", "s01.py", "NUL bytes in it: not a text file, or not saved as UTF-8"),
        (b"x" * 10_000_001, "s01.py", "larger than 10 MB"),
        (b"%PDF-1.7", "s01.py", "this is a PDF, whatever its name says"),
        (b"q1a = 1", "s01.txt", "not .py, .ipynb, .json or .zip"),
        (b"q1a = 1\n" * 30_000, "s01.py", "more than 20,000 lines of code"),
    ],
)
def test_what_is_no_answer_file_is_refused_in_one_line(
    data: bytes, name: str, reason: str, tmp_path: Path
) -> None:
    """Staff read what is wrong, after the name of the file."""
    with pytest.raises(SubmissionError) as error:
        read_text(tmp_path, data, name)
    assert str(error.value) == f"{name}: {reason}"


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    """No traceback for a slip of the keyboard."""
    with pytest.raises(SubmissionError, match=r"\As01\.py: no such file\Z"):
        read_file(tmp_path / "s01.py", pumps())


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    """It says what was looked for."""
    with pytest.raises(SubmissionError, match=r"\Aada: no \.py, \.ipynb, \.json or \.zip in it"):
        read_file(write(tmp_path / "ada"), pumps())


def test_foreign_bytes_in_a_comment_cost_nothing(tmp_path: Path) -> None:
    """A note says where; answers are read."""
    found = read_text(tmp_path, "x = 1\n# café\nq1a = r'd'\n".encode("latin-1"))
    assert found.responses["q1a"].text == "d"
    assert found.notes == (("not_utf8", {"file": "s01.py", "line": 2}),)


def test_foreign_bytes_are_read_as_windows_writes_them(tmp_path: Path) -> None:
    """Curly quotes and a square, beside a letter that is UTF-8."""
    source = "q1a = r“d²”  # é\n".encode("cp1252") + "q1b = r'σ'\n".encode()
    found = read_text(tmp_path, source).responses
    assert (found["q1a"].text, found["q1b"].text) == ("d²", "σ")


@pytest.mark.parametrize(
    ("name", "text", "form"),
    [
        ("s01.ipynb", "# autograder: pumps 1.0\nq1a = r'd'\n", "a Python file"),
        ("s01.json", "import math\n# %% q1a\nq1a = r'd'\n", "a Python file"),
        ("s01.py", notebook("q1a = r'd'"), "a notebook"),
    ],
)
def test_a_file_with_anothers_name_is_read_as_what_it_is(
    name: str, text: str, form: str, tmp_path: Path
) -> None:
    """A note says so."""
    found = read_text(tmp_path, text, name)
    assert found.responses["q1a"].text == "d"
    assert ("misnamed", {"file": name, "form": form}) in found.notes


def test_a_web_page_is_refused_whatever_its_name_is(tmp_path: Path) -> None:
    """It would be read as a file without any answer."""
    with pytest.raises(SubmissionError, match=r"a web page saved as \.py \(starts with <html\)"):
        read_text(tmp_path, "<html><body>Sign in</body></html>", "s01.py")


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    """As Notepad writes it."""
    source = filled().replace("\n", "\r\n").encode("utf-8-sig")
    assert read_text(tmp_path, source).responses["q3a"].text == "width"


def test_old_mac_line_ends_are_line_ends(tmp_path: Path) -> None:
    """A lone carriage return ends a line."""
    assert answer(tmp_path, "q1a = r'a'\rq1b = r'b'\r", "q1b").text == "b"


def test_links_in_a_students_folder_are_not_followed(tmp_path: Path) -> None:
    """A link could point at the solution or at another student."""
    secret = tmp_path / "secret.py"
    secret.write_text("q1a = r'secret'\n")
    folder = write(tmp_path / "ada", answers__py="q1b = r'd'\n")
    (folder / "linked.py").symlink_to(secret)
    assert list(read_file(folder, pumps()).responses) == ["q1b"]


def test_a_folder_that_is_called_by_its_way_has_its_own_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`.` and `..` are no name to hand in."""
    write(tmp_path / "ada", **{"answers.py": "q1a = r'd'\n"})
    (tmp_path / "ada/in").mkdir()
    for where, way in (("ada", "."), ("ada/in", "..")):
        monkeypatch.chdir(tmp_path / where)
        assert read_file(Path(way), pumps()).source == "ada"
