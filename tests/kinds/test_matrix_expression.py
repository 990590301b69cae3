"""Matrix expressions: every product has to fit before numbers are compared."""

from pathlib import Path
from typing import Any

import pytest

from autograder.errors import AssignmentError
from autograder.kinds import Reading, Workshop
from autograder.kinds.matrix_expression import MatrixExpression
from autograder.language.vocabulary import Vocabulary, declare
from autograder.submission import Place, Response
from autograder.verdict import Finding, Verdict

KIND = MatrixExpression(
    declare("P_i, B_j: row(D) over N, C_j: row(M) over N, f: row(D) -> row(F), c: real")
)
KEY = "(sum_j f(P_i) f(B_j)^T C_j) / (sum_j f(P_i) f(B_j)^T)"
SHOP = Workshop("q1", None, Path(), b"")
NOBODY: Any = None  # an expression runs no code


def typed(text: str) -> Reading:
    return KIND.read(Response(text, Place("answers.py")))


def judged(answer: str, key: str = KEY) -> Finding:
    return KIND.judge(typed(answer), KIND.prepare(typed(key), SHOP), NOBODY)


@pytest.mark.parametrize(
    "answer",
    [
        "f(P_i) sum_j f(B_j)^T C_j / (f(P_i) sum_j f(B_j)^T)",
        "f(P_i) (sum_j f(B_j)^T C_j) / (f(P_i) (sum_j f(B_j)^T))",
        "sum_j f(P_i) f(B_j)^T C_j / sum_l f(P_i) f(B_l)^T",
        "sum_j f(B_j) f(P_i)^T C_j / sum_j f(B_j) f(P_i)^T",
        "sum_j <f(P_i), f(B_j)> C_j / sum_j <f(P_i), f(B_j)>",
        "sum_j (f(P_i) · f(B_j)) C_j / sum_j (f(P_i) · f(B_j))",
        "f(P_i) @ sum_j(f(B_j).T @ C_j) / (f(P_i) @ sum_j f(B_j).T)",
        "V'_i = f(P_i) S / (f(P_i) z) where S = sum_j f(B_j)^T C_j, z = sum_j f(B_j)^T",
        "\\frac{f(P_i)\\sum_{j=1}^N f(B_j)^\\top C_j}{f(P_i)\\sum_{j=1}^N f(B_j)^\\top}",
        "c^2 f(P_i) sum_j f(B_j)^T C_j / (c^2 f(P_i) sum_j f(B_j)^T)",
    ],
)
def test_the_same_product_in_other_orders_is_right(answer: str) -> None:
    """Wherever the brackets stand and whatever the index is called."""
    assert judged(answer).code == "right"


@pytest.mark.parametrize(
    ("answer", "code", "left", "right"),
    [
        ("f(P_i) f(B_j)", "shape_mismatch", "1 x F", "1 x F"),
        ("sum_j f(P_i)^T f(B_j) C_j", "shape_mismatch", "F x F", "1 x M"),
        ("sum_j C_j f(B_j)^T", "shape_mismatch", "1 x M", "F x 1"),
        ("sum_j f(C_j)", "wrong_argument_shape", "1 x M", "1 x D"),
        ("c/f(P_i)", "divided_by", "a number", "1 x F"),
        ("P_i + C_j", "sum_mismatch", "1 x D", "1 x M"),
    ],
)
def test_a_wrong_transpose_is_told_by_the_product_that_fails(
    answer: str, code: str, left: str, right: str
) -> None:
    """By its two shapes."""
    finding = judged(answer)
    assert (finding.verdict, finding.code) == (Verdict.INCORRECT, code)
    assert (finding.data["left"], finding.data["right"]) == (left, right)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("f(P_i)", "wrong_shape"),
        ("f(P_i)^T", "wrong_shape"),
        ("f(B_j)^T C_j", "wrong_shape"),
        ("C_j", "differs"),
        ("sum_j C_j / N", "differs"),
        ("sum_j (f(P_i) f(B_j)^T C_j / (f(P_i) f(B_j)^T))", "differs"),
        ("sum_j P_i B_j^T C_j / sum_j P_i B_j^T", "differs"),
        ("sum_j f(P_j) f(B_j)^T C_j / sum_j f(P_j) f(B_j)^T", "differs"),
        ("f(P_1) sum_j f(B_j)^T C_j / (f(P_1) sum_j f(B_j)^T)", "differs"),
        ("sum_{j=2}^N f(P_i) f(B_j)^T C_j / sum_j f(P_i) f(B_j)^T", "differs"),
        ("2 f(P_i) sum_j f(B_j)^T C_j / (f(P_i) sum_j f(B_j)^T)", "differs"),
    ],
)
def test_what_fits_is_judged_by_numbers(answer: str, code: str) -> None:
    """On sizes that are pairwise different."""
    finding = judged(answer)
    assert (finding.verdict, finding.code) == (Verdict.INCORRECT, code)


def test_a_row_is_no_column() -> None:
    """The shape asked for is that of the key."""
    finding = judged("P_i^T", "P_i")
    assert finding.data == {"got": "D x 1", "asked": "1 x D"}


