"""Marks on a name: transposes, subscripts, indices."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from autograder.errors import Unreadable
from autograder.language.lexer import names, notation
from autograder.language.lexer.tokens import Token
from autograder.language.parser import spelling
from autograder.language.shapes import is_scalar
from autograder.language.tree import (
    Add,
    Element,
    Multiply,
    Number,
    Symbol,
    Tree,
)

if TYPE_CHECKING:
    from autograder.language.parser.grammar import Parser

TRANSPOSE_WORDS = ("T", "t", "top", "intercal", "tr", "transpose")


def transpose_follows(parser: Parser, base: Tree) -> bool:
    """True when the `^` ahead starts a transpose mark on `base`."""
    return _transpose_length(parser, base, 1) > 0


def take_transpose(parser: Parser, base: Tree) -> bool:
    """Take a transpose mark behind `^`, if there is one."""
    length = _transpose_length(parser, base, 0)
    if length == 0:
        return False
    if length == 1:
        token = parser.tokens[parser.at]
        if token.text not in TRANSPOSE_WORDS:  # `^Tk`: the mark, then another name
            parser.cut(1)
    parser.at += length
    return True


def _transpose_length(parser: Parser, base: Tree, ahead: int) -> int:
    token = parser.peek(ahead)
    if token is None or is_scalar(base, parser.vocabulary):
        return 0
    if token.kind == "word":
        if token.text in TRANSPOSE_WORDS:
            return int(_is_mark(parser, token))
        rest = token.text[1:]
        known = [*parser.vocabulary.symbols, *parser.families, *parser.bound]
        if token.text[0] in "Tt" and not token.latex and token.text not in known:
            whole = names.split(token.text, known)
            return 1 if whole is None and names.split(rest, known) else 0
        return 0
    inner, closing = parser.peek(ahead + 1), parser.peek(ahead + 2)
    if token.kind == "open" and inner is not None and closing is not None:
        mark = inner.kind == "word" and inner.text in TRANSPOSE_WORDS
        return 3 if mark and closing.kind == "close" and _is_mark(parser, inner) else 0
    return 0


def _is_mark(parser: Parser, token: Token) -> bool:
    """`T` is always a mark behind a matrix; a declared `t` is an exponent."""
    return token.text == "T" or token.text not in parser.vocabulary


def subscripted(parser: Parser, token: Token, start: int) -> Tree | None:
    """`d_k` as one declared name, `mu_i` as an entry, `K_j` as a member of a family.

    Returns:
        None when the word takes no subscript of its own (`sum_i`, `log_2`, `bmu_i`).
    """
    text, vocabulary = token.text, parser.vocabulary
    if positive_part(parser, 0) and text in vocabulary:
        return None
    if text not in vocabulary and text not in parser.families and _has_own_index(parser, token):
        return None
    sub = parser.peek(1)
    if sub is None:
        raise Unreadable("breaks_off", (parser.end - 1, parser.end))
    if sub.text == "{" and sub.kind == "open":
        close = closing(parser, parser.at + 1)
        inside = parser.tokens[parser.at + 2 : close]
        if not inside:
            raise Unreadable("unexpected", parser.tokens[close][2:4], found="}", expected=None)
        full, after = text + "_" + "".join(t.text for t in inside), close + 1
    else:
        inside = [sub]
        full, after = text + "_" + sub.text, parser.at + 2
        if (
            sub.kind == "word"
            and len(sub.text) > 1
            and full not in vocabulary
            and not (_indexable(parser, text) and _is_pair(parser, text, sub))
            and not (sub.latex or spelling.alias(parser, full))
        ):
            parser.at += 1
            parser.cut(1)
            parser.at -= 1
            inside = [parser.tokens[parser.at + 1]]
            cut = text + "_" + inside[0].text
            full = cut if cut in vocabulary or _indexable(parser, text) else full
    if full in vocabulary and not vocabulary[full].over:
        parser.at = after
        if vocabulary[full].takes is not None:
            from autograder.language.parser.calls import apply

            return apply(parser, full, start)
        return Symbol(full, span=parser.span(start))
    if _indexable(parser, text):
        parser.at = after
        return Element(text, _indices(parser, inside, token, full), span=parser.span(start))
    parts = names.split(text, [*vocabulary.symbols, *parser.families]) if not token.latex else None
    if parts and len(parts) > 1:
        return None
    meant = spelling.alias(parser, full)
    if meant is not None and vocabulary[meant].takes is None:
        parser.at = after
        return Symbol(meant, span=parser.span(start))
    end = parser.tokens[after - 1].end if sub.kind == "open" else sub.end
    raise names.unknown(token, parser.vocabulary, full, end)


def positive_part(parser: Parser, ahead: int) -> int:
    """How many tokens of `_+` or `_{+}` stand ahead."""
    if not parser.sees("_", ahead=ahead):
        return 0
    if parser.sees("+", ahead=ahead + 1):
        return 2
    braced = parser.sees("{", ahead=ahead + 1) and parser.sees("+", ahead=ahead + 2)
    return 4 if braced and parser.sees("}", ahead=ahead + 3) else 0


def bring_forward(parser: Parser, text: str) -> None:
    """Put a subscript behind an exponent in front of it: `x^2_i` and `x^{2}_{i}` are `x_i^2`."""
    if not parser.sees("^"):
        return
    low = parser.at + 1
    low = (closing(parser, low) if parser.sees("{", ahead=1) else low) + 1
    if low >= len(parser.tokens) or parser.tokens[low].text != "_":
        return
    high = low + 1
    high = (closing(parser, high) if parser.sees("{", ahead=high - parser.at) else high) + 1
    mark = parser.tokens[low:high]
    full = text + "_" + "".join(token.text for token in mark[1:] if token.text not in "{}")
    if full in parser.vocabulary or _indexable(parser, text):
        parser.tokens[parser.at : high] = [*mark, *parser.tokens[parser.at : low]]


def _has_own_index(parser: Parser, token: Token) -> bool:
    return (
        token.text in names.SUMS
        or token.text in names.PRODUCTS
        or token.text in notation.FUNCTIONS.keys() - notation.NEEDS_BRACKETS
        or token.text in notation.MODULES
    )


def _indexable(parser: Parser, name: str) -> bool:
    if name in parser.families:
        return True
    sort = parser.vocabulary.symbols.get(name)
    return sort is not None and bool(sort.shape) and sort.takes is None


def _indices(parser: Parser, inside: list[Token], token: Token, full: str) -> tuple[Tree, ...]:
    found: list[Tree] = []
    pair = len(inside) == 1 and _is_pair(parser, token.text, inside[0])
    for part in _characters(inside[0]) if pair else _split_at_commas(inside):
        if len(part) == 1 and part[0].kind == "word":
            found.append(Symbol(part[0].text, span=part[0][2:4]))
        elif len(part) == 1 and part[0].kind == "number":
            found.append(Number(part[0].value, span=part[0][2:4]))
        else:
            raise names.unknown(token, parser.vocabulary, full, inside[-1].end)
    return tuple(found)


def _is_pair(parser: Parser, name: str, below: Token) -> bool:
    """Whether `ij` or `12` below a name with two indices is one character for each."""
    if name in parser.families:
        axes = len(parser.vocabulary[parser.families[name]].over)
    else:
        axes = len(parser.vocabulary[name].shape)
    known = below.text in parser.vocabulary or below.text in parser.bound
    return (
        axes == len(below.text) == 2
        and re.fullmatch("[a-zA-Z0-9]+", below.text) is not None
        and not known
    )


def _characters(token: Token) -> list[list[Token]]:
    """Each character of a token as one of its own."""
    found = []
    for at, char in enumerate(token.text, start=token.start):
        digit = char.isdigit()
        kind, value = ("number", Fraction(char)) if digit else ("word", Fraction(0))
        found.append([Token(kind, char, at, at + 1, value=value)])
    return found


def _split_at_commas(tokens: list[Token]) -> list[list[Token]]:
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.text == "," and token.kind == "sign":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def closing(parser: Parser, at: int) -> int:
    """Where the bracket that opens at token `at` is closed."""
    depth = 0
    for position in range(at, len(parser.tokens)):
        kind = parser.tokens[position].kind
        depth += (kind == "open") - (kind == "close")
        if depth == 0:
            return position
    raise Unreadable("not_closed", parser.tokens[at][2:4], bracket=parser.tokens[at].text)


def index(parser: Parser, base: Tree, start: int) -> Tree:
    """`mu[i]` in the manner of Python."""
    opened = parser.take()
    items = parser.items("]")
    if isinstance(base, Symbol) and is_scalar(base, parser.vocabulary) and len(items) == 1:
        if isinstance(items[0], Add):  # `x[x + 1]` is a product
            return Multiply((base, items[0]), ("",), span=parser.span(start))
        if isinstance(items[0], Number) and parser.vocabulary.algebra:  # `x[1]` as Maxima has it
            full = f"{base.name}_{items[0].value}"
            if full not in parser.vocabulary:
                raise names.unknown(parser.tokens[start], parser.vocabulary, full)
            return Symbol(full, span=parser.span(start))
    if isinstance(base, Symbol) and _indexable(parser, base.name):
        return Element(base.name, tuple(items), span=parser.span(start))
    raise Unreadable("unexpected", opened[2:4], found="[", expected=None)
