"""Function calls and methods: one tree for each meaning, whatever it is called."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from autograder.errors import Unreadable
from autograder.language import notation, subscripts
from autograder.language.tokens import Token
from autograder.language.tree import (
    Add,
    Call,
    Constant,
    Divide,
    Multiply,
    Negate,
    Number,
    Power,
    Sign,
    Span,
    Symbol,
    Transpose,
    Tree,
)
from autograder.language.vocabulary import Vocabulary

if TYPE_CHECKING:
    from autograder.language.grammar import Parser

ENDS = frozenset("for where and or if in to as else over with when since because is".split())
IGNORED_KEYWORDS = frozenset("axis dim keepdim keepdims dtype ord p out".split())
CLOSING = {"(": ")", "{": "}", "[": "]"}
ONE, TWO = Number(Fraction(1)), Number(Fraction(2))


def ends_expression(token: Token, vocabulary: Vocabulary) -> bool:
    """True for a word that no factor can start with."""
    return token.text in ENDS and token.text not in vocabulary


def einsum(parser: Parser, start: int) -> Tree:
    """`np.einsum("i,i->", q, k)`: only the inner product is a formula here."""
    opened = parser.take()
    letters = ""
    while (parser.peek() is not None and (token := parser.take()).text != ",") or len(letters) < 3:
        letters += token.text if token.kind != "quote" else ""
    if letters.replace("'", "") not in (
        "i,i->",
        "i,i",
        "j,j->",
        "d,d->",
        "k,k->",
        "a,a->",
        "n,n->",
    ):
        raise Unreadable("unsupported", opened[2:4], what="einsum")
    arguments = parser.items(")")
    return Call("dot", tuple(arguments), span=parser.span(start))


def apply(parser: Parser, name: str, start: int) -> Tree:
    """A function and its argument: `f(x, y)`, `f{x}`, `f x`, `f^2(x)`, `log_2(x)`."""
    declared = name in parser.vocabulary
    base = _call_base(parser, name) if not declared else None
    power: Tree | None = None
    transposed = False
    if parser.sees("^"):
        parser.take()
        if declared and subscripts.take_transpose(parser, Symbol(name)):
            transposed = True
        else:
            power = parser.factor() if not parser.sees("(") else parser.primary()
    arguments = call_arguments(parser, name, declared)
    span = parser.span(start)
    if arguments is None:
        return Symbol(name, span=span)
    if base is not None:
        arguments = [*arguments, base]
    result = (
        Call(name, tuple(arguments), span=span)
        if declared
        else build(parser, name, arguments, span)
    )
    if power == Number(Fraction(-1)) or power == Negate(ONE):
        if name in ("sin", "cos", "tan", "sinh", "cosh", "tanh"):
            return Call("a" + name, tuple(arguments), span=span)
    if power is not None:
        result = Power(result, power, span=span)
    return Transpose(result, span=span) if transposed else result


def _call_base(parser: Parser, name: str) -> Tree | None:
    """The subscript of `log_2` or `norm_2`; other functions take none."""
    if not parser.sees("_"):
        return None
    token = parser.take()
    if name not in ("log", "norm"):
        raise Unreadable("unsupported", token[2:4], what=f"{name}_")
    base = parser.group()
    return None if name == "norm" and base == TWO else base


def call_arguments(parser: Parser, name: str, declared: bool) -> list[Tree] | None:
    """The arguments; None for a declared function that stands alone or as `f(., .)`."""
    token = parser.peek()
    if token is not None and token.kind == "open" and token.text in "({[":
        parser.take()
        if declared and _placeholders(parser):
            return None
        saved, parser.bars = parser.bars, []
        found = _listed(parser, CLOSING[token.text])
        parser.bars = saved
        if not found:
            raise Unreadable("no_argument", token[2:4], function=name)
        return found
    if declared:
        return None
    if token is None or not (parser.starts_factor(token) or token.kind in ("number", "bar")):
        raise Unreadable("no_argument", parser.span(parser.at - 1), function=name)
    return [_bare_argument(parser, name)]


def _bare_argument(parser: Parser, name: str) -> Tree:
    """`sin 2x` takes what is written together; a root takes one factor."""
    start = parser.at
    factors = [parser.power()]
    if name not in ("sqrt", "cbrt"):
        while (token := parser.peek()) is not None and not token.spaced:
            previous = parser.tokens[parser.at - 1]
            simple = token.kind == "word" and previous.kind in ("number", "word")
            if not simple or token.text in notation.FUNCTIONS or token.latex:
                break
            factors.append(parser.power())
    if len(factors) == 1:
        return factors[0]
    nothing: Sign = ""
    unsigned = (nothing,) * (len(factors) - 1)
    return Multiply(tuple(factors), unsigned, span=parser.span(start))


def _placeholders(parser: Parser) -> bool:
    """Take `., .)` or `\\cdot, \\cdot)` if that is what follows."""
    at = parser.at
    while parser.sees("·", ".", ",", "*"):
        parser.take()
    if parser.at > at and parser.sees(")"):
        parser.take()
        return True
    parser.at = at
    return False


def _listed(parser: Parser, closing: str) -> list[Tree]:
    """Arguments between commas; keywords that only steer an array library are dropped."""
    found: list[Tree] = []
    while not parser.sees(closing):
        token = parser.peek()
        if token is not None and token.text in IGNORED_KEYWORDS and parser.sees("=", ahead=1):
            keyword = parser.take().text
            parser.take()
            value = parser.expression()
            if keyword in ("ord", "p") and value != TWO:
                found.append(value)
        else:
            found.append(parser.expression())
        if not parser.sees(","):
            break
        parser.take()
        if parser.sees(closing):
            raise parser.unexpected()
    parser.expect(closing)
    return found


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
            base = Number(Fraction(int(name[3:])))
            return Call("log", (first, base), span=span)
        case "log1p", _:
            return Call("log", (Add((first, ONE)),), span=span)
        case "expm1", _:
            return Add((Call("exp", (first,)), Negate(ONE)), span=span)
        case "transpose", _:
            return Transpose(first, span=span)
        case "len", _:
            return _size(parser, first, 0, span)
        case "mean", None:
            return Divide(Call("sum", (first,)), _size(parser, first, 0, span), span=span)
        case "norm", Number(value=value) if value == 2:
            return Call("norm", (first,), span=span)
        case _, None:
            return Call(name, (first,), span=span)
        case "pow", power:
            return Power(first, power, span=span)
        case "matmul", other:
            return Multiply((first, other), ("@",), span=span)
        case "multiply", other:
            return Multiply((first, other), ("*",), span=span)
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


def _size(parser: Parser, of: Tree, axis: int, span: Span) -> Tree:
    """The declared name of a length, as in `len(mu)`."""
    sort = parser.vocabulary.symbols.get(of.name) if isinstance(of, Symbol) else None
    sizes = sort.shape if sort is not None else ()
    if not -len(sizes) <= axis < len(sizes):
        raise Unreadable("unsupported", span, what="len")
    size = sizes[axis]
    return Number(Fraction(size), span=span) if size.isdigit() else Symbol(size, span=span)


def method(parser: Parser, base: Tree, start: int) -> Tree:
    """`mu.T`, `mu.dot(mu)`, `(mu**2).sum()`, `mu.shape[0]`; the dot has been taken."""
    name = parser.take().text
    arguments: list[Tree] = []
    if parser.sees("("):
        parser.take()
        arguments = _listed(parser, ")")
    elif parser.sees("[") and name == "shape":
        parser.take()
        arguments = parser.items("]")
    span = parser.span(start)
    if name in ("T", "mT", "t", "H", "transpose"):
        return Transpose(base, span=span)
    if name in ("item", "float", "double", "squeeze", "flatten"):
        return base
    if name in ("shape", "size", "numel"):
        axis = arguments[0] if arguments else Number(Fraction(0))
        if isinstance(axis, Negate) and isinstance(axis.of, Number):
            axis = replace(axis.of, value=-axis.of.value)
        if not isinstance(axis, Number):
            raise Unreadable("unsupported", span, what=f".{name}")
        return _size(parser, base, int(axis.value), span)
    if name in ("dot", "inner"):
        return Call("dot", (base, *arguments), span=span)
    if name == "sum":
        return Call("sum", (base,), span=span)
    known = notation.FUNCTIONS.get(name)
    if known is None:
        raise Unreadable("unsupported", span, what=f".{name}()")
    return build(parser, known, [base, *arguments], span)
