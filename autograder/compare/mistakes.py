"""How a wrong answer relates to the key, told from their values.

The names say something of the key's structure, so that only staff and the level `full` see
them; see `feedback.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from autograder.compare.places import DIGITS, Place, shape_of
from autograder.compare.sampling import context
from autograder.compare.slips import slips
from autograder.language.evaluator.values import Grid, TooLarge, Value
from autograder.language.tree import Tree

if TYPE_CHECKING:
    from autograder.compare.closed_form import Key

FEW = 6  # points that show a relation
MOST_SLIPS = 80
LEAST_POSITIVE = 4


class Mistake(NamedTuple):
    """A code, and what kind of slip it was."""

    code: str
    slip: str = ""


Seen = list[tuple[Place, Any, Any]]  # a place, the answer's value there and the key's


def name_mistake(answer: Tree, key: Key) -> Mistake:
    """What a wrong answer of the key's shape is to the key.

    Returns:
        A code and for `one_slip` its kind. The codes: `sign`, `constant_factor`, `inverse`,
        `missing_root`, `extra_root`, `only_positive`, `constant_term`, `one_slip`, or
        `differs` where none of them fits.
    """
    seen = _seen(answer, key)
    if any(isinstance(got, Grid) for _, got, _ in seen):
        return Mistake("differs")
    if len(seen) >= FEW:
        for code, relation in RELATIONS.items():
            if relation(seen):
                return Mistake(code)
    if _only_positive(seen):
        return Mistake("only_positive")
    kind = _slip(seen, key)
    return Mistake("one_slip", kind) if kind else Mistake("differs")


def _seen(answer: Tree, key: Key) -> Seen:
    found: Seen = []
    for place, expected in key.at("usual", key.complex):
        try:
            got = place.worth(answer).value
        except TooLarge:
            continue
        if got is not None and shape_of(got) == shape_of(expected.value):
            found.append((place, got, expected.value))
    return found


def _all(seen: Seen, left: Callable[[Any, Any], Any], right: Callable[[Any, Any], Any]) -> bool:
    """Whether `left(got, expected)` equals `right(got, expected)` everywhere, but not as 0."""
    sides = [(place, left(got, key), right(got, key)) for place, got, key in seen]
    return all(place.same(one, other) for place, one, other in sides) and any(
        one for _, one, _ in sides
    )


def _constant(seen: Seen, of: Callable[[Any, Any], Any]) -> bool:
    """Whether it is one number, the same everywhere."""
    place, first, second = seen[0]
    value = of(first, second)
    return bool(value) and all(place.same(of(got, key), value) for _, got, key in seen)


def _ratio(got: Any, key: Any) -> Any:
    return got / key if key else context(DIGITS).nan


RELATIONS: Mapping[str, Callable[[Seen], bool]] = {
    "sign": lambda seen: _all(seen, lambda got, key: got, lambda got, key: -key),
    "constant_factor": lambda seen: _constant(seen, _ratio),
    "inverse": lambda seen: _all(seen, lambda got, key: got * key, lambda got, key: key**0),
    "missing_root": lambda seen: _all(seen, lambda got, key: got, lambda got, key: key * key),
    "extra_root": lambda seen: _all(seen, lambda got, key: got * got, lambda got, key: key),
    "constant_term": lambda seen: (
        _constant(seen, lambda got, key: got - key) and not _constant(seen, lambda got, key: key)
    ),
}


def _only_positive(seen: Seen) -> bool:
    """Whether they agree wherever all numbers are positive, and somewhere else do not."""
    inside: list[bool] = []
    outside: list[bool] = []
    for place, got, key in seen:
        positive = _all_positive(place)
        if positive is None:
            return False
        (inside if positive else outside).append(place.same(got, key))
    return len(inside) >= LEAST_POSITIVE and all(inside) and not all(outside)


def _all_positive(place: Place) -> bool | None:
    """Whether every coordinate is a positive number; None when there are other things."""
    numbers = place.sample.values.values()
    if not all(isinstance(number, Fraction) for number in numbers):
        return None
    return all(number > 0 for number in numbers)


def _slip(seen: Seen, key: Key) -> str | None:
    """What kind of single slip turns the key into the answer."""
    if len(seen) < FEW:
        return None
    for number, (kind, mutant) in enumerate(slips(key.tree, key.vocabulary)):
        if number == MOST_SLIPS:
            return None
        if all(_gives(mutant, place, got) for place, got, _ in seen[:FEW]):
            return kind
    return None


def _gives(tree: Tree, place: Place, value: Value) -> bool:
    try:
        found = place.worth(tree).value
    except TooLarge:
        return False
    return found is not None and shape_of(found) == shape_of(value) and place.same(found, value)
