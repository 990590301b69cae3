"""A tree that is written in any notation reads back as the same tree."""

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given, settings
from printing import in_python, in_unicode
from trees import (
    FUNCTIONS,
    KNOWN,
    as_read,
    formulas,
    grids,
    orders,
    python_formulas,
    relations,
    sequences,
)

from autograder.language.lexer.tokens import tokenize
from autograder.language.parser.grammar import parse
from autograder.language.printer.echo import echo
from autograder.language.printer.latex import latex
from autograder.language.statements.conditions import parse_condition
from autograder.language.tree import (
    Divide,
    Matrix,
    Multiply,
    Negate,
    Number,
    Sequence,
    Sum,
    Symbol,
    Tree,
)

PROPERTY = settings(max_examples=80)
X, ONE = Symbol("x"), Number(Fraction(1))


def in_latex(tree: Tree) -> str:
    return latex(tree, KNOWN)


WRITTEN = pytest.mark.parametrize("write", [echo, in_latex, in_unicode])


@WRITTEN
@PROPERTY
@given(tree=formulas)
def test_a_formula(write: Callable[[Tree], str], tree: Tree) -> None:
    """What stands in brackets stays together, and no name becomes another."""
    assert parse(write(tree), KNOWN) == as_read(tree)


@PROPERTY
@given(tree=python_formulas)
def test_a_formula_in_python(tree: Tree) -> None:
    """Every product has a star there, and sums are loops."""
    assert parse(in_python(tree), KNOWN) == as_read(tree, blanks=False)


@WRITTEN
@PROPERTY
@given(tree=orders)
def test_an_order(write: Callable[[Tree], str], tree: Tree) -> None:
    """With its letter."""
    assert parse(write(tree), KNOWN) == as_read(tree)


@WRITTEN
@PROPERTY
@given(tree=relations)
def test_a_condition(write: Callable[[Tree], str], tree: Tree) -> None:
    """A relation, a chain or several that hold together."""
    text = write(tree)
    assert parse_condition(tokenize(text), KNOWN, len(text)) == as_read(tree)


@pytest.mark.parametrize("write", [echo, in_latex, in_unicode, in_python])
@PROPERTY
@given(tree=sequences)
def test_a_sequence(write: Callable[[Tree], str], tree: Tree) -> None:
    """With its brackets."""
    assert parse(write(tree), KNOWN) == as_read(tree, blanks=write is not in_python)


@PROPERTY
@given(tree=grids)
def test_a_matrix(tree: Tree) -> None:
    """LaTeX has an environment for it; elsewhere it is a list of rows."""
    assert parse(in_latex(tree), KNOWN) == as_read(tree)
    text = echo(tree)
    read = parse(text, KNOWN)
    if isinstance(tree, Matrix) and len(tree.rows) > 1 and len(tree.rows[0]) > 1:
        assert read == as_read(tree, grids=False)


def test_most_functions_are_calls_once_read() -> None:
    """Else the formulas above would hold none."""
    assert len(FUNCTIONS) > 35


@pytest.mark.parametrize(
    ("tree", "same"),
    [
        (Number(Fraction(1, 3)), Divide(ONE, Number(Fraction(3)))),
        (Number(Fraction(-2)), Negate(Number(Fraction(2)))),
        (Number(Fraction(1, 4)), Number(Fraction(1, 4))),
        (Multiply((X, X), (".",)), Multiply((X, X), ("*",))),
        (Multiply((Symbol("mu"), X), (".",)), Multiply((Symbol("mu"), X), ("*",))),
        (Multiply((Symbol("mu"), Symbol("nu")), (".",)),) * 2,
        (Sum("j", X),) * 2,
        (Sum("j", Sum("j", X, Symbol("j")), ONE),) * 2,
    ],
)
def test_trees_that_are_the_same_once_read(tree: Tree, same: Tree) -> None:
    """Numbers without a literal of their own, and dots that can only be stars."""
    assert as_read(tree) == same
    assert parse(echo(tree), KNOWN) == same


def test_a_matrix_without_an_environment_is_a_list_of_rows() -> None:
    """What a list means is for the kind of question to say."""
    row = Sequence((X, ONE))
    assert as_read(Matrix(((X, ONE), (X, ONE))), grids=False) == Sequence((row, row))
