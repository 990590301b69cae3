"""Counts of what torch does, and the exact polynomials through them."""

from collections.abc import Callable, Sequence
from fractions import Fraction

import pytest
import torch

from autograder.counting import Polynomial, count, fit
from autograder.errors import AssignmentError
from autograder.experiments import What


def product(n: int, m: int) -> Callable[[], torch.Tensor]:
    """(n, m) times (m, n), with gradients wanted of the first."""
    left, right = torch.randn(n, m, requires_grad=True), torch.randn(m, n)
    return lambda: left @ right


@pytest.mark.parametrize(
    ("what", "wanted"),
    [
        ("multiply-adds", 3 * 3 * 5),
        ("elements moved", 2 * 15 + 9),
        ("elements stored", 15),
    ],
)
def test_a_matrix_product_is_counted(what: What, wanted: int) -> None:
    """A multiply and its add are one; the gradient of the left factor needs the right one."""
    assert count(what, lambda: product(3, 5)) == wanted


def test_making_the_arrays_is_not_counted() -> None:
    """Only what the computation does."""
    assert on((9, 9), lambda x: None) == 0


def on(x_shape: tuple[int, ...], run: Callable[[torch.Tensor], object]) -> int:
    """Elements moved by a computation on one array."""

    def start() -> Callable[[], object]:
        x = torch.randn(x_shape)
        return lambda: run(x)

    return count("elements moved", start)


def test_views_move_nothing() -> None:
    """A transpose, a slice and a reshape are views; a copy is not."""
    assert on((4, 6), lambda x: (x.T, x[1:], x.view(-1), x[:, None].expand(4, 3, 6))) == 0
    assert on((4, 6), lambda x: x.T.contiguous()) == 2 * 24


def test_an_expanded_axis_is_read_once() -> None:
    """One element lies behind it."""
    assert on((1, 4), lambda x: x.expand(50, 4) + 1) == 4 + 200


def test_arrays_in_fast_memory_are_skipped() -> None:
    """By their number of elements."""
    assert count("elements moved", lambda: product(3, 5), lambda size: size == 9) == 30


def test_a_storage_is_kept_once() -> None:
    """However many operations keep it, and whatever view of it."""

    def start() -> Callable[[], object]:
        x = torch.randn(4, 6, requires_grad=True)
        return lambda: x @ x.T + (x * x).sum()

    assert count("elements stored", start) == 24


@pytest.mark.parametrize(
    ("count_of", "said", "growth"),
    [
        (lambda n, m: 3 * n * m + 1, "3 n m + 1", "1 + n*m"),
        (lambda n, m: n * n // 2, "1/2 n^2", "n^2"),
        (lambda n, m: n * n * 12 // m, "12 n^2/m", "n^2/m"),
        (lambda n, m: 0, "0", "0"),
        (lambda n, m: 24 // m, "24 1/m", "1/m"),
    ],
)
def test_a_polynomial_is_found_exactly(
    count_of: Callable[..., int], said: str, growth: str
) -> None:
    """All coefficients, and no other term."""
    grid: dict[str, Sequence[int]] = {"n": [2, 4, 6, 8, 10], "m": [1, 2, 3, 4]}
    found = fit(count_of, grid)
    assert (str(found), set(found.growth().split(" + "))) == (said, set(growth.split(" + ")))


def test_what_is_no_polynomial_is_refused() -> None:
    """A power too high for the number of values would be fitted by chance."""
    with pytest.raises(AssignmentError, match="the counts need higher powers of n"):
        fit(lambda n: n**3, {"n": [2, 3, 5, 7]})
    with pytest.raises(AssignmentError, match="give more values of it"):
        fit(lambda n: 2**n, {"n": [2, 3, 4, 5, 6, 7]})


def test_terms_are_said_with_the_largest_first() -> None:
    """As a person would write it."""
    terms = {(0, 0): Fraction(2), (1, 1): Fraction(1), (2, -1): Fraction(3), (2, 0): Fraction(1, 2)}
    assert str(Polynomial(("n", "m"), terms)) == "n m + 1/2 n^2 + 3 n^2/m + 2"
