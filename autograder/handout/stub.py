"""The stub: one Python file in percent cells, with a blank for every answer."""

import re
import textwrap

from autograder.assignment import Assignment
from autograder.handout.cells import Cell, blanks, cells

WIDTH = 88  # columns
NO_BREAK = "\0"
SPAN = re.compile(r"(`+)(.+?)\1", re.DOTALL)

HEADER = r'''
# autograder: {name} {version}
r"""{title}: your answers.  Hand in this one file.

Fill every blank. A blank is four underscores; search for them: {blanks} to begin with,
none when you are done. Formulas go between the quotes, in any notation you like:
a^2 + b,  a**2 + b,  a² + b  and  \frac{{a^3}}{{a}} + b  are the same answer.
The rest of the file may stay as it is. Comments of your own are not read.

    python3 check.py answers.py         (on Windows:  py check.py answers.py)
        what is blank, and how every answer is read; with  -q {first}  one answer

The questions, nicely set: handout.html.  Lines that begin with # %% are cells.
"""
'''
IMPORTS = """
import math

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn
"""


def stub(assignment: Assignment) -> str:
    """The text of `answers.py`: it can be imported and run unfilled."""
    header = HEADER.format(
        name=assignment.name,
        version=assignment.version,
        title=assignment.title,
        blanks=blanks(assignment),
        first=next(iter(assignment)).id,
    )
    text = f"{header.strip()}\n\n{IMPORTS.strip()}\n"
    wide = False  # two empty lines around a definition, one elsewhere
    for cell in cells(assignment):
        text += "\n" * (2 if wide or cell.defines else 1) + _cell(cell)
        wide = cell.defines
    return text


def marker(cell: Cell) -> str:
    """The line that starts a cell."""
    return f"# %% {cell.name}  {f'({cell.title})' if cell.code else cell.title}"


def plain(text: str) -> str:
    """Markdown as plain text: no back-ticks, `**stress**` in capitals."""
    text = re.sub(r"\*\*(.+?)\*\*", lambda found: found[1].upper(), text)
    text = re.sub(r"(?<!\w)\*(\w[^*]*)\*(?!\w)", r"\1", text)
    return SPAN.sub(r"\2", text)


def _cell(cell: Cell) -> str:
    lines = [marker(cell)]
    for paragraph in re.split(r"\n\s*\n", cell.text) if cell.text else []:
        lines += _comment(paragraph)
    if cell.symbols:
        lines += _comment(f"Symbols: {cell.symbols}.")
    if cell.code:
        lines.append(cell.code)
    return "\n".join(lines) + "\n"


def _comment(paragraph: str) -> list[str]:
    """A paragraph as comment lines; a list keeps its lines, a formula stays in one."""
    if paragraph.lstrip().startswith("- "):
        return [f"# {plain(line)}" for line in paragraph.splitlines()]
    words = SPAN.sub(_unbroken, " ".join(paragraph.split()))
    indent = "#     " if SPAN.fullmatch(paragraph.strip()) else "# "
    lines = textwrap.wrap(
        plain(words),
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [line.replace(NO_BREAK, " ") for line in lines]


def _unbroken(found: re.Match[str]) -> str:
    return found[0].replace(" ", NO_BREAK)
