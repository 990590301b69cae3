"""Proofs by algebra, to raise "agrees" to "proved".

Inner products and sums over an index become symbols of their own (`sum_i mu_i^2` is one
number), so that sympy only ever sees scalars. It gets built trees, never text, and only
small ones with small exponents.
"""

from __future__ import annotations

from fractions import Fraction
from math import comb, prod
from typing import Any

from autograder.language.shapes import index_size
from autograder.language.tree import (
    Add,
    Call,
    Constant,
    Divide,
    Element,
    Multiply,
    Negate,
    Number,
    Power,
    Sum,
    Symbol,
    Transpose,
    Tree,
    children,
    walk,
)
from autograder.language.vocabulary import Vocabulary

MAX_NODES = 120
MAX_EXPONENT = 12
MAX_TERMS = 200


class _Outside(Exception):
    """Something that has no place in the algebra here."""


def proves_equal(left: Tree, right: Tree, vocabulary: Vocabulary) -> bool:
    """True when algebra shows two scalars equal; False says nothing."""
    if sum(1 for tree in (left, right) for _ in walk(tree)) > MAX_NODES:
        return False
    if _terms(left) + _terms(right) > MAX_TERMS:
        return False
    import sympy

    try:
        builder = _Builder(vocabulary)
        difference = builder.scalar(left) - builder.scalar(right)
        if difference == 0:
            return True
        expanded = sympy.expand(difference)
        if expanded == 0:
            return True
        if len(expanded.args) > MAX_TERMS:
            return False
        powers = sympy.powsimp(sympy.expand_log(sympy.powdenest(expanded), force=False))
        return bool(sympy.cancel(sympy.together(powers)) == 0)
    except (_Outside, ArithmeticError, sympy.PolynomialError, TypeError, ValueError):
        return False


def _terms(tree: Tree) -> int:
    """How many terms the tree has when it is multiplied out, at most."""
    match tree:
        case Add(terms=terms):
            return min(sum(map(_terms, terms)), MAX_TERMS + 1)
        case Multiply(factors=factors):
            return min(prod(map(_terms, factors)), MAX_TERMS + 1)
        case Power(base=base, exponent=Number(value=value)) if value == int(value):
            several, power = _terms(base), min(abs(int(value)), MAX_EXPONENT)
            return min(comb(several + power - 1, power), MAX_TERMS + 1)
        case Divide(over=over, under=under):
            return min(_terms(over) * _terms(under), MAX_TERMS + 1)
    return max([1, *map(_terms, children(tree))])


