"""The tree of a typed answer: what was meant, with the columns it was typed in.

Nothing here computes. Numbers are exact; a node's `span` are the columns `[start, end)` in
the text as typed and takes no part in comparison.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, replace
from fractions import Fraction
from typing import Any, Literal, TypeAlias

Span: TypeAlias = tuple[int, int]
Sign: TypeAlias = Literal["", "*", "@", ".", "⊙", "×"]
Comparison: TypeAlias = Literal["<", "<=", ">", ">=", "=", "!=", "in"]


@dataclass(frozen=True)
class Node:
    """What all nodes have: the columns they were typed in."""

    span: Span = field(default=(0, 0), compare=False, kw_only=True)


@dataclass(frozen=True)
class Number(Node):
    """An exact number."""

    value: Fraction


@dataclass(frozen=True)
class Constant(Node):
    """`pi`, `e`, `i` or `inf`."""

    name: str


@dataclass(frozen=True)
class Symbol(Node):
    """A declared symbol, or an index that a sum binds."""

    name: str


@dataclass(frozen=True)
class Element(Node):
    """`mu_i`, an entry of a declared vector, or `K_j`, a member of a declared family."""

    name: str
    indices: "tuple[Tree, ...]"


@dataclass(frozen=True)
class Add(Node):
    """A sum of two or more terms; a subtracted term is a Negate."""

    terms: "tuple[Tree, ...]"


@dataclass(frozen=True)
class Negate(Node):
    of: "Tree"


@dataclass(frozen=True)
class Multiply(Node):
    """A product, left to right. `signs` stand between the factors.

    `""` is no sign, `*` a star or a cross, `@` Python's matrix product, `.` a raised dot,
    `⊙` a product entry by entry, `×` a cross beside a vector.
    """

    factors: "tuple[Tree, ...]"
    signs: tuple[Sign, ...]


@dataclass(frozen=True)
class Divide(Node):
    over: "Tree"
    under: "Tree"


@dataclass(frozen=True)
class Power(Node):
    base: "Tree"
    exponent: "Tree"


@dataclass(frozen=True)
class Transpose(Node):
    of: "Tree"


@dataclass(frozen=True)
class Call(Node):
    """A known function by its one name (`sqrt`, `norm`, …) or a declared one."""

    name: str
    arguments: "tuple[Tree, ...]"


@dataclass(frozen=True)
class Sum(Node):
    """`sum_j body` or `prod_j body`; limits are None when they were not typed."""

    index: str
    body: "Tree"
    lower: "Tree | None" = None
    upper: "Tree | None" = None
    product: bool = False


@dataclass(frozen=True)
class Relation(Node):
    """`left sign right`; a chain `a < b < c` is an All of its links."""

    sign: Comparison
    left: "Tree"
    right: "Tree"


@dataclass(frozen=True)
class All(Node):
    """Relations that hold together."""

    parts: "tuple[Tree, ...]"


@dataclass(frozen=True)
class Either(Node):
    """Relations of which one or more hold; without parts it never holds, as All() always does."""

    parts: "tuple[Tree, ...]"


@dataclass(frozen=True)
class Sequence(Node):
    """A list, tuple or set; `bracket` is the opening one, or empty when there was none."""

    items: "tuple[Tree, ...]"
    bracket: str = "["


@dataclass(frozen=True)
class Matrix(Node):
    """Entries row by row; `vector` marks a one-dimensional one, whose rows have one entry each."""

    rows: "tuple[tuple[Tree, ...], ...]"
    vector: bool = False


@dataclass(frozen=True)
class Order(Node):
    """`O(...)`, `Theta(...)` or `Omega(...)`; `bound` is that word."""

    bound: str
    of: "Tree"


@dataclass(frozen=True)
class Cases(Node):
    """Pieces `(value, condition)`; the last condition is None for "otherwise"."""

    pieces: "tuple[tuple[Tree, Tree | None], ...]"


Tree: TypeAlias = (
    Number
    | Constant
    | Symbol
    | Element
    | Add
    | Negate
    | Multiply
    | Divide
    | Power
    | Transpose
    | Call
    | Sum
    | Relation
    | All
    | Either
    | Sequence
    | Matrix
    | Order
    | Cases
)


def children(tree: Tree) -> Iterator[Tree]:
    """The nodes directly below, in the order they were typed."""
    for entry in fields(tree):
        if entry.name != "span":
            yield from _nodes(getattr(tree, entry.name))


def walk(tree: Tree) -> Iterator[Tree]:
    """The tree and everything below it, parents first."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(list(children(node))))


def free_indices(tree: Tree, bound: frozenset[str] = frozenset()) -> list[Symbol]:
    """Index symbols in elements that no sum binds, in order of appearance."""
    found: list[Symbol] = []
    if isinstance(tree, Sum):
        return free_indices(tree.body, bound | {tree.index})
    if isinstance(tree, Element):
        for index in tree.indices:
            found += [n for n in walk(index) if isinstance(n, Symbol) and n.name not in bound]
        return found
    for child in children(tree):
        found += free_indices(child, bound)
    return found


def unbound_symbols(tree: Tree, bound: frozenset[str] = frozenset()) -> Iterator[Symbol]:
    """Symbols that no sum around them binds, in order of appearance."""
    if isinstance(tree, Symbol):
        if tree.name not in bound:
            yield tree
        return
    if isinstance(tree, Sum):
        for limit in (tree.lower, tree.upper):
            yield from unbound_symbols(limit, bound) if limit is not None else ()
        bound |= {tree.index}
        yield from unbound_symbols(tree.body, bound)
        return
    for child in children(tree):
        yield from unbound_symbols(child, bound)


def rebuild(tree: Tree, change: Callable[[Tree], Tree]) -> Tree:
    """The tree with each node directly below replaced by what `change` makes of it."""

    def changed(value: object) -> object:
        if isinstance(value, Node):
            return change(value)  # type: ignore[arg-type]  # every Node is a member of Tree
        if isinstance(value, tuple):
            return tuple(changed(item) for item in value)
        return value

    parts: dict[str, Any] = {
        entry.name: changed(getattr(tree, entry.name))
        for entry in fields(tree)
        if entry.name != "span"
    }
    return replace(tree, **parts)


def _nodes(value: object) -> Iterator[Tree]:
    if isinstance(value, Node):
        yield value  # type: ignore[misc]  # every Node is a member of Tree
    elif isinstance(value, tuple):
        for item in value:
            yield from _nodes(item)
