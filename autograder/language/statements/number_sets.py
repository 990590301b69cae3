"""Sets of numbers that something is in: intervals, unions, `{1, 2}`, `R_{>0}`, `{x : x > 2}`."""

from __future__ import annotations

from fractions import Fraction

from autograder.errors import Unreadable
from autograder.language.lexer.tokens import Token, nesting
from autograder.language.parser.grammar import COMPARISONS, parse_tokens
from autograder.language.tree import (
    All,
    Comparison,
    Constant,
    Either,
    Negate,
    Number,
    Relation,
    Tree,
)
from autograder.language.vocabulary import Vocabulary

ZERO = Number(Fraction(0))
INF = Constant("inf")
UNION = frozenset(("cup", "union", "U"))
MARKED: dict[str, Comparison] = {"+": ">", "-": "<", "*": "!="}  # of `R_+`, `R^*`


def french(tokens: list[Token]) -> list[Token]:
    """`]0, 1[` behind `in` or a union with an opening and a closing bracket."""
    found = list(tokens)
    for at, token in enumerate(found):
        before = found[at - 1] if at else None
        starts = before is None or before.text in ("in", *UNION)
        if not starts or token.text not in ("]", "[", "("):
            continue
        close = _far_end(found, at)
        if close is not None:
            found[at] = token._replace(kind="open")
            found[close] = found[close]._replace(kind="close")
    return found


def _far_end(tokens: list[Token], at: int) -> int | None:
    """Where an interval that opens at a token ends; None when it is none or a usual one."""
    depth, commas = 0, 0
    for position in range(at + 1, len(tokens)):
        token = tokens[position]
        if depth == 0 and commas and token.text in "[])":
            outward = "[" in (token.text,) or tokens[at].text == "]"
            return position if outward else None
        depth += nesting(token)
        commas += depth == 0 and token.text in (",", ";")
    return None


def is_set(tokens: list[Token], vocabulary: Vocabulary) -> bool:
    """Whether tokens are an interval, `{…}` or a union of such."""
    pieces = _pieces(tokens, vocabulary)
    return all(
        len(piece) > 2
        and piece[0].kind == "open"
        and _closes_last(piece)
        and (piece[0].text == "{" or _comma(piece) is not None)
        for piece in pieces
    )


def member(subject: Tree, tokens: list[Token], vocabulary: Vocabulary, end: int) -> Tree:
    """The condition that the subject is in the set that tokens name.

    Errors: Unreadable.
    """
    parts = tuple(_in_one(subject, piece, vocabulary, end) for piece in _pieces(tokens, vocabulary))
    return parts[0] if len(parts) == 1 else Either(parts)


def _pieces(tokens: list[Token], vocabulary: Vocabulary) -> list[list[Token]]:
    pieces: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += nesting(token)
        if depth == 0 and token.text in UNION and token.text not in vocabulary:
            pieces.append([])
        else:
            pieces[-1].append(token)
    return pieces


def _in_one(subject: Tree, tokens: list[Token], vocabulary: Vocabulary, end: int) -> Tree:
    if not tokens:
        raise Unreadable("breaks_off", (max(end - 1, 0), end))
    first = tokens[0]
    if first.text == "R" and "R" not in vocabulary:
        return _real(subject, tokens, vocabulary, end)
    if first.text == "none":
        return Either(())
    if len(tokens) < 3 or first.kind != "open" or not _closes_last(tokens):
        raise Unreadable("unexpected", first[2:4], found=first.text, expected="(")
    if first.text == "{":
        items = _listed(tokens[1:-1])
        values = [parse_tokens(item, vocabulary, end) for item in items]
        return Either(tuple(Relation("=", subject, value) for value in values))
    comma = _comma(tokens)
    if comma is None:
        raise Unreadable("unexpected", first[2:4], found=first.text, expected=",")
    span = (subject.span[0], tokens[-1].end)
    lower = parse_tokens(tokens[1:comma], vocabulary, tokens[comma].start)
    upper = parse_tokens(tokens[comma + 1 : -1], vocabulary, tokens[-1].start)
    above: Comparison = ">=" if first.text == "[" else ">"
    below: Comparison = "<=" if tokens[-1].text == "]" else "<"
    return All(
        (Relation(above, subject, lower, span=span), Relation(below, subject, upper, span=span)),
        span=span,
    )


def _real(subject: Tree, tokens: list[Token], vocabulary: Vocabulary, end: int) -> Tree:
    """`R`, `R_{>0}`, `R_+` and their like."""
    span = (subject.span[0], tokens[-1].end)
    inside = [token for token in tokens[1:] if token.text not in ("_", "^", "{", "}")]
    if not inside and len(tokens) == 1:
        return All((Relation(">", subject, Negate(INF)), Relation("<", subject, INF)), span=span)
    if len(inside) == 1 and inside[0].text in MARKED:
        return Relation(MARKED[inside[0].text], subject, ZERO, span=span)
    if len(inside) == 2 and inside[0].text in COMPARISONS:
        number = parse_tokens(inside[1:], vocabulary, end)
        return Relation(COMPARISONS[inside[0].text], subject, number, span=span)
    raise Unreadable("unsupported", tokens[0][2:4], what="R")


def _closes_last(tokens: list[Token]) -> bool:
    """Whether the bracket that opens first closes last."""
    depth = 0
    for position, token in enumerate(tokens):
        depth += nesting(token)
        if depth == 0:
            return position == len(tokens) - 1
    return False


def _comma(tokens: list[Token]) -> int | None:
    """The one comma of an interval."""
    depth, found = 0, []
    for position, token in enumerate(tokens):
        depth += nesting(token)
        if depth == 1 and token.text in (",", ";"):
            found.append(position)
    return found[0] if len(found) == 1 else None


def _listed(tokens: list[Token]) -> list[list[Token]]:
    items: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += nesting(token)
        if depth == 0 and token.text in (",", ";"):
            items.append([])
        else:
            items[-1].append(token)
    return items
