"""Single answers and the stream of JSON lines."""

import json
from typing import Any

from made_up import ANSWERS, Bench

from autograder.answering import judge_answer, stream

FIELDS = ["verdict", "code", "score", "points", "feedback", "read_as"]


def answered(*lines: object) -> list[dict[str, Any]]:
    typed = (line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
    return list(stream(typed, Bench().grader()))


def test_a_line_comes_back_with_what_was_found() -> None:
    """The same object and six fields."""
    (found,) = answered({"question": "a1", "answer": " Sun", "id": 7, "why": "spaces"})
    assert list(found) == ["question", "answer", "id", "why", *FIELDS]
    assert [found[name] for name in FIELDS] == ["correct", "right", 1, 1, "Right.", "sun"]


def test_an_unknown_id_is_invalid() -> None:
    """It has a verdict like any other line."""
    (found,) = answered({"question": "z9", "answer": "x"})
    assert (found["verdict"], found["code"]) == ("invalid", "unknown_question")
    assert found["feedback"] == "z9 is not a question of this assignment."


def test_a_bad_line_gives_an_error_and_the_stream_goes_on() -> None:
    """Not JSON, not UTF-8, too deep, no object, no text: each costs its own line."""
    bad = [b"{", b"\xff\xfe", b"[" * 100_000, b"3", b'{"question": "a1"}',
           b'{"question": "a1", "answer": 4}', b'{"question": 1, "answer": "x"}']  # fmt: skip
    *errors, last = answered(*bad, b"", {"question": "a1", "answer": "sun"})
    assert len(errors) == len(bad)
    assert all("error" in found and "verdict" not in found for found in errors)
    assert errors[0]["error"].startswith("line 1 is not JSON")
    assert last["verdict"] == "correct"


def test_an_empty_answer_is_blank() -> None:
    """Also one that is only the mark for a blank."""
    found = answered({"question": "a1", "answer": ""}, {"question": "a1", "answer": "____"})
    assert [line["verdict"] for line in found] == ["blank", "blank"]


def test_code_is_judged_in_a_child_of_its_own() -> None:
    """No answer of the stream meets what another has left behind."""
    bench = Bench()
    for text in ("poison", ANSWERS["b1"]):
        result = judge_answer("b1", text, bench.grader())
    assert result.verdict == "correct"


def test_half_a_surrogate_pair_breaks_nothing() -> None:
    """JSON can hold what UTF-8 can't."""
    (found,) = answered(b'{"question": "a1", "answer": "\\ud83d"}')
    assert found["verdict"] == "incorrect"
    assert json.loads(json.dumps(found))["answer"] == "\ud83d"
