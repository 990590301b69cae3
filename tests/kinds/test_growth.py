"""Orders of growth as answers; what is decided of them stands in tests/compare."""

from pathlib import Path
from typing import Any

import pytest

from autograder.errors import Unreadable
from autograder.kinds import Reading, Workshop
from autograder.kinds.growth import Growth
from autograder.language.vocabulary import declare
from autograder.submission import Place, Response
from autograder.verdict import Finding, Verdict

KIND = Growth(declare("b, d, n, h, k: size, mu: vector(d)", "k = d/h, h <= d"))
SHOP = Workshop("q1", None, Path(), b"")
NOBODY: Any = None  # an order runs no code


def typed(text: str) -> Reading:
    return KIND.read(Response(text, Place("answers.py")))


def judged(answer: str, key: str = "b d^2 + b n d") -> Finding:
    return KIND.judge(typed(answer), KIND.prepare(typed(key), SHOP), NOBODY)


@pytest.mark.parametrize(
    "answer",
    [
        "O(bd^2 + bnd)",
        "bd^2 + bnd",
        "\\Theta(bd^2 + bnd)",
        "Θ(bd² + bnd)",
        "\\mathcal{O}(bd^2+bnd)",
        "𝒪(b·d·(d + n))",
        "O(bd^2) + O(bnd)",
        "T = O(bd^2 + bnd)",
        "T \\in O(bd^2 + bnd)",
        "it grows like b d (d + n)",
        "b d max(d, n)",
        "O(bd^2 + bnhk)",
        "3bd^2 + 100 bnd",
        "O(bd^2 + bnd) where k = d/h",
        "bd^2 + bnd operations",
        "O(bd^2 + bnd) = O(bd(d + n))",
    ],
)
def test_ways_to_write_an_order_are_proved_right(answer: str) -> None:
    """Constants and lower-order terms do not matter, and O is read as tight."""
    finding = judged(answer)
    assert (finding.verdict, finding.code, finding.proved) == (Verdict.CORRECT, "right", True)


@pytest.mark.parametrize(
    ("answer", "terms"),
    [
        ("3bd^2 + 100 bnd + bd + 7", ["b d", "7"]),
        ("O(b d^2 + b n d + b n k)", ["b n k"]),
        ("b d max(d, n, 1)", ["1"]),
    ],
)
def test_lower_order_terms_are_right_and_named(answer: str, terms: list[str]) -> None:
    """They change no order; a student may like to know."""
    finding = judged(answer)
    assert (finding.verdict, finding.code) == (Verdict.CORRECT, "redundant_terms")
    assert finding.data["terms"] == terms


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("O(bd^2 + bnd/h)", "too_small"),
        ("O(bd^2)", "too_small"),
        ("O(1)", "too_small"),
        ("O(bd^2 + bndh)", "too_big"),
        ("O(bd^2 + bnd log n)", "too_big"),
        ("O(bd^2 + bnd + 2^n)", "too_big"),
        ("O(bd^2 + n^2)", "incomparable"),
        ("Omega(bd^2 + bnd)", "not_tight"),
        ("o(bd^2 + bnd)", "not_tight"),
        ("n - d", "not_positive"),
        ("O(bd) = O(bd^2 + bnd)", "chain_contradicts"),
        ("O(bd^2 + bnd) = O(bd)", "too_small"),
    ],
)
def test_a_code_for_each_way_to_be_wrong(answer: str, code: str) -> None:
    """Too big, too small, both, or not an order of this sort."""
    finding = judged(answer)
    assert (finding.verdict, finding.code) == (Verdict.INCORRECT, code)


def test_a_wrong_order_comes_with_a_curve() -> None:
    """Along it one side outgrows the other."""
    witness = judged("O(bd^2)").data["witness"]
    assert isinstance(witness, str) and "n = t" in witness


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("O(sin(n))", "unsupported"),
        ("O(gamma(n))", "unsupported"),
        ("O(n^(10^9))", "too_large"),
        ("O(9^9^9^9)", "too_large"),
    ],
)
def test_what_no_order_is_made_of_is_unreadable(answer: str, code: str) -> None:
    """The student can write it in another way."""
    finding = judged(answer)
    assert (finding.verdict, finding.code) == (Verdict.INVALID, code)


@pytest.mark.parametrize("answer", ["O((n!)!)", "O(n^n^n)"])
def test_what_is_beyond_the_decision_goes_to_a_person(answer: str) -> None:
    """With the reason for staff."""
    finding = judged(answer)
    assert (finding.verdict, finding.code) == (Verdict.UNGRADED, "undecided")
    assert finding.data["why"]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("[b, d]", "wrong_kind"),
        ("O([b, d])", "wrong_kind"),
        ("O(O(n))", "wrong_kind"),
        ("O(mu mu)", "wrong_kind"),
        ("O()", "unexpected"),
        ("O(bx)", "unknown_symbol"),
        ("O(D^2)", "wrong_case"),
        ("O(bd^2", "not_closed"),
        ("linear in n and quadratic in d", "words"),
        ("O(bd^2 + )", "unexpected"),
        ("", "empty"),
    ],
)
def test_what_is_no_order(answer: str, code: str) -> None:
    """Unreadable, with its code."""
    with pytest.raises(Unreadable) as caught:
        typed(answer)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("answer", "echo"),
    [
        ("O(bnd)", "Theta(b n d)"),
        ("bnd", "Theta(b n d)"),
        ("\\Omega(n)", "Omega(n)"),
        ("O(b) + O(n)", "O(b) + O(n)"),
        ("O(2n) = O(n)", "Theta(2 n) = Theta(n)"),
    ],
)
def test_an_order_is_echoed_as_theta(answer: str, echo: str) -> None:
    """Since it has to be tight."""
    assert typed(answer).echo == echo


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("O(n^2)", "3n^2 + n", True), ("O(n k h)", "O(n d)", True), ("O(n)", "O(n^2)", False)],
)
def test_equal_orders_are_marked_together(one: str, other: str, same: bool) -> None:
    """Under the relations too."""
    assert KIND.same(typed(one), typed(other)) is same
