"""Points where linear forms have given signs."""

from fractions import Fraction

import pytest

from autograder.compare.condition.linear import Form, solution


def form(x: int, y: int, constant: int, sign: int) -> Form:
    given = {"x": Fraction(x), "y": Fraction(y)}
    return Form({name: value for name, value in given.items() if value}, Fraction(constant), sign)


@pytest.mark.parametrize(
    "forms",
    [
        [],
        [form(1, 0, -3, 0)],
        [form(1, 1, -3, 0), form(1, -1, -1, 0)],
        [form(1, 0, 0, 1), form(0, 1, 0, 1), form(-1, -1, 1, 1)],
        [form(1, 2, 0, 1), form(-1, -2, 1, 1)],
        [form(0, 0, 1, 1)],
    ],
)
def test_a_point_satisfies_all_forms(forms: list[Form]) -> None:
    """Equations and strict inequalities, exactly."""
    point = solution(forms)
    assert point is not None
    assert all(each.holds({"x": Fraction(0), "y": Fraction(0)} | point) for each in forms)


@pytest.mark.parametrize(
    "forms",
    [
        [form(1, 0, 0, 1), form(-1, 0, 0, 1)],
        [form(1, 0, 0, 0), form(1, 0, -1, 0)],
        [form(1, 1, 0, 1), form(-1, 0, 0, 1), form(0, -1, 0, 1)],
        [form(1, -1, 0, 0), form(1, 0, 0, 1), form(0, -1, 0, 1)],
        [form(0, 0, 0, 1)],
    ],
)
def test_there_may_be_no_point(forms: list[Form]) -> None:
    """Where the forms contradict each other."""
    assert solution(forms) is None
