"""Which entries differ."""

import pytest

from autograder.compare.closed_form import prepare
from autograder.compare.entries import differing
from autograder.language.lexer.tokens import tokenize
from autograder.language.statements.arrays import parse
from autograder.language.tree import Tree
from autograder.language.vocabulary import Vocabulary, declare

KNOWN = Vocabulary(declare("x: real, A: matrix(2, 2), B: matrix(n, n)").symbols, algebra=True)


def read(text: str) -> Tree:
    return parse(tokenize(text), KNOWN, len(text))


@pytest.mark.parametrize(
    ("answer", "key", "differ", "total"),
    [
        ("[1, x, 3]", "[1, 2x, 4]", ((2, 1), (3, 1)), 3),
        ("[[1, x], [0, 1]]", "[[1, x], [0, 2]]", ((2, 2),), 4),
        ("2 A A^-1", "[[1, 0], [0, 1]]", ((1, 1), (2, 2)), 4),
    ],
)
def test_entries_are_found_by_row_and_column(
    answer: str, key: str, differ: tuple[tuple[int, int], ...], total: int
) -> None:
    """What is only rounding is no difference."""
    assert differing(read(answer), prepare(read(key), KNOWN)) == (differ, total)


@pytest.mark.parametrize(("answer", "key"), [("x", "2x"), ("B", "2B")])
def test_numbers_and_matrices_of_any_size_have_no_such_entries(answer: str, key: str) -> None:
    """A place in a matrix of n rows would mean nothing."""
    assert differing(read(answer), prepare(read(key), KNOWN)) is None
