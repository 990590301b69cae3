"""The child's side of the wire: arguments become tensors and layers, results become nodes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import nn

from autograder.sandbox.wire import MAX_BYTES, Node, Reader, WireError, Writer

SCALARS = frozenset(np.sctypeDict.values())  # numpy's own; a subclass isn't among them
TENSORS = (torch.Tensor, nn.Parameter)
FLOATS = (torch.float64, torch.float32, torch.float16)


@dataclass(frozen=True, eq=False)
class Maker:
    """Makes a call's arguments.

    Attributes:
        scope: The job's namespace, for the classes of instances.
        as_numpy: Arrays stay numpy arrays.
    """

    scope: Mapping[str, Any]
    as_numpy: bool

    def __call__(self, word: str, rest: list[Node], reader: Reader) -> Any:
        """Make a value of a node.

        Errors: NameError or TypeError when the job has no such class; WireError.
        """
        match word, rest:
            case "array", _:
                array, origin = reader.array(rest)
                if self.as_numpy or origin == "numpy":
                    return array.copy()
                return torch.from_numpy(array.copy())
            case "tuple", _:
                return tuple(reader.values(rest))
            case "instance", [str(name), attributes]:
                return self._instance(name, reader.value(attributes))
            case "layer", [str(kind), arguments, state]:
                layer = getattr(nn, kind)(**reader.value(arguments))
                weights = Reader(reader.arrays, Maker({}, as_numpy=False)).value(state)
                layer.load_state_dict(weights)
                return layer
        raise WireError("malformed: no such argument")

    def _instance(self, name: str, attributes: Mapping[str, Any]) -> Any:
        if name not in self.scope:
            raise NameError(f"name {name!r} is not defined")
        kind = self.scope[name]
        if not isinstance(kind, type):
            raise TypeError(f"{name} is no class")
        instance = self.scope[name].__new__(kind)
        if isinstance(instance, nn.Module):
            nn.Module.__init__(instance)
        for attribute, value in attributes.items():
            setattr(instance, attribute, value)
        return instance


def to_node(value: object, writer: Writer) -> Node:
    """Make a node of a result that is neither plain nor a list, tuple or dict.

    Only true tensors, arrays and numpy's scalars are believed; a subclass of one may behave
    like anything, so that it is as good as any other object.

    Errors: WireError for a tensor that can't cross, naming what it is.
    """
    kind = type(value)
    if kind in TENSORS:
        return writer.array(_numbers(value), "torch")
    if kind is np.ndarray or kind in SCALARS:
        array = np.asarray(value)
        _check_size(array.size * array.itemsize)
        return writer.array(array, "numpy")
    return ["other", _name(kind)]


def _numbers(tensor: Any) -> Any:
    """Copy a tensor out of torch."""
    layout = str(tensor.layout).removeprefix("torch.")
    refusal = f"unsupported: a tensor that is {layout}, {tensor.dtype}, on {tensor.device.type}"
    if tensor.layout is not torch.strided or tensor.is_quantized or tensor.device.type != "cpu":
        raise WireError(refusal)
    _check_size(tensor.numel() * tensor.element_size())
    tensor = tensor.detach().resolve_conj().resolve_neg()
    if tensor.is_floating_point() and tensor.dtype not in FLOATS:
        tensor = tensor.float()  # bfloat16 and float8: numpy has no such numbers
    try:
        return tensor.numpy()
    except (TypeError, RuntimeError):  # complex32, or a tensor that has left its vmap
        raise WireError(refusal) from None


def _check_size(size: int) -> None:
    """Refuse before anything is copied: an expanded tensor may claim any size."""
    if size > MAX_BYTES:
        raise WireError(f"too large: a result of {size:,} bytes")


def _name(kind: type) -> str:
    if kind.__module__ in ("builtins", "submission"):
        return kind.__qualname__
    return f"{kind.__module__}.{kind.__qualname__}"
