"""A source file cut into cells, each read on its own: one syntax error costs one cell."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from autograder.formats.lines import Line, logical_lines
from autograder.formats.syntax import SyntaxFault
from autograder.submission import Note, Place

# `# %% q1a`, `#%%`, and `# In[3]:` from a notebook that was exported as a script.
MARKER = re.compile(r"^#[ \t]*(?:%%[ \t]*(?P<word>\w*)|In\[[ \d]*\]).*$", re.MULTILINE)
# What cannot be seen: a paste from a web page brings it, and Python refuses it.
UNSEEN = str.maketrans({"\ufeff": "", "\u200b": "", "\u2060": "", "\xa0": " "})
ON_LINE = re.compile(r"(\bon line )(\d+)")  # in what Python says
# Cell magics after which the cell is still Python.
TRANSPARENT = ("time", "timeit", "capture", "prun", "python", "python3", "px")


@dataclass(frozen=True)
class Cell:
    """One cell.

    Attributes:
        text: Its source, lines ended by a line feed.
        word: The first word after its marker: an id, or anything else.
        line: Number of its first line, in the file or in the notebook's cell.
        number: The notebook cell, from 1; None in a plain file.
    """

    text: str
    word: str = ""
    line: int = 1
    number: int | None = None

    @cached_property
    def lines(self) -> list[Line]:
        """Its logical lines."""
        return logical_lines(self.text)

    @cached_property
    def _breaks(self) -> list[int]:
        return [found.start() for found in re.finditer("\n", self.text)]

    def line_at(self, offset: int) -> int:
        """Number of the line that holds an offset into the text."""
        return self.line + bisect_left(self._breaks, offset)

    def place(self, file: str, offset: int) -> Place:
        """The place of an offset into the text."""
        return Place(file, self.line_at(offset), self.number)

    def fault(self, fault: SyntaxFault, offset: int) -> Note:
        """A syntax error in source that starts at an offset, as a note."""
        line = self.line_at(offset) - 1
        return Note(
            "syntax_error",
            {
                "line": line + fault.line,
                "column": fault.column,
                "text": fault.text,
                "message": ON_LINE.sub(lambda at: f"{at[1]}{line + int(at[2])}", fault.message),
                **({} if self.number is None else {"cell": self.number}),
            },
        )


def unix_lines(text: str) -> str:
    """The text with every line ended by a line feed."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def cut(text: str, number: int | None = None) -> Iterator[Cell]:
    """The cells of a file, or of one notebook cell; what stands before the first marker is one.

    A space that doesn't break is a space, and what has no width is nothing, as in source that
    a JSON sheet holds.
    """
    text = unix_lines(text).translate(UNSEEN)
    start, line, word = 0, 1, ""
    for marker in [*MARKER.finditer(text), None]:
        end = len(text) if marker is None else marker.start()
        if text[start:end].strip():
            yield Cell(text[start:end], word, line, number)
        line += text.count("\n", start, end)
        start, word = end, (marker["word"] or "") if marker else ""


def without_cell_magic(text: str) -> tuple[str, bool]:
    """A notebook cell's Python, and whether a `%%magic` was dropped.

    `%%time` leaves the rest as it is; `%%bash` and its like leave nothing. Line numbers
    stay.
    """
    found = re.match(r"\s*%%(\w+)[^\n]*", text)
    if found is None:
        return text, False
    if found[1] not in TRANSPARENT:
        return "", True
    return "\n" * found[0].count("\n") + text[found.end() :], True
