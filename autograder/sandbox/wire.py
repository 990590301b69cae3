"""Frames between grader and child: JSON for the structure, safetensors for the numbers.

A frame is `u32 length | u32 size | header | body`, big-endian: `length` bytes follow the
first word, the header is `size` bytes of JSON, the body is what safetensors makes of the
arrays, named 0, 1, …. A value in the header is a *node*: itself when it is None, bool, int,
float or str, else a list that starts with a word, such as `["array", 0, "torch", false]`.

A reader trusts nothing: counts, depth and sizes are bounded, nothing is unpickled.
"""

import json
import struct
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from math import prod
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers: TypeAlias = NDArray[Any]

MAX_BYTES = 64 << 20  # bytes of a job, and of all its outcomes
MAX_HEADER = 4 << 20  # bytes of JSON in a frame
MAX_REPLY = 1 << 20  # the same where a child has made it: empty lists take Python a second for 4 MB
MAX_INDEX = 2 << 20  # bytes of safetensors' own header: 10,000 arrays
MAX_VALUES = 10_000  # values in a frame, those inside collections included
MAX_DEPTH = 20  # collections in collections
MAX_AXES = 32  # NPY_MAXDIMS, numpy 1
MAX_TEXT = 2_000  # characters of a message

ALL = -1  # in place of a call's number: an outcome of the whole source
WORD = struct.Struct(">I")
INDEX = struct.Struct("<Q")  # safetensors: the size of its header
KINDS = "biuf"  # numpy's letters for bool, integers and floats

Node: TypeAlias = "bool | int | float | str | list[Node] | None"


class WireError(Exception):
    """A value that can't cross the wall, or a frame that isn't one; the message is the reason."""


@dataclass(frozen=True, eq=False)
class Frame:
    """A header and the arrays that it refers to by number."""

    header: Node
    arrays: "Sequence[Numbers]"


def to_bytes(frame: Frame) -> bytes:
    """Make the bytes of a frame, its first word included.

    Errors: WireError when the header is too long, or has an integer of over 4,300 digits.
    """
    body = b""
    if frame.arrays:
        from safetensors.numpy import save

        body = save({str(number): array for number, array in enumerate(frame.arrays)})
    try:
        header = json.dumps(frame.header).encode()
    except ValueError as error:
        raise WireError(f"too large: {error}") from None
    length = WORD.size + len(header) + len(body)
    if len(header) > MAX_HEADER or length > MAX_BYTES:
        raise WireError(f"too large: {length:,} bytes, {len(header):,} of them text and numbers")
    return b"".join([WORD.pack(length), WORD.pack(len(header)), header, body])


def from_bytes(payload: bytes, most: int = MAX_HEADER) -> Frame:
    """Read a frame, without its first word.

    Args:
        most: Bytes that its header may have.

    Errors: WireError for anything that isn't a frame within the bounds.
    """
    if len(payload) < WORD.size:
        raise WireError("malformed: no header")
    (size,) = WORD.unpack_from(payload)
    body = payload[WORD.size + size :]
    if size > min(most, len(payload) - WORD.size):
        raise WireError("malformed: the header is longer than the frame, or too long")
    try:
        header = json.loads(payload[WORD.size : WORD.size + size])
    except (ValueError, RecursionError):
        raise WireError("malformed: the header is no JSON") from None
    return Frame(header, _arrays(body) if body else [])


def _arrays(body: bytes) -> "list[Numbers]":
    """Read the body of a frame."""
    from safetensors import SafetensorError
    from safetensors.numpy import load

    if len(body) < INDEX.size or INDEX.unpack_from(body)[0] > MAX_INDEX:
        raise WireError("malformed: no arrays, or too many")
    try:
        named = load(body)
        found = [named[str(number)] for number in range(len(named))]
    except (SafetensorError, KeyError, ValueError, TypeError, OverflowError, MemoryError):
        raise WireError("malformed: no arrays that can be read") from None
    for array in found:
        # An array without entries may claim any size on its other axes.
        entries = prod(n or 1 for n in array.shape)
        if array.dtype.kind not in KINDS or array.ndim > MAX_AXES or entries > MAX_BYTES:
            raise WireError("malformed: an array of impossible shape")
    return found


