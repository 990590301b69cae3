"""The command line, end to end: screens, exit codes, one-line errors."""

import io
import json
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from goldfile import assert_gold
from made_up import ANSWERS, Bench, filled, here, on_disk, open_grader

from autograder import checking, classroom, cli, formats, reference, single, workers

HALF = {**ANSWERS, "a1": "su$n", "b1": "def f():\n    return (1", "a2": "____"}
WRONG = {"a1": "moon", "a2": "sun", "b1": "def f():\n    return 2", "b2": "def g(): pass"}
CLASS = {"ann": ANSWERS, "bo": HALF, "cy": {}, "dee": WRONG}

Run = Callable[..., "Ran"]


class Ran:
    """What a command came to."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command where the assignment is; nothing real is behind the wall."""
    monkeypatch.chdir(on_disk(tmp_path))
    monkeypatch.setattr(classroom, "open_grader", open_grader)
    monkeypatch.setattr(classroom, "in_workers", here)
    monkeypatch.setattr(checking, "saved_at", lambda path, now: "23:04")
    (tmp_path / "class").mkdir()
    for student, answers in CLASS.items():
        (tmp_path / "class" / f"{student}.py").write_text(filled(**answers))

    def ran(*arguments: str) -> Ran:
        code = cli.main(arguments)
        return Ran(code, *capsys.readouterr())

    return ran


@pytest.mark.parametrize(
    ("name", "student", "code"),
    [("untouched", "cy", 1), ("half", "bo", 1), ("wrong", "dee", 1), ("perfect", "ann", 0)],
)
def test_a_check_from_first_to_last_line(run: Run, name: str, student: str, code: int) -> None:
    """The untouched stub, a half-done, an all-wrong and a perfect file."""
    found = run("check", "sky", f"class/{student}.py")
    assert (found.code, found.err) == (code, "")
    assert_gold(found.out, f"check_{name}")


def test_a_check_of_one_problem(run: Run) -> None:
    """Its block and the last lines."""
    assert_gold(run("check", "sky", "class/bo.py", "-q", "q2").out, "check_one_problem")


def test_a_class_from_first_to_last_line(run: Run) -> None:
    """Students, figures, what waits, what to do next."""
    (Path("class") / "lena.zip").write_text("<!DOCTYPE html>")
    found = run("grade", "sky", "class")
    assert (found.code, found.err) == (0, "")
    text = re.sub(r"in \d+\.\d s", "in 4.1 s", found.out)
    assert_gold(re.sub(r"key \w+", "key 3f2a91", text), "grade")


def test_grading_writes_the_folder(run: Run) -> None:
    """Results, grades, marks and what is known of the run."""
    run("grade", "sky", "class", "--out", "there")
    assert sorted(path.name for path in Path("there").iterdir()) == [
        "grades.csv", "marks.csv", "results", "run.json",
    ]  # fmt: skip
    assert len(list(Path("there/results").iterdir())) == 4


def test_one_answer(run: Run) -> None:
    """Verdict, points, how it was read, what a student is told."""
    found = run("answer", "sky", "a1", "Moon")
    assert (found.code, found.out) == (
        0,
        "a1  incorrect  0 / 1\n"
        "read as   moon\n"
        "code      differs\n"
        "student   Not right. Next: work a small case out by hand.\n",
    )


