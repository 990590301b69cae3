"""Words and double signs that stand for a relation: `at least`, `=<`, `<>`, `||`."""

from __future__ import annotations

from fractions import Fraction

from autograder.language.lexer.tokens import Token, nesting
from autograder.language.vocabulary import Vocabulary

MODAL = frozenset(
    "must be is are should has have to always strictly everywhere shall needs".split()
)
PHRASES: dict[str, str] = {
    "greater than": ">", "larger than": ">", "bigger than": ">", "more than": ">",
    "less than": "<", "smaller than": "<", "at least": ">=", "at most": "<=",
    "no more than": "<=", "no less than": ">=", "not more than": "<=", "not less than": ">=",
    "equal to": "=", "equals": "=", "not equal to": "!=",
}  # fmt: skip
OR_EQUAL = ("or", "equal", "to")
RELATIONS = frozenset(("<", "<=", ">", ">=", "=", "!="))
PAIRS = {"=<": "<=", "<>": "!="}
LOGICAL = frozenset("and or not xor xnor iff implies".split())
OPERATORS = frozenset("+ - * / ^ _ × · . @ < > <= >= = != and or not ( [ {".split())


def plain_signs(tokens: list[Token], vocabulary: Vocabulary) -> list[Token]:
    """Every spelling of a relation, of "and" and of "or" by its one sign."""
    return _connectives(_words(_pairs(tokens), vocabulary), vocabulary)


def _pairs(tokens: list[Token]) -> list[Token]:
    found: list[Token] = []
    for token in tokens:
        last = found[-1] if found else None
        if last is not None and last.kind == token.kind == "sign" and last.end == token.start:
            pair = PAIRS.get(last.text + token.text)
            if pair is not None:
                found[-1] = last._replace(text=pair, end=token.end)
                continue
        found.append(token)
    return found


def _words(tokens: list[Token], vocabulary: Vocabulary) -> list[Token]:
    """`must be greater than 0` to signs; what says nothing is dropped."""
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        named = token.kind == "word" and token.text not in vocabulary
        length, sign = _phrase(tokens, at) if named else (0, "")
        if length:
            found.append(token._replace(kind="sign", text=sign, end=tokens[at + length - 1].end))
            at += length
            continue
        at += 1
        if token.text == "zero" and named:
            found.append(token._replace(kind="number", value=Fraction(0)))
        elif not (named and token.text in MODAL):
            if token.text == ")" and found and found[-1].text == "(" != tokens[at - 2].text:
                found.pop()  # `(strictly)`
                continue
            found.append(token)
    return found


def _phrase(tokens: list[Token], at: int) -> tuple[int, str]:
    """How many tokens from here are words for a sign, and which."""
    for count in range(min(3, len(tokens) - at), 0, -1):
        phrase = " ".join(token.text.lower() for token in tokens[at : at + count])
        if phrase in PHRASES:
            sign = PHRASES[phrase]
            behind = tuple(token.text for token in tokens[at + count : at + count + 3])
            if sign in ("<", ">") and behind[:2] == OR_EQUAL[:2]:
                return count + (3 if behind == OR_EQUAL else 2), sign + "="
            return count, sign
    return 0, ""


def _connectives(tokens: list[Token], vocabulary: Vocabulary) -> list[Token]:
    found: list[Token] = []
    starts = [0]  # of the relation that is being read, and of those around its brackets
    environments = 0  # in them `&` stands between the entries of a row
    for at, token in enumerate(tokens):
        joins = ""
        environments += nesting(token) if token.kind == "command" else 0
        if token.kind == "word" and token.text.lower() in LOGICAL:
            joins = "" if token.text in vocabulary else token.text.lower()
        elif token.kind == "row" and token.text == "&" and not environments:
            joins = "and"
        elif token.kind == "bar" and _is_or(tokens, starts[-1], at):
            joins = "or"
        if joins:
            token = token._replace(kind="sign", text=joins)
        if token.kind == "open":
            starts.append(at + 1)
        elif token.kind == "close" and len(starts) > 1:
            starts.pop()
        elif token.kind == "sign" and token.text in ("and", "or", ",", ";"):
            starts[-1] = at + 1
        found.append(token)
    return found


def _is_or(tokens: list[Token], start: int, at: int) -> bool:
    """Whether bars between two relations join them; those around a value open and close."""
    before, behind = tokens[start:at], tokens[at + 1 :]
    if not before or not behind:
        return False
    if before[-1].text in OPERATORS and before[-1].kind != "close":  # but `x in [1, 2[ || …`
        return False
    if tokens[at].text == "||" and all(
        map(_is_related, _pieces([*before, *_until_joined(tokens[at:])]))
    ):
        return True  # `x < 1 || x > 2 || x in [3, 4]`
    if not any(token.text in RELATIONS for token in before):
        return False
    bars = [token.text for token in before if token.kind == "bar"]
    if bars.count("|") % 2 or bars.count("||") % 2:
        return False
    rest = _until_joined(behind)
    if not any(token.text in RELATIONS for token in rest):
        return False
    return [token.text for token in rest if token.kind == "bar"].count(tokens[at].text) % 2 == 0


def _is_related(tokens: list[Token]) -> bool:
    """Whether a relation stands there, or that something is in a set."""
    return any(token.text in RELATIONS or token.text == "in" for token in tokens)


def _pieces(tokens: list[Token]) -> list[list[Token]]:
    """What stands between double bars."""
    pieces: list[list[Token]] = [[]]
    for token in tokens:
        if token.kind == "bar" and token.text == "||":
            pieces.append([])
        else:
            pieces[-1].append(token)
    return pieces


def _until_joined(tokens: list[Token]) -> list[Token]:
    """The tokens up to the next word that joins, or the end of the bracket around them."""
    depth = 0
    for at, token in enumerate(tokens):
        depth += nesting(token)
        if depth < 0 or (depth == 0 and token.text in ("and", "or", ",", ";")):
            return tokens[:at]
    return tokens
