"""`grader` in a kernel: what a student reads, with and without a saved notebook."""

import json
import os
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
from live_shell import FakeShell

from autograder.assignment import load
from autograder.formats import read_file
from autograder.hosts.notebook import AnswerNeedsWork, Grader, check, said, view
from autograder.hosts.notebook import grader as notebook
from autograder.hosts.notebook.session import session_of
from autograder.hosts.notebook.with_otter import Otter, as_text

ATTENTION = load("attention")


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeShell:
    """A kernel in an empty folder, without otter."""
    made = FakeShell()
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    monkeypatch.setattr(notebook, "current_shell", lambda: made)
    monkeypatch.setattr(notebook, "open_otter", lambda path: Otter(None))
    return made


def save(*sources: str, name: str = "answers.ipynb", later: float = 0) -> Path:
    """Save a notebook with these cells, some seconds later than now."""
    cells = [{"cell_type": "code", "source": source} for source in sources]
    path = Path(name)
    path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 5, "cells": cells}))
    os.utime(path, (time.time() + later,) * 2)
    return path


def shown(shell: FakeShell, question: str) -> str:
    return repr(Grader("attention", session_of(shell), Otter(None)).check(question))


@pytest.mark.parametrize(
    ("sources", "question", "lines"),
    [
        (["q1a = r'd'"], "q1a", [" ·  q1a         read  d"]),
        (["q1a = r'____'"], "q1a", [" ○  q1a         BLANK · In [1], line 1", "Next: fill the"]),
        ([], "q1a", [" ○  q1a         BLANK · not run yet"]),
        (
            ["q1b = r'k_x'"],
            "q1b",
            [" ?  q1b         CANNOT BE READ · In [1], line 1", "^^^", "Next"],
        ),
        (["1", "# %% q1b\nq1b = r'd"], "q1b", ["CANNOT BE READ · In [2], line 2", "unterminated"]),
        (["q2c = r'''It learns.'''"], "q2c", ["2 words", "A person marks it"]),
        (["q1a = r'd'"], "q1", ["read  d", " ○  q1d         BLANK"]),
        (["q3a = r'd_model'"], "q3", [" ·  q3a         read  d_model", " ○  q3h "]),
        (["q1a = r'd'"], "nope", ["no question 'nope'"]),
        (["q1a = r'd'"], "", ["no question ''", 'in quotes, such as grader.check("q1a")']),
    ],
)
def test_a_student_reads(
    shell: FakeShell, sources: list[str], question: str, lines: list[str]
) -> None:
    """The lines of the command line, by number of the run; nothing has to be saved."""
    shell.run(*sources)
    text = shown(shell, question)
    assert all(line in text for line in lines)
    assert "Traceback" not in text and "passed" not in text


