"""A public line of code with blanks, and the same line as a student left it.

Lines are compared as tokens, so that white space, line breaks, quotes and a comma before
a closing bracket don't matter; brackets that a formatter put around a value are seen
through by comparing trees.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import NamedTuple

from autograder.formats.literals import string_content
from autograder.formats.syntax import parse
from autograder.formats.tokens import MARK, Token, plain, tokens
from autograder.formats.trees import Parsed, fill_by_tree, same_tree

ALIKE = 0.5  # share of common tokens below which two lines are different lines
MANY = 200  # tokens; a longer line isn't compared loosely


class Span(NamedTuple):
    """What fills a blank: pieces `[start, end)` of the student's line."""

    start: int
    end: int


@dataclass(frozen=True)
class Source:
    """One logical line of code, moved to the left margin, with its comments."""

    text: str

    @cached_property
    def pieces(self) -> list[Token]:
        """Its tokens without a comma that only ends a list."""
        found = tokens(self.text)
        following = [*(token.text for token in found[1:]), ""]
        return [
            token
            for token, after in zip(found, following, strict=False)
            if not (token.text == "," and after in (")", "]", "}"))
        ]

    @cached_property
    def keys(self) -> list[str]:
        """What is compared of each piece: quotes of either style are the same."""
        return [_key(token) for token in self.pieces]

    @cached_property
    def parsed(self) -> Parsed:
        """Its tree; the head of a block is parsed with an empty block."""
        source = re.sub(r"\Aelif\b", "if", self.text)
        ends_in_colon = bool(self.keys) and self.keys[-1] == ":"
        return parse(source + "\n    pass" if ends_in_colon else source)

    @cached_property
    def value(self) -> int:
        """Index of the piece where the value starts: after `return` or the first `=`."""
        if self.keys[:1] == ["return"]:
            return 1
        depth = 0
        for index, key in enumerate(self.keys):
            depth += (key in ("(", "[", "{")) - (key in (")", "]", "}"))
            if key == "=" and depth == 0:
                return index + 1
        return 0

    def written(self, span: Span) -> str:
        """The source text of a span on one line, without comments."""
        if span.start >= span.end:
            return ""
        return plain(self.text[self.pieces[span.start].start : self.pieces[span.end - 1].end])

    def likeness(self, other: "Source") -> float:
        """Share of common tokens, 0 to 1."""
        if len(self.keys) > MANY or len(other.keys) > MANY:
            return 0.0
        return SequenceMatcher(None, self.keys, other.keys, autojunk=False).ratio()


def _key(token: Token) -> str:
    if token.kind != "string":
        return token.text
    prefix = token.text[: len(token.text) - len(token.text.lstrip("rRbBfFuUtT"))]
    return f"{prefix.lower()}'{string_content(token.text)}'"


def fit_tokens(public: Source, line: Source) -> list[str] | None:
    """What fills the blanks of a line whose public tokens are untouched; None if they aren't."""
    if MARK not in public.keys:
        return [] if public.keys == line.keys else None
    spans = _fit(public.keys, line.keys)
    return None if spans is None else [line.written(span) for span in spans]


def fit_trees(public: Source, line: Source) -> list[str] | None:
    """The same by syntax trees: brackets around a value don't count.

    A text that needs brackets in the place of the blank gets them back.
    """
    texts = fill_by_tree(public.parsed, line.parsed, line.text)
    if not texts:
        return texts
    in_brackets = [f"({text})" for text in texts]
    refilled = (choice for choice in (texts, in_brackets) if _refilled(public, choice, line))
    return next(refilled, None)


def edited_line(public: Source, line: Source) -> list[str] | None:
    """What fills the blanks of a line whose public part was changed, as far as can be told."""
    pattern, keys = public.keys[public.value :], line.keys[line.value :]
    if max(len(pattern), len(keys)) > MANY:
        return None
    spans = (len(pattern) > 1 and _fit(pattern, keys)) or _align(pattern, keys)
    if not spans:
        return None
    shifted = [Span(start + line.value, end + line.value) for start, end in spans]
    return [_positional(line.written(span), pattern, index) for index, span in enumerate(shifted)]


def _positional(text: str, pattern: Sequence[str], blank: int) -> str:
    """Without `name=` where the public line goes on with positional arguments."""
    at = [index for index, key in enumerate(pattern) if key == MARK][blank]
    if pattern[at + 1 : at + 2] == [","] and pattern[at + 3 : at + 4] != ["="]:
        return re.sub(r"\A[A-Za-z_]\w*\s*=(?!=)\s*", "", text)
    return text


def _refilled(public: Source, texts: list[str], line: Source) -> bool:
    """True when the public line with these texts in its blanks is the student's line."""
    rest = iter(texts)
    words = [next(rest, MARK) if t.text == MARK else t.text for t in tokens(public.text)]
    return same_tree(Source(" ".join(words)).parsed, line.parsed)


def _fit(pattern: Sequence[str], keys: list[str]) -> list[Span] | None:
    """Spans that, put in place of the marks, turn the pattern into the keys."""
    parts: list[list[str]] = [[]]
    for key in pattern:
        if key == MARK:
            parts.append([])
        else:
            parts[-1].append(key)
    first, *middle, last = parts
    start, end = len(first), len(keys) - len(last)
    if end < start or keys[:start] != first or keys[end:] != last:
        return None
    spans: list[Span] = []
    for part in middle:
        stop = _find(part, keys, start, end)
        if stop is None:
            return None
        spans.append(Span(start, stop))
        start = stop + len(part)
    return [*spans, Span(start, end)] if _even(keys[start:end]) else None


def _find(part: list[str], keys: list[str], start: int, end: int) -> int | None:
    """Where a part of the pattern stands next outside of brackets."""
    depth = 0
    for at in range(start, end - len(part) + 1):
        if depth == 0 and keys[at : at + len(part)] == part:
            return at
        depth += (keys[at] in ("(", "[", "{")) - (keys[at] in (")", "]", "}"))
    return None


def _even(keys: Sequence[str]) -> bool:
    """True when no bracket is closed that wasn't opened, nor left open."""
    depth = 0
    for key in keys:
        depth += (key in ("(", "[", "{")) - (key in (")", "]", "}"))
        if depth < 0:
            return False
    return depth == 0


def _align(pattern: Sequence[str], keys: Sequence[str]) -> list[Span] | None:
    """Spans between the neighbours of each mark, where at least one is next to it."""
    matcher = SequenceMatcher(None, pattern, keys, autojunk=False)
    if matcher.ratio() < ALIKE:
        return None
    partner = {
        block.a + step: block.b + step
        for block in matcher.get_matching_blocks()
        for step in range(block.size)
    }
    spans = []
    for mark in (index for index, key in enumerate(pattern) if key == MARK):
        before = [index for index in partner if index < mark]
        after = [index for index in partner if index > mark]
        anchored = mark - 1 in partner or mark + 1 in partner
        start = partner[max(before)] + 1 if before else 0
        end = partner[min(after)] if after else len(keys)
        if not anchored or start >= end:
            return None
        spans.append(Span(start, end))
    return spans
