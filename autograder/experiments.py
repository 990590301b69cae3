"""Experiments that prove keys: what an author marks in a solution's `proofs.py`.

A function there is named after the question it proves: `q1`, or `q1_to_q3` for all of them;
what follows two underscores only tells proofs of the same question apart, as in `q1__exact`.
The marks do nothing; `proofs.py` runs what is marked and judges it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any, Literal, TypeAlias

Method: TypeAlias = Literal["Monte Carlo", "exact", "same outputs", "counted"]
What: TypeAlias = Literal["multiply-adds", "elements moved", "elements stored"]
TOLERANCE = 1e-5  # torch.testing.assert_close, float32, absolute


@dataclass(frozen=True)
class Proof:
    """An experiment and how to judge it.

    Attributes:
        name: Of the function: which questions it proves.
        run: The experiment; what it returns depends on the method.
        cases: The arguments of each run.
        options: Of the method, by name.
    """

    name: str
    method: Method
    run: Callable[..., Any]
    cases: tuple[Mapping[str, Any], ...] = ({},)
    options: Mapping[str, Any] = field(default_factory=dict)


Decorator: TypeAlias = Callable[[Callable[..., Any]], Proof]


def monte_carlo(repeats: int = 100, **grid: Sequence[Any]) -> Decorator:
    """`f(key, **case, rng) -> (estimate, expected)`: an unbiased estimate from fresh draws.

    It is run `repeats` times for every case of the grid; the mean must agree with the
    expected value within 5 standard errors, which must be less than 2 % of it.
    """
    return _mark("Monte Carlo", _cases(grid), repeats=repeats)


def exact(**grid: Sequence[Any]) -> Decorator:
    """`f(key, **case)` yields pairs `(claim, holds)`; all of them must hold."""
    return _mark("exact", _cases(grid))


def same_outputs(sizes: Sequence[tuple[int, ...]], tolerance: float = TOLERANCE) -> Decorator:
    """`f(key, *sizes) -> (ours, theirs)`: tensors that must agree up to the tolerance."""
    return _mark("same outputs", tuple({"sizes": each} for each in sizes), tolerance=tolerance)


def counted(
    what: What, skip: str | None = None, order: str | None = None, **grid: Sequence[int]
) -> Decorator:
    """`f(**sizes)` makes arrays and returns a computation; what it does is counted.

    The counts over the whole grid must be a polynomial that grows as the key says.

    Args:
        what: See `counting.count`.
        skip: Arrays with this many elements stay in fast memory, such as `b h n`.
        order: Compare with this order of growth, not with the key: it shows what the key
            would be under another assumption.
    """
    return _mark("counted", _cases(grid), what=what, skip=skip, order=order, grid=grid)


def _mark(method: Method, cases: tuple[Mapping[str, Any], ...], **options: Any) -> Decorator:
    return lambda run: Proof(run.__name__, method, run, cases, options)


def _cases(grid: Mapping[str, Sequence[Any]]) -> tuple[Mapping[str, Any], ...]:
    return tuple(dict(zip(grid, values, strict=True)) for values in product(*grid.values()))
