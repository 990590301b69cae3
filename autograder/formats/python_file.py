"""A Python file, or the code cells of a notebook: answers by id. Nothing is executed."""

import ast
import re
from collections.abc import Sequence
from dataclasses import replace

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
from autograder.formats.harvest import Asked, Elsewhere, Harvest, at, notes_of
from autograder.formats.lines import MANY, Statement, statements
from autograder.formats.literals import LITERAL, read_typed
from autograder.formats.questions import Questions
from autograder.formats.settings import names_set, settings
from autograder.formats.syntax import SHOWN, SyntaxFault, parse, parse_statement
from autograder.submission import Note, Response

ASSIGNED = re.compile(r"\s*(\w+)\s*(?::[^=#\n]*)?=(?!=)[ \t]*")
# Where prose whose quotes are broken ends at the latest.
AFTER_PROSE = re.compile(r"\n(?=@|#|(?:def|class|import|from)\b|\w+[ \t]*=)")


def read_python(
    cells: Sequence[Cell], file: str, questions: Questions, dropped: int = 0
) -> FileAnswers:
    """Read all answers of one file.

    Args:
        dropped: Statements that the caller has dropped already: cell magics.

    Errors: SubmissionError when there are more lines than anybody writes.
    """
    harvest = Harvest(dropped=dropped)
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
    return FileAnswers(file, responses, (*notes, *notes_of(harvest, file, responses)))


def _take(
    statement: Statement, cell: Cell, file: str, questions: Questions, harvest: Harvest
) -> None:
    """Sort one top-level statement: an answer, context, or dropped."""
    if statement.magic:
        harvest.drop(cell, statement.start)
        return
    if _take_typed(statement, cell, file, questions, harvest):
        return
    name = defined_name(statement.head)
    question = questions.names.get(name or "")
    tree = parse_statement(statement.text)
    response = Response(statement.text, cell.place(file, statement.start))
    if isinstance(tree, SyntaxFault):
        fault = cell.fault(tree, statement.start)
        if question:
            harvest.asked.append(Asked(question, replace(response, fault=fault), -1))
        else:
            harvest.errors.append((cell, statement.start, fault))
        return
    nodes = tree.body if tree else []
    if _take_settings(nodes, statement, response, questions, harvest):
        return
    if question:
        if nodes and is_untouched(nodes[-1]):
            response = replace(response, text="")
        harvest.asked.append(Asked(question, response, len(harvest.pieces)))
        harvest.pieces.append(statement.text)
    elif name not in questions.public_names:
        if nodes and questions.forms.get(cell.word) == "code":
            _take_renamed(nodes[-1], response, cell.word, harvest)
        _take_elsewhere(nodes, statement, cell, questions, harvest)
        _take_context(statement, nodes, cell, questions, harvest)


def _take_settings(
    nodes: Sequence[ast.stmt],
    statement: Statement,
    response: Response,
    questions: Questions,
    harvest: Harvest,
) -> bool:
    """Take `(id := ...)` and `id, other_id = ...`; False when no id is among the names."""
    found = [
        (name, replace(response, text=read_typed(source).text))
        for node in nodes
        for name, source in settings(node, statement.text)
        if name in questions.assigned
    ]
    harvest.typed += found
    return bool(found)


def _take_elsewhere(
    nodes: Sequence[ast.stmt],
    statement: Statement,
    cell: Cell,
    questions: Questions,
    harvest: Harvest,
) -> None:
    """Remember what an answer is set to in a block, in a function or by `+=`."""
    asked = {**{id: id for id in questions.assigned}, **questions.names}
    for node in nodes:
        for name, line in names_set(node):
            if name in asked:
                where = at(cell, statement.start, line - 1)
                adds = isinstance(node, ast.AugAssign)
                harvest.elsewhere.append(Elsewhere(asked[name], name, where, adds))


def _take_renamed(node: ast.stmt, response: Response, question: str, harvest: Harvest) -> None:
    """A definition in the cell of a question that asks for one, under another name."""
    if isinstance(node, DEFINITIONS) and not is_untouched(node):
        harvest.renamed.append((question, response))


def _take_typed(
    statement: Statement, cell: Cell, file: str, questions: Questions, harvest: Harvest
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
    if statement.broken and not typed.quoted:
        tree = parse(statement.text)
        unclosed = SyntaxFault(1, 1, statement.text[:SHOWN].split("\n")[0], "never closed")
        where = tree if isinstance(tree, SyntaxFault) else unclosed
        fault = cell.fault(where, statement.start)
    text = typed.text
    if fault and any(questions.forms[id] == "prose" for id in ids):
        # A person reads it: all of its lines, though Python ends it at the first.
        text = AFTER_PROSE.split(cell.text[statement.start + start :])[0].strip()
    place = cell.place(file, statement.start)
    harvest.typed += [(id, Response(text, place, fault=fault)) for id in ids]
    return True


def _take_context(
    statement: Statement,
    nodes: Sequence[ast.stmt],
    cell: Cell,
    questions: Questions,
    harvest: Harvest,
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
        harvest.drop(cell, statement.start)


def _says_nothing(node: ast.stmt) -> bool:
    return does_nothing(node) or is_for_grader(node)


def _with_context(asked: Asked, harvest: Harvest) -> Response:
    others = (piece for index, piece in enumerate(harvest.pieces) if index != asked.piece)
    return replace(asked.response, context=tuple(others))


def _costs(
    harvest: Harvest, file: str, questions: Questions, answered: set[str]
) -> list[tuple[str, Response]]:
    """Questions that lost their answer to a syntax error, by the marker of its cell."""
    return [
        (cell.word, Response("", cell.place(file, start), fault=fault))
        for cell, start, fault in harvest.errors
        if cell.word in questions.forms and cell.word not in answered
    ]
