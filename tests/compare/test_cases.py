"""Our collection of answers: every line is judged as mathematics has it.

A line with `undecided` is one that a person has to decide today. Whoever mends it takes the mark
away: a test says so.
"""

from collections import Counter
from typing import Any

import pytest

from autograder.comparing import judge
from compare.collection import CASES, FILES, hostile, lines, named
from compare.mutants import mutants

ALL = [(name, case) for name in FILES for case in lines(name)]
MOST_UNDECIDED = 20
MUTANTS = 500


def waiting(undecided: bool) -> Any:
    """The lines with the mark, or those without it, for a test."""
    chosen = {
        f"{name}: {named(case)}": case for name, case in ALL if ("undecided" in case) is undecided
    }
    return pytest.mark.parametrize("case", chosen.values(), ids=chosen)


def as_it_is(case: dict[str, Any]) -> bool:
    return judge(case).get("verdict") == ("correct" if case["equal"] else "incorrect")


@waiting(False)
def test_an_answer_is_judged_as_it_is(case: dict[str, Any]) -> None:
    """Equal is correct, different is incorrect, and nothing is left to a person."""
    assert as_it_is(case), judge(case)


@waiting(True)
def test_what_cannot_be_decided_yet_is_neither_right_nor_wrong(case: dict[str, Any]) -> None:
    """And can't be decided by this version either."""
    assert judge(case)["verdict"] in ("ungraded", "invalid")


def test_the_collection_is_large_and_has_no_line_twice() -> None:
    """Both sorts of pairs in every file, and few that wait."""
    for name in FILES:
        mine = [case for file, case in ALL if file == name]
        seen = Counter(str({k: v for k, v in case.items() if k != "equal"}) for case in mine)
        assert max(seen.values()) == 1
        assert {case["equal"] for case in mine} == {True, False}
    assert len(ALL) > 1000
    assert sum("undecided" in case for _, case in ALL) <= MOST_UNDECIDED
    assert {path.stem for path in CASES.glob("*.jsonl")} == set(FILES)


def test_no_key_with_one_slip_in_it_is_right() -> None:
    """A second evaluator has shown each of them to be another formula."""
    found = mutants(MUTANTS)
    assert len(found) == MUTANTS
    assert [named(case) for case in found if judge(case)["verdict"] != "incorrect"] == []


@pytest.mark.parametrize("case", hostile(), ids=lambda case: case["answer"][:40])
def test_text_made_to_do_harm_is_not_right(case: dict[str, Any]) -> None:
    """It is refused, or a person sees it; nothing of it is run."""
    assert judge(case)["verdict"] in ("invalid", "ungraded", "incorrect", "blank")
