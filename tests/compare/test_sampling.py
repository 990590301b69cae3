"""Points of a declared domain: exact, the same on every run, within the relations."""

from fractions import Fraction

import pytest

from autograder.compare.sampling import context, samples
from autograder.errors import AssignmentError
from autograder.language.vocabulary import declare


def test_points_are_the_same_on_every_run() -> None:
    """A verdict does not depend on luck."""
    known = declare("x: real, mu: vector(d)")
    assert list(samples(known)) == list(samples(declare("x: real, mu: vector(d)")))


def test_real_numbers_have_both_signs_and_positive_ones_do_not() -> None:
    """The domain is what the author declared."""
    points = list(samples(declare("x: real, y: positive")))
    assert {point.values["x"] > 0 for point in points} == {True, False}
    assert all(point.values["y"] > 0 for point in points)


def test_integers_and_sizes_are_whole() -> None:
    """Sizes start at one."""
    points = list(samples(declare("m: integer, n: size")))
    assert all(point.values[name].denominator == 1 for point in points for name in "mn")
    assert all(point.values["n"] >= 1 for point in points)
    assert any(point.values["m"] < 0 for point in points)


def test_lengths_that_differ_by_name_differ_in_number() -> None:
    """So that no product fits by accident."""
    for point in samples(declare("A: matrix(n, m), v: row(F)")):
        assert len({point.sizes[name] for name in "nmF"}) == 3
        assert len(point.values["A"]) == point.sizes["n"]


def test_relations_hold_at_every_point() -> None:
    """Equations, inequalities and orders alike."""
    for point in samples(declare("d, h, q, k, M, N: size", "q = k = d/h, h <= d, M ~ N")):
        at = point.values
        assert at["q"] == at["k"] == Fraction(at["d"], at["h"])
        assert at["h"] <= at["d"]
        assert at["M"] == at["N"]


@pytest.mark.parametrize("where", ["d = d + 1", "d < 1", "h <= d, d < h", "d = h/2, h = d/2"])
def test_relations_that_nothing_satisfies_are_the_authors_mistake(where: str) -> None:
    """The message quotes them."""
    with pytest.raises(AssignmentError, match="no small sizes"):
        list(samples(declare("d, h: size", where)))


def test_a_relation_that_can_not_be_read_is_quoted() -> None:
    """With what is wrong in it."""
    with pytest.raises(AssignmentError, match="relation 'd = q': unknown_symbol"):
        list(samples(declare("d: size", "d = q")))


def test_families_have_a_member_for_each_index() -> None:
    """`K_j: row(d) over N` is N rows of length d."""
    for point in samples(declare("K_j: row(d) over N")):
        members = point.values["K"]
        assert sorted(members) == [(n,) for n in range(point.sizes["N"])]
        assert all(len(row[0]) == point.sizes["d"] for row in members.values())


def test_a_point_can_be_had_at_any_precision() -> None:
    """Coordinates are fractions until a precision is asked for."""
    point = next(iter(samples(declare("x: real"))))
    assert isinstance(point.values["x"], Fraction)
    few, many = (point.at(context(digits), declare("x: real")) for digits in (15, 60))
    exact = point.values["x"]
    for at, digits in ((few, 15), (many, 60)):
        wanted = context(digits).mpf(exact.numerator) / exact.denominator
        assert at.values["x"] == wanted
