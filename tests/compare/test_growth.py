"""Orders of growth: pairs with their codes, witness curves, facts for words, limits."""

import subprocess
import sys
import time
from fractions import Fraction

import pytest

from autograder.compare.growth import (
    GrowthDecision,
    SideCondition,
    decide_growth,
    growth_key,
    normal_form,
)
from autograder.language.parser.grammar import parse
from autograder.language.tree import Power, Symbol, Tree
from autograder.language.vocabulary import declare

PAIRS = [
    # answer, key, sizes, conditions, code
    # costs of attention
    ("b d (d+n)", "b d^2 + b n d", "b d n h", "h<=d", "right"),
    ("b d max(d,n)", "b d^2 + b n d", "b d n h", "h<=d", "right"),
    ("b d^2 + b n h k", "b d^2 + b n d", "b d n h k", "k=d/h", "right"),
    ("b d^2 + b h n + b n d", "b d^2 + b n d", "b d n h", "h<=d", "right"),
    ("b d^2 + b h n + b n d", "b d^2 + b n d", "b d n h", "", "too_big"),
    ("b n d/h", "b d^2 + b n d", "b d n h", "h<=d", "too_small"),
    ("b d^2 + b n d/h", "b d^2 + b n d", "b d n h", "h<=d", "too_small"),
    ("b d min(d, n)", "b d^2 + b n d", "b d n h", "h<=d", "too_small"),
    ("d^2 + b d + b n d/h + b n", "d^2 + b d + b n k", "b d n h k", "k=d/h", "right"),
    ("d^2 + b d + b n d/h + b n h", "d^2 + b d + b n d/h", "b d n h k", "k=d/h", "too_big"),
    ("d^2 + b d + b n d/h + b n h", "d^2 + b d + b n d/h", "b d n h", "h^2<=d", "right"),
    ("d^2 + b d + b n h", "d^2 + b d + b n d/h", "b d n h", "h<=d", "incomparable"),
    ("d^2 + b n d/h", "d^2 + b d + b n d/h", "b d n h", "h<=d", "too_small"),
    ("B T^2 d + B T d^2", "B T d max(T, d)", "B T d", "", "right"),
    ("N^2 sqrt(D M)", "N^2 max(D, M)", "N D M", "", "too_small"),
    ("N^2 D", "N D M", "N D M", "M~D", "incomparable"),
    ("N D^2 + D^3", "D^2 max(N, M)", "N D M", "M~D", "right"),
    ("N log N D^3", "N D^3", "N D M", "M~D", "too_big"),
    # several sizes
    ("n^3+m^3", "n^3+m^3+n^2 m^2", "n m", "", "too_small"),
    ("n^2+m^2", "n^2+m^2+n m", "n m", "", "right"),
    ("(n+m)^2", "n^2+m^2", "n m", "", "right"),
    ("min(n,m)", "n m/(n+m)", "n m", "", "right"),
    ("1/(1/n+1/m)", "min(n,m)", "n m", "", "right"),
    ("max(n,m)+min(n,m)", "n+m", "n m", "", "right"),
    ("sqrt(n m)", "n+m", "n m", "", "too_small"),
    ("sqrt(n m)", "min(n,m)", "n m", "", "too_big"),
    ("sqrt(n^2+m^2)", "n + m", "n m", "", "right"),
    ("n m", "n+m", "n m", "", "too_big"),
    ("n/m + m", "sqrt(n)", "n m", "", "too_big"),
    ("n + 1", "n", "n", "", "right"),
    ("n m + m", "n m", "n m", "", "right"),
    # graphs
    ("V^2", "V + E", "E V", "E<=V^2", "too_big"),
    ("E", "V^3", "E V", "E<=V^2", "too_small"),
    ("E log V", "E log E", "E V", "E<=V^2", "too_big"),
    ("E log V", "E log E", "E V", "E<=V^2, V<=E", "right"),
    ("(V+E) log V", "V log V + E log V", "E V", "E<=V^2", "right"),
    ("E + V log V", "E log V", "E V", "E<=V^2, V<=E", "too_small"),
    # logarithms
    ("log(n+m)", "log n + log m", "n m", "", "right"),
    ("(n+m) log(n+m)", "n log n + m log m", "n m", "", "right"),
    ("(n+m) log(n m)", "(n+m) log(n+m)", "n m", "", "right"),
    ("n log m", "n log n", "n m", "m<=n^3, n<=m^2", "right"),
    ("n log m", "n log n", "n m", "m<=n^3", "too_small"),
    ("n^2 + n m log m", "n^2 + m^2", "n m", "", "incomparable"),
    ("log(n)^2", "log(n^2)", "n", "", "too_big"),
    ("n log log n", "n log n", "n", "", "too_small"),
    ("log(n)/log(2)", "log n", "n", "", "right"),
    ("n^(log(7,2))", "n^2.81", "n", "", "too_small"),
    ("n^(log(7,2))", "n^2.8", "n", "", "too_big"),
    ("n^(log(8)/log(2))", "n^3", "n", "", "right"),
    ("n^1.5", "n sqrt(n)", "n", "", "right"),
    ("n^(1/log(n))", "1", "n", "", "right"),
    ("sqrt(n m) log(n)^1.2", "n log(n)^2 + m", "n m", "", "incomparable"),
    ("n log(n)^2 + m + sqrt(n m) log n", "n log(n)^2 + m", "n m", "", "right"),
    # exponentials and factorials
    ("2^n", "n^100", "n", "", "too_big"),
    ("2^(2 n)", "4^n", "n", "", "right"),
    ("2^n", "3^n", "n", "", "too_small"),
    ("6^n", "4^n + 9^n", "n", "", "too_small"),
    ("2^(n+m)", "2^n + 2^m", "n m", "", "too_big"),
    ("2^h", "2^d", "h d", "h<=d", "too_small"),
    ("2^d + 2^h", "2^d", "h d", "h<=d", "right"),
    ("2^(log(n,2))", "n", "n", "", "right"),
    ("n! m + n!", "n! m", "n m", "", "right"),
    ("n (n-1)!", "n!", "n", "", "right"),
    ("n!", "n^n", "n", "", "too_small"),
    ("log(n!)", "n log n", "n", "", "right"),
    ("sqrt(2 pi n) (n/e)^n", "n!", "n", "", "right"),
    # conditions that are no monomials
    ("n^2", "d^2 + h^2", "n d h", "n=d+h", "right"),
    ("n d", "d^2 + h^2", "n d h", "n=d+h", "too_small"),
    ("h", "log n", "n h", "n=2^h", "right"),
    ("h + log n", "h", "n h", "n<=2^h", "right"),
    ("n log h", "n log log n", "n h", "h=log n", "right"),
    ("2^M", "4^D", "M D", "M=2 D", "right"),
    ("n", "1", "n", "n<=5", "right"),
    # differences, rounding
    ("n(n-1)/2", "n^2", "n", "", "right"),
    ("(n-1)(m-1)", "n m", "n m", "", "right"),
    ("(n+1)^2 - n^2", "n", "n", "", "right"),
    ("(n-m)(n+m) + m^2", "n^2", "n m", "", "right"),
    ("n d - h", "n d", "n d h", "h<=d", "right"),
    ("abs(n - 5)", "n", "n", "", "right"),
    ("floor(d/h)", "d/h", "d h", "h<=d", "right"),
    ("ceil(n/m)", "1 + n/m", "n m", "", "right"),
    ("ceil(n/m)", "n/m", "n m", "", "too_big"),
    # no growth at all
    ("n - n", "n", "n", "", "too_small"),
    ("-n", "n", "n", "", "too_small"),
    ("n", "-n^2", "n", "", "too_big"),
    ("1/(n-n)", "n", "n", "", "incomparable"),
    # words
    ("Theta(n^2)", "O(n^2)", "n", "", "right"),
    ("O(n)+O(m)", "O(max(n,m))", "n m", "", "right"),
    ("Omega(n^2)", "n^2", "n", "", "not_tight"),
    ("o(n^2)", "O(n^2)", "n", "", "not_tight"),
    ("Omega(n^2)", "Omega(n^2+n)", "n", "", "right"),
    ("Omega(n^3)", "n^2", "n", "", "too_big"),
]

