"""Which products fit, and what comes out."""

import pytest
from reading import known

from autograder.errors import Unreadable
from autograder.language.parser.grammar import parse
from autograder.language.shapes import ShapeFault, infer, spell

SYMBOLS = """
    q, k: vector(D), w: vector(M), A: matrix(N, M), S: matrix(N, N), Q_i: row(D) over N,
    V_j: row(M) over N, phi: row(D) -> row(F), sim: (vector(D), vector(D)) -> real, c: real
"""


def shape(text: str) -> tuple[str, ...]:
    return infer(parse(text, known(SYMBOLS)), known(SYMBOLS))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("c", ()),
        ("q", ("D",)),
        ("q^T", ("1", "D")),
        ("A", ("N", "M")),
        ("A^T", ("M", "N")),
        ("Q_i", ("1", "D")),
        ("Q_i^T", ("D", "1")),
        ("q_1", ()),
        ("A_{1,2}", ()),
        ("q^T k", ()),
        ("q k^T", ("D", "D")),
        ("q @ k", ()),
        ("q * k", ("D",)),
        ("q . k", ()),
        ("Q_i Q_j^T", ()),
        ("Q_i . Q_j", ()),
        ("A w", ("N",)),
        ("S A w", ("N",)),
        ("w @ A.T", ("N",)),
        ("w^T A^T", ("1", "N")),
        ("S^2", ("N", "N")),
        ("c A", ("N", "M")),
        ("A/c", ("N", "M")),
        ("q + k", ("D",)),
        ("q + 1", ("D",)),
        ("q/k", ("D",)),
        ("-q", ("D",)),
        ("sqrt(q)", ("D",)),
        ("||q||", ()),
        ("trace(S)", ()),
        ("sum(q)", ()),
        ("max(q)", ()),
        ("sim(q, k)", ()),
        ("phi(Q_i)", ("1", "F")),
        ("phi(Q_i)^T V_j", ("F", "M")),
        ("sum_j phi(Q_j)^T V_j", ("F", "M")),
        ("phi(Q_i) sum_j phi(Q_j)^T V_j", ("1", "M")),
        ("\\begin{bmatrix} 1 & c & 0 \\\\ 0 & 1 & c \\end{bmatrix}", ("2", "3")),
    ],
)
def test_what_comes_out(text: str, expected: tuple[str, ...]) -> None:
    """Sizes are names, and vectors are columns beside a transpose."""
    assert shape(text) == expected


@pytest.mark.parametrize(
    ("text", "code", "left", "right", "part"),
    [
        ("c q k", "shape_mismatch", "a vector of length D", "a vector of length D", "c q k"),
        ("q^T w", "shape_mismatch", "1 x D", "a vector of length M", "q^T w"),
        ("A A", "shape_mismatch", "N x M", "N x M", "A A"),
        ("c + A q", "shape_mismatch", "N x M", "a vector of length D", "A q"),
        ("Q_i Q_j", "shape_mismatch", "1 x D", "1 x D", "Q_i Q_j"),
        ("Q_i^T V_j^T", "shape_mismatch", "D x 1", "M x 1", "Q_i^T V_j^T"),
        (
            "dot(q, w)",
            "shape_mismatch",
            "a vector of length D",
            "a vector of length M",
            "dot(q, w)",
        ),
        ("q + w", "sum_mismatch", "a vector of length D", "a vector of length M", "w"),
        ("A + c", "sum_mismatch", "N x M", "a number", "c"),
        ("q + q^T", "sum_mismatch", "a vector of length D", "1 x D", "q^T"),
        ("c/q", "divided_by", "a number", "a vector of length D", "q"),
        ("A/S", "divided_by", "N x M", "N x N", "S"),
        ("A^2", "power_of", "N x M", "a number", "A^2"),
        ("2^q", "power_of", "a number", "a vector of length D", "2^q"),
        ("phi(V_j)", "wrong_argument_shape", "1 x M", "1 x D", "phi(V_j)"),
        ("phi(Q_i Q_j^T)", "wrong_argument_shape", "a number", "1 x D", "phi(Q_i Q_j^T)"),
        ("exp(A)", "wrong_argument_shape", "N x M", "a number", "exp(A)"),
        ("c if V_j > 0 else 0", "wrong_argument_shape", "1 x M", "a number", "V_j"),
        ("sum_{i=1}^{V_j} c", "wrong_argument_shape", "1 x M", "a number", "{V_j}"),
    ],
)
def test_what_does_not_fit_is_told_by_its_two_shapes(
    text: str, code: str, left: str, right: str, part: str
) -> None:
    """With the smallest part that is to blame."""
    with pytest.raises(ShapeFault) as caught:
        shape(text)
    fault = caught.value
    assert (fault.code, fault.data["left"], fault.data["right"]) == (code, left, right)
    assert text[slice(*fault.span)] == part


@pytest.mark.parametrize(
    ("text", "code"), [("phi", "no_argument"), ("O(c)", "wrong_kind"), ("(c, c)", "wrong_kind")]
)
def test_what_has_no_shape_is_no_formula(text: str, code: str) -> None:
    """A function alone, an order of growth, a list."""
    with pytest.raises(Unreadable) as caught:
        shape(text)
    assert caught.value.code == code


def test_shapes_in_words() -> None:
    """As a student reads them."""
    assert [spell(()), spell(("d",)), spell(("1", "F"))] == [
        "a number", "a vector of length d", "1 x F",
    ]  # fmt: skip
