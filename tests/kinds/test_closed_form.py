"""Formulas: what is read, and a code for each way to be judged."""

from pathlib import Path
from typing import Any

import pytest

from autograder.errors import AssignmentError, Unreadable
from autograder.kinds import Reading, Workshop
from autograder.kinds.closed_form import ClosedForm
from autograder.language.vocabulary import declare
from autograder.submission import Place, Response
from autograder.verdict import Finding, Verdict

KIND = ClosedForm(declare("mu, nu: vector(d), sigma: positive, K_j: row(d) over N, x: real"))
SHOP = Workshop("q1", None, Path(), b"")
NOBODY: Any = None  # a formula runs no code


def typed(text: str) -> Reading:
    return KIND.read(Response(text, Place("answers.py")))


def judged(answer: str, key: str = "sigma^2 mu^T mu") -> Finding:
    return KIND.judge(typed(answer), KIND.prepare(typed(key), SHOP), NOBODY)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("sigma^2 ||mu||^2", "right"),
        ("mu^T mu", "one_slip"),
        ("sigma + 3 mu^T mu", "differs"),
        ("-sigma^2 mu^T mu", "sign"),
        ("2 sigma^2 mu^T mu", "constant_factor"),
        ("1/(sigma^2 mu^T mu)", "inverse"),
        ("sigma^2 mu", "wrong_shape"),
        ("sigma^2 mu mu^T", "wrong_shape"),
        ("sigma^2 mu mu", "shape_mismatch"),
        ("sigma^2 + mu + mu^T", "sum_mismatch"),
        ("sigma^2/mu", "divided_by"),
        ("sigma^mu", "power_of"),
        ("sigma^2 exp(mu mu^T)", "wrong_argument_shape"),
        ("2 sigma^2 mu^T mu = sigma^2 mu^T mu", "chain_contradicts"),
    ],
)
def test_a_code_for_each_judgement(answer: str, code: str) -> None:
    """Structural codes are for staff and the full level."""
    finding = judged(answer)
    assert finding.code == code
    assert (finding.verdict is Verdict.CORRECT) is (code == "right")
    assert (finding.verdict is Verdict.INCORRECT) is (code != "right")


def test_a_proof_is_told_from_agreement() -> None:
    """The first is proved; numbers agree on the second."""
    assert judged("(x + 1)^2", "x^2 + 2x + 1").proved
    assert not judged("|x - 1| + |x + 1|", "max(2|x|, 2)").proved


def test_a_right_answer_with_a_smaller_domain_is_told() -> None:
    """It is no mistake, and a reader may want to know."""
    finding = judged("2 log(x)", "log(x^2)")
    assert finding.verdict is Verdict.CORRECT
    assert finding.data["undefined_at"]["x"].startswith("-")  # type: ignore[index,call-overload,union-attr]
    assert "undefined_at" not in judged("log(x x)", "log(x^2)").data


def test_what_nobody_can_compare_goes_to_a_person() -> None:
    """It counts as neither right nor wrong."""
    finding = judged("x/0", "x")
    assert (finding.verdict, finding.code) == (Verdict.UNGRADED, "undecided")


def test_numbers_too_large_are_unreadable() -> None:
    """The student can write them in another way."""
    finding = judged("x + 9^9^9^9", "x")
    assert (finding.verdict, finding.code) == (Verdict.INVALID, "too_large")


@pytest.mark.parametrize(
    ("answer", "right"),
    [
        ("s = x + x = 2x", True),
        ("2x = x + x", True),
        ("x = 2x", True),
        ("3x - x = 2x = x + x", True),
        ("x + 1 = 2x", False),
        ("2x = x", False),
    ],
)
def test_every_link_of_a_chain_has_to_be_right(answer: str, right: bool) -> None:
    """A lone symbol on the left only names the answer."""
    assert (judged(answer, "2x").code == "right") is right


def test_a_difference_comes_with_its_point() -> None:
    """Staff can put it into both sides."""
    assert set(judged("x", "|x|").data["point"]) >= {"x"}  # type: ignore[arg-type]


def test_a_product_that_does_not_fit_comes_with_its_place() -> None:
    """The two shapes, and the columns of the part."""
    answer = "sigma^2 mu nu"
    data = judged(answer).data
    assert data["left"] == data["right"] == "a vector of length d"
    assert data["span"] == [answer.index("sigma"), len(answer)]


@pytest.mark.parametrize(
    ("answer", "code", "part"),
    [
        ("mu_i nu_i", "free_index", "i"),
        ("x + sum_i mu_i nu_k", "free_index", "k"),
        ("O(x)", "wrong_kind", "O(x)"),
        ("(x, x)", "wrong_kind", "(x, x)"),
        ("x + q", "unknown_symbol", "q"),
        ("X", "wrong_case", "X"),
        ("phi x", "unknown_symbol", "phi"),
    ],
)
def test_what_is_no_formula_of_the_question(answer: str, code: str, part: str) -> None:
    """It is unreadable, with the place."""
    with pytest.raises(Unreadable) as caught:
        typed(answer)
    assert caught.value.code == code
    assert caught.value.span is not None
    assert answer[slice(*caught.value.span)] == part


def test_a_familys_own_index_may_stand_free() -> None:
    """`K_j` is declared with its `j`."""
    assert typed("K_j K_j^T").echo == "K_j K_j^T"


@pytest.mark.parametrize(
    ("answer", "echo", "notes", "shape"),
    [
        ("Var(x) = \\frac{x}{2}", "x/2", ("left_side_dropped",), "a number"),
        ("the answer is μ", "mu", ("words_dropped",), "a vector of length d"),
        ("x for all x", "x", ("clause_dropped",), "a number"),
        ("2x/2 = x", "2 x/2 = x", (), "a number"),
        ("mu mu", "mu mu", (), "shape_mismatch"),
    ],
)
def test_a_reading_says_what_was_read(
    answer: str, echo: str, notes: tuple[str, ...], shape: str
) -> None:
    """The echo, what was left out, and the shape."""
    reading = typed(answer)
    assert (reading.echo, reading.notes, reading.data["shape"]) == (echo, notes, shape)


@pytest.mark.parametrize(("key", "why"), [("mu mu", "shapes do not fit"), ("1/0", "no value")])
def test_a_key_that_can_not_be_one_stops_the_author(key: str, why: str) -> None:
    """With the question's id."""
    with pytest.raises(AssignmentError, match=f"q1: .*{why}"):
        KIND.prepare(typed(key), SHOP)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("x + x", "2x", True),
        ("mu^T mu", "||mu||^2", True),
        ("x", "2x", False),
        ("mu mu", "mu mu", True),
        ("mu mu", "nu nu", False),
        ("mu", "mu^T mu", False),
        ("x/0", "x/0", False),
    ],
)
def test_equal_answers_are_marked_together(one: str, other: str, same: bool) -> None:
    """Wrong ones too."""
    assert KIND.same(typed(one), typed(other)) is same
