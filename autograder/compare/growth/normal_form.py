"""Reads a tree as an order of growth.

    log(A + B) ~ log A + log B   log(A B) ~ log A + log B   n! ~ n^n e^-n n^(1/2)   |A| ~ A
    floor(A) ~ A  where A grows or is never below 1

Sizes are as large as the expression needs: log n counts as at least 1, n - 1 as of order n.
"""

from collections.abc import Sequence
from fractions import Fraction
from functools import reduce

from autograder.compare.growth.cone import at_least_one
from autograder.compare.growth.domain import Domain
from autograder.compare.growth.exact import (
    Expansion,
    as_power,
    bounded,
    constant_value,
    expand,
    linear,
    linear_of,
    logarithm_of_term,
)
from autograder.compare.growth.forms import (
    CONSTANT,
    UNIT,
    ZERO,
    Form,
    balance,
    inverse,
    least,
    of_monomial,
    positive,
    signed,
    smaller,
    times_form,
    to_power,
    total,
)
from autograder.compare.growth.scale import (
    ONE,
    Monomial,
    UndecidedError,
    UndefinedError,
    collect,
    growth_of,
    is_tower,
    power,
    raised,
    size,
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

HALF = Fraction(1, 2)


def normal_form(tree: Tree, domain: Domain | None = None) -> Form:
    """The tree's order of growth.

    Args:
        tree: An expression in sizes.
        domain: The side conditions; without them sizes are independent.

    Errors: UndecidedError when the growth can't be told; UndefinedError when there is no value.
    """
    domain = domain or Domain()
    form = _read(tree, domain)
    for monomial in (*form.above, *form.below):
        for (_, atom), _ in monomial:
            if not is_tower(atom) and any(name in domain.loose for (name, _), _ in atom):
                raise UndecidedError("an exponent known up to a constant factor only")
    return form


def _read(tree: Tree, domain: Domain) -> Form:
    match tree:
        case Number(value):
            return signed(CONSTANT, (value > 0) - (value < 0))
        case Constant("e" | "pi"):
            return CONSTANT
        case Symbol(name):
            return of_monomial(domain.meaning.get(name, size(name)))
        case Order(_, of):
            return _read(of, domain)
        case Negate(of):
            return signed(_read(of, domain), -1)
        case Add(terms):
            return _sum(tree, terms, domain)
        case Multiply(factors):
            forms = (_read(factor, domain) for factor in factors)
            return reduce(lambda left, right: times_form(left, right, domain), forms)
        case Divide(above, below):
            divisor = inverse(_read(below, domain), domain)
            return times_form(_read(above, domain), divisor, domain)
        case Call(name, arguments):
            return _call(name, arguments, domain)
    if (found := as_power(tree)) is not None:
        return _power(*found, domain)
    raise UndecidedError(f"a {type(tree).__name__.lower()} in an order of growth")


def _call(name: str, arguments: tuple[Tree, ...], domain: Domain) -> Form:
    match name, arguments:
        case "abs", (of,):
            form = _read(of, domain)
            return signed(form, form.sign)
        case "log", (of,):
            return _logarithm(of, domain)
        case "log", (of, base):
            divisor = inverse(_logarithm(base, domain), domain)
            return times_form(_logarithm(of, domain), divisor, domain)
        case "max", parts:
            return total([positive(_read(part, domain)) for part in parts], domain)
        case "min", parts:
            return least([positive(_read(part, domain)) for part in parts], domain)
        case "factorial", (of,):
            return _factorial(of, domain)
        case "ceil", (of,):
            form = positive(_read(of, domain))
            return total([form, CONSTANT], domain) if form.sign else ZERO
        case "floor", (of,):
            return _floor(of, domain)
    if (found := as_power(Call(name, arguments))) is not None:
        return _power(*found, domain)
    raise UndecidedError(f"{name} in an order of growth")


def _sum(tree: Tree, terms: Sequence[Tree], domain: Domain) -> Form:
    """A sum; with differences in it, first as it stands, then multiplied out."""
    try:
        found = balance([_read(term, domain) for term in terms], domain)
    except UndecidedError:
        found = None
    return found or _balance_of(expand(tree, domain), domain, "a difference")


def _balance_of(expansion: Expansion, domain: Domain, why: str) -> Form:
    forms = [
        signed(of_monomial(monomial), 1 if value * unit_value(unit) > 0 else -1)
        for (unit, monomial), value in expansion.items()
    ]
    found = balance(forms, domain)
    if found is None:
        raise UndecidedError(why)
    return found


def _power(base: Tree, exponent: Tree, domain: Domain) -> Form:
    by = bounded(linear(exponent, domain))
    if constant_value(by) is None:
        return _balance_of(expand(Power(base, exponent), domain), domain, "a power")
    return to_power(_read(base, domain), by, domain)


def _logarithm(of: Tree, domain: Domain) -> Form:
    match of:
        case Call("min" | "max" as name, parts):
            return _call(name, tuple(Call("log", (part,)) for part in parts), domain)
    try:
        expansion = expand(of, domain)
    except UndecidedError:
        expansion = {}
    if len(expansion) == 1:
        ((term, value),) = expansion.items()
        return _logarithm_of(logarithm_of_term(term, value), domain)
    form = _read(of, domain)
    if form.sign <= 0:
        raise UndefinedError("a logarithm of zero or of a negative number")
    if form.below != UNIT or form == CONSTANT:
        raise UndecidedError("a logarithm of a quotient")
    parts_ = [positive(_logarithm_of(monomial, domain)) for monomial in form.above]
    return total(parts_, domain)


def _logarithm_of(logarithm: Monomial, domain: Domain) -> Form:
    """The form of a monomial's logarithm, read as a sum; a constant beside a size is dropped."""
    growing = [pair for pair in logarithm if pair[0][1]]
    terms = {(unit, growth_of(atom)): value for (unit, atom), value in growing or logarithm}
    return _balance_of(terms, domain, "a logarithm of a quotient")


def _factorial(of: Tree, domain: Domain) -> Form:
    """By Stirling: (A + k)! ~ A^(A + k + 1/2) e^-A, for a whole number k and a monomial A."""
    terms = expand(of, domain)
    shift = terms.pop(((), ONE), 0)
    if not terms:
        if shift < 0:
            raise UndefinedError("a factorial of a negative number")
        return CONSTANT
    if shift.denominator > 1 or len(terms) > 1 or min(terms.values()) < 0:
        raise UndecidedError("a factorial of a sum or of a negative number")
    ((term, value),) = terms.items()
    logarithm, itself = logarithm_of_term(term, value), linear_of(terms)
    parts = raised(logarithm, itself), power(itself, -1), power(logarithm, shift + HALF)
    return of_monomial(collect(pair for part in parts for pair in part))


def _floor(of: Tree, domain: Domain) -> Form:
    form = positive(_read(of, domain))
    if form.sign and not smaller(CONSTANT, form, domain):
        terms = expand(of, domain)
        if min(terms.values()) < 0 or not any(
            value >= 1 and not unit and at_least_one(monomial, domain)
            for (unit, monomial), value in terms.items()
        ):
            raise UndecidedError("a floor of a quotient")
    return form
