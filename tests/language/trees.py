"""Random trees over declared symbols: all that the grammar makes."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import strategies as st

from autograder.errors import Unreadable
from autograder.language.lexer import notation
from autograder.language.parser.grammar import parse
from autograder.language.parser.subscripts import is_scalar
from autograder.language.printer.echo import function_name
from autograder.language.printer.numerals import in_numerals
from autograder.language.tree import (
    Add,
    All,
    Call,
    Cases,
    Comparison,
    Constant,
    Divide,
    Element,
    Matrix,
    Multiply,
    Negate,
    Number,
    Order,
    Power,
    Relation,
    Sequence,
    Sign,
    Sum,
    Symbol,
    Transpose,
    Tree,
    rebuild,
    walk,
)
from autograder.language.vocabulary import declare

SYMBOLS = """
    a, b, x, t, d_k, x1, rate: real, sigma: positive, n: size,
    mu, nu: vector(n), A, B: matrix(n, n),
    f: real -> real, sim: (vector(n), vector(n)) -> real, K_m: row(n) over n
"""
KNOWN = declare(SYMBOLS)


def _read(text: str) -> Tree | None:
    try:
        return parse(text, KNOWN)
    except Unreadable:
        return None


OF_VECTORS = frozenset("root mod dot norm sum trace det inv cross identity outer kron".split())
# The others are other trees by the time they are read: `square(x)` is a power.
FUNCTIONS = [
    name
    for name in sorted({"f", *notation.FUNCTIONS.values()} - OF_VECTORS)
    if _read(f"{function_name(name)}(x)") == Call(name, (Symbol("x"),))
]
TWO_ARGUMENTS = "max min log root binomial atan2 beta besselj hypot mod zeta".split()
J, ONE, TWO = Symbol("j"), Number(Fraction(1)), Number(Fraction(2))

numbers = st.one_of(
    st.integers(0, 40).map(Fraction),
    st.integers(1, 999).map(lambda hundredths: Fraction(hundredths, 100)),
    st.fractions(-9, 9, max_denominator=7),
    st.integers(-40, 40).map(lambda ten: Fraction(15) * Fraction(10) ** ten),
).map(Number)
names = st.sampled_from("a b x t d_k x1 rate sigma n".split()).map(Symbol)
constants = st.sampled_from(["pi", "e", "i", "inf"]).map(Constant)
vectors = st.sampled_from([Symbol("mu"), Symbol("nu"), Add((Symbol("mu"), Symbol("nu")))])
matrices = st.sampled_from([Symbol("A"), Symbol("B"), Transpose(Symbol("A"))])
indices = st.sampled_from([Symbol("n"), ONE, TWO, Add((Symbol("x"), ONE))])
entries = st.one_of(
    indices.map(lambda i: Element("mu", (i,))),
    st.tuples(indices, indices).map(lambda pair: Element("A", pair)),
)
members = st.sampled_from([Symbol("n"), Symbol("m"), TWO]).map(lambda i: Element("K", (i,)))
reductions = st.one_of(
    vectors.map(lambda v: Call("norm", (v,))),
    vectors.map(lambda v: Call("norm", (v, Number(Fraction(3))))),
    vectors.map(lambda v: Call("norm", (v, Constant("inf")))),
    vectors.map(lambda v: Call("abs", (v,))),
    vectors.map(lambda v: Call("sum", (v,))),
    matrices.map(lambda m: Call("trace", (m,))),
    st.builds(lambda v, w: Call("dot", (v, w)), vectors, vectors),
    st.builds(lambda v, w: Call("sim", (v, w)), vectors, vectors),
    st.builds(lambda v, w: Multiply((Transpose(v), w), ("@",)), vectors, vectors),
    st.builds(lambda v, w: Multiply((v, w), (".",)), vectors, vectors),
    st.builds(lambda v, m: Multiply((Transpose(v), Transpose(m), v), ("", "")), vectors, matrices),
    vectors.map(lambda v: Call("abs", (Multiply((Transpose(v), v), ("",)),))),
    vectors.map(lambda v: Call("norm", (Multiply((Call("norm", (v,)), v), ("",)),))),
    matrices.map(lambda m: Power(Call("trace", (m,)), Symbol("t"))),
)
leaves = st.one_of(numbers, names, constants, entries, reductions)
looped = st.builds(  # a sum that a loop over a range says too
    lambda body, entry: Sum("j", Multiply((body, entry), ("*",)), ONE, Symbol("n")),
    leaves,
    st.sampled_from([Element("mu", (J,)), Element("A", (J, J))]),
)
signs: st.SearchStrategy[Sign] = st.sampled_from(["", "*", "@", "."])
comparisons: st.SearchStrategy[Comparison] = st.sampled_from(["<", "<=", ">", ">=", "=", "!="])


def product(factors: list[Tree], signs: list[Sign]) -> Tree:
    return Multiply(tuple(factors), tuple(signs[: len(factors) - 1]))


def bound(body: Tree, lower: Tree | None, upper: Tree | None, is_product: bool) -> Tree:
    """A sum over j, where j stands for what was x; its limits know no j."""
    lower, upper = (None if limit and J in walk(limit) else limit for limit in (lower, upper))

    def renamed(tree: Tree) -> Tree:
        return J if tree == Symbol("x") else rebuild(tree, renamed)

    return Sum("j", renamed(body), lower, upper, is_product)


def larger(smaller: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    """Trees made of smaller ones, as Python has them too."""
    several = st.lists(smaller, min_size=2, max_size=3)
    return st.one_of(
        several.map(lambda terms: Add(tuple(terms))),
        smaller.map(Negate),
        st.builds(product, several, st.lists(signs, min_size=2, max_size=2)),
        st.builds(Divide, smaller, smaller),
        st.builds(Power, smaller, smaller),
        st.builds(lambda name, x: Call(name, (x,)), st.sampled_from(FUNCTIONS), smaller),
        st.builds(
            lambda name, x, y: Call(name, (x, y)), st.sampled_from(TWO_ARGUMENTS), smaller, smaller
        ),
        st.builds(lambda v, x: Transpose(Multiply((x, v), ("",))), vectors, smaller),
    )


def with_sums(smaller: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    """Sums with any limits and pieces as well."""
    limits = st.one_of(st.none(), smaller)
    pieces = st.lists(st.tuples(smaller, relations_between(smaller)), min_size=1, max_size=2)
    return st.one_of(
        larger(smaller),
        st.builds(bound, smaller, limits, limits, st.booleans()),
        st.builds(lambda first, last: Cases((*first, (last, None))), pieces, smaller),
    )


def relations_between(sides: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    """One relation, a chain, or two that hold together."""
    one = st.builds(Relation, comparisons, sides, sides)
    chains = st.builds(
        lambda first, sign, last: All((first, Relation(sign, first.right, last))),
        one, comparisons, sides,
    )  # fmt: skip
    return st.one_of(one, chains, st.builds(lambda a, b: All((a, b)), one, one))


python_formulas = st.recursive(st.one_of(leaves, looped), larger, max_leaves=6)
formulas = st.recursive(st.one_of(leaves, members), with_sums, max_leaves=7)
orders = st.builds(Order, st.sampled_from(["O", "o", "Theta", "Omega", "omega"]), formulas)
relations = relations_between(formulas)
small = st.recursive(leaves, larger, max_leaves=3)
rows = st.integers(1, 3).flatmap(
    lambda width: st.lists(
        st.lists(small, min_size=width, max_size=width).map(tuple), min_size=1, max_size=3
    )
)
grids = rows.map(lambda found: Matrix(tuple(found)))
sequences = st.builds(
    lambda items, bracket: Sequence(tuple(items), bracket),
    st.one_of(st.just([]), st.lists(small, min_size=2, max_size=3)),
    st.sampled_from(["(", "[", "{"]),
)


def as_read(tree: Tree, *, grids: bool = True, blanks: bool = True) -> Tree:
    """The tree that stands for the same in what is read; most trees stand for themselves.

    A number that no literal holds is a quotient, or has a minus; a dot beside a number is a star.

    Args:
        grids: The notation has matrices; elsewhere they are lists of lists.
        blanks: The notation has products without a sign; elsewhere they have a star.
    """
    if isinstance(tree, Number):
        return in_numerals(tree)
    tree = rebuild(tree, lambda child: as_read(child, grids=grids, blanks=blanks))
    if isinstance(tree, Matrix) and not grids:
        return Sequence(tuple(Sequence(row) for row in tree.rows))
    if isinstance(tree, Multiply):
        plain = [is_scalar(factor, KNOWN) for factor in tree.factors]
        found: list[Sign] = []
        for at, sign in enumerate(tree.signs):
            dot = sign == "." and (plain[at + 1] or all(plain[: at + 1]))
            lost = sign in ("", ".") and not blanks
            found.append("*" if dot or lost else sign)
        return replace(tree, signs=tuple(found))
    return tree
