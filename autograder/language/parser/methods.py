"""Methods of arrays, and the one `einsum` that is a formula: `mu.T`, `x.pow(2)`, `A.shape[0]`."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from autograder.errors import Unreadable
from autograder.language.lexer import notation
from autograder.language.parser import calls, sums
from autograder.language.parser.meaning import build, size
from autograder.language.tree import Call, Negate, Number, Transpose, Tree

if TYPE_CHECKING:
    from autograder.language.parser.grammar import Parser

PROPERTIES = frozenset(("T", "mT", "H"))  # a bracket behind them is a factor
UNCHANGED = frozenset("t transpose item float double squeeze flatten".split())
OF_ONE = frozenset("sqrt square log exp abs".split())  # methods without an argument


def method_follows(parser: Parser) -> bool:
    """Whether a method stands ahead: `.T`, `.sum()`; in `x.log(x)` the dot is a product."""
    dot, name = parser.peek(), parser.peek(1)
    if dot is None or name is None or dot.text != "." or dot.kind != "sign":
        return False
    if name.kind != "word" or name.text not in notation.METHODS or name.text in parser.vocabulary:
        return False
    given = parser.sees("(", ahead=2) and not parser.sees(")", ahead=3)
    return not dot.spaced and not name.spaced and not (given and name.text in OF_ONE)


def method(parser: Parser, base: Tree, start: int) -> Tree:
    """`mu.T`, `mu.dot(mu)`, `(mu**2).sum()`, `mu.shape[0]`; the dot has been taken."""
    name = parser.take().text
    arguments: list[Tree] = []
    if parser.sees("(") and (name not in PROPERTIES or parser.sees(")", ahead=1)):
        parser.take()
        arguments = calls.listed(parser, ")")
    elif parser.sees("[") and name == "shape":
        parser.take()
        arguments = parser.items("]")
    span = parser.span(start)
    if name in UNCHANGED and not all(map(sums.is_axis, arguments)):
        raise Unreadable("unsupported", span, what=f".{name}")
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
        return size(parser, base, int(axis.value), span)
    if name in ("dot", "inner"):
        return build(parser, "dot", [base, *arguments], span)
    if name == "sum" and all(map(sums.is_axis, arguments)):
        return Call("sum", (base,), span=span)
    known = notation.FUNCTIONS.get(name)
    if known is None:
        raise Unreadable("unsupported", span, what=f".{name}()")
    call = calls.counted(Call(known, (base, *arguments), span=span))
    return build(parser, known, [*call.arguments], span)


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
