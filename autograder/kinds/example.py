"""Public examples: calls that a student's check makes without a key, and what they must give."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from autograder.errors import AssignmentError

# A list is a tensor's numbers, a tuple the shape of a random tensor; all else is itself.
Literal: TypeAlias = "bool | int | float | str | list[Literal] | tuple[int, ...] | None"

FORM = "write f(x), Module(4)(x) or f(x) @ f(y); arguments are literals or names that are given"


@dataclass(frozen=True)
class Argument:
    """An argument of a call.

    Attributes:
        name: How a message calls it; empty for a literal.
    """

    value: Literal
    name: str = ""


@dataclass(frozen=True)
class Called:
    """A call of a function, or of an object that is made for it.

    Attributes:
        name: The function, or the class.
        arguments: By position; for a class its constructor's.
        then: What the made object is called with; None when there is no object.
    """

    name: str
    arguments: tuple[Argument, ...]
    then: tuple[Argument, ...] | None = None

    @property
    def inputs(self) -> tuple[Argument, ...]:
        """The arguments of the call that counts."""
        return self.arguments if self.then is None else self.then


@dataclass(frozen=True)
class Example:
    """One public example.

    Attributes:
        text: The call as the author wrote it.
        calls: One call, or two whose results' dot product is taken.
        given: Values by the names that `text` uses.
        returns: What must come out; None when that isn't said.
        shape: The shape that must come out; None when that isn't said.
        equals: The question whose formula, as the student answered it, gives what must come
            out at the given values; or empty.
    """

    text: str
    calls: tuple[Called, ...]
    given: Mapping[str, Literal] = field(default_factory=dict)
    returns: Literal = None
    shape: tuple[int, ...] | None = None
    equals: str = ""


def make_example(
    text: str,
    given: Mapping[str, Literal],
    returns: Literal,
    shape: tuple[int, ...] | None,
    equals: str,
) -> Example:
    """Read the text of an example; its literals are parsed, never run.

    Errors: AssignmentError when the text is no such call, or a name is not given.
    """
    try:
        node = ast.parse(text, mode="eval").body
        calls = tuple(_called(part, given) for part in _factors(node))
    except (SyntaxError, ValueError, TypeError):
        raise AssignmentError(f"example '{text}': {FORM}") from None
    used = {each.name for call in calls for each in (*call.arguments, *(call.then or ()))}
    if unused := sorted(set(given) - used):
        raise AssignmentError(f"example '{text}' does not use {', '.join(unused)}")
    if equals and any(isinstance(value, tuple) for value in given.values()):
        raise AssignmentError(f"example '{text}': equals='{equals}' needs numbers, not shapes")
    if len(calls) == 2 and not equals and returns is None:
        raise AssignmentError(f"example '{text}': say what it returns, or which formula it equals")
    return Example(text, calls, dict(given), returns, shape, equals)


def shape_of(value: Literal) -> tuple[int, ...] | None:
    """The shape of a nested list or a random input; None for anything else."""
    match value:
        case tuple():
            return value
        case [first, *_]:
            return (len(value), *(shape_of(first) or ()))
        case []:
            return (0,)
    return None


def _factors(node: ast.expr) -> list[ast.expr]:
    match node:
        case ast.BinOp(left=left, op=ast.MatMult(), right=right):
            return [left, right]
    return [node]


def _called(node: ast.expr, given: Mapping[str, Literal]) -> Called:
    match node:
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]):
            return Called(name, tuple(_arguments(args, given)))
        case ast.Call(
            func=ast.Call(func=ast.Name(id=name), args=made, keywords=[]), args=args, keywords=[]
        ):
            return Called(name, tuple(_arguments(made, given)), tuple(_arguments(args, given)))
    raise ValueError


def _arguments(nodes: list[ast.expr], given: Mapping[str, Literal]) -> Iterator[Argument]:
    for node in nodes:
        if isinstance(node, ast.Name):
            if node.id not in given:
                raise ValueError
            yield Argument(given[node.id], node.id)
        else:
            yield Argument(ast.literal_eval(node))
