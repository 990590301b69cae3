"""Errors, named by who must act.

    Exception
    ├── Unreadable        the student: an answer that can't be read in its kind's grammar
    ├── SubmissionError   staff: a submission that can't be opened at all
    ├── AssignmentError   the author: the spec, the reference or the bank is wrong
    └── UsageError        whoever typed the command

Anything else that is raised is our own fault and ends as `ungraded`, never as a wrong answer.
"""

from collections.abc import Mapping
from typing import TypeAlias

Json: TypeAlias = "None | bool | int | float | str | list[Json] | dict[str, Json]"


class Unreadable(Exception):
    """An answer that can't be read; becomes the verdict `invalid`.

    Holds data, not sentences: `feedback.py` has the words.

    Args:
        code: The stable name of what is wrong, such as `unknown_symbol`.
        span: Columns `[start, end)` in the text as it was typed, or None.
        data: What the sentence needs, such as the symbol that is unknown.
    """

    def __init__(self, code: str, span: tuple[int, int] | None = None, **data: Json) -> None:
        super().__init__(code)
        self.code = code
        self.span = span
        self.data: Mapping[str, Json] = data


class SubmissionError(Exception):
    """A submission that can't be opened; the message is one line for staff."""


class AssignmentError(Exception):
    """The assignment itself is wrong; the message says where and what to mend."""


class UsageError(Exception):
    """A command that can't be carried out as typed; the message says what to type."""