def test_a_stream_of_answers(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line in, a line out."""
    lines = b'{"question": "a1", "answer": "sun"}\n{\n{"question": "z", "answer": ""}\n'
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines)))
    found = run("answer", "sky", "--jsonl")
    first, second, third = map(json.loads, found.out.splitlines())
    assert found.code == 0
    assert (first["verdict"], third["code"]) == ("correct", "unknown_question")
    assert list(second) == ["error"]


def test_one_students_files_are_graded_into_a_hosts_file(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With --out into a folder too, where what a person has marked counts from then on."""
    monkeypatch.setattr(single, "open_grader", open_grader)
    monkeypatch.setattr(single, "in_workers", lambda *given: here(*given[:4]))
    command = ["grade", "sky", "class/ann.py", "--format", "gradescope", "--output", "r.json"]
    assert run(*command).code == 0
    assert json.loads(Path("r.json").read_text())["score"] == 4 and not Path("out").exists()
    assert run(*command, "--out", "o").code == 0
    assert json.loads(Path("o/results/ann.json").read_text())["score"] == 4
    marks = Path("o/marks.csv")
    marks.write_text(marks.read_text().replace("the rubric,,", "the rubric,2,fine"))
    run(*command, "--out", "o")
    assert json.loads(Path("r.json").read_text())["score"] == 6


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "moon", "class/ann.py"], "no assignment 'moon'; there is: "),
        (["check", "sky", "gone.py"], "there is no gone.py"),
        (["check", "sky", "class/ann.py", "-q", "z"], "no question 'z'"),
        (["check", "sky", "bad.ipynb"], "bad.ipynb"),
        (["grade", "sky", "gone"], "there is no gone"),
        (["grade", "sky", "empty"], "empty"),
        (["grade", "sky", "class", "--jobs", "0"], "'0' is not a number from 1"),
        (["grade", "sky", "class", "--format", "gradescope"], "--output FILE"),
        (["grade", "sky", "class", "--output", "r.json"], "and one FOLDER, then --format"),
        (["grade", "sky", "a", "b", "--format", "gradescope", "--output", "c"], "one FOLDER"),
        (["grade", "sky", "class", "--out", "bad.ipynb"], "can't write to bad.ipynb"),
        (["grade", "sky"], "required: PATH"),
        (["answer", "sky", "z9", "x"], "no question 'z9'; there is a1, a2"),
        (["answer", "sky", "a1"], "write answer ASSIGNMENT ID TEXT"),
        (["package", "sky", "student"], "say autograder verify --write sky"),
        (["package", "sky", "canvas"], "invalid choice: 'canvas'"),
        (["frob"], "invalid choice: 'frob'"),
        ([], "required: VERB"),
    ],
)
def test_a_wrong_command_costs_one_line(run: Run, arguments: list[str], said: str) -> None:
    """No traceback; exit code 2; nothing on standard output."""
    Path("empty").mkdir()
    Path("bad.ipynb").write_text("{")
    found = run(*arguments)
    assert (found.code, found.out, found.err.count("\n")) == (2, "", 1)
    assert found.err.startswith("autograder: ") and said in found.err


def test_an_assignment_without_a_reference_cannot_be_graded(run: Run) -> None:
    """One line for the author."""
    Path("solutions/sky/answers.py").unlink()
    found = run("grade", "sky", "class")
    assert (found.code, found.err.count("\n")) == (2, 1)
    assert "answers.py is missing" in found.err


def test_when_nothing_could_be_opened_the_exit_code_says_so(run: Run) -> None:
    """The reasons are on the screen."""
    Path("other").mkdir()
    Path("other/lena.zip").write_text("<!DOCTYPE html>")
    found = run("grade", "sky", "other")
    assert found.code == 2
    assert "web page" in found.out


