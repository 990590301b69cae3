"""Conditions: sets of values of one quantity."""

from pathlib import Path
from typing import Any

import pytest

from autograder.errors import AssignmentError, Unreadable
from autograder.feedback import explain
from autograder.kinds import Reading, Workshop
from autograder.kinds.condition import Condition
from autograder.language.vocabulary import declare
from autograder.submission import Place, Response
from autograder.verdict import Finding, Verdict

KIND = Condition(declare("f: (vector(D), vector(D)) -> real, q, k: vector(D)"))
SHOP = Workshop("q1", None, Path(), b"")
NOBODY: Any = None  # a condition runs no code


def typed(text: str) -> Reading:
    return KIND.read(Response(text, Place("answers.py")))


def judged(answer: str, key: str = "f(q, k) > 0") -> Finding:
    return KIND.judge(typed(answer), KIND.prepare(typed(key), SHOP), NOBODY)


@pytest.mark.parametrize(
    "answer",
    [
        "f(q, k) > 0",
        "0 < f(q,k)",
        "f(k, q) > 0",
        "f > 0",
        "f(., .) > 0",
        "f(\\cdot, \\cdot) > 0",
        "f(q,k) > 0 for all q, k",
        "\\forall q, k: f(q, k) > 0",
        "f(q,k) is positive",
        "f must be greater than 0",
        "positive",
        "f(q, k) ∈ (0, ∞)",
        "2 f(q, k) > 0",
        "f(q_i, k_j) > 0",
        "not f(q, k) <= 0",
        "f(q, k) > 1 or f(q, k) in (0, 1]",
    ],
)
def test_ways_to_say_the_same_are_right(answer: str) -> None:
    """In signs, words and sets, for an arbitrary pair."""
    assert judged(answer).code == "right"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("f(q, k) >= 0", "strictness"),
        ("f(q, k) < 0", "reversed"),
        ("f(q, k) = -1", "other_set"),
        ("f(q, k) != 0", "too_loose"),
        ("f(q, k) > 1", "too_strict"),
        ("0 < f(q, k) < 1", "too_strict"),
        ("sum_j f(q, k) > 0", "about_a_sum"),
        ("f(q, q) > 0", "about_equal_arguments"),
        ("q^T k > 0", "no_quantity"),
        ("f(q, k) > D", "several_quantities"),
    ],
)
def test_a_code_for_each_way_to_be_wrong(answer: str, code: str) -> None:
    """Another set, or a condition on something else."""
    finding = judged(answer)
    assert (finding.verdict, finding.code) == (Verdict.INCORRECT, code)


def test_a_wrong_set_comes_with_a_value() -> None:
    """Zero tells `>=` from `>`."""
    assert judged("f(q, k) >= 0").data == {"at": "0"}


def test_what_cant_be_decided_goes_to_a_person() -> None:
    """It is not wrong by default."""
    finding = judged("f(q, k) > 10^(10^10)")
    assert (finding.verdict, finding.code) == (Verdict.UNGRADED, "undecided")


NUMBERS = Condition(declare("x, y: real, n: size"))


def compared(answer: str, key: str) -> Finding:
    reading, reference = (NUMBERS.read(Response(text, Place("a"))) for text in (answer, key))
    return NUMBERS.judge(reading, NUMBERS.prepare(reference, SHOP), NOBODY)


@pytest.mark.parametrize(
    ("answer", "key"),
    [
        ("x > 2 or x < -2", "x^2 > 4"),
        ("y - x > 0", "x < y"),
        ("0 < x and x < 1 and y = 2", "x \\in ]0, 1[, y = 2"),
        ("x^2 >= 0", "true"),
        ("n >= 2", "n > 1"),
    ],
)
def test_numbers_alone_may_be_several(answer: str, key: str) -> None:
    """With "or" between the relations too; algebra proves what it can."""
    finding = compared(answer, key)
    assert (finding.verdict, finding.proved) == (Verdict.CORRECT, True)


def test_a_wrong_set_of_several_numbers_comes_with_a_point() -> None:
    """Each coordinate by its name."""
    finding = compared("x + y < 1", "x + y < 1 and x != 0")
    assert finding.code == "too_loose"
    at = finding.data["at"]
    assert isinstance(at, dict)
    assert at["x"] == "0"


@pytest.mark.parametrize(
    ("answer", "code", "words"),
    [
        ("x >= 2", "strictness", "Only an end is wrong, at 2: look at whether it belongs to the"
         " set."),
        ("x < 2", "reversed", "The direction is the wrong way round, for example at 1."),
        ("x = 1", "other_set", "It holds where it should not, and not where it should, for"
         " example at 1."),
    ],
)  # fmt: skip
def test_how_it_differs_is_said_only_where_all_is_said(answer: str, code: str, words: str) -> None:
    """Before the due date nothing of the key is told."""
    finding = compared(answer, "x > 2")
    assert finding.code == code
    assert explain(finding, "full") == words
    assert explain(finding, "hints") == explain(compared("x > 1", "x > 2"), "hints")


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("f(q, k)", "wrong_kind"),
        ("f(q, k) >", "breaks_off"),
        ("> 0", "unexpected"),
        ("f(q, k) > 0 or f(q, k)", "wrong_kind"),
        ("f(q, k) > 0 if D = 1", "words"),
        ("f(q) > 0", "wrong_arguments"),
        ("f(q, k, q) > 0", "wrong_arguments"),
        ("f(q + k, k) > 0", "wrong_arguments"),
        ("f(1, 2) > 0", "wrong_arguments"),
        ("x > 0", "unknown_symbol"),
        ("F(q, k) > 0", "wrong_case"),
        ("it should be large enough", "words"),
        ("", "empty"),
    ],
)
def test_what_is_no_condition_of_the_question(answer: str, code: str) -> None:
    """Unreadable, with its code."""
    with pytest.raises(Unreadable) as caught:
        typed(answer)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("key", "fault"), [("f(q, q) > 0", "about_equal_arguments"), ("1 > 0", "no_quantity")]
)
def test_a_key_about_no_single_quantity_stops_the_author(key: str, fault: str) -> None:
    """With the question's id and the reason."""
    with pytest.raises(AssignmentError, match=f"q1: the key is {fault}"):
        KIND.prepare(typed(key), SHOP)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("f(q, k) >= 0", "-f(k, q) <= 0", True),
        ("f(q, k) >= 0", "f(q, k) > 0", False),
        ("f(q, k) > 1 or f(q, k) < 0", "f(k, q) < 0 or 1 < f(k, q)", True),
        ("f(q, q) > 0", "f(q, q) > 0", True),
        ("f(q, q) > 0", "f(q, k) > 0", False),
    ],
)
def test_equal_conditions_are_marked_together(one: str, other: str, same: bool) -> None:
    """Wrong ones too."""
    assert KIND.same(typed(one), typed(other)) is same
