"""Random trees over declared symbols, as the grammar makes them."""

from fractions import Fraction

from hypothesis import strategies as st

from autograder.language.echo import echo
from autograder.language.tree import (
    Add,
    Call,
    Constant,
    Divide,
    Element,
    Multiply,
    Negate,
    Number,
    Order,
    Power,
    Relation,
    Sign,
    Sum,
    Symbol,
    Transpose,
    Tree,
)

SYMBOLS = "a, b, x, d_k: real, n: size, mu, nu: vector(n), A, B: matrix(n, n), f: real -> real"
ONE_ARGUMENT = "sqrt exp log sin tanh max f factorial floor gamma".split()
TWO_ARGUMENTS = "max min log root".split()

numbers = st.one_of(
    st.integers(0, 40).map(Fraction),
    st.integers(1, 999).map(lambda hundredths: Fraction(hundredths, 100)),
).map(Number)
names = st.sampled_from("a b x d_k n".split()).map(Symbol)
constants = st.sampled_from(["pi", "e"]).map(Constant)
vectors = st.sampled_from(["mu", "nu"]).map(Symbol)
matrices = st.sampled_from(["A", "B"]).map(Symbol)
indices = st.sampled_from([Symbol("i"), Symbol("n"), Number(Fraction(1))])
entries = st.one_of(
    indices.map(lambda i: Element("mu", (i,))),
    st.tuples(indices, indices).map(lambda pair: Element("A", pair)),
)
reductions = st.one_of(
    vectors.map(lambda v: Call("norm", (v,))),
    vectors.map(lambda v: Call("norm", (v, Number(Fraction(3))))),
    vectors.map(lambda v: Call("sum", (v,))),
    matrices.map(lambda m: Call("trace", (m,))),
    st.builds(lambda v, w: Call("dot", (v, w)), vectors, vectors),
    st.builds(lambda v, w: Multiply((Transpose(v), w), ("@",)), vectors, vectors),
    st.builds(lambda v, m: Multiply((Transpose(v), Transpose(m), v), ("", "")), vectors, matrices),
)
leaves = st.one_of(numbers, names, constants, entries, reductions)
signs: st.SearchStrategy[Sign] = st.sampled_from(["", "*", "@", "."])


def add(terms: list[Tree]) -> Tree:
    """A sum; a minus in front of its first term belongs to that term's first factor."""
    first = terms[0].of if isinstance(terms[0], Negate) else terms[0]
    return Add((first, *terms[1:]))


def product(factors: list[Tree], signs: list[Sign]) -> Tree:
    """A product; a number needs a sign before it, and a dot before a name is a method."""
    fitting: list[Sign] = []
    for sign, factor in zip(signs, factors[1:], strict=False):
        first, plain = echo(factor)[0], isinstance(factor, Symbol | Element)
        lost = (sign == "" and first.isdigit()) or (sign == "." and first.isalpha() and not plain)
        fitting.append("*" if lost else sign)
    return Multiply(tuple(factors), tuple(fitting))


def larger(smaller: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    """Trees made of smaller ones."""
    several = st.lists(smaller, min_size=2, max_size=3)
    return st.one_of(
        several.map(add),
        smaller.map(Negate),
        st.builds(product, several, st.lists(signs, min_size=2, max_size=2)),
        st.builds(Divide, smaller, smaller),
        st.builds(Power, smaller, smaller),
        st.builds(lambda name, x: Call(name, (x,)), st.sampled_from(ONE_ARGUMENT), smaller),
        st.builds(
            lambda name, x, y: Call(name, (x, y)), st.sampled_from(TWO_ARGUMENTS), smaller, smaller
        ),
        st.builds(
            Sum,
            st.sampled_from(["i", "j"]),
            smaller,
            st.one_of(st.none(), numbers),
            st.one_of(st.none(), names),
            st.booleans(),
        ),
    )


formulas = st.recursive(leaves, larger, max_leaves=7)
orders = st.builds(Order, st.sampled_from(["O", "Theta", "Omega"]), formulas)
relations = st.builds(
    Relation, st.sampled_from(["<", "<=", ">", ">=", "=", "!="]), formulas, formulas
)
