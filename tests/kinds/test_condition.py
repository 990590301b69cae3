"""Conditions: sets of values of one quantity."""

from pathlib import Path
from typing import Any

import pytest

from autograder.errors import AssignmentError, Unreadable
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
    ],
)
def test_ways_to_say_the_same_are_right(answer: str) -> None:
    """In signs, words and sets, for an arbitrary pair."""
    assert judged(answer).code == "right"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("f(q, k) >= 0", "too_loose"),
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


def test_too_few_common_values_go_to_a_person() -> None:
    """A relation that has no truth value almost anywhere is not wrong by default."""
    finding = judged("sqrt(-f(q, k)^2 - 1) > 0")
    assert (finding.verdict, finding.code) == (Verdict.UNGRADED, "undecided")


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("f(q, k)", "wrong_kind"),
        ("f(q, k) >", "breaks_off"),
        ("> 0", "unexpected"),
        ("f(q, k) > 0 or f(q, k) < 0", "unexpected"),
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
        ("f(q, q) > 0", "f(q, q) > 0", True),
        ("f(q, q) > 0", "f(q, k) > 0", False),
    ],
)
def test_equal_conditions_are_marked_together(one: str, other: str, same: bool) -> None:
    """Wrong ones too."""
    assert KIND.same(typed(one), typed(other)) is same
