"""Expressions as quotients of polynomials in symbols and in terms that stay as they are.

Such a term (`sqrt(x + 1)`, `exp(x)`, `pi`) gets a name made of what it is taken of, so that
two spellings of it are one name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import isqrt
from typing import NamedTuple

from autograder.compare.condition.polynomials import (
    Polynomial,
    TooMuch,
    constant,
    plus,
    power,
    primitive,
    product,
    value_of,
    variable,
)
from autograder.language.tree import (
    Add,
    Call,
    Constant,
    Divide,
    Multiply,
    Negate,
    Number,
    Power,
    Symbol,
    Tree,
    walk,
)

MOST_POWER = 200
E = Constant("e")
ONE = constant(Fraction(1))
ROOTS = {"sqrt": Fraction(2), "cbrt": Fraction(3)}


class Ratio(NamedTuple):
    over: Polynomial
    under: Polynomial


@dataclass(frozen=True)
class Term:
    """What a name in a polynomial stands for when it is no symbol.

    Attributes:
        kind: `sqrt`, `root`, `exp`, `log`, or the name of a function.
        argument: What it is taken of; None for a constant.
        number: The degree of a root, the base of a power.
        ratio: The argument as a quotient.
    """

    kind: str
    tree: Tree
    argument: Tree | None = None
    number: Fraction | None = None
    ratio: Ratio | None = None


@dataclass
class Terms:
    """The names that were given so far, and which symbols are positive.

    Attributes:
        positive: Names whose value is never zero or negative.
        real_roots: Whether an odd root that is written as a power is real for negative numbers.
        doubtful: Whether an odd root was written as a power, which for a negative number is
            real in some books and complex in others.
        closed_ends: How many relations let something be infinite.
    """

    positive: set[str] = field(default_factory=set)
    named: dict[str, Term] = field(default_factory=dict)
    real_roots: bool = True
    doubtful: bool = False
    closed_ends: int = 0
    steps: int = 2_500

    def ratio(self, tree: Tree) -> Ratio:
        """Errors: TooMuch."""
        self.steps -= 1
        if self.steps < 0:
            raise TooMuch
        match tree:
            case Number(value=value):
                return Ratio(constant(value), ONE)
            case Symbol(name=name):
                return Ratio(variable(name), ONE)
            case Constant(name=name):
                if name == "inf":
                    raise TooMuch
                if name == "e":
                    return self._exponential(Number(Fraction(1)))
                return self._term(name, Term(name, tree), positive=name != "i")
            case Negate(of=of):
                over, under = self.ratio(of)
                return Ratio(plus({}, over, -1), under)
            case Add(terms=terms):
                total = self.ratio(terms[0])
                for term in terms[1:]:
                    total = _added(total, self.ratio(term))
                return total
            case Multiply(factors=factors):
                total = self.ratio(factors[0])
                for factor in factors[1:]:
                    total = _times(total, self.ratio(factor))
                return total
            case Divide(over=over, under=under):
                return _times(self.ratio(over), _flipped(self.ratio(under)))
            case Power(base=base, exponent=exponent):
                return self._power(base, exponent, tree)
            case Call():
                return self._call(tree)
        return self._opaque(tree)

    def _power(self, base: Tree, exponent: Tree, tree: Tree) -> Ratio:
        degree = value_of_ratio(self.ratio(exponent))
        if degree is None:
            if base == E:
                return self._exponential(exponent)
            number = value_of_ratio(self.ratio(base))
            if number is not None and number > 0:
                return self._exponential(exponent, number)
            return self._opaque(tree)
        if base == E:
            return self._exponential(exponent)
        if abs(degree.numerator) > MOST_POWER:
            raise TooMuch
        if degree.denominator == 1:
            found = self.ratio(base)
        else:
            self.doubtful = self.doubtful or degree.denominator % 2 == 1
            found = self.root(base, Fraction(degree.denominator))
        found = found if degree > 0 else _flipped(found)
        times = abs(degree.numerator)
        return Ratio(power(found.over, times), power(found.under, times))

    def _call(self, tree: Call) -> Ratio:
        name, arguments = tree.name, tree.arguments
        if name in ROOTS and len(arguments) == 1:
            return self.root(arguments[0], ROOTS[name])
        if name == "root" and len(arguments) == 2:
            degree = value_of_ratio(self.ratio(arguments[1]))
            if degree is not None and degree.denominator == 1 and degree > 1:
                return self.root(arguments[0], degree)
        if name == "exp" and len(arguments) == 1:
            return self._exponential(arguments[0])
        if name == "log" and len(arguments) == 1:
            inside = self.ratio(arguments[0])
            if inside == (ONE, ONE):
                return Ratio({}, ONE)
            return self._function("log", tree, arguments[0], inside)
        if name == "log" and len(arguments) == 2:
            base = value_of_ratio(self.ratio(arguments[1]))
            if base is not None and base > 1:
                inside = self.ratio(arguments[0])
                term = Term("log", tree, arguments[0], base, inside)
                return self._term(f"log{base} {_spelled(inside)}", term)
            logarithms = [self.ratio(Call("log", (argument,))) for argument in arguments]
            return _times(logarithms[0], _flipped(logarithms[1]))
        if len(arguments) == 1:
            return self._function(name, tree, arguments[0], self.ratio(arguments[0]))
        return self._opaque(tree)

    def root(self, of: Tree, degree: Fraction) -> Ratio:
        """A root; those of squares of whole numbers are taken."""
        inside = self.ratio(of)
        number = value_of_ratio(inside)
        if number is not None and degree == 2 and number >= 0:
            roots = isqrt(number.numerator), isqrt(number.denominator)
            if roots[0] ** 2 == number.numerator and roots[1] ** 2 == number.denominator:
                return Ratio(constant(Fraction(*roots)), ONE)
        kind = "sqrt" if degree == 2 else "root"
        number_ = Number(degree)
        tree = Call("sqrt", (of,)) if degree == 2 else Call("root", (of, number_))
        name = f"{kind}{degree} {_spelled(inside)}"
        return self._term(name, Term(kind, tree, of, degree, inside))

    def _exponential(self, exponent: Tree, base: Fraction | None = None) -> Ratio:
        """`exp(k u)` is the k-th power of `exp(u)`; a base below one is one over its inverse."""
        inside = self.ratio(exponent)
        if base is not None and base < 1:
            return _flipped(self._exponential(exponent, 1 / base))
        if not inside.over or base == 1:
            return Ratio(ONE, ONE)
        whole, _ = primitive(inside.over)
        plain = {monomial: Fraction(c) for monomial, c in whole}
        monomial = whole[0][0]
        factor = inside.over[monomial] / plain[monomial]
        bare = value_of_ratio(inside) is not None or value_of(inside.under) != 1
        if bare or factor.denominator != 1 or abs(factor) > MOST_POWER:
            times, plain, exponent_tree = 1, inside.over, exponent
        else:
            times = int(factor)
            exponent_tree = Multiply((Number(1 / factor), exponent), ("*",))
        spelled = _spelled(Ratio(plain, inside.under))
        tree = Call("exp", (exponent_tree,)) if base is None else Power(Number(base), exponent_tree)
        term = Term("exp", tree, exponent_tree, base, Ratio(plain, inside.under))
        found = self._term(f"exp{base or ''} {spelled}", term, positive=True)
        over = power(found.over, abs(times))
        return Ratio(over, ONE) if times > 0 else Ratio(ONE, over)

    def _function(self, name: str, tree: Tree, of: Tree, inside: Ratio) -> Ratio:
        return self._term(f"{name} {_spelled(inside)}", Term(name, tree, of, None, inside))

    def _opaque(self, tree: Tree) -> Ratio:
        return self._term(f"other {tree!r}", Term("other", tree))

    def _term(self, name: str, term: Term, positive: bool = False) -> Ratio:
        self.named.setdefault(name, term)
        if positive:
            self.positive.add(name)
        return Ratio(variable(name), ONE)


def value_of_ratio(ratio: Ratio) -> Fraction | None:
    """The number it is, or None."""
    over, under = value_of(ratio.over), value_of(ratio.under)
    return None if over is None or not under else over / under


def _spelled(ratio: Ratio) -> str:
    return f"({sorted(ratio.over.items())}/{sorted(ratio.under.items())})".replace("Fraction", "")


def _added(left: Ratio, right: Ratio) -> Ratio:
    if left.under == right.under:
        return Ratio(plus(left.over, right.over), left.under)
    over = plus(product(left.over, right.under), product(right.over, left.under))
    return Ratio(over, product(left.under, right.under))


def _times(left: Ratio, right: Ratio) -> Ratio:
    return Ratio(product(left.over, right.over), product(left.under, right.under))


def _flipped(ratio: Ratio) -> Ratio:
    number = value_of(ratio.over)
    if number is not None:
        if number == 0:
            raise TooMuch  # a division by zero has no value anywhere
        return Ratio(product(ratio.under, constant(1 / number)), ONE)
    return Ratio(ratio.under, ratio.over)


def symbols_of(names: Iterable[str], named: Mapping[str, Term]) -> set[str]:
    """The symbols behind names of polynomials, inside terms as well."""
    found: set[str] = set()
    for name in names:
        if name in named:
            inside = walk(named[name].tree)
            found |= {node.name for node in inside if isinstance(node, Symbol)}
        else:
            found.add(name)
    return found
