"""Real roots, each alone in its interval."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.compare.condition.polynomials import TooMuch
from autograder.compare.condition.roots import all_roots, sign_at, simplest, squarefree

fractions = st.fractions(-20, 20, max_denominator=6)
steady = settings(max_examples=100)


def times(left: list[int], right: list[int]) -> list[int]:
    found = [0] * (len(left) + len(right) - 1)
    for at, one in enumerate(left):
        for offset, other in enumerate(right):
            found[at + offset] += one * other
    return found


@steady
@given(st.sets(fractions, max_size=5), st.integers(1, 3))
def test_all_rational_roots_are_found_exactly(roots: set[Fraction], power: int) -> None:
    """Each once, however often it is one, beside a factor that has none."""
    line = [2, 1, 1]
    for root in roots:
        for _ in range(power):
            line = times(line, [-root.numerator, root.denominator])
    found = all_roots([squarefree(line)])
    assert [root.low for root in found] == sorted(roots)
    assert all(root.exact for root in found)


def test_roots_of_several_polynomials_are_one_list() -> None:
    """A root they share comes once; an irrational one lies in a narrow interval."""
    found = all_roots([[-2, 0, 1], [2, -1, -2, 1], [-1, 1]])  # x^2 - 2, (x^2 - 1)(x - 2), x - 1
    assert [round(float(root.low), 3) for root in found] == [-1.414, -1.0, 1.0, 1.414, 2.0]
    assert [root.exact for root in found] == [False, True, True, False, True]
    assert all(root.high - root.low < Fraction(1, 1000) for root in found)


def test_there_may_be_no_roots() -> None:
    """And none where there is nothing to solve."""
    assert all_roots([[1, 0, 1]]) == all_roots([]) == []


def test_a_large_degree_is_too_much() -> None:
    """It would take too long."""
    with pytest.raises(TooMuch):
        all_roots([[-2, *[0] * 40, 1]])


@steady
@given(fractions, fractions)
def test_the_simplest_number_between_two_lies_between_them(one: Fraction, other: Fraction) -> None:
    """No smaller denominator does."""
    low, high = sorted((one, other))
    if low < high:
        found = simplest(low, high)
        assert low < found < high
        smaller = range(1, found.denominator)
        assert not any(
            low < Fraction(int(low * d) + n, d) < high for d in smaller for n in (-1, 0, 1)
        )


def test_a_sign_is_exact() -> None:
    """A hundredth of a billionth beside a root as well."""
    near = Fraction(3) + Fraction(1, 10**11)
    assert [sign_at([-9, 0, 1], at) for at in (Fraction(3), near, -near)] == [0, 1, 1]
