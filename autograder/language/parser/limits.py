"""What a sum runs over: `_i`, `_{i=1}^d`, `_{i,j}`, `_{i<j}`, `_{i in {1,...,d}}`, `over i`."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from autograder.errors import Unreadable
from autograder.language.lexer.tokens import nesting
from autograder.language.parser import calls
from autograder.language.tree import Add, Negate, Number, Symbol, Tree

if TYPE_CHECKING:
    from autograder.language.lexer.tokens import Token
    from autograder.language.parser.grammar import Parser

ONE = Number(Fraction(1))


class Limits(NamedTuple):
    """The indices of one sum sign and what they run over."""

    indices: list[str]
    lower: Tree | None = None
    upper: Tree | None = None


def limits_of(parser: Parser) -> Limits:
    """`_i`, `_{i=1}^d`, `^d_{i=1}`, `_i=1^d`, `_{i,j}`, `_(i=1)^d` or `over i`.

    Errors: Unreadable `no_index`; `ambiguous` for `sum_i^d-1 x`.
    """
    found = Limits([])
    upper: Tree | None = None
    while True:
        if parser.sees("_"):
            parser.take()
            found = _below(parser)
        elif parser.sees("^"):
            upper = _above(parser, found)
        elif parser.sees_word("over") and not found.indices:
            parser.take()
            found = Limits([parser.take().text])
            if parser.sees_word("of"):
                parser.take()
        else:
            break
    return found._replace(upper=upper if upper is not None else found.upper)


def _above(parser: Parser, found: Limits) -> Tree:
    """The upper limit; `^d-1` without braces may be meant to go on."""
    caret = parser.take()
    token = parser.peek()
    braced = parser.sees("{", "(")
    first = token is not None and token.kind == "word" and not found.indices
    if token is not None and first and parser.sees("_", ahead=1):
        return Symbol(parser.take().text, span=token[2:4])  # \sum^d_{i=1}
    upper = parser.group()
    sign, behind = parser.peek(), parser.peek(1)
    if not braced and sign is not None and parser.sees("-", "+"):
        if not sign.spaced or behind is None or behind.spaced:  # but `sum_i^d -x`
            raise Unreadable("ambiguous", (caret.start, sign.end), function="^")
    return upper


def _below(parser: Parser) -> Limits:
    token = parser.take()
    if token.kind == "word":
        if both := _two_letters(parser, token):
            return Limits(both)
        name = token.text
        if len(name) > 1 and not token.latex:  # `sum_imu_i`: the index is one letter
            parser.at -= 1
            parser.cut(1)
            name = parser.take().text
        if parser.sees("=") and (after := parser.peek(1)) is not None and after.kind == "number":
            parser.take()
            return Limits([name], parser.primary())
        if parser.sees(",") and (after := parser.peek(1)) is not None and after.kind == "word":
            if len(after.text) == 1 and not parser.sees(")", ahead=2):
                parser.take()
                return Limits([name, parser.take().text])
        return Limits([name])
    closing = calls.CLOSING.get(token.text)
    if closing is None:
        raise Unreadable("no_index", token[2:4])
    found = range_of(parser, closing)
    parser.expect(closing)
    return found


def _two_letters(parser: Parser, token: Token) -> list[str]:
    """The indices of `sum_{ij}`; none where the second letter is a declared name."""
    one, other = token.text[:1], token.text[1:]
    apart = len(other) == 1 and token.text.isalpha() and one != other and not token.latex
    known = other in parser.vocabulary or other in parser.families
    return [one, other] if apart and not known else []


def range_of(parser: Parser, closing: str) -> Limits:
    """`i`, `i=1`, `i=1..d`, `i,j`, `ij`, `1<=i<=d`, `j<i` or `i in …` inside the bracket."""
    indices: list[str] = []
    lower: Tree | None = None
    upper: Tree | None = None
    while not parser.sees(closing):
        token = parser.take()
        if (token.kind == "word" and len(token.text) <= 2 and not indices) or (
            token.kind == "word" and parser.tokens[parser.at - 2].text == ","
        ):
            indices += _two_letters(parser, token) or [token.text]
            if parser.sees("<=", "<") and lower is None:
                strict = parser.sees("<")
                upper = _bounded(parser, strict)
                if isinstance(upper, Symbol) and upper.name not in parser.vocabulary:
                    if upper.name not in parser.bound:
                        return _pair(token.text, upper.name, strict)
                    lower = ONE  # below the index of a sum around it
                    upper = Add((upper, Negate(ONE))) if strict else upper
        elif token.text == "=":
            lower = parser.primary() if _goes_on(parser, closing) else parser.expression()
            if _skip_to_dots(parser, lower, closing) or parser.sees_word("to"):
                while parser.sees(".", "...", ":", ",") or parser.sees_word("to"):
                    parser.take()
                upper = parser.expression()
        elif token.kind == "number" and parser.sees("<="):
            lower = Number(token.value)
            parser.take()
            indices.append(parser.take().text)
            if parser.sees("<="):
                parser.take()
                upper = parser.expression()
        elif token.text == "in":
            lower, upper = _members(parser, closing)
        elif token.text != ",":
            raise Unreadable("no_index", token[2:4])
    if not indices:
        raise Unreadable("no_index", parser.span(parser.at))
    return Limits(indices, lower, upper)


def _bounded(parser: Parser, strict: bool) -> Tree:
    """What an index is at most, or less than.

    Errors: Unreadable `unsupported` for `i < d`, which starts from 0 for some people.
    """
    sign = parser.take()
    following = parser.peek()
    free = following is not None and following.text not in parser.vocabulary
    if strict and not free:
        raise Unreadable("unsupported", sign[2:4], what="<")
    if following is not None and free:
        parser.bound.append(following.text)
    upper = parser.expression()
    if free:
        parser.bound.pop()
    return upper


def _members(parser: Parser, closing: str) -> tuple[Tree | None, Tree | None]:
    """The limits in `{1, ..., d}`, `[1, d]`, `1..d` and `[d]`; a set by name has none.

    Errors: Unreadable `no_index` for any other set.
    """
    opened = parser.peek()
    if opened is None or parser.sees(closing):
        raise Unreadable("breaks_off", parser.span(parser.at - 1))
    named = opened.kind == "word" and not parser.sees(".", "...", ":", ahead=1)
    if named and (opened.text == "range" or not parser.sees(closing, ahead=1)):
        if opened.text != "range" or not parser.sees("(", ahead=1):
            raise Unreadable("no_index", opened[2:4])
        parser.at += 2
        items = parser.items(")")
        if len(items) != 1:
            raise Unreadable("no_index", opened[2:4])
        return None, None if isinstance(items[0], Symbol) else items[0]
    if named:
        parser.take()
        return None, None
    end = calls.CLOSING.get(opened.text)
    if end is not None:
        parser.take()
    number = parser.peek()
    plain = number is not None and number.kind == "number"
    lower = parser.primary() if plain else parser.expression()
    dots = _skip_to_dots(parser, lower, end or closing)
    if end == "]" and parser.sees("]"):
        parser.take()
        return ONE, lower
    if not dots and not (end == "]" and parser.sees(",")):
        raise Unreadable("no_index", opened[2:4])
    while parser.sees(".", "...", ":", ","):
        parser.take()
    upper = parser.expression()
    if end is not None:
        parser.expect(end)
    return lower, upper


def _skip_to_dots(parser: Parser, lower: Tree, closing: str) -> bool:
    """Go to the dots of `1, 2, ..., d`, where there are any ahead.

    Errors: Unreadable `dots` where it is not counted by ones, as in `1, 3, ..., d`.
    """
    last: Tree = lower
    ahead, by_one = 0, True
    while (token := parser.peek(ahead)) is not None and token.text != closing:
        if token.text in (".", "...", ":"):
            if not by_one:
                raise Unreadable("dots", token[2:4])
            parser.at += ahead
            return True
        if token.kind == "number":
            by_one &= isinstance(last, Number) and token.value == last.value + 1
            last = Number(token.value)
        elif token.text != ",":
            return False
        ahead += 1
    return False


def _goes_on(parser: Parser, closing: str) -> bool:
    """Whether more than the lower limit stands in the bracket: `1..d`, `1, j=1`, `1 to d`."""
    depth = ahead = 0
    while (token := parser.peek(ahead)) is not None and (depth or token.text != closing):
        if depth == 0 and token.text in (".", "...", ":", ",", "to"):
            return True
        depth += nesting(token)
        ahead += 1
    return False


def _pair(first: str, second: str, strict: bool) -> Limits:
    """`i<j` or `i<=j`: the second index starts behind, or at, the first."""
    start: Tree = Symbol(first)
    if strict:
        start = Add((start, Number(Fraction(1))))
    return Limits([first, second], start)
