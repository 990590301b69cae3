"""Words in a formula: names, functions, constants, and words that hold several names."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from typing import TYPE_CHECKING

from autograder.errors import Unreadable
from autograder.language.lexer import names, notation
from autograder.language.lexer.tokens import OPENERS, Token, nesting
from autograder.language.parser import calls, methods, piecewise, spelling, subscripts, sums
from autograder.language.tree import Call, Constant, Negate, Order, Symbol, Tree

if TYPE_CHECKING:
    from autograder.language.parser.grammar import Parser


def word(parser: Parser, token: Token, start: int) -> Tree:
    """A name of any sort; the token has been taken."""
    vocabulary, text = parser.vocabulary, token.text
    several = spelling.run(parser, start)
    if several is not None:
        parser.at = start + several[1]
        return _declared(parser, several[0], start)
    subscripts.bring_forward(parser, text)
    if text not in vocabulary and (joined := _joined(parser, token)):
        return calls.apply(parser, joined, start)
    if parser.sees("_"):
        named = subscripts.subscripted(parser, token, start)
        if named is not None:
            return named
    if text in parser.bound:
        return Symbol(text, span=token[2:4])
    if text in vocabulary:
        return _declared(parser, text, start)
    if text in notation.MODULES and parser.sees("."):
        parser.take()
        return word(parser, parser.take(), parser.at - 1)
    if text in names.SUMS or (
        text in names.PRODUCTS and (token.latex or parser.sees("_") or _is_called(parser, token))
    ):
        return sums.indexed_sum(parser, text in names.PRODUCTS, start)
    if text in piecewise.PIECEWISE or text in piecewise.CHOOSING:
        return piecewise.call(parser, text, start)
    function = _function(parser, token)
    if function is not None:
        return calls.apply(parser, function, start)
    if text in names.ORDERS and parser.sees("(", "{", "["):
        opened = parser.take()
        inside = parser.expression()
        parser.expect(OPENERS[opened.text])
        return Order(names.ORDERS[text], inside, span=parser.span(start))
    if text == "einsum" and parser.sees("("):
        return methods.einsum(parser, start)
    if text in names.CONSTANTS:
        return Constant(names.CONSTANTS[text], span=token[2:4])
    if text == "minf":
        return Negate(Constant("inf"), span=token[2:4])
    literal = start > 0 and parser.tokens[start - 1].kind == "number" and not token.spaced
    if vocabulary.algebra and text == "j" and literal:  # Python's 3j
        return Constant("i", span=token[2:4])
    if vocabulary.algebra and text in names.CAPITALS:
        return Constant(names.CAPITALS[text], span=token[2:4])
    conjugate = text.removesuffix("bar")
    if token.latex and conjugate in vocabulary and vocabulary[conjugate].domain == "complex":
        return Call("conj", (Symbol(conjugate, span=token[2:4]),), span=token[2:4])
    return _split_word(parser, token, start)


def _declared(parser: Parser, name: str, start: int) -> Tree:
    if parser.vocabulary[name].takes is not None:
        return calls.apply(parser, name, start)
    return Symbol(name, span=parser.span(start))


def _is_called(parser: Parser, token: Token) -> bool:
    return parser.sees("(") and not parser.tokens[parser.at].spaced and token.text != "Pi"


def _joined(parser: Parser, token: Token) -> str | None:
    """A function whose name has an underscore, such as `vector_norm`; it is taken."""
    below = parser.peek(1)
    if not parser.sees("_") or below is None or below.kind != "word" or below.spaced:
        return None
    known = notation.FUNCTIONS.get(f"{token.text}_{below.text}")
    if known is None or not parser.sees("(", ahead=2):
        return None
    parser.at += 2
    return known


def _function(parser: Parser, token: Token) -> str | None:
    """The one name of a known function; some need their bracket to be one, as `SIN` does."""
    text = token.text
    bracket = parser.sees("(", "{", "[")
    bare = text not in notation.NEEDS_BRACKETS or (token.latex and text in ("Re", "Im"))
    if text in notation.FUNCTIONS and (bracket or bare):
        if text in ("log2", "log10") and _is_run_on(parser):
            raise Unreadable("ambiguous", token[2:4], function=text)
        return notation.FUNCTIONS[text]
    if text == "C" and bracket and _has_two(parser):
        return "binomial"
    small = text.lower()
    shouted = len(text) > 2 and text in (text.upper(), text.capitalize())
    return (
        notation.FUNCTIONS[small] if shouted and bracket and small in notation.FUNCTIONS else None
    )


def _shouted(parser: Parser, text: str, known: Collection[str]) -> list[str] | None:
    """`BSIN(x)`: names, then a function in capitals."""
    for length in range(1, len(text) - 2):
        function = text[length:]
        if function.isupper() and function.lower() in notation.FUNCTIONS and parser.sees("("):
            parts = names.split(text[:length], known)
            return [*parts, function] if parts else None
    return None


def _is_run_on(parser: Parser) -> bool:
    """Whether `log2x` goes on, which may be of `2x` or to the base 2."""
    following = parser.peek()
    return following is not None and following.kind == "word" and not following.spaced


def _has_two(parser: Parser) -> bool:
    """Whether the bracket ahead holds two things."""
    close = subscripts.closing(parser, parser.at)
    depth = commas = 0
    for token in parser.tokens[parser.at : close]:
        depth += nesting(token)
        commas += depth == 1 and token.text == ","
    return commas == 1


def _split_word(parser: Parser, token: Token, start: int) -> Tree:
    known = {name for name in parser.vocabulary.symbols if "_" not in name}
    known |= set(parser.bound) | set(parser.families)
    constants = names.constants_inside(parser.vocabulary.algebra, parser.sees("^")) - known
    called = parser.sees("(", "[", "{")
    parts = None if token.latex else names.split(token.text, known | constants, called=called)
    letters = token.text.rstrip("0123456789")
    numbered = spelling.alias(parser, token.text) if letters != token.text else None
    if not parts and numbered is not None:
        return _declared(parser, numbered, start)
    if not parts and letters != token.text:
        before = names.split(letters, known | constants)
        of_number = before and before[-1] in notation.FUNCTIONS and not parser.sees("(", "{", "[")
        if before and (parser.vocabulary.algebra or of_number):
            parts = [*before, token.text[len(letters) :]]
    parts = parts or _shouted(parser, token.text, known | constants)
    if not parts or len(parts) < 2 or names.e_inside(parts, constants):
        meant = spelling.alias(parser, token.text)
        if meant is not None:
            return _declared(parser, meant, start)
        raise names.unknown(token, parser.vocabulary)
    pieces, column = [], token.start
    for part in parts:
        number = part.isdigit()
        value = Fraction(part) if number else Fraction(0)
        kind = "number" if number else "word"
        pieces.append(Token(kind, part, column, column + len(part), value=value))
        column += len(part)
    pieces[0] = pieces[0]._replace(spaced=token.spaced)
    parser.tokens[start : parser.at] = pieces
    parser.at = start + 1
    return word(parser, pieces[0], start)
