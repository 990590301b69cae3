"""Side conditions such as `k = d/h`, `h <= d` or `n = d + h`, as a domain of growth."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product

from autograder.compare.growth.domain import Domain
from autograder.compare.growth.exact import expand, logarithm_of_term
from autograder.compare.growth.forms import UNIT, crossed
from autograder.compare.growth.normal_form import normal_form
from autograder.compare.growth.scale import (
    Column,
    Monomial,
    UndecidedError,
    exact,
    is_tower,
    magnitude,
    names_in,
    over,
    power,
    size,
    times,
)
from autograder.language.tree import Tree

MOST_BRANCHES = 12


@dataclass(frozen=True)
class SideCondition:
    """`left sign right`, one of <= >= < > = ~, which holds for all sizes in question."""

    left: Tree
    sign: str
    right: Tree


def domain_of(sizes: Sequence[str], conditions: Sequence[SideCondition]) -> Domain:
    """The sizes under the conditions.

    An equation gives one size in terms of the others, where it can: `k = d/h` gives d = k h.
    A sum on the larger side of an inequality gives one branch for each of its terms.

    Errors: UndecidedError for a condition that isn't between positive orders of growth.
    """
    meaning: dict[str, Monomial] = {}
    domain = Domain(tuple(sizes), meaning)
    rest: list[SideCondition] = []
    for number, condition in enumerate(conditions, 1):
        equation = _equation(condition, domain, -number)
        if equation is None or not _substitute(equation, meaning):
            rest.append(condition)
    branches: list[tuple[Monomial, ...]] = [()]
    sharp: list[Monomial] = []
    loose: set[str] = set()
    for condition in rest:
        for left, right in _inequalities(condition):
            sharp_one = condition.sign in ("<=", ">=", "=") and _as_large(left, right, domain)
            for choices in _choices(left, right, domain):
                branches = [(*rows, row) for rows, row in product(branches, choices)]
                if sharp_one:
                    sharp += choices
                else:
                    loose.update(name for row in choices for name in names_in(row))
                if len(branches) > MOST_BRANCHES:
                    raise UndecidedError("many cases in the side conditions")
    return replace(domain, branches=tuple(branches), sharp=tuple(sharp), loose=frozenset(loose))


def _equation(condition: SideCondition, domain: Domain, unknown: int) -> Monomial | None:
    """`log(left) - log(right)` of an equation between monomials, read as a sum that is 0."""
    if condition.sign not in ("=", "~"):
        return None
    sides = [_logarithm(side, domain) for side in (condition.left, condition.right)]
    if condition.sign == "=" and None not in sides:
        slack: Monomial = ()
    else:
        forms = [normal_form(side, domain) for side in (condition.left, condition.right)]
        if any(len(form.above) != 1 or form.below != UNIT for form in forms):
            return None
        sides = [monomial for form in forms for monomial in form.above]
        slack = ((((((unknown, 1),), ())), 1),)
    left, right = sides
    return None if left is None or right is None else times(over(left, right), slack)


def _logarithm(side: Tree, domain: Domain) -> Monomial | None:
    """The logarithm of a side that is exactly one monomial."""
    try:
        terms = expand(side, domain)
    except UndecidedError:
        return None
    if len(terms) != 1:
        return None
    ((term, value),) = terms.items()
    return logarithm_of_term(term, value) if value > 0 and not term[0] else None


def _substitute(equation: Monomial, meaning: dict[str, Monomial]) -> bool:
    """Solve for a size that is a product of powers >= 0 of others; False where none is."""
    candidates = [pair for pair in equation if _solvable(pair[0], equation)]
    if not candidates:
        return not any(atom for (_, atom), _ in equation)
    column, value = min(candidates, key=lambda pair: (magnitude(pair[1]) != 1, pair))
    name = column[1][0][0][0]
    found = power(over(equation, ((column, value),)), exact(Fraction(-1) / value))
    for other, monomial in meaning.items():
        share = dict(monomial).get(column, 0)
        rest = over(monomial, power(size(name), share))
        if name in names_in(rest):
            raise UndecidedError("side conditions that refer to each other in exponents")
        meaning[other] = times(rest, power(found, share))
    meaning[name] = found
    return True


def _solvable(column: Column, equation: Monomial) -> bool:
    unit, atom = column
    if unit or not is_tower(atom) or atom[0][0][1] != 1:
        return False
    value = dict(equation)[column]
    rest = [pair for pair in equation if pair[0] != column]
    return atom[0][0][0] not in names_in(tuple(rest)) and all(
        share * value <= 0 for (_, atom_), share in rest if atom_
    )


def _inequalities(condition: SideCondition) -> Iterator[tuple[Tree, Tree]]:
    """`(smaller, larger)` for each direction that the condition states."""
    if condition.sign in ("<", "<=", "=", "~"):
        yield condition.left, condition.right
    if condition.sign in (">", ">=", "=", "~"):
        yield condition.right, condition.left
    if condition.sign not in ("<", "<=", ">", ">=", "=", "~"):
        raise UndecidedError("a side condition of another kind")


def _as_large(left: Tree, right: Tree, domain: Domain) -> bool:
    """Whether both sides are monomials with the same exact coefficient."""
    sides = [_logarithm(side, domain) for side in (left, right)]
    if sides[0] is None or sides[1] is None:
        return False
    return all(atom for (_, atom), _ in over(sides[0], sides[1]))


def _choices(left: Tree, right: Tree, domain: Domain) -> Iterator[list[Monomial]]:
    """For each term of the smaller side: rows, one of which holds."""
    small, large = normal_form(left, domain), normal_form(right, domain)
    if small.sign < 1 or large.sign < 1:
        raise UndecidedError("a side condition with a sign")
    tops = crossed(large.above, small.below, domain)
    for low in sorted(set(crossed(small.above, large.below, domain))):
        rows = sorted(over(top, low) for top in tops)
        if not any(all(value >= 0 for _, value in row) for row in rows):
            yield rows
