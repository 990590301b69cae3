"""The kinds of answer. A kind is a frozen dataclass of options that answers three calls."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Literal, Protocol, TypeAlias

from autograder.errors import Json
from autograder.sandbox import Session
from autograder.submission import Response
from autograder.verdict import Finding

Form: TypeAlias = Literal["typed", "code", "blank", "prose"]


@dataclass(frozen=True)
class Reading:
    """An answer that could be read, not yet judged.

    Attributes:
        echo: How it was read, in plain ASCII; shown to the student.
        content: What the kind works on: a tree, an equation, a parsed function.
        notes: Codes of harmless things worth saying, such as `left_side_dropped`.
        key: Two readings with the same key are judged the same.
    """

    echo: str
    content: object
    notes: tuple[str, ...] = ()
    data: Mapping[str, Json] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return self.echo


@dataclass(frozen=True)
class Workshop:
    """What the solution folder offers while a key is prepared; never crosses to a child.

    Attributes:
        question: The question's id.
        probes: The solution's `probes.py`, or None.
        folder: The solution's folder.
        secret: Bytes that the probes' random numbers are drawn from.
        reference: Source of the reference's code, as read from its `answers.py`:
            for a blank the whole filled class.
    """

    question: str
    probes: ModuleType | None
    folder: Path
    secret: bytes
    reference: str = ""


class Kind(Protocol):
    """One kind of answer: the whole protocol.

    `form` says how a submission holds it. `label` is the word students see.
    """

    @property
    def form(self) -> Form: ...

    @property
    def label(self) -> str: ...

    def read(self, answer: Response) -> Reading:
        """Read without a key; all that a student's check uses.

        Errors: Unreadable when it can't be read in this kind's grammar.
        """
        ...

    def prepare(self, reference: Reading, workshop: Workshop) -> object:
        """Parse the key, draw probes, compute expected results; once an assignment."""
        ...

    def judge(self, reading: Reading, prepared: object, sandbox: Session) -> Finding:
        """Decide. Data and codes, no sentences."""
        ...
