"""Shapes: axis by axis, under the declared relations."""

from pathlib import Path
from typing import Any

import pytest

from autograder.errors import Unreadable
from autograder.feedback import words
from autograder.kinds import Reading, Workshop
from autograder.kinds.shape import Shape
from autograder.language.vocabulary import declare
from autograder.submission import Place, Response
from autograder.verdict import Finding, Verdict

KIND = Shape(declare("b, d, n, h, q, k: size", "q = k = d/h, h <= d"))
SHOP = Workshop("q1", None, Path(), b"")
NOBODY: Any = None  # a shape runs no code


def typed(text: str) -> Reading:
    return KIND.read(Response(text, Place("answers.py")))


def judged(answer: str, key: str = "[h, d, q]") -> Finding:
    return KIND.judge(typed(answer), KIND.prepare(typed(key), SHOP), NOBODY)


@pytest.mark.parametrize(
    "answer",
    [
        "[h, d, q]",
        "(h, d, q)",
        "{h, d, q}",
        "h, d, q",
        "[h d q]",
        "[h; d; q]",
        "[h, d, q,]",
        "[[h, d, q]]",
        "h x d x q",
        "hxdxq",
        "h × d × q",
        "h \\times d \\times q",
        "h by d by q",
        "<h, d, q>",
        "torch.Size([h, d, q])",
        "\\mathbb{R}^{h \\times d \\times q}",
        "W \\in \\mathbb{R}^{h \\times d \\times q}",
        "∈ ℝ^{h×d×q}",
        "W: [h, d, q]",
        "W.shape == (h, d, q)",
        "W has shape (h, d, q)",
        "The shape is [h, d, q].",
        "\\left(h, d, q\\right)",
    ],
)
def test_ways_to_write_a_shape(answer: str) -> None:
    """Lists, tuples, crosses, a set that it belongs to."""
    reading = typed(answer)
    assert reading.echo == "[h, d, q]"
    assert reading.data["axes"] == 3


@pytest.mark.parametrize(
    "answer",
    ["[h, d, d/h]", "[h, d, d//h]", "[h, d, k]", "[h, h*q, q]", "[d/q, d, q]", "[h, d, \\frac dh]",
     "[h, d, r] where r = d/h", "[h, d, q] = [h, d, d/h]"],
)  # fmt: skip
def test_sizes_are_equal_under_the_relations(answer: str) -> None:
    """`d/h` is `q`, since the question says so."""
    assert judged(answer).code == "right"


@pytest.mark.parametrize(
    ("answer", "code", "data"),
    [
        ("[d, h, q]", "entry_differs", {"index": 1}),
        ("[h, d, d]", "entry_differs", {"index": 3}),
        ("[h, 2d, q]", "entry_differs", {"index": 2}),
        ("[h, d]", "wrong_length", {"got": 2, "asked": 3}),
        ("[b, h, d, q]", "wrong_length", {"got": 4, "asked": 3}),
        ("[h d, q]", "wrong_length", {"got": 2, "asked": 3}),
        ("h", "wrong_length", {"got": 1, "asked": 3}),
        ("[h, d, q] = [h, d, d]", "entry_differs", {"index": 3}),
        ("[h, d, d] = [h, d, q]", "chain_contradicts", {}),
    ],
)
def test_a_code_for_each_way_to_be_wrong(answer: str, code: str, data: dict[str, int]) -> None:
    """The first axis that differs is told by its number."""
    finding = judged(answer)
    assert (finding.verdict, finding.code, finding.data) == (Verdict.INCORRECT, code, data)


def test_an_axis_without_a_value_goes_to_a_person() -> None:
    """Nobody is marked wrong by the grader's limits."""
    finding = judged("[h, d, q/0]")
    assert (finding.verdict, finding.code) == (Verdict.UNGRADED, "undecided")


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("[]", "empty_list"),
        ("()", "empty_list"),
        ("h*d*q", "wrong_kind"),
        ("hdq", "wrong_kind"),
        ("h d q", "wrong_kind"),
        ("h/d", "wrong_kind"),
        ("(h, (d, q))", "wrong_kind"),
        ("[[h], [d], [q]]", "wrong_kind"),
        ("[h, [d], q]", "wrong_kind"),
        ("[h, d] or [d, h]", "words"),
        ("[h, d, m]", "unknown_symbol"),
        ("[H, d, q]", "wrong_case"),
        ("[h, d, d_k]", "unknown_symbol"),
        ("[h, d, q", "not_closed"),
        ("h, d, q]", "unbalanced"),
        ("[h,, q]", "breaks_off"),
        ("[, h]", "breaks_off"),
        ("", "empty"),
    ],
)
def test_what_is_no_shape(answer: str, code: str) -> None:
    """Unreadable, not wrong."""
    with pytest.raises(Unreadable) as caught:
        typed(answer)
    assert caught.value.code == code


def test_a_gap_is_pointed_at() -> None:
    """At the second of two commas, not at the end."""
    with pytest.raises(Unreadable) as caught:
        typed("[h,, q]")
    assert caught.value.span == (3, 4)
    assert words(caught.value.code, caught.value.data).startswith("Something is missing before")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("[d, q]", "(d, d/h)", True), ("[d, q]", "[q, d]", False), ("[d]", "[d, q]", False)],
)
def test_equal_shapes_are_marked_together(one: str, other: str, same: bool) -> None:
    """Under the relations too."""
    assert KIND.same(typed(one), typed(other)) is same


def test_numbers_with_a_cross_between() -> None:
    """`2x3x4` has no blanks."""
    assert typed("2x3x4").echo == "[2, 3, 4]"
    assert judged("2x3", "[2, 3]").code == "right"
    assert judged("3x2", "[2, 3]").code == "entry_differs"


def test_a_size_called_x_is_no_cross() -> None:
    """Where the question has an `x`."""
    kind = Shape(declare("x, y: size"))
    assert kind.read(Response("[x, y]", Place("answers.py"))).echo == "[x, y]"
    with pytest.raises(Unreadable):
        kind.read(Response("y x y", Place("answers.py")))
