"""Two conditions compared under every combination of signs that their polynomials can have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from autograder.compare.condition.formulas import (
    ALL_SIGNS,
    Formula,
    Signs,
    polynomials_of,
    truth,
)
from autograder.compare.condition.linear import Form, solution
from autograder.compare.condition.polynomials import Frozen, TooMuch
from autograder.compare.condition.signs import possible_signs

MOST_CELLS = 600
MOST_SOLVED = 200

Point: TypeAlias = dict[str, Fraction]


@dataclass
class Cells:
    """A search through all signs.

    Attributes:
        domain: What holds at every point that counts.
        positive: Names that are positive.
    """

    answer: Formula
    key: Formula
    domain: Formula
    positive: frozenset[str]
    seen: int = 0
    solved: int = 0
    signs: dict[Frozen, int] = field(default_factory=dict)

    def difference(self) -> Point | None:
        """A point where only one holds; None when there is none.

        Only linear polynomials give a point; the signs of others may be impossible together.

        Errors: TooMuch when the search is too long, or ends at signs that others have.
        """
        found = [*polynomials_of(self.domain), *polynomials_of(self.answer)]
        found += polynomials_of(self.key)
        ordered = sorted(dict.fromkeys(found), key=lambda p: (not _is_linear(p), found.index(p)))
        names = {name for p in ordered for monomial, _ in p for name, _ in monomial}
        start = [Form({name: Fraction(1)}, Fraction(0), 1) for name in names & self.positive]
        return self._search(ordered, start, dict.fromkeys(names, Fraction(1)))

    def _search(self, waiting: Sequence[Frozen], forms: list[Form], point: Point) -> Point | None:
        """Search on from the signs so far.

        Args:
            forms: What the signs of linear polynomials say.
            point: A point where all of them hold.
        """
        self.seen += 1
        if self.seen > MOST_CELLS:
            raise TooMuch
        answer, key = truth(self.answer, self.signs.get), truth(self.key, self.signs.get)
        if answer is not None and answer == key:
            return None
        if truth(self.domain, self.signs.get) is False:
            return None
        if not waiting:
            if not all(map(_is_linear, self.signs)):
                raise TooMuch
            return point
        first, *rest = waiting
        for sign in sorted(possible_signs(first, self._sign_of_name), reverse=True):
            here: Point | None = point
            more = forms
            if _is_linear(first):
                form = _form(first, sign)
                more = [*forms, form]
                here = point if form.holds(point) else self._solved(more, point)
            if here is None:
                continue
            self.signs[first] = sign
            found = self._search(rest, more, here)
            del self.signs[first]
            if found is not None:
                return found
        return None

    def _solved(self, forms: list[Form], point: Point) -> Point | None:
        self.solved += 1
        if self.solved > MOST_SOLVED:
            raise TooMuch
        found = solution(forms)
        return None if found is None else {**point, **found}

    def _sign_of_name(self, name: str) -> Signs:
        if name in self.positive:
            return frozenset((1,))
        sign = self.signs.get(((((name, 1),), 1),))
        return ALL_SIGNS if sign is None else frozenset((sign,))


def _is_linear(polynomial: Frozen) -> bool:
    return all(sum(degree for _, degree in monomial) < 2 for monomial, _ in polynomial)


def _form(polynomial: Frozen, sign: int) -> Form:
    times = -1 if sign < 0 else 1
    coefficients = {m[0][0]: Fraction(times * c) for m, c in polynomial if m}
    return Form(coefficients, Fraction(times * dict(polynomial).get((), 0)), abs(sign))
