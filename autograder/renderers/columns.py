"""Text on a screen: how wide it is there, lines that fit, carets under what is meant."""

import os
import re
from collections.abc import Iterator
from itertools import accumulate
from typing import TextIO
from unicodedata import category, east_asian_width

# Controls but line ends and tabs, and marks that turn the direction of reading.
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
WIDTH = 80
GLUE = "\ue000"  # a space where no line breaks; of the characters that are nobody's
CUT = "…"


def width_of(stream: TextIO) -> int:
    """How many columns text for a stream may take: a narrow terminal's, else 80."""
    try:
        return min(os.get_terminal_size(stream.fileno()).columns or WIDTH, WIDTH)
    except (OSError, AttributeError, ValueError):  # no terminal, or not even a file
        return WIDTH


def visible(text: str) -> str:
    """The text with characters that would steer a terminal, or turn reading, spelled out."""
    return UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def columns(text: str) -> int:
    """How many columns a text takes: wide letters two, marks that go on a letter none."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def wrapped(text: str, room: int) -> list[str]:
    """Lines of at most `room` columns, broken between words; a longer word is cut."""
    lines, line = list[str](), ""
    for word in re.sub(r"\s", " ", visible(text)).strip().split(" "):
        longer = f"{line} {word}" if line else word
        if columns(longer) <= room:
            line = longer
            continue
        lines += [line] if line else []
        *whole, line = _pieces(word, room)
        lines += whole
    return [each.rstrip().replace(GLUE, " ") for each in [*lines, line] if each.strip()]


def paragraph(text: str, indent: int = 0, width: int = WIDTH) -> list[str]:
    """Wrapped text, `width` columns with the indent."""
    return [" " * indent + line for line in wrapped(text, width - indent)]


def cut(text: str, room: int) -> str:
    """The text, or as much of it as fits and a sign that there is more."""
    text = visible(text)
    return text if columns(text) <= room else _pieces(text, room - 1)[0] + CUT


def caret_lines(typed: str, span: tuple[int, int] | None, room: int) -> Iterator[str]:
    """A typed line and carets under the columns `span`; a long line is cut around them."""
    margin = len(typed) - len(typed.lstrip())
    typed = typed.replace("\t", " ").strip()
    if span is None:
        yield cut(typed, room)
        return
    shown = [visible(char) for char in typed]
    ends = [0, *accumulate(map(columns, shown))]  # columns before each character, and in all
    start = max(0, min(span[0] - margin, len(shown)))
    end = max(start + 1, min(span[1] - margin, len(shown)))
    while 0 < start < len(shown) and ends[start + 1] == ends[start]:
        start -= 1  # a mark stands on the letter before it
    # Half a line before the place, so that its context shows on both sides.
    drop = max(0, min(ends[start] - room // 2, ends[-1] + 1 - room)) if ends[-1] >= room else 0
    first = next(at for at, before in enumerate(ends) if before > drop or not drop)
    left = ends[first] - (1 if drop else 0)
    last = max(at for at, before in enumerate(ends) if before - left < room)
    yield (CUT if drop else "") + "".join(shown[first:last]) + (CUT if last < len(shown) else "")
    place = ends[start] - left
    wide = ends[min(end, len(shown))] - ends[start]
    yield " " * place + "^" * max(1, min(wide, room - place))


def _columns(char: str) -> int:
    if category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(char) in "WF" else 1


def _pieces(word: str, room: int) -> list[str]:
    """A word in pieces of at most `room` columns."""
    pieces, piece, used = list[str](), "", 0
    for char in word:
        wide = columns(char)
        if piece and used + wide > room:
            pieces.append(piece)
            piece, used = "", 0
        piece, used = piece + char, used + wide
    return [*pieces, piece]
