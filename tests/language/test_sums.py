"""Sums over an index, loops in Python, and sums that go on."""

import pytest
from reading import SYMBOLS, known, refusal, tree

from autograder.compare.sampling import context
from autograder.language.evaluator.evaluation import evaluate
from autograder.language.evaluator.values import Point
from autograder.language.printer.echo import echo
from autograder.language.tree import Call, Number, Sum, Symbol


@pytest.mark.parametrize(
    "text",
    [
        "sum(mu[i]**2 for i in range(d))",
        "sum(mu[i]**2 for i in range(0, d))",
        "sum([mu[i]**2 for i in range(d)])",
        "np.sum([mu[i]**2 for i in range(d)])",
        "sum((mu[i]**2) for i in range(d))",
    ],
)
def test_a_loop_over_a_range_takes_every_entry(text: str) -> None:
    """Python counts entries from 0; the sum is the one that mathematics counts from 1."""
    assert tree(text) == tree("sum_{i=1}^d mu_i^2")


def test_a_range_from_one_leaves_out_the_first_entry() -> None:
    """Entry 1 of Python is entry 2 of mathematics."""
    assert tree("sum(mu[i] for i in range(1, d))") == tree("sum_{i=2}^d mu_i")


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("sum(m**2 for m in mu)", "sum(x**2 for x in mu)"),
        ("sum([m**2 for m in mu])", "sum(m**2 for m in mu)"),
        ("sum(m*k for m, k in zip(mu, nu))", "sum(a*b for a, b in zip(mu, nu))"),
        ("sum(m*k for m, k in zip(mu, mu))", "sum(m*m for m in mu)"),
    ],
)
def test_a_loop_over_entries_needs_no_index(text: str, other: str) -> None:
    """The names of the running entries are free."""
    assert tree(text) == tree(other)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("sum(m**2 for m in mu) / d", "(sum(m**2 for m in mu))/d"),
        ("2 * sum(m for m in mu) + x", "2*(sum(m for m in mu)) + x"),
        ("sum(mu_i^2, i=1..d) x", "(sum_{i=1}^d mu_i^2) x"),
        ("sum(mu_i) x", "(sum_i mu_i) x"),
    ],
)
def test_a_called_sum_ends_with_its_bracket(text: str, meant: str) -> None:
    """What follows the bracket is no part of the sum."""
    assert tree(text) == tree(meant)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("sum_i mu_i nu_i", "sum_{i} (mu_i nu_i)"),
        ("sum mu_i nu_i", "sum_i mu_i nu_i"),
        ("sum_imu_i", "sum_i mu_i"),
        ("sum_{i,j} mu_i nu_j", "sum_i sum_j mu_i nu_j"),
        ("sum_{i=1,j=1}^d mu_i nu_j", "sum_{i=1}^d sum_{j=1}^d mu_i nu_j"),
        ("sum of mu_i^2", "sum_i mu_i^2"),
        ("product_{i=1}^d mu_i", "prod_{i=1}^d mu_i"),
    ],
)
def test_what_a_sum_runs_over(text: str, meant: str) -> None:
    """One index or several, named or plain from the body."""
    assert tree(text) == tree(meant)


def test_a_strict_pair_starts_the_second_index_behind_the_first() -> None:
    """`i<j` is each pair once, `i<=j` the diagonal too."""
    strict, loose = tree("sum_{i<j} mu_i mu_j"), tree("sum_{i<=j} mu_i mu_j")
    assert isinstance(strict, Sum) and isinstance(strict.body, Sum)
    assert strict.body.lower == tree("i + 1", "i: real")
    assert isinstance(loose, Sum) and isinstance(loose.body, Sum)
    assert loose.body.lower == Symbol("i")


def test_a_vector_without_an_index_is_summed_over_its_entries() -> None:
    """`sum mu^2` is what `sum(mu**2)` is in Python."""
    assert tree("sum mu^2") == Call("sum", (tree("mu^2"),))
    assert tree("(mu**2).sum()") == tree("sum(mu**2)")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("mu_1^2 + mu_2^2 + ... + mu_d^2", "mu_1^2 + ... + mu_d^2"),
        ("\\mu_1^2 + \\dots + \\mu_d^2", "mu_1^2 + ... + mu_d^2"),
        ("μ₁² + μ₂² + … + μ_d²", "mu_1^2 + ... + mu_d^2"),
        ("mu_1 + mu_2 + mu_3 + \\cdots + mu_d", "mu_1 + ... + mu_d"),
        ("x + mu_1 + ... + mu_d", "x + (mu_1 + ... + mu_d)"),
        ("mu_1 + ... + mu_d - x", "(mu_1 + ... + mu_d) - x"),
    ],
)
def test_dots_go_on_as_they_began(text: str, meant: str) -> None:
    """One, two or three terms before the dots say the same."""
    assert tree(text) == tree(meant)


