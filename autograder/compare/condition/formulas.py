"""Conditions as atoms joined by "and" and "or"; an atom limits the sign of a product."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from autograder.compare.condition.polynomials import Frozen
from autograder.language.tree import Comparison

Signs: TypeAlias = frozenset[int]
SignOf: TypeAlias = Callable[[Frozen], int | None]

ALL_SIGNS: Signs = frozenset((-1, 0, 1))
ALLOWED: dict[Comparison, Signs] = {
    "<": frozenset((-1,)), "<=": frozenset((-1, 0)), ">": frozenset((1,)),
    ">=": frozenset((0, 1)), "=": frozenset((0,)), "!=": frozenset((-1, 1)),
}  # fmt: skip


@dataclass(frozen=True)
class Atom:
    """The sign of a product of polynomials is one of `signs`.

    Attributes:
        factors: Each with whether its power is odd; an even power is only zero or positive.
    """

    factors: tuple[tuple[Frozen, bool], ...]
    signs: Signs


@dataclass(frozen=True)
class And:
    parts: tuple[Formula, ...]


@dataclass(frozen=True)
class Or:
    parts: tuple[Formula, ...]


Formula: TypeAlias = Atom | And | Or

TRUE = And(())
FALSE = Or(())


def conjunction(*parts: Formula) -> Formula:
    """All of them, without what is always true."""
    kept = tuple(dict.fromkeys(part for part in parts if part != TRUE))
    if FALSE in kept:
        return FALSE
    return kept[0] if len(kept) == 1 else And(kept)


def disjunction(*parts: Formula) -> Formula:
    """One of them, without what never holds."""
    kept = tuple(dict.fromkeys(part for part in parts if part != FALSE))
    if TRUE in kept:
        return TRUE
    return kept[0] if len(kept) == 1 else Or(kept)


def polynomials_of(formula: Formula) -> Iterator[Frozen]:
    """All polynomials of its atoms, some of them more than once."""
    if isinstance(formula, Atom):
        yield from (polynomial for polynomial, _ in formula.factors)
        return
    for part in formula.parts:
        yield from polynomials_of(part)


def truth(formula: Formula, sign_of: SignOf) -> bool | None:
    """Whether it holds where the polynomials have these signs; None when that isn't known."""
    if isinstance(formula, Atom):
        return _atom(formula, sign_of)
    settles = isinstance(formula, Or)
    known = True
    for part in formula.parts:
        found = truth(part, sign_of)
        if found is settles:
            return settles
        known = known and found is not None
    return not settles if known else None


def _atom(atom: Atom, sign_of: SignOf) -> bool | None:
    possible: Signs = frozenset((1,))
    for polynomial, odd in atom.factors:
        sign = sign_of(polynomial)
        signs = ALL_SIGNS if sign is None else frozenset((sign,))
        signs = signs if odd else frozenset(abs(s) for s in signs)
        possible = frozenset(a * b for a in possible for b in signs)
    if possible <= atom.signs:
        return True
    return None if possible & atom.signs else False