UNDECIDED = [
    ("n d - n h", "n d", "n d h", "h<=d", "a difference"),
    ("n - m", "n", "n m", "", "a difference"),
    ("floor(n/m)", "n/m", "n m", "", "a floor of a quotient"),
    ("floor(d/(2h))", "d/h", "d h", "h<=d", "a floor of a quotient"),
    ("log(n/m)", "log n", "n m", "", "a logarithm of a quotient"),
    ("log(1 + 1/n)", "1", "n", "", "a logarithm of a quotient"),
    ("(1+1/n)^n", "1", "n", "", "no exact expansion"),
    ("2^(2^n)", "n", "n", "", "an exponential in an exponent"),
    ("factorial(factorial(n))", "n", "n", "", "no exact expansion"),
    ("sin(n) + n", "n", "n", "", "no exact expansion"),
    ("2^M", "2^D", "M D", "M~D", "an exponent known up to a constant factor only"),
    ("n^(10^9) (1+n)^(10^6)", "n", "n", "", "a large exponent"),
    ("9^9^9^9", "n", "n", "", "a large exponent"),
]


def decide(answer: str, key: str, sizes: str, where: str = "") -> GrowthDecision:
    trees, names, conditions = read([answer, key], sizes, where)
    return decide_growth(*trees, names, conditions)


