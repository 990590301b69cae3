"""Known functions as the trees that mean them, whatever they are called."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from autograder.errors import Unreadable
from autograder.language.derivative import derivative
from autograder.language.parser.products import dots_of_numbers
from autograder.language.shapes import is_matrix
from autograder.language.tree import (
    Add,
    Call,
    Constant,
    Divide,
    Multiply,
    Negate,
    Number,
    Power,
    Span,
    Symbol,
    Transpose,
    Tree,
)

if TYPE_CHECKING:
    from autograder.language.parser.grammar import Parser

ONE, TWO = Number(Fraction(1)), Number(Fraction(2))


def build(parser: Parser, name: str, arguments: list[Tree], span: Span) -> Tree:
    """A known function as the tree that means it."""
    first = arguments[0]
    second = arguments[1] if len(arguments) > 1 else None
    match name, second:
        case "root", None:
            return Call("sqrt", (first,), span=span)
        case "same", _:
            return first
        case "square", _:
            return Power(first, TWO, span=span)
        case "rsqrt", _:
            return Divide(ONE, Call("sqrt", (first,), span=span), span=span)
        case "reciprocal", _:
            return Divide(ONE, first, span=span)
        case "log2" | "log10", _:
            return Call("log", (first, second or Number(Fraction(int(name[3:])))), span=span)
        case "zero" | "one", _:
            return Number(Fraction(name == "one"), span=span)
        case "clip", None:
            raise Unreadable("unsupported", span, what="clip")
        case "clip", _:
            return _clipped(arguments, span)
        case "exp2", _:
            return Power(TWO, first, span=span)
        case "negative", _:
            return Negate(first, span=span)
        case "log1p", _:
            return Call("log", (Add((first, ONE)),), span=span)
        case "expm1", _:
            return Add((Call("exp", (first,)), Negate(ONE)), span=span)
        case "transpose", _:
            return Transpose(first, span=span)
        case "len", _:
            return size(parser, first, 0, span)
        case "mean", None:
            return Divide(Call("sum", (first,)), size(parser, first, 0, span), span=span)
        case "norm", Number(value=value) if value == 2 and not is_matrix(first, parser.vocabulary):
            return Call("norm", (first,), span=span)
        case _, None:
            return Call(name, (first,), span=span)
        case "diff", Symbol(name=by):
            return derivative(first, by)
        case "permutations", of:  # n!/(n - k)!
            rest = Call("factorial", (Add((first, Negate(of))),))
            return Divide(Call("factorial", (first,)), rest, span=span)
        case "pow", power:
            return Power(first, power, span=span)
        case "dot", other if is_matrix(first, parser.vocabulary) or is_matrix(
            other, parser.vocabulary
        ):  # as numpy has it
            return Multiply((first, other), ("@",), span=span)
        case "matmul", other:
            return Multiply((first, other), ("@",), span=span)
        case "multiply", other:
            return Multiply(
                (first, other), dots_of_numbers([first, other], ["⊙"], parser.vocabulary), span=span
            )
        case "outer", other:
            return Multiply((first, Transpose(other)), ("",), span=span)
        case "divide", other:
            return Divide(first, other, span=span)
        case "add", other:
            return Add((first, other), span=span)
        case "subtract", other:
            return Add((first, Negate(other)), span=span)
    if name == "norm" and second == Constant("inf"):
        return Call("norm", (first, second), span=span)
    return Call(name, tuple(arguments), span=span)


def _clipped(arguments: list[Tree], span: Span) -> Tree:
    """`clip(x, 0, 1)` or `clamp(x, min=0)`, whose bounds by name come as calls of one thing."""
    result, *bounds = arguments
    for name, bound in zip(("max", "min"), bounds, strict=False):
        if isinstance(bound, Call) and bound.name in ("max", "min") and len(bound.arguments) == 1:
            name, bound = bound.name, bound.arguments[0]
        result = Call(name, (result, bound), span=span)
    return result


def size(parser: Parser, of: Tree, axis: int, span: Span) -> Tree:
    """The declared name of a length, as in `len(mu)`."""
    sort = parser.vocabulary.symbols.get(of.name) if isinstance(of, Symbol) else None
    sizes = sort.shape if sort is not None else ()
    if not -len(sizes) <= axis < len(sizes):
        raise Unreadable("unsupported", span, what="len")
    size = sizes[axis]
    return Number(Fraction(size), span=span) if size.isdigit() else Symbol(size, span=span)