@pytest.mark.parametrize(
    ("text", "term", "lower"),
    [
        ("1 + 2 + ... + n", "k", 1),
        ("1 + 2 + 3 + \\cdots + n", "k", 1),
        ("1 + ... + n", "k", 1),
        ("n + (n-1) + ... + 1", "k", 1),
        ("n + (n-1) + ... + 2 + 1", "k", 1),
        ("1^2 + 2^2 + ... + n^2", "k^2", 1),
        ("1 + 4 + 9 + ... + n^2", "k^2", 1),
        ("2 + 4 + 6 + ... + 2n", "2k", 1),
        ("1 + 3 + 5 + ... + (2n-1)", "2k - 1", 1),
        ("1 + 1/2 + 1/3 + ... + 1/n", "1/k", 1),
        ("1 - 1/2 + 1/3 - ... + (-1)^(n+1)/n", "(-1)^(k+1)/k", 1),
        ("1 + x + x^2 + ... + x^n", "x^k", 0),
        ("x + x^2 + ... + x^n", "x^k", 1),
        ("1 + 2 + 4 + ... + 2^n", "2^k", 0),
        ("1*2*...*n", "k", 1),
        ("1 \\cdot 2 \\cdots n", "k", 1),
        ("n(n-1)(n-2)...1", "k", 1),
    ],
)
def test_the_general_term_follows_from_the_terms_that_are_shown(
    text: str, term: str, lower: int
) -> None:
    """Whether they are numbers, powers or quotients, upwards or downwards."""
    found = tree(text)
    assert isinstance(found, Sum) and isinstance(found.lower, Number)
    assert (found.upper, found.lower.value, found.product) == (Symbol("n"), lower, "+" not in text)
    symbols = SYMBOLS + ", k: real"
    spelt = echo(found.body).replace("_k", "k")
    assert tree(spelt, symbols) == tree(term, symbols)


@pytest.mark.parametrize(
    "text",
    [
        "1 + 3 + ... + n",
        "1 + 2 + ... + 2^n",
        "1*3*...*n",
        "x + y + ... + z",
        "1 + ... + n + ... + d",
    ],
)
def test_dots_that_go_on_in_no_way_or_in_two(text: str) -> None:
    """`1 + 2 + ... + 2^n` may be all numbers or the powers of two."""
    assert refusal(text).code == "dots"


@pytest.mark.parametrize(
    "text",
    [
        "sum(k^2, k=1..n)",
        "sum(k^2, (k, 1, n))",
        "sum(k**2, k, 1, n)",
        "summation(k^2, (k, 1, n))",
        "Sum(k**2, {k, 1, n})",
        "sum_{k=1,...,n} k^2",
        "sum_{k=1,2,...,n} k^2",
        "sum(k**2 for k in range(1, n+1))",
    ],
)
def test_limits_as_programs_write_them(text: str) -> None:
    """The index may stand behind what is summed."""
    point = Point(context(30), {"n": 4}, {"n": 4}, known())
    assert evaluate(tree(text), point) == 30


def test_dots_end_at_the_last_term() -> None:
    """A sum to `n` is not the sum to `d`."""
    to_d, to_n = tree("mu_1 + ... + mu_d"), tree("mu_1 + ... + mu_n")
    assert isinstance(to_d, Sum) and isinstance(to_n, Sum)
    assert (to_d.upper, to_n.upper) == (Symbol("d"), Symbol("n"))


@pytest.mark.parametrize(
    "text",
    [
        "mu_1 + ... + nu_d",
        "mu_1 + mu_3 + ... + mu_d",
        "mu_1 + ...",
        "mu_1 + ... + mu_5",
        "mu_1 + ... + ... + mu_d",
        "x + ... + x",
    ],
)
def test_dots_that_do_not_say_how_they_go_on(text: str) -> None:
    """Nothing is guessed."""
    assert refusal(text).code == "dots"


@pytest.mark.parametrize(
    "text",
    [
        "sum x",
        "sum(x)",
        "sum_{} mu_i",
        "sum_{1} mu_i",
        "sum_+ mu_i",
        r"sum_\left\langle i\rangle mu_i",
    ],
)
def test_a_sum_of_numbers_needs_an_index(text: str) -> None:
    """Without one, nothing says how many terms there are."""
    assert refusal(text).code == "no_index"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("sum_{k=1}^n 1/k", "sum_{k=1}^n (1/k)"),
        ("sum_{k=1}^n x^k/k! + 1", "(sum_{k=1}^n (x^k/k!)) + 1"),
        ("sum_{k=1}^n 1/(k (k + 1))", "sum_{k=1}^n (1/(k (k + 1)))"),
        ("sum_{k=1}^n x/sqrt(k) y", "sum_{k=1}^n ((x/sqrt(k)) y)"),
        ("sum_{k=1}^n k/n", "(sum_{k=1}^n k)/n"),
        ("sum_j mu_j/sum_j nu_j", "(sum_j mu_j)/(sum_j nu_j)"),
    ],
)
def test_a_divisor_with_the_index_is_part_of_the_sum(text: str, meant: str) -> None:
    """Outside the sum its index would be nothing."""
    assert tree(text) == tree(meant)


@pytest.mark.parametrize(
    "text", ["sum_{k=n+1}^{2n} k", "\\sum_{k=n+1}^{2n} k", "sum_{k=(n+1)}^(2n) k"]
)
def test_a_lower_limit_is_any_formula(text: str) -> None:
    """With or without brackets of its own."""
    found = tree(text)
    assert isinstance(found, Sum) and found.lower == tree("n + 1")
