"""What can't be read has a code, and a caret under the place."""

import json
from pathlib import Path

import pytest
from reading import carets, refusal

TABLE = json.loads((Path(__file__).parent / "unreadable.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("code", "text", "caret"), TABLE, ids=[row[1] for row in TABLE])
def test_the_caret_stands_under_what_is_wrong(code: str, text: str, caret: str) -> None:
    """Each refusal has its stable code and points at the columns as typed."""
    error = refusal(text)
    assert error.code == code
    assert f"{text}\n{carets(error)}" == f"{text}\n{caret}"


@pytest.mark.parametrize(
    ("text", "line", "caret"),
    [
        ("```\nx + q\n```", "x + q", "    ^"),
        ("x +\n  q y", "  q y", "  ^"),
        ("s = x\n  = x + Y", "  = x + Y", "        ^"),
        ("\\begin{aligned}\n s &= x \\\\\n &= x q\n\\end{aligned}", " &= x q", "      ^"),
    ],
)
def test_columns_run_on_over_lines(text: str, line: str, caret: str) -> None:
    """They count from the start of the whole answer."""
    error = refusal(text)
    assert error.span is not None
    start = text.index(line)
    assert carets(error)[start:] == caret


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("x + q", {"symbol": "q"}),
        ("x, y", {"found": ","}),
        ("x 2", {"found": "2"}),
        ("x ☃", {"char": "☃"}),
        ("\\foo x", {"command": "\\foo"}),
        ("2 log", {"function": "log"}),
        ("x + (y", {"bracket": "("}),
        ("x y)", {"bracket": ")"}),
        ("the sum of these", {"word": "the"}),
        ("d per step", {"word": "per"}),
        ("1" * 41, {"most": 40}),
        ("(" * 99 + "x" + ")" * 99, {"most": 60}),
        ("x " * 4000, {"most": 4000}),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "",
)
def test_a_refusal_carries_what_its_sentence_needs(text: str, data: dict[str, object]) -> None:
    """Words are made elsewhere, from these."""
    assert refusal(text).data.items() >= data.items()
