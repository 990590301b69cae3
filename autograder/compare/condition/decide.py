"""Do two conditions describe the same set of points?

Both become limits on signs of polynomials. Of one variable the real roots cut the line into
places where nothing changes, so that all of it is looked at, exactly. Of several variables, if
no combination of signs tells the two apart, they are equal; else they are compared along lines,
exactly on each. What is no polynomial is compared with numbers along the same lines.

A point where a side has no real value does not satisfy a relation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal

from autograder.compare.condition.cells import Cells
from autograder.compare.condition.formulas import And, Atom, Formula, conjunction, truth
from autograder.compare.condition.line import along, exact_places
from autograder.compare.condition.numeric import COARSE, GRID, Line, near_places, whole_places
from autograder.compare.condition.places import Evidence, Place, Question, Tally, look, written
from autograder.compare.condition.polynomials import TooMuch, names_in
from autograder.compare.condition.quantity import QUANTITY, as_symbol, only_numbers, sort_of
from autograder.compare.condition.rewriting import formula_of
from autograder.compare.condition.several import WHOLE, Ray, rays
from autograder.compare.condition.terms import Terms, symbols_of
from autograder.compare.sampling import context, relation_trees
from autograder.language.statements.clauses import substitute
from autograder.language.tree import (
    All,
    Comparison,
    Either,
    Number,
    Relation,
    Symbol,
    Tree,
    rebuild,
    walk,
)
from autograder.language.vocabulary import Sort, Vocabulary

ENOUGH = 3  # places on several lines where both hold, and where neither does
MOST_VALUES = 20_000  # terms and nodes evaluated
MOST_POLYNOMIALS = 60
AFTER = 5  # lines after the first difference, to name it
MIRRORED: dict[Comparison, Comparison] = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}

Outcome = Literal["proved", "agrees", "differs", "undecided"]


@dataclass(frozen=True)
class ConditionDecision:
    """The outcome of a comparison.

    Attributes:
        code: `right`, `undecided`, or how the answer differs: `too_strict`, `too_loose`,
            `strictness` (only at an end), `reversed` or `other_set`.
        at: A point where only one of the two holds.
    """

    outcome: Outcome
    code: str
    at: Evidence = field(default_factory=dict)

    @property
    def equal(self) -> bool:
        return self.outcome in ("proved", "agrees")


UNDECIDED = ConditionDecision("undecided", "undecided")


@dataclass(frozen=True)
class _Case:
    """What is compared, and over what."""

    question: Question
    terms: Terms
    domains: Mapping[str, str]
    closed_ends: bool  # whether infinity belongs to only one of the two sets as it is written
    numbers: tuple[Fraction, ...]

    @cached_property
    def pure(self) -> bool:
        """Whether there is nothing but polynomials in symbols."""
        return not names_in(self.question.polynomials) & set(self.terms.named)


def decide_condition(answer: Tree, key: Tree, vocabulary: Vocabulary) -> ConditionDecision:
    """Compare two conditions."""
    if not only_numbers(vocabulary):
        sort = sort_of(key, vocabulary)
        answer, key = as_symbol(answer, vocabulary), as_symbol(key, vocabulary)
        vocabulary = Vocabulary({QUANTITY: sort})
    found = _decided(answer, key, vocabulary)
    turned = _mirrored(answer)
    if found.code == "other_set" and turned != answer:
        if _decided(turned, key, vocabulary).equal:
            return ConditionDecision("differs", "reversed", found.at)
    return found


def _decided(answer: Tree, key: Tree, vocabulary: Vocabulary) -> ConditionDecision:
    try:
        case = _case(answer, key, vocabulary)
        found = _compared(case)
        if found.equal and case.closed_ends:
            return UNDECIDED
        if case.terms.doubtful:
            other = _compared(_case(answer, key, vocabulary, real_roots=False))
            return found if found.equal == other.equal else UNDECIDED
        return found
    except (TooMuch, RecursionError):
        return UNDECIDED


def _case(answer: Tree, key: Tree, vocabulary: Vocabulary, *, real_roots: bool = True) -> _Case:
    """What is compared.

    Args:
        real_roots: Whether `x^(1/3)` is real for a negative x.

    Errors: TooMuch.
    """
    stated: list[Tree] = []
    for left, sign, right in relation_trees(vocabulary):
        if sign == "=" and isinstance(left, Symbol):
            answer, key = (substitute(tree, left.name, right) for tree in (answer, key))
        if sign != "~":
            stated.append(Relation(sign, left, right))  # type: ignore[arg-type]
    used = {n.name for tree in (answer, key) for n in walk(tree) if isinstance(n, Symbol)}
    about = [
        tree for tree in stated if {n.name for n in walk(tree) if isinstance(n, Symbol)} & used
    ]
    used |= {n.name for tree in about for n in walk(tree) if isinstance(n, Symbol)}
    sorts = {name: vocabulary.symbols.get(name, Sort()) for name in used}
    if any(
        sort.shape or sort.takes is not None or sort.domain == "complex" for sort in sorts.values()
    ):
        raise TooMuch
    positive = {name for name, sort in sorts.items() if sort.domain in ("positive", "size")}
    terms = Terms(positive, real_roots=real_roots)
    limits = [_limit(name, sort.domain) for name, sort in sorts.items()]
    domain = conjunction(*limits, *(formula_of(tree, terms) for tree in about))
    wanted, ends = formula_of(key, terms), terms.closed_ends
    question = Question(formula_of(answer, terms), wanted, domain)
    if len(question.polynomials) > MOST_POLYNOMIALS:
        raise TooMuch
    closed = bool(ends) != (terms.closed_ends > ends)
    names = symbols_of(names_in(question.polynomials), terms.named) & used
    typed = {abs(n.value) for t in (answer, key) for n in walk(t) if isinstance(n, Number)}
    domains = {name: sorts[name].domain for name in sorted(names)}
    return _Case(question, terms, domains, closed, tuple(sorted(typed)))


def _limit(name: str, domain: str) -> Formula:
    monomial = ((name, 1),)
    if domain == "positive":
        return Atom(((((monomial, 1),), True),), frozenset((1,)))
    if domain == "size":
        return Atom((((((), -1), (monomial, 1)), True),), frozenset((0, 1)))
    return And(())


def _compared(case: _Case) -> ConditionDecision:
    """Errors: TooMuch."""
    question, domains = case.question, case.domains
    if not domains:
        nothing: dict[Any, int] = {}
        both = truth(question.answer, nothing.get), truth(question.key, nothing.get)
        if None in both:
            return UNDECIDED
        if both[0] == both[1]:
            return ConditionDecision("proved", "right")
        return ConditionDecision("differs", "too_loose" if both[0] else "too_strict")
    try:
        if len(domains) == 1 and case.pure:
            return _on_the_line(case)
        point = _cells(case).difference()
        if point is None:
            return ConditionDecision("proved", "right")
    except TooMuch:
        point = None
    tally = _along_lines(case)
    if tally.differs:
        return ConditionDecision("differs", _named(case, tally), tally.evidence)
    if point is not None and case.pure and not set(domains.values()) & set(WHOLE):
        return _at_point(case, point)
    enough = 1 if len(domains) == 1 else ENOUGH
    if min(tally.holds, tally.fails) < enough or tally.unclear:
        return UNDECIDED
    return ConditionDecision("agrees", "right")


def _cells(case: _Case) -> Cells:
    question, positive = case.question, frozenset(case.terms.positive)
    return Cells(question.answer, question.key, question.domain, positive)


def _named(case: _Case, tally: Tally) -> str:
    """How the answer differs, also where no line met it."""
    question = case.question
    if not case.pure or tally.code not in ("too_strict", "too_loose"):
        return tally.code
    larger = question.answer if tally.code == "too_strict" else question.key
    both = conjunction(question.answer, question.key)
    try:
        other = Cells(both, larger, question.domain, frozenset(case.terms.positive)).difference()
    except TooMuch:
        other = None
    return tally.code if other is None else "other_set"


def _on_the_line(case: _Case) -> ConditionDecision:
    """One variable and polynomials: all of the line is looked at."""
    ((name, domain),) = case.domains.items()
    tally = Tally()
    _walk(case, Ray({name: Fraction(0)}, {name: Fraction(1)}, domain in WHOLE), tally)
    if not tally.differs:
        return ConditionDecision("proved", "right")
    return ConditionDecision("differs", tally.code, tally.evidence)


def _at_point(case: _Case, point: Mapping[str, Fraction]) -> ConditionDecision:
    """A difference that no line met, at a point that was computed."""
    tally = Tally()
    start = {name: point.get(name, Fraction(0)) for name in case.domains}
    lines = {p: along(p, start, {}) for p in case.question.polynomials}
    here = exact_places(lines, False)
    look(case.question, here, lambda at: _coordinates(Ray(start, {}, False), at), tally)
    if not tally.differs:
        return UNDECIDED
    return ConditionDecision("differs", tally.code, tally.evidence)


def _along_lines(case: _Case) -> Tally:
    tally = Tally()
    if len(case.domains) == 1:
        ((name, domain),) = case.domains.items()
        ray = Ray({name: Fraction(0)}, {name: Fraction(1)}, domain in WHOLE)
        _walk(case, ray, tally, numeric=True)
        return tally
    budget, later = [MOST_VALUES], 0
    for ray in rays(case.domains, case.question.polynomials):
        try:
            _walk(case, ray, tally, budget)
        except TooMuch:
            if budget[0] < 0:
                break
        later += tally.differs
        if later > AFTER or (tally.extra and tally.missing):
            break
    return tally


def _walk(
    case: _Case,
    ray: Ray,
    tally: Tally,
    budget: list[int] | None = None,
    *,
    numeric: bool = False,
) -> None:
    """Compare along one line.

    Args:
        budget: What may still be computed.
        numeric: Take polynomials for any other functions; their degree may be high.

    Errors: TooMuch.
    """
    polynomials = case.question.polynomials

    def describe(at: Any) -> Evidence:
        return _coordinates(ray, at)

    if case.pure and not numeric:
        lines = {polynomial: along(polynomial, ray.start, ray.step) for polynomial in polynomials}
        look(case.question, exact_places(lines, ray.whole), describe, tally)
        return
    line = Line(polynomials, case.terms.named, ray.start, ray.step, budget or [MOST_VALUES])
    exact = context(50)

    def again(place: Place) -> Place:
        return place._replace(signs=line.signs(exact.mpf(place.at), exact))

    if ray.whole:
        look(case.question, whole_places(line), describe, tally)
    else:
        typed, grid = (case.numbers, GRID) if numeric else ((), COARSE)
        look(case.question, near_places(line, typed, grid), describe, tally, again)


def _coordinates(ray: Ray, at: Any) -> Evidence:
    found = {}
    for name, first in sorted(ray.start.items()):
        pace = ray.step.get(name)
        if pace is None:
            found[name] = written(first)
        elif isinstance(at, Fraction):
            found[name] = written(first + pace * at)
        else:
            found[name] = written(float(first) + float(pace) * float(at))
    return found


def _mirrored(tree: Tree) -> Tree:
    """The condition with `<` for `>` and the other way round."""
    if isinstance(tree, Relation):
        return Relation(MIRRORED.get(tree.sign, tree.sign), tree.left, tree.right)
    return rebuild(tree, _mirrored) if isinstance(tree, All | Either) else tree
