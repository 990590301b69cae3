"""Arithmetic on grids, against sympy."""

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.compare.sampling import context
from autograder.language.evaluator.elimination import determinant
from autograder.language.evaluator.grids import Unit, plus, power, times, transposed
from autograder.language.evaluator.values import Grid, Point, Undefined
from autograder.language.vocabulary import Vocabulary

PROPERTY = settings(max_examples=60)
CTX = context(40)
squares = st.integers(2, 4).flatmap(
    lambda n: st.lists(st.lists(st.integers(-9, 9), min_size=n, max_size=n), min_size=n, max_size=n)
)


def point() -> Point:
    return Point(CTX, {}, {}, Vocabulary())


def grid(rows: list[list[int]]) -> Grid:
    return Grid(tuple(tuple(CTX.mpf(entry) for entry in row) for row in rows))


def near(value: Grid, expected: sympy.Matrix) -> bool:
    return all(
        abs(mine - CTX.mpf(theirs.p) / theirs.q) < 1e-30
        for mine, theirs in zip(value.entries, expected, strict=True)
    )


@PROPERTY
@given(squares)
def test_determinants_and_powers_are_what_they_are(rows: list[list[int]]) -> None:
    """Negative powers too; a singular matrix has none."""
    exact = sympy.Matrix(rows)
    assert abs(determinant(grid(rows), point()) - int(exact.det())) < 1e-25
    assert near(power(grid(rows), CTX.mpf(3), point()), exact**3)
    if exact.det() == 0:
        try:
            power(grid(rows), CTX.mpf(-1), point())
            raise AssertionError("a singular matrix was inverted")
        except Undefined:
            return
    assert near(power(grid(rows), CTX.mpf(-2), point()), exact**-2)


def test_a_small_pivot_is_not_zero() -> None:
    """Entries of very different sizes make no matrix singular."""
    rows = ((CTX.mpf("1e60"), CTX.mpf(0)), (CTX.mpf(0), CTX.mpf("1e-60")))
    small = determinant(Grid(rows), point())
    assert abs(small - 1) < 1e-30


@pytest.mark.parametrize("length", [1, 2, 3])
def test_a_row_times_a_column_is_a_number(length: int) -> None:
    """Of any length, one too."""
    vector = Grid(tuple((CTX.mpf(n),) for n in range(1, length + 1)), vector=True)
    assert times(transposed(vector), vector, "", point()) == sum(n * n for n in vector.entries)


def test_an_identity_takes_the_size_of_what_it_meets() -> None:
    """It scales in a product, and adds to the diagonal in a sum."""
    unit = times(CTX.mpf(3), Unit(CTX.mpf(1)), "", point())
    assert plus(grid([[1, 2], [3, 4]]), unit, point()) == grid([[4, 2], [3, 7]])
    assert times(unit, grid([[1, 2]]), "", point()) == grid([[3, 6]])
