"""The handout: GitHub-flavoured Markdown with formulas between dollars."""

import re

from autograder.assignment import Assignment
from autograder.handout.cells import Cell, blanks, cells, say_points
from autograder.handout.mathematics import is_code, latex
from autograder.handout.typing_notes import notes

SPAN = re.compile(r"(?P<ticks>`+)(?P<inside>.+?)(?P=ticks)", re.DOTALL)

HOW = """
Your answers go into one file, `answers.py`, or into the same thing as a notebook,
`answers.ipynb`. Every blank is four underscores: search for them, {blanks} to begin with,
none when you are done. Then see how your answers are read – nothing is sent anywhere:

```
python3 check.py answers.py
```

Put `-q {first}` behind it to see one answer only. On Windows it is `py check.py answers.py`.

{notes}
"""


def handout(assignment: Assignment) -> str:
    """The text of `README.md`: everything a student has to read."""
    parts = [f"# {assignment.title}", typeset(assignment.intro), f"*{extent(assignment)}.*"]
    parts += ["## How to answer", how(assignment), *(_cell(cell) for cell in cells(assignment))]
    return "\n\n".join(part for part in parts if part) + "\n"


def extent(assignment: Assignment) -> str:
    """How much there is to do: `32 questions, 36 points`."""
    total = sum(question.points for question in assignment)
    return f"{len(assignment.questions)} questions, {say_points(total)}"


def how(assignment: Assignment) -> str:
    """What to do with the files, and what may be typed."""
    first = next(iter(assignment)).id
    return HOW.format(blanks=blanks(assignment), first=first, notes=notes(assignment)).strip()


def typeset(text: str) -> str:
    r"""Markdown with its back-ticked mathematics as LaTeX.

    >>> typeset("`sigma^2` is a number, ``x.size(0)`` is code.")
    '$\\sigma^2$ is a number, `x.size(0)` is code.'
    """
    paragraphs = re.split(r"\n\s*\n", text)
    return "\n\n".join(_display(each) or SPAN.sub(_span, each) for each in paragraphs)


def wording(cell: Cell) -> str:
    """What a cell says, ready for a Markdown viewer."""
    parts = [typeset(cell.text)]
    if cell.symbols:
        parts.append(f"*Symbols:* {_symbols(cell.symbols)}.")
    return "\n\n".join(part for part in parts if part)


def _cell(cell: Cell) -> str:
    if not cell.code:
        return f"## {cell.name}  {cell.title}\n\n{wording(cell)}"
    parts = [f"### {cell.name}  ({cell.title})", wording(cell)]
    if cell.defines:
        parts.append(f"```python\n{cell.code}\n```")
    return "\n\n".join(part for part in parts if part)


def _display(paragraph: str) -> str:
    """A paragraph that is one formula stands on its own line; otherwise nothing."""
    found = SPAN.fullmatch(paragraph.strip())
    if found is None or found["ticks"] != "`" or is_code(found["inside"]):
        return ""
    return f"$$\n{latex(found['inside'])}\n$$"


def _span(found: re.Match[str]) -> str:
    inside = " ".join(found["inside"].split())
    if found["ticks"] != "`" or is_code(inside):
        return f"`{inside}`"
    return f"${latex(inside)}$"


def _symbols(words: str) -> str:
    """The names as they are typed; sizes among the words set as mathematics."""
    words = re.sub(r"(of length |matrix, )(\w+(?: × \w+)*)", r"\1`\2`", words)
    name = r"(^|, | and )(\w+)(?= \(|, | and |$)"
    return re.sub(name, r"\1`\2`", typeset(words))
