"""Blanks in a class: found by the public text around them, one logical line at a time.

Each line stands for itself, so that a syntax error costs the blank of its own line, and
methods and statements may change places.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from autograder.errors import Json
from autograder.formats.cells import Cell
from autograder.formats.literals import is_blank
from autograder.formats.matching import ALIKE, Source, edited_line, fit_tokens, fit_trees
from autograder.formats.syntax import SHOWN, SyntaxFault
from autograder.formats.tokens import LONG, MARK, all_tokens, comments, plain
from autograder.submission import Note, Response

HEADER = re.compile(r"(?:async\s+def|def|class)\s+(\w+)")
MANY = 2_000  # lines of one class that are looked at
COMPARED = 200  # lines of one method that an edited line is looked for in
GONE_SHOWN = 5  # public lines that `class_changed` lists at most


@dataclass(frozen=True, eq=False)
class CodeLine:
    """One logical line of code.

    Attributes:
        path: Names of the definitions around it, outermost first.
        region: Where the outermost of them starts: cell index and offset.
        tags: Words in its comments and in comment lines just above it.
    """

    source: Source
    path: tuple[str, ...]
    region: tuple[int, int]
    cell: Cell
    offset: int
    tags: frozenset[str] = frozenset()

    @property
    def says_something(self) -> bool:
        """True for a line without a blank that isn't a docstring."""
        kinds = {token.kind for token in self.source.pieces}
        return MARK not in self.source.keys and kinds != {"string"}


class Blank(NamedTuple):
    """One blank of the public code: a line, and which mark of it."""

    question: str
    line: CodeLine
    mark: int


class Found(NamedTuple):
    """Answers to blanks, in the order of the file, and notes about the class."""

    answers: list[tuple[str, Response]]
    notes: list[Note]


def code_lines(cells: Sequence[Cell]) -> Iterator[CodeLine]:
    """All logical lines of code with the definitions they are in."""
    for index, cell in enumerate(cells):
        around: list[tuple[int, str, int]] = []  # indent, name, offset
        above: set[str] = set()
        for line in cell.lines:
            text = cell.text[line.start : line.end].strip()
            if len(text) > LONG or line.kind == "magic":
                continue
            tags = set(re.findall(r"\w+", " ".join(comments(text)))) if "#" in text else set()
            if line.kind == "comment":
                above |= tags
                continue
            while around and line.indent <= around[-1][0]:
                around.pop()
            start = around[0][2] if around else line.start
            offset = cell.text.index(text[:1], line.start)
            path = tuple(name for _, name, _ in around)
            yield CodeLine(
                Source(text), path, (index, start), cell, offset, frozenset(tags | above)
            )
            above = set()
            if header := HEADER.match(text):
                around.append((line.indent, header[1], line.start))


def public_blanks(public: Sequence[CodeLine], ids: Collection[str]) -> Iterator[Blank]:
    """The blanks of the public code; a tag belongs to the marks before it on its line."""
    for line in public:
        marks, mark = [], 0
        for token in all_tokens(line.source.text):
            if token.text == MARK:
                marks.append(mark)
                mark += 1
            elif token.kind == "comment":
                named = (word for word in re.findall(r"\w+", token.text) if word in ids)
                for question, place in zip(named, marks, strict=False):
                    yield Blank(question, line, place)
                marks = []


def read_blanks(cells: Sequence[Cell], code: str, ids: Collection[str], file: str) -> Found:
    """The answers to all blanks of the public code; none where its class isn't there."""
    found = Found([], [])
    lines = _by_region(code_lines(cells))
    for public in _by_region(code_lines([Cell(code)])):
        blanks = list(public_blanks(public, ids))
        for part in _copies(lines, public, ids) if blanks else []:
            region = _Region(public, part[:MANY], file)
            for blank in blanks:
                found.answers.extend((blank.question, answer) for answer in region.answers(blank))
            found.notes.extend(region.changes())
    return found


def _by_region(lines: Iterable[CodeLine]) -> list[list[CodeLine]]:
    parts: dict[tuple[int, int], list[CodeLine]] = {}
    for line in lines:
        parts.setdefault(line.region, []).append(line)
    return list(parts.values())


def _copies(
    parts: list[list[CodeLine]], public: Sequence[CodeLine], ids: Collection[str]
) -> list[list[CodeLine]]:
    """The parts of a file that are the public class: by its name, else by its methods.

    Methods that have slipped out of the class count too, and lines with a blank's tag.
    """
    top, *others = _names(public) or [""]
    methods = set(others)
    named = [part for part in parts if _names(part)[:1] == [top]]
    renamed = [part for part in parts if 2 * len(methods & {*_names(part)[1:]}) > len(methods)]
    slipped = [part for part in parts if methods & {*_names(part)[:1]}]
    copies = (named or renamed) + slipped
    tagged = [part for part in parts if not _names(part) and _tags(part) & set(ids)]
    return copies + tagged if copies else []


