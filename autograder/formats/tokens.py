"""Tokens of Python source, also of source that Python refuses.

The standard `tokenize` gives up on a missing quote and differs between versions; here
every text has tokens, the same ones everywhere.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

MARK = "____"  # one mark for every blank

# An answer may have 100,000 characters (Limits.text). Source beyond twice that is not
# looked into: it is passed on as it is and judging refuses it.
LONG = 200_000

# A closed string without its prefix. A backslash guards a quote in raw strings too.
# No possessive repeat of a group: before Python 3.11.5 it loses its place where the last of
# them fails (gh-106052). What they repeat can't be split in two ways, so none is needed.
STRING = r"""
    \"{3}(?:[^"\\]++|\\.|"(?!""))*\"{3}
  | '{3}(?:[^'\\]++|\\.|'(?!''))*'{3}
  | "(?!"")(?:[^"\\\n]++|\\.)*"
  | '(?!'')(?:[^'\\\n]++|\\.)*'
"""
PREFIX = r"(?:[rR][bBfFtT]?|[bBfFtT][rR]?|[uU])?"
TOKEN = re.compile(
    rf"""
      (?P<space>(?:[ \t\f\n]|\\\n)+)
    | (?P<comment>\#[^\n]*+)
    | (?P<string>{PREFIX}(?:{STRING}))
    | (?P<broken>{PREFIX}["'][^\n]*+)
    | (?P<word>\w++)
    | (?P<sign>\*\*=?|//=?|>>=?|<<=?|!=|->|:=|\.\.\.|[-+*/%@&|^=<>]=?|.)
    """,
    re.VERBOSE | re.DOTALL,
)
OPENING, CLOSING = ("(", "[", "{"), (")", "]", "}")


class Token(NamedTuple):
    """A piece of source: `[start, end)`. `broken` is a string without its closing quote."""

    kind: str  # comment, string, broken, word, sign; space from `all_tokens` only
    text: str
    start: int
    end: int


def all_tokens(source: str) -> Iterator[Token]:
    """Every character of the source, in tokens."""
    for found in TOKEN.finditer(source):
        yield Token(found.lastgroup or "sign", found[0], found.start(), found.end())


def tokens(source: str) -> list[Token]:
    """The tokens that mean something: no white space and no comments."""
    return [token for token in all_tokens(source) if token.kind not in ("space", "comment")]


def comments(source: str) -> list[str]:
    """The comments, in order."""
    return [token.text for token in all_tokens(source) if token.kind == "comment"]


def plain(source: str) -> str:
    """The source without comments and on one line, as far as its strings allow.

    Meant for an expression: inside brackets a line break means nothing, and the comma that
    a formatter puts before one goes too where others stay.
    """
    if len(source) > LONG:
        return source.strip()
    written: list[str] = []
    commas = [0]  # for each open bracket
    gap = ""
    for token in all_tokens(source):
        if token.kind == "space":
            gap = "\n" if "\n" in token.text else token.text
            continue
        if token.kind == "comment":
            continue
        if gap == "\n":
            if token.text in CLOSING and written[-1:] == [","] and commas[-1] > 1:
                written.pop()
            beside = token.text in CLOSING or (written and written[-1] in OPENING)
            gap = "" if beside else " "
        written += [gap, token.text] if written else [token.text]
        gap = ""
        _count_commas(commas, token.text)
    return "".join(written)


def _count_commas(commas: list[int], text: str) -> None:
    if text == ",":
        commas[-1] += 1
    elif text in OPENING:
        commas.append(0)
    elif text in CLOSING and len(commas) > 1:
        commas.pop()
