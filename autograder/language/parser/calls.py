"""Function calls and methods: one tree for each meaning, whatever it is called."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from autograder.errors import Unreadable
from autograder.language.lexer import notation
from autograder.language.lexer.tokens import Token, nesting
from autograder.language.parser import subscripts
from autograder.language.parser.meaning import ONE, build
from autograder.language.tree import (
    Call,
    Constant,
    Multiply,
    Negate,
    Number,
    Power,
    Sign,
    Symbol,
    Transpose,
    Tree,
)
from autograder.language.vocabulary import Vocabulary

if TYPE_CHECKING:
    from autograder.language.parser.grammar import Parser

ENDS = frozenset(
    "for where and or if in to as else otherwise then over with when since because is".split()
)
IGNORED_KEYWORDS = frozenset(
    "axis dim keepdim keepdims dtype out device requires_grad evaluate ord p".split()
)
CLOSING = {"(": ")", "{": "}", "[": "]"}


def ends_expression(token: Token, vocabulary: Vocabulary) -> bool:
    """True for a word that no factor can start with."""
    return token.text in ENDS and token.text not in vocabulary


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
        counted(Call("exp", tuple(arguments), span=span))  # one beside the base
        arguments = [*arguments, base]
    call = Call(name, tuple(arguments), span=span)
    result = call if declared else build(parser, name, [*counted(call).arguments], span)
    if power == Number(Fraction(-1)) or power == Negate(ONE):
        if name in notation.CIRCULAR and not declared:
            return Call("a" + name, tuple(arguments), span=span)
        raise Unreadable("unsupported", span, what=f"{name}^(-1)")  # inverse or reciprocal
    if power is not None:
        result = Power(result, power, span=span)
    return Transpose(result, span=span) if transposed else result


def counted(call: Call) -> Call:
    """A call of a known function, which has as many arguments as that takes.

    Errors: Unreadable `unexpected` at the comma before the first that is too many, or at the end.
    """
    least, most = notation.ARGUMENTS.get(call.name, (1, 1))
    given = call.arguments
    if len(given) > most:
        comma = given[int(most) - 1].span[1]
        raise Unreadable("unexpected", (comma, comma + 1), found=",", expected=")")
    if not given:
        raise Unreadable("no_argument", call.span, function=call.name)
    if len(given) < least:
        end = call.span[1]
        raise Unreadable("unexpected", (end - 1, end), found=")", expected=",")
    return call


def _call_base(parser: Parser, name: str) -> Tree | None:
    """The subscript of `log_2` or `norm_2`; other functions take none."""
    if not parser.sees("_"):
        return None
    token = parser.take()
    if name not in ("log", "norm"):
        raise Unreadable("unsupported", token[2:4], what=f"{name}_")
    return parser.group()


def call_arguments(parser: Parser, name: str, declared: bool) -> list[Tree] | None:
    """The arguments; None for a declared function that stands alone or as `f(., .)`."""
    token = parser.peek()
    if token is not None and token.kind == "open" and token.text in "({[":
        parser.take()
        if declared and _placeholders(parser):
            return None
        found = listed(parser, CLOSING[token.text])
        if name == "sqrt" and token.text == "[" and len(found) == 1 and parser.sees("{"):
            raise Unreadable("ambiguous", (token.start, parser.take().end), function=name)
        if not found:
            raise Unreadable("no_argument", token[2:4], function=name)
        return found
    if declared:
        return None
    if token is not None and token.text in ("-", "+") and token.spaced:
        behind = parser.peek(1)
        if behind is not None and not behind.spaced and behind.kind in ("word", "number"):
            return [parser.factor()]  # `\\sin -a`
    if token is None or not (parser.starts_factor(token) or token.kind == "number"):
        raise Unreadable("no_argument", parser.span(parser.at - 1), function=name)
    return [_bare_argument(parser, name)]


def _bare_argument(parser: Parser, name: str) -> Tree:
    """`sin 2x` takes what is written together; a root takes one factor.

    A sine is of a number only where nothing follows: `sin 2 pi x` is `sin(2 pi x)`.

    Errors: Unreadable `ambiguous` where it can't be told what the function is of.
    """
    start = parser.at
    if notation.ARGUMENTS.get(name, (1, 1))[0] > 1:
        raise Unreadable("no_argument", parser.span(start - 1), function=name)
    factors = [parser.power()]
    if name in ("max", "min") or (factors[0] == ONE and parser.sees("/")):  # `max x y`, `ln 1/x`
        raise Unreadable("ambiguous", parser.span(start), function=name)
    circular = name in notation.CIRCULAR
    while name not in ("sqrt", "cbrt") and (token := parser.peek()) is not None:
        named = token.kind == "word" and not calls_itself(parser, token)
        together = named and parser.tokens[parser.at - 1].kind in ("number", "word")
        constant = circular and all(isinstance(factor, Number | Constant) for factor in factors)
        if not (together and (_is_close(parser, token) or constant)):
            if named and constant and parser.starts_factor(token):
                raise Unreadable("ambiguous", parser.span(start), function=name)
            break
        if ends_expression(token, parser.vocabulary):
            break
        factors.append(parser.power())
        following = parser.peek()
        if constant and following is not None and following.kind == "word":
            same = calls_itself(parser, following) or ends_expression(following, parser.vocabulary)
            if not (same or _is_close(parser, following) or _only_constants(factors)):
                raise Unreadable("ambiguous", following[2:4], function=name)
    starred = parser.sees("*", "×", "·") and circular and len(factors) == 1
    if starred and isinstance(factors[0], Number):  # `sin 2 * x`
        raise Unreadable("ambiguous", parser.span(start), function=name)
    if len(factors) == 1:
        return factors[0]
    nothing: Sign = ""
    unsigned = (nothing,) * (len(factors) - 1)
    return Multiply(tuple(factors), unsigned, span=parser.span(start))


def _only_constants(factors: list[Tree]) -> bool:
    return all(isinstance(factor, Number | Constant) for factor in factors)


def calls_itself(parser: Parser, token: Token) -> bool:
    """Whether a word is a function, whose argument is another."""
    return token.text in notation.FUNCTIONS and token.text not in parser.vocabulary


def _is_close(parser: Parser, token: Token) -> bool:
    """Whether no blank stands before a token but the one that ends a LaTeX command."""
    last = parser.tokens[parser.at - 1]
    return not token.spaced or (
        last.latex and last.end - last.start > 1 and token.start == last.end + 1
    )


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


def listed(parser: Parser, closing: str) -> list[Tree]:
    """Arguments between commas; keywords that only steer an array library are dropped."""
    found: list[Tree] = []
    while not parser.sees(closing):
        token = parser.peek()
        if token is not None and token.kind == "word" and parser.sees("=", ahead=1):
            found += keyword(parser, closing)
        else:
            found.append(parser.choice())
        if not parser.sees(","):
            break
        parser.take()
        if parser.sees(closing):
            raise parser.unexpected()
    parser.expect(closing)
    return found


def keyword(parser: Parser, closing: str) -> list[Tree]:
    """`ord=1` as an argument; `keepdim=True` and the like say nothing.

    Errors: Unreadable `unsupported` for a keyword that may change the value.
    """
    word = parser.take()
    parser.take()
    if word.text in ("ord", "p", "base", "n") and word.text not in parser.vocabulary:
        return [parser.expression()]
    if word.text in ("min", "max", "a_min", "a_max"):
        bound = parser.expression()
        return [Call("max" if word.text == "min" else "min", (bound,))]
    if word.text not in IGNORED_KEYWORDS:
        raise Unreadable("unsupported", word[2:4], what=f"{word.text}=")
    depth = 0
    while (token := parser.peek()) is not None:
        if depth == 0 and (token.text == "," or parser.closes(closing)):
            break
        depth += nesting(token)
        parser.take()
    return []
