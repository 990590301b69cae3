"""What running a student's code came to, as arrays or as a finding."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from autograder.compare.values import same_values
from autograder.errors import Json
from autograder.sandbox.values import (
    Array,
    Exited,
    Other,
    Outcome,
    Raised,
    TimedOut,
    Unusable,
    Value,
)
from autograder.verdict import Finding, Verdict

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers: TypeAlias = NDArray[Any]

ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")  # in memory: another one at every run
MISSING = ("ModuleNotFoundError", "ImportError")
QUOTED = re.compile(r"'([\w.]+)'")
# Errors that say the code can't be read, by the contract; all others are wrong answers.
UNREADABLE = {
    "SyntaxError": "syntax_error",
    "IndentationError": "syntax_error",
    "TabError": "syntax_error",
    "NameError": "unknown_name",
    "UnboundLocalError": "unknown_name",
    "AttributeError": "unknown_attribute",
    "SystemExit": "exits",
    "KeyboardInterrupt": "exits",
}


def invalid(code: str, **data: Json) -> Finding:
    """Code that can't be read or run as what was asked for."""
    return Finding(Verdict.INVALID, code, data)


def wrong(code: str, **data: Json) -> Finding:
    """Code that runs and isn't right."""
    return Finding(Verdict.INCORRECT, code, data)


def failure(outcome: Outcome) -> Finding:
    """The finding for code that did not return."""
    match outcome:
        case Raised(error=error, message=message, line=line):
            message = ADDRESS.sub("", message)
            said: dict[str, Json] = {"error": error, "message": message, "line": line}
            code = UNREADABLE.get(error)
            if code == "unknown_name":
                said["name"] = (re.findall(r"'(\w+)'", message) or [None])[0]
            if error in MISSING:
                said["module"] = (QUOTED.findall(message) or [None])[0]
            return invalid(code, **said) if code else wrong("raises", **said)
        case TimedOut(seconds=seconds):
            return invalid("timeout", seconds=seconds)
        case Exited(status=status):
            return invalid("exits", how=status)
        case Unusable(reason=reason):
            return wrong("no_usable_answer", staff={"reason": reason})
    raise TypeError(f"{outcome} is no failure")


def array_of(value: Value) -> "Numbers | Finding":
    """A result as an array: tensors, arrays, numbers and lists of them, all by value."""
    import numpy as np

    match value:
        case None:
            return wrong("returned_nothing")
        case Array(data=data):
            return data
        case np.ndarray():
            return value
        case bool() | int() | float():
            number = np.asarray(value)
            if number.dtype.kind == "O":  # no comparison is made for it
                return wrong("wrong_type", got="an integer of more than 64 bits", asked="an array")
            return number
        case list() | tuple():
            parts = [array_of(item) for item in value]
            arrays = [part for part in parts if not isinstance(part, Finding)]
            if len(arrays) < len(parts) or len({part.shape for part in arrays}) > 1:
                return wrong("wrong_type", got="a list that is no array", asked="an array")
            return np.stack(arrays) if arrays else np.zeros(0)
    return wrong("wrong_type", got=type_name(value), asked="an array")


def changed_argument(before: Sequence[Value], after: Sequence[Value]) -> int | None:
    """The index of the first array among the arguments that the code has changed."""
    import numpy as np

    for index, (old, new) in enumerate(zip(before, after, strict=True)):
        ours, theirs = array_of(old), array_of(new)
        if isinstance(ours, Finding) or isinstance(theirs, Finding):
            continue
        if ours.shape != theirs.shape or not np.array_equal(ours, theirs, equal_nan=True):
            return index
    return None


def compare_arrays(got: "Numbers", expected: "Numbers", rtol: float, atol: float) -> Finding | None:
    """The finding when two arrays differ; None when they are the same."""
    import numpy as np

    found = same_values(got, expected, rtol, atol)
    if found is None:
        return None
    if found.what == "shape":
        return wrong("wrong_shape", got=[*got.shape], asked=[*expected.shape])
    if found.what == "dtype":
        return wrong("wrong_dtype", got=str(got.dtype), asked=str(expected.dtype))
    if found.what == "finite" and not np.isfinite(got).all():
        return wrong("not_finite")
    return wrong("differs", staff={"largest": found.largest})


def compare_gradients(
    got: "Sequence[Numbers | None]",
    expected: "Sequence[Numbers | None]",
    rtol: float,
    atol: float,
) -> Finding | None:
    """Compare gradients, one for each argument; none at all is the same as zeros."""
    import numpy as np

    for ours, theirs in zip(got, expected, strict=True):
        if ours is None and theirs is None:
            continue
        if ours is None and theirs is not None and theirs.any():
            return wrong("no_gradient")
        like = theirs if theirs is not None else ours
        assert like is not None
        zeros = np.zeros_like(like)
        found = same_values(
            zeros if ours is None else ours, zeros if theirs is None else theirs, rtol, atol
        )
        if found is not None:
            return wrong("wrong_gradient", staff={"largest": found.largest})
    return None


def type_name(value: Value) -> str:
    """What a result is, in a word or two."""
    match value:
        case Other(type_name=name):
            return name
        case Array():
            return "an array"
        case dict() if "layer" in value:
            return str(value["layer"])
    return type(value).__name__
