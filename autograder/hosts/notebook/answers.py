"""The answers among executed cells: the last run of each counts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from autograder.assignment import Assignment
from autograder.errors import SubmissionError
from autograder.formats.answers import is_empty
from autograder.formats.cells import Cell, cut, without_cell_magic
from autograder.formats.decoding import whole
from autograder.formats.python_file import read_python
from autograder.formats.questions import Questions, questions_of
from autograder.hosts.notebook.session import Executed
from autograder.submission import Note, Response, Submission

MANY = 5_000  # lines of executed cells that are looked at, the latest first
TOLD = ("unknown_question", "class_changed")  # of other notes the kernel has told


@dataclass(frozen=True)
class Live:
    """What was answered in a session.

    Attributes:
        ran: By question, the run that its answer is from.
    """

    submission: Submission
    ran: Mapping[str, Executed]


def live_answers(executed: Sequence[Executed], assignment: Assignment, name: str) -> Live:
    """Read the executed cells; nothing is run.

    Args:
        name: What to call the notebook.
    """
    questions = questions_of(assignment)
    responses: dict[str, Response] = {}
    ran: dict[str, Executed] = {}
    notes: dict[str, Note] = {}
    every: list[Cell] = []
    for run, cells in _latest(executed):
        found = read_python(cells, name, questions)
        every += cells
        notes |= {repr(note): note for note in found.notes if note.code in TOLD}
        for question, response in found.responses.items():
            if question in ran and is_empty(response) and _are_two(ran[question], run):
                continue  # as in a file: of two cells one that is still blank answers nothing
            responses[question], ran[question] = response, run
    responses |= _with_context(responses, every, name, questions)
    ordered = {id: responses[id] for id in questions.forms if id in responses}
    return Live(Submission("", name, ordered, tuple(notes.values())), ran)


def _latest(executed: Sequence[Executed]) -> Iterator[tuple[Executed, list[Cell]]]:
    """Runs with their cells, in order; the oldest of a very long session are left out."""
    chosen: list[tuple[Executed, list[Cell]]] = []
    room = MANY
    for run in reversed(executed):
        python, _ = without_cell_magic(whole(run.source))
        room -= python.count("\n") + 1
        if room < 0:
            break
        try:
            cells = list(cut(python, run.number))
            sum(len(cell.lines) for cell in cells)
        except SubmissionError:  # one line with more statements than anybody writes
            continue
        chosen.append((run, cells))
    yield from reversed(chosen)


def _are_two(one: Executed, other: Executed) -> bool:
    """Whether two runs are of different cells, as far as the front-end says."""
    return bool(one.cell and other.cell and one.cell != other.cell)


def _with_context(
    responses: Mapping[str, Response], cells: Sequence[Cell], name: str, questions: Questions
) -> dict[str, Response]:
    """Code with the imports and functions of all cells, not only of its own."""
    code = [id for id in responses if questions.forms[id] == "code"]
    if not code:
        return {}
    try:
        found = read_python(cells, name, questions).responses
    except SubmissionError:
        return {}
    return {
        id: replace(responses[id], context=found[id].context)
        for id in code
        if found[id].text == responses[id].text
    }
