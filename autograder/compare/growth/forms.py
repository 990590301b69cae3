"""Growth up to constant factors as a signed ratio of sums of monomials, and its arithmetic.

max(A, B) ~ A + B      min(A, B) ~ 1 / (1/A + 1/B)      (A + B)^r ~ A^r + B^r
A - B ~ A  where B/A tends to 0 as some size grows
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import product

from autograder.compare.growth.cone import pruned, vanishes
from autograder.compare.growth.domain import Domain
from autograder.compare.growth.exact import MOST_TERMS, constant_value
from autograder.compare.growth.scale import (
    ONE,
    Monomial,
    UndecidedError,
    UndefinedError,
    names_in,
    over,
    power,
    raised,
    rational,
    times,
    without_constants,
)

UNIT = frozenset([ONE])


@dataclass(frozen=True)
class Form:
    """`sign * (sum of above) / (sum of below)` up to a positive constant factor.

    Attributes:
        above: Monomials; empty for zero.
        below: Monomials; `{1}` when the form is a sum.
        sign: 1, -1, or 0 for zero.
    """

    above: frozenset[Monomial]
    below: frozenset[Monomial] = UNIT
    sign: int = 1


CONSTANT = Form(UNIT)
ZERO = Form(frozenset(), UNIT, 0)


def of_monomial(monomial: Monomial) -> Form:
    """The monomial's growth."""
    return Form(frozenset([without_constants(monomial)]))


def signed(form: Form, sign: int) -> Form:
    """The form times -1, 0 or 1."""
    return Form(form.above, form.below, form.sign * sign) if form.sign * sign else ZERO


def positive(form: Form) -> Form:
    """The form itself.

    Errors: UndecidedError when it's negative.
    """
    if form.sign < 0:
        raise UndecidedError("a negative part")
    return form


def ratio(above: Iterable[Monomial], below: Iterable[Monomial], sign: int, domain: Domain) -> Form:
    """The form with what is superfluous removed and a single divisor multiplied in."""
    tops, bottoms = pruned(above, domain.work), pruned(below, domain.work)
    if len(tops) > MOST_TERMS or len(bottoms) > MOST_TERMS:
        raise UndecidedError("too many terms")
    if len(bottoms) > 1:
        return Form(tops, bottoms, sign)
    (divisor,) = bottoms
    return Form(frozenset(over(monomial, divisor) for monomial in tops), UNIT, sign)


def crossed(left: Iterable[Monomial], right: Iterable[Monomial], domain: Domain) -> list[Monomial]:
    """The product of each with each."""
    pairs = list(product(left, right))
    domain.work.spend(4 * len(pairs))
    return [times(*pair) for pair in pairs]


def times_form(left: Form, right: Form, domain: Domain) -> Form:
    """The product."""
    if not left.sign * right.sign:
        return ZERO
    above = crossed(left.above, right.above, domain)
    below = crossed(left.below, right.below, domain)
    return ratio(above, below, left.sign * right.sign, domain)


def inverse(form: Form, domain: Domain) -> Form:
    """One over the form.

    Errors: UndefinedError when it's zero.
    """
    if not form.sign:
        raise UndefinedError("division by zero")
    return ratio(form.below, form.above, form.sign, domain)


def total(forms: Sequence[Form], domain: Domain) -> Form:
    """The sum of forms that are not negative."""
    some = [form for form in forms if form.sign]
    if not some:
        return ZERO
    if len({form.below for form in some}) == 1:
        joined = [monomial for form in some for monomial in form.above]
        return ratio(joined, some[0].below, 1, domain)
    return reduce(lambda left, right: _sum_of_two(left, right, domain), some)


def least(forms: Sequence[Form], domain: Domain) -> Form:
    """The minimum of forms that are not negative."""
    if any(not form.sign for form in forms):
        return ZERO
    return inverse(total([inverse(form, domain) for form in forms], domain), domain)


def balance(forms: Sequence[Form], domain: Domain) -> Form | None:
    """The sum of signed forms; None when neither sign outweighs the other."""
    gains = total([form for form in forms if form.sign > 0], domain)
    losses = total([signed(form, -1) for form in forms if form.sign < 0], domain)
    if not losses.sign or smaller(losses, gains, domain):
        return gains
    if not gains.sign or smaller(gains, losses, domain):
        return signed(losses, -1)
    return None


def smaller(left: Form, right: Form, domain: Domain) -> bool:
    """Whether left/right tends to 0 as some size grows, whatever the others do."""
    lefts = crossed(left.above, right.below, domain)
    rights = crossed(right.above, left.below, domain)
    sizes = {name for monomial in (*lefts, *rights) for name in names_in(monomial)}
    return vanishes(lefts, rights, sizes, domain)


def to_power(form: Form, exponent: Monomial, domain: Domain) -> Form:
    """The form to a constant power, the exponent read as a sum.

    Errors: UndecidedError for a root of a negative form, UndefinedError for zero to a
        negative power.
    """
    value, number = constant_value(exponent), rational(exponent)
    if not value:
        return CONSTANT
    if not form.sign:
        return inverse(ZERO, domain) if value < 0 else ZERO
    if form.sign < 0 and (number is None or number.denominator > 1):
        raise UndecidedError("a root of a negative number")
    sign = form.sign if number is not None and number % 2 == 1 else 1
    by = exponent if value > 0 else power(exponent, -1)
    above, below = (
        [without_constants(raised(monomial, by)) for monomial in part]
        for part in (form.above, form.below)
    )
    found = ratio(above, below, sign, domain)
    return found if value > 0 else inverse(found, domain)


def _sum_of_two(left: Form, right: Form, domain: Domain) -> Form:
    above = crossed(left.above, right.below, domain) + crossed(right.above, left.below, domain)
    return ratio(above, crossed(left.below, right.below, domain), 1, domain)
