"""A decision from text, and the tables of pairs."""

import json
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from autograder.compare.closed_form import Decision, Key, decide, prepare
from autograder.language.parser.grammar import parse
from autograder.language.vocabulary import Vocabulary, declare

CASES = Path(__file__).parent / "cases"


class Pair(NamedTuple):
    """Two formulas and what is pinned of them."""

    symbols: str
    key: str
    answer: str
    pinned: str

    def __str__(self) -> str:
        return f"{self.key} | {self.answer}"


@lru_cache(maxsize=512)
def vocabulary(symbols: str, where: str = "") -> Vocabulary:
    return declare(symbols, where)


@lru_cache(maxsize=512)
def prepared(key: str, symbols: str, where: str = "") -> Key:
    known = vocabulary(symbols, where)
    return prepare(parse(key, known), known)


def decided(answer: str, key: str, symbols: str, where: str = "") -> Decision:
    """The outcome for an answer to a key."""
    tree = parse(answer, vocabulary(symbols, where))
    return decide(tree, prepared(key, symbols, where))


def pairs(name: str) -> list[Pair]:
    """The pairs of a table, `cases/<name>.json`."""
    table = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    return [Pair(symbols, *row) for symbols, rows in table.items() for row in rows]
