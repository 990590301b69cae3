"""Cells: safe text, plain numbers."""

import pytest

from autograder.renderers.spreadsheet import number, safe, table, unsafe


@pytest.mark.parametrize("text", ["=1+1", "+1", "-d", "@x", "\tx", "plain", "1/d", "", "'quoted"])
def test_text_is_safe_and_comes_back(text: str) -> None:
    """An apostrophe goes in front of what a spreadsheet would run, and off again."""
    cell = safe(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert unsafe(cell) == text


@pytest.mark.parametrize("text", ["a;=1+1;b", "a; @x", "a\n=1+1", "- one\n- two", "a;'b", "x; y"])
def test_no_part_of_a_cell_is_run_where_semicolons_part_cells(text: str) -> None:
    """A spreadsheet set to many languages of Europe ends a cell there."""
    cell = safe(text)
    parts = [part.strip(" ") for part in cell.replace("\n", ";").split(";")]
    assert not any(part.startswith(("=", "+", "-", "@")) for part in parts)
    assert unsafe(cell) == text


def test_no_cell_writes_to_a_terminal_or_turns_text_around() -> None:
    """Escapes and marks of direction are shown, not sent."""
    assert safe("a\x1b[31mb\u202e") == "a\\x1b[31mb\\u202e"
    assert safe("two\nlines") == "two\nlines"
    assert safe("  =1+1") == "'  =1+1" and safe("＝1") == "'＝1"


@pytest.mark.parametrize(
    ("value", "text"),
    [(2, "2"), (0.5, "0.5"), (1 / 3, "0.333333"), (0, "0"), (1e-9, "0"), (10, "10")],
)
def test_numbers_are_written_as_people_write_them(value: float, text: str) -> None:
    """No exponent, no trailing zeros."""
    assert number(value) == text


def test_negative_numbers_stay_numbers() -> None:
    """Only text is made safe."""
    assert table(["a", "b"], [[-1, "-1"], [None, 'say "x", y']]) == (
        'a,b\n-1,\'-1\n,"say ""x"", y"\n'
    )
