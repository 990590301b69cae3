"""Is there a point where linear forms have given signs? Fourier and Motzkin, exactly.

Variables go one by one: an equation is solved for one, a pair of bounds on it becomes a
condition on the others. Going back gives a point.
https://en.wikipedia.org/wiki/Fourier%E2%80%93Motzkin_elimination
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from autograder.compare.condition.polynomials import TooMuch
from autograder.compare.condition.roots import simplest

MOST_FORMS = 60


class Form(NamedTuple):
    """`sum of coefficients times names, plus constant` is zero (0), or positive (1)."""

    coefficients: Mapping[str, Fraction]
    constant: Fraction
    sign: int

    def at(self, point: Mapping[str, Fraction]) -> Fraction:
        return self.constant + sum(c * point[n] for n, c in self.coefficients.items())

    def holds(self, point: Mapping[str, Fraction]) -> bool:
        value = self.at(point)
        return value > 0 if self.sign else value == 0


def solution(forms: Sequence[Form]) -> dict[str, Fraction] | None:
    """A point where all forms are as they say; None where there is none.

    Errors: TooMuch.
    """
    open_ = [form for form in forms if form.coefficients]
    if any(not _true(form) for form in forms if not form.coefficients):
        return None
    if not open_:
        return {}
    equation = next((form for form in open_ if form.sign == 0), None)
    if equation is not None:
        name = min(equation.coefficients)
        rest = [_without(form, equation, name) for form in open_ if form is not equation]
        point = solution(rest)
        if point is None:
            return None
        point = {n: Fraction(0) for form in open_ for n in form.coefficients} | point
        lead = equation.coefficients[name]
        point[name] = Fraction(0)
        point[name] = -equation.at(point) / lead
        return point
    return _eliminated(open_)


def _eliminated(forms: list[Form]) -> dict[str, Fraction] | None:
    counts: dict[str, list[int]] = {}
    for form in forms:
        for name, value in form.coefficients.items():
            counts.setdefault(name, [0, 0])[value > 0] += 1
    name = min(counts, key=lambda n: (counts[n][0] * counts[n][1], n))
    lows = [f for f in forms if f.coefficients.get(name, 0) > 0]
    highs = [f for f in forms if f.coefficients.get(name, 0) < 0]
    rest = [f for f in forms if name not in f.coefficients]
    rest += [_pair(low, high, name) for low in lows for high in highs]
    if len(rest) > MOST_FORMS:
        raise TooMuch
    point = solution(rest)
    if point is None:
        return None
    point = {n: Fraction(0) for form in forms for n in form.coefficients} | point
    point[name] = Fraction(0)
    below = [-f.at(point) / f.coefficients[name] for f in lows]
    above = [-f.at(point) / f.coefficients[name] for f in highs]
    low = max(below) if below else min(above) - 2
    high = min(above) if above else low + 2
    point[name] = simplest(low, high) if below or above else Fraction(0)
    return point


def _true(form: Form) -> bool:
    return form.constant > 0 if form.sign else form.constant == 0


def _without(form: Form, equation: Form, name: str) -> Form:
    value = form.coefficients.get(name)
    return form if value is None else _sum(form, equation, -value / equation.coefficients[name])


def _pair(low: Form, high: Form, name: str) -> Form:
    return _sum(low, high, -low.coefficients[name] / high.coefficients[name])


def _sum(form: Form, other: Form, times: Fraction) -> Form:
    total = dict(form.coefficients)
    for name, value in other.coefficients.items():
        total[name] = total.get(name, Fraction(0)) + times * value
    kept = {name: value for name, value in total.items() if value}
    return Form(kept, form.constant + times * other.constant, form.sign)
