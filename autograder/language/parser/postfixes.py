"""What stands behind a value: `!`, `'`, `^T`, `_+`, `°`, `.sum()`, `[0]`, `^*`."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from autograder.errors import Unreadable
from autograder.language.parser import methods, subscripts
from autograder.language.parser.subscripts import positive_part
from autograder.language.shapes import is_scalar
from autograder.language.tree import (
    Call,
    Constant,
    Divide,
    Element,
    Multiply,
    Number,
    Symbol,
    Transpose,
    Tree,
    walk,
)

if TYPE_CHECKING:
    from autograder.language.parser.grammar import Parser

MOST = 60  # behind one value


def postfix(parser: Parser, result: Tree, start: int) -> Tree:
    most = parser.at + MOST
    while (token := parser.peek()) is not None:
        if parser.at > most:
            raise Unreadable("too_deep", token[2:4], most=MOST)
        if token.text == "!" and token.kind == "sign":
            result = _factorial(parser, result, start)
        elif (length := positive_part(parser, 0)) > 0:
            parser.at += length
            result = Call("relu", (result,), span=parser.span(start))
        elif (length := _degrees(parser)) > 0:
            parser.at += length
            turn = Divide(Constant("pi"), Number(Fraction(180)))
            result = Multiply((result, turn), ("*",), span=parser.span(start))
        elif token.text == "'" and token.kind == "sign":
            if is_scalar(result, parser.vocabulary):
                raise Unreadable("unexpected", token[2:4], found="'", expected=None)
            parser.take()
            result = Transpose(result, span=parser.span(start))
        elif token.text == "^" and subscripts.transpose_follows(parser, result):
            parser.take()
            subscripts.take_transpose(parser, result)
            result = Transpose(result, span=parser.span(start))
        elif methods.method_follows(parser):
            parser.take()
            result = methods.method(parser, result, start)
        elif token.text == "[" and not token.spaced and isinstance(result, Symbol | Element):
            result = subscripts.index(parser, result, start)
        else:
            break
    return result


def _factorial(parser: Parser, of: Tree, start: int) -> Tree:
    """`n!` and the double factorial `n!!`, which is no factorial of a factorial."""
    first = parser.take()
    name = "factorial"
    if parser.sees("!") and not parser.tokens[parser.at].spaced:
        parser.take()
        name = "factorial2"
    if parser.sees("!") and not parser.tokens[parser.at].spaced:
        raise Unreadable("unsupported", (first.start, parser.take().end), what="!!!")
    return Call(name, (of,), span=parser.span(start))


def _degrees(parser: Parser) -> int:
    """How many tokens of `°`, `^\\circ` or `^{\\circ}` stand ahead."""
    if parser.sees_word("degree") and "degree" not in parser.vocabulary:
        return int(parser.tokens[parser.at].latex)
    if not parser.sees("^"):
        return 0
    ahead = 2 if parser.sees("{", ahead=1) else 1
    ring = parser.sees("⊙", ahead=ahead) or parser.sees_word("degree", ahead=ahead)
    return 0 if not ring else 2 if ahead == 1 else 4


def conjugation(parser: Parser, base: Tree) -> int:
    """How many tokens of `^*` or `^{*}` stand ahead, behind a complex number."""
    symbols = [node.name for node in walk(base) if isinstance(node, Symbol)]
    known = [parser.vocabulary[name] for name in symbols if name in parser.vocabulary]
    if not any(sort.domain == "complex" for sort in known) or not is_scalar(
        base, parser.vocabulary
    ):
        return 0
    if parser.sees("{", ahead=1):
        return 4 if parser.sees("*", ahead=2) and parser.sees("}", ahead=3) else 0
    behind = parser.peek(2)
    ends = behind is None or behind.kind == "close" or behind.kind == "sign"
    return 2 if parser.sees("*", ahead=1) and ends else 0
