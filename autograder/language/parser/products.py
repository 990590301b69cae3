"""Products and quotients, read from left to right: `2x/3 y`, `1*2*...*n`, `n mod k`, `2½`."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from autograder.errors import Unreadable
from autograder.language.lexer.tokens import Token
from autograder.language.parser import ellipsis, piecewise, sums
from autograder.language.shapes import is_scalar
from autograder.language.tree import Add, Call, Divide, Multiply, Negate, Number, Sign, Tree
from autograder.language.vocabulary import Vocabulary

if TYPE_CHECKING:
    from autograder.language.parser.grammar import Parser

SIGN_BETWEEN: dict[str, Sign] = {"*": "*", "×": "×", "⊙": "⊙", "@": "@", "·": ".", ".": "."}


def term(parser: Parser, division: bool = True) -> Tree:
    """A product; as the body of a sum, `division` false, it ends before most `/`."""
    start = parser.at
    result = parser.factor()
    factors: list[Tree | None] = [result]  # None stands for dots
    signs: list[Sign] = []
    while True:
        if parser.sees("/", "//"):
            if not division and not sums.divides_index(parser):
                break
            floor = parser.take().text == "//"
            over = _product(parser, factors, signs, start)
            under = parser.factor()
            quotient: Tree = Divide(over, under, span=parser.span(start))
            if floor:
                quotient = Call("floor", (quotient,), span=parser.span(start))
            factors, signs = [quotient], []
            continue
        sign = _sign_between(parser)
        if parser.sees("..."):  # `1*2*...*n`
            parser.take()
            _sign_between(parser)
            factors += [None, parser.factor()]
            signs = ["*"] * (len(factors) - 1)
            continue
        if sign is None and piecewise.free_word(parser, "mod", "bmod"):
            parser.take()
            over = _product(parser, factors, signs, start)
            factors = [Call("mod", (over, parser.factor()), span=parser.span(start))]
            signs = []
            continue
        if sign is None:
            break
        signs.append(sign)
        factors.append(parser.factor())
    return _product(parser, factors, signs, start)


def _product(parser: Parser, typed: list[Tree | None], signs: list[Sign], start: int) -> Tree:
    factors = [factor for factor in typed if factor is not None]
    if len(factors) < len(typed):
        return ellipsis.close(typed, parser.span(start), product=True)
    if len(factors) == 1:
        return factors[0]
    dots = dots_of_numbers(factors, signs, parser.vocabulary)
    mixed = _mixed_number(parser, factors, signs)
    if mixed is not None:
        return replace(mixed, span=parser.span(start))
    return Multiply(tuple(factors), dots, span=parser.span(start))


def _opens(parser: Parser, factor: Tree) -> bool:
    """Whether a factor was typed in brackets."""
    start = factor.span[0]
    return any(token.kind == "open" and token.start == start for token in parser.tokens)


def _sign_between(parser: Parser) -> Sign | None:
    token = parser.peek()
    if token is None:
        return None
    if token.kind == "sign" and token.text in SIGN_BETWEEN:
        parser.take()
        return SIGN_BETWEEN[token.text]
    if token.kind == "number" and _is_factor(parser):
        return ""
    return "" if parser.starts_factor(token) else None


def _is_factor(parser: Parser) -> bool:
    """Whether the number ahead can only be a factor, as in `N 3^D` and `5! 7`.

    A bare number behind a symbol may be a lost exponent.
    """
    before = parser.tokens[parser.at - 1]
    behind_name = before.kind != "number" and parser.vocabulary.algebra
    return (
        parser.sees("^", ahead=1)
        or _sees_vulgar(parser, before)
        or before.text == "!"
        or behind_name
    )


def _sees_vulgar(parser: Parser, before: Token) -> bool:
    """Whether `½` stands directly behind a whole number."""
    token = parser.tokens[parser.at]
    return (
        before.kind == "number" and before.text.isdigit() and before.end == token.start
        and not token.text.isascii() and token.value.denominator > 1
    )  # fmt: skip


def dots_of_numbers(
    factors: list[Tree], signs: list[Sign], vocabulary: Vocabulary
) -> tuple[Sign, ...]:
    """The signs of a product; a dot beside a plain number is a star, and so are `⊙` and `×`.

    A cross is the vector product where computer algebra is spoken, else a star.
    """
    found: list[Sign] = []
    for at, sign in enumerate(signs):
        plain = sign in (".", "⊙", "×") and (
            is_scalar(factors[at + 1], vocabulary)
            or all(is_scalar(factor, vocabulary) for factor in factors[: at + 1])
        )
        found.append("*" if plain or (sign == "×" and not vocabulary.algebra) else sign)
    return tuple(found)


def _mixed_number(parser: Parser, factors: list[Tree], signs: list[Sign]) -> Tree | None:
    """`2 1/2` typed as `2½` or `2\\frac{1}{2}`: the sum, as everybody reads it.

    Errors: Unreadable `ambiguous` where more factors follow, which only a product has.
    """
    if len(factors) < 2 or signs[0] != "":
        return None
    whole, part = factors[:2]
    if isinstance(whole, Negate):
        positive = _mixed_number(parser, [whole.of, *factors[1:]], signs)
        return None if positive is None else Negate(positive)
    value = _proper(part)
    if not isinstance(whole, Number) or whole.value.denominator > 1 or value is None:
        return None
    if _opens(parser, part):  # `2 (1/2)` is a product
        return None
    span = (whole.span[0], part.span[1])
    if len(factors) > 2:
        raise Unreadable("ambiguous", span, function="this")
    return Add((whole, part), span=span)


def _proper(tree: Tree) -> Fraction | None:
    """The value of a fraction between 0 and 1 that is typed as one."""
    match tree:
        case Number(value=value) if value.denominator > 1:
            return value
        case Divide(over=Number(value=over), under=Number(value=under)) if 0 < over < under:
            return over / under
    return None
