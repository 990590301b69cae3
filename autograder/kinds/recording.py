"""Run the reference up to a blank and keep what has a value there: only where keys may be."""

import ast
import copy
import inspect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from autograder.errors import AssignmentError
from autograder.kinds.filling import Filled
from autograder.kinds.template import Spot, class_in, filled_path, follow
from autograder.sandbox.values import Array, Instance, Layer, Value

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

    Numbers: TypeAlias = NDArray[Any]

Run: TypeAlias = "tuple[Mapping[str, object], Sequence[object]]"
Scope: TypeAlias = dict[str, Any]

SEEDS = 4096  # numbers of a cotangent: more than there are, so that they tell no shape
HOOK = "__reached__"
STATEMENT = "__statement__"

# Trusted code, for the child and the grader alike: what a statement computes, told without a
# key. A layer gets parameters and an input that depend on its own sizes only. The second tells
# what the parameters in reach would learn from the statement.
DESCRIBE = """
import math, torch
import numpy as np
import torch.nn.functional as F
from torch import nn

def __described__(value):
    if not isinstance(value, nn.Module):
        return value
    parameters = list(value.parameters())[:64]
    shapes = [[int(size) for size in p.shape] for p in parameters]
    told = {"layer": type(value).__name__, "shapes": shapes, "output": None}
    told["types"] = [[str(p.dtype), p.requires_grad] for p in parameters]
    if not parameters or sum(p.numel() for p in parameters) > 1_000_000:
        return told
    sizes = shapes[0][1:] or shapes[0]
    waves = lambda count: torch.sin(torch.arange(1.0, count + 1) ** 2)
    try:
        with torch.no_grad():
            for p in parameters:
                p.copy_(waves(p.numel()).reshape(p.shape))
            told["output"] = value(waves(8 * math.prod(sizes)).reshape(8, *sizes))
    except Exception:
        pass
    return told

def __taught__(statement, *values):
    parameters = [p for v in values if isinstance(v, nn.Module) for p in v.parameters()]
    result = statement(*values)
    reached = [p for p in parameters if p.requires_grad]
    if not reached or type(result) is not torch.Tensor or not result.requires_grad:
        return [torch.zeros_like(p) for p in parameters]
    waves = torch.cos(torch.arange(1.0, result.numel() + 1) ** 2).reshape(result.shape)
    found = torch.autograd.grad((result * waves).sum(), reached, allow_unused=True)
    found = {id(p): g for p, g in zip(reached, found) if g is not None}
    return [found.get(id(p), torch.zeros_like(p)) for p in parameters]
"""


@dataclass(frozen=True, eq=False)
class Trial:
    """One run of the reference, stopped at the blank.

    Attributes:
        values: What has a value there and can be told to the child, by name.
        expected: What the reference's statement computes, as the child would return it.
        cotangent: The gradients are those of `sum(result * cotangent)`, of which the first
            numbers count; None for a result that has none.
        gradients: The right gradient of each tensor in `values` that has one.
        taught: The right gradients of the parameters in reach; empty when all are zero.
    """

    values: Mapping[str, Value]
    expected: Value
    cotangent: "Numbers | None"
    gradients: "Mapping[str, Numbers]"
    taught: "tuple[Numbers, ...]" = ()


def record(
    spot: Spot, answer: Filled, source: str, runs: Iterable[Run], rng: "Generator"
) -> tuple[Trial, ...]:
    """Run the filled class once for each size.

    Args:
        answer: The reference's answer.
        source: The whole class with that answer in it.
        runs: For each size the constructor's arguments by name and the inputs of one call.

    Errors: AssignmentError when the class doesn't run, or doesn't get to the blank.
    """
    import torch

    module = ast.parse(source)
    owner = class_in(module, spot.class_name)
    if owner is None:
        raise AssignmentError(f"the reference has no class {spot.class_name}")
    *above, (field, index) = filled_path(owner, spot, answer.text)
    hook = ast.parse(f"{HOOK}(locals())").body[0]
    getattr(follow(owner, tuple(above)), field).insert(index, hook)
    namespace: Scope = {HOOK: _stop}
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(int(rng.integers(2**31)))
        exec(DESCRIBE, namespace)
        exec(compile(ast.fix_missing_locations(module), "<reference>", "exec"), namespace)
        scopes = [_run_to_blank(namespace, spot, run) for run in runs]
        return tuple(_trial(spot, answer.value, scope, namespace, rng) for scope in scopes)


class _Reached(Exception):  # not an error: the run has come to the blank
    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope


def _stop(scope: Scope) -> None:
    raise _Reached(dict(scope))


