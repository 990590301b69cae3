"""Sums over an index, in all the ways people write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.errors import Unreadable
from autograder.language.lexer import names
from autograder.language.lexer.tokens import nesting
from autograder.language.parser import calls, subscripts
from autograder.language.parser.limits import ONE, Limits, limits_of, range_of
from autograder.language.shapes import is_scalar
from autograder.language.tree import (
    Add,
    Call,
    Element,
    Negate,
    Number,
    Sequence,
    Sum,
    Symbol,
    Tree,
    free_indices,
    rebuild,
    walk,
)

if TYPE_CHECKING:
    from autograder.language.parser.grammar import Parser

LOOP = "_j"  # the index of a loop over a vector's entries; can't be typed


def indexed_sum(parser: Parser, product: bool, start: int) -> Tree:
    """A sum; the word `sum` or sign `∑` has been taken.

    Errors: Unreadable `no_index` when nothing says what the sum runs over.
    """
    limits = limits_of(parser)
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
        elif _is_index(parser, body):
            limits = range_of(parser, ")")
        elif not is_axis(axis := parser.choice()):
            raise Unreadable("unexpected", axis.span, found=",", expected=")")
    if index:
        parser.bound.pop()
    parser.expect(")")
    return _close(parser, limits, body, product, start)


def _is_index(parser: Parser, body: Tree) -> bool:
    """Whether `i` or `i=1..d` is ahead: a letter that the body holds, or one with its limits."""
    token = parser.peek()
    if token is None or token.kind != "word" or len(token.text) != 1:
        return False
    held = any(isinstance(node, Symbol) and node.name == token.text for node in walk(body))
    return parser.sees("=", "<", "<=", ahead=1) or (held and token.text not in parser.vocabulary)


def is_axis(tree: Tree) -> bool:
    """Whether it is what numpy takes behind an array: a number or several."""
    parts = tree.items if isinstance(tree, Sequence) else (tree,)
    return all(isinstance(part.of if isinstance(part, Negate) else part, Number) for part in parts)


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
