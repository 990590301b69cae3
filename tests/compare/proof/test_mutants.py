"""Formulas drawn at random, with a slip or without: what differs is never proved."""

import random
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.compare.proof import proves_equal
from autograder.compare.slips import slips
from autograder.language.tree import (
    Add,
    Call,
    Divide,
    Multiply,
    Negate,
    Number,
    Power,
    Symbol,
    Tree,
)
from autograder.language.vocabulary import Vocabulary, declare
from compare.mutants import points, shown_different

DOMAINS = ("real", "positive")
ONE, TWO = Number(Fraction(1)), Number(Fraction(2))
FUNCTIONS = """sqrt exp log abs sin cos tan sinh cosh tanh asinh sigmoid softplus relu cbrt
    atan erf sign floor""".split()
MOST_SLIPS = 30

numbers = st.sampled_from([-2, -1, 1, 2, 3, 4, Fraction(1, 2), Fraction(2, 3)]).map(
    lambda value: Number(Fraction(value))
)
leaves: st.SearchStrategy[Tree] = st.one_of(st.sampled_from([Symbol("x"), Symbol("y")]), numbers)


def larger(parts: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    two = st.tuples(parts, parts)
    return st.one_of(
        two.map(Add),
        two.map(lambda pair: Multiply(pair, ("*",))),
        two.map(lambda pair: Divide(*pair)),
        st.tuples(parts, numbers).map(lambda pair: Power(*pair)),
        st.tuples(st.sampled_from(("max", "min")), two).map(lambda call: Call(*call)),
        st.tuples(st.sampled_from(FUNCTIONS), parts).map(lambda call: Call(call[0], (call[1],))),
    )


formulas = st.recursive(leaves, larger, max_leaves=6)


def known(domain: str) -> Vocabulary:
    return declare(f"x, y: {domain}")


@given(formulas, st.sampled_from(DOMAINS), st.randoms(use_true_random=False))
@settings(max_examples=150)
def test_no_slip_that_makes_a_difference_is_proved(
    key: Tree, domain: str, chance: random.Random
) -> None:
    """A plain evaluator in floating point has shown that they differ."""
    vocabulary = known(domain)
    where = points({"x": domain, "y": domain}, [])
    mutants = [mutant for _, mutant in slips(key, vocabulary)]
    wrapped = [Negate(key), Call("abs", (key,)), Call("sqrt", (Power(key, TWO),))]
    chosen = chance.sample(mutants, min(len(mutants), MOST_SLIPS))
    proved = [m for m in (*wrapped, *chosen) if proves_equal(m, key, vocabulary)]
    assert [mutant for mutant in proved if shown_different(mutant, key, where)] == []


@given(formulas, formulas, st.sampled_from(DOMAINS))
@settings(max_examples=100)
def test_two_formulas_that_differ_are_not_proved(left: Tree, right: Tree, domain: str) -> None:
    """And which of them is the key makes no difference."""
    vocabulary = known(domain)
    proved = proves_equal(left, right, vocabulary)
    if proved:
        assert not shown_different(left, right, points({"x": domain, "y": domain}, []))
    assert proved == proves_equal(left, right, vocabulary)
