"""Numbers for trees, checked against Python's own."""

import math
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import known

from autograder.compare.sampling import context
from autograder.language.evaluator.evaluation import Grid, Point, Undefined, evaluate, holds
from autograder.language.parser.grammar import parse

SYMBOLS = "x, y: real, n, d: size, mu, nu: vector(d), A: matrix(d, d)"
MU, NU = [3, -4, 12], [1, 2, -2]
ROWS = [[1, 2, 0], [0, 1, 3], [5, 0, 1]]


def value(text: str, x: float = 2.5, y: float = 0.75, n: int = 4) -> float:
    ctx = context(40)
    grid = Grid(tuple((ctx.mpf(entry),) for entry in MU), vector=True)
    other = Grid(tuple((ctx.mpf(entry),) for entry in NU), vector=True)
    rows = Grid(tuple(tuple(ctx.mpf(entry) for entry in row) for row in ROWS))
    values = {"x": ctx.mpf(x), "y": ctx.mpf(y), "n": ctx.mpf(n), "d": ctx.mpf(3),
              "mu": grid, "nu": other, "A": rows}  # fmt: skip
    point = Point(ctx, values, {"n": n, "d": 3}, known(SYMBOLS))
    return float(evaluate(parse(text, known(SYMBOLS)), point))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("d^-1/2", 3**-1 / 2),
        ("1/2d", 1 / 2 * 3),
        ("-x^2", -(2.5**2)),
        ("2^3^2", 512.0),
        ("n!", 24.0),
        ("|y - x|", 1.75),
        ("log_2(8)", 3.0),
        ("ln(e^2)", 2.0),
        ("log_{10}(100)", 2.0),
        ("\\sqrt[3]{-8}", -2.0),
        ("cbrt(27)", 3.0),
        ("sin(pi/6)", 0.5),
        ("floor(x) + ceil(x)", 5.0),
        ("max(x, y, 2) - min(x, y)", 1.75),
        ("relu(-x) + relu(x)", 2.5),
        ("sigmoid(x)", 1 / (1 + math.exp(-2.5))),
        ("softplus(x)", math.log1p(math.exp(2.5))),
        ("sign(-y)", -1.0),
        ("binomial(n, 2)", 6.0),
        ("erf(y)", math.erf(0.75)),
        ("gamma(n + 1)", 24.0),
        ("atan2(x, y)", math.atan2(2.5, 0.75)),
        ("sin^-1(y)", math.asin(0.75)),
        ("\\begin{cases} x & x > 1 \\\\ 0 & x \\le 1 \\end{cases}", 2.5),
        ("sum_{k=1}^n k^2", 30.0),
        ("prod_{k=1}^n k", 24.0),
        ("sum_{k=3}^n k", 7.0),
    ],
)
def test_scalars(text: str, expected: float) -> None:
    """Precedence and functions come out as documented."""
    assert value(text) == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mu^T mu", 169),
        ("||mu||", 13),
        ("||mu||_1", 19),
        ("||mu||_inf", 12),
        ("mu @ nu", 3 - 8 - 24),
        ("mu . nu", 3 - 8 - 24),
        ("sum(mu * nu)", 3 - 8 - 24),
        ("sum_i mu_i nu_i", 3 - 8 - 24),
        ("sum(m*k for m, k in zip(mu, nu))", 3 - 8 - 24),
        ("trace(mu nu^T)", 3 - 8 - 24),
        ("sum(mu**2)", 169),
        ("sum_i (mu_i + 1)", 14),
        ("mu_1", 3),
        ("mu_1^2 + mu_2^2 + ... + mu_d^2", 169),
        ("sum(mu[i]**2 for i in range(d))", 169),
        ("sum(mu[i] for i in range(1, d))", 8),
        ("sum_{i<j} mu_i mu_j", -12 + 36 - 48),
        ("sum_{i<=j} mu_i mu_j", -12 + 36 - 48 + 169),
        ("(sum_i mu_i)^2", 121),
        ("max(mu)", 12),
        ("len(mu)", 3),
        ("nu^T A nu", 1 + 4 + (4 - 12) + (4 - 10)),
        ("nu^T A^T nu", 1 + 4 + (4 - 12) + (4 - 10)),
        ("trace(A)", 3),
        ("trace(A^2)", 3),
        ("A_{2,3}", 3),
        ("sum_i sum_j A_{i,j}", 13),
        ("||A||^2", 1 + 4 + 1 + 9 + 25 + 1),
    ],
)
def test_vectors_and_matrices(text: str, expected: int) -> None:
    """Every way to write an inner product has its value."""
    assert value(text) == expected


@pytest.mark.parametrize(
    "text",
    ["1/(x - x)", "log(0)", "0^-1", "mu_4", "mu_0", "sum_{k=1}^x k", "binomial(1/0, 2)", "A^0.5"],
)
def test_what_has_no_value(text: str) -> None:
    """Poles, wrong indices and broken limits are not numbers."""
    with pytest.raises(Undefined):
        value(text)


@pytest.mark.parametrize(
    ("text", "true"),
    [("x > 1", True), ("x < 1", False), ("1 < x < 2", False), ("x = 2.5", True), ("x != y", True),
     ("x >= 2.5", True), ("x <= 2.49", False)],
)  # fmt: skip
def test_relations_hold_or_do_not(text: str, true: bool) -> None:
    """A chain holds when all of its links do."""
    ctx = context(40)
    point = Point(ctx, {"x": ctx.mpf(2.5), "y": ctx.mpf(1)}, {}, known(SYMBOLS))
    assert holds(parse(text, known(SYMBOLS), relation=True), point) is true


Formula = tuple[str, Callable[[float, float], float]]
LEAVES: list[Formula] = [
    ("x", lambda x, y: x),
    ("y", lambda x, y: y),
    ("2", lambda x, y: 2.0),
    ("0.5", lambda x, y: 0.5),
    ("3", lambda x, y: 3.0),
]


def larger(smaller: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
    def joined(sign: str, left: Formula, right: Formula) -> Formula:
        (a, f), (b, g) = left, right
        compute: dict[str, Callable[[float, float], float]] = {
            "+": lambda x, y: f(x, y) + g(x, y),
            "-": lambda x, y: f(x, y) - g(x, y),
            "*": lambda x, y: f(x, y) * g(x, y),
            " ": lambda x, y: f(x, y) * g(x, y),
            "/": lambda x, y: f(x, y) / g(x, y),
        }
        return f"({a}){sign}({b})", compute[sign]

    def called(name: str, inside: Formula) -> Formula:
        function: Callable[[float], float] = getattr(math, name)
        return f"{name}({inside[0]})", lambda x, y: function(inside[1](x, y))

    return st.one_of(
        st.builds(joined, st.sampled_from(["+", "-", "*", " ", "/"]), smaller, smaller),
        st.builds(called, st.sampled_from(["sqrt", "exp", "log", "sin", "tanh"]), smaller),
    )


@settings(max_examples=200)
@given(st.recursive(st.sampled_from(LEAVES), larger, max_leaves=6))
def test_random_formulas_have_the_value_that_python_gives_them(formula: Formula) -> None:
    """Reading and evaluating agree with floating point wherever rounding leaves that its digits."""
    text, compute = formula
    try:
        expected, nearby = compute(2.5, 0.75), compute(2.5 + 1e-12, 0.75 + 1e-12)
    except (ArithmeticError, ValueError):
        return
    if 1e-6 < abs(expected) < 1e6 and nearby == pytest.approx(expected, rel=1e-7):
        assert value(text) == pytest.approx(expected, rel=1e-6)
