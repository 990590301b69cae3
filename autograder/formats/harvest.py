"""What a Python file holds for its questions, and what is said of the rest of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from autograder.errors import Json
from autograder.formats.answers import is_empty
from autograder.formats.cells import Cell
from autograder.formats.json_text import TORN
from autograder.submission import Note, Response

ERRORS_TOLD = 5  # syntax errors that cost no answer, of one file
DROPPED_TOLD = 3  # places of statements that are left out


@dataclass(frozen=True)
class Asked:
    """A definition that a question asks for, and its place among the pieces of context."""

    question: str
    response: Response
    piece: int


@dataclass(frozen=True)
class Elsewhere:
    """A place that sets what a question asks for, but not so that it is read.

    Attributes:
        adds: Whether it goes on from an answer that was read, as `+=` does.
    """

    question: str
    name: str
    where: str
    adds: bool


@dataclass
class Harvest:
    """What has been found so far, in the order of the file."""

    typed: list[tuple[str, Response]] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)  # context, one statement each
    errors: list[tuple[Cell, int, Note]] = field(default_factory=list)
    renamed: list[tuple[str, Response]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    elsewhere: list[Elsewhere] = field(default_factory=list)
    dropped: int = 0
    places: list[str] = field(default_factory=list)  # of what was dropped, where known

    def drop(self, cell: Cell, start: int) -> None:
        """Leave a statement out."""
        self.dropped += 1
        self.places.append(at(cell, start).split(",")[0])  # in a notebook the cell will do


def notes_of(harvest: Harvest, file: str, responses: Mapping[str, Response]) -> Iterator[Note]:
    """What concerns the file as a whole: errors that no answer tells of, things left out."""
    faults = [response.fault for response in responses.values() if response.fault]
    told = {(fault.data.get("cell"), fault.data.get("line")) for fault in faults}
    untold = [
        (cell, fault)
        for cell, _, fault in harvest.errors
        if (fault.data.get("cell"), fault.data["line"]) not in told
    ]
    yield from _told(untold, file)
    for name in harvest.unknown:
        yield Note("unknown_question", {"file": file, "question": name})
    yield from _set_elsewhere(harvest, file, responses)
    if harvest.dropped:
        places = [*dict.fromkeys(harvest.places)] or [f"statements: {harvest.dropped}"]
        where: list[Json] = [*places[:DROPPED_TOLD]]
        if more := len(places) - len(where):
            where.append(f"{more} more")
        yield Note("statements_dropped", {"file": file, "count": harvest.dropped, "where": where})


def _set_elsewhere(
    harvest: Harvest, file: str, responses: Mapping[str, Response]
) -> Iterator[Note]:
    """The first place for each question that has no answer, or lacks a part of it."""
    told: dict[str, Elsewhere] = {}
    for each in harvest.elsewhere:
        found = responses.get(each.question)
        if each.adds or found is None or is_empty(found):
            told.setdefault(each.question, each)
    for each in told.values():
        yield Note("set_elsewhere", {"file": file, "name": each.name, "where": each.where})


def _told(errors: Sequence[tuple[Cell, Note]], file: str) -> Iterator[Note]:
    """The first error of each cell, as one slip has many; marks of a merge in one note."""
    torn = [fault for _, fault in errors if TORN.match(str(fault.data["text"]))]
    if torn:
        yield Note("merge_marks", {"file": file, "where": _where(torn[0])})
    firsts: dict[tuple[int | None, int], Note] = {}
    for cell, fault in errors:
        if fault not in torn:
            firsts.setdefault((cell.number, cell.line), fault)
    for fault in [*firsts.values()][:ERRORS_TOLD]:
        yield Note(fault.code, {"file": file, **fault.data, "where": _where(fault)})


def _where(fault: Note) -> str:
    """The place of a syntax error, such as `cell 4, line 2`."""
    cell, line = fault.data.get("cell"), fault.data["line"]
    return f"line {line}" if cell is None else f"cell {cell}, line {line}"


def at(cell: Cell, start: int, below: int = 0) -> str:
    """The place of an offset into a cell, or some lines below it."""
    line = cell.line_at(start) + below
    return f"line {line}" if cell.number is None else f"cell {cell.number}, line {line}"
