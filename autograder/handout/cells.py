"""The cells of an assignment: what stub, handout and notebook have in common."""

import os.path
import textwrap
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from autograder.assignment import Assignment, Problem, Question
from autograder.kinds.blank import Blank
from autograder.kinds.function import Function
from autograder.language.vocabulary import Sort, Vocabulary

BLANK = "____"
PLURALS = {
    "number": "numbers",
    "vector": "vectors",
    "row": "rows",
    "column": "columns",
    "matrix,": "matrices,",
}
SCALARS = {"positive": "> 0", "complex": "complex", "integer": "integer"}


@dataclass(frozen=True)
class Cell:
    """The set-up of a problem, or a question with the place for its answer.

    Attributes:
        name: The problem's number, the question's id, or what ids of blanks in the
            same code begin with.
        title: The problem's title; for a question its kind and points.
        text: Markdown, with mathematics between back-ticks.
        symbols: What may be typed here, in words; empty when that was said before.
        code: Python with the blank; empty for a set-up.
        questions: Ids of the blanks that share the code.
    """

    name: str
    title: str
    text: str
    symbols: str = ""
    code: str = ""
    questions: tuple[str, ...] = ()

    @property
    def defines(self) -> bool:
        """True when the code is a `def` or a `class`."""
        return self.code.startswith(("def ", "class ", "@", "async "))


def cells(assignment: Assignment) -> Iterator[Cell]:
    """All cells, in the order of the assignment."""
    for problem in assignment.problems:
        shared = _shared(problem)
        yield Cell(str(problem.number), problem.title, problem.text, say_symbols(shared))
        for in_place, group in groupby(problem.questions, key=_in_place):
            questions = list(group)
            if in_place:
                yield _blanks(questions, problem)
            else:
                yield from (_question(question, shared) for question in questions)


def blanks(assignment: Assignment) -> int:
    """How many blanks an untouched stub has."""
    return sum(cell.code.count(BLANK) for cell in cells(assignment))


def say_points(points: float) -> str:
    """`1 point`, `2 points`, `1.5 points`."""
    return f"{points:g} point" if points == 1 else f"{points:g} points"


def say_symbols(vocabulary: Vocabulary) -> str:
    """The symbols in words: `mu (vector of length d), sigma (> 0), d`."""
    said = [(name, say_sort(sort)) for name, sort in vocabulary.symbols.items()]
    return ", ".join(
        _together([name for name, _ in group], words)
        for words, group in groupby(said, key=lambda pair: pair[1])
    )


def say_sort(sort: Sort) -> str:
    """What a symbol stands for; empty for a plain number or size."""
    if sort.takes is not None:
        takes = [say_sort(each) for each in sort.takes]
        alike = len(takes) == 2 and takes[0] == takes[1]
        given = f"two {_plural(takes[0])}" if alike else " and ".join(map(_a, takes))
        return f"takes {given}, gives {_a(say_sort(sort._replace(takes=None)))}"
    match sort.shape:
        case ():
            return SCALARS.get(sort.domain, "")
        case (length,):
            return f"vector of length {length}"
        case ("1", length):
            return f"row of length {length}"
        case (length, "1"):
            return f"column of length {length}"
    return f"matrix, {' × '.join(sort.shape)}"


def _together(names: list[str], words: str) -> str:
    """Names that stand for the same sort of thing: `q and k (vectors of length d)`."""
    if not words:
        return ", ".join(names)
    if len(names) == 1:
        return f"{names[0]} ({words})"
    return f"{', '.join(names[:-1])} and {names[-1]} ({_plural(words)})"


def _plural(words: str) -> str:
    first, *rest = words.split(" ", 1) if words else ["number"]
    many = PLURALS.get(first, first)
    return " ".join([many, *rest])


def _a(words: str) -> str:
    return f"a {words}" if words else "a number"


def _in_place(question: Question) -> bool:
    return isinstance(question.kind, Blank) and not question.kind.typed


def _vocabulary(question: Question) -> Vocabulary:
    found = getattr(question.kind, "symbols", None)
    return found if isinstance(found, Vocabulary) else Vocabulary()


def _shared(problem: Problem) -> Vocabulary:
    """The symbols that most questions of a problem have, if at least two have them."""
    said = Counter(say_symbols(_vocabulary(question)) for question in problem.questions)
    said.pop("", None)
    for words, count in said.most_common(1):
        if count > 1:
            all_of_them = (_vocabulary(question) for question in problem.questions)
            return next(each for each in all_of_them if say_symbols(each) == words)
    return Vocabulary()


def _question(question: Question, shared: Vocabulary) -> Cell:
    mine, said = say_symbols(_vocabulary(question)), say_symbols(shared)
    return Cell(
        question.id,
        f"{question.kind.label}, {say_points(question.points)}",
        question.ask,
        mine if mine != said else "",
        _place(question),
    )


def _place(question: Question) -> str:
    if isinstance(question.kind, Function):
        return question.kind.stub.strip()
    quotes = '"""' if question.kind.form == "prose" else '"'
    return f"{question.id} = r{quotes}{BLANK}{quotes}"


def _blanks(questions: list[Question], problem: Problem) -> Cell:
    """One cell for all blanks of a problem's code."""
    ids = [question.id for question in questions]
    prefix = os.path.commonprefix(ids)  # noqa: RUF071  # of strings, these are no paths
    name = prefix.rstrip("_") or f"problem{problem.number}"
    points = {question.points for question in questions}
    span = ids[0] if len(ids) == 1 else f"{ids[0]} to {ids[-1]}"
    worth = ", ".join(f"{q.id}: {say_points(q.points)}" for q in questions)
    if len(points) == 1:
        worth = say_points(points.pop()) + (" each" if len(ids) > 1 else "")
    asks = "\n".join(f"- {q.id}: {textwrap.dedent(q.ask)}" for q in questions if q.ask)
    label = "blank" if len(ids) == 1 else "blanks"
    code = (problem.code or "").strip()
    return Cell(name, f"{label} {span}, {worth}", asks, code=code, questions=tuple(ids))
