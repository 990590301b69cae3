"""Try a filled statement in the child and compare what it computes with the reference's."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from autograder.kinds.outcomes import (
    array_of,
    changed_argument,
    compare_arrays,
    compare_gradients,
    failure,
    invalid,
    type_name,
    wrong,
)
from autograder.kinds.recording import DESCRIBE, STATEMENT, Trial
from autograder.kinds.source import BLANK
from autograder.sandbox.values import Array, Call, Job, Outcome, Raised, Returned, Value
from autograder.verdict import Finding

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers: TypeAlias = NDArray[Any]

TRY = "__try__"
TEACH = "__teach__"


def job_of(template: str, value: str, trials: Sequence[Trial]) -> Job:
    """The public class, the statement with the answer in it, and its calls.

    There is one for each size; after all of them one more for each size where parameters learn.

    Args:
        value: Source of what the filled statement computes.
    """
    names = [*trials[0].values]
    wrapper = f"def {TRY}(*values):\n    return __described__({STATEMENT}(*values))\n"
    wrapper += f"def {TEACH}(*values):\n    return __taught__({STATEMENT}, *values)\n"
    return Job(
        source=f"def {STATEMENT}({', '.join(names)}):\n return ({value}\n)",
        calls=(
            *(Call(TRY, _arguments(trial, names), cotangent=trial.cotangent) for trial in trials),
            *(Call(TEACH, _arguments(trial, names)) for trial in trials if trial.taught),
        ),
        preamble=f"{DESCRIBE}\n{template}\n{wrapper}",
    )


def _arguments(trial: Trial, names: Sequence[str]) -> tuple[Value, ...]:
    return tuple(trial.values[name] for name in names)


def judge_trials(
    trials: Sequence[Trial],
    outcomes: Sequence[Outcome],
    rtol: float,
    atol: float,
    gradients: bool,
) -> Finding | None:
    """The finding of the first call that is not right, of those that `job_of` makes."""
    results, lessons = outcomes[: len(trials)], outcomes[len(trials) :]
    for trial, outcome in zip(trials, results, strict=True):
        found = _judge_trial(trial, outcome, rtol, atol, gradients)
        if found is not None:
            return found
    taught = [trial for trial in trials if trial.taught]
    for trial, outcome in zip(taught, lessons, strict=True):
        found = _judge_taught(trial, outcome, rtol, atol) if gradients else None
        if found is not None:
            return found
    return None


def _judge_taught(trial: Trial, outcome: Outcome, rtol: float, atol: float) -> Finding | None:
    """The finding when the parameters in reach learn something else than they should."""
    if not isinstance(outcome, Returned):
        return failure(outcome)
    given = outcome.value if isinstance(outcome.value, list) else []
    got = [each.data for each in given if isinstance(each, Array)]
    if len(got) != len(trial.taught) or not any(each.any() for each in got):
        return wrong("no_gradient")
    return compare_gradients(got, trial.taught, rtol, atol)


def _judge_trial(
    trial: Trial, outcome: Outcome, rtol: float, atol: float, gradients: bool
) -> Finding | None:
    """The finding when one size is not right; None when it is."""
    if isinstance(outcome, Raised) and f"'{BLANK}'" in outcome.message:
        return wrong("other_blank")  # it calls a method whose own blank is not filled here
    if not isinstance(outcome, Returned):
        return failure(outcome)
    given = [*trial.values.values()]
    changed = changed_argument(given, outcome.arguments)
    if changed is not None:
        return wrong("arguments_changed", argument=[*trial.values][changed])
    expected, got = trial.expected, outcome.value
    if isinstance(expected, dict):
        return _compare_layers(expected, got, rtol, atol)
    if isinstance(expected, Array):
        found = _compare_arrays(expected.data, got, rtol, atol)
    else:
        found = _compare_plain(expected, got, rtol, atol)
    if found is None and gradients and trial.cotangent is not None:
        asked = [trial.gradients.get(name) for name in trial.values]
        return compare_gradients(outcome.gradients, asked, rtol, atol)
    return found


def _compare_arrays(expected: "Numbers", got: Value, rtol: float, atol: float) -> Finding | None:
    array = array_of(got)
    if isinstance(array, Finding):
        return array
    found = compare_arrays(array, expected, rtol, atol)
    if found is None or found.code != "wrong_shape":
        return found
    # The asked shape would tell what the blank has to do.
    return wrong("wrong_shape", got=[*array.shape], staff={"asked": [*expected.shape]})


def _compare_plain(expected: Value, got: Value, rtol: float, atol: float) -> Finding | None:
    """Compare numbers, texts, truth values, None and lists of them."""
    if type(got) is not type(expected):
        return wrong("wrong_type", got=type_name(got))
    if not isinstance(expected, float):
        return None if got == expected else wrong("differs")
    import numpy as np

    return _compare_arrays(np.asarray(expected), got, rtol, atol)


def _compare_layers(
    expected: Mapping[str, Value], got: Value, rtol: float, atol: float
) -> Finding | None:
    """Compare two descriptions: the sizes of the parameters, then what the layers do."""
    if not isinstance(got, dict) or "layer" not in got:
        return invalid("wrong_kind", found=f"a value of type {type_name(got)}", expected="a layer")
    found = wrong(
        "wrong_layer",
        got=f"{got['layer']} {got.get('shapes')}",
        staff={"asked": f"{expected['layer']} {expected['shapes']}"},
    )
    if any(got.get(part) != expected[part] for part in ("shapes", "types")):
        return found
    asked, output = expected["output"], got.get("output")
    if not isinstance(asked, Array):
        return None if got["layer"] == expected["layer"] else found
    return found if _compare_arrays(asked.data, output, rtol, atol) else None