def read(
    texts: list[str], sizes: str, where: str = ""
) -> tuple[list[Tree], list[str], list[SideCondition]]:
    names = sizes.split()
    vocabulary = declare(", ".join(names) + ": size", where)
    conditions = [
        SideCondition(parse(left, vocabulary), sign, parse(right, vocabulary))
        for left, sign, right in vocabulary.relations
    ]
    return [parse(text, vocabulary) for text in texts], names, conditions


@pytest.mark.parametrize(("answer", "key", "sizes", "where", "code"), PAIRS)
def test_pair_has_its_code(answer: str, key: str, sizes: str, where: str, code: str) -> None:
    """Each pair is decided, with the code that its difference deserves."""
    decision = decide(answer, key, sizes, where)
    assert decision.code == code
    assert decision.outcome == ("equal" if code == "right" else "different")


@pytest.mark.parametrize(("answer", "key", "sizes", "where", "why"), UNDECIDED)
def test_outside_the_procedure_is_undecided(
    answer: str, key: str, sizes: str, where: str, why: str
) -> None:
    """What can't be told is left to a person, with the reason."""
    decision = decide(answer, key, sizes, where)
    assert (decision.outcome, decision.code) == ("undecided", "undecided")
    assert decision.why.removeprefix("key: ") == why


def test_witness_names_the_sizes_and_the_term() -> None:
    """A missing term comes with a curve on which it can't be missed."""
    lack = decide("N^2 D", "N^2 D + N^2 M", "N D M").too_small
    assert lack is not None
    assert (lack.grows, lack.fixed) == (("M",), ("N", "D"))
    assert lack.powers == {"M": Fraction(1)}
    assert lack.term == read(["N^2 M"], "N D M")[0][0]


def test_witness_finds_the_term_inside_a_product() -> None:
    """The terms of a factor count as terms of the product."""
    excess = decide("N (N + D^2)", "N (N + D)", "N D").too_big
    assert excess is not None
    assert excess.term == read(["N D^2"], "N D")[0][0]


def test_witness_keeps_the_side_conditions() -> None:
    """Sizes that an equation ties together move together on the curve."""
    excess = decide("h d k^2", "d^2", "d h k", "k=d/h").too_big
    assert excess is not None
    assert excess.powers["d"] == excess.powers.get("h", 0) + excess.powers.get("k", 0)
    assert set(excess.grows) == set(excess.powers)


def test_witness_between_the_axes() -> None:
    """A difference that no size shows alone is found on the diagonal."""
    decision = decide("n^3 + m^3", "n^3 + m^3 + n^2 m^2", "n m")
    assert decision.witness == {"m": Fraction(1), "n": Fraction(1)}


def test_witness_with_a_logarithm() -> None:
    """Where only logarithms decide, a size grows by powers of a logarithm faster."""
    excess = decide("sqrt(n m) log(n)^1.2", "n log(n)^2 + m", "n m").too_big
    assert excess is not None
    assert excess.powers["n"] == excess.powers["m"]
    share = excess.log_powers.get("m", 0) - excess.log_powers.get("n", 0)
    assert Fraction(8, 5) < share < Fraction(12, 5)