@dataclass(eq=False)
class Writer:
    """Turns values into nodes and puts their arrays aside.

    Attributes:
        leaf: Makes a node of a value that is neither plain nor a list, tuple or dict.
        arrays: The arrays so far.
    """

    leaf: "Callable[[object, Writer], Node]"
    arrays: "list[Numbers]" = field(default_factory=list)
    count: int = 0
    depth: int = 0

    def node(self, value: object) -> Node:
        """Make a node.

        Errors: WireError for too many values, or too deep ones.
        """
        self.count += 1
        if self.count > MAX_VALUES:
            raise WireError(f"too large: more than {MAX_VALUES:,} values")
        kind = type(value)  # exact: a subclass may behave like anything
        if value is None or kind in (bool, int, float, str):
            return value  # type: ignore[return-value]  # mypy doesn't see through `in`
        if kind is list or kind is tuple:
            return [kind.__name__, *self._inner(value)]  # type: ignore[arg-type]
        if kind is dict and all(type(name) is str for name in value):  # type: ignore[attr-defined]
            names: list[Node] = [*value]  # type: ignore[misc]
            return ["dict", names, *self._inner(value.values())]  # type: ignore[attr-defined]
        return self.leaf(value, self)

    def array(self, array: "Numbers", origin: str) -> Node:
        """Put an array aside; its node refers to it.

        Errors: WireError for a dtype that isn't bool, integer, float or complex.
        """
        import numpy as np

        is_complex = array.dtype.kind == "c"
        if is_complex:
            array = np.stack([array.real, array.imag], axis=-1)
        if array.dtype.kind not in KINDS or array.dtype.itemsize > 8:
            raise WireError(f"unsupported: an array of {array.dtype}")
        self.arrays.append(np.asarray(array, order="C"))
        return ["array", len(self.arrays) - 1, origin, is_complex]

    def _inner(self, values: Iterable[object]) -> list[Node]:
        if self.depth == MAX_DEPTH:
            raise WireError(f"too large: nested deeper than {MAX_DEPTH}")
        self.depth += 1
        nodes = [self.node(value) for value in values]
        self.depth -= 1
        return nodes


@dataclass(eq=False)
class Reader:
    """Turns nodes back into values.

    Attributes:
        arrays: Those of the frame.
        leaf: Makes a value of a node of any word but `list` and `dict`.
        named: Arrays that a node has named: one that is named by many would be many.
    """

    arrays: "Sequence[Numbers]"
    leaf: "Callable[[str, list[Node], Reader], Any]"
    count: int = 0
    depth: int = 0
    named: set[int] = field(default_factory=set)

    def value(self, node: Node) -> Any:
        """Make a value.

        Errors: WireError for a node that isn't one, too many of them, or too deep ones.
        """
        self.count += 1
        if self.count > MAX_VALUES or self.depth > MAX_DEPTH:
            raise WireError("too large: too many values, or too deep")
        match node:
            case str():
                return clean(node, len(node))
            case None | bool() | int() | float():
                return node
            case ["list", *items]:
                return self.values(items)
            case ["dict", [*names], *items] if all(type(name) is str for name in names):
                keys = [clean(str(name), len(str(name))) for name in names]
                if len(keys) == len(items):
                    return dict(zip(keys, self.values(items), strict=True))
            case [str(word), *rest]:
                return self.leaf(word, rest, self)
        raise WireError("malformed: no such value")

    def values(self, nodes: list[Node]) -> list[Any]:
        """Make the values of a collection."""
        self.depth += 1
        values = [self.value(node) for node in nodes]
        self.depth -= 1
        return values

    def array(self, rest: list[Node]) -> "tuple[Numbers, str]":
        """Find the array of an `array` node, and its origin."""
        import numpy as np

        match rest:
            case [int(number), "torch" | "numpy" as origin, bool(is_complex)]:
                if not 0 <= number < len(self.arrays) or number in self.named:
                    raise WireError("malformed: no such array, or one that was named before")
                self.named.add(number)
                array = self.arrays[number]
                if not is_complex:
                    return array, origin
                if array.dtype.kind == "f" and array.ndim and array.shape[-1] == 2:
                    width = np.dtype(f"c{2 * array.dtype.itemsize}")
                    return np.ascontiguousarray(array).view(width)[..., 0], origin
        raise WireError("malformed: no such array")


def clean(text: str, limit: int) -> str:
    """Cut a text and show lone surrogates, which no file can hold, as escapes."""
    return text[:limit].encode(errors="backslashreplace").decode()


def printable(text: str, limit: int = MAX_TEXT) -> str:
    """Cut a text and show what isn't printable, other than line ends, as escapes."""
    return "".join(
        c if c.isprintable() or c == "\n" else c.encode("unicode_escape").decode()
        for c in text[:limit]
    )[:limit]
