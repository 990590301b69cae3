"""Words in a formula: names, functions, constants, and words that hold several names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.language import calls, names, notation, subscripts, sums
from autograder.language.tokens import OPENERS, Token
from autograder.language.tree import Constant, Order, Symbol, Tree

if TYPE_CHECKING:
    from autograder.language.grammar import Parser


# Letters and words that are functions only with a bracket behind them.
NEEDS_BRACKETS = frozenset(("dot", "beta", "gamma", "zeta"))


def word(parser: Parser, token: Token, start: int) -> Tree:
    """A name of any sort; the token has been taken."""
    vocabulary, text = parser.vocabulary, token.text
    if parser.sees("_"):
        named = subscripts.subscripted(parser, token, start)
        if named is not None:
            return named
    if text in parser.bound:
        return Symbol(text, span=token[2:4])
    if text in vocabulary:
        if vocabulary[text].takes is not None:
            return calls.apply(parser, text, start)
        return Symbol(text, span=token[2:4])
    if text in notation.MODULES and parser.sees("."):
        parser.take()
        return word(parser, parser.take(), parser.at - 1)
    if text in names.SUMS or (text in names.PRODUCTS and (token.latex or parser.sees("_"))):
        return sums.indexed_sum(parser, text in names.PRODUCTS, start)
    bare = text in NEEDS_BRACKETS and not parser.sees("(", "{", "[")
    if text in notation.FUNCTIONS and not bare:
        return calls.apply(parser, notation.FUNCTIONS[text], start)
    if text in names.ORDERS and parser.sees("(", "{", "["):
        opened = parser.take()
        inside = parser.expression()
        parser.expect(OPENERS[opened.text])
        return Order(names.ORDERS[text], inside, span=parser.span(start))
    if text == "einsum" and parser.sees("("):
        return calls.einsum(parser, start)
    if text in names.CONSTANTS:
        return Constant(names.CONSTANTS[text], span=token[2:4])
    return _split_word(parser, token, start)


def _split_word(parser: Parser, token: Token, start: int) -> Tree:
    known = {name for name in parser.vocabulary.symbols if "_" not in name}
    known |= set(parser.bound) | set(parser.families)
    parts = None if token.latex else names.split(token.text, known)
    if not parts or len(parts) < 2:
        raise names.unknown(token, parser.vocabulary)
    pieces, column = [], token.start
    for part in parts:
        pieces.append(Token("word", part, column, column + len(part)))
        column += len(part)
    pieces[0] = pieces[0]._replace(spaced=token.spaced)
    parser.tokens[start : parser.at] = pieces
    parser.at = start + 1
    return word(parser, pieces[0], start)
