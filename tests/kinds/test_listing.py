"""Lists, tuples and sets: every entry is judged as a formula."""

from pathlib import Path
from typing import Any

import pytest

from autograder.errors import Unreadable
from autograder.kinds import Workshop
from autograder.kinds.listing import Listing, Order
from autograder.language.vocabulary import Vocabulary, declare
from autograder.submission import Place, Response
from autograder.verdict import Finding, Verdict

KNOWN = Vocabulary(declare("x, y: real").symbols, algebra=True)
SHOP = Workshop("q1", None, Path(), b"")
NOBODY: Any = None  # a list runs no code


def judged(answer: str, key: str, order: Order = "as_typed") -> Finding:
    kind = Listing(KNOWN, order)
    read = [kind.read(Response(text, Place("answers.py"))) for text in (answer, key)]
    return kind.judge(read[0], kind.prepare(read[1], SHOP), NOBODY)


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("[1/2, (x + 1)^2]", "[0.5, x^2 + 2x + 1]"),
        ("[1, 2]", "(1, 2)"),
        ("[[1, 2], [x]]", "[[1, 2], [2x - x]]"),
        ("(1, 2)", "x = 1, y = 2"),
        ("x = 1, y = 2", "y = 2, x = 1"),
        ("x = 1, y = 2", "1, 2"),
        ("1, -2", "-2, 1"),
        ("1, -2", "{-2, 1, 1}"),
        ("{x, 2}", "{2, x}"),
        ("{(1, 2), (3, 4)}", "{(3, 4), (1, 2)}"),
        ("1, 1, 2", "2, 1, 1"),
        ("3, 1", "2 ± 1"),
        ("[1, x > 2]", "[1, 2 < x]"),
        ("{}", "\\emptyset"),
    ],
)
def test_entries_that_mean_the_same_are_right(key: str, answer: str) -> None:
    """In order between `[ ]` and `( )`, in any order without them."""
    assert judged(answer, key).code == "right"


@pytest.mark.parametrize(
    ("key", "answer", "code", "data"),
    [
        ("[1, 2, 3]", "[1, 3, 2]", "entry_differs", {"index": 2, "right": 1, "of": 3}),
        ("[1, 2, 3]", "[1, 2]", "wrong_length", {"got": 2, "asked": 3}),
        ("[[1, 2], [x]]", "[[1, 2], [y]]", "entry_differs", {"index": 2, "right": 1, "of": 2}),
        ("[[1, 2], 3]", "[1, 2, 3]", "wrong_length", {"got": 3, "asked": 2}),
        ("x = 1, y = 2", "y = 1, x = 2", "entry_differs", {"index": 1, "right": 0, "of": 2}),
        ("x = 1, y = 2", "2, 1", "entry_differs", {"index": 1, "right": 0, "of": 2}),
        ("3, 1", "(1, 3)", "entry_differs", {"index": 1, "right": 0, "of": 2}),
        ("{1, 2}", "{1}", "wrong_length", {"got": 1, "asked": 2}),
        ("{1, 2}", "{1, 2, 3}", "entry_differs", {"index": 3, "right": 2, "of": 3}),
        ("{(1, 2), (3, 4)}", "{(2, 1), (3, 4)}",
         "entry_differs", {"index": 1, "right": 1, "of": 2}),
        ("1, 1, 2", "1, 2, 2", "wrong_length", {"got": 3, "asked": 3}),
        ("1, 1, 2", "1, 2", "wrong_length", {"got": 2, "asked": 3}),
        ("{1, 2}", "{" + ", ".join("1" * 50) + "}", "wrong_length", {"got": 50, "asked": 2}),
        ("{}", "{1}", "entry_differs", {"index": 1, "right": 0, "of": 1}),
        ("[x, 2]", "[x + 1, 0/0]", "entry_differs", {"index": 1, "right": 0, "of": 2}),
        ("[1, x > 2]", "[1, x >= 2]", "entry_differs", {"index": 2, "right": 1, "of": 2}),
    ],
)  # fmt: skip
def test_the_first_wrong_entry_is_told(
    key: str, answer: str, code: str, data: dict[str, int]
) -> None:
    """Or how many entries there should be."""
    finding = judged(answer, key)
    assert (finding.verdict, finding.code, finding.data) == (Verdict.INCORRECT, code, data)


def test_an_entry_without_a_value_goes_to_a_person() -> None:
    """Unless another one is wrong."""
    finding = judged("[x, 0/0]", "[x, 2]")
    assert (finding.verdict, finding.data) == (Verdict.UNGRADED, {"index": 2})


def test_a_tuple_keeps_its_order_and_a_set_has_none() -> None:
    """Whatever its brackets are."""
    assert judged("2, 1", "1, 2", "kept").verdict is Verdict.INCORRECT
    assert judged("{2, 1, 1}", "1, 2", "free").verdict is Verdict.CORRECT
    assert judged("3, 2, 1, 1", "1, 1, 2, 3", "free").verdict is Verdict.CORRECT


def test_an_interval_is_no_set() -> None:
    """`(1, 2)` would be read as another set than `{1, 2}`."""
    with pytest.raises(Unreadable):
        judged("(1, 2)", "{1, 2}", "free")


def test_equal_lists_are_marked_together() -> None:
    """As with formulas."""
    kind = Listing(KNOWN)
    one, other, third = (
        kind.read(Response(t, Place("answers.py"))) for t in ("[2x]", "[x + x]", "[x]")
    )
    assert kind.same(one, other) and not kind.same(one, third)
