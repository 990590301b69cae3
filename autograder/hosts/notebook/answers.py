"""The answers among executed cells: the last run of each counts."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from autograder.assignment import Assignment
from autograder.errors import SubmissionError
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
        runs: All that were read.
    """

    submission: Submission
    ran: Mapping[str, Executed]
    runs: Sequence[Executed] = ()

    def defined_at(self, names: Sequence[str]) -> float:
        """When a cell with one of these names was run last, in seconds since the epoch."""
        wanted = re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b")
        return max((run.at for run in self.runs if wanted.search(run.source)), default=0)


def live_answers(
    executed: Sequence[Executed],
    assignment: Assignment,
    name: str,
    saved: Collection[str] = (),
) -> Live:
    """Read the executed cells; nothing is run.

    Args:
        name: What to call the notebook.
        saved: The cells of its file.
    """
    questions = questions_of(assignment)
    responses: dict[str, Response] = {}
    ran: dict[str, Executed] = {}
    notes: dict[str, Note] = {}
    every: list[Cell] = []
    runs: list[Executed] = []
    for run, cells in _latest(executed):
        runs.append(run)
        found = read_python(cells, name, questions)
        every += cells
        notes |= {repr(note): note for note in found.notes if note.code in TOLD}
        for question, response in found.responses.items():
            if (
                question in ran
                and not response.text.strip()
                and _are_two(ran[question], run, saved)
            ):
                continue  # as in a file: of two cells one that has no text answers nothing
            responses[question], ran[question] = response, run
    responses = _as_a_whole(responses, every, name, questions)
    ordered = {id: responses[id] for id in questions.forms if id in responses}
    return Live(Submission("", name, ordered, tuple(notes.values())), ran, runs)


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


def _are_two(one: Executed, other: Executed, saved: Collection[str]) -> bool:
    """Whether two runs are of different cells: the front-end says so, or the file has both."""
    if one.cell and other.cell:
        return one.cell != other.cell
    return all(each.source.strip() in saved for each in (one, other))


def _as_a_whole(
    responses: Mapping[str, Response], cells: Sequence[Cell], name: str, questions: Questions
) -> dict[str, Response]:
    """Code as it is among all cells, with their imports and functions; blanks too.

    A function or class of another name is an answer only when no cell has the one that is
    asked for. What is no answer then is left out.
    """
    code = [id for id, form in questions.forms.items() if form in ("code", "blank")]
    answered = [id for id in code if id in responses and responses[id].text.strip()]
    others = {id: each for id, each in responses.items() if id not in answered}
    if not answered:
        return others
    try:
        found = read_python(cells, name, questions).responses
    except SubmissionError:
        return dict(responses)
    known = [id for id in answered if id in found]
    return others | {id: replace(found[id], notes=responses[id].notes) for id in known}
