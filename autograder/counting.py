"""Count what a computation in torch does, and say exactly how the count grows.

Computations run on torch's meta device: shapes only, no numbers, so sizes may be large.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any, TypeAlias

from autograder.errors import AssignmentError
from autograder.experiments import What

Computation: TypeAlias = Callable[[], object]
LOWEST = -1  # the smallest exponent tried: 1/h occurs, 1/h^2 doesn't


@dataclass(frozen=True)
class Polynomial:
    """A sum of monomials in named sizes, with exact coefficients.

    Attributes:
        names: The sizes.
        terms: Exponents, in the order of the names, to coefficient; none is 0.
    """

    names: tuple[str, ...]
    terms: Mapping[tuple[int, ...], Fraction]

    def __str__(self) -> str:
        ordered = sorted(self.terms, key=lambda powers: (-sum(powers), powers))
        return " + ".join(map(self._term, ordered)) or "0"

    def growth(self) -> str:
        """The same with coefficients 1, as an order of growth is typed."""
        return " + ".join(self._monomial(powers, sign="*") for powers in self.terms) or "0"

    def _term(self, powers: tuple[int, ...]) -> str:
        monomial, factor = self._monomial(powers), self.terms[powers]
        if monomial == "1":
            return str(factor)
        return monomial if factor == 1 else f"{factor} {monomial}"

    def _monomial(self, powers: tuple[int, ...], sign: str = " ") -> str:
        pairs = [(name, power) for name, power in zip(self.names, powers, strict=True) if power]
        over = sign.join(_power(name, power) for name, power in pairs if power > 0)
        under = "".join(f"/{_power(name, -power)}" for name, power in pairs if power < 0)
        return (over or "1") + under


def count(
    what: What, start: Callable[[], Computation], skip: Callable[[int], bool] = lambda size: False
) -> int:
    """Count what one run does; making its arrays is not counted.

    Args:
        what: `multiply-adds` of matrix products; `elements moved`, read and written by
            every operation that is no view; `elements stored`, distinct array elements that
            the backward pass keeps.
        start: Makes the arrays and returns the computation.
        skip: Which arrays stay in fast memory, by their number of elements.
    """
    import torch

    with torch.device("meta"):
        run = start()
        return COUNTERS[what](run, skip)


def fit(counts: Callable[..., int], grid: Mapping[str, Sequence[int]]) -> Polynomial:
    """The exact polynomial through the counts on a whole grid of sizes.

    With m values of a size the exponents -1 to m - 3 are tried; the count must not need the
    next one, so that each size has a value more than the fit.

    Errors: AssignmentError when the counts are no such polynomial.
    """
    names = tuple(grid)
    table = {
        at: Fraction(counts(**dict(zip(names, at, strict=True)))) for at in product(*grid.values())
    }
    for axis, values in enumerate(grid.values()):
        table = _solve_axis(table, axis, values)
    terms = {powers: value for powers, value in table.items() if value}
    for axis, (name, values) in enumerate(grid.items()):
        if any(powers[axis] == LOWEST + len(values) - 1 for powers in terms):
            raise AssignmentError(
                f"the counts need higher powers of {name}: give more values of it"
            )
    return Polynomial(names, terms)


def _solve_axis(
    table: Mapping[tuple[int, ...], Fraction], axis: int, values: Sequence[int]
) -> dict[tuple[int, ...], Fraction]:
    """Replace the values along one axis by the coefficients of its powers."""
    powers = range(LOWEST, LOWEST + len(values))
    inverse = _inverse([[Fraction(value) ** power for power in powers] for value in values])
    others = {(*at[:axis], *at[axis + 1 :]) for at in table}
    return {
        (*rest[:axis], power, *rest[axis:]): sum(
            (
                weight * table[(*rest[:axis], value, *rest[axis:])]
                for weight, value in zip(row, values, strict=True)
            ),
            Fraction(0),
        )
        for rest in others
        for power, row in zip(powers, inverse, strict=True)
    }


def _inverse(matrix: list[list[Fraction]]) -> list[list[Fraction]]:
    """The exact inverse, by Gauss and Jordan."""
    size = len(matrix)
    rows = [[*row, *(Fraction(i == j) for j in range(size))] for i, row in enumerate(matrix)]
    for column in range(size):
        pivot = next(at for at in range(column, size) if rows[at][column])
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [entry / rows[column][column] for entry in rows[column]]
        for at in (at for at in range(size) if at != column):
            factor = rows[at][column]
            rows[at] = [a - factor * b for a, b in zip(rows[at], rows[column], strict=True)]
    return [row[size:] for row in rows]


def _power(name: str, power: int) -> str:
    return name if power == 1 else f"{name}^{power}"


def _multiply_adds(run: Computation, skip: Callable[[int], bool]) -> int:
    from torch.utils.flop_counter import FlopCounterMode

    with FlopCounterMode(display=False) as counter:
        run()
    return int(counter.get_total_flops()) // 2  # it counts a multiply and an add as two


def _elements_moved(run: Computation, skip: Callable[[int], bool]) -> int:
    import torch
    from torch.utils._python_dispatch import TorchDispatchMode
    from torch.utils._pytree import tree_leaves

    total = 0

    def elements(tensor: Any) -> int:
        """How many elements lie behind a tensor; an expanded axis has one."""
        sizes = zip(tensor.shape, tensor.stride(), strict=True)
        found = prod(size for size, stride in sizes if stride)
        return 0 if skip(found) else found

    class Moves(TorchDispatchMode):  # type: ignore[misc]  # torch has no types here
        def __torch_dispatch__(
            self, function: Any, types: Any, args: Any = (), kwargs: Any = None
        ) -> Any:
            nonlocal total
            result = function(*args, **(kwargs or {}))
            read = [each for each in tree_leaves((args, kwargs)) if isinstance(each, torch.Tensor)]
            written = [each for each in tree_leaves(result) if isinstance(each, torch.Tensor)]
            there = {each.untyped_storage()._cdata for each in read}
            if not all(each.untyped_storage()._cdata in there for each in written):
                total += sum(map(elements, [*read, *written]))
            return result

    with Moves():
        run()
    return total


def _elements_stored(run: Computation, skip: Callable[[int], bool]) -> int:
    import torch

    kept: dict[int, Any] = {}

    def keep(tensor: Any) -> Any:
        storage = tensor.untyped_storage()
        kept[storage._cdata] = (storage, tensor.element_size())
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(keep, lambda tensor: tensor):
        result = run()  # held until the count is done, so that no storage is used twice
    sizes = (storage.nbytes() // width for storage, width in kept.values())
    total: int = sum(size for size in sizes if not skip(size))
    del result
    return total


COUNTERS: Mapping[What, Callable[[Computation, Callable[[int], bool]], int]] = {
    "multiply-adds": _multiply_adds,
    "elements moved": _elements_moved,
    "elements stored": _elements_stored,
}
