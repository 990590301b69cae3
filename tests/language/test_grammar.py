"""Which sign binds what, as the grammar's documentation has it."""

import pytest
from reading import refusal, said, tree

from autograder.language.parser.grammar import parse
from autograder.language.tree import All, Relation, Symbol
from autograder.language.vocabulary import declare

POWERS = [
    ("d^-1/2", "(d^-1)/2"),
    ("-x^2", "-(x^2)"),
    ("-x^-2", "-(x^(-2))"),
    ("2^3^2", "2^(3^2)"),
    ("2**3**2", "2^(3^2)"),
    ("2^-x", "2^(-x)"),
    ("x^-y^z", "x^(-(y^z))"),
    ("2x^2y", "2 (x^2) y"),
    ("x^2y", "(x^2) y"),
    ("x^10y", "(x^10) y"),
    ("x^{y}z", "(x^y) z"),
    ("2^nd", "(2^n) d"),
    ("x y^2", "x (y^2)"),
    ("x!^2", "(x!)^2"),
    ("x^n!", "x^(n!)"),
    ("2x!", "2 (x!)"),
    ("-x!", "-(x!)"),
    ("mu^T nu^2", "(mu^T) (nu^2)"),
    ("N 3^x", "N (3^x)"),
]
PRODUCTS = [
    ("1/2d", "(1/2) d"),
    ("1/2 d", "(1/2) d"),
    ("x/y z", "(x/y) z"),
    ("x/y*z", "(x/y)*z"),
    ("x/y/z", "(x/y)/z"),
    ("\\frac12x", "(1/2) x"),
    ("½x", "0.5 x"),
    ("x//y*z", "floor(x/y)*z"),
    ("x*-y", "x*(-y)"),
    ("x/-y", "x/(-y)"),
    ("-x y", "(-x) y"),
    ("x - y z", "x - (y z)"),
    ("x - -y", "x - (-y)"),
    ("--x", "x"),
    ("-+-+x", "x"),
    ("+x", "x"),
    ("x(y+1)", "x (y+1)"),
    ("(x+1)(y+1)", "(x+1) (y+1)"),
]
FUNCTIONS = [
    ("sqrt x y", "sqrt(x) y"),
    ("√2x", "sqrt(2) x"),
    ("√x/y", "sqrt(x)/y"),
    ("log x y", "log(x) y"),
    ("log xy", "log(x y)"),
    ("log 2x", "log(2x)"),
    ("log 2 x", "log(2) x"),
    ("log x^2", "log(x^2)"),
    ("log(x)^2", "(log(x))^2"),
    ("sin x cos y", "sin(x) cos(y)"),
    ("sin x/y", "sin(x)/y"),
    ("sin x + y", "sin(x) + y"),
    ("2sin x", "2 (sin(x))"),
    ("nlog n", "n log(n)"),
    ("exp(x) y", "(exp(x)) y"),
    ("exp(x)(y)", "(exp(x)) y"),
    ("max(x,y)z", "max(x, y) z"),
    ("|x|y|z|", "(|x|) y (|z|)"),
    ("2|x|", "2 (|x|)"),
    ("|x + |y||", "|x + abs(y)|"),
    ("||mu||||nu||", "(||mu||) (||nu||)"),
    ("||mu|| - 1", "(||mu||) - 1"),
]
SUMS = [
    ("sum_i mu_i + x", "(sum_i mu_i) + x"),
    ("sum_i mu_i - 1", "(sum_i mu_i) - 1"),
    ("sum_i mu_i / x", "(sum_i mu_i)/x"),
    ("sum_i mu_i nu_i", "sum_i (mu_i nu_i)"),
    ("sum_i mu_i * nu_i^2", "sum_i (mu_i*(nu_i^2))"),
    ("2 sum_i mu_i x", "2 (sum_i (mu_i x))"),
    ("sum_i sum_j mu_i nu_j", "sum_i (sum_j (mu_i nu_j))"),
    ("x sum_i mu_i / d", "(x (sum_i mu_i))/d"),
    ("sum_i -mu_i", "sum_i (-mu_i)"),
    ("sum_{i,j} mu_i nu_j", "sum_i sum_j mu_i nu_j"),
]


@pytest.mark.parametrize(("typed", "meant"), POWERS + PRODUCTS + FUNCTIONS + SUMS)
def test_precedence(typed: str, meant: str) -> None:
    """Brackets change nothing where they only say what is documented anyway."""
    assert tree(typed) == tree(meant)


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("d^-1/2", "d^(-1/2)"),
        ("1/2d", "1/(2d)"),
        ("-x^2", "(-x)^2"),
        ("2^3^2", "(2^3)^2"),
        ("x/y z", "x/(y z)"),
        ("sum_i mu_i + x", "sum_i (mu_i + x)"),
        ("sum_i mu_i / x", "sum_i (mu_i / x)"),
        ("log x y", "log(x y)"),
        ("√x/y", "√(x/y)"),
    ],
)
def test_brackets_matter_where_they_say_something_else(typed: str, other: str) -> None:
    """What precedence decides is not left open."""
    assert tree(typed) != tree(other)


@pytest.mark.parametrize("text", ["x 2", "(x) 2", "x²3", "2 3", "x½", "mu_1 2"])
def test_a_number_behind_a_factor_is_a_lost_sign(text: str) -> None:
    """`x 2` may have been x^2 or 2x, so it is asked back."""
    assert refusal(text).code == "missing_operator"


def test_declared_letters_win_over_constants() -> None:
    """`e` and `i` are constants only where the question has no such symbol."""
    assert tree("e i") != tree("e i", "e, i: real")
    assert tree("e", "e: real") == Symbol("e")


def test_a_chain_of_relations_is_all_of_its_links() -> None:
    """`0 < x <= 1` says two things."""
    chain = parse("0 < x <= 1", declare("x: real"), relation=True)
    assert isinstance(chain, All)
    links = [
        (link.sign, link.left, link.right) for link in chain.parts if isinstance(link, Relation)
    ]
    x = Symbol("x")
    assert links == [("<", tree("0"), x), ("<=", x, tree("1"))]


@pytest.mark.parametrize(
    ("typed", "echoed"),
    [
        ("d^-1/2", "d^(-1)/2"),
        ("1/2d", "1/2 d"),
        ("\\frac{1}{2d}", "1/(2 d)"),
        ("bnd", "b n d"),
        ("ln x", "log(x)"),
    ],
)
def test_the_reading_is_echoed(typed: str, echoed: str) -> None:
    """A student sees what precedence made of the answer."""
    assert said(typed) == [echoed]
