"""Declared symbols: which names an answer may use, and what each stands for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple, TypeAlias

from autograder.errors import AssignmentError

Domain: TypeAlias = Literal["real", "positive", "complex", "integer", "size"]

DOMAINS: tuple[Domain, ...] = ("real", "positive", "complex", "integer", "size")
RELATION_SIGNS = re.compile(r"(<=|>=|<|>|=|~)")


class Sort(NamedTuple):
    """What a symbol stands for.

    Attributes:
        shape: `()` a scalar; `(d,)` a vector, a column where it matters; `(n, m)` a
            matrix; a row of width F is `("1", "F")`. Entries are sizes by name.
        domain: Where its entries come from.
        takes: For a function: the sort of each argument. None for a value.
        over: For a family such as `K_j`: the sizes its indices run over.
    """

    shape: tuple[str, ...] = ()
    domain: Domain = "real"
    takes: tuple["Sort", ...] | None = None
    over: tuple[str, ...] = ()


class Relation(NamedTuple):
    """`left sign right` between sizes, as text in the language of typed answers."""

    left: str
    sign: str
    right: str


@dataclass(frozen=True)
class Vocabulary:
    """The symbols an answer may use and the relations that hold between them.

    Attributes:
        symbols: Name to sort. A name such as `K_j` declares the family `K` with index `j`.
        relations: What the question states, such as `h <= d`.
        algebra: Read as computer algebra does where an assignment would rather ask back: `i`
            and `I` are the imaginary unit, `E` is Euler's number, a number behind a name is
            a factor.
    """

    symbols: Mapping[str, Sort] = field(default_factory=dict)
    relations: tuple[Relation, ...] = ()
    algebra: bool = False

    def __getitem__(self, name: str) -> Sort:
        return self.symbols[name]

    def __contains__(self, name: object) -> bool:
        return name in self.symbols

    def with_symbols(self, more: Mapping[str, Sort]) -> "Vocabulary":
        """The same with further symbols; those that are there already stay as they are."""
        return replace(self, symbols={**more, **self.symbols})


def declare(symbols: str, where: str = "") -> Vocabulary:
    """Read declarations as an author writes them.

    >>> declare("mu: vector(d), sigma: positive, d: size")["mu"].shape
    ('d',)

    Args:
        symbols: `name: sort` or `name, name: sort`, separated by commas. A sort is a domain
            (real, positive, complex, integer, size), `vector(d)`, `row(F)`, `matrix(n, m)`
            or a function `row(D) -> row(F)`, `(vector(D), vector(D)) -> real`. `over N`
            behind a sort declares a family.
        where: Relations between sizes, such as `q = k = d/h, h <= d, M ~ D`.

    Errors: AssignmentError naming the part that can't be read.
    """
    found: dict[str, Sort] = {}
    waiting: list[str] = []
    for part in _split(symbols):
        names, colon, sort = part.partition(":")
        waiting.append(names.strip())
        if not colon:
            continue
        meaning = read_sort(sort)
        found.update((name, meaning) for name in waiting)
        waiting = []
    if waiting:
        raise AssignmentError(f"symbols '{symbols}': no sort for {', '.join(waiting)}")
    for declared in list(found.values()):
        for size in sizes_of(declared):
            found.setdefault(size, Sort((), "size"))
    return Vocabulary(found, read_relations(where))


def families(vocabulary: Vocabulary) -> dict[str, str]:
    """Base name to declared name of the families: `{"K": "K_j"}`."""
    return {
        name.partition("_")[0]: name
        for name, sort in vocabulary.symbols.items()
        if sort.over and "_" in name
    }


def sizes_of(sort: Sort) -> list[str]:
    """The names of sizes that a sort mentions; they are declared with it."""
    inner = [size for given in sort.takes or () for size in sizes_of(given)]
    return [s for s in (*sort.shape, *sort.over, *inner) if not s.isdigit()]


def read_sort(text: str) -> Sort:
    """Read one sort, such as `vector(d)`, `row(D) -> row(F)` or `(real, size) -> real`.

    Errors: AssignmentError when it is none of the known ones.
    """
    given, arrow, result = text.partition("->")
    if arrow:
        takes = tuple(read_sort(part) for part in _split(_unbracketed(given.strip())))
        return read_sort(result)._replace(takes=takes)
    body, _, over = given.strip().partition(" over ")
    name, _, inside = body.strip().partition("(")
    sizes = tuple(part.strip() for part in inside.rstrip(") ").split(",") if part.strip())
    family = tuple(part.strip() for part in over.split(",") if part.strip())
    match name.strip(), len(sizes):
        case domain, 0 if domain in DOMAINS:
            return Sort((), domain, over=family)
        case "vector", 1:
            return Sort(sizes, over=family)
        case "row", 1:
            return Sort(("1", *sizes), over=family)
        case "column", 1:
            return Sort((*sizes, "1"), over=family)
        case "matrix", 2:
            return Sort(sizes, over=family)
    raise AssignmentError(
        f"'{text.strip()}' is no sort; write real, positive, complex, "
        "integer, size, vector(d), row(F), matrix(n, m) or sort -> sort"
    )


def read_relations(where: str) -> tuple[Relation, ...]:
    """Read `q = k = d/h, h <= d, M ~ D` into pairs.

    Errors: AssignmentError when a part holds no relation.
    """
    found: list[Relation] = []
    for part in _split(where):
        pieces = RELATION_SIGNS.split(part)
        if len(pieces) < 3:
            raise AssignmentError(f"'{part}' is no relation; write `h <= d` or `k = d/h`")
        for at in range(0, len(pieces) - 2, 2):
            left, sign, right = (piece.strip() for piece in pieces[at : at + 3])
            found.append(Relation(left, sign, right))
    return tuple(found)


def _split(text: str) -> list[str]:
    """Split at commas outside brackets; empty parts are dropped."""
    parts, depth = [""], 0
    for char in text:
        depth += (char == "(") - (char == ")")
        if char == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += char
    return [part.strip() for part in parts if part.strip()]


def _unbracketed(text: str) -> str:
    """`(a, b)` without its brackets; `row(D)` as it is."""
    return text[1:-1] if text.startswith("(") and text.endswith(")") else text
