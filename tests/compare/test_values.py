"""Arrays are compared by shape, by where they are finite, by their numbers."""

import numpy as np
import pytest

from autograder.compare.values import same_values

NAN, INF = float("nan"), float("inf")


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        ([1, 2], [1.0, 2.0]),
        (np.float16([0.5, 2]), np.float64([0.5, 2])),
        (np.float32([1 / 3]), np.float64([1 / 3])),
        ([NAN, INF, -INF, 1], [NAN, INF, -INF, 1]),
        (np.zeros((0, 3)), np.zeros((0, 3))),
        ([True, False], [True, False]),
        (3.0, 3),
    ],
    ids=["int for float", "half", "rounding", "not finite", "no entries", "bool", "no axes"],
)
def test_the_same_by_value(got: object, expected: object) -> None:
    """The width of a number's type makes no difference."""
    assert same_values(np.asarray(got), np.asarray(expected)) is None


@pytest.mark.parametrize(
    ("got", "expected", "what"),
    [
        ([[1, 2]], [1, 2], "shape"),
        (1.0, [1.0], "shape"),
        ([1 + 0j], [1.0], "dtype"),
        ([True], [1.0], "dtype"),
        (["1"], [1.0], "dtype"),
        ([10**30], [1e30], "dtype"),
        ([NAN, 1], [0.0, 1], "finite"),
        ([0.0, 1], [NAN, 1], "finite"),
        ([INF], [-INF], "finite"),
        ([1.0, 2.1], [1.0, 2.0], "numbers"),
        ([1e308], [-1e308], "numbers"),
    ],
)
def test_the_first_difference_is_named(got: object, expected: object, what: str) -> None:
    """Shape comes before type, type before numbers."""
    found = same_values(np.asarray(got), np.asarray(expected))
    assert found is not None
    assert found.what == what


def test_tolerances_add_up() -> None:
    """An entry may be off by atol + rtol * |expected|, and no more."""
    expected = np.array([0.0, 100.0])

    assert same_values(np.array([0.009, 101.0]), expected, rtol=0.01, atol=0.01) is None
    assert same_values(np.array([0.011, 100.0]), expected, rtol=0.01, atol=0.01) is not None
    assert same_values(np.array([0.0, 101.02]), expected, rtol=0.01, atol=0.01) is not None


def test_the_largest_difference_is_told() -> None:
    """Staff see how far a result is off."""
    found = same_values(np.array([1.0, 5.0, 2.0]), np.array([1.0, 2.0, 2.5]))
    assert found is not None
    assert found.largest == 3.0
