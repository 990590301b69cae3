"""A Python file, or the code cells of a notebook: answers by id. Nothing is executed."""

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from autograder.errors import SubmissionError
from autograder.formats.answers import FileAnswers, choose
from autograder.formats.blanks import read_blanks
from autograder.formats.cells import Cell
from autograder.formats.definitions import (
    DEFINITIONS,
    GRADER,
    defined_name,
    does_nothing,
    is_for_grader,
    is_untouched,
    may_run_before,
)
from autograder.formats.json_text import TORN
from autograder.formats.lines import MANY, Statement, statements
from autograder.formats.literals import LITERAL, read_typed
from autograder.formats.questions import Questions
from autograder.formats.syntax import SHOWN, SyntaxFault, parse
from autograder.submission import Note, Response

ERRORS_TOLD = 5  # syntax errors that cost no answer, of one file
ASSIGNED = re.compile(r"\s*(\w+)\s*(?::[^=#\n]*)?=(?!=)[ \t]*")


@dataclass(frozen=True)
class Asked:
    """A definition that a question asks for, and its place among the pieces of context."""

    question: str
    response: Response
    piece: int


@dataclass
class _Harvest:
    """What has been found so far, in the order of the file."""

    typed: list[tuple[str, Response]] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)  # context, one statement each
    errors: list[tuple[Cell, int, Note]] = field(default_factory=list)
    renamed: list[tuple[str, Response]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    dropped: int = 0


def read_python(
    cells: Sequence[Cell], file: str, questions: Questions, dropped: int = 0
) -> FileAnswers:
    """Read all answers of one file.

    Args:
        dropped: Statements that the caller has dropped already: cell magics.

    Errors: SubmissionError when there are more lines than anybody writes.
    """
    harvest = _Harvest(dropped=dropped)
    total = 0
    for cell in cells:
        total += len(cell.lines)
        if total > MANY:
            raise SubmissionError(f"{file}: more than {MANY:,} lines of code")
        for statement in statements(cell.text, cell.lines):
            _take(statement, cell, file, questions, harvest)
    candidates = harvest.typed + [
        (asked.question, _with_context(asked, harvest)) for asked in harvest.asked
    ]
    notes: list[Note] = []
    for code, ids in questions.public:
        found = read_blanks(cells, code, ids, file)
        candidates += found.answers
        notes += found.notes
    answered = {question for question, _ in candidates}
    candidates += _costs(harvest, file, questions, answered)
    answered |= {question for question, _ in candidates}
    candidates += [each for each in dict(harvest.renamed).items() if each[0] not in answered]
    responses = choose(candidates)
    return FileAnswers(file, responses, (*notes, *_notes(harvest, file, responses)))


def _take(
    statement: Statement, cell: Cell, file: str, questions: Questions, harvest: _Harvest
) -> None:
    """Sort one top-level statement: an answer, context, or dropped."""
    if statement.magic:
        harvest.dropped += 1
        return
    if _take_typed(statement, cell, file, questions, harvest):
        return
    name = defined_name(statement.head)
    question = questions.names.get(name or "")
    tree = parse(statement.text)
    response = Response(statement.text, cell.place(file, statement.start))
    if isinstance(tree, SyntaxFault):
        fault = cell.fault(tree, statement.start)
        if question:
            harvest.asked.append(Asked(question, replace(response, fault=fault), -1))
        else:
            harvest.errors.append((cell, statement.start, fault))
        return
    nodes = tree.body if tree else []
    if question:
        if nodes and is_untouched(nodes[-1]):
            response = replace(response, text="")
        harvest.asked.append(Asked(question, response, len(harvest.pieces)))
        harvest.pieces.append(statement.text)
    elif name not in questions.public_names:
        if nodes and questions.forms.get(cell.word) == "code":
            _take_renamed(nodes[-1], response, cell.word, harvest)
        _take_context(statement, nodes, cell, questions, harvest)


def _take_renamed(node: ast.stmt, response: Response, question: str, harvest: _Harvest) -> None:
    """A definition in the cell of a question that asks for one, under another name."""
    if isinstance(node, DEFINITIONS) and not is_untouched(node):
        harvest.renamed.append((question, response))


def _take_typed(
    statement: Statement, cell: Cell, file: str, questions: Questions, harvest: _Harvest
) -> bool:
    """Take `id = ...`, also `id = other_id = ...`; False when it is something else."""
    ids: list[str] = []
    start = 0
    while (found := ASSIGNED.match(statement.text, start)) and found[1] in questions.assigned:
        ids.append(found[1])
        start = found.end()
    if not ids:
        return False
    typed = read_typed(statement.text[start:])
    fault = None
    if statement.broken:
        tree = parse(statement.text)
        unclosed = SyntaxFault(1, 1, statement.text[:SHOWN].split("\n")[0], "never closed")
        where = tree if isinstance(tree, SyntaxFault) else unclosed
        fault = cell.fault(where, statement.start)
    place = cell.place(file, statement.start)
    harvest.typed += [(id, Response(typed.text, place, fault=fault)) for id in ids]
    return True


def _take_context(
    statement: Statement,
    nodes: Sequence[ast.stmt],
    cell: Cell,
    questions: Questions,
    harvest: _Harvest,
) -> None:
    found = ASSIGNED.match(statement.text)
    if (
        found
        and questions.is_like_an_id(found[1])
        and LITERAL.fullmatch(statement.text, found.end())
    ):
        harvest.unknown.append(found[1])
    elif nodes and all(map(may_run_before, nodes)):
        harvest.pieces.append(statement.text)
    elif cell.word != GRADER and not (nodes and all(map(_says_nothing, nodes))):
        harvest.dropped += 1


def _says_nothing(node: ast.stmt) -> bool:
    return does_nothing(node) or is_for_grader(node)


def _with_context(asked: Asked, harvest: _Harvest) -> Response:
    others = (piece for index, piece in enumerate(harvest.pieces) if index != asked.piece)
    return replace(asked.response, context=tuple(others))


def _costs(
    harvest: _Harvest, file: str, questions: Questions, answered: set[str]
) -> list[tuple[str, Response]]:
    """Questions that lost their answer to a syntax error, by the marker of its cell."""
    return [
        (cell.word, Response("", cell.place(file, start), fault=fault))
        for cell, start, fault in harvest.errors
        if cell.word in questions.forms and cell.word not in answered
    ]


def _notes(harvest: _Harvest, file: str, responses: Mapping[str, Response]) -> Iterator[Note]:
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
    if harvest.dropped:
        yield Note("statements_dropped", {"file": file, "count": harvest.dropped})


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
