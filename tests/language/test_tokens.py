"""Tokens keep their columns and their exact numbers."""

from fractions import Fraction

import pytest

from autograder.language.lexer.tokens import tokenize


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", Fraction(7)),
        ("0.1", Fraction(1, 10)),
        (".5", Fraction(1, 2)),
        ("1.", Fraction(1)),
        ("1e3", Fraction(1000)),
        ("1.5E-2", Fraction(3, 200)),
        ("½", Fraction(1, 2)),
        ("⅔", Fraction(2, 3)),
        ("７", Fraction(7)),
        ("0.30000000000000000001", Fraction(30000000000000000001, 10**20)),
    ],
)
def test_numbers_are_exact(text: str, value: Fraction) -> None:
    """0.1 is a tenth, not the nearest float."""
    (token,) = tokenize(text)
    assert (token.kind, token.value) == ("number", value)


@pytest.mark.parametrize(
    ("text", "texts"),
    [
        ("σ²", ["sigma", "^", "{", "2", "}"]),
        ("\\sigma^2", ["sigma", "^", "2"]),
        ("xᵢⱼ", ["x", "_", "{", "i", "j", "}"]),
        ("μ⊤", ["mu", "^", "T"]),
        ("x**-1", ["x", "^", "-", "1"]),
        ("a ≤ b", ["a", "<=", "b"]),
        ("\\left\\|x\\right\\|", ["||", "x", "||"]),
        ("\\text{if } x", ["if", "x"]),
        ("\\mathcal O(n)", ["O", "(", "n", ")"]),
        ("2e", ["2", "e"]),
        ("x…y", ["x", "...", "y"]),
        ("𝑥𝟐", ["x", "2"]),
        ("x y", ["x", "y"]),
        ("x\\,y\\;z~w", ["x", "y", "z", "w"]),
        ("\\displaystyle\\Big(x\\Big)", ["(", "x", ")"]),
    ],
)
def test_one_spelling_for_each_sign(text: str, texts: list[str]) -> None:
    """Whatever it looked like, a sign has one text."""
    assert [token.text for token in tokenize(text)] == texts


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("\\frac{\\mu}{2}", ["\\frac", "{", "\\mu", "}", "{", "2", "}"]),
        ("a ** b", ["a", "**", "b"]),
        ("\\mathbf{x}+y", ["x", "+", "y"]),
        ("x ≤ 10", ["x", "≤", "10"]),
        ("\\left( \\mu \\right)", ["(", "\\mu", ")"]),
        ("$x$ $+$", ["x", "+"]),
        ("1.5x", ["1.5", "x"]),
    ],
)
def test_columns_are_those_of_the_text_as_typed(text: str, typed: list[str]) -> None:
    """A token covers exactly what stands for it."""
    assert [text[token.start : token.end] for token in tokenize(text)] == typed


def test_part_of_a_text_keeps_the_columns_of_the_whole() -> None:
    """So a quote in front does not move a caret."""
    (token,) = tokenize('r"mu"', 2, 4)
    assert (token.text, token.start, token.end) == ("mu", 2, 4)
