"""What students get: everything they need, and not a word of the key."""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from autograder.assignment import load
from autograder.errors import AssignmentError
from autograder.formats import read_file
from autograder.grading import grade
from autograder.hosts.student.student_zip import package_student, student_files
from autograder.reference import open_reference

ATTENTION = load("attention")
CLASS = ATTENTION.solution / "class"
BARE = [sys.executable, "-I", "-S"]  # no packages, as a Python from python.org
SHORTEST = 4  # characters; a key such as `d` occurs in any text


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip, unpacked by a student."""
    made = tmp_path_factory.mktemp("Übung 1 (neu)")
    with ZipFile(package_student(ATTENTION, tmp_path_factory.mktemp("dist"))) as archive:
        archive.extractall(made)
    return made


def check(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the check in the student's folder."""
    command = [*BARE, "check.py", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60)


def words(text: str) -> str:
    return "".join(text.split())


def test_a_student_sees_a_tidy_folder(folder: Path) -> None:
    """Four files to be opened, two folders that the check needs."""
    names = {path.name for path in folder.iterdir()}
    assert names == {
        "answers.py", "answers.ipynb", "handout.html", "check.py", "autograder", "assignments",
    }  # fmt: skip
    assert not [path for path in folder.rglob("*") if "solution" in path.name]


def test_no_key_is_in_the_zip() -> None:
    """Spaces don't count; what the questions themselves show is no secret."""
    texts = {n: words(d.decode("utf-8", "replace")) for n, d in student_files(ATTENTION).items()}
    shown = words("".join(each.ask for each in ATTENTION) + (ATTENTION.problems[2].code or ""))
    looked_for = 0
    for question, response in open_reference(ATTENTION).submission.responses.items():
        key = words(response.text)
        if (
            len(key) < SHORTEST
            or key in shown
            or ATTENTION.questions[question].kind.form == "blank"
        ):
            continue
        looked_for += 1
        assert not [name for name, text in texts.items() if key in text], question
    assert looked_for >= 18


def test_a_sheet_filled_from_the_structure_of_the_zip_scores_nothing(tmp_path: Path) -> None:
    """No field of a spec is the answer to its question; a symbol that it lists may be, alone."""
    from autograder.classroom import open_grader

    fields = {
        question.id: [each for each in strings(question.kind) if not each.isidentifier()]
        for question in ATTENTION
    }
    with open_grader(ATTENTION, trusted=True) as grader:
        for at in range(max(map(len, fields.values()))):
            sheet = {name: found[at] for name, found in fields.items() if at < len(found)}
            path = tmp_path / "sheet.json"
            path.write_text(json.dumps(sheet))
            result = grade(read_file(path, ATTENTION), grader)
            right = [each.question for each in result.questions if each.score]
            assert right == [], {name: sheet[name] for name in right}


