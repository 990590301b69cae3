"""Enough points is when every pattern of signs was seen."""

from random import Random

import pytest

from autograder.compare.proof.signs import EACH, SURE, Patterns


def after(points: int, signs: int, hidden: int | None = None, dropped: bool = False) -> bool:
    """Whether so many random patterns are enough."""
    random, patterns = Random(1), Patterns()
    for _ in range(points):
        patterns.add([random.random() < 0.5 for _ in range(signs)])
    return patterns.enough(hidden, 1, dropped)


@pytest.mark.parametrize(
    ("points", "signs", "hidden", "enough"),
    [
        (1, 0, None, True),
        (2, 1, None, False),
        (SURE, 1, None, False),
        (SURE + 1, 1, None, True),
        (SURE - 1, 0, 0, False),
        (SURE, 0, 0, True),
        (2 * EACH - 1, 0, 1, False),
        (2 * EACH, 0, 1, True),
        (4 * EACH - 1, 1, 1, False),
        (4 * EACH, 1, 1, True),
    ],
)
def test_signs_take_points(points: int, signs: int, hidden: int | None, enough: bool) -> None:
    """Those that nobody sees take more."""
    assert after(points, signs, hidden) is enough


def test_points_that_were_left_out_take_more() -> None:
    """The patterns need not be a whole space then."""
    assert after(SURE + 1, 1)
    assert not after(SURE + 1, 1, dropped=True)


def test_a_pattern_that_never_came_is_missed() -> None:
    """Three of four, however often."""
    patterns = Patterns()
    for number in range(600):
        patterns.add([(False, False), (True, False), (False, True)][number % 3])
    assert not patterns.enough(None, 1, False)


def test_dependent_signs_are_no_further_patterns() -> None:
    """x, y and x y have four patterns, not eight."""
    random, patterns = Random(2), Patterns()
    for _ in range(60):
        x, y = random.random() < 0.5, random.random() < 0.5
        patterns.add([x, y, x == y])
    assert patterns.enough(None, 1, False)