class _Builder:
    """Trees to sympy, one set of symbols for both sides."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.symbols: dict[str, Any] = {}

    def symbol(self, name: str, domain: str = "real") -> Any:
        import sympy

        if name not in self.symbols:
            flags: dict[str, bool] = {
                "size": {"positive": True, "integer": True},
                "positive": {"positive": True},
                "integer": {"integer": True},
                "complex": {},
            }.get(domain, {"real": True})
            self.symbols[name] = sympy.Symbol(name, **flags)
        return self.symbols[name]

    def scalar(self, tree: Tree) -> Any:
        import sympy

        match tree:
            case Number(value=value):
                return sympy.Rational(value.numerator, value.denominator)
            case Constant(name="pi"):
                return sympy.pi
            case Constant(name="e"):
                return sympy.E
            case Symbol(name=name):
                sort = self.vocabulary.symbols.get(name)
                if sort is None or sort.shape or sort.takes is not None:
                    raise _Outside
                return self.symbol(name, sort.domain)
            case Add(terms=terms):
                return sympy.Add(*(self.scalar(term) for term in terms))
            case Negate(of=of):
                return -self.scalar(of)
            case Divide(over=over, under=under):
                return self.scalar(over) / self.scalar(under)
            case Power(base=base, exponent=exponent):
                return self.power(base, exponent)
            case Multiply():
                return self.product(tree)
            case Transpose(of=of):
                return self.scalar(of)
            case Sum():
                return self.indexed(tree)
            case Call():
                return self.call(tree)
        raise _Outside

    def power(self, base: Tree, exponent: Tree) -> Any:
        value = self.scalar(exponent)
        if value.is_number and abs(value) > MAX_EXPONENT:
            raise _Outside
        return self.scalar(base) ** value

    def product(self, tree: Multiply) -> Any:
        import sympy

        total, left = sympy.Integer(1), None
        for factor in tree.factors:
            vector = self.vector(factor)
            if vector is None:
                total *= self.scalar(factor)
            elif left is None:
                left = vector
            else:
                total *= self.inner(left, vector)
                left = None
        if left is not None:
            raise _Outside
        return total

    def vector(self, tree: Tree) -> str | None:
        """The name of a plain vector, transposed or not."""
        if isinstance(tree, Transpose):
            tree = tree.of
        if isinstance(tree, Symbol):
            sort = self.vocabulary.symbols.get(tree.name)
            if sort is not None and len(sort.shape) == 1 and sort.takes is None:
                return tree.name
        return None

    def inner(self, left: str, right: str) -> Any:
        first, second = sorted((left, right))
        return self.total({first: 2} if first == second else {first: 1, second: 1})

    def total(self, powers: dict[str, int]) -> Any:
        """The symbol for the sum over i of a product of powers of entries."""
        name = "sum " + " ".join(f"{n}^{p}" for n, p in sorted(powers.items()))
        even = all(power % 2 == 0 for power in powers.values())
        return self.symbol(name, "positive" if even else "real")

    def call(self, tree: Call) -> Any:
        import sympy

        vectors = [self.vector(argument) for argument in tree.arguments]
        if tree.name == "dot" and None not in vectors and len(vectors) == 2:
            return self.inner(str(vectors[0]), str(vectors[1]))
        if tree.name == "norm" and vectors[0] is not None and len(vectors) == 1:
            return sympy.sqrt(self.inner(vectors[0], vectors[0]))
        if tree.name == "sum" and len(tree.arguments) == 1:
            return self.entries(tree.arguments[0])
        if tree.name == "trace" and isinstance(tree.arguments[0], Multiply):
            pair = [self.vector(factor) for factor in tree.arguments[0].factors]
            if len(pair) == 2 and None not in pair:
                return self.inner(str(pair[0]), str(pair[1]))
        arguments = [self.scalar(argument) for argument in tree.arguments]
        known = {
            "sqrt": sympy.sqrt, "exp": sympy.exp, "log": sympy.log, "abs": sympy.Abs,
            "max": sympy.Max, "min": sympy.Min, "cbrt": lambda x: x ** sympy.Rational(1, 3),
            "sin": sympy.sin, "cos": sympy.cos, "tanh": sympy.tanh,
        }.get(tree.name)  # fmt: skip
        if known is None:
            raise _Outside
        return known(*arguments)

    def indexed(self, tree: Sum) -> Any:
        """A sum over all entries, expanded into sums of monomials."""
        size = index_size(tree, self.vocabulary)
        full = tree.upper is None or tree.upper == Symbol(size or "")
        one = tree.lower is None or tree.lower in (Number(Fraction(1)), Number(Fraction(0)))
        if tree.product or size is None or not full or not one:
            raise _Outside
        if isinstance(tree.lower, Number) and tree.lower.value == 0 and tree.upper is not None:
            raise _Outside
        return self.monomials(self.inside(tree.body, tree.index), size)

    def entries(self, tree: Tree) -> Any:
        """`sum(mu**2)`: the same for an elementwise expression in one size of vector."""
        sizes = {
            self.vocabulary[node.name].shape[0] for node in walk(tree)
            if isinstance(node, Symbol) and self.vector(node) is not None
        }  # fmt: skip
        if len(sizes) != 1:
            raise _Outside
        return self.monomials(self.inside(tree, None), sizes.pop())

    def inside(self, tree: Tree, index: str | None) -> Any:
        """The summand with `entry <name>` for the running entry of a vector."""
        if isinstance(tree, Element) and index is not None:
            if tree.indices != (Symbol(index),):
                raise _Outside
            return self.symbol(f"entry {tree.name}")
        vector = self.vector(tree)
        if vector is not None and index is None and not isinstance(tree, Transpose):
            return self.symbol(f"entry {vector}")
        match tree:
            case Add(terms=terms):
                return sum(self.inside(term, index) for term in terms)
            case Negate(of=of):
                return -self.inside(of, index)
            case Multiply(factors=factors):
                total = self.inside(factors[0], index)
                for factor in factors[1:]:
                    total *= self.inside(factor, index)
                return total
            case Divide(over=over, under=under):
                return self.inside(over, index) / self.scalar(under)
            case Power(base=base, exponent=Number(value=value)) if abs(value) <= MAX_EXPONENT:
                return self.inside(base, index) ** value
        return self.scalar(tree)

    def monomials(self, body: Any, size: str) -> Any:
        import sympy

        names = [n for n in self.symbols if n.startswith("entry ")]
        entries = [self.symbols[n] for n in names]
        if not entries:
            return self.symbol(size, "size") * body
        poly = sympy.Poly(sympy.expand(body), *entries)
        total = sympy.Integer(0)
        for powers, coefficient in poly.terms():
            used = {n[6:]: p for n, p in zip(names, powers, strict=True) if p}
            total += coefficient * (self.total(used) if used else self.symbol(size, "size"))
        return total
