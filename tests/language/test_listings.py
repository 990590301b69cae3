"""Lists as they are typed."""

import pytest

from autograder.errors import Unreadable
from autograder.language.statements.listings import read_listing, spell
from autograder.language.vocabulary import Vocabulary, declare

KNOWN = Vocabulary(declare("x, y: real").symbols, algebra=True)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("[x, 1/2, 3]", "[x, 1/2, 3]"),
        ("(x; 2)", "(x, 2)"),
        ("\\left\\{ x, 2 \\right\\}", "{x, 2}"),
        ("x, 2", "x, 2"),
        ("x and 2", "x, 2"),
        ("1, 2, and 3", "1, 2, 3"),
        ("[x]", "[x]"),
        ("x", "x"),
        ("x = 1, x = 2", "x = 1, x = 2"),
        ("x = 1 or x = 2", "x = 1, x = 2"),
        ("n = 1, 2", "1, 2"),
        ("(p, q) = (3, 2)", "(3, 2)"),
        ("S = {1, 2}", "{1, 2}"),
        ("2 ± x", "2 + x, 2 - x"),
        ("x = \\frac{1 \\pm y}{2}", "x = (1 + y)/2, x = (1 - y)/2"),
        ("(1, 2), (3, 4)", "(1, 2), (3, 4)"),
        ("1, 2; 3, 4", "(1, 2), (3, 4)"),
        ("[[1, 2], [3]]", "[[1, 2], [3]]"),
        ("[1, x < y]", "[1, x < y]"),
        ("{}", "{}"),
        ("\\emptyset", "{}"),
        ("matrix([1, 2], [3, 4])", "[[1, 2], [3, 4]]"),
        ("\\begin{pmatrix} x \\\\ 2 \\end{pmatrix}", "[x, 2]"),
        ("[(x + 1)^2, (y)]", "[(x + 1)^2, y]"),
        ("the answer is 1, 2", "1, 2"),
    ],
)
def test_ways_to_write_a_list(text: str, meant: str) -> None:
    """Brackets of each kind or none, names before entries, both signs at once."""
    assert spell(read_listing(text, KNOWN)) == meant


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[x, y)", "wrong_kind"),
        ("(x, y]", "wrong_kind"),
        ("[]", "empty_list"),
        ("()", "empty_list"),
        ("[x,, y]", "breaks_off"),
        ("[x, z]", "unknown_symbol"),
        ("[x, y", "not_closed"),
        ("[1 ± 2 ± 3]", "unsupported"),
        ("[" * 30 + "x" + "]" * 30, "too_deep"),
        ("{" + ",".join("1" * 300) + "}", "too_long"),
        ("x = 1 = 2", "two_answers"),
    ],
)
def test_what_is_no_list(text: str, code: str) -> None:
    """An interval is told as one."""
    with pytest.raises(Unreadable) as caught:
        read_listing(text, KNOWN)
    assert caught.value.code == code
