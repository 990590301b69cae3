"""Text on a screen: wide letters, marks, what would steer a terminal."""

import io

import pytest

from autograder.renderers.columns import caret_lines, columns, cut, paragraph, width_of, wrapped


@pytest.mark.parametrize(
    ("text", "wide"),
    [("abc", 3), ("é", 1), ("e\u0301", 1), ("漢字", 4), ("√d", 2), ("ｄ", 2), ("a\u200bb", 2)],
)
def test_how_many_columns_a_text_takes(text: str, wide: int) -> None:
    """As terminals count."""
    assert columns(text) == wide


@pytest.mark.parametrize(
    ("typed", "span", "lines"),
    [
        ("1/sqrt(d_k)", (7, 10), ["1/sqrt(d_k)", "       ^^^"]),
        ("    x = (1", (8, 9), ["x = (1", "    ^"]),
        ("1/", (2, 2), ["1/", "  ^"]),
        ("a\tb $", (4, 5), ["a b $", "    ^"]),
        ("plain", None, ["plain"]),
        ("y" * 30, None, ["y" * 19 + "…"]),
        (
            "x" * 50 + "$" + "y" * 50,
            (50, 51),
            ["…" + "x" * 9 + "$" + "y" * 8 + "…", " " * 10 + "^"],
        ),
        ("$" + "y" * 50, (0, 1), ["$" + "y" * 18 + "…", "^"]),
        ("x" * 50 + "$", (50, 51), ["…" + "x" * 17 + "$", " " * 18 + "^"]),
        ("漢字 + $", (5, 6), ["漢字 + $", "       ^"]),
        ("漢 + 1", (0, 1), ["漢 + 1", "^^"]),
        ("e\u0301 + $", (5, 6), ["e\u0301 + $", "    ^"]),
        ("ae\u0301", (2, 3), ["ae\u0301", " ^"]),
        ("漢" * 20 + "$", (20, 21), ["…" + "漢" * 8 + "$", " " * 17 + "^"]),
        ("\u202ea $", (3, 4), ["\\u202ea $", "        ^"]),
        ("\x1b[2J", (0, 1), ["\\u001b[2J", "^^^^^^"]),
    ],
)
def test_a_caret_stands_under_what_cannot_be_read(
    typed: str, span: tuple[int, int] | None, lines: list[str]
) -> None:
    """Also when the line is cut to fit, and beside letters of other widths."""
    assert list(caret_lines(typed, span, 20)) == lines
    assert all(columns(line) <= 20 for line in lines)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("one two three", ["one two", "three"]),
        ("漢字 漢字 漢", ["漢字", "漢字 漢"]),
        ("a" * 20, ["a" * 8, "a" * 8, "a" * 4]),
        ("ab  c", ["ab  c"]),
        ("a\nb\tc", ["a b c"]),
        ("a\x1bb", ["a\\u001bb"]),
        ("", []),
        (" ", []),
    ],
)
def test_lines_fit(text: str, lines: list[str]) -> None:
    """They break between words; a word that is too long is cut."""
    assert wrapped(text, 8) == lines


def test_a_paragraph_is_indented_within_its_width() -> None:
    """Both together."""
    assert paragraph("one two three", 2, 10) == ["  one two", "  three"]


def test_a_cut_text_says_so() -> None:
    """Whatever its letters."""
    assert cut("漢字漢字", 6) == "漢字…"
    assert cut("漢字", 4) == "漢字"


def test_what_is_no_terminal_has_80_columns() -> None:
    """A file, a pipe, a notebook."""
    assert width_of(io.StringIO()) == 80
