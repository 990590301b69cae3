"""Calls of a student's function, what must come out, and whether it did."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from autograder.compare.values import same_values
from autograder.errors import AssignmentError, Json
from autograder.kinds.outcomes import (
    array_of,
    changed_argument,
    compare_arrays,
    compare_gradients,
    failure,
    wrong,
)
from autograder.sandbox.values import Outcome, Returned, Value
from autograder.verdict import Finding

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers: TypeAlias = NDArray[Any]

MOST_OBSERVED = 1_000_000  # numbers that `observe` is given: it may make floats of bytes


@dataclass(frozen=True, eq=False)
class Probe:
    """Calls of the function, and what must come out.

    A solution's `probes.py` has a generator function named after the question; it takes a
    `numpy.random.Generator` and yields probes.

    Attributes:
        calls: The arguments of each call, by position. Arrays become torch tensors.
        expected: What must come out, up to the question's tolerance.
        name: What it looks at, for staff: `ties`, `n = 1`.
        observe: Makes of the returned arrays, one a call, what is compared with `expected`;
            without it there is one call and its result is compared. It may raise
            ValueError for arrays that don't fit together.
        changes_allowed: Whether the function may change its arguments.
        cotangent: Gradients are compared too: those of `sum(result * cotangent)`. Shape as
            `expected`; one call and no `observe`.
        gradients: The right gradient of each argument, None for one that has none.
    """

    calls: tuple[tuple[Value, ...], ...]
    expected: "Numbers"
    name: str
    observe: "Callable[[list[Numbers]], Numbers] | None" = None
    changes_allowed: bool = False
    cotangent: "Numbers | None" = None
    gradients: "tuple[Numbers | None, ...]" = ()

    def __post_init__(self) -> None:
        if not self.calls or (self.observe is None and len(self.calls) > 1):
            raise AssignmentError(f"probe '{self.name}': one call, or `observe` for several")
        fits = self.observe is None and len(self.gradients) == len(self.calls[0])
        if self.cotangent is not None and not fits:
            raise AssignmentError(
                f"probe '{self.name}': gradients need one call, no `observe`, and one of"
                " `gradients` for each argument"
            )


class Rules(NamedTuple):
    """What holds for all probes of a question.

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


def judge_probe(
    probe: Probe, outcomes: Sequence[Outcome], rules: Rules
) -> "Finding | list[Numbers]":
    """The finding for a probe that fails; else what its calls returned."""
    results: list[Numbers] = []
    for arguments, outcome in zip(probe.calls, outcomes, strict=True):
        result = _judge_call(probe, arguments, outcome, rules)
        if isinstance(result, Finding):
            return _with_inputs(result, probe, arguments, rules)
        results.append(result)
    observed = _observe(probe, results)
    found: Finding | None
    if observed is None:
        found = wrong("wrong_shape", got=[[*each.shape] for each in results])
    else:
        found = compare_arrays(observed, probe.expected, rules.rtol, rules.atol)
    if found is None and probe.cotangent is not None and isinstance(outcomes[0], Returned):
        got = outcomes[0].gradients
        found = compare_gradients(got, probe.gradients, rules.rtol, rules.atol)
    return results if found is None else _with_inputs(found, probe, probe.calls[0], rules)


def same_results(first: "Sequence[Numbers]", again: "Sequence[Numbers]", rules: Rules) -> bool:
    """Whether the same calls have returned the same values twice."""
    pairs = zip(first, again, strict=True)
    return all(same_values(new, old, rules.rtol, rules.atol) is None for old, new in pairs)


def _judge_call(
    probe: Probe, arguments: Sequence[Value], outcome: Outcome, rules: Rules
) -> "Finding | Numbers":
    if not isinstance(outcome, Returned):
        return failure(outcome)
    result = array_of(outcome.value)
    if isinstance(result, Finding):
        return result
    changed = None if probe.changes_allowed else changed_argument(arguments, outcome.arguments)
    if changed is not None:
        return wrong("arguments_changed", argument=_name(changed, rules))
    if rules.ndim is not None and result.ndim != rules.ndim:
        axes = f"{rules.ndim} {'axis' if rules.ndim == 1 else 'axes'}"
        return wrong("wrong_shape", got=[*result.shape], asked=axes)
    return result


def _observe(probe: Probe, results: "list[Numbers]") -> "Numbers | None":
    """What is compared; None when the returned arrays don't fit together."""
    import numpy as np

    if probe.observe is None:
        return results[0]
    if sum(each.size for each in results) > MOST_OBSERVED:
        return None
    try:
        with np.errstate(all="ignore"):
            return np.asarray(probe.observe(results))
    except ValueError:
        return None


def _with_inputs(
    finding: Finding, probe: Probe, arguments: Sequence[Value], rules: Rules
) -> Finding:
    """The finding with the probe's name and the shapes that went in, for staff."""
    shapes: dict[str, Json] = {}
    for index, value in enumerate(arguments):
        array = array_of(value)
        shapes[_name(index, rules)] = None if isinstance(array, Finding) else [*array.shape]
    return replace(finding, data={**finding.data, "probe": probe.name, "inputs": shapes})


def _name(index: int, rules: Rules) -> str:
    return rules.names[index] if index < len(rules.names) else f"argument {index + 1}"
