"""Proofs raise "agrees" to "proved", and never the other way."""

import pytest

from compare.proof.proving import DIFFERENT, OUT_OF_REACH, PROVED, proves, rows

ALL = [row for table in PROVED.values() for row in rows(table)]


@pytest.mark.parametrize(("symbols", "left", "right"), ALL)
def test_what_is_proved(symbols: str, left: str, right: str) -> None:
    """In both directions."""
    assert proves(left, right, symbols)
    assert proves(right, left, symbols)


@pytest.mark.parametrize(("symbols", "left", "right"), rows(DIFFERENT))
def test_what_is_false_is_never_proved(symbols: str, left: str, right: str) -> None:
    """Wherever a sign, a factor or a branch differs, or where nothing is known."""
    assert not proves(left, right, symbols)
    assert not proves(right, left, symbols)


@pytest.mark.parametrize(("symbols", "left", "right"), rows(OUT_OF_REACH))
def test_what_is_true_but_out_of_reach(symbols: str, left: str, right: str) -> None:
    """One that can be proved from now on moves to the other table."""
    assert not proves(left, right, symbols)


@pytest.mark.parametrize(
    ("symbols", "left", "right"),
    [
        ("x: real", "9^9^9^9 x", "9^9^9^9 x + x"),
        ("x: real", "factorial(factorial(20)) x", "x"),
        ("x: real", "x^(10^30) x", "x^(10^30 + 1)"),
        ("x: real", "exp(10^30 x)", "exp(x)^(10^30)"),
        ("x: real", " + ".join(f"|x - {n}|" for n in range(1, 30)), "0"),
        ("x: real", " + ".join(f"sqrt(x^2 + x + {n})" for n in range(1, 30)), "0"),
        ("x: real", "(" * 40 + "x" + "+1)^2" * 40, "x"),
        ("x: real", " + ".join(["x"] * 700), "700 x"),
    ],
)
def test_what_is_too_large_is_left_alone(symbols: str, left: str, right: str) -> None:
    """It agrees by numbers, if at all."""
    assert not proves(left, right, symbols)


@pytest.mark.parametrize(
    ("left", "right", "proved"),
    [("h k", "d", True), ("q", "k", True), ("1/sqrt(d/h)", "1/sqrt(k)", True), ("h", "d", False)],
)
def test_relations_that_set_a_symbol_count(left: str, right: str, proved: bool) -> None:
    """Under `q = k = d/h` the product of h and k is d."""
    assert proves(left, right, "d, h, k, q: size", "q = k = d/h, h <= d") is proved


def test_a_circle_of_relations_ends() -> None:
    """Each of two symbols may be set to the other."""
    assert proves("a + b", "2 a", "a, b: size", "a = b, b = a")


def test_anything_equals_itself() -> None:
    """Even what has no place in a field."""
    assert proves("A^T A u", "A^T A u", "A: matrix(n, n), u: vector(n)")
    assert proves("9^9^9^9 x", "9^9^9^9 x", "x: real")
