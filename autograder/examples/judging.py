"""Whether an example passes: what came back against what its author says. Plain numbers."""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from autograder.errors import Json
from autograder.examples.process import Outcome, Results, Told
from autograder.kinds.example import Called, Example, shape_of
from autograder.kinds.outcomes import failure, wrong
from autograder.verdict import Finding


class Rules(NamedTuple):
    """What holds for all examples of a question.

    Attributes:
        names: The function's parameters.
        rtol: Allowed relative error. Dimensionless.
        atol: Allowed absolute error.
        ndim: Number of axes that each call must return, or None.
    """

    names: tuple[str, ...]
    rtol: float
    atol: float
    ndim: int | None


def judge_example(
    example: Example, outcome: Outcome, rules: Rules, expected: float | None = None
) -> Finding | None:
    """The finding for an example that fails; None when it passes.

    Args:
        expected: The value of the formula that `example.equals` names.
    """
    found = _judge(example, outcome, rules, expected)
    if found is None:
        return None
    about: dict[str, Json] = {
        "tried": tried(example, rules.names),
        "values": _values(example, rules.names),
        "call": example.text,
    }
    return replace(found, data={**found.data, **about})


def _judge(
    example: Example, outcome: Outcome, rules: Rules, expected: float | None
) -> Finding | None:
    if not isinstance(outcome, Results):
        return failure(outcome)
    for call, told in zip(example.calls, outcome.told, strict=True):
        found = _judge_call(call, told, rules)
        if found is not None:
            return found
    told = outcome.told[0]
    if len(outcome.told) == 2:
        product = _dot(*(_flat(each.numbers) for each in outcome.told))
        if product is None:
            return wrong("lengths_differ", got=[[*(each.shape or ())] for each in outcome.told])
        told = Told("float", (), product, None)
    if example.shape is not None and told.shape != example.shape:
        return _wrong_shape(told, [*example.shape])
    if example.returns is not None:
        return _compare(told, example.returns, rules)
    if expected is not None and not _close(told.numbers, expected, rules):
        got, asked = _written(told.numbers), _written(expected)
        return wrong("disagrees", got=got, asked=asked, other=example.equals)
    return None


def _judge_call(call: Called, told: Told, rules: Rules) -> Finding | None:
    """What holds for every call: an array of the right number of axes, nothing changed."""
    if told.type == "None":
        return wrong("returned_nothing")
    if told.shape is None:
        return wrong("wrong_type", got=told.type, asked="an array")
    if told.changed is not None:
        return wrong("arguments_changed", argument=_name(call, told.changed, rules.names))
    if rules.ndim is not None and len(told.shape) != rules.ndim:
        axes = f"{rules.ndim} {'axis' if rules.ndim == 1 else 'axes'}"
        return _wrong_shape(told, axes)
    if not all(math.isfinite(number) for number in _flat(told.numbers)):
        return wrong("not_finite")
    return None


def tried(example: Example, names: Sequence[str]) -> str:
    """What goes in, in short: `q (3,), K (4, 3)`, and what is made before."""
    call = example.calls[0]
    shapes = ((_name(call, at, names), shape_of(each.value)) for at, each in enumerate(call.inputs))
    inputs = ", ".join(f"{name} {shape}" for name, shape in shapes if shape is not None)
    if call.then is None:
        return inputs or example.text
    made = ", ".join(str(each.value) for each in call.arguments)
    return f"{call.name}({made}) with {inputs}"


def _compare(told: Told, asked: Any, rules: Rules) -> Finding | None:
    shape = shape_of(asked) or ()
    if told.shape != shape:
        return _wrong_shape(told, [*shape])
    pairs = zip(_flat(told.numbers), _flat(asked), strict=True)
    if all(_close(got, wanted, rules) for got, wanted in pairs):
        return None
    return wrong("differs", got=_written(told.numbers), asked=_written(asked))


def _wrong_shape(told: Told, asked: Json) -> Finding:
    return wrong("wrong_shape", got=[*(told.shape or ())], asked=asked)


def _close(got: Any, asked: Any, rules: Rules) -> bool:
    return math.isclose(got, asked, rel_tol=rules.rtol, abs_tol=rules.atol)


def _dot(left: list[Any], right: list[Any]) -> float | None:
    if len(left) != len(right):
        return None
    return math.fsum(a * b for a, b in zip(left, right, strict=True))


def _flat(numbers: Any) -> list[Any]:
    """All numbers of nested lists, in order; none where they were too many to be sent."""
    if isinstance(numbers, list):
        return [number for each in numbers for number in _flat(each)]
    return [] if numbers is None else [numbers]


def _written(numbers: Any) -> str:
    """Numbers as a student would write them: `[3, 4]`, not `[3.0, 4.0]`."""
    if isinstance(numbers, list):
        return f"[{', '.join(map(_written, numbers))}]"
    return f"{numbers:.6g}" if isinstance(numbers, float) else str(numbers)


def _name(call: Called, index: int, names: Sequence[str]) -> str:
    if given := call.inputs[index].name:
        return given
    return names[index] if index < len(names) else f"argument {index + 1}"


def _values(example: Example, names: Sequence[str]) -> str:
    """What goes in, number by number: `q = [1, 0], K = [[0, 1]]`."""
    named = {
        _name(call, at, names): _written(each.value)
        for call in example.calls
        for at, each in enumerate(call.inputs)
    }
    return ", ".join(f"{name} = {value}" for name, value in named.items())