def test_one_by_one_is_a_number() -> None:
    """A row times a column can stand where a number is asked for."""
    assert judged("P_i B_j^T", "dot(P_i, B_j)").code == "right"


def test_equal_expressions_are_marked_together() -> None:
    """As with formulas."""
    assert KIND.same(typed("2 P_i"), typed("P_i + P_i"))
    assert not KIND.same(typed("P_i"), typed("B_j"))


WRITTEN = MatrixExpression(
    Vocabulary(
        declare("x, y: real, A, B: matrix(n, n), W: matrix(n, m), u, v: vector(3)").symbols,
        algebra=True,
    )
)


def written(answer: str, key: str) -> Finding:
    read = [WRITTEN.read(Response(text, Place("answers.py"))) for text in (answer, key)]
    return WRITTEN.judge(read[0], WRITTEN.prepare(read[1], SHOP), NOBODY)


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("[[1, 2], [3, 4]]", "[1, 4/2; 3, 4]"),
        ("[[7, 10], [15, 22]]", "[[1, 2], [3, 4]]^2"),
        ("[[1, 2], [3, 4]]^-1", "-1/2 [[4, -2], [-3, 1]]"),
        ("[[x, y], [1, 2]]^-1", "1/(2x - y) matrix([2, -y], [-1, x])"),
        ("2x - y", "\\begin{vmatrix} x & y \\\\ 1 & 2 \\end{vmatrix}"),
        ("[[3, 0], [0, 3]]", "3 I"),
        ("A^-1 B^-1", "inv(B A)"),
        ("(A^T)^-1", "A^{-T}"),
        ("det(A - x I)", "|A - x I|"),
        ("det(2 A)", "2^n det(A)"),
        ("(I - A)^-1", "I + A (I - A)^-1"),
        ("||W||_F^2", "trace(W^T W)"),
        ("||W||_2", "np.linalg.norm(W.T, 2)"),
        ("||W||_1", "||W^T||_∞"),
        ("u × v", "-cross(v, u)"),
        ("u × (v × u)", "v (u . u) - u (u . v)"),
        ("A B", "A.dot(B)"),
        ("A B", "np.dot(A, B)"),
        ("A ⊙ B", "np.multiply(B, A)"),
        ("I", "A A^-1"),
        ("A^n", "A^(n - 1) A"),
    ],
)
def test_matrices_in_linear_algebra(key: str, answer: str) -> None:
    """Written out or declared, with inverses, determinants, norms and `I`."""
    assert written(answer, key).code == "right"


@pytest.mark.parametrize(
    ("key", "answer", "code"),
    [
        ("A^-1 B^-1", "inv(A B)", "differs"),
        ("||W||_2", "||W||_F", "differs"),
        ("A B", "A ⊙ B", "differs"),
        ("A B", "np.multiply(A, B)", "differs"),
        ("u × v", "v × u", "entry_differs"),
        ("u × (v × u)", "(u × v) × v", "entry_differs"),
        ("det(2 A)", "2 det(A)", "differs"),
        ("trace(W W^T)", "trace(W)", "wrong_argument_shape"),
        ("A", "W^-1", "power_of"),
        ("A", "A + 1", "sum_mismatch"),
        ("A", "x I + 1", "sum_mismatch"),
        ("[1, 2, 3]", "[[1, 2, 3]]", "wrong_shape"),
        ("[[1, 2], [3, 4]]", "[1, 2, 3, 4]", "wrong_shape"),
        ("[[x, 0], [0, 1]]", "I", "entry_differs"),
        ("[[10^30, 1], [0, 1]] [x, y]", "[[10^30, 2], [0, 1]] [x, y]", "differs"),
    ],
)
def test_another_matrix_is_wrong(key: str, answer: str, code: str) -> None:
    """Whatever its shape and however small the difference."""
    finding = written(answer, key)
    assert (finding.verdict, finding.code) == (Verdict.INCORRECT, code)


def test_the_entries_that_differ_are_told() -> None:
    """By row and column, and how many are right; all of them have to be."""
    finding = written("[[1, 2, 0], [5, x, 6]]", "[[1, 2, 3], [4, x, 6]]")
    assert finding.code == "entry_differs"
    assert {k: finding.data[k] for k in ("index", "entries", "right", "of")} == {
        "index": "(1, 3)", "entries": [[1, 3], [2, 1]], "right": 4, "of": 6,
    }  # fmt: skip


def test_a_singular_matrix_has_no_inverse_anywhere() -> None:
    """Nobody is marked wrong for what has no value."""
    assert written("[[1, 2], [2, 4]]^-1", "[[1, 2], [3, 4]]").verdict is Verdict.UNGRADED


def test_a_key_that_is_an_identity_needs_a_size() -> None:
    """It comes from the declared square matrices."""
    kind = MatrixExpression(Vocabulary(declare("x: real").symbols, algebra=True))
    with pytest.raises(AssignmentError, match="size of I"):
        kind.prepare(kind.read(Response("x I", Place("answers.py"))), SHOP)
