"""Bars, angles, roots, fractions and environments."""

from fractions import Fraction

import pytest
from reading import known, refusal, tree

from autograder.language.statements import statement
from autograder.language.tree import Call, Cases, Constant, Matrix, Number, Power, Symbol

MU, X = Symbol("mu"), Symbol("x")
ONE, TWO, THREE = (Number(Fraction(n)) for n in (1, 2, 3))


@pytest.mark.parametrize(
    ("text", "degree"),
    [
        ("||mu||_3^2", THREE),
        ("||mu||_{3}^{2}", THREE),
        ("||mu||^2_{3}", THREE),
        ("‖μ‖₃²", THREE),
        ("\\|\\mu\\|_\\infty^2", Constant("inf")),
        ("|mu|_1^2", ONE),
    ],
)
def test_a_norm_takes_its_degree_before_or_behind_the_power(text: str, degree: Number) -> None:
    """`||mu||_3^2` and `||mu||^2_{3}` are the same square of the same norm."""
    assert tree(text) == Power(Call("norm", (MU, degree)), TWO)


@pytest.mark.parametrize("text", ["||mu||_2^2", "||mu||^2_{2}", "||mu||_F^2", "‖μ‖₂²", "||mu||^2"])
def test_two_is_the_degree_that_need_not_be_said(text: str) -> None:
    """The Euclidean norm has one tree."""
    assert tree(text) == Power(Call("norm", (MU,)), TWO)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("|x|", "abs(x)"),
        ("|-x|", "abs(-x)"),
        ("|x||y|", "abs(x) abs(y)"),
        ("|x + |y||", "abs(x + abs(y))"),
        ("| |x| - |y| |", "abs(abs(x) - abs(y))"),
        ("\\left|\\left|x\\right| - y\\right|", "abs(abs(x) - y)"),
        ("|mu|", "norm(mu)"),
        ("|mu - nu|^2", "norm(mu - nu)^2"),
        ("||mu|| ||nu||", "norm(mu) norm(nu)"),
        ("||mu||||nu||", "norm(mu) norm(nu)"),
        ("||mu|| + ||nu||", "norm(mu) + norm(nu)"),
        ("|mu_1|", "abs(mu_1)"),
        ("|d|", "abs(d)"),
    ],
)
def test_bars_are_a_norm_of_vectors_and_a_size_of_numbers(text: str, meant: str) -> None:
    """What stands between them decides, and they may stand in one another."""
    assert tree(text) == tree(meant)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("<mu, nu>", "dot(mu, nu)"),
        ("<mu + nu, nu>", "dot(mu + nu, nu)"),
        ("<mu,nu>^2", "dot(mu, nu)^2"),
        ("<mu, nu> + <nu, mu>", "dot(mu, nu) + dot(nu, mu)"),
        ("2\\langle\\mu,\\nu\\rangle x", "2 dot(mu, nu) x"),
        ("⟨μ, ⟨μ, ν⟩ ν⟩", "dot(mu, dot(mu, nu) nu)"),
    ],
)
def test_angles_are_an_inner_product(text: str, meant: str) -> None:
    """In ASCII, LaTeX and Unicode."""
    assert tree(text) == tree(meant)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("\\frac{x}{y}^2", "(x/y)^2"),
        ("\\frac{\\frac12}{3}", "(1/2)/3"),
        ("\\frac12x", "(1/2) x"),
        ("\\frac1x", "1/x"),
        ("x \\over y", "x/y"),
        ("{x \\over y} z", "(x/y) z"),
        ("\\sqrt[n]{x}", "root(x, n)"),
        ("\\sqrt[3]{x}^2", "root(x, 3)^2"),
        ("\\sqrt2x", "sqrt(2) x"),
        ("\\binom{n}{2}x", "binomial(n, 2) x"),
        ("[x + 1] {y}", "(x + 1) (y)"),
    ],
)
def test_fractions_and_roots(text: str, meant: str) -> None:
    """LaTeX arguments end where LaTeX ends them."""
    assert tree(text) == tree(meant)


@pytest.mark.parametrize("name", ["matrix", "bmatrix", "pmatrix", "smallmatrix"])
def test_a_matrix_has_rows(name: str) -> None:
    """Entries stand between `&`, rows between double backslashes."""
    text = f"\\begin{{{name}}} 1 & x \\\\ 0 & 1 \\end{{{name}}}"
    assert tree(text) == Matrix(((ONE, X), (tree("0"), ONE)))


def test_a_matrix_between_bars_is_its_determinant() -> None:
    """As `vmatrix` sets it, and as bars around a matrix do."""
    matrix = "\\begin{matrix} 1 & x \\\\ 0 & 1 \\end{matrix}"
    meant = Call("det", (Matrix(((ONE, X), (tree("0"), ONE))),))
    assert tree(matrix.replace("matrix", "vmatrix")) == meant
    assert tree(f"|{matrix}|") == meant


def test_a_row_of_nothing_at_the_end_is_no_row() -> None:
    """Many type a double backslash behind the last row too."""
    text = "\\begin{bmatrix} 1 \\\\ x \\\\ \\end{bmatrix}"
    assert tree(text) == Matrix(((ONE,), (X,)))


def test_a_function_may_be_given_by_cases() -> None:
    """Each piece has its condition; the last may do without."""
    text = "\\begin{cases} x & x > 0 \\\\ 0 \\end{cases}"
    found = tree(text)
    assert isinstance(found, Cases)
    assert [value for value, _ in found.pieces] == [X, tree("0")]
    assert [condition is None for _, condition in found.pieces] == [False, True]


@pytest.mark.parametrize(
    "text",
    [
        "\\begin{cases} x & x > 0 \\\\ 0 & \\text{otherwise} \\end{cases}",
        "\\begin{cases} x, & \\text{if } x > 0 \\\\ 0, & \\text{else} \\end{cases}",
        "{x if x > 0, 0 otherwise}",
    ],
)
def test_words_between_the_pieces(text: str) -> None:
    """They are how people write it; the clause of an answer does not start there."""
    assert statement.read(text, known()).claims == (tree("{x if x > 0; 0 otherwise}"),)
    assert tree(text) == tree("\\begin{cases} x & x > 0 \\\\ 0 \\end{cases}")


def test_environments_that_only_set_lines_mean_nothing() -> None:
    """`align` and its like hold the answer as it would stand without them."""
    assert tree("\\begin{equation} x + 1 \\end{equation}") == tree("x + 1")
    assert tree("\\begin{aligned} x &+ 1 \\end{aligned}") == tree("x + 1")


@pytest.mark.parametrize(
    ("text", "bracket"),
    [
        ("(x", "("),
        ("x + [y", "["),
        ("\\frac{1}{x", "{"),
        ("|x", "|"),
        ("||mu", "||"),
        ("||mu|", "||"),
        ("\\left(x", "("),
        ("[x)", "["),
    ],
)
def test_what_is_never_closed_is_named(text: str, bracket: str) -> None:
    """The message says which bracket it is."""
    error = refusal(text)
    assert (error.code, error.data["bracket"]) == ("not_closed", bracket)
