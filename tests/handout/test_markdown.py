"""The handout: Markdown that any viewer renders."""

from dataclasses import replace

import pytest
from small import small

from autograder.handout.markdown import handout, typeset

TEXT = handout(small())


def test_it_starts_with_title_intro_and_points() -> None:
    """What it is, and how much of it."""
    assert TEXT.startswith("# Small things\n\nWelcome to $\\mu$.\n\n*7 questions, 8.5 points.*\n\n")


def test_a_formula_of_its_own_is_displayed() -> None:
    """A paragraph that is one formula."""
    assert "\n\n$$\nS = \\frac{x_1 + x_n}{2 n}\n$$\n\n" in TEXT


def test_a_question_has_its_wording_and_symbols() -> None:
    """Names as they are typed, sizes as mathematics."""
    assert "### q1  (formula, 1 point)\n\nGive $S^2$, with `x` in code.\n\n" in TEXT
    assert "*Symbols:* `x` (vector of length $n$), `c` (> 0), `n`.\n" in TEXT
    assert "*Symbols:* `A_i` and `B_j` (rows of length $D$), `f` (takes a row of" in TEXT


def test_code_is_shown_with_its_blank() -> None:
    """The stub of a function is part of the question."""
    assert (
        '```python\ndef double(x):\n    """x: (n,)   returns: (n,)"""\n    return ____\n```' in TEXT
    )


def test_only_kinds_that_occur_have_a_note() -> None:
    """How to type what is asked for here, nothing else."""
    assert "- **Formulas**" in TEXT and "- **Code**" in TEXT
    assert "- **Einsum" not in TEXT and "- **Choices**" not in TEXT


def test_no_intro_leaves_no_gap() -> None:
    """Never two empty lines."""
    assert "\n\n\n" not in handout(replace(small(), intro=""))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("`sigma^2` and ``sigma``", r"$\sigma^2$ and `sigma`"),
        ("`d_model` is code", "`d_model` is code"),
        ("so `a +\n    b`", "so $a + b$"),
        ("no marks", "no marks"),
        ("``a`` such that ``b``", "`a` such that `b`"),
    ],
)
def test_back_ticks_are_set(text: str, wanted: str) -> None:
    """Single ones are mathematics, double ones code; what reads as code stays code."""
    assert typeset(text) == wanted
