"""What follows an answer: `where k = d/h`, `, k = d/h`, `(M = D)`, `for all q`."""

import re
from dataclasses import replace

from autograder.errors import Unreadable
from autograder.language.lexer import names, notation
from autograder.language.lexer.tokens import Token, nesting
from autograder.language.parser.grammar import parse_tokens
from autograder.language.parser.piecewise import CHOOSING, PIECEWISE, chooses
from autograder.language.tree import Symbol, Tree, rebuild
from autograder.language.vocabulary import Sort, Vocabulary

CALLED = CHOOSING | PIECEWISE | notation.FUNCTIONS.keys()  # a relation may stand in their brackets


def cut_clause(tokens: list[Token], vocabulary: Vocabulary) -> tuple[list[Token], list[Token]]:
    """Cut off `where …`, `, k = d/h` or `(M = D)` at the end."""
    depth = 0
    choosing = ""
    for position, token in enumerate(tokens):
        depth += nesting(token)
        if depth or position == 0 or token.text == choosing:
            continue
        words = token.kind == "word" and token.text.lower() in notation.CLAUSE_WORDS
        words = words and token.text not in vocabulary
        if words and chooses(tokens, position, vocabulary):
            choosing = token.text
        elif words:
            clause_at = position
            if clause_at == len(tokens) - 1:
                raise Unreadable("breaks_off", token[2:4])
            if tokens[position - 1].text in (",", ";"):
                position -= 1
            return tokens[:position], tokens[clause_at + 1 :]
        if token.text in (",", ";") and _is_relation(tokens[position + 1 :]):
            return tokens[:position], tokens[position + 1 :]
        if token.text == "forall":
            cut = position - 1 if tokens[position - 1].text in (",", ":", ";") else position
            return tokens[:cut], []
    if tokens[-1].kind == "close" and tokens[-1].text == ")":
        opened = opening(tokens)
        inside = tokens[opened + 1 : -1]
        called = tokens[opened - 1].text in CALLED and not tokens[opened].spaced
        if opened > 0 and not called and (_is_relation(inside) or _is_remark(inside, vocabulary)):
            return tokens[:opened], inside
    return tokens, []


def opening(tokens: list[Token]) -> int:
    depth = 0
    for position in range(len(tokens) - 1, -1, -1):
        kind = tokens[position].kind
        depth += (kind == "close") - (kind == "open")
        if depth == 0:
            return position
    return 0


def _is_relation(tokens: list[Token]) -> bool:
    """True for `name = …` and the like, with nothing before the name."""
    if len(tokens) < 3 or tokens[0].kind != "word":
        return False
    if tokens[0].text in names.SUMS | names.PRODUCTS:  # the `=` of its limits
        return False
    at = 3 if tokens[1].text == "_" and len(tokens) > 4 else 1
    return tokens[at].text in ("=", "<=", "<", ">", ">=", "~") or tokens[1].text == "is"


def _is_remark(tokens: list[Token], vocabulary: Vocabulary) -> bool:
    """True for bracketed words, such as `(row vector)` or `(since d > 0)`."""
    first = tokens[0].text if len(tokens) > 1 else ""
    if first in ("since", "because", "assuming", "where") and first not in vocabulary:
        return True
    words = [t for t in tokens if t.kind == "word"]
    long = [t for t in words if len(t.text) > 3 and t.text not in vocabulary and not t.latex]
    known = [t for t in words if t.text in notation.FUNCTIONS]
    return len(long) >= 2 and len(words) == len(tokens) and not known


def definitions_in(clause: list[Token], vocabulary: Vocabulary) -> list[tuple[str, Tree]]:
    """New names that a clause defines, in order: `where F = D^2`."""
    found: list[tuple[str, Tree]] = []
    part: list[Token] = []
    depth = 0
    for token in [*clause, None]:
        if token is not None:
            depth += (token.kind == "open") - (token.kind == "close")
        ends = token is None or (depth == 0 and token.text in (",", ";", "and"))
        if not ends:
            assert token is not None
            part.append(token)
            continue
        defined = _definition(part, vocabulary.with_symbols({n: Sort() for n, _ in found}))
        if defined is not None:
            found.append(defined)
        part = []
    return found


def _definition(part: list[Token], vocabulary: Vocabulary) -> tuple[str, Tree] | None:
    if len(part) < 3 or part[0].kind != "word" or part[1].text not in ("=", "~", "is"):
        return None
    name = part[0].text
    try:
        value = parse_tokens(part[2:], vocabulary, part[-1].end)
    except Unreadable:
        return None
    if name not in vocabulary:
        return None if names.split(name, vocabulary.symbols) else (name, value)
    stated = {relation.left for relation in vocabulary.relations}
    stated |= {relation.right for relation in vocabulary.relations}
    if not any(name in re.findall(r"\w+", side) for side in stated) and value != Symbol(name):
        raise Unreadable("redefined", (part[0].start, part[-1].end), symbol=name)
    return None


def substitute(tree: Tree, name: str, value: Tree) -> Tree:
    if isinstance(tree, Symbol) and tree.name == name:
        return replace(value, span=tree.span)

    return rebuild(tree, lambda child: substitute(child, name, value))
