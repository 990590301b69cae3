r"""A typed answer as it stands in Python source: the text that the student meant.

A literal's token is read, never its escapes: `r"\frac"`, `"\frac"` and `"\\frac"` all
mean \frac, and `"\xi"`, which Python refuses, means \xi. Without quotes the source text
is the answer.
"""

import re
from typing import NamedTuple

from autograder.formats.tokens import LONG, PREFIX, STRING, plain, tokens

LITERAL = re.compile(rf"\s*(?P<prefix>{PREFIX})(?P<quoted>{STRING})\s*", re.VERBOSE | re.DOTALL)
# Literals only: in brackets, side by side, added up, with a comma too many.
JOINED = re.compile(r"\(*+S(?:\+?S)*,?\)*+,?")
# What a word processor makes of quotes; Python can't read them.
CURLY = re.compile(
    rf"{PREFIX}(?:[“”„‟]+([^“”„‟\"]*)[“”‟]+|[‘’‚‛]+([^‘’‚‛']*)[‘’‛]+)\s*(?:\#[^\n]*)?",
    re.VERBOSE | re.DOTALL,
)
# One of each: an editor has turned only the first, or only the last.
HALF_CURLY = re.compile(
    rf"{PREFIX}(?:[“”„‟]+([^“”„‟\"\n]*)\"+|\"+([^“”„‟\"\n]*)[“”‟]+"
    rf"|[‘’‚‛]+([^‘’‚‛'\n]*)'+|'+([^‘’‚‛'\n]*)[‘’‛]+)\s*(?:\#[^\n]*)?"
)
# The blank's own mark where somebody has typed before or behind it.
MARKED = re.compile(r"\A\s*_{4,}|_{4,}\s*\Z")
ESCAPE = re.compile(r"\\(\\|\n|[\"'])")


class Typed(NamedTuple):
    """What was typed; `quoted` when it stands between quotes that Python refuses."""

    text: str
    quoted: bool = False


def is_blank(text: str) -> bool:
    """True when nothing was typed: empty, white space, or a line, such as the mark, alone.

    One underscore is a name in Python, so that it is an answer.
    """
    return text.strip() != "_" and not text.strip().strip("_")


def without_mark(text: str) -> str:
    """The text without what is left of its blank, `____`, at either end."""
    return MARKED.sub("", text)


def read_typed(source: str) -> Typed:
    """Read the right-hand side of `q1a = ...`; an untouched one is the empty text."""
    if len(source) > LONG:
        literal = LITERAL.fullmatch(source)
        return Typed(string_content(source.strip()) if literal else source.strip())
    found = tokens(source)
    broken = any(token.kind == "broken" for token in found)
    written = source.strip()
    if curly := CURLY.fullmatch(written) or (broken and HALF_CURLY.fullmatch(written)):
        text = next(text for text in curly.groups() if text is not None)
        return Typed("" if is_blank(text) else without_mark(text), quoted=True)
    if broken:
        return Typed(plain(source))
    strings = [token.text for token in found if token.kind == "string"]
    shape = "".join("S" if token.kind == "string" else token.text for token in found)
    joined = strings and JOINED.fullmatch(shape)
    text = "".join(map(string_content, strings)) if joined else plain(source)
    untouched = is_blank(text) or (not strings and text == "...")
    return Typed("" if untouched else without_mark(text))


def string_content(literal: str) -> str:
    r"""The text between the quotes.

    In a plain literal a doubled backslash is one, an escaped quote is a quote and an
    escaped line break is nothing; every other backslash stays. A raw literal keeps all
    but the backslash before its own quote.
    """
    found = LITERAL.fullmatch(literal)
    if found is None:
        return literal
    quoted = found["quoted"]
    width = 3 if quoted[:3] in ('"""', "'''") and len(quoted) >= 6 else 1
    inside = quoted[width:-width]
    if "r" in found["prefix"].lower():
        return inside.replace("\\" + quoted[0], quoted[0])
    return ESCAPE.sub(lambda escape: "" if escape[1] == "\n" else escape[1], inside)
