"""Places on a line, and what two conditions say at each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias

from autograder.compare.condition.formulas import Formula, polynomials_of, truth
from autograder.compare.condition.polynomials import Frozen

Evidence: TypeAlias = Mapping[str, str]
Both: TypeAlias = tuple[bool, bool] | None  # of the answer and the key


class Place(NamedTuple):
    """One number on the line with the signs there.

    Attributes:
        at: The number, exact or an mpf.
        alone: Whether some polynomial is zero here, so that it stands for itself only; else
            it stands for all numbers up to the next such place.
        signs: None where a sign isn't certain.
    """

    at: Any
    alone: bool
    signs: Mapping[Frozen, int | None]


@dataclass
class Tally:
    """What was seen so far, on one line or on several.

    Attributes:
        extra: Where only the answer holds.
        missing: Where only the key holds.
        inside: Whether they differ other than at an end of the key's set.
        holds, fails: At how many places both hold, and neither.
        unclear: Between how many places it isn't known.
    """

    extra: Evidence | None = None
    missing: Evidence | None = None
    inside: bool = False
    holds: int = 0
    fails: int = 0
    unclear: int = 0

    @property
    def differs(self) -> bool:
        return self.extra is not None or self.missing is not None

    @property
    def code(self) -> str:
        """How the answer differs."""
        if self.extra is not None and self.missing is not None:
            return "other_set"
        if not self.inside:
            return "strictness"
        return "too_strict" if self.extra is None else "too_loose"

    @property
    def evidence(self) -> Evidence:
        return self.extra or self.missing or {}


@dataclass(frozen=True)
class Question:
    """Two conditions, and what holds at every point that counts."""

    answer: Formula
    key: Formula
    domain: Formula

    @cached_property
    def polynomials(self) -> tuple[Frozen, ...]:
        formulas = (self.domain, self.answer, self.key)
        return tuple(dict.fromkeys(p for formula in formulas for p in polynomials_of(formula)))


def look(
    question: Question,
    places: Sequence[Place],
    describe: Callable[[Any], Evidence],
    tally: Tally,
    again: Callable[[Place], Place] | None = None,
) -> None:
    """Compare at places in their order along a line.

    Args:
        describe: The coordinates of a place.
        again: Computes the signs of a place with more digits, before a difference counts.
    """
    said: list[Both] = []
    for place in places:
        both = _both(question, place, tally)
        differs = both is not None and both[0] != both[1]
        if differs and again is not None and not place.alone:
            both = _both(question, again(place), tally)
        said.append(both)
    for at, (place, both) in enumerate(zip(places, said, strict=True)):
        if both is None:
            continue
        answer, key = both
        if answer == key:
            tally.holds += answer
            tally.fails += not answer
            continue
        if answer and (tally.extra is None or not place.alone):
            tally.extra = tally.extra or describe(place.at)
        if key and tally.missing is None:
            tally.missing = describe(place.at)
        tally.inside = tally.inside or not (place.alone and _is_end(said, at))


def _both(question: Question, place: Place, tally: Tally) -> Both:
    """Whether the answer and the key hold; None outside the domain or where it isn't known."""
    if not (inside := truth(question.domain, place.signs.get)):
        tally.unclear += inside is None and not place.alone
        return None
    answer, key = truth(question.answer, place.signs.get), truth(question.key, place.signs.get)
    if answer is None or key is None:
        tally.unclear += not place.alone
        return None
    return answer, key


def _is_end(said: Sequence[Both], at: int) -> bool:
    """Whether the key holds on one side of a place and not on the other."""
    before = said[at - 1] if at else None
    behind = said[at + 1] if at + 1 < len(said) else None
    return (before is not None and before[1]) != (behind is not None and behind[1])


def written(number: Any) -> str:
    """A coordinate as evidence."""
    return str(number) if isinstance(number, Fraction | int) else f"{float(number):.10g}"