def strings(value: Any, depth: int = 0) -> Iterator[str]:
    """Every text in a kind's options that could be typed as an answer, also in what it holds."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in (*value, *value.values()):
            yield from strings(each, depth)
        yield ", ".join(map(str, value))
    elif isinstance(value, tuple | list | set | frozenset):
        for each in value:
            yield from strings(each, depth)
        yield "[" + ", ".join(map(str, value)) + "]"
    elif hasattr(value, "__dataclass_fields__") and depth < 4:
        for name in value.__dataclass_fields__:
            yield from strings(getattr(value, name), depth + 1)


def test_one_command_reads_everything_without_a_package(folder: Path) -> None:
    """Python alone; an untouched stub is 32 blanks."""
    ran = check(folder)
    assert (ran.returncode, ran.stderr) == (1, "")
    assert re.search(r"0 read .* 32 blank", ran.stdout)
    (folder / "mine.py").write_bytes((CLASS / "amara.py").read_bytes())
    ran = check(folder, "mine.py")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert re.search(r"32 read .* 0 blank", ran.stdout)
    assert "torch is not installed" in ran.stdout and "pip install" in ran.stdout


def test_the_file_may_stand_behind_the_question(folder: Path) -> None:
    """Either order is how somebody types it."""
    (folder / "mine.py").write_bytes((CLASS / "amara.py").read_bytes())
    ran = check(folder, "-q", "q1b", "mine.py")
    assert (ran.returncode, ran.stderr) == (0, "") and "hand in mine.py" in ran.stdout


@pytest.mark.parametrize("name", ["math", "typing", "runpy", "queue"])
def test_a_file_with_the_name_of_a_module_does_no_harm(folder: Path, name: str) -> None:
    """Students try things out beside their answers; Python would take theirs for its own."""
    scratch = folder / f"{name}.py"
    scratch.write_text("raise SystemExit('mine')")
    ran = check(folder, "answers.py", "-q", "q1b")
    scratch.unlink()
    assert ran.stderr == "" and "q1b" in ran.stdout


def test_from_another_folder_too(folder: Path, tmp_path: Path) -> None:
    """The assignment is the one beside check.py, wherever the answers are."""
    (tmp_path / "a b.json").write_text('{"q1b": "d"}')
    ran = subprocess.run(
        [*BARE, str(folder / "check.py"), "a b.json", "-q", "q1b"],
        cwd=tmp_path, capture_output=True, text=True,
    )  # fmt: skip
    assert ran.stderr == "" and re.search(r"q1b +(read +)?d\n", ran.stdout)


def test_the_screen_in_the_readme_is_the_one_a_student_gets(folder: Path, tmp_path: Path) -> None:
    """The whole screen."""
    blocks = (ATTENTION.folder.parents[1] / "README.md").read_text("utf-8").split("```")
    (shown,) = [each for each in blocks if "$ python3 check.py answers.py -q q1c" in each]
    text = (CLASS / "amara.py").read_text("utf-8")
    mistaken = re.sub(r'q1c = r".*"', 'q1c = r"1/sqrt(d_k)"', text)
    (tmp_path / "answers.py").write_text(mistaken, "utf-8")
    command, _, screen = shown.strip().partition("\n")
    ran = subprocess.run(
        [*BARE, str(folder / "check.py"), *command.split()[3:]],
        cwd=tmp_path, capture_output=True, text=True,
    )  # fmt: skip
    assert ran.stdout.strip() == screen


def test_help_says_what_to_type(folder: Path) -> None:
    """In the words of the script, not of the whole program."""
    ran = check(folder, "--help")
    assert ran.returncode == 0 and "python3 check.py answers.py -q q1" in ran.stdout
    assert "autograder" not in ran.stdout


@pytest.mark.parametrize("typed", ["answers.py answers.ipynb", "--all", "-q", "-x answers.py"])
def test_what_is_typed_wrong_gets_an_example(folder: Path, typed: str) -> None:
    """One line, which names no program that a student doesn't have."""
    ran = check(folder, *typed.split())
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr == (
        "check.py: give it one file, such as  python3 check.py answers.py -q q1\n"
    )


@pytest.mark.parametrize("version", [(2, 7), (3, 5), (3, 10)])
def test_an_old_python_gets_one_sentence(folder: Path, version: tuple[int, int]) -> None:
    """Not a syntax error of ours: nothing in the script is newer than what it refuses."""
    script = (folder / "check.py").read_text(encoding="ascii")
    if version >= (3, 4):
        ast.parse(script, feature_version=version)
    run = f"import runpy, sys; sys.version_info = {(*version, 0)}; runpy.run_path('check.py')"
    ran = subprocess.run([*BARE, "-c", run], cwd=folder, capture_output=True, text=True)
    assert ran.returncode == 1 and ran.stdout == ""
    assert ran.stderr.count("\n") == 1
    assert f"this is Python {version[0]}.{version[1]}; 3.11 or newer is needed" in ran.stderr


def test_a_script_that_was_moved_away_says_what_it_misses(folder: Path, tmp_path: Path) -> None:
    """Unpacking a part of the zip is the commonest accident."""
    (tmp_path / "check.py").write_bytes((folder / "check.py").read_bytes())
    ran = check(tmp_path)
    assert ran.returncode == 1 and "unpack all that you were given" in ran.stderr


def test_the_whole_folder_may_be_handed_in(folder: Path) -> None:
    """Spec, check and package are no answers, and not a word is said of them."""
    (folder / "answers.py").write_bytes((CLASS / "amara.py").read_bytes())
    found = read_file(folder, ATTENTION)
    assert all(response.text for response in found.responses.values())
    assert found.notes == ()


def test_files_that_are_out_of_step_are_not_packaged(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The author is told which, and how to mend it."""
    from autograder import handout

    monkeypatch.setattr(handout, "differences", lambda made: ["answers.py, line 3: 'a'"])
    with pytest.raises(AssignmentError, match=r"answers\.py, line 3.*verify --write attention"):
        package_student(ATTENTION, tmp_path)


def test_the_zip_is_the_same_each_time(tmp_path: Path) -> None:
    """A new upload to the course page is needed only when something changed."""
    first = package_student(ATTENTION, tmp_path / "a").read_bytes()
    assert package_student(ATTENTION, tmp_path / "b").read_bytes() == first
