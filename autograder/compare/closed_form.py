"""Are two expressions equal on their domain? Numbers reject, algebra proves.

Rejected only at a point where both sides have a value and differ at high precision; the point
is the evidence. Values are real; complex ones count where a complex symbol is declared, `i`
occurs, or, where `i` may occur, the key has no others. They agree when enough common points
agree; `proof` may raise that to proved. With too few common points, or out of precision, the
answer is undecided, and a person decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal

from autograder.compare.coordinates import Stage
from autograder.compare.edges import near
from autograder.compare.mistakes import name_mistake
from autograder.compare.places import DIGITS, Place, Worth, alike, shape_of
from autograder.compare.proof import proves_equal
from autograder.compare.sampling import samples
from autograder.language.evaluator.values import MAX_STEPS, Grid, TooLarge, TooLong
from autograder.language.tree import Call, Cases, Constant, Tree, walk
from autograder.language.vocabulary import Vocabulary

ENOUGH = 6  # common points
STAGES: tuple[Stage, ...] = ("usual", "easy", "far")
BUDGET = 10_000  # nodes evaluated for one answer, after which the points so far have to do
MOST = 4 * BUDGET
SMALL = 400  # nodes of an answer, sums written out, whose mistake is looked for
NONE_COMMON = {"common": "0"}
SWITCHES = frozenset("max min abs floor ceil sign relu heaviside round mod trunc".split())

Outcome = Literal["proved", "agrees", "differs", "undecided"]


@dataclass(frozen=True)
class Decision:
    """The outcome of a comparison.

    Attributes:
        code: `right`, `undecided`, `too_large`, `wrong_shape`, or how it differs (see
            `mistakes.py`).
        evidence: The point where they differ, or how many points were common.
        slip: For `one_slip`, what kind of slip: `sign`, `exponent`, `operator`, …
        undefined: A point where an answer that is right has no value and the key has one.
    """

    outcome: Outcome
    code: str
    evidence: Mapping[str, str] = field(default_factory=dict)
    slip: str = ""
    undefined: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Key:
    """A key with its values at the points, each computed once.

    Attributes:
        complex: Whether values that are not real count.
    """

    tree: Tree
    vocabulary: Vocabulary
    complex: bool = False
    known: dict[tuple[int, bool], Worth] = field(default_factory=dict, compare=False)

    def at(self, stage: Stage, complex_: bool) -> Iterator[tuple[Place, Worth]]:
        """Places of a stage where the key has a value, with it."""
        points = samples(self.vocabulary, stage)
        if not self.vocabulary.symbols:  # all points are one
            points = points[:ENOUGH] if stage == STAGES[0] else ()
        for number, sample in enumerate(points):
            place = Place(sample, self.vocabulary, DIGITS, complex_)
            known = (1_000 * STAGES.index(stage) + number, complex_)
            if known not in self.known:
                self.known[known] = _worth(place, self.tree)
            if self.known[known].value is not None:
                yield place, self.known[known]

    def around(self, answer: Tree, complex_: bool) -> Iterator[tuple[Place, Worth]]:
        """Places around the numbers that were typed, where a maximum or a floor may change."""
        for sample in near(self.vocabulary, (self.tree, answer)):
            place = Place(sample, self.vocabulary, DIGITS, complex_)
            found = _worth(place, self.tree)
            if found.value is not None:
                yield place, found


@dataclass
class _Tally:
    """What was seen so far at the points where the key has a value."""

    common: int = 0
    unclear: int = 0
    overflows: int = 0
    spent: int = 0
    scalar: bool = True
    undefined: Mapping[str, str] = field(default_factory=dict)  # a point where only the key is

    @property
    def enough(self) -> bool:
        return self.common >= ENOUGH


def prepare(tree: Tree, vocabulary: Vocabulary) -> Key:
    """Evaluate a key at the points of its domain.

    Errors: ValueError when it has a value at too few of them.
    """
    ways = (False, True) if vocabulary.algebra else (False,)
    for complex_ in (True,) if _is_complex(tree, vocabulary) else ways:
        key = Key(tree, vocabulary, complex_)
        found = (worth for stage in STAGES for _, worth in key.at(stage, complex_))
        if sum(1 for _ in islice(found, ENOUGH)) == ENOUGH:
            return key
    raise ValueError("the key has no value at most points of its domain")


def decide(answer: Tree, key: Key, *, prove: bool = True) -> Decision:
    """Compare an answer whose shapes fit with a key."""
    complex_ = key.complex or _is_complex(answer, key.vocabulary)
    decision = _decide(answer, key, complex_, prove)
    if key.vocabulary.algebra and not complex_ and decision.evidence == NONE_COMMON:
        return _decide(answer, key, True, prove)  # they may still differ off the real line
    return decision


def _decide(answer: Tree, key: Key, complex_: bool, prove: bool) -> Decision:
    tally = _Tally()
    thorough = _switches(answer) or _switches(key.tree)
    for places in _stages(answer, key, complex_, thorough):
        for place, expected in places:
            if tally.spent > (BUDGET if tally.enough else MOST):
                break
            decision = _look(answer, key, place, expected, tally)
            if decision is not None:
                return decision
        if tally.enough and not thorough:
            break
    if tally.common + tally.unclear and prove and tally.scalar and not complex_:
        if proves_equal(answer, key.tree, key.vocabulary):
            return Decision("proved", "right", undefined=tally.undefined)
    if tally.enough:
        return Decision("agrees", "right", {"points": str(tally.common)}, "", tally.undefined)
    return Decision("undecided", "undecided", {"common": str(tally.common)})


def _stages(
    answer: Tree, key: Key, complex_: bool, thorough: bool
) -> Iterator[Iterator[tuple[Place, Worth]]]:
    yield key.at("usual", complex_)
    if thorough:
        yield key.around(answer, complex_)
    yield key.at("easy", complex_)
    yield key.at("far", complex_)


def _look(answer: Tree, key: Key, place: Place, expected: Worth, tally: _Tally) -> Decision | None:
    """Compare at one place; a decision when that settles it."""
    try:
        got = place.worth(answer)
    except TooLarge as error:
        tally.overflows += 1
        tally.spent += MAX_STEPS if isinstance(error, TooLong) else 0
        too_many = tally.overflows > ENOUGH or tally.spent > BUDGET
        return Decision("undecided", "too_large") if too_many and not tally.common else None
    tally.spent += got.steps
    if got.value is None:
        tally.undefined = tally.undefined or place.sample.describe()
        return None
    if shape_of(got.value) != shape_of(expected.value):
        return Decision("differs", "wrong_shape")
    likeness = alike(place, answer, key.tree, (got, expected))
    if likeness == "different":
        code, slip = name_mistake(answer, key) if got.steps < SMALL else ("differs", "")
        return Decision("differs", code, place.sample.describe(), slip)
    tally.common += likeness == "same"
    tally.unclear += likeness == "unclear"
    tally.scalar = not isinstance(got.value, Grid)
    return None


def _worth(place: Place, tree: Tree) -> Worth:
    """What a key is worth; nothing where its numbers are too large."""
    try:
        return place.worth(tree)
    except TooLarge:
        return Worth(None)


def _is_complex(tree: Tree, vocabulary: Vocabulary) -> bool:
    if any(sort.domain == "complex" for sort in vocabulary.symbols.values()):
        return True
    return any(node == Constant("i") for node in walk(tree))


def _switches(tree: Tree) -> bool:
    """Whether it may change from one branch to another."""
    return any(
        isinstance(node, Cases) or (isinstance(node, Call) and node.name in SWITCHES)
        for node in walk(tree)
    )
