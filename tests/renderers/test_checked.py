"""The student's screen: carets, width, plain characters."""

import pytest

from autograder.renderers.checked import answer_lines, caret_lines, check_text, to_encoding
from autograder.report import CheckedAnswer, CheckedProblem, CheckReport, State


@pytest.mark.parametrize(
    ("typed", "span", "lines"),
    [
        ("1/sqrt(d_k)", (7, 10), ["1/sqrt(d_k)", "       ^^^"]),
        ("    x = (1", (8, 9), ["x = (1", "    ^"]),
        ("1/", (2, 2), ["1/", "  ^"]),
        ("a\tb $", (4, 5), ["a b $", "    ^"]),
        ("plain", None, ["plain"]),
        (
            "x" * 50 + "$" + "y" * 50,
            (50, 51),
            ["…" + "x" * 9 + "$" + "y" * 8 + "…", " " * 10 + "^"],
        ),
        ("$" + "y" * 50, (0, 1), ["$" + "y" * 18 + "…", "^"]),
        ("x" * 50 + "$", (50, 51), ["…" + "x" * 17 + "$", " " * 18 + "^"]),
    ],
    ids=["inside", "margin", "end", "tab", "no place", "long", "long start", "long end"],
)
def test_a_caret_stands_under_what_cannot_be_read(
    typed: str, span: tuple[int, int] | None, lines: list[str]
) -> None:
    """Also when the line is cut to fit."""
    assert list(caret_lines(typed, span, 20)) == lines
    assert all(len(line) <= 20 for line in lines)


def test_a_long_echo_is_wrapped_below_itself() -> None:
    """No line is longer than 80 columns."""
    lines = list(answer_lines(CheckedAnswer("q1", State.READ, "alpha + beta " * 12)))
    assert len(lines) == 3
    assert lines[1].startswith(" " * 16 + "alpha")
    assert all(len(line) <= 80 for line in lines)


def test_a_terminal_without_our_symbols_gets_plain_ones() -> None:
    """Every sign has a plain counterpart; what was typed keeps its columns."""
    text = " ·  q1  x\n ✓ ✗ ○ BLANK · line 3\n √d\n"
    assert to_encoding(text, "ascii") == " .  q1  x\n + x o BLANK - line 3\n ?d\n"
    assert to_encoding(text, "utf-8") == text
    assert to_encoding(text, None) == to_encoding(text, "nonsense")


def test_blanks_are_counted_and_not_called_mistakes() -> None:
    """The last lines say what to do with each, and never that all is right."""
    answers = [CheckedAnswer(f"q{n}", State.BLANK, place=f"line {n}") for n in range(1, 11)]
    problem = CheckedProblem(1, "One", (*answers, CheckedAnswer("q0", State.READ, "x")))
    text = check_text(CheckReport("hw", "1.0", "a.py", "", (problem,)))
    assert "1 read · 0 unreadable · 10 blank" in text
    assert "q8 line 8, and 2 more; then hand in a.py." in " ".join(text.split())
    assert "mistake" not in text and "pass" not in text


def test_a_check_without_findings_does_not_say_that_all_is_right() -> None:
    """It has no key."""
    problem = CheckedProblem(1, "One", (CheckedAnswer("q0", State.READ, "x"),))
    text = check_text(CheckReport("hw", "1.0", "a.py", "", (problem,)))
    assert '"Read" is not "right"' in text
    assert text.endswith("Next: read once more what stands above, then hand in a.py.\n")