def test_without_torch_the_first_cell_says_that_errors_do_no_harm(
    shell: FakeShell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next cell stops with one; the command to end that runs in a cell."""
    monkeypatch.setattr(notebook, "missing", lambda: "No module named 'torch'")
    lines = repr(Grader("attention", session_of(shell), Otter(None))).splitlines()
    assert lines[0].startswith("attention 1.0: ready. Next: grader.check")
    assert lines[1].startswith("torch is not installed: cells that import it or use it stop")
    assert lines[-1].startswith("%pip install torch numpy") or lines[-1].endswith("torch numpy")
    monkeypatch.setattr(notebook, "missing", lambda: "")
    assert "torch" not in repr(Grader("attention", session_of(shell), Otter(None)))


def test_read_is_not_right(shell: FakeShell) -> None:
    """Said below every reading, and never below what can't be read."""
    shell.run("q1a = r'd'", "q1b = r'x'")
    assert '"Read" is not "right"' in shown(shell, "q1a")
    assert '"Read" is not "right"' not in shown(shell, "q1b")


def test_blanks_of_one_class_are_one_name(shell: FakeShell) -> None:
    """Its cell is called what their names begin with; the next question isn't in it."""
    assert "q3h" in shown(shell, "q3") and "q3i" not in shown(shell, "q3")


@pytest.mark.parametrize(
    ("ran", "saved", "later", "said"),
    [
        ("q1a = r'd'", "q1a = r'd'", 60, ""),
        ("q1a = r'd'", "q1a = r'd^2'", 60, "edited since you ran it"),
        ("q1a = r'd'", "q1a = r'd^2'", -60, ""),
        ("q1a = r'd'", "q1b = r'd'", 60, "the saved notebook has no answer here"),
        ("q1a = r'd'", "q1a = r'____'", 60, "the saved notebook has no answer here"),
        ("q1a = r'd'", "q1a = r'____'", -60, ""),
        ("q1a = r'____'", "q1b = r'd'", 60, ""),
        ("1", "q1a = r'd'", 60, "NOT RUN YET · cell 1, line 1"),
        ("1", "q1a = r'd'", -60, "NOT RUN YET · cell 1, line 1"),
        ("1", "q1a = r'____'", 60, "BLANK · cell 1, line 1"),
    ],
)
def test_what_is_saved_and_what_was_run(
    shell: FakeShell, ran: str, saved: str, later: float, said: str
) -> None:
    """Which of them is newer, and what to do."""
    session_of(shell)
    shell.run(ran)
    save(saved, later=later)
    text = " ".join(shown(shell, "q1a").split())
    assert said in text
    assert ("Note: " in text) == ("saved" in said or "edited" in said)
    assert ("edited" in text, "NOT RUN" in text) == ("edited" in said, "NOT RUN" in said)


def test_of_two_cells_the_one_that_counts_is_told(shell: FakeShell) -> None:
    """Run in another order than they stand; to run one again would change nothing."""
    session_of(shell)
    shell.run("q1a = r'd^2'", "q1a = r'd'")
    save("q1a = r'd'", "q1a = r'd^2'", later=-60)
    assert "another answer, in cell 2, line 1, and that counts. Next: restart the kernel" in (
        " ".join(shown(shell, "q1a").split())
    )
    assert "Not like this in the saved notebook: q1a." in all_shown(shell)
    text = export(shell)
    assert text.index("NOT WHAT YOU RAN: q1a.") and "Ctrl-S" not in text


def test_a_blank_cell_below_the_answer_answers_nothing(shell: FakeShell) -> None:
    """Also where the front-end doesn't say which cell is run: the file has both."""
    session_of(shell)
    shell.run("q1a = r'd'", "q1a = r'____'")
    assert "BLANK" in shown(shell, "q1a")
    save("q1a = r'd'", "q1a = r'____'")
    assert "read  d" in shown(shell, "q1a") and "Note" not in shown(shell, "q1a")


@pytest.mark.parametrize(
    ("helper", "saved", "later", "said"),
    [
        ("def twice(x):\n    return x", "", 60, "otherwise: twice. Next: restart the kernel"),
        ("def twice(x):\n    return x", "def twice(y):\n    return y", 60, "otherwise: twice"),
        ("def twice(x):\n    return x", "", -60, ""),
        ("def twice(x):\n    return x", "# mine\ndef twice(x): return x", 60, ""),
        ("import math as m\ntwice = lambda x: m.pi", "twice = lambda x: m.pi", 60, "otherwise: m."),
        ("import math\ntwice = max", "import numpy, math", 60, ""),
        ("x = 3\ny = 4", "", 60, ""),
    ],
)
def test_what_an_answer_uses_may_be_saved_otherwise(
    shell: FakeShell, helper: str, saved: str, later: float, said: str
) -> None:
    """A helper whose cell is gone still works here, and not where the file is graded."""
    session_of(shell)
    phi = "def phi(x):\n    y = twice(x)\n    return y"
    shell.run(helper, phi)
    save(saved, phi, later=later)
    text = " ".join(Grader("attention", session_of(shell), Otter(None)).export().text.split())
    assert ("NOT WHAT YOU RAN: q5b_ii." in text) == bool(said)
    assert ("NOT SAVED YET: q5b_ii." in text) == (later < 0)
    assert said in " ".join(all_shown(shell).split())
    assert ("otherwise" in all_shown(shell)) == bool(said)


def all_shown(shell: FakeShell) -> str:
    return repr(Grader("attention", session_of(shell), Otter(None)).check_all())


def test_a_saved_file_is_read_once(shell: FakeShell, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may have 50 MB of outputs; saved again it is read again."""
    save("q1a = r'd'")
    all_shown(shell)
    monkeypatch.setattr("autograder.hosts.notebook.saved.read_file", lambda *_, **__: 1 / 0)
    assert "NOT RUN YET" in shown(shell, "q1a")
    save("q1a = r'd^2'")
    assert "ZeroDivisionError" in shown(shell, "q1a")


def test_all_answers_say_what_is_open(shell: FakeShell) -> None:
    """The same text as on the command line, then what is special of a notebook."""
    session_of(shell)
    shell.run("q1a = r'd'", "q1b = r'd'")
    save("q1a = r'd'", "q1b = r'1'", "q1c = r'2'", later=60)
    text = repr(Grader("attention", session_of(shell), Otter(None)).check_all())
    assert text.startswith("attention 1.0 · answers.ipynb (saved ")
    assert "2 read · 0 unreadable · 30 blank" in text
    assert "Not run yet, counted as blank here: q1c." in text
    assert "Edited since you ran them: q1b." in text
    assert "passed" not in text


def test_a_restart_forgets_what_was_run(shell: FakeShell) -> None:
    """A new kernel has an empty history."""
    save("q1a = r'd'")
    shell.run("q1a = r'd'")
    shell.history_manager.input_hist_raw[:] = [""]
    assert "NOT RUN YET" in shown(shell, "q1a")


def test_the_notebook_that_was_run_is_found_among_others(shell: FakeShell) -> None:
    """By its cells; a notebook about something else is none of ours."""
    save("x = 1", name="zoo.ipynb")
    assert "(saved" not in repr(Grader("attention", session_of(shell), Otter(None)).check_all())
    save("q1a = r'1'", name="answers.ipynb")
    save("q1a = r'd'", "q1b = r'2'", name="mine.ipynb")
    shell.run("q1a = r'd'")
    assert "mine.ipynb" in repr(Grader("attention", session_of(shell), Otter(None)).check_all())


@pytest.mark.parametrize("told", ["environment", "names"])
def test_the_front_end_says_which_notebook_it_is(
    shell: FakeShell, monkeypatch: pytest.MonkeyPatch, told: str
) -> None:
    """Jupyter by a variable, VS Code by a name."""
    save("q1a = r'd'")
    other = str(save("q1a = r'2'", name="copy.ipynb").resolve())
    shell.run("q1a = r'd'")
    if told == "names":
        shell.user_ns["__vsc_ipynb_file__"] = other
    else:
        monkeypatch.setenv("JPY_SESSION_NAME", other)
    assert "copy.ipynb" in repr(Grader("attention", session_of(shell), Otter(None)).check_all())


@pytest.mark.parametrize("content", ["", "{", "[]", '{"cells": 1}'])
def test_a_broken_file_does_no_harm(shell: FakeShell, content: str) -> None:
    """The kernel has the answers."""
    Path("answers.ipynb").write_text(content)
    shell.run("q1a = r'd'")
    assert "read  d" in shown(shell, "q1a")


def export(shell: FakeShell, **options: Any) -> str:
    return repr(Grader("attention", session_of(shell), Otter(None)).export(**options))


def test_an_export_holds_the_saved_notebook(shell: FakeShell) -> None:
    """And can be graded like the notebook itself."""
    session_of(shell)
    shell.run("q1a = r'd'")
    save("q1a = r'd'")
    text = " ".join(export(shell, pdf=False).split())
    [path] = Path().glob("answers_*.zip")
    assert text.startswith(f"{path} holds answers.ipynb as it was saved at ")
    assert "1 of 32 questions have an answer; blank: q1b, q1c" in text
    assert f"Next: hand in {path}, or answers.ipynb" in text
    assert read_file(path, ATTENTION).responses["q1a"].text == "d"


def test_an_export_says_what_cannot_be_read_in_it(shell: FakeShell) -> None:
    """Before it is handed in, not after."""
    session_of(shell)
    shell.run("q1a = r'd'", "q1b = r'd_k'")
    save("q1a = r'd'", "q1b = r'd_k'")
    text = " ".join(export(shell).split())
    assert "2 of 32 questions have an answer; blank: q1c" in text
    assert "; can't be read: q1b. Next: hand in" in text


@pytest.mark.parametrize(
    ("later", "head", "next"),
    [(-60, "NOT SAVED YET: q1a, q1b.", "Ctrl-S"), (60, "NOT WHAT YOU RAN: q1a, q1b.", "run all")],
)
def test_an_export_says_what_is_not_saved(
    shell: FakeShell, later: float, head: str, next: str
) -> None:
    """The zip is made all the same. To save again doesn't help where the file is newer."""
    session_of(shell)
    shell.run("q1a = r'd'", "q1b = r'd'")
    save("q1a = r'1'", later=later)
    text = export(shell)
    assert head in text and next in text and "hand in" not in text
    assert ("Ctrl-S" in text) == (later < 0)
    assert list(Path().glob("answers_*.zip"))


def test_an_export_without_a_file_says_how_to_get_it(shell: FakeShell) -> None:
    """On Colab."""
    shell.run("q1a = r'd'")
    assert "Next: download it" in export(shell)
    assert export(shell, nb_path="gone.ipynb") == "There is no gone.ipynb."


def test_an_export_refuses_nothing_silently(shell: FakeShell) -> None:
    """Settings of otter's that need otter; more files are taken."""
    save("q1a = r'd'")
    Path("more.txt").write_text("x")
    text = export(shell, pdf=True, filtering=True, files=["more.txt"], export_path="out.zip")
    assert text.startswith("Left out, as it needs otter-grader: filtering, pdf.")
    assert zipfile.ZipFile("out.zip").namelist() == ["answers.ipynb", "more.txt"]
    assert "can't be written" in export(shell, files=["gone.txt"])


def test_why_otter_exports_nothing_is_one_short_sentence(shell: FakeShell) -> None:
    """Its PDF needs LaTeX, whose log would fill the screen."""

    class Fails:
        def export(self, path: str, **options: Any) -> None:
            raise RuntimeError("no xelatex\n\n" + "l.1 ! \n" * 999)

    save("q1a = r'd'")
    text = repr(Grader("attention", session_of(shell), Otter(Fails())).export(pdf=True))
    assert text.startswith("The zip can't be written: no xelatex l.1 !")
    assert text.endswith("Next: hand in answers.ipynb.") and len(text) < 300


def test_a_test_of_otters_passes_what_can_be_read(shell: FakeShell) -> None:
    """With the reading; all else fails with our words."""
    shell.run("q1a = r'd'", "q1b = r'x'")
    check("attention", "q1a")
    assert said("attention", "q1a").startswith('q1a is read as "d". Not checked here: ')
    for question, word in {"q1b": "x is not a symbol", "q1c": "BLANK", "q3": "BLANK"}.items():
        with pytest.raises(AnswerNeedsWork, match=word):
            check("attention", question)


@pytest.mark.parametrize(
    ("name", "word"), [("nothing", "no assignment 'nothing'"), ("attention", "That is not your")]
)
def test_what_fails_here_is_said_in_a_sentence(
    shell: FakeShell, monkeypatch: pytest.MonkeyPatch, name: str, word: str
) -> None:
    """No traceback, whoever's fault it is."""
    monkeypatch.setattr(view, "live_answers", lambda *_: 1 / 0)
    grader = Grader(name, session_of(shell), Otter(None))
    for text in map(repr, [grader.check("q1a"), grader.check_all(), grader.export()]):
        assert word in text
    with pytest.raises(AnswerNeedsWork, match=word):
        check(name, "q1a")


def test_outside_of_a_notebook_the_saved_one_is_read(
    shell: FakeShell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is nothing else."""
    monkeypatch.setattr(notebook, "current_shell", lambda: None)
    save("q1a = r'd'")
    check("attention", "q1a")
    assert "cell 1, line 1" not in said("attention", "q1a")


def test_text_in_html_looks_as_it_was_typed() -> None:
    """What would be a tag is none, and a comparison stays one."""
    assert as_text("0 < s(q) and a<b & c&lt;") == "0 < s(q) and a<\u2060b & c&\u2060lt;"
