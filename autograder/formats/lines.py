r"""Python source cut into logical lines and top-level statements, without a parser.

It works on source that Python refuses, in linear time: a typed answer may hold `"\xi"`,
a bracket may be open, a quote may be missing. Only what ends a line is looked at.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from autograder.errors import SubmissionError
from autograder.formats.tokens import LONG, STRING, tokens

# A line that leaves a bracket open is scanned to the end of its cell. After this many
# characters of such scans the rest of the cell is taken one physical line at a time.
PATIENCE = 1_000_000
DEEP = 200  # brackets in brackets; MAXLEVEL of CPython's tokenizer
MANY = 20_000  # lines of one file; a whole textbook has fewer

QUOTED = rf"""
      (?P<string>{STRING})
    | (?P<broken>["'][^\n]*+)
    | (?P<comment>\#[^\n]*+)
"""
SCAN = re.compile(
    rf"{QUOTED} | (?P<newline>\n) | (?P<code>(?:[^'\"\#\n\\]++|\\\n|\\)+)",
    re.VERBOSE | re.DOTALL,
)
# In an open bracket a line break means nothing, and only brackets need a look.
IN_BRACKET = re.compile(
    rf"{QUOTED} | (?P<code>[()\[\]{{}}]++|[^'\"\#()\[\]{{}}]++)", re.VERBOSE | re.DOTALL
)
EMPTY = re.compile(r"(?:[ \t\f]*+\n)+|[ \t\f]++\Z")
INDENT = re.compile(r"[ \t\f]*+")
MAGIC = re.compile(
    r"[ \t]*(?:[%!?][^\n]*|[\w.]++[ \t]*=[ \t]*[%!][^\n]*|[\w.]++\?{1,2}[ \t]*)(?=\n|\Z)"
)
# What IPython measures is Python all the same; at the left margin only, as a cell has it.
MEASURED = re.compile(r"%(?:time|timeit|prun)\b(?:[ \t]+-\w+(?:[ \t]+\d+)?)*[ \t]+(?=[^\s-])")
BLOCK = re.compile(
    r"\s*(?:@|(?:async|class|def|if|for|while|with|try|match|elif|else|except|finally|case)"
    r"\b(?!\s*=))"
)
CONTINUES = re.compile(r"\s*(?:elif|else|except|finally)\b(?!\s*=)")
DECORATOR = re.compile(r"\s*@")


class Line(NamedTuple):
    """One logical line: `[start, end)` in the source it was cut from.

    `indent` counts columns. `broken` says that a bracket or a quote in it is not closed.
    """

    start: int
    end: int
    indent: int
    kind: Literal["code", "comment", "magic"]
    broken: bool = False


@dataclass(frozen=True)
class Statement:
    """A top-level statement with its block and decorators.

    Attributes:
        text: Its source, moved to the left margin.
        start: Offset of its first character in the cell.
        head: The line that names it: the first that isn't a decorator.
    """

    text: str
    start: int
    head: str
    magic: bool = False
    broken: bool = False


def logical_lines(text: str) -> list[Line]:
    """All logical lines that hold something, in order; comments are lines of their own.

    Errors: SubmissionError when there are more than anybody writes.
    """
    lines: list[Line] = []
    position, patience = 0, PATIENCE
    while position < len(text):
        if empty := EMPTY.match(text, position):
            position = empty.end()
            continue
        if measured := MEASURED.match(text, position):
            position = measured.end()
        line, unclosed = _scan(text, position, joins=patience > 0)
        if unclosed:
            patience -= line.end - line.start
            line, _ = _scan(text, position, joins=False)
        lines.extend(_parts(text, line))
        position = line.end + 1
        if len(lines) > MANY:
            raise SubmissionError(f"more than {MANY:,} lines of code")
    return lines


def _scan(text: str, start: int, joins: bool) -> tuple[Line, bool]:
    """One line from `start`, and whether a bracket is still open at its end.

    With `joins` False brackets don't carry a line over its end, and their depth is not
    limited.
    """
    if magic := MAGIC.match(text, start):
        return Line(start, magic.end(), _indent(text, start), "magic"), False
    position, depth = start, 0
    broken = code = False
    while (depth <= DEEP or not joins) and (
        found := (IN_BRACKET if joins and depth else SCAN).match(text, position)
    ):
        kind = found.lastgroup
        if kind == "newline":
            break
        if kind == "code":
            code = code or not found[0].isspace()
            depth = max(0, depth + _opened(found[0]))
        elif kind in ("string", "broken"):
            code = True
            broken = broken or kind == "broken"
        position = found.end()
    what: Literal["code", "comment"] = "code" if code else "comment"
    return Line(start, position, _indent(text, start), what, broken or depth > 0), depth > 0


def _indent(text: str, start: int) -> int:
    found = INDENT.match(text, start)
    return len(found[0].expandtabs()) if found else 0


def _opened(code: str) -> int:
    return sum(map(code.count, "([{")) - sum(map(code.count, ")]}"))


def _parts(text: str, line: Line) -> Iterator[Line]:
    """A line cut at its semicolons, unless it heads a block."""
    source = text[line.start : line.end]
    if line.kind != "code" or ";" not in source or len(source) > LONG or BLOCK.match(source):
        yield line
        return
    start, depth = line.start, 0
    for token in tokens(source):
        depth += token.text in ("(", "[", "{")
        depth -= token.text in (")", "]", "}")
        if token.text == ";" and depth <= 0:
            yield line._replace(start=start, end=line.start + token.start)
            start = line.start + token.end
    if text[start : line.end].strip():
        yield line._replace(start=start)


def statements(text: str, lines: Sequence[Line]) -> Iterator[Statement]:
    """Top-level statements in order, from a text and its lines; comments are left out.

    A line that is indented without a block to belong to is a statement of its own.
    """
    group: list[Line] = []
    is_block = False
    for line in lines:
        if line.kind == "comment":
            continue
        if group and not (is_block and _belongs(text, group, line)):
            yield _statement(text, group)
            group = []
        if not group:
            is_block = line.kind == "code" and _heads_block(text[line.start : line.end])
        group.append(line)
    if group:
        yield _statement(text, group)


def _heads_block(source: str) -> bool:
    """True for `def`, `@...` and their like, and for a misspelt one that ends in a colon."""
    return BLOCK.match(source) is not None or source.split("#")[0].rstrip().endswith(":")


def _belongs(text: str, group: list[Line], line: Line) -> bool:
    first, last = group[0], group[-1]
    if line.indent != first.indent:
        return line.indent > first.indent
    decorated = last.indent == first.indent and DECORATOR.match(text, last.start)
    return line.kind == "code" and bool(decorated or CONTINUES.match(text, line.start))


def _statement(text: str, group: list[Line]) -> Statement:
    first, last = group[0], group[-1]
    source = text[first.start : last.end]
    found = INDENT.match(source)
    margin = found[0] if found else ""
    if margin:
        source = re.sub(rf"^{re.escape(margin)}", "", source, flags=re.MULTILINE)
    named = (line for line in group if not DECORATOR.match(text, line.start))
    head = next(named, first)
    return Statement(
        text=source,
        start=first.start + len(margin),
        head=text[head.start : head.end].lstrip(),
        magic=first.kind == "magic",
        broken=any(line.broken for line in group),
    )
