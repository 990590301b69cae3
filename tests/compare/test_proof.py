"""Algebra raises "agrees" to "proved", within bounds, and never the other way."""

import pytest

from autograder.compare.proof import proves_equal
from autograder.language.grammar import parse
from compare.deciding import vocabulary


def proves(left: str, right: str, symbols: str) -> bool:
    known = vocabulary(symbols)
    return proves_equal(parse(left, known), parse(right, known), known)


@pytest.mark.parametrize(
    ("left", "right", "symbols"),
    [
        ("(x + y)^3", "x^3 + 3x^2 y + 3x y^2 + y^3", "x, y: real"),
        ("(x^2 - 1)/(x - 1)", "x + 1", "x: real"),
        ("1/x + 1/y", "(x + y)/(x y)", "x, y: real"),
        ("sqrt(x)^2", "x", "x: positive"),
        ("(x^2)^(1/2)", "x", "x: positive"),
        ("sqrt(8) x", "2 sqrt(2) x", "x: real"),
        ("log(x^3 y)", "3 log(x) + log(y)", "x, y: positive"),
        ("exp(x + y)", "e^x e^y", "x, y: real"),
        ("2^(x + 1)", "2 2^x", "x: real"),
        ("0.1 + 0.2", "0.3", "x: real"),
        ("mu^T nu", "nu^T mu", "mu, nu: vector(d)"),
        ("dot(mu, nu)", "sum_i mu_i nu_i", "mu, nu: vector(d)"),
        ("||mu||^2", "mu_1^2 + ... + mu_d^2", "mu: vector(d)"),
        ("sum_i (mu_i + 1)^2", "mu^T mu + 2 sum(mu) + d", "mu: vector(d)"),
        ("sum_i c mu_i^2", "c mu^T mu", "mu: vector(d), c: real"),
        ("sum_i 1", "d", "mu: vector(d)"),
        ("trace(mu nu^T)", "mu @ nu", "mu, nu: vector(d)"),
    ],
)
def test_what_algebra_proves(left: str, right: str, symbols: str) -> None:
    """In both directions."""
    assert proves(left, right, symbols)
    assert proves(right, left, symbols)


@pytest.mark.parametrize(
    ("left", "right", "symbols"),
    [
        ("sqrt(x^2)", "x", "x: real"),
        ("log(x^2)", "2 log(x)", "x: real"),
        ("(x y)^0.5", "x^0.5 y^0.5", "x, y: real"),
        ("0.1 + 0.2", "0.30000000000000004", "x: real"),
        ("x", "y", "x, y: real"),
        ("mu^T nu", "mu^T mu", "mu, nu: vector(d)"),
        ("sum_i mu_i^2", "(sum_i mu_i)^2", "mu: vector(d)"),
        ("sum_{i=2}^d mu_i", "sum_i mu_i", "mu: vector(d)"),
        ("sum_i mu_i nu_i", "sum(mu) sum(nu)", "mu, nu: vector(d)"),
        ("prod_i mu_i", "sum_i mu_i", "mu: vector(d)"),
        ("mu_1", "mu_2", "mu: vector(d)"),
        ("f(x)", "f(y)", "f: real -> real, x, y: real"),
    ],
)
def test_what_is_false_or_not_always_true_is_not_proved(
    left: str, right: str, symbols: str
) -> None:
    """A proof means equal at every point of the domain."""
    assert not proves(left, right, symbols)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("(x - y)^6000", "(y - x)^6000"),
        ("(x + y + 1)^12 (x - y)^12", "(x - y)^12 (1 + x + y)^12"),
        ("x^(10^9)", "x^(10^9)"),
        ("9^9^9^9 x", "9^9^9^9 x"),
        ("factorial(factorial(20)) x", "factorial(factorial(20)) x"),
        (" + ".join(["x"] * 200), "200 x"),
    ],
)
def test_what_is_too_large_is_left_alone(left: str, right: str) -> None:
    """It agrees by numbers, if at all; algebra is never let loose on it."""
    assert not proves(left, right, "x, y: real")
