"""Matrices and vectors written out: every notation gives the same entries."""

import pytest

from autograder.errors import Unreadable
from autograder.language.lexer.tokens import tokenize
from autograder.language.printer.echo import echo
from autograder.language.shapes import infer
from autograder.language.statements.arrays import parse
from autograder.language.vocabulary import Vocabulary, declare

KNOWN = Vocabulary(
    declare("x, y: real, u, v: vector(3), A, B: matrix(2, 2), W: matrix(n, m)").symbols,
    algebra=True,
)


def shown(text: str) -> str:
    return echo(parse(tokenize(text), KNOWN, len(text)))


@pytest.mark.parametrize(
    "text",
    [
        "[[1, x], [3, 4]]",
        "((1, x), (3, 4))",
        "{{1, x}, {3, 4}}",
        "matrix([1, x], [3, 4])",
        "Matrix([[1, x], [3, 4]])",
        "np.array([[1, x], [3, 4]], dtype=float)",
        "torch.tensor([[1, x], [3, 4]])",
        "[1, x; 3, 4]",
        "[1 x; 3 4]",
        "1, x; 3, 4",
        "\\begin{bmatrix} 1 & x \\\\ 3 & 4 \\end{bmatrix}",
        "\\left[\\begin{array}{cc} 1 & x \\\\ 3 & 4 \\\\ \\end{array}\\right]",
    ],
)
def test_a_matrix_is_read_row_by_row(text: str) -> None:
    """From brackets, calls, semicolons and LaTeX."""
    assert shown(text) == shown("[[1, x], [3, 4]]")


@pytest.mark.parametrize(
    "text",
    [
        "[1, 2, x]", "(1, 2, x)", "1, 2, x", "(1; 2; x)", "[1; 2; x]", "vector(1, 2, x)",
        "<1, 2, x>", "\\langle 1, 2, x \\rangle", "[[1], [2], [x]]", "matrix([1], [2], [x])",
        "np.array([1, 2, x])", "vector(1, 2, x,)", "np.array([1, 2, x], )",
        "(1, 2, x)^T", "\\begin{pmatrix} 1 \\\\ 2 \\\\ x \\end{pmatrix}",
    ],
)  # fmt: skip
def test_a_column_is_a_vector(text: str) -> None:
    """So is a list, and a list with a transpose behind it."""
    assert shown(text) == "[1, 2, x]"


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("[[1, 2, 3]]", ("1", "3")),
        ("matrix([1, 2, 3])", ("1", "3")),
        ("[1, 2, 3]^T [1, 2, 3]", ()),
        ("[u, v]", ("2", "3")),
        ("[u, [1, 2, 3]]", ("2", "3")),
        ("[[5]]", ()),
        ("eye(3)", ("3", "3")),
        ("diag(1, 2)", ("2", "2")),
        ("I", ("I", "I")),
        ("A - x I", ("2", "2")),
        ("I A", ("2", "2")),
        ("u × v", ("3",)),
        ("u * v", ()),
        ("u ⊙ v", ("3",)),
        ("[1, 2] * A", ("2",)),
        ("|A - x I|", ()),
        ("||A||_2", ()),
        ("A^-T", ("2", "2")),
        ("inv(A) + A^-1", ("2", "2")),
    ],
)
def test_what_comes_out(text: str, shape: tuple[str, ...]) -> None:
    """Rows, identities and products of vectors."""
    assert infer(parse(tokenize(text), KNOWN, len(text)), KNOWN) == shape


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[[1, 2], [3]]", "ragged_matrix"),
        ("[[1, 2], 3]", "ragged_matrix"),
        ("[]", "empty_list"),
        ("[[1, 2], []]", "empty_list"),
        ("[[[1, 2], [3, 4]], [[1, 2], [3, 4]]]", "wrong_kind"),
        ("[1,, 2]", "unexpected"),
        ("vector(1,, 2)", "unexpected"),
        ("vector()", "empty_list"),
        ("diag(u)", "unsupported"),
    ],
)
def test_what_is_no_matrix(text: str, code: str) -> None:
    """Rows of different lengths, and nothing at all."""
    with pytest.raises(Unreadable) as caught:
        parse(tokenize(text), KNOWN, len(text))
    assert caught.value.code == code


def test_blanks_separate_numbers_but_not_names() -> None:
    """`[x -1]` is a difference, `[1 -1]` has two entries."""
    assert shown("[1 -1 2]") == "[1, -1, 2]"
    assert shown("[x -1, 2]") == shown("[x - 1, 2]")
    assert shown("2 [A B - B A]") == shown("2 (A B - B A)")


def test_i_in_an_entry_is_the_imaginary_unit() -> None:
    """Only between matrices it is an identity."""
    assert shown("[[1, I], [-I, 1]]") == shown("[[1, i], [-i, 1]]")
    assert shown("I A") == "I A"
