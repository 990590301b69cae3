"""What a student handed in, read but not judged."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from autograder.errors import Json


class Place(NamedTuple):
    """Where an answer starts: the file, its line from 1, its notebook cell from 1."""

    file: str
    line: int | None = None
    cell: int | None = None


class Note(NamedTuple):
    """Something a person should know, by code; `feedback.py` has the words."""

    code: str
    data: Mapping[str, Json]


@dataclass(frozen=True)
class Response:
    """One answer, exactly as typed.

    Attributes:
        text: Typed answers: the text between the quotes. Code: the source of the
            definition. Blanks: the expression in the blank. Empty when untouched.
        place: Where `text` starts.
        context: Code only: the file's other imports, definitions and literal assignments,
            in order, one statement each; each is run on its own before `text`.
        fault: Why the place of the answer can't be read (a syntax error in its cell), or None.
        notes: What a person should know about this answer.
    """

    text: str
    place: Place
    context: tuple[str, ...] = ()
    fault: Note | None = None
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Submission:
    """All answers of one student.

    Attributes:
        student: The student's id.
        source: The file or folder it came from, as staff would name it.
        responses: By question id; a question that isn't there has no entry.
        digest: SHA-256 of the bytes that were read, hexadecimal.
    """

    student: str
    source: str
    responses: Mapping[str, Response]
    notes: tuple[Note, ...] = ()
    digest: str = ""
    email: str | None = None
    extra: Mapping[str, Json] = field(default_factory=dict)
