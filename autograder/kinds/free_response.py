"""Prose that a person marks."""

import unicodedata
from dataclasses import dataclass
from typing import ClassVar

from autograder.errors import Unreadable
from autograder.kinds import Form, Reading, Workshop
from autograder.sandbox import Session
from autograder.submission import Response
from autograder.verdict import Finding, Verdict


@dataclass(frozen=True)
class FreeResponse:
    """Some sentences; every answer waits for a person."""

    form: ClassVar[Form] = "prose"
    label: ClassVar[str] = "free text"

    def read(self, answer: Response) -> Reading:
        """Count the words.

        Errors: Unreadable `empty`.
        """
        words = unicodedata.normalize("NFC", answer.text).split()
        if not words:
            raise Unreadable("empty")
        noun = "word" if len(words) == 1 else "words"
        return Reading(f"{len(words)} {noun}, for a person", " ".join(words))

    def prepare(self, reference: Reading, workshop: Workshop) -> object:
        """Nothing: there is no key."""
        return None

    def judge(self, reading: Reading, prepared: object, sandbox: Session) -> Finding:
        """Leave it to a person."""
        return Finding(Verdict.UNGRADED, "free_response")
