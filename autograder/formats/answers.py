"""Several answers to one question: which one counts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from autograder.errors import Json
from autograder.submission import Note, Response

# Where the answers of two files differ, the later in this order counts.
ORDER = (".ipynb", ".py", ".json")
STUB = "answers"  # among files of one format the one named like the stub counts


@dataclass(frozen=True)
class FileAnswers:
    """The answers of one file."""

    file: str
    responses: Mapping[str, Response]
    notes: tuple[Note, ...] = ()


def is_empty(response: Response) -> bool:
    """True when nothing was answered and nothing is wrong."""
    return not response.text.strip() and response.fault is None


def choose(candidates: Iterable[tuple[str, Response]]) -> dict[str, Response]:
    """One answer a question: the last that isn't blank, with a note if there was a choice.

    A fault without text, such as a blank that can't be found, counts only when there is
    nothing else; the first of several.
    """
    by_question: dict[str, list[Response]] = {}
    for question, response in candidates:
        by_question.setdefault(question, []).append(response)
    return {question: _chosen(found) for question, found in by_question.items()}


def _chosen(found: Sequence[Response]) -> Response:
    with_text = [response for response in found if response.text.strip()]
    blank = [response for response in found if is_empty(response)]
    taken = (with_text or blank or [found[0]])[-1]
    if len(with_text) > 1 or (with_text and is_empty(found[-1])):
        lines: list[Json] = [response.place.line for response in found if response.text.strip()]
        at = taken.place
        cell = "" if at.cell is None else f"cell {at.cell}, "
        where = "" if at.line is None else f"{cell}line {at.line}"
        twice = Note("answered_twice", {"where": where, "lines": lines})
        return replace(taken, notes=(*taken.notes, twice))
    return taken


def merge(files: Sequence[FileAnswers]) -> tuple[dict[str, Response], tuple[Note, ...]]:
    """The answers of several files of one student, question by question."""
    ordered = sorted(files, key=_age)
    questions = dict.fromkeys(id for file in ordered for id in file.responses)
    responses = {
        question: _newest(
            question, [f.responses[question] for f in ordered if question in f.responses]
        )
        for question in questions
    }
    return responses, tuple(note for file in ordered for note in file.notes)


def _age(file: FileAnswers) -> tuple[int, int, bool, str]:
    """Sorts by format, then a file nearer the top behind a backup in a folder."""
    path = PurePosixPath(file.file)
    suffix = path.suffix.lower()
    return (
        ORDER.index(suffix) if suffix in ORDER else 0,
        -len(path.parts),
        path.stem == STUB,
        file.file,
    )


def _newest(question: str, found: Sequence[Response]) -> Response:
    answered = [response for response in found if not is_empty(response)]
    taken = (answered or list(found))[-1]
    others = [r.place.file for r in answered if r.text.strip() != taken.text.strip()]
    differ = [
        Note("files_differ", {"question": question, "taken": taken.place.file, "other": other})
        for other in others
    ]
    return replace(taken, notes=(*taken.notes, *differ))
