"""What encloses: bars, angles, roots, fractions and environments."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from autograder.errors import Unreadable
from autograder.language.lexer.tokens import Token
from autograder.language.parser import piecewise
from autograder.language.parser.subscripts import closing
from autograder.language.shapes import is_matrix, is_scalar
from autograder.language.tree import Call, Divide, Matrix, Number, Power, Tree

if TYPE_CHECKING:
    from autograder.language.parser.grammar import Parser

TWO = Number(Fraction(2))
CASES = ("cases", "dcases", "rcases", "cases*", "dcases*")


def bars(parser: Parser, opened: Token, start: int) -> Tree:
    """`|x|`, `||x||`, `||x||_2^2` and `||x||^2_2`."""
    inside = parser.expression()
    if not parser.closes(opened.text):
        raise Unreadable("not_closed", opened[2:4], bracket=opened.text)
    parser.take()
    matrix = is_matrix(inside, parser.vocabulary)
    name = "norm"
    if opened.text == "|" and (matrix or is_scalar(inside, parser.vocabulary)):
        name = "det" if matrix else "abs"
    degree = _norm_degree(parser)
    exponent: Tree | None = None
    if degree is None and parser.sees("^") and _then_degree(parser):
        parser.take()
        exponent = parser.group()
        degree = _norm_degree(parser)
    if degree == TWO and not matrix:
        degree = None
    arguments = (inside,) if degree is None else (inside, degree)
    result: Tree = Call("norm" if degree else name, arguments, span=parser.span(start))
    return result if exponent is None else Power(result, exponent, span=parser.span(start))


def _then_degree(parser: Parser) -> bool:
    """Whether a degree stands behind the exponent, as in `||x||^2_2` and `||x||^{2}_{2}`."""
    if parser.sees("{", ahead=1):
        after = closing(parser, parser.at + 1) + 1
        return after < len(parser.tokens) and parser.tokens[after].text == "_"
    return parser.sees("_", ahead=2)


def _norm_degree(parser: Parser) -> Tree | None:
    if not parser.sees("_"):
        return None
    parser.take()
    token = parser.peek()
    if token is not None and token.text == "F":
        parser.take()
        return None
    if parser.sees("{") and parser.sees_word("F", ahead=1):
        parser.at += 3
        return None
    return parser.group()


def angle(parser: Parser, closing: str, start: int) -> Tree:
    """`<q, k>`: the inner product."""
    left = parser.expression()
    if parser.peek() is not None and parser.tokens[parser.at].text in (",", "|"):
        parser.take()
    else:
        raise parser.unexpected(expected=",")
    right = parser.expression()
    parser.expect(closing)
    return Call("dot", (left, right), span=parser.span(start))


def command(parser: Parser, token: Token, start: int) -> Tree:
    """`\\frac`, `\\sqrt`, `\\binom` and environments."""
    if token.text == "frac":
        over = parser.group(cut=True)
        under = parser.group(cut=True)
        return Divide(over, under, span=parser.span(start))
    if token.text in ("binom", "choose"):
        return Call(
            "binomial", (parser.group(cut=True), parser.group(cut=True)), span=parser.span(start)
        )
    if token.text == "sqrt":
        if parser.sees("["):
            parser.take()
            degree = parser.expression()
            parser.expect("]")
            return Call("root", (parser.group(), degree), span=parser.span(start))
        return Call("sqrt", (parser.group(cut=True),), span=parser.span(start))
    if token.text == "begin":
        return environment(parser, token, start)
    raise Unreadable("unsupported", token[2:4], what="\\" + token.text)


def environment(parser: Parser, opened: Token, start: int) -> Tree:
    """`\\begin{bmatrix} a & b \\\\ c & d \\end{bmatrix}` and `cases`."""
    name = _environment_name(parser)
    if name == "array" and parser.sees("{"):  # how its columns are set
        parser.at = closing(parser, parser.at) + 1
    if name in CASES or (name == "array" and piecewise.are_cases(parser)):
        found = piecewise.rows(parser)
        parser.expect("end")
        _environment_name(parser)
        return replace(found, span=parser.span(start))
    rows: list[list[Tree]] = [[]]
    while not parser.sees("end"):
        if parser.peek() is None:
            raise Unreadable("not_closed", opened[2:4], bracket="\\begin{" + name + "}")
        if parser.sees("&"):
            parser.take()
        elif parser.sees("\\\\"):
            parser.take()
            rows.append([])
        else:
            rows[-1].append(parser.expression())
    parser.take()
    _environment_name(parser)
    kept = [row for row in rows if row]
    span = parser.span(start)
    if not name.endswith(("matrix", "array")):
        if len(kept) == 1 and len(kept[0]) == 1:
            return kept[0][0]
        raise Unreadable("unsupported", opened[2:4], what="\\begin{" + name + "}")
    if len({len(row) for row in kept}) > 1 or not kept:
        raise Unreadable("ragged_matrix", span)
    matrix = Matrix(tuple(tuple(row) for row in kept), span=span)
    return Call("det", (matrix,), span=span) if name == "vmatrix" else matrix


def _environment_name(parser: Parser) -> str:
    parser.expect("{")
    name = parser.take().text
    while not parser.sees("}"):
        parser.take()
    parser.take()
    return name
