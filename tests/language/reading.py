"""Short ways to read in tests: a tree, a statement, a refusal with its caret."""

from functools import lru_cache

import pytest

from autograder.errors import Unreadable
from autograder.language.parser.grammar import parse
from autograder.language.printer.echo import echo
from autograder.language.statements import statement
from autograder.language.tree import Tree
from autograder.language.vocabulary import Vocabulary, declare

SYMBOLS = """
    mu, nu: vector(d), sigma: positive, d, n, N: size, a, b, c, w, x, y, z, d_k: real,
    A: matrix(d, n), K_j: row(d) over N, phi: row(d) -> row(n), sim: (vector(d), vector(d)) -> real
"""


@lru_cache
def known(symbols: str = SYMBOLS) -> Vocabulary:
    """The vocabulary of declarations."""
    return declare(symbols)


def tree(text: str, symbols: str = SYMBOLS) -> Tree:
    """A bare expression as its tree."""
    return parse(text, known(symbols))


def answer(text: str, symbols: str = SYMBOLS) -> Tree:
    """An answer as its tree, with what stands around it read past."""
    return statement.read(text, known(symbols)).answer


def said(text: str, symbols: str = SYMBOLS) -> list[str]:
    """What an answer claims, with what stands around it read past: the answer last."""
    return [echo(claim) for claim in statement.read(text, known(symbols)).claims]


def refusal(text: str, symbols: str = SYMBOLS) -> Unreadable:
    """Why an answer can't be read."""
    with pytest.raises(Unreadable) as caught:
        statement.read(text, known(symbols))
    return caught.value


def carets(error: Unreadable) -> str:
    """The line under the answer that points at what is wrong."""
    assert error.span is not None
    start, end = error.span
    return " " * start + "^" * (end - start)
