"""`compare`: the engine without an assignment."""

import json

import pytest

from autograder import comparing
from autograder.cli import main

CASES = [
    ("closed_form", "1/sqrt(x)", "sqrt(1/x)", {"x": "positive"}, [], "correct"),
    ("closed_form", "6((x-2)^2)^k", "6(x-2)^(2k)", ["x", "k"], [], "correct"),
    ("closed_form", "1/(1+exp(-2x))", "tanh(x)/2+1/2", ["x"], [], "correct"),
    ("closed_form", "x^ln(y)", "y^ln(x)", ["x", "y"], [], "correct"),
    ("closed_form", "x", "sqrt(x^2)", ["x"], [], "incorrect"),
    ("closed_form", "x", "sqrt(x^2)", {"x": "positive"}, [], "correct"),
    ("closed_form", "(x-a)^6000", "(x-a)^5999", ["x", "a"], [], "incorrect"),
    ("growth", "n^3+m^3+n^2*m^2", "n^3+m^3", ["n", "m"], [], "incorrect"),
    ("growth", "b n d/h", "b n k", ["b", "n", "d", "h", "k"], ["k=d/h", "h<=d"], "correct"),
    ("shape", "[d, k]", "(d, d/h)", ["d", "k", "h"], ["k=d/h", "h<=d"], "correct"),
    ("einsum", "bd,hdk->bhk", "ij,kjl->ikl", [], [], "correct"),
    ("condition", "x>2", "2<x", ["x"], [], "correct"),
    ("matrix", "A x", "x A", {"A": "matrix(n,m)", "x": "vector(m)"}, [], "incorrect"),
    ("values", "[1, 4]", "1; 4.0", [], [], "correct"),
    ("matrix", "[[1, 2], [3, 4]]", "matrix([1, 2], [3, 4])", [], [], "correct"),
    ("vector", "(1, 2, 3)", "\\begin{pmatrix} 1 \\\\ 2 \\\\ 3 \\end{pmatrix}", [], [], "correct"),
    ("list", "[x, 1/2]", "[x, 0.5]", ["x"], [], "correct"),
    ("point", "(1, 2)", "(2, 1)", [], [], "incorrect"),
    ("set", "{1, 2}", "{2, 1, 1}", [], [], "correct"),
    ("closed_form", "{1, 2}", "{2, 1}", [], [], "correct"),
    ("closed_form", "[[1, 2], [3, 4]]", "2 [[1/2, 1], [3/2, 2]]", [], [], "correct"),
    ("matrix", "[[[1, 2], [3, 4]]]", "[[[1, 2], [3, 5]]]", [], [], "incorrect"),
    ("matrix", "det(2 A)", "2^n det(A)", {"A": "matrix(n,n)"}, [], "correct"),
    ("equation", "x=2", "2=x", ["x"], [], "invalid"),
]


@pytest.mark.parametrize(("kind", "key", "answer", "symbols", "relations", "verdict"), CASES)
def test_answers_are_compared_by_meaning(
    kind: str, key: str, answer: str, symbols: object, relations: list[str], verdict: str
) -> None:
    """Equal and different pairs of every kind, with declared domains, shapes and relations."""
    case = {"kind": kind, "key": key, "answer": answer, "symbols": symbols, "relations": relations}
    found = next(comparing.stream([json.dumps(case).encode()]))
    assert (found["verdict"], found["key"], found["answer"]) == (verdict, key, answer)


@pytest.mark.parametrize(
    ("operands", "outcome"),
    [
        ([["b", "d"], ["h", "d", "k"]], "correct"),
        ([["b", "d"], ["h", "d"]], "error"),
        ([["b", "d"], ["h", "b", "k"]], "error"),
        ("bd,hdk", "error"),
    ],
)
def test_operands_declare_the_axes_of_einsum(operands: object, outcome: str) -> None:
    """A key that does not fit them is the case's fault."""
    case = {"kind": "einsum", "key": "...d,hdk->...hk", "answer": "bd,hdk->bhk"}
    found = comparing.judge({**case, "operands": operands})
    assert "error" in found if outcome == "error" else found["verdict"] == outcome


def test_names_in_the_key_are_declared_anyway() -> None:
    """Without symbols the key's own may be used, and no others."""
    case = {"kind": "closed_form", "key": "alpha x"}
    assert comparing.judge({**case, "answer": "x alpha"})["verdict"] == "correct"
    assert comparing.judge({**case, "answer": "x beta"})["code"] == "unknown_symbol"


@pytest.mark.parametrize(
    "line", [b"{", b"[]", b'{"kind": 1}', b'{"kind": "growth", "key": "n^", "answer": "n"}']
)
def test_a_bad_line_is_an_error_and_the_stream_goes_on(line: bytes) -> None:
    """Neither broken JSON nor a broken key ends the stream."""
    good = b'{"kind": "growth", "key": "n", "answer": "2n"}'
    first, second = comparing.stream([line, good])
    assert "error" in first
    assert second["verdict"] == "correct"


def test_the_command_says_what_it_found(capsys: pytest.CaptureFixture[str]) -> None:
    """A line for each answer with its verdict and code, and why below it."""
    assert main(["compare", "growth", "n log n", "n^2", "n ln(n^2)"]) == 0
    said = capsys.readouterr().out
    assert "incorrect  too_big  n^2" in said
    assert "correct  right (proved)  n ln(n^2)" in said


def test_a_command_without_an_answer_says_what_to_type(capsys: pytest.CaptureFixture[str]) -> None:
    """Wrong usage is one line and exit code 2."""
    assert main(["compare", "growth", "n"]) == 2
    assert "compare KIND KEY ANSWER" in capsys.readouterr().err


def test_the_command_shows_how_an_answer_was_read_and_where_it_was_not(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A caret stands under what stops the reader."""
    assert main(["compare", "closed_form", "x/2", "1/2x", "x + 3 foo"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert "read as  1/2 x" in said
    line = said.index("x + 3 foo")
    assert said[line + 1] == "      ^^^"


def test_a_line_says_how_it_was_read() -> None:
    """Or the columns that can't be read."""
    case = {"kind": "closed_form", "key": "d/2", "symbols": ["d"]}
    assert comparing.judge({**case, "answer": "1/2d"})["read_as"] == "1/2 d"
    assert comparing.judge({**case, "answer": "d + q"})["span"] == [4, 5]