def _tags(lines: Sequence[CodeLine]) -> set[str]:
    return {tag for line in lines for tag in line.tags}


def _names(lines: Sequence[CodeLine]) -> list[str]:
    headers = (HEADER.match(line.source.text) for line in lines)
    return [header[1] for header in headers if header]


class _Region:
    """One copy of the class in a file, beside the public one."""

    def __init__(self, public: Sequence[CodeLine], lines: Sequence[CodeLine], file: str) -> None:
        self.public = public
        self.lines = lines
        self.file = file
        self.twins = {mine: self._twins(mine) for mine in public}
        self.taken = {line for twins in self.twins.values() for line in twins}

    def _twins(self, public: CodeLine) -> dict[CodeLine, list[str]]:
        """Lines with the same public part, and what fills them; those in its method first."""
        at_home = [line for line in self.lines if _method(line) == _method(public)]
        for lines in (at_home, self.lines):
            for fit in (fit_tokens, fit_trees):
                pairs = ((line, fit(public.source, line.source)) for line in lines)
                if same := {line: texts for line, texts in pairs if texts is not None}:
                    return same
        return {}

    def answers(self, blank: Blank) -> list[Response]:
        """All answers to one blank; a fault when its line isn't there."""
        twins = list(self.twins[blank.line].items())
        equals = [line for line in self.public if self._equal(line, blank.line)]
        if len(equals) > 1:  # the same line several times: the first is the first
            at = equals.index(blank.line) + max(0, len(twins) - len(equals))
            twins = twins[at : at + 1]
        if twins:
            return [self._response(line, texts[blank.mark]) for line, texts in twins]
        return [self._edited(blank)]

    def _equal(self, one: CodeLine, other: CodeLine) -> bool:
        return one.source.keys == other.source.keys and _method(one) == _method(other)

    def _edited(self, blank: Blank) -> Response:
        """The answer in a line whose public part was changed, or why there is none."""
        tagged = [line for line in self.lines if blank.question in line.tags]
        for line in [*tagged, *self._alike(blank)]:
            texts = edited_line(blank.line.source, line.source) if line not in self.taken else None
            if texts:
                response = self._response(line, texts[blank.mark])
                at, was, now = response.place.line, _shown(blank.line), _shown(line)
                changed = Note("surroundings_changed", {"line": at, "was": was, "is": now})
                return response if response.fault else replace(response, notes=(changed,))
        return self._missing(blank, tagged)

    def _alike(self, blank: Blank) -> list[CodeLine]:
        """Lines of the method that may be the blank's line, the most alike first."""
        heads = {_head(line) for line in self.public} - {_head(blank.line), ()}
        at_home = [line for line in self.lines if _method(line) == _method(blank.line)]
        rated = [
            (blank.line.source.likeness(line.source), line)
            for line in at_home[:COMPARED]
            if _head(line) not in heads
        ]
        rated.sort(key=lambda pair: -pair[0])
        return [line for likeness, line in rated if likeness >= ALIKE]

    def _missing(self, blank: Blank, tagged: Sequence[CodeLine]) -> Response:
        line = next((line for line in tagged if line not in self.taken), None)
        place = (line or self.lines[0]).cell.place(self.file, (line or self.lines[0]).offset)
        if line and isinstance(line.source.parsed, SyntaxFault):
            return Response("", place, fault=line.cell.fault(line.source.parsed, line.offset))
        now = _shown(line) if line else None
        return Response(
            "", place, fault=Note("blank_not_found", {"was": _shown(blank.line), "is": now})
        )

    def _response(self, line: CodeLine, text: str) -> Response:
        parsed = line.source.parsed
        fault = line.cell.fault(parsed, line.offset) if isinstance(parsed, SyntaxFault) else None
        at = max(0, line.source.text.find(text.split("\n")[0]))
        place = line.cell.place(self.file, line.offset + at)
        return Response("" if is_blank(text) else text, place, fault=fault)

    def changes(self) -> Iterator[Note]:
        """A note about the public lines without a blank that are gone."""
        lost = [line for line in self.public if not self.twins[line] and line.says_something]
        if lost and _names(self.lines)[:1] == _names(self.public)[:1]:
            shown: list[Json] = [_shown(line) for line in lost[:GONE_SHOWN]]
            yield Note("class_changed", {"name": _names(self.public)[0], "lines": shown})


def _method(line: CodeLine) -> str | None:
    return line.path[-1] if line.path else None


def _head(line: CodeLine) -> tuple[str, ...]:
    """What stands before the value of an assignment; empty for anything else."""
    head = tuple(line.source.keys[: line.source.value])
    return head if head[-1:] == ("=",) else ()


def _shown(line: CodeLine) -> str:
    return plain(line.source.text[: 9 * SHOWN])[:SHOWN]
