"""The keys of an assignment as proofs use them: numbers go in, numbers come out."""

import importlib
import sys
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any, TypeAlias, cast

from autograder.assignment import Assignment, Question
from autograder.errors import AssignmentError
from autograder.kinds import Reading, Workshop
from autograder.kinds.blank import Blank
from autograder.kinds.condition import Condition
from autograder.kinds.function import Function
from autograder.language.evaluator.evaluation import evaluate, holds
from autograder.language.evaluator.values import Grid, Point, Value
from autograder.language.statements import statement
from autograder.language.tree import Sequence, Tree
from autograder.language.vocabulary import Sort, Vocabulary, families
from autograder.reference import open_reference
from autograder.sandbox import Session
from autograder.submission import Place, Response
from autograder.verdict import Verdict

Number: TypeAlias = Any  # a number, an array or a callable on arrays
NO_SESSION = cast(Session, None)  # typed answers run nothing
DIGITS = 40  # more than float64 has, so that a key's rounding never shows


@dataclass(frozen=True)
class Key:
    """The key of a typed question.

    Attributes:
        text: As the reference has it.
        question: The question that it answers.
    """

    text: str
    question: Question

    def __call__(self, *, at: Mapping[str, int] | None = None, **values: Number) -> Number:
        """The key's value: a float, an array, the items of a list or shape, or a truth value.

        Args:
            at: Positions, from 1, of indices that no sum binds, such as `{"i": 1}`.
            values: By declared name. A number; an array for a vector, `(d,)`, a row,
                `(1, F)`, or a matrix; for a family `K_j` an array of its members, row by
                row; for a function a callable on such values.
        """
        if unknown := ", ".join(sorted(set(values) - set(self.symbols.symbols))):
            known = ", ".join(self.symbols.symbols)
            raise AssignmentError(f"the key has no symbol {unknown}; it has {known}")
        point = _point(self.symbols, values, at or {})
        content = self.content
        if isinstance(self.question.kind, Condition):
            return holds(cast(Tree, content), point)
        last = content[-1] if isinstance(content, tuple) else content  # claims, the key last
        if isinstance(last, Sequence | tuple):
            items = last.items if isinstance(last, Sequence) else last
            return [_number(evaluate(item, point)) for item in items]
        return _number(evaluate(cast(Tree, last), point))

    @property
    def symbols(self) -> Vocabulary:
        """What the question declares."""
        found = getattr(self.question.kind, "symbols", None)
        return found if isinstance(found, Vocabulary) else Vocabulary()

    @cached_property
    def content(self) -> object:
        """The key as its kind has read it."""
        return self.read(self.text).content

    def read(self, text: str) -> Reading:
        """Read any answer to the question."""
        return self.question.kind.read(Response(text, Place("reference")))

    def accepts(self, text: str) -> bool:
        """Whether the question's kind finds a typed answer right."""
        kind = self.question.kind
        prepared = kind.prepare(self.read(self.text), Workshop(self.question.id, None, Path(), b""))
        finding = kind.judge(self.read(text), prepared, NO_SESSION)
        return finding.verdict is Verdict.CORRECT

    def with_text(self, text: str) -> "Key":
        """Another key to the same question."""
        return Key(text, self.question)


def keys_of(assignment: Assignment) -> dict[str, object]:
    """By question: a `Key`, or for code the function or class that the reference defines.

    Errors: AssignmentError when the reference lacks an answer or can't be imported.
    """
    reference = open_reference(assignment)
    code = solution_module(assignment.solution, "answers")
    found: dict[str, object] = {}
    for question in assignment:
        response = reference.submission.responses.get(question.id)
        if response is None:
            raise AssignmentError(f"{reference.submission.source}: {question.id} has no answer")
        defined = _defined_name(question.kind)
        if defined is None:
            found[question.id] = Key(response.text, question)
        elif hasattr(code, defined):
            found[question.id] = getattr(code, defined)
        else:
            raise AssignmentError(f"{reference.submission.source}: no definition of {defined}")
    return found


def solution_module(folder: Path, name: str) -> ModuleType:
    """Import `<folder>/<name>.py`; it may import its neighbours with `from .other import …`.

    Errors: AssignmentError when it isn't there or raises.
    """
    package = f"_solution_{zlib.crc32(str(folder.resolve()).encode()):08x}"
    if package not in sys.modules:
        made = ModuleType(package)
        made.__path__ = [str(folder)]
        sys.modules[package] = made
    if not (folder / f"{name}.py").is_file():
        raise AssignmentError(f"there is no {folder / name}.py")
    try:
        return importlib.import_module(f"{package}.{name}")
    except Exception as error:
        raise AssignmentError(f"{folder / name}.py: {type(error).__name__}: {error}") from error


def number_of(text: str, sizes: Mapping[str, int]) -> int:
    """The value of an expression in sizes, such as `b h (n + 1)`."""
    vocabulary = Vocabulary({name: Sort(domain="size") for name in sizes})
    tree = statement.read(text, vocabulary).answer
    return int(evaluate(tree, _point(vocabulary, sizes, {})))


def _defined_name(kind: object) -> str | None:
    """The function or class that holds a code answer; None for what is typed."""
    if isinstance(kind, Function):
        return kind.defines
    if isinstance(kind, Blank) and not kind.typed:
        return kind.spot.class_name
    return None


def _point(symbols: Vocabulary, given: Mapping[str, Number], at: Mapping[str, int]) -> Point:
    import mpmath

    context = mpmath.mp.clone()
    context.dps = DIGITS
    members = {declared: base for base, declared in families(symbols).items()}
    values: dict[str, Value] = {}
    sizes: dict[str, int] = {}
    for name, value in given.items():
        if name in members:
            shape = [1, -1] if len(symbols[name].shape) == 2 else [-1]
            rows = [_grid(row.reshape(shape), context) for row in value]
            values[members[name]] = {(n,): row for n, row in enumerate(rows)}
            sizes.update(zip(symbols[name].over, [len(rows)], strict=False))
        elif callable(value):
            values[name] = _function(value, context)
        else:
            values[name] = _grid(value, context)
            if symbols[name].domain == "size":
                sizes[name] = int(value)
            elif symbols[name].shape:
                sizes.update(zip(symbols[name].shape, value.shape, strict=False))
    return Point(context, values, sizes, symbols, bound=dict(at))


def _function(function: Callable[..., Number], context: Any) -> Callable[..., Value]:
    def on_values(*arguments: Value) -> Value:
        return _grid(function(*(_number(argument) for argument in arguments)), context)

    return on_values


def _grid(value: Number, context: Any) -> Value:
    import numpy as np

    array = np.asarray(value, dtype=float)
    if array.ndim == 0:
        return context.mpf(float(array))
    rows = array.reshape(len(array), -1)
    return Grid(tuple(tuple(context.mpf(float(x)) for x in row) for row in rows), array.ndim == 1)


def _number(value: Value) -> Number:
    import numpy as np

    if not isinstance(value, Grid):
        return float(value)
    array = np.array([[float(entry) for entry in row] for row in value.rows])
    return array[:, 0] if value.vector else array
