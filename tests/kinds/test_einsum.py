"""Einsum equations and whole calls."""

from pathlib import Path
from typing import Any

import pytest

from autograder.errors import AssignmentError, Unreadable
from autograder.kinds import Reading, Workshop
from autograder.kinds.einsum import Einsum
from autograder.submission import Place, Response
from autograder.verdict import Finding, Verdict

KIND = Einsum(("x", "W_q"))
SHOP = Workshop("q1", None, Path(), b"")
NOBODY: Any = None  # an equation is not run


def typed(text: str) -> Reading:
    return KIND.read(Response(text, Place("answers.py")))


def judged(answer: str, key: str = "bd,hdq->bhq") -> Finding:
    return KIND.judge(typed(answer), KIND.prepare(typed(key), SHOP), NOBODY)


@pytest.mark.parametrize(
    "answer",
    [
        "bd,hdq->bhq",
        "ij,kjl->ikl",
        '"bd,hdq->bhq"',
        "`bd, hdq -> bhq`",
        "bd,hdq",
        "torch.einsum('bd,hdq->bhq', x, W_q)",
        "torch.einsum('bd,hdq->bhq', x, self.W_q)",
        "Q = np.einsum('bd,hdq->bhq', x, Wq)",
        "torch.einsum('bd,hdq->bhq', x, W_q,)",
        "torch.einsum(\n    'bd,hdq->bhq',  # letters\n    x,\n    W_q,\n)",
        "torch.einsum('bd,hdq->bhq', [x, W_q])",
        "torch.einsum('bd,hdq->bhq', *(x, W_q))",
        "torch.einsum('bd,' 'hdq->bhq', x, W_q)",
        'torch . einsum ("""bd,hdq->bhq""", x, W_q)',
        "'bd,hdq->bhq', x, W_q",
        "q1 = r'bd,hdq->bhq'",
        "bd,hdq->bhq  # summed over d",
    ],
)
def test_what_computes_the_same_is_proved_right(answer: str) -> None:
    """The letters are free, and a whole call will do."""
    finding = judged(answer)
    assert (finding.verdict, finding.code, finding.proved) == (Verdict.CORRECT, "right", True)


@pytest.mark.parametrize(
    ("answer", "verdict", "code"),
    [
        ("bd,hdq->bqh", Verdict.INCORRECT, "einsum_order"),
        ("bd,hdq->bh", Verdict.INCORRECT, "einsum_output_axes"),
        ("bd,dhq->bhq", Verdict.INCORRECT, "einsum_sizes"),
        ("bd,hd->bh", Verdict.INCORRECT, "einsum_axes"),
        ("bd->bd", Verdict.INVALID, "einsum_operands"),
        ("torch.einsum('hdq,bd->bhq', W_q, x)", Verdict.INCORRECT, "operands_swapped"),
        ("torch.einsum('bd,hdq->bhq', W_q, x)", Verdict.INCORRECT, "operands_swapped"),
        ("torch.einsum('bd,hdq->bhq', [W_q, x])", Verdict.INCORRECT, "operands_swapped"),
        ("'bd,hdq->bhq', W_q, x", Verdict.INCORRECT, "operands_swapped"),
        ("torch.einsum('bd,hdq->bhq', y, W_q)", Verdict.INVALID, "unknown_operand"),
        ("torch.einsum('bd,hdq->bhq', [x])", Verdict.INVALID, "unknown_operand"),
        ("torch.einsum('bd,hdq->bhq', x, W_q.T)", Verdict.INVALID, "unknown_operand"),
    ],
)
def test_a_code_for_each_way_to_be_wrong(answer: str, verdict: Verdict, code: str) -> None:
    """What would not run as a call of two operands is unreadable, the rest is wrong."""
    finding = judged(answer)
    assert (finding.verdict, finding.code) == (verdict, code)


def test_a_wrong_operand_is_told_by_its_number_and_axes() -> None:
    """Operand 2 was given two axes and has three."""
    assert judged("bd,hd->bh").data == {"operand": 2, "got": 2, "asked": 3}


