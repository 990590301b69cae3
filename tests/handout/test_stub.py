"""The stub: the file that students fill in."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from small import small

from autograder.handout.cells import blanks
from autograder.handout.stub import plain, stub

TEXT = stub(small())


def test_the_first_line_names_assignment_and_version() -> None:
    """An older stub can be told by it."""
    assert TEXT.splitlines()[0] == "# autograder: small 1.0"


def test_it_counts_its_blanks() -> None:
    """The number in the header is what a search for four underscores finds."""
    assert TEXT.count("____") == blanks(small()) == 7
    assert "search for them: 7 to begin with" in TEXT


def test_a_problem_is_a_cell_of_comments() -> None:
    """No back-ticks, stress in capitals, a formula on its own line, symbols in words."""
    assert TEXT.split("# %% 1")[1].split("# %% q1")[0] == (
        "  Sums\n"
        "# Numbers x_1, ..., x_n are INDEPENDENT and positive.\n"
        "#     S = (x_1 + x_n) / (2 n)\n"
        "# Symbols: x (vector of length n), c (> 0), n.\n\n"
    )


def test_a_typed_question_is_a_raw_string() -> None:
    """Its marker says what kind of answer it wants, and its points."""
    cell = '# %% q1  (formula, 1 point)\n# Give S^2, with x in code.\nq1 = r"____"\n\n'
    assert cell in TEXT


def test_other_symbols_are_said_where_they_hold() -> None:
    """Only where they differ from the problem's."""
    cell = TEXT.split("# %% q3")[1].split("# %%")[0]
    assert (
        cell == '  (order of growth, 2 points)\n# And with n only?\n# Symbols: n.\nq3 = r"____"\n\n'
    )


def test_prose_may_have_lines() -> None:
    """A free answer stands between three quotes."""
    assert '# %% q4  (free text, 1.5 points)\n# Why?\nq4 = r"""____"""\n' in TEXT


def test_a_definition_has_two_empty_lines_around_it() -> None:
    """As PEP 8 has it."""
    before, after = TEXT.split("def double(x):")
    assert before.endswith("\n\n\n# %% q5  (code, 1 point)\n# Write double(x).\n")
    assert after.split("# %%")[0].endswith("return ____\n\n\n")


def test_symbols_of_every_sort_are_put_in_words() -> None:
    """Rows, families, functions of one argument and of two alike."""
    said = " ".join(TEXT.split("# %% q7")[1].replace("\n# ", " ").split())
    assert (
        "Symbols: A_i and B_j (rows of length D), f (takes a row of length D, gives a row of "
        "length F), s (takes two vectors of length D, gives a number)" in said
    )


def test_lines_fit_and_formulas_stay_in_one() -> None:
    """Comments are wrapped at 90 columns; nothing between back-ticks is broken."""
    assert max(map(len, TEXT.splitlines())) <= 90
    assert "x_1, ..., x_n" in TEXT


def test_it_parses_and_runs_unfilled(tmp_path: Path) -> None:
    """A student can run it before the first answer."""
    ast.parse(TEXT)
    (tmp_path / "answers.py").write_text(TEXT, encoding="utf-8")
    subprocess.run([sys.executable, "-W", "error", "answers.py"], cwd=tmp_path, check=True)


@pytest.mark.parametrize(
    ("markdown", "wanted"),
    [
        ("**one** and *two*", "ONE and two"),
        ("a `b^2` ``c_d``", "a b^2 c_d"),
        ("2 * 3 * 4", "2 * 3 * 4"),
    ],
)
def test_markdown_becomes_plain(markdown: str, wanted: str) -> None:
    """A comment has no markup."""
    assert plain(markdown) == wanted
