"""Text in the characters that a terminal has."""

import codecs
import re

from autograder.renderers.columns import columns, visible

OWN = "·✓✗○…"  # signs of ours; a terminal gets all of them or none
PLAIN = str.maketrans({"·": ".", "✓": "+", "✗": "x", "○": "o", "…": "~", "–": "-", "—": "-"})
BETWEEN = re.compile(r"(?<=\S )·(?= \S)")


def to_encoding(text: str, encoding: str | None) -> str:
    """The text in characters that the encoding has; signs of ours get plain ones.

    Characters that would steer a terminal or turn the direction of reading are spelled out.
    What takes the place of a character is as wide as it, so that carets stay where they are.
    """
    text, codec = visible(text), encoding if encoding and _is_known(encoding) else "ascii"
    if _has(text + OWN, codec):
        return text
    if not _has(OWN, codec):
        text = BETWEEN.sub("-", text).translate(PLAIN)
    return "".join(char if _has(char, codec) else "?" * columns(char) for char in text)


def _has(text: str, codec: str) -> bool:
    try:
        text.encode(codec)
    except UnicodeEncodeError:
        return False
    return True


def _is_known(codec: str) -> bool:
    try:
        codecs.lookup(codec)
    except LookupError:
        return False
    return True
