"""Einsum equations."""

import ast
import re
from dataclasses import dataclass, replace
from typing import ClassVar, NamedTuple

from autograder.compare.einsum import Axes, Equation, compare, misfit, read_equation
from autograder.errors import AssignmentError, Unreadable
from autograder.kinds import Form, Reading, Workshop
from autograder.kinds.source import parse
from autograder.language.statements.statement import strip
from autograder.sandbox import Session
from autograder.submission import Response
from autograder.verdict import Finding, Verdict

COMMENT = re.compile(r"\s#[^\n]*\Z")
LITERAL = re.compile(r"[rRuU]?(\"\"\"|\'\'\'|[\"'])(?P<inside>.*)\1", re.DOTALL)


class Typed(NamedTuple):
    """An equation in Python code.

    Attributes:
        text: What stands between its quotes.
        start: The column where that starts; None when it has none of its own.
        operands: What a call passes behind it; None when it is no call.
    """

    text: str
    start: int | None
    operands: tuple[str, ...] | None


@dataclass(frozen=True)
class Einsum:
    """An equation, or a whole call with the operands in the order asked for.

    Attributes:
        operands: Their names in that order.
        axes: The axes of each operand by name; without them the key's letters declare them.
    """

    operands: tuple[str, ...] = ()
    axes: Axes = ()
    form: ClassVar[Form] = "typed"
    label: ClassVar[str] = "einsum equation"

    def read(self, answer: Response) -> Reading:
        """Read an equation with any letters, or Python code with one between quotes.

        Errors: Unreadable.
        """
        found = _in_python(answer.text)
        if found is None:
            start, end = strip(COMMENT.sub("", answer.text))
            equation = _read_at(answer.text[start:end], start)
        else:
            equation = _read_at(found.text, found.start, len(answer.text))
        if found is not None and found.operands is not None:
            equation = replace(equation, operands=found.operands, whole_call=True)
        order = f"  of {', '.join(equation.operands)}" if equation.operands else ""
        return Reading(f"{equation}{order}", equation, data={"operands": len(equation.inputs)})

    def prepare(self, reference: Reading, workshop: Workshop) -> object:
        """The key's equation, which also declares the operands' axes.

        Errors: AssignmentError when it does not fit declared axes.
        """
        key = reference.content
        assert isinstance(key, Equation)
        why = misfit(key, self.axes) if self.axes else ""
        if why:
            raise AssignmentError(f"{workshop.question}: the equation does not fit: {why}")
        return key

    def judge(self, reading: Reading, prepared: object, sandbox: Session) -> Finding:
        """Compare by a one-to-one renaming of the letters."""
        answer = reading.content
        assert isinstance(answer, Equation) and isinstance(prepared, Equation)
        if not self._passes_known(answer):
            asked = ", ".join(self.operands)
            return Finding(Verdict.INVALID, "unknown_operand", {"asked": asked})
        if self._swapped(answer):
            return Finding(
                Verdict.INCORRECT, "operands_swapped", {"asked": ", ".join(self.operands)}
            )
        fault = compare(_arranged(answer, prepared), prepared, self.axes)
        if fault is None:
            return Finding(Verdict.CORRECT, "right", proved=True)
        verdict = Verdict.INVALID if fault.code == "einsum_operands" else Verdict.INCORRECT
        return Finding(verdict, fault.code, dict(fault.data))

    def _passes_known(self, answer: Equation) -> bool:
        """Whether a whole call passes the operands of the question, or nameless ones."""
        if not self.operands or not answer.whole_call:
            return True
        names, asked = [[_plain(n) for n in those] for those in (answer.operands, self.operands)]
        if sorted(names) == sorted(asked):
            return True
        nameless = [name in (want, want[:1]) for name, want in zip(names, asked, strict=False)]
        return len(names) == len(asked) and all(nameless)

    def _swapped(self, answer: Equation) -> bool:
        names = [_plain(name) for name in answer.operands]
        asked = [_plain(name) for name in self.operands]
        return sorted(names) == sorted(asked) and names != asked

    def same(self, reading: Reading, other: Reading) -> bool:
        """Whether two equations compute the same."""
        mine, theirs = reading.content, other.content
        assert isinstance(mine, Equation) and isinstance(theirs, Equation)
        if mine == theirs:
            return True
        plain = all("..." not in part for part in theirs.inputs)
        return (
            plain
            and self._swapped(mine) == self._swapped(theirs)
            and (compare(_arranged(mine, theirs), theirs, self.axes) is None)
        )


def _in_python(text: str) -> Typed | None:
    """The equation of a whole call, or of what stands between the brackets of one.

    None for anything else: an equation without quotes is no Python.
    """
    try:
        [statement] = parse(text.strip().strip("`"), compiled=False).body
    except (SyntaxError, ValueError):
        return None
    value = getattr(statement, "value", None)
    match value:
        case ast.Constant(value=str()):
            return _typed(text, value, None)
        case ast.Tuple(elts=[ast.Constant(value=str()) as first, _, *_]):
            return _typed(text, first, value.elts[1:])
        case ast.Call(
            func=ast.Name(id="einsum") | ast.Attribute(attr="einsum"),
            args=[ast.Constant(value=str()) as first, *rest],
        ):
            return _typed(text, first, rest)
    return None


def _typed(text: str, equation: ast.Constant, operands: list[ast.expr] | None) -> Typed:
    source = ast.get_source_segment(text.strip().strip("`"), equation) or ""
    literal = LITERAL.fullmatch(source)
    inside, start = str(equation.value), None
    if literal is not None and literal[1] not in literal["inside"]:
        inside, start = literal["inside"], text.find(source) + literal.start("inside")
    match operands:
        case [ast.List(elts=elements) | ast.Tuple(elts=elements)]:
            operands = elements  # torch takes a list of them too
        case [ast.Starred(value=ast.List(elts=elements) | ast.Tuple(elts=elements))]:
            operands = elements
    names = None if operands is None else tuple(map(ast.unparse, operands))
    return Typed(inside, start, names)


def _read_at(text: str, start: int | None, length: int = 0) -> Equation:
    """Read an equation, its columns counted from where it starts.

    Args:
        start: None when the columns mean nothing; then a slip is anywhere in `length` columns.
    """
    try:
        return read_equation(text)
    except Unreadable as error:
        first, last = error.span or (0, len(text))
        span = (0, length) if start is None else (first + start, last + start)
        raise Unreadable(error.code, span, **error.data) from None


def _arranged(answer: Equation, key: Equation) -> Equation:
    """A whole call with the operands of the key's call, in the order that the key has."""
    given, asked = [_plain(n) for n in answer.operands], [_plain(n) for n in key.operands]
    if given == asked or sorted(given) != sorted(asked) or len(set(asked)) < len(asked):
        return answer
    if answer.output is None or len(given) != len(answer.inputs):
        return answer
    inputs = tuple(answer.inputs[given.index(name)] for name in asked)
    return replace(answer, inputs=inputs, operands=key.operands)


def _plain(name: str) -> str:
    return name.replace("_", "").replace("self.", "").casefold()