def test_the_echo_names_the_operands_of_a_call() -> None:
    """So that a student sees which array got which letters."""
    assert typed("torch.einsum('bd,hdq->bhq', x, W_q)").echo == "bd,hdq -> bhq  of x, W_q"
    assert typed("bd,hdq -> bhq").echo == "bd,hdq -> bhq"


@pytest.mark.parametrize(
    ("answer", "code", "part"),
    [
        ("  'bd,h1q->bhq'", "bad_subscript", "1"),
        ("`bd,hdq>bhq`", "arrow_incomplete", ">"),
        ("$bd,hdq \\to bhx$", "einsum_unknown_output_letter", "bhx"),
        ("x = torch.einsum(r'bd,h1q->bhq', x, W_q,)", "bad_subscript", "1"),
    ],
)
def test_a_slip_is_pointed_at_in_the_text_as_typed(answer: str, code: str, part: str) -> None:
    """Quotes and blanks in front move no caret."""
    with pytest.raises(Unreadable) as caught:
        typed(answer)
    assert caught.value.code == code
    assert caught.value.span is not None
    assert answer[slice(*caught.value.span)].strip(" $") == part


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("ab,cbd->acd", "bd,hdq->bhq", True),
        ("bd,hdq->bqh", "ab,cbd->adc", True),
        ("bd,hdq->bqh", "bd,hdq->bhq", False),
        ("...d,hdq->...hq", "...d,hdq->...hq", True),
        ("torch.einsum('ab,bc->ac', W_q, x)", "torch.einsum('ab,bc->ac', x, W_q)", False),
    ],
)
def test_equal_equations_are_marked_together(one: str, other: str, same: bool) -> None:
    """Wrong ones too, whatever their letters."""
    assert KIND.same(typed(one), typed(other)) is same


AXES = Einsum(axes=(("batch", "d"), ("h", "d", "k")))


@pytest.mark.parametrize(
    ("key", "answer", "right"),
    [
        ("bd,hdk->bhk", "ij,kjl->ikl", True),
        ("...d,hdk->...hk", "bd,hdk->bhk", True),
        ("bd,hdk->bhk", "...d,hdk->...hk", True),
        ("bd,hdk->bhk", "bd,hdk->bkh", False),
        ("bd,hdk", "bd,hdk->bhk", True),
    ],
)
def test_declared_axes_are_the_operands(key: str, answer: str, right: bool) -> None:
    """So that dots in the key hide as many axes as there are."""
    prepared = AXES.prepare(typed(key), SHOP)
    assert (AXES.judge(typed(answer), prepared, NOBODY).code == "right") is right


@pytest.mark.parametrize("key", ["bd,hd->bh", "bd->b", "bd,hbk->dhk", "bdx,hdk->bhk"])
def test_a_key_has_to_fit_its_axes(key: str) -> None:
    """Operands, letters and which axes share one; the case says so, not the student."""
    with pytest.raises(AssignmentError, match="does not fit"):
        AXES.prepare(typed(key), SHOP)


def test_without_axes_dots_in_the_key_hide_any_number() -> None:
    """An answer for one number of them only is not the same."""
    plain = Einsum()
    prepared = plain.prepare(typed("...d,hdk->...hk"), SHOP)
    assert plain.judge(typed("...a,bac->...bc"), prepared, NOBODY).code == "right"
    assert plain.judge(typed("bd,hdk->bhk"), prepared, NOBODY).code == "einsum_axes"


def test_a_whole_call_may_have_another_order_where_the_key_is_one() -> None:
    """Its operands say which is which."""
    plain = Einsum()
    prepared = plain.prepare(typed("torch.einsum('bd,hdk->bhk', x, W)"), SHOP)
    assert plain.judge(typed("einsum('hdk,bd->bhk', W, x)"), prepared, NOBODY).code == "right"
    assert plain.judge(typed("einsum('hdk,bd->bhk', x, W)"), prepared, NOBODY).code != "right"
