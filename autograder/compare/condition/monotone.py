"""Relations without the rising function that both sides, or one beside a number, are taken of.

`exp(u) > exp(v)` is `u > v`, and `log(u) < 2` is `u < e^2` wherever `log(u)` has a value.
"""

from __future__ import annotations

from fractions import Fraction

from autograder.compare.condition.formulas import ALLOWED, Signs
from autograder.compare.condition.polynomials import Frozen
from autograder.compare.condition.terms import Term, Terms
from autograder.language.tree import (
    Call,
    Comparison,
    Constant,
    Divide,
    Number,
    Power,
    Relation,
    Tree,
)

ZERO, ONE = Number(Fraction(0)), Number(Fraction(1))
# With an argument of zero they are zero, and they rise all the way.
RISING = frozenset("atan tanh sinh asinh erf".split())


def taken_off(polynomial: Frozen, signs: Signs, terms: Terms) -> Relation | None:
    """A relation without the function that both sides, or one beside a number, are taken of."""
    if not _only_terms(polynomial, terms) or len(polynomial) > 2:
        return None
    sign = _sign_for(signs)
    coefficients = {m[0][0] if m else None: c for m, c in polynomial}
    one, *others = [terms.named[name] for name in coefficients if name is not None]
    if others:
        first, second = coefficients.values()
        other = others[0]
        same = (one.kind, one.number) == (other.kind, other.number) and first == -second
        if not same or one.argument is None or other.argument is None:
            return None
        left, right = one.argument, other.argument
        if first < 0:
            left, right = right, left
        return Relation(sign, left, right)
    scale = next(c for n, c in coefficients.items() if n is not None)
    limit = Fraction(-coefficients.get(None, 0), scale)
    if scale < 0:
        sign = _sign_for(frozenset(-s for s in signs))
    inverse = _inverse(one, limit)
    if inverse is None or one.argument is None:
        return None
    return Relation(sign, one.argument, inverse)


def _sign_for(signs: Signs) -> Comparison:
    return next(sign for sign, allowed in ALLOWED.items() if allowed == signs)


def _only_terms(polynomial: Frozen, terms: Terms) -> bool:
    """Whether it is a sum of multiples of terms that are no symbols, and of a number."""
    return all(
        not monomial
        or (len(monomial) == 1 and monomial[0][1] == 1 and monomial[0][0] in terms.named)
        for monomial, _ in polynomial
    )


def _inverse(term: Term, limit: Fraction) -> Tree | None:
    """What the argument is where the term has this value; None where that isn't known."""
    number = Number(limit)
    match term.kind:
        case "exp" if limit > 0:
            if limit == 1:
                return ZERO
            if term.number is None:
                return Call("log", (number,))
            return _whole_logarithm(limit, term.number)
        case "log":
            base = Constant("e") if term.number is None else Number(term.number)
            return ONE if limit == 0 else Power(base, number)
        case "root" if term.number is not None and term.number % 2:
            return Number(limit ** int(term.number))
        case "root" if term.number is not None and limit >= 0:
            return Number(limit ** int(term.number))
        case kind if kind in RISING and limit == 0:
            return ZERO
    return None


def _whole_logarithm(value: Fraction, base: Fraction) -> Tree:
    """`log(value)/log(base)`, a whole number where it is one."""
    inverted = value < 1
    rest, count = (1 / value if inverted else value), 0
    while rest >= base:
        rest, count = rest / base, count + 1
    if rest == 1:
        return Number(Fraction(-count if inverted else count))
    return Divide(Call("log", (Number(value),)), Call("log", (Number(base),)))