def test_incomparable_has_both_curves() -> None:
    """An answer that misses one term and adds another says where each happens."""
    decision = decide("N^2 D", "N D M", "N D M", "M~D")
    assert decision.too_big is not None and decision.too_big.grows == ("N",)
    assert decision.too_small is not None and decision.too_small.grows == ("D", "M")


@pytest.mark.parametrize(
    ("answer", "sizes", "where", "redundant"),
    [
        ("n^2 + n", "n", "", ["n"]),
        ("n + n", "n", "", ["n"]),
        ("max(n^2, n log n) + 5", "n", "", ["n log n", "5"]),
        ("b d^2 + b d k + b n d", "b d n h k", "k=d/h", ["b d k"]),
        ("n (m + 1)", "n m", "", ["1"]),
        ("n^2 + m^2 + n m", "n m", "", ["n m"]),
        ("n + m", "n m", "", []),
    ],
)
def test_redundant_terms(answer: str, sizes: str, where: str, redundant: list[str]) -> None:
    """Terms that the others bound are listed; one of two equal ones is."""
    expected = read(redundant, sizes, where)[0]
    assert list(decide(answer, answer, sizes, where).redundant) == expected


@pytest.mark.parametrize(
    ("answer", "constants"),
    [
        ("2 n^2", True),
        ("n/2", True),
        ("5", True),
        ("n (2 n + 1)", True),
        ("n + 1", False),
        ("1/n", False),
        ("n^2 + n^(1/2)", False),
        ("log(n, 2) n", False),
    ],
)
def test_coefficients_are_seen(answer: str, constants: bool) -> None:
    """A factor counts as a constant, an exponent or a base doesn't."""
    assert decide(answer, answer, "n").constants is constants


def test_growth_key_joins_equal_forms() -> None:
    """Equal sums of products have one key, whatever they look like; others have another."""
    texts = [
        "b d (d+n)",
        "b d^2 + b n d + b h n",
        "O(b d max(2 d, n))",
        "b d^2",
        "Omega(b d (d+n))",
    ]
    trees, names, conditions = read(texts, "b d n h", "h<=d")
    keys = [growth_key(tree, names, conditions) for tree in trees]
    assert keys[0] == keys[1] == keys[2]
    assert len(set(keys)) == 3


def test_growth_key_of_the_undecided_is_the_tree() -> None:
    """Two readings of what can't be told share a key only when they are the same tree."""
    trees, names, _ = read(["n - m", "n  - m", "m - n"], "n m")
    keys = [growth_key(tree, names) for tree in trees]
    assert keys[0] == keys[1] != keys[2]


def test_normal_form_needs_no_conditions() -> None:
    """A tree alone has a form; terms that another one covers are gone from it."""
    (tree, same), _, _ = read(["n^2 + n + max(n m, 3)", "n (n + m)"], "n m")
    assert normal_form(tree) == normal_form(same)


@pytest.mark.parametrize(
    "answer",
    [
        "*".join("(a+b+c+d+f)" for _ in range(40)),
        "+".join(f"a^{k} b^{60 - k}" for k in range(60)),
        "min(" + ",".join(f"a^{k} b^{40 - k} + c^{k}" for k in range(20)) + ")",
        "*".join(f"(log(a + b) + {x} log(c + d))" for x in "abcdf" * 3),
        "(a - b + c)^8 - (a + b - c)^8",
        "+".join(f"2^({x} a)*{x}!" for x in "bcdf"),
    ],
    ids=["product", "sum", "minimum", "logarithms", "difference", "exponentials"],
)
def test_large_expressions_stay_in_budget(answer: str) -> None:
    """No answer keeps the grader busy: it is decided or given up within the work budget."""
    start = time.process_time()
    decide(answer, "a b + c log d", "a b c d f")
    assert time.process_time() - start < 1.0  # about 0.1 s on the slowest machine seen


def test_deep_powers_are_refused() -> None:
    """A tower of squares is bounded before anything is multiplied out."""
    tree: Tree = Symbol("n")
    (two,), _, _ = read(["1000"], "n")
    for _ in range(50):
        tree = Power(tree, two)
    assert decide_growth(tree, Symbol("n"), ["n"]).code == "too_big"


def test_import_is_cheap() -> None:
    """Deciding growth loads no numeric library: a student's check has none."""
    code = "import sys, autograder.compare.growth; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"numpy", "scipy", "sympy", "torch"} & set(done.stdout.split())
