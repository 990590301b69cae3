"""ASCII mathematics set as LaTeX."""

import pytest

from autograder.handout.mathematics import is_code, latex


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("mu^T mu", r"\mu^\top \mu"),
        ("s q^T k", r"s q^\top k"),
        ("Var(q^T k)", r"\mathrm{Var}(q^\top k)"),
        ("[0, -1, 4]", "[0, -1, 4]"),
        ("[-x, y]", "[-x, y]"),
        ("a - 1", "a - 1"),
        ("1 <= h <= d", r"1 \le h \le d"),
        ("x > 0", r"x \gt 0"),
        ("q = k = d/h", "q = k = d / h"),
        ("d^(-1/2)", "d^{-1 / 2}"),
        ("d^-1", "d^{-1}"),
        ("x_{i j}", "x_{i j}"),
        ("V'_i", "V_i'"),
        ("f'(x)", "f'(x)"),
        ("||x||_2^2", r"\lVert x \rVert_2^2"),
        ("sqrt(n) / 2", r"\sqrt{n} / 2"),
        ("(a + b) / (c d)", r"\frac{a + b}{c d}"),
        ("f(a) / (c)", "f(a) / (c)"),
        ("sum_j f(x_j)^T", r"\sum_j f(x_j)^\top"),
        ("1, ..., N", r"1, \ldots, N"),
        ("N × D", r"N \times D"),
        ("a * b", r"a \cdot b"),
        ("q.k", r"q \cdot k"),
        ("{a, b}", r"\lbrace a, b \rbrace"),
        ("row -> phi", r"\mathrm{row} \to \phi"),
    ],
)
def test_mathematics_is_set(typed: str, wanted: str) -> None:
    """Each notation that an author needs."""
    assert latex(typed) == wanted
    assert not is_code(typed)


@pytest.mark.parametrize(
    "text",
    ["d_model", "x.size(-1)", "q4c", "f(a) // 2", "a ** b", "x == y", "self.W =", "____", "a ? b"],
)
def test_code_stays_code(text: str) -> None:
    """What reads as a program isn't set as mathematics."""
    assert is_code(text)


@pytest.mark.parametrize("text", ["", ")", "(", "^", "_", "a^", "((((a", "||", "/ (", "a_(", "{"])
def test_nonsense_is_set_without_complaint(text: str) -> None:
    """Setting judges nothing, and never fails."""
    assert isinstance(latex(text), str)


@pytest.mark.parametrize("text", ["x < y", "a * b", "{a}", "f'_i", "Var(x)"])
def test_every_viewer_renders_it(text: str) -> None:
    """No bare `<`, no `*`, no backslash before punctuation, no command that GitHub refuses."""
    found = latex(text)
    assert not set("<>*") & set(found)
    assert not any(f"\\{sign}" in found for sign in "{}_,;!|'")
    assert r"\operatorname" not in found
