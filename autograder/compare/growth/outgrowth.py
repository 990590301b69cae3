"""Whether one form outgrows another: a proof that it doesn't, or a curve on which it does."""

from collections.abc import Iterable, Sequence
from typing import Literal

from autograder.compare.growth.candidates import curves_along, simple_curves
from autograder.compare.growth.cone import escape, pruned, unbounded
from autograder.compare.growth.curve import Contest, Curve, UnusableError, belongs, outgrows
from autograder.compare.growth.domain import Domain
from autograder.compare.growth.exact import MOST_TERMS
from autograder.compare.growth.forms import Form, crossed
from autograder.compare.growth.scale import Monomial, UndecidedError, is_tower, names_in

FIRST_CURVES = 16
"""Simple curves that are tried before any proof; they catch most wrong answers."""


def outgrowth(left: Form, right: Form, domain: Domain) -> Curve | Literal["open"] | None:
    """A curve on which left/right tends to infinity; None when left/right is bounded.

    `open` when neither could be shown.
    """
    domain.work.renew()
    try:
        return _search(*cross_multiplied(left, right, domain), domain)
    except (UndecidedError, ArithmeticError):
        return "open"


def _search(
    lefts: Sequence[Monomial], rights: Sequence[Monomial], domain: Domain
) -> Curve | Literal["open"] | None:
    """Cheap proofs first, then cheap curves, then proofs by ranking of the logarithms."""
    larger = unbounded(lefts, rights, domain.work)
    curves = _simple_curves((*lefts, *rights), domain) if larger else []
    contest = Contest.of(lefts, rights)
    for curve in curves[:FIRST_CURVES]:
        if _shows(curve, contest, domain):
            return curve
    later, waiting = curves[FIRST_CURVES:], []
    for monomial in larger:
        direction = escape(monomial, rights, domain, split=False)
        if direction is not None:
            waiting.append(monomial)
            for curve in (*later, *curves_along(direction)):
                if _shows(curve, contest, domain):
                    return curve
            later = []
    found: Literal["open"] | None = None
    for monomial in waiting:
        direction = escape(monomial, rights, domain)
        if direction is not None:
            found = "open"
            for curve in curves_along(direction):
                if _shows(curve, contest, domain):
                    return curve
    return found


def cross_multiplied(
    left: Form, right: Form, domain: Domain
) -> tuple[list[Monomial], list[Monomial]]:
    """Two sums in the ratio of the forms; what both share is left out."""
    if left.below == right.below:
        return sorted(left.above), sorted(right.above)
    if left.above == right.above:
        return sorted(right.below), sorted(left.below)
    lefts, rights = (
        pruned(crossed(one.above, other.below, domain), domain.work)
        for one, other in ((left, right), (right, left))
    )
    if max(len(lefts), len(rights)) > MOST_TERMS:
        raise UndecidedError("too many terms")
    return sorted(lefts), sorted(rights)


def _simple_curves(monomials: Iterable[Monomial], domain: Domain) -> list[Curve]:
    vectors = [*monomials, *(row for branch in domain.branches for row in branch)]
    names = sorted({name for vector in vectors for name in names_in(vector)})
    columns = {column for vector in vectors for column, _ in vector}
    plain = all(not unit and is_tower(atom) and atom[0][0][1] == 1 for unit, atom in columns)
    return list(simple_curves(names, slow=not plain))


def _shows(curve: Curve, contest: Contest, domain: Domain) -> bool:
    try:
        return belongs(curve, domain) and outgrows(contest, curve, domain.work)
    except UnusableError:
        return False
