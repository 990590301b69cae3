"""Values with conditions: `x if x > 0 else 0`, `cases`, `Piecewise`, `where(x > 0, x, 0)`."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from autograder.errors import Unreadable
from autograder.language.lexer.tokens import OPENERS, Token, nesting
from autograder.language.tree import All, Cases, Relation, Span, Tree
from autograder.language.vocabulary import Vocabulary

if TYPE_CHECKING:
    from autograder.language.parser.grammar import Parser

Pieces: TypeAlias = "list[tuple[Tree, Tree | None]]"

IF_WORDS = ("if", "for", "when", "where")
OTHER_WORDS = ("otherwise", "else")
TRUE_WORDS = ("True", "true", "otherwise", "else", "Otherwise", "Else")
CHOOSING = frozenset(("where", "if", "If", "IF", "ifelse", "iif"))  # condition, then, else
PIECEWISE = frozenset(("Piecewise", "piecewise", "PIECEWISE"))
RELATIONS = frozenset(("<", "<=", ">", ">=", "=", "!="))


def free_word(parser: Parser, *texts: str, ahead: int = 0) -> bool:
    """Whether one of the words is ahead and no symbol of the question."""
    token = parser.peek(ahead)
    return parser.sees_word(*texts, ahead=ahead) and token.text not in parser.vocabulary  # type: ignore[union-attr]


def chooses(tokens: list[Token], at: int, vocabulary: Vocabulary) -> bool:
    """Whether the `if` or `where` at a position has an `else`, or is a call of three things."""
    if is_call(tokens, at):
        return True
    depth = 0
    related = False
    for token in tokens[at + 1 :]:
        depth += nesting(token)
        if depth or token.text in vocabulary:
            continue
        related |= token.kind == "sign" and token.text in RELATIONS
        again = related and token.text == tokens[at].text and token.text in ("if", "for", "when")
        if token.kind == "word" and (again or token.text in OTHER_WORDS):
            return True
    return False


def is_call(tokens: list[Token], at: int) -> bool:
    """Whether a word at a position is called with two commas: `where(x > 0, x, 0)`."""
    if tokens[at].text not in CHOOSING or at + 1 >= len(tokens) or tokens[at + 1].text not in "([":
        return False
    depth = commas = 0
    for token in tokens[at + 1 :]:
        depth += nesting(token)
        commas += depth == 1 and token.text == ","
        if depth == 0:
            break
    return commas == 2


def condition(parser: Parser) -> Tree | None:
    """A relation, or several with `and` between them; None where it always holds.

    Errors: Unreadable `unsupported` for "or", and where no relation stands.
    """
    if free_word(parser, *TRUE_WORDS):
        parser.take()
        return None
    start = parser.at
    parts = [_relation(parser)]
    while parser.sees("and", "&") or free_word(parser, "and"):
        before = parser.at
        parser.take()
        try:
            parts.append(_relation(parser))
        except Unreadable:
            parser.at = before  # `x if x > 0 and 0 otherwise`
            break
    if free_word(parser, "or"):
        raise Unreadable("unsupported", parser.take()[2:4], what="or")
    flat = [p for part in parts for p in (part.parts if isinstance(part, All) else (part,))]
    return flat[0] if len(flat) == 1 else All(tuple(flat), span=parser.span(start))


def _relation(parser: Parser) -> Tree:
    start = parser.at
    if parser.sees("(") and _holds_relation(parser):
        parser.take()
        inside = condition(parser)
        parser.expect(")")
        if inside is not None:
            return inside
    found = parser.relation()
    if not isinstance(found, Relation | All):
        raise Unreadable("unexpected", parser.span(start), found="if", expected=None)
    return found


def _holds_relation(parser: Parser) -> bool:
    """Whether the bracket ahead has a relation directly inside."""
    depth = 0
    for token in parser.tokens[parser.at :]:
        depth += nesting(token)
        if depth == 1 and token.kind == "sign" and token.text in RELATIONS:
            return True
        if depth == 0:
            return False
    return False


def choices(parser: Parser, value: Tree, start: int, *, least: int = 2) -> Tree:
    """What follows a value: `if …, … if …, … otherwise`.

    Args:
        least: How many pieces there have to be.

    Returns:
        The value itself where no condition follows.
    """
    if parser.sees(",", ";") and free_word(parser, *IF_WORDS, ahead=1):
        parser.take()
    if not free_word(parser, *IF_WORDS, *OTHER_WORDS):
        return value
    opened = parser.tokens[parser.at]
    found: Pieces = []
    while True:
        if free_word(parser, *OTHER_WORDS):
            parser.take()
            found.append((value, None))
            break
        if not free_word(parser, *IF_WORDS):
            raise parser.unexpected()
        parser.take()
        found.append((value, condition(parser)))
        while parser.sees(",", ";", "and") or free_word(parser, "and"):
            parser.take()
        other = free_word(parser, *OTHER_WORDS)
        if other:
            parser.take()
            if parser.sees(",", ":"):
                parser.take()
        elif parser.peek() is None or parser.tokens[parser.at].kind == "close":
            break
        value = parser.expression()
        if parser.sees(",") and free_word(parser, *IF_WORDS, *OTHER_WORDS, ahead=1):
            parser.take()
        if other and not free_word(parser, "if"):
            found.append((value, None))
            break
    if len(found) < least:
        raise Unreadable("unexpected", opened[2:4], found=opened.text, expected=None)
    return cases(found, parser.span(start))


def cases(found: Pieces, span: Span) -> Cases:
    """Pieces as a tree.

    Errors: Unreadable `two_answers` where one that is not the last has no condition.
    """
    if any(when is None for _, when in found[:-1]):
        raise Unreadable("two_answers", span)
    return Cases(tuple(found), span=span)


def has_pieces(parser: Parser) -> bool:
    """Whether `{x if x > 0; y otherwise}` is what stands in the bracket just opened."""
    depth, ahead = 0, 0
    while (token := parser.peek(ahead)) is not None and depth >= 0:
        if depth == 0 and free_word(parser, "if", ahead=ahead):
            return not is_call(parser.tokens, parser.at + ahead)
        depth += nesting(token)
        ahead += 1
    return False


def in_braces(parser: Parser, start: int) -> Tree:
    """Values with their conditions up to the closing brace, which is taken."""
    found = choices(parser, parser.expression(), start, least=1)
    parser.expect("}")
    return found


def call(parser: Parser, name: str, start: int) -> Tree:
    """`where(x > 0, x, 0)`, `if(…)`, `if x > 0 then x else 0` or `Piecewise(…)`."""
    if name in PIECEWISE:
        return _listed(parser, start)
    if not is_call(parser.tokens, parser.at - 1):
        return _if_then(parser, start)
    closing = OPENERS[parser.take().text]
    when = condition(parser)
    parser.expect(",")
    then = parser.choice()
    parser.expect(",")
    other = parser.choice()
    parser.expect(closing)
    return Cases(((then, when), (other, None)), span=parser.span(start))


def _if_then(parser: Parser, start: int) -> Tree:
    when = condition(parser)
    if parser.sees(",", ":") or free_word(parser, "then"):
        parser.take()
    then = parser.expression()
    if parser.sees(",", ";"):
        parser.take()
    if not free_word(parser, *OTHER_WORDS):
        raise parser.unexpected(expected="else")
    parser.take()
    return Cases(((then, when), (parser.choice(), None)), span=parser.span(start))


def _listed(parser: Parser, start: int) -> Tree:
    """`Piecewise((x, x > 0), (0, True))` or `piecewise(x > 0, x, 0)`."""
    if not parser.sees("(", "[", "{"):
        raise Unreadable("no_argument", parser.span(start), function="Piecewise")
    closings = [OPENERS[parser.take().text]]
    if parser.sees("{", "[", "(") and parser.sees("{", "[", "(", ahead=1) and _is_pair(parser, 1):
        closings.append(OPENERS[parser.take().text])
    found: Pieces = []
    while not parser.sees(closings[-1]):
        if parser.sees("(", "[", "{") and _is_pair(parser, 0):
            closing = OPENERS[parser.take().text]
            value = parser.choice()
            parser.expect(",")
            found.append((value, condition(parser)))
            parser.expect(closing)
        else:
            found.append(_alternate(parser, closings[-1]))
        if not parser.sees(","):
            break
        parser.take()
    for closing in reversed(closings):
        if len(closings) > 1 and closing == closings[0] and parser.sees(","):
            parser.take()
            found.append((parser.choice(), None))
        parser.expect(closing)
    if not found:
        raise Unreadable("no_argument", parser.span(start), function="Piecewise")
    return cases(found, parser.span(start))


def _alternate(parser: Parser, closing: str) -> tuple[Tree, Tree | None]:
    """`x > 0, x`, or the last value alone."""
    first = parser.relation()
    if not isinstance(first, Relation | All):
        if not parser.sees(closing):
            raise parser.unexpected(expected=closing)
        return first, None
    parser.expect(",")
    return parser.choice(), first


def _is_pair(parser: Parser, ahead: int) -> bool:
    """Whether the bracket ahead has one comma directly inside."""
    depth = commas = 0
    for token in parser.tokens[parser.at + ahead :]:
        depth += nesting(token)
        commas += depth == 1 and token.text == ","
        if depth == 0:
            break
    return commas == 1


# -- environments --------------------------------------------------------------------------


def rows(parser: Parser, closing: str = "end") -> Tree:
    """The rows of `cases` up to its `\\\\end`: a value, then a condition with or without words."""
    start = parser.at
    found: Pieces = []
    while not parser.sees(closing) and parser.peek() is not None:
        value = parser.expression()
        while parser.sees(",", "&", ":", ";") or free_word(parser, *IF_WORDS):
            parser.take()
        if parser.sees("\\\\", closing):
            found.append((value, None))
        else:
            found.append((value, condition(parser)))
        while parser.sees("\\\\", "&", ",", ".", ";"):
            parser.take()
    if not found:
        raise parser.unexpected()
    return cases(found, parser.span(start))


def are_cases(parser: Parser) -> bool:
    """Whether the rows ahead have conditions, though the environment is only an `array`."""
    depth = 0
    for token in parser.tokens[parser.at :]:
        if depth == 0 and token.text == "end":
            return False
        depth += nesting(token)
        if depth == 0 and token.kind == "sign" and token.text in RELATIONS:
            return True
        if depth == 0 and token.kind == "word" and token.text in OTHER_WORDS:
            return token.text not in parser.vocabulary
    return False
