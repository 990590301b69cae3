"""Sums over an index, in all the ways people write them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from autograder.errors import Unreadable
from autograder.language.lexer import names
from autograder.language.lexer.tokens import nesting
from autograder.language.parser import calls, subscripts
from autograder.language.shapes import is_scalar
from autograder.language.tree import (
    Add,
    Call,
    Element,
    Negate,
    Number,
    Sum,
    Symbol,
    Tree,
    free_indices,
    rebuild,
    walk,
)

if TYPE_CHECKING:
    from autograder.language.parser.grammar import Parser

ONE = Number(Fraction(1))
LOOP = "_j"  # the index of a loop over a vector's entries; can't be typed


class Limits(NamedTuple):
    """The indices of one sum sign and what they run over."""

    indices: list[str]
    lower: Tree | None = None
    upper: Tree | None = None


def indexed_sum(parser: Parser, product: bool, start: int) -> Tree:
    """A sum; the word `sum` or sign `∑` has been taken.

    Errors: Unreadable `no_index` when nothing says what the sum runs over.
    """
    limits = _limits(parser)
    if parser.sees_word("of"):
        parser.take()
    if not limits.indices and parser.sees("("):
        called = _called(parser, product, start)
        if called is not None:
            return called
    parser.bound += limits.indices
    if parser.peek() is None:
        raise Unreadable("breaks_off", (max(parser.end - 1, 0), parser.end))
    body = parser.term(division=False)
    if limits.indices:
        del parser.bound[-len(limits.indices) :]
    return _close(parser, limits, body, product, start)


def divides_index(parser: Parser) -> bool:
    """Whether what stands behind the `/` ahead holds an index, as in `sum_k 1/k`.

    A sum in it has indices of its own: `sum_j a_j / sum_j b_j` is a quotient of sums.
    """
    end = parser.at + 1
    while True:
        token = parser.tokens[end] if end < len(parser.tokens) else None
        if token is None:
            break
        end = subscripts.closing(parser, end) + 1 if token.kind == "open" else end + 1
        behind = parser.tokens[end] if end < len(parser.tokens) else None
        called = behind is not None and behind.text in ("(", "{") and token.kind == "word"
        marked = behind is not None and behind.text in ("^", "_")
        if not called and not marked and token.text not in ("^", "_", "-"):
            break
    words = [t.text for t in parser.tokens[parser.at + 1 : end] if t.kind == "word"]
    own = any(word in names.SUMS or word in names.PRODUCTS for word in words)
    return not own and any(word in parser.bound for word in words)


def _close(parser: Parser, limits: Limits, body: Tree, product: bool, start: int) -> Tree:
    indices = limits.indices or _free(parser, body)
    span = parser.span(start)
    if not indices:
        if is_scalar(body, parser.vocabulary):
            raise Unreadable("no_index", span)
        return Call("sum", (body,), span=span)
    result = body
    for index in reversed(indices):
        lower = limits.lower
        if len(indices) > 1 and index == indices[0] and lower and Symbol(index) in walk(lower):
            lower = None  # of `i<j`, the lower limit is j's
        result = Sum(index, result, lower, limits.upper, product, span=span)
    return result


def _free(parser: Parser, body: Tree) -> list[str]:
    found: list[str] = []
    for symbol in free_indices(body, frozenset(parser.bound)):
        declared = f"_{symbol.name}" in "".join(parser.vocabulary.symbols)
        if symbol.name not in found and not declared:
            found.append(symbol.name)
    return found


def _limits(parser: Parser) -> Limits:
    """`_i`, `_{i=1}^d`, `^d_{i=1}`, `_i=1^d`, `_{i,j}`, `_(i=1)^d` or `over i`."""
    found = Limits([])
    upper: Tree | None = None
    while True:
        if parser.sees("_"):
            parser.take()
            found = _below(parser)
        elif parser.sees("^"):
            parser.take()
            token = parser.peek()
            first = token is not None and token.kind == "word" and not found.indices
            if token is not None and first and parser.sees("_", ahead=1):
                upper = Symbol(parser.take().text, span=token[2:4])  # \sum^d_{i=1}
            else:
                upper = parser.group()
        elif parser.sees_word("over") and not found.indices:
            parser.take()
            found = Limits([parser.take().text])
            if parser.sees_word("of"):
                parser.take()
        else:
            break
    return found._replace(upper=upper if upper is not None else found.upper)


def _below(parser: Parser) -> Limits:
    token = parser.take()
    if token.kind == "word":
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
    found = _range(parser, closing)
    parser.expect(closing)
    return found


def _range(parser: Parser, closing: str) -> Limits:
    """`i`, `i=1`, `i=1..d`, `i,j`, `1<=i<=d` or `i in …` inside the bracket."""
    indices: list[str] = []
    lower: Tree | None = None
    upper: Tree | None = None
    while not parser.sees(closing):
        token = parser.take()
        if (token.kind == "word" and len(token.text) <= 2 and not indices) or (
            token.kind == "word" and parser.tokens[parser.at - 2].text == ","
        ):
            indices.append(token.text)
            if parser.sees("<=", "<") and lower is None:
                strict = parser.take().text == "<"
                following = parser.peek()
                if following is not None and following.text not in parser.vocabulary:
                    parser.bound.append(following.text)
                    upper = parser.expression()
                    parser.bound.pop()
                else:
                    upper = parser.expression()
                if isinstance(upper, Symbol) and upper.name not in parser.vocabulary:
                    return _pair(token.text, upper.name, strict)
        elif token.text == "=":
            lower = parser.primary() if _goes_on(parser, closing) else parser.expression()
            if _skip_to_dots(parser, closing) or parser.sees_word("to"):
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
        elif token.text == "in" or (token.kind == "word" and token.text == "in"):
            while not parser.sees(closing) or _nested(parser, closing):
                parser.take()
        elif token.text != ",":
            raise Unreadable("no_index", token[2:4])
    if not indices:
        raise Unreadable("no_index", parser.span(parser.at))
    return Limits(indices, lower, upper)


def _skip_to_dots(parser: Parser, closing: str) -> bool:
    """Go to the dots of `1, 2, ..., d`, where there are any ahead."""
    ahead = 0
    while (token := parser.peek(ahead)) is not None and token.text != closing:
        if token.text in (".", "...", ":"):
            parser.at += ahead
            return True
        if token.text != "," and token.kind != "number":
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


def _nested(parser: Parser, closing: str) -> bool:
    """True when the closing bracket ahead belongs to a bracket inside."""
    depth = 0
    at = parser.at
    while at >= 0 and depth <= 0:
        depth += (parser.tokens[at].kind == "open") - (parser.tokens[at].kind == "close")
        at -= 1
    return at >= 0 and parser.tokens[at].text != "_"


# -- sum( … ) ----------------------------------------------------------------------------


def _called(parser: Parser, product: bool, start: int) -> Tree | None:
    """`sum(mu**2)`, `sum(mu_i^2, i=1..d)`, `sum(mu[i]**2 for i in range(d))`.

    Returns:
        None when the bracket is only the body of a sum, as in `sum (a + b) c`.
    """
    at = parser.at
    close = subscripts.closing(parser, at)
    inner = parser.peek(1)
    if inner is not None and inner.text == "[" and subscripts.closing(parser, at + 1) == close - 1:
        del parser.tokens[close - 1], parser.tokens[at + 1]  # sum([… for …])
        close -= 2
    loop = next(
        (n for n in range(at, close) if parser.tokens[n].kind == "word"
         and parser.tokens[n].text == "for"), None,
    )  # fmt: skip
    parser.take()
    if loop is not None:
        return _loop(parser, loop, start)
    index = _announced(parser, close)
    parser.bound += index
    body = parser.expression()
    limits = Limits([])
    while parser.sees(","):
        parser.take()
        token = parser.peek()
        if token is not None and token.text in calls.IGNORED_KEYWORDS and parser.sees("=", ahead=1):
            calls.keyword(parser, ")")
        elif index and parser.sees("(", "{", "["):  # `(k, 1, n)`
            limits = _triple(parser, calls.CLOSING[parser.take().text])
        elif index and parser.sees(",", ahead=1):  # `k, 1, n`
            limits = _triple(parser, "")
        elif token is not None and token.kind == "word" and len(token.text) == 1:
            limits = _range(parser, ")")
        else:
            parser.choice()  # an axis
    if index:
        parser.bound.pop()
    parser.expect(")")
    return _close(parser, limits, body, product, start)


def _announced(parser: Parser, close: int) -> list[str]:
    """The index in `sum(k^2, k=1..n)`, `sum(k^2, (k, 1, n))` or `sum(k^2, k, 1, n)`."""
    depth = 0
    for at in range(parser.at, close):
        token = parser.tokens[at]
        depth += nesting(token)
        if depth == 0 and token.text == ",":
            at += parser.tokens[at + 1].kind == "open"
            word, behind = parser.tokens[at + 1 : at + 3]
            bound = word.kind == "word" and behind.text in ("=", ",")
            return [word.text] if bound and word.text not in calls.IGNORED_KEYWORDS else []
    return []


def _triple(parser: Parser, closing: str) -> Limits:
    """`k, 1, n`, with the bracket behind it if there is one."""
    index = parser.take().text
    parser.expect(",")
    lower = parser.expression()
    parser.expect(",")
    upper = parser.expression()
    if closing:
        parser.expect(closing)
    return Limits([index], lower, upper)


def _loop(parser: Parser, loop: int, start: int) -> Tree:
    """A Python generator over a range, a vector or a zip of vectors."""
    variables, at = [], loop + 1
    while parser.tokens[at].text != "in" and at + 1 < len(parser.tokens):
        if parser.tokens[at].kind == "word":
            variables.append(parser.tokens[at].text)
        at += 1
    parser.bound += variables
    body = parser.expression()
    del parser.bound[len(parser.bound) - len(variables) :]
    if parser.at != loop or not variables:
        raise parser.unexpected(expected="for")
    parser.at = at + 1
    token = parser.take()
    called = parser.sees("(")
    items = []
    if called:
        parser.take()
        items = parser.items(")")
    parser.expect(")")
    span = parser.span(start)
    if token.text == "range" and 1 <= len(items) <= 2 and len(variables) == 1:
        lower = _plus_one(items[0]) if len(items) == 2 else ONE
        return Sum(variables[0], _from_one(body, variables[0]), lower, items[-1], span=span)
    vectors = [item.name for item in items if isinstance(item, Symbol)]
    if token.text != "zip":
        vectors = [token.text]
    if len(vectors) != len(variables):
        raise Unreadable("unsupported", token[2:4], what="for … in")
    for variable, vector in zip(variables, vectors, strict=True):
        if vector not in parser.vocabulary:
            raise names.unknown(token, parser.vocabulary, vector)
        body = _entries(body, variable, vector)
    return Sum(LOOP, body, span=span)


def _plus_one(tree: Tree) -> Tree:
    return Number(tree.value + 1) if isinstance(tree, Number) else Add((tree, ONE))


def _from_one(tree: Tree, variable: str) -> Tree:
    """The body of a loop that counts from 0, for a sum that counts from 1."""
    index = Symbol(variable)
    if isinstance(tree, Element):
        return Element(
            tree.name,
            tuple(
                i if i == index or index not in walk(i) else _plus_one(_from_one(i, variable))
                for i in tree.indices
            ),
            span=tree.span,
        )
    if tree == index:
        return Add((index, Negate(ONE)), span=tree.span)
    return rebuild(tree, lambda child: _from_one(child, variable))


def _entries(tree: Tree, variable: str, vector: str) -> Tree:
    """The tree with a loop's variable replaced by the vector's entry."""
    if isinstance(tree, Symbol) and tree.name == variable:
        return Element(vector, (Symbol(LOOP),), span=tree.span)

    return rebuild(tree, lambda child: _entries(child, variable, vector))
