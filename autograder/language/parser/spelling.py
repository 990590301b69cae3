"""Declared names however they are spelt: `x_1y_2`, `v_{max}`, `\\alpha_r`, `x₁` for `x1`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from autograder.language.lexer.tokens import Token, tokenize
from autograder.language.vocabulary import Vocabulary

if TYPE_CHECKING:
    from autograder.language.parser.grammar import Parser

PLAIN = re.compile(r"[A-Za-z]+\d*(?:_(?:[A-Za-z]+\d*|\d+))?")  # what the grammar reads by itself
MOST_PARTS = 24  # tokens of one name


class Spellings(NamedTuple):
    """Ways to find a declared name.

    Attributes:
        whole: Names by their canonical spelling, of those that take a run of tokens.
        compact: Names by their letters and digits alone, where that tells them apart.
    """

    whole: Mapping[str, str]
    compact: Mapping[str, str]


def declared(vocabulary: Vocabulary) -> Spellings:
    """The spellings of a vocabulary's values."""
    return _declared(tuple(n for n, sort in vocabulary.symbols.items() if not sort.over))


@lru_cache(maxsize=256)
def _declared(symbols: tuple[str, ...]) -> Spellings:
    whole = {canonical(name): name for name in symbols if not PLAIN.fullmatch(name)}
    compact: dict[str, str] = {}
    twice: set[str] = set()
    for name in symbols:
        short = canonical(name).replace("_", "")
        twice |= {short} & set(compact)
        compact[short] = name
    return Spellings(whole, {s: n for s, n in compact.items() if s not in twice})


def canonical(name: str) -> str:
    """`v_max` for `v_{max}`, `alpha_r` for `\\alpha_r` and `α_r`."""
    if re.fullmatch(r"[A-Za-z0-9_']*", name):
        return name
    from autograder.errors import Unreadable

    try:
        tokens = tokenize(name)
    except Unreadable:
        return name
    return "".join(t.text for t in tokens if not (t.kind in ("open", "close") and t.text in "{}"))


def run(parser: Parser, start: int) -> tuple[str, int] | None:
    """The longest declared name of several tokens that starts at one.

    Returns:
        The name as it is declared, and how many tokens it takes.
    """
    if not parser.spelled.whole and not parser.tokens[start].latex:
        return None
    found = None
    spelt = ""
    most = MOST_PARTS if parser.spelled.whole else 2
    tokens = parser.tokens[start : start + most]
    for count, token in enumerate(tokens, start=1):
        last = tokens[count - 2] if count > 1 else None
        if last is not None and not _goes_on(last, token):
            break
        spelt += "" if token.text in ("{", "}") else token.text
        if spelt in parser.spelled.whole and _closed(tokens[:count]):
            found = parser.spelled.whole[spelt], count
        elif count == 2 and token.kind == "number" and spelt in parser.vocabulary:  # `μ0`
            found = spelt, count
    return found


def _goes_on(last: Token, token: Token) -> bool:
    if token.kind in ("open", "close"):
        return token.text in ("{", "}")
    apart = token.spaced and last.text not in ("_", "{", "}")
    if token.kind == "sign":
        return token.text in ("_", "'", ",") and not apart
    return token.kind in ("word", "number") and not apart


def _closed(tokens: list[Token]) -> bool:
    return sum(t.text == "{" for t in tokens) == sum(t.text == "}" for t in tokens)


def alias(parser: Parser, name: str) -> str | None:
    """The declared name that an unknown one can only stand for: `x_1` for `x1`, `vmax` for `v_max`.

    A single letter below is not left out: `dk` may be a product.
    """
    short = canonical(name).replace("_", "")
    if name.endswith("_") or not short.isalnum():
        return None
    meant = parser.spelled.compact.get(short)
    if meant is None or meant == name:
        return None
    below = canonical(meant if "_" in meant else name).partition("_")[2]
    return meant if "_" not in meant or below.isdigit() or len(below) > 1 or "_" in name else None
