"""Lines through the space of several variables, on which conditions are compared."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import islice, product, zip_longest
from typing import NamedTuple

from autograder.compare.condition.polynomials import Frozen

FEWEST, MOST = 15, 45  # lines
MOST_ZEROS = 240  # of all polynomials on all lines
SCALES = (Fraction(1), Fraction(1, 7), Fraction(10), Fraction(3), Fraction(200))
WHOLE = ("integer", "size")


class Ray(NamedTuple):
    """`start + t step`; `whole` where only whole `t` count."""

    start: Mapping[str, Fraction]
    step: Mapping[str, Fraction]
    whole: bool


def rays(domains: Mapping[str, str], polynomials: Sequence[Frozen]) -> Iterator[Ray]:
    """Lines in general directions, along an axis, and along an axis through typed numbers.

    Args:
        domains: Of each symbol.
    """
    rng = random.Random(20)
    names = sorted(domains)
    kinds = [
        _general(domains, rng),
        (_along(names[t % len(names)], _start(domains, rng, t), domains) for t in range(MOST)),
        _special(names, _typed(names, polynomials), domains),
    ]
    most = max(FEWEST, min(MOST, MOST_ZEROS // (1 + len(polynomials))))
    turns = (ray for row in zip_longest(*kinds) for ray in row if ray is not None)
    yield from islice(turns, most)


def _general(domains: Mapping[str, str], rng: random.Random) -> Iterator[Ray]:
    free = [name for name in sorted(domains) if domains[name] not in WHOLE]
    for turn in range(MOST if len(free) > 1 else 0):
        step = {name: Fraction(rng.choice((-1, 1)) * rng.randrange(1, 12), 7) for name in free}
        yield Ray(_start(domains, rng, turn), step, False)


def _special(
    names: list[str], typed: Mapping[str, list[Fraction]], domains: Mapping[str, str]
) -> Iterator[Ray]:
    others = {name: [n for n in names if n != name] for name in names}
    choices = [iter(product(*(typed[o] for o in others[name]))) for name in names]
    for _ in range(MOST):
        for name, waiting in zip(names, choices, strict=True):
            if (values := next(waiting, None)) is not None:
                start = dict(zip(others[name], values, strict=True))
                yield _along(name, {**start, name: Fraction(0)}, domains)


def _along(name: str, start: Mapping[str, Fraction], domains: Mapping[str, str]) -> Ray:
    return Ray({**start, name: Fraction(0)}, {name: Fraction(1)}, domains[name] in WHOLE)


def _start(domains: Mapping[str, str], rng: random.Random, turn: int) -> dict[str, Fraction]:
    scale = SCALES[turn % len(SCALES)]
    found = {}
    for name, domain in domains.items():
        value = scale * Fraction(rng.randrange(-60, 61), 13)
        value = abs(value) + Fraction(1, 9) if domain == "positive" else value
        if domain in WHOLE:
            value = Fraction(rng.randrange(1 if domain == "size" else -9, 12))
        found[name] = value
    return found


def _typed(names: list[str], polynomials: Sequence[Frozen]) -> dict[str, list[Fraction]]:
    """Zero, one, and the zeros of linear polynomials in one name."""
    found = {name: [Fraction(0), Fraction(1)] for name in names}
    for polynomial in polynomials:
        parts = dict(polynomial)
        for monomial, coefficient in polynomial:
            if len(monomial) == 1 and monomial[0][1] == 1 and set(parts) <= {(), monomial}:
                name = monomial[0][0]
                value = Fraction(-parts.get((), 0), coefficient)
                if name in found and value not in found[name]:
                    found[name].insert(0, value)
    return found
