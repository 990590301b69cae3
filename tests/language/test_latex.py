"""LaTeX of a tree, as pages set it; `test_round_trip.py` reads it back."""

import pytest
from reading import SYMBOLS, known, tree

from autograder.language.printer.latex import latex


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("1/(2 d)", r"\frac{1}{2 d}"),
        ("(a + b)^2/2", r"\frac{\left(a + b\right)^{2}}{2}"),
        ("d^(-1/2)", r"d^{\frac{-1}{2}}"),
        ("d_k sigma", r"d_{k} \sigma"),
        ("mu^T nu", r"\mu^{\top} \nu"),
        ("||mu||_3^2", r"\left\lVert \mu \right\rVert_{3}^{2}"),
        ("|x|", r"\left\lvert x \right\rvert"),
        ("abs(mu)", r"\mathrm{abs}\left(\mu\right)"),
        ("sum_{i=1}^d mu_i^2", r"\sum_{i=1}^{d} \mu_{i}^{2}"),
        ("sum_i (x/n) mu_i", r"\sum_{i} \frac{x}{n} \mu_{i}"),
        ("sqrt(x) + root(x, 3)", r"\sqrt{x} + \sqrt[3]{x}"),
        ("log_2(x)", r"\log_{2}\left(x\right)"),
        ("binomial(n, 2) n!", r"\binom{n}{2} n!"),
        ("2*3", r"2 \times 3"),
        ("pi e", r"\pi e"),
        ("O(n d)", r"O\left(n d\right)"),
        ("{x if x > 0; 0 otherwise}",
         r"\begin{cases} x & x \gt 0 \\ 0 & \text{otherwise} \end{cases}"),
    ],
)  # fmt: skip
def test_how_a_formula_is_set(typed: str, written: str) -> None:
    """As in a book, with nothing that a Markdown viewer refuses."""
    assert latex(tree(typed), known(SYMBOLS)) == written