def test_a_fault_of_the_grader_has_its_own_exit_code(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All others keep their grades."""

    def boom(*_: Any) -> Any:
        raise ZeroDivisionError("boom")

    monkeypatch.setattr("made_up.Code.judge", boom)
    found = run("grade", "sky", "class")
    assert found.code == 3
    assert "fault of the grader: ann b1: ZeroDivisionError: boom" in found.out
    assert run("answer", "sky", "b1", "x").code == 3


def test_a_fault_of_the_reader_costs_one_student(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The class is graded; exit code 3."""
    read = formats.classes.read_student

    def boom(members: Any, assignment: Any, student: str, source: str) -> Any:
        return {"ann": None}[student] if student != "bo" else read(members, assignment, "bo", "bo")

    monkeypatch.setattr(formats.classes, "read_student", boom)
    found = run("grade", "sky", "class/bo.py", "class/cy.py")
    assert found.code == 3
    assert "fault of the grader: cy a1" in found.out


def test_an_interruption_says_how_to_go_on(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is finished is in the gradebook."""
    grade, done = workers.grade, []

    def stops(submission: Any, grader: Any) -> Any:
        if done:
            raise KeyboardInterrupt
        done.append(submission.student)
        return grade(submission, grader)

    monkeypatch.setattr(workers, "grade", stops)
    found = run("grade", "sky", "class")
    assert found.code == 130
    assert found.out.endswith("stopped: 1 of 4 are graded; the same command goes on from there\n")
    assert Path("out/grades.csv").read_text().count("\n") == 2
    monkeypatch.setattr(workers, "grade", grade)
    assert run("grade", "sky", "class").code == 0


def test_a_rerun_keeps_everything(run: Run) -> None:
    """Nothing is graded again, nothing moves, the screen is the same."""
    first, again = run("grade", "sky", "class"), run("grade", "sky", "class")
    assert not Path("out/previous").exists()
    assert first.out.splitlines()[2:] == again.out.splitlines()[2:]


def test_a_check_needs_the_standard_library_only(run: Run) -> None:
    """Isolated, without site-packages; nothing heavy is imported."""
    repository = Path(cli.__file__).parents[1]
    code = (
        "import sys; sys.path[:0] = [sys.argv[1], sys.argv[2]]\n"
        "from autograder.cli import main\n"
        "code = main(['check', 'sky', 'class/bo.py'])\n"
        "heavy = {'numpy', 'torch', 'yaml', 'rich', 'sympy', 'mpmath', 'scipy', 'jinja2'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
        "sys.exit(code)"
    )
    paths = [str(repository), str(Path(__file__).parent)]
    found = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code, *paths], capture_output=True, text=True
    )
    assert (found.returncode, found.stderr) == (1, "")
    assert "CANNOT BE READ" in found.stdout


def test_a_terminal_without_unicode_gets_plain_signs(run: Run) -> None:
    """The same check in ASCII."""
    repository = Path(cli.__file__).parents[1]
    found = subprocess.run(
        [sys.executable, "-m", "autograder", "check", "sky", "class/bo.py"],
        capture_output=True,
        env={"PYTHONIOENCODING": "ascii", "PYTHONPATH": f"{repository}:{Path(__file__).parent}"},
    )
    assert found.stderr == b""
    assert b" ?  a1          CANNOT BE READ - line 2" in found.stdout


def test_a_reader_that_has_seen_enough_is_no_error(run: Run) -> None:
    """`| head -1` ends the stream quietly."""
    repository = Path(cli.__file__).parents[1]
    line = json.dumps({"question": "zz", "answer": "x" * 5000})
    code = (
        "import sys\nfrom contextlib import contextmanager\n"
        "from autograder import classroom, cli\nfrom made_up import open_grader\n"
        "classroom.open_grader = open_grader\nsys.exit(cli.main(['answer', 'sky', '--jsonl']))"
    )
    Path("lines").write_text(f"{line}\n" * 200)
    with (
        Path("lines").open() as lines,
        subprocess.Popen(
            [sys.executable, "-c", code],
            stdin=lines,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={"PYTHONPATH": f"{repository}:{Path(__file__).parent}"},
        ) as process,
    ):
        assert process.stdout and process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=30) == 0


def test_the_bank_changes_hints_only(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Delete it, grade again: every verdict and every score stays."""
    folder = Path("solutions/sky/bank")
    folder.mkdir()
    (folder / "a1.yaml").write_text("wrong:\n- answers: |\n    moon\n  hint: Look by day.\n")
    bench = Bench(bank=folder)
    monkeypatch.setattr(classroom, "open_grader", lambda made, **_: nullcontext(bench.grader()))
    run("grade", "sky", "class")
    before = json.loads(Path("out/results/dee.json").read_text())
    assert before["questions"][0]["feedback"] == "Not right. Look by day."
    (folder / "a1.yaml").unlink()
    run("grade", "sky", "class")
    after = json.loads(Path("out/results/dee.json").read_text())
    for old, new in zip(before["questions"], after["questions"], strict=True):
        assert {key for key in old if old[key] != new[key]} <= {"feedback", "mistake"}
    assert after["questions"][0]["mistake"] is None


def test_an_output_folder_among_the_submissions_is_no_submission(run: Run) -> None:
    """A rerun reads what was handed in, not what it has written itself."""
    first = run("grade", "sky", "class", "--out", "class/graded")
    again = run("grade", "sky", "class", "--out", "class/graded")
    assert (first.code, again.code) == (0, 0)
    assert "4 submissions" in again.out


def test_a_fault_nobody_thought_of_costs_one_line(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No traceback; the exit code says whose fault it is."""

    def boom(*_: Any) -> Any:
        raise ZeroDivisionError("boom")

    monkeypatch.setattr(reference, "open_reference", boom)
    found = run("grade", "sky", "class")
    assert (found.code, found.err.count("\n")) == (3, 1)
    assert "a fault of the grader, please report it: ZeroDivisionError: boom" in found.err
