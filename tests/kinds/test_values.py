"""Lists of numbers, however they are written."""

from pathlib import Path
from typing import Any

import pytest

from autograder.errors import AssignmentError, Unreadable
from autograder.kinds import Reading, Workshop
from autograder.kinds.values import Values
from autograder.submission import Place, Response
from autograder.verdict import Finding, Verdict

SHOP = Workshop("q1", None, Path(), b"")
NOBODY: Any = None  # a list runs no code


def typed(text: str, kind: Values = Values()) -> Reading:  # noqa: B008  # frozen
    return kind.read(Response(text, Place("answers.py")))


def judged(answer: str, key: str = "[1, 4, 3]", tolerance: float = 1e-6) -> Finding:
    kind = Values(tolerance)
    return kind.judge(typed(answer), kind.prepare(typed(key), SHOP), NOBODY)


@pytest.mark.parametrize(
    "answer",
    [
        "[1, 4, 3]",
        "(1, 4, 3)",
        "{1, 4, 3}",
        "<1, 4, 3>",
        "⟨1, 4, 3⟩",
        "1, 4, 3",
        "1 4 3",
        "[1 4 3]",
        "1; 4; 3",
        "1\n4\n3",
        "1, 4 and 3",
        "[1., 4.0, 3e0]",
        "[[1, 4, 3]]",
        "[[1], [4], [3]]",
        "[1, 4, 3]^T",
        "[1, 4, 3].T",
        "(1, 4, 3)^{\\top}",
        "torch.tensor([1, 4, 3])",
        "torch.tensor([1., 4., 3.], dtype=torch.float32)",
        "tensor([1., 4., 3.], device='cuda:0')",
        "np.array([1, 4, 3])",
        "\\begin{bmatrix} 1 \\\\ 4 \\\\ 3 \\end{bmatrix}",
        "\\begin{pmatrix} 1 & 4 & 3 \\end{pmatrix}^T",
        "\\left( 1, 4, 3 \\right)",
        "v = V_2 = [1, 4, 3]",
        "the output is [1, 4, 3]",
        "[2/2, 2^2, sqrt(9)]",
        "[1 + 0, 4, e^0 + 2]",
    ],
)
def test_ways_to_write_a_list(answer: str) -> None:
    """Rows and columns are the same, and numbers may be computed."""
    finding = judged(answer)
    assert (finding.verdict, finding.code, finding.proved) == (Verdict.CORRECT, "right", True)


MATRIX = "[[1, 2, 0], [3, 4, 5]]"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("[1, 2, 0; 3, 4, 5]", "right"),
        ("[1 2 0; 3 4 5]", "right"),
        ("np.array([[1, 2, 0], [3, 4, 5]])", "right"),
        ("\\begin{bmatrix} 1 & 2 & 0 \\\\ 3 & 4 & 5 \\end{bmatrix}", "right"),
        ("[[1, 3], [2, 4], [0, 5]].T", "right"),
        ("[[1, 2, 0], [3, 4, 5]]^T", "wrong_shape"),
        ("[1, 2, 0, 3, 4, 5]", "wrong_shape"),
        ("[[1, 2], [0, 3], [4, 5]]", "wrong_shape"),
        ("[[1, 2, 0], [3, 4, 6]]", "entry_differs"),
        ("[[1, 2, 0], [3, 4, i]]", "entry_differs"),
    ],
)
def test_a_matrix_of_numbers_has_rows(answer: str, code: str) -> None:
    """The same numbers in other rows are another matrix."""
    assert judged(answer, MATRIX).code == code


def test_a_key_holds_numbers() -> None:
    """What has no value is equal to nothing, not even to itself."""
    with pytest.raises(AssignmentError):
        judged("[i, 2]", "[i, 2]")


@pytest.mark.parametrize(
    ("answer", "code", "data"),
    [
        ("[1, 3, 4]", "entry_differs", {"index": 2}),
        ("[1, 4, -3]", "entry_differs", {"index": 3}),
        ("1 -4 3", "entry_differs", {"index": 2}),
        ("[0.998, 3.986, 3.001]", "entry_differs", {"index": 1}),
        ("[1/0, 4, 3]", "entry_differs", {"index": 1}),
        ("[inf, 4, 3]", "entry_differs", {"index": 1}),
        ("[i, 4, 3]", "entry_differs", {"index": 1}),
        ("[9^9^9^9, 4, 3]", "entry_differs", {"index": 1}),
        ("[1, 4]", "wrong_length", {"got": 2, "asked": 3}),
        ("[1, 4, 3, 0]", "wrong_length", {"got": 4, "asked": 3}),
        ("143", "wrong_length", {"got": 1, "asked": 3}),
        ("[[1, 4, 3], [0, 0, 0]]", "wrong_length", {"got": 6, "asked": 3}),
    ],
)
def test_a_code_for_each_way_to_be_wrong(answer: str, code: str, data: dict[str, int]) -> None:
    """The first entry that differs is told by its number."""
    finding = judged(answer)
    assert (finding.verdict, finding.code, finding.data) == (Verdict.INCORRECT, code, data)


@pytest.mark.parametrize(
    ("answer", "tolerance", "right"),
    [
        ("[0.3333333]", 1e-6, True),
        ("[0.333]", 1e-6, False),
        ("[0.333]", 1e-3, True),
        ("[0.34]", 1e-3, False),
        ("[1/3]", 0, True),
    ],
)
def test_an_entry_may_be_off_by_the_tolerance(answer: str, tolerance: float, right: bool) -> None:
    """And by no more."""
    assert (judged(answer, "[1/3]", tolerance).code == "right") is right


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("", "empty"),
        ("[]", "empty_list"),
        ("()", "empty_list"),
        ("[1,, 3]", "breaks_off"),
        ("[1, 4, x]", "unknown_symbol"),
        ("[nan, 4, 3]", "unknown_symbol"),
        ("[1, 4, 3", "not_closed"),
        ("1, 4, 3]", "unbalanced"),
        ("1 * [1, 4, 3]", "wrong_kind"),
        ("[1, 4, 3][0]", "wrong_kind"),
        ("[1, 4, 3] = [1, 3, 4]", "two_answers"),
        ("one four three", "words"),
        ("[1, 4, 3] or [3, 4, 1]", "words"),
    ],
)
def test_what_is_no_list_of_numbers(answer: str, code: str) -> None:
    """Unreadable, with its code."""
    with pytest.raises(Unreadable) as caught:
        typed(answer)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("[1, 2]", "(1.0, 4/2)", True), ("[1, 2]", "[2, 1]", False), ("[1, 2]", "[1, 2, 3]", False)],
)
def test_equal_lists_are_marked_together(one: str, other: str, same: bool) -> None:
    """By value, not by spelling."""
    assert Values().same(typed(one), typed(other)) is same
