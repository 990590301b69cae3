"""What wrong code does, as a short text: two answers that do the same make the same mistake.

Only numbers that code returned on the hidden inputs tell mistakes apart; an answer that
returns nothing at all has no behaviour.
"""

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeAlias

from autograder.kinds.outcomes import array_of
from autograder.sandbox.values import Array, Outcome, Raised, Returned, Value
from autograder.verdict import Finding

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers: TypeAlias = NDArray[Any]

DIGITS = 3  # significant ones that count: rounding in another order changes the seventh
MOST = 10_000  # numbers of one result that count: no right one has as many


def behaviour_of(
    outcomes: Sequence[Outcome], observe: "Callable[[list[Numbers]], Numbers] | None" = None
) -> str | None:
    """The digest of what some calls came to; None when none of them returned a number.

    Args:
        observe: Makes of all returned arrays what counts, where single arrays may differ.
    """
    seen = [_seen(outcome) for outcome in outcomes]
    if not any(isinstance(each, list) for each in seen):
        return None
    if observe is not None:
        arrays = [array_of(each.value) for each in outcomes if isinstance(each, Returned)]
        numbers = [each for each in arrays if not isinstance(each, Finding)]
        if len(numbers) == len(outcomes):
            with suppress(ValueError, TypeError, IndexError):  # arrays that don't fit together
                seen = [_rounded(observe(numbers))]
    return hashlib.sha256(repr(seen).encode()).hexdigest()


def _seen(outcome: Outcome) -> "list[Any] | str":
    match outcome:
        case Returned(value=value):
            return _plain(value)
        case Raised(error=error):
            return error
    return type(outcome).__name__


def _plain(value: Value) -> "list[Any] | str":
    """A result without what rounding may change; text when it holds no numbers."""
    if isinstance(value, dict):
        shapes = [
            f"{name}: {value[name]}" for name in ("layer", "shapes", "types") if name in value
        ]
        output = value.get("output")
        return [*shapes, _rounded(output.data) if isinstance(output, Array) else ""]
    array = array_of(value)
    return type(value).__name__ if isinstance(array, Finding) else _rounded(array)


def _rounded(array: "Numbers") -> list[Any]:
    import numpy as np

    flat = np.asarray(array).reshape(-1)[:MOST]
    return [[*np.shape(array)], [f"{number:.{DIGITS}g}" for number in flat.tolist()]]
