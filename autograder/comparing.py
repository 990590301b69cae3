"""`compare`: the engine without an assignment, one answer or a stream of JSON lines."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import cast

from autograder.compare.einsum import Axes
from autograder.errors import AssignmentError, Json, Unreadable
from autograder.feedback import explain
from autograder.kinds import Kind, Reading, Workshop
from autograder.kinds.closed_form import ClosedForm, claims_of
from autograder.kinds.condition import Condition
from autograder.kinds.einsum import Einsum
from autograder.kinds.growth import Growth
from autograder.kinds.listing import Listing
from autograder.kinds.matrix_expression import MatrixExpression
from autograder.kinds.shape import Shape
from autograder.kinds.values import Values
from autograder.language.tree import Matrix, walk
from autograder.language.vocabulary import Sort, Vocabulary, read_relations, read_sort, sizes_of
from autograder.sandbox import Session
from autograder.submission import Place, Response
from autograder.verdict import Finding, Verdict

REAL_ONLY = frozenset(("growth", "shape", "condition", "einsum"))  # `i` is an unknown name there
NO_SESSION = cast(Session, None)  # typed answers run nothing
LISTED = frozenset(
    ("wrong_kind", "unexpected", "two_answers", "empty_list")
)  # what a list is for a formula
MOST_NAMES = 40  # of one key that are declared because it uses them
KINDS: Mapping[str, Callable[[Vocabulary], Kind]] = {
    "closed_form": ClosedForm,
    "matrix": MatrixExpression,
    "growth": Growth,
    "condition": Condition,
    "shape": Shape,
    "einsum": lambda symbols: Einsum(),
    "values": lambda symbols: Values(),
    "list": Listing,
    "tuple": lambda symbols: Listing(symbols, "kept"),
    "set": lambda symbols: Listing(symbols, "free"),
}
OTHER_NAMES = {
    "matrix_expression": "matrix", "vector": "matrix", "formula": "closed_form",
    "inequality": "condition", "point": "tuple", "sequence": "tuple",
}  # fmt: skip


def case_of(kind: str, key: str, symbols: str, relations: str) -> dict[str, Json]:
    """A case as the command line has it: `n: size, x: real` and `h <= d, k = d/h`."""
    return {
        "kind": kind,
        "key": key,
        "symbols": dict(_named(part) for part in symbols.split(",") if part.strip()),
        "relations": [part for part in relations.split(",") if part.strip()],
    }


def _named(part: str) -> tuple[str, str]:
    name, _, sort = part.partition(":")
    return name.strip(), sort.strip() or "real"


def stream(lines: Iterable[bytes]) -> Iterator[dict[str, Json]]:
    """Judge `{"id", "kind", "key", "answer", "symbols", …}` a line; bad lines give `error`."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            case = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield {"error": f"line {number} is not JSON: {' '.join(str(error).split())}"}
            continue
        if not isinstance(case, dict):
            yield {"error": f"line {number}: write an object with kind, key and answer"}
        else:
            yield {**case, **judge(case)}


def judge(case: Mapping[str, Json]) -> dict[str, Json]:
    """What a line of the stream says of one answer; `error` when the case itself is wrong."""
    texts = [case.get(name) for name in ("kind", "key", "answer")]
    if not all(isinstance(text, str) for text in texts):
        return {"error": "kind, key and answer must be text"}
    name, key, answer = (str(text) for text in texts)
    name = OTHER_NAMES.get(name, name)
    if name not in KINDS:
        return _told(Finding(Verdict.INVALID, "unsupported", {"what": name}))
    try:
        kind, reference = _prepared(name, key, case)
        prepared = kind.prepare(reference, Workshop("key", None, Path(), b""))
    except (AssignmentError, Unreadable) as error:
        code = error.code if isinstance(error, Unreadable) else str(error)
        return {"error": f"the key can't be used: {code}"}
    if not answer.strip():
        return _told(Finding(Verdict.BLANK, "untouched"))
    try:
        reading = kind.read(_response(answer))
        finding = kind.judge(reading, prepared, NO_SESSION)
    except Unreadable as error:
        return _told(Finding(Verdict.INVALID, error.code, error.data), span=error.span)
    except AssignmentError as error:
        return {"error": f"the key can't be used: {error}"}
    return _told(finding, reading.echo)


def declared(kind: str, case: Mapping[str, Json]) -> Vocabulary:
    """The symbols and relations of a case.

    Errors: AssignmentError.
    """
    given = case.get("symbols") or []
    default = "size" if kind in ("growth", "shape") else "real"
    pairs = (
        given.items() if isinstance(given, dict) else [(name, default) for name in _texts(given)]
    )
    symbols = {str(name): read_sort(str(sort)) for name, sort in pairs}
    for sort in list(symbols.values()):
        for size in sizes_of(sort):
            symbols.setdefault(size, Sort((), "size"))
    relations = read_relations(", ".join(_texts(case.get("relations") or [])))
    return Vocabulary(symbols, relations, algebra=kind not in REAL_ONLY)


def _texts(value: Json) -> list[str]:
    if not isinstance(value, list):
        raise AssignmentError("symbols and relations are lists of texts")
    return [str(item) for item in value]


def _prepared(name: str, key: str, case: Mapping[str, Json]) -> tuple[Kind, Reading]:
    """The kind and the key's reading; names that the key uses are declared.

    A key that holds a list or a matrix makes it the kind for those.

    Errors: Unreadable, AssignmentError.
    """
    vocabulary = declared(name, case)
    domain = "size" if name in ("growth", "shape") else "real"
    for _ in range(MOST_NAMES):
        kind = KINDS[name](vocabulary) if name != "einsum" else Einsum(axes=_axes(case))
        try:
            reading = kind.read(_response(key))
        except Unreadable as error:
            unknown = error.data.get("symbol")
            if error.code in ("unknown_symbol", "wrong_case") and isinstance(unknown, str):
                vocabulary = vocabulary.with_symbols({unknown: Sort((), domain)})  # type: ignore[arg-type]
            elif (other := _kind_for(name, key)) and error.code in LISTED:
                name = other
            else:
                raise
            continue
        if name == "closed_form" and _holds_matrix(reading):
            name = "matrix"
            continue
        return kind, reading
    raise AssignmentError("it uses too many names that are not declared")


def _kind_for(name: str, key: str) -> str | None:
    """What a key can be that the kind does not read: a matrix or a list."""
    if name == "closed_form":
        return "matrix" if key.replace(" ", "").startswith(("[[", "{{")) else "list"
    return "list" if name == "matrix" else None


def _holds_matrix(reading: Reading) -> bool:
    nodes = (node for tree in claims_of(reading) for node in walk(tree))
    return any(isinstance(node, Matrix) for node in nodes)


def _axes(case: Mapping[str, Json]) -> Axes:
    """The axes of each operand of einsum, by name.

    Errors: AssignmentError.
    """
    given = case.get("operands") or []
    if not isinstance(given, list) or not all(isinstance(names, list) for names in given):
        raise AssignmentError('operands are lists of axes, such as [["b", "d"], ["d", "k"]]')
    return tuple(tuple(_texts(names)) for names in given)


def _response(text: str) -> Response:
    return Response(text, Place("answer"))


def _told(
    finding: Finding, read_as: str = "", span: tuple[int, int] | None = None
) -> dict[str, Json]:
    """A finding with how the answer was read, or the columns where it can't be."""
    return {
        "verdict": finding.verdict.value,
        "code": finding.code,
        "proved": finding.proved,
        "feedback": explain(finding, "full"),
        "read_as": read_as,
        "span": None if span is None else [*span],
    }