def _run_to_blank(namespace: Scope, spot: Spot, run: Run) -> Scope:
    import numpy as np
    import torch

    arguments, inputs = run
    tensors = [torch.from_numpy(x.copy()) if isinstance(x, np.ndarray) else x for x in inputs]
    try:
        namespace[spot.class_name](**arguments)(*tensors)
    except _Reached as reached:
        return reached.scope
    except Exception as error:
        raise AssignmentError(
            f"the reference of {spot.class_name} fails for {dict(arguments)}:"
            f" {type(error).__name__}: {error}"
        ) from error
    raise AssignmentError(
        f"{spot.class_name} with {dict(arguments)} does not run to: {spot.before}____{spot.after}"
    )


def _trial(spot: Spot, value: str, scope: Scope, namespace: Scope, rng: "Generator") -> Trial:
    import torch

    told = {name: _told(scope[name], spot.class_name) for name in spot.local if name in scope}
    values = {name: item.value for name, item in told.items() if item is not None}
    given = {
        name: item.detach().clone().requires_grad_(item.is_floating_point())
        if isinstance(item, torch.Tensor)
        else item
        for name, item in scope.items()
        if name in values
    }
    exec(f"def {STATEMENT}({', '.join(given)}):\n return ({value}\n)", namespace)
    result = namespace[STATEMENT](**given)
    cotangent, gradients = None, {}
    leaves = {n: x for n, x in given.items() if getattr(x, "requires_grad", False)}
    if leaves and isinstance(result, torch.Tensor) and result.requires_grad:
        count = result.numel()
        cotangent = rng.standard_normal(max(SEEDS, 1 << count.bit_length())).astype("float32")
        seed = torch.from_numpy(cotangent[:count]).reshape(result.shape)
        found = torch.autograd.grad(result, list(leaves.values()), seed, allow_unused=True)
        gradients = {n: g.numpy() for n, g in zip(leaves, found, strict=True) if g is not None}
    expected = _told(namespace["__described__"](result), spot.class_name)
    if expected is None:
        raise AssignmentError(
            f"the statement {spot.before}____{spot.after} computes a {type(result).__name__},"
            " which can't be compared"
        )
    frozen = [
        x.detach() if isinstance(x, torch.Tensor) else _as_told(x, values[name])
        for name, x in given.items()
    ]
    taught = [x.numpy() for x in namespace["__taught__"](namespace[STATEMENT], *frozen)]
    learns = tuple(taught) if any(x.any() for x in taught) else ()
    return Trial(values, expected.value, cotangent, gradients, learns)


def _as_told(item: Any, told: Value) -> Any:
    """An object with what the child has of it: some layers, its own parameters as plain tensors."""
    if not isinstance(told, Instance) or not hasattr(item, "_modules"):
        return item
    twin = copy.copy(item)
    layers = {name: each for name, each in item._modules.items() if name in told.attributes}
    plain = {
        n: x if x is None else x.detach() for n, x in {**item._parameters, **item._buffers}.items()
    }
    vars(twin).update(_parameters={}, _buffers={}, _modules=layers, **plain)
    return twin


@dataclass(frozen=True)
class _Told:
    """A value for the child; the box tells `None` from "can't be told"."""

    value: Value


def _told(item: object, class_name: str) -> _Told | None:
    import torch
    from torch import nn

    match item:
        case None | bool() | int() | float() | str():
            return _Told(item)
        case torch.Tensor():
            return _Told(Array(item.detach().clone().numpy(), "torch"))
        case list() | tuple():
            items = [_told(each, class_name) for each in item]
            return _Told([each.value for each in items if each]) if all(items) else None
        case dict():
            inner = {str(name): _told(each, class_name) for name, each in item.items()}
            return _Told({name: each.value for name, each in inner.items() if each})
        case nn.Module() if type(item) is getattr(nn, type(item).__name__, None):
            return _layer(item)
        case nn.Module() if type(item).__name__ == class_name:
            fields = {n: x for n, x in vars(item).items() if not n.startswith("_")}
            fields |= {**item._parameters, **item._buffers, **item._modules}
            attributes = {name: _told(each, "") for name, each in fields.items()}
            found = {name: each.value for name, each in attributes.items() if each}
            return _Told(Instance(class_name, found))
    return None


def _layer(item: Any) -> _Told | None:
    """One of torch's layers, made anew from attributes named as its arguments; or None."""
    names = [n for n in inspect.signature(type(item)).parameters if n not in ("device", "dtype")]
    arguments = {name: getattr(item, name) for name in names if hasattr(item, name)}
    if "bias" in arguments:
        arguments["bias"] = item.bias is not None
    told = {name: _told(value, "") for name, value in arguments.items()}
    if not all(told.values()):
        return None
    given = item.state_dict()
    try:
        type(item)(**arguments).load_state_dict(given)
    except Exception:  # such as a Sequential: its layers are no attributes
        return None
    state = {name: array.numpy() for name, array in given.items()}
    return _Told(Layer(type(item).__name__, arguments, copy.deepcopy(state)))
