"""Exact expansion: the tree as a sum of monomials with rational coefficients.

Needed where constants matter: to cancel in a difference, and in exponents.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TypeAlias

from autograder.compare.growth.domain import Domain
from autograder.compare.growth.scale import (
    CONSTANT,
    LARGEST_EXPONENT,
    MARGIN,
    ONE,
    Exact,
    Monomial,
    UndecidedError,
    UndefinedError,
    Unit,
    atom_of,
    collect,
    exact,
    folded,
    growth_of,
    logarithm_of,
    magnitude,
    power,
    power_of_unit,
    raised,
    rational,
    size,
    times,
    unit_value,
)
from autograder.language.tree import (
    Add,
    Call,
    Constant,
    Divide,
    Multiply,
    Negate,
    Number,
    Order,
    Power,
    Symbol,
    Tree,
)

Expansion: TypeAlias = dict[tuple[Unit, Monomial], Exact]
"""`sum of q * unit * monomial`, without zeros."""
MOST_TERMS = 300
LARGEST_EXPANDED_POWER = 8


def expand(tree: Tree, domain: Domain) -> Expansion:
    """Multiply out.

    Args:
        tree: The expression.
        domain: Has what to write for a size, and the budget.

    Errors: UndecidedError when it isn't a finite sum of monomials, or one of more than
        `MOST_TERMS`; UndefinedError when it divides by zero.
    """
    match tree:
        case Number(value):
            return _number(exact(value))
        case Constant("e"):
            return {((), ((CONSTANT, 1),)): 1}
        case Symbol(name):
            coefficient, monomial = folded(domain.meaning.get(name, size(name)))
            return {((), monomial): coefficient}
        case Order(_, of):
            return expand(of, domain)
        case Negate(of):
            return {term: -value for term, value in expand(of, domain).items()}
        case Add(terms):
            return _sum(expand(term, domain) for term in terms)
        case Multiply(factors):
            return _product([expand(factor, domain) for factor in factors], domain)
        case Divide(above, below):
            return _product([expand(above, domain), _inverse(expand(below, domain))], domain)
        case Call("log", (of,)):
            return _logarithm(expand(of, domain))
        case Call("log", (of, base)):
            divisor = _logarithm(expand(base, domain))
            return _product([_logarithm(expand(of, domain)), _inverse(divisor)], domain)
    if (found := as_power(tree)) is not None:
        base, exponent = found
        return _power(expand(base, domain), linear(exponent, domain), domain)
    raise UndecidedError("no exact expansion")


def as_power(tree: Tree) -> tuple[Tree, Tree] | None:
    """Base and exponent of a power, a root or `exp`; None for anything else."""
    match tree:
        case Power(base, exponent):
            return base, exponent
        case Call("sqrt", (of,)):
            return of, Number(Fraction(1, 2))
        case Call("cbrt", (of,)):
            return of, Number(Fraction(1, 3))
        case Call("root", (of, degree)):
            return of, Divide(Number(Fraction(1)), degree)
        case Call("exp", (of,)):
            return Constant("e"), of
    return None


def linear(tree: Tree, domain: Domain) -> Monomial:
    """An exponent as a sum of `q * unit * atom`.

    Errors: UndecidedError when it can't be expanded, or holds an exponential itself.
    """
    return linear_of(expand(tree, domain))


def linear_of(expansion: Expansion) -> Monomial:
    """The expansion as a sum of `q * unit * atom`.

    Errors: UndecidedError when a term is an exponential.
    """
    return collect(
        ((unit, atom_of(monomial)), value) for (unit, monomial), value in expansion.items()
    )


def constant_value(exponent: Monomial) -> float | None:
    """The exponent's value when no size occurs in it, else None.

    Errors: UndecidedError when floats can't tell it from 0.
    """
    if any(atom for (_, atom), _ in exponent):
        return None
    parts = [unit_value(unit) * float(value) for (unit, _), value in exponent]
    if parts and abs(sum(parts)) <= MARGIN * sum(map(abs, parts)):
        raise UndecidedError("an exponent too close to 0")
    return sum(parts)


def bounded(exponent: Monomial) -> Monomial:
    """The exponent itself.

    Errors: UndecidedError when a coefficient in it is above `LARGEST_EXPONENT`.
    """
    if any(magnitude(value) > LARGEST_EXPONENT for _, value in exponent):
        raise UndecidedError("a large exponent")
    return exponent


def _number(value: Exact) -> Expansion:
    return {((), ONE): value} if value else {}


def _sum(parts: Iterable[Expansion]) -> Expansion:
    found: Expansion = {}
    for part in parts:
        for term, value in part.items():
            found[term] = found.get(term, 0) + value
    found = {term: value for term, value in found.items() if value}
    if len(found) > MOST_TERMS:
        raise UndecidedError("too many terms")
    return found


def _product(factors: Sequence[Expansion], domain: Domain) -> Expansion:
    found = _number(1)
    for factor in factors:
        domain.work.spend(5 * len(found) * len(factor))
        found = _sum(
            {(collect((*unit, *unit_)), monomial): value * value_ * coefficient}
            for (unit, left), value in found.items()
            for (unit_, right), value_ in factor.items()
            for coefficient, monomial in (folded(times(left, right)),)
        )
    return found


def _inverse(expansion: Expansion) -> Expansion:
    if not expansion:
        raise UndefinedError("division by zero")
    (unit, monomial), value = _only_term(expansion)
    return {(power_of_unit(unit, -1), power(monomial, -1)): exact(1 / Fraction(value))}


def _only_term(expansion: Expansion) -> tuple[tuple[Unit, Monomial], Exact]:
    if len(expansion) != 1:
        raise UndecidedError("no exact expansion")
    return next(iter(expansion.items()))


def _logarithm(expansion: Expansion) -> Expansion:
    if not expansion:
        raise UndefinedError("logarithm of zero")
    return {
        (unit, growth_of(atom)): value
        for (unit, atom), value in logarithm_of_term(*_only_term(expansion))
    }


def logarithm_of_term(term: tuple[Unit, Monomial], coefficient: Exact) -> Monomial:
    """The logarithm of `coefficient * unit * monomial`, read as a sum."""
    unit, monomial = term
    if coefficient < 0:
        raise UndefinedError("logarithm of a negative number")
    if unit:
        raise UndecidedError("a logarithm of a logarithm of a number")
    return times(monomial, logarithm_of(coefficient))


def _power(base: Expansion, exponent: Monomial, domain: Domain) -> Expansion:
    value = constant_value(bounded(exponent))
    if not exponent:
        return _number(1)
    if not base:
        if value is not None and value < 0:
            raise UndefinedError("division by zero")
        if value is None:
            raise UndecidedError("a power of zero")
        return {}
    ratio = rational(exponent)
    whole = None if ratio is None or ratio.denominator > 1 else int(ratio)
    if whole is not None and len(base) > 1 and 0 < whole <= LARGEST_EXPANDED_POWER:
        return _product([base] * whole, domain)
    (unit, monomial), coefficient = _only_term(base)
    if coefficient < 0 and whole is None:
        raise UndecidedError("a root of a negative number")
    sign = -1 if coefficient < 0 and whole is not None and whole % 2 else 1
    outer: Unit = ()
    if unit and ratio is not None:
        unit, outer = (), power_of_unit(unit, ratio)
    logarithm = logarithm_of_term((unit, monomial), magnitude(coefficient))
    factor, found = folded(raised(logarithm, exponent))
    return {(outer, found): sign * factor}
