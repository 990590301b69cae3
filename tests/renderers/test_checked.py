"""The student's screen: carets, width, plain characters."""

import pytest

from autograder.renderers.checked import (
    answer_lines,
    caret_lines,
    reading_text,
    to_encoding,
    tried_text,
)
from autograder.report import CheckedAnswer, CheckedProblem, CheckReport, State, Tried


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
    text = tried_text(CheckReport("hw", "1.0", "a.py", "", (problem,)))
    assert "1 read · 0 unreadable · 10 blank" in text
    assert "q8 line 8, and 2 more; then hand in a.py." in " ".join(text.split())
    assert "mistake" not in text and "pass" not in text


def test_a_check_without_findings_does_not_say_that_all_is_right() -> None:
    """It has no key."""
    problem = CheckedProblem(1, "One", (CheckedAnswer("q0", State.READ, "x"),))
    text = tried_text(CheckReport("hw", "1.0", "a.py", "", (problem,)))
    assert '"Read" is not "right"' in text
    assert text.endswith("Next: read once more what stands above, then hand in a.py.\n")


READ = CheckedProblem(1, "One", tuple(CheckedAnswer(f"q{n}", State.READ, "x") for n in range(3)))
PASSED = CheckedAnswer("q0", State.PASSED, "runs; 2 of 2 examples pass", covers=("q0",))
FAILED = CheckedAnswer(
    "q1-q2",
    State.MISTAKE,
    place="line 52",
    said="q (3,), K (4, 3): returned (1, 2), asked for (2,). Next: look.",
    head="WRONG SHAPE",
    covers=("q1", "q2"),
)


def tried(tried: Tried) -> str:
    """The last part of a check of three answers."""
    return tried_text(CheckReport("hw", "1.0", "a.py", "", (READ,), tried=tried))


def test_examples_stand_below_what_was_read() -> None:
    """A row for each function and each class; what fails is something to do next."""
    lines = tried(Tried((PASSED, FAILED), 2, 3, 4)).splitlines()
    assert lines[:5] == [
        " ✓  q0          runs; 2 of 2 examples pass",
        " ✗  q1-q2       WRONG SHAPE · line 52",
        "                q (3,), K (4, 3): returned (1, 2), asked for (2,).",
        "                Next: look.",
        "",
    ]
    assert lines[5] == "3 read · 1 mistake · 0 unreadable · 0 blank"
    assert lines[6].startswith("Public examples: 2 of 4 pass; 1 could not be run yet.")
    assert lines[-1] == "Next: q1-q2 line 52; then hand in a.py."


def test_without_torch_the_screen_says_how_to_get_it() -> None:
    """Nothing passes and nothing fails."""
    text = tried(Tried((), 0, 0, 4, "Code was read but not run."))
    assert text.startswith("Code was read but not run.\n\n3 read · 0 unreadable")
    assert "Public examples: none of 4 was run." in text


def test_code_that_is_tried_below_says_so() -> None:
    """The dot beside it is not the last word."""
    report = CheckReport("hw", "1.0", "a.py", "", (READ,), below=frozenset({"q1"}))
    lines = reading_text(report).splitlines()
    assert lines[4:6] == [" ·  q0          x", " ·  q1          x; tried below"]


def test_a_shape_stays_on_one_line() -> None:
    """So do the numbers of an inner list."""
    said = "MultiHeadMade(12, 3) with Q (5, 4, 12), K (5, 7, 12), V (5, 7, 12): it stops."
    lines = list(answer_lines(CheckedAnswer("q1", State.MISTAKE, said=said)))
    assert lines[1].endswith("K (5, 7, 12), V")
    assert lines[2].strip() == "(5, 7, 12): it stops."
