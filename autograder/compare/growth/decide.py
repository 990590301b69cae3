"""Whether two orders of growth are the same, with a curve where they are not."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from autograder.compare.growth.conditions import SideCondition, domain_of
from autograder.compare.growth.cone import escape
from autograder.compare.growth.curve import (
    Contest,
    Curve,
    UnusableError,
    grows_on,
    outgrows,
    powers_of,
)
from autograder.compare.growth.domain import Domain
from autograder.compare.growth.forms import Form
from autograder.compare.growth.normal_form import normal_form
from autograder.compare.growth.outgrowth import cross_multiplied, outgrowth
from autograder.compare.growth.scale import Monomial, UndecidedError, UndefinedError, over
from autograder.compare.growth.terms import bounds_of, has_coefficient, redundant_terms, terms_of
from autograder.language.tree import Tree

Outcome: TypeAlias = Literal["equal", "different", "undecided"]
Code: TypeAlias = Literal["right", "too_big", "too_small", "incomparable", "not_tight", "undecided"]


@dataclass(frozen=True)
class Witness:
    """A curve on which one side outgrows the other.

    Attributes:
        powers: `x = t^powers[x]`, for each size that grows so; dimensionless.
        log_powers: A further factor `(log t)^log_powers[x]`, where there is one.
        grows: The sizes that grow; the others may stay fixed.
        fixed: The sizes of the question that stay fixed.
        term: The term of the larger side that the smaller side does not cover. None where
            no single term of it was typed.
    """

    powers: Mapping[str, Fraction]
    log_powers: Mapping[str, Fraction]
    grows: tuple[str, ...]
    fixed: tuple[str, ...]
    term: Tree | None = None


@dataclass(frozen=True)
class GrowthDecision:
    """What was decided, and plain facts for words.

    Attributes:
        outcome: `equal` and `different` are proved; `undecided` goes to a person.
        code: The stable name of the branch.
        too_big: Where the answer outgrows the key; its term is one of the answer.
        too_small: Where the key outgrows the answer; its term is one of the key.
        redundant: Terms of the answer that its other terms bound.
        constants: A coefficient other than 1 was typed in the answer.
        why: For `undecided`, and for an answer that is no growth at all: a short phrase.
    """

    outcome: Outcome
    code: Code
    too_big: Witness | None = None
    too_small: Witness | None = None
    redundant: tuple[Tree, ...] = ()
    constants: bool = False
    why: str = ""

    @property
    def witness(self) -> Mapping[str, Fraction] | None:
        """The exponents of the first curve there is: what the answer lacks, before excess."""
        found = self.too_small or self.too_big
        return None if found is None else found.powers


def decide_growth(
    answer: Tree, key: Tree, sizes: Sequence[str], conditions: Sequence[SideCondition] = ()
) -> GrowthDecision:
    """Whether the answer is of the key's order of growth, both ways (Theta).

    Sizes are whole numbers >= 1, each as large or as small as it likes within the conditions.
    O and Theta mean the same here; o, omega and Omega fit only a key with the same word.

    Args:
        answer: An expression in the sizes, with or without O(...).
        key: The same.
        sizes: All declared sizes.
        conditions: Relations that the question states.

    Errors: none for any tree; what can't be told is `undecided`.
    """
    try:
        domain = domain_of(sizes, conditions)
        reference = normal_form(key, domain)
    except (UndecidedError, UndefinedError, ArithmeticError) as error:
        return GrowthDecision("undecided", "undecided", why=f"key: {error}")
    constants = has_coefficient(answer)
    try:
        domain.work.renew()
        form = normal_form(answer, domain)
    except UndefinedError as error:
        return GrowthDecision("different", "incomparable", constants=constants, why=str(error))
    except (UndecidedError, ArithmeticError) as error:
        return GrowthDecision("undecided", "undecided", constants=constants, why=str(error))
    if form.sign < 1 or reference.sign < 1:
        return _with_sign(form.sign, reference.sign, constants)
    big, small = outgrowth(form, reference, domain), outgrowth(reference, form, domain)
    domain.work.renew()
    if big is None and small is None:
        redundant = redundant_terms(answer, domain)
        if bounds_of(answer) and _loose(answer) != _loose(key):
            return GrowthDecision("different", "not_tight", None, None, redundant, constants)
        return GrowthDecision("equal", "right", None, None, redundant, constants)
    too_big = _witness(big, answer, reference, domain) if isinstance(big, Curve) else None
    too_small = _witness(small, key, form, domain) if isinstance(small, Curve) else None
    if too_big is None and too_small is None:
        why = "no proof and no curve"
        return GrowthDecision("undecided", "undecided", constants=constants, why=why)
    code: Code = "too_small" if too_big is None else "too_big"
    if too_big is not None and too_small is not None:
        code = "incomparable"
    return GrowthDecision("different", code, too_big, too_small, (), constants)


def _with_sign(answer: int, key: int, constants: bool) -> GrowthDecision:
    """The decision where one side is zero or negative."""
    if answer > 0:
        return GrowthDecision("different", "too_big", constants=constants, why="key: not positive")
    if key > 0:
        why = "negative" if answer else "zero"
        return GrowthDecision("different", "too_small", constants=constants, why=why)
    return GrowthDecision("undecided", "undecided", constants=constants, why="key: not positive")


def growth_key(tree: Tree, sizes: Sequence[str], conditions: Sequence[SideCondition] = ()) -> str:
    """A text that is the same only for trees of the same growth, for matching at a glance.

    Sums of products of powers of independent sizes have the same text whenever they are of
    the same growth; of other growths some equal ones have different texts.

    Errors: none; a tree that is outside the procedure stands for itself.
    """
    try:
        domain = domain_of(sizes, conditions)
        form = normal_form(tree, domain)
        above, below = (_least(part, domain) for part in (form.above, form.below))
    except (UndecidedError, UndefinedError, ArithmeticError):
        return re.sub(r"span=\(\d+, \d+\)(, )?", "", repr(tree))
    anchor = below[0]
    texts = [
        " + ".join(_text(over(monomial, anchor)) for monomial in part) for part in (above, below)
    ]
    words = " ".join(sorted(_loose(tree)))
    return f"{words} {form.sign} * ({texts[0]}) / ({texts[1]})"


def _loose(tree: Tree) -> frozenset[str]:
    return bounds_of(tree) - {"O", "Theta"}


def _witness(curve: Curve, larger: Tree, smaller: Form, domain: Domain) -> Witness:
    powers, log_powers = powers_of(curve, domain)
    grows = tuple(name for name in domain.sizes if grows_on(name, curve, domain))
    terms = terms_of(larger)
    return Witness(
        {name: Fraction(value) for name, value in powers.items()},
        {name: Fraction(value) for name, value in log_powers.items()},
        grows,
        tuple(name for name in domain.sizes if name not in grows),
        next((term for term in terms if _above(term, smaller, curve, domain)), None)
        if len(terms) > 1
        else None,
    )


def _above(term: Tree, form: Form, curve: Curve, domain: Domain) -> bool:
    """Whether the term alone outgrows the form on the curve."""
    try:
        own = normal_form(term, domain)
        contest = Contest.of(*cross_multiplied(own, form, domain))
        return own.sign > 0 and outgrows(contest, curve, domain.work)
    except (UndecidedError, UndefinedError, UnusableError):
        return False


def _least(monomials: Iterable[Monomial], domain: Domain) -> list[Monomial]:
    """Those that the others do not bound, sorted."""
    kept = sorted(monomials)
    for monomial in list(kept):
        others = [other for other in kept if other != monomial]
        if others and escape(monomial, others, domain) is None:
            kept = others
    return kept


def _text(monomial: Monomial) -> str:
    return (
        " ".join(
            f"{list(unit) or ''}{'.'.join(f'log^{d - 1}({n})^{p}' for (n, d), p in atom)}^{value}"
            for (unit, atom), value in monomial
        )
        or "1"
    )
