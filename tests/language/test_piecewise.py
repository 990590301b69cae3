"""Values with conditions, as students, LaTeX and programs write them."""

import pytest
from reading import answer, refusal

from autograder.language.tree import Cases


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("x if x > 0 else 0", "{x if x > 0; 0 otherwise}"),
        ("2*(x if x > 0 else 0) + 1", "2*{x if x > 0; 0 otherwise} + 1"),
        ("0 if x < 0 else x if x < 1 else 1", "{0 if x < 0; x if x < 1; 1 otherwise}"),
        ("x when x > 0, y when x < 0, 0 otherwise", "{x if x > 0; y if x < 0; 0 otherwise}"),
        ("Piecewise((x, x > 0), (y, x < 0), (0, True))", "{x if x > 0; y if x < 0; 0 otherwise}"),
        ("piecewise(x > 0, x, x < 0, y, 0)", "{x if x > 0; y if x < 0; 0 otherwise}"),
        (
            "where(x > 0, where(y > 0, 1, 2), 3)",
            "{{1 if y > 0; 2 otherwise} if x > 0; 3 otherwise}",
        ),
        ("x if 0 < x <= 1 else y", "{x if 0 < x <= 1; y otherwise}"),
        ("x if (x > 0) and (y > 0) else 0", "{x if x > 0 and y > 0; 0 otherwise}"),
    ],
)
def test_pieces(text: str, meant: str) -> None:
    """One tree for all of them."""
    assert isinstance(answer(meant), Cases) or "+" in text
    assert answer(text) == answer(meant)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("x if x > 0 or y > 0 else 0", "words"),
        ("(x if x > 0 or y > 0 else 0)", "words"),
        ("x if y else 0", "unexpected"),
        ("(x if x > 0)", "unexpected"),
        ("x if x > 0 else", "breaks_off"),
        ("where(x > 0, x)", "unexpected"),
        ("Piecewise((x, y))", "unexpected"),
        ("\\begin{cases} 1 \\\\ 2 \\end{cases}", "two_answers"),
    ],
)
def test_pieces_that_can_not_be_told_apart(text: str, code: str) -> None:
    """A condition has to be one, and only the last piece does without."""
    assert refusal(text).code == code


def test_a_condition_alone_is_a_clause() -> None:
    """`x if x > 0` is the answer `x` with a remark."""
    assert answer("x if x > 0") == answer("x")
