"""The generated notebook: the stub's cells, each with its wording, its check and its test."""

import ast
from pathlib import Path
from typing import Any

import nbformat
import pytest
from small import small

from autograder.assignment import load
from autograder.formats import read_file
from autograder.formats.cells import cut
from autograder.handout.notebook import notebook, otter_tests
from autograder.handout.stub import stub

ATTENTION = load("attention")


def book(text: str) -> Any:
    made = nbformat.reads(text, as_version=4)
    nbformat.validate(made)
    return made


CELLS = book(notebook(small())).cells
SOURCES = {cell.id: cell.source for cell in CELLS}


def test_the_cells_are_named_and_in_order() -> None:
    """One set-up, the imports, an answer and its check for each question, then the end."""
    code = [cell.id for cell in CELLS if cell.cell_type == "code"]
    answers = [name for at in range(1, 8) for name in (f"q{at}", f"q{at}-check")]
    assert code == ["set-up", "imports", *answers, "all", "export"]


def test_an_answer_has_the_text_of_the_stubs_cell() -> None:
    """Both are filled in alike; comments say there what a text cell says here."""
    for assignment in (small(), ATTENTION):
        sources = {c.id: c.source for c in book(notebook(assignment)).cells}
        for cell in cut(stub(assignment)):
            if cell.word and not cell.word.isdecimal():
                marker, *rest = cell.text.strip().split("\n")
                while rest[0].startswith("# "):
                    del rest[0]
                assert sources[cell.word] == "\n".join([marker, *rest])


def test_what_students_read() -> None:
    """The wording in front, a line behind, and a sentence for each of the last two."""
    assert SOURCES["q1-text"] == "### q1  (formula, 1 point)\n\nGive $S^2$, with `x` in code."
    assert SOURCES["q1"] == '# %% q1  (formula, 1 point)\nq1 = r"____"'
    assert SOURCES["q1-check"] == 'grader.check("q1")'
    assert SOURCES["all"] == "grader.check_all()"
    assert SOURCES["export"] == "grader.export(pdf=False)"
    assert SOURCES["imports"].startswith("# autograder: small 1.0\nimport math\n")
    assert "all answers" in SOURCES["all-text"] and "Ctrl-S" in SOURCES["export-text"]


def test_an_error_in_an_answer_does_not_end_a_run_of_all_cells() -> None:
    """Nor does an import without torch: the checks below are what a student needs then."""
    tagged = {cell.id for cell in CELLS if cell.metadata.get("tags") == ["raises-exception"]}
    assert tagged == {"imports", *(f"q{at}" for at in range(1, 8))}


def test_the_set_up_is_short_python() -> None:
    """A student can read it, without a scroll bar."""
    lines = SOURCES["set-up"].splitlines()
    assert lines[0].startswith("# %% grader  ") and 'start("small")' in SOURCES["set-up"]
    assert len(lines) <= 25 and max(map(len, lines)) <= 84
    ast.parse(SOURCES["set-up"])


@pytest.mark.parametrize("name", otter_tests(ATTENTION))
def test_every_question_has_a_test_of_otters(name: str) -> None:
    """In the style of exceptions; its body is one line that holds no key."""
    tree = ast.parse(otter_tests(ATTENTION)[name])
    assigned = {
        node.targets[0].id: ast.literal_eval(node.value)  # type: ignore[attr-defined]
        for node in tree.body
        if isinstance(node, ast.Assign)
    }
    assert assigned == {
        "OK_FORMAT": False,
        "name": f"{name} (check without the key)",
        "points": None,
    }
    [case] = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    assert ast.unparse(case.body[0]) == f"check('attention', '{name}')"
    assert len(case.body) == 1


def test_the_tests_are_in_the_notebook() -> None:
    """Where otter looks for them: all ids, and the cell that several blanks share."""
    made = book((ATTENTION.folder / "answers.ipynb").read_text())
    assert made.metadata.otter.OK_FORMAT is False
    assert made.metadata.otter.assignment_name == "attention"
    assert set(made.metadata.otter.tests) == {*ATTENTION.questions, "q3"}


def test_the_untouched_notebook_is_read_like_the_stub(tmp_path: Path) -> None:
    """Nothing in it is an answer, and no line of it is told of as left out."""
    (tmp_path / "answers.ipynb").write_text(notebook(ATTENTION))
    (tmp_path / "answers.py").write_text(stub(ATTENTION))
    here, there = (read_file(tmp_path / f"answers.{e}", ATTENTION) for e in ("ipynb", "py"))
    assert here.notes == there.notes == ()
    assert {id: (r.text, r.context) for id, r in here.responses.items()} == {
        id: (r.text, r.context) for id, r in there.responses.items()
    }
