"""The value that a student's own formula has at an example's inputs."""

from collections.abc import Mapping
from fractions import Fraction

from autograder.assignment import Question
from autograder.errors import Unreadable
from autograder.kinds.closed_form import ClosedForm, claims_of, vocabulary_of
from autograder.kinds.example import Literal, shape_of
from autograder.language.evaluator.evaluation import evaluate
from autograder.language.evaluator.values import Grid, Point, Undefined
from autograder.submission import Response

DIGITS = 30


def formula_value(
    question: Question, response: Response | None, given: Mapping[str, Literal]
) -> float | None:
    """A real number; None when there is no answer that has one here."""
    kind = question.kind
    if not isinstance(kind, ClosedForm) or response is None or response.fault is not None:
        return None
    if not response.text.strip() or len(response.text) > question.limits.text:
        return None
    from autograder.compare.sampling import context

    vocabulary, sizes = vocabulary_of(kind.symbols), dict[str, int]()
    try:
        numbers = context(DIGITS)
        for name, value in given.items():
            axes = shape_of(value) or ()
            sizes |= dict(zip(vocabulary.symbols[name].shape, axes, strict=True))
        values = {name: _value(value, numbers) for name, value in given.items()}
        tree = claims_of(kind.read(response))[-1]
        found = evaluate(tree, Point(numbers, {**sizes, **values}, sizes, vocabulary))
        return float(found)
    except (Unreadable, Undefined, ImportError, KeyError, ValueError, TypeError):
        return None


def _value(value: Literal, numbers: object) -> object:
    """A number or a vector in the context's numbers."""
    exact = getattr(numbers, "mpf")  # noqa: B009  # mpmath has no types
    if isinstance(value, list):
        return Grid(tuple((_value(each, numbers),) for each in value), vector=True)
    if not isinstance(value, int | float):
        raise TypeError(value)
    parts = Fraction(value)
    return exact(parts.numerator) / parts.denominator
