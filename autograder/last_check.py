"""What the last check of a file came to, remembered beside it.

Only states are kept, and a digest of the file: no answer can be read from it. Whatever keeps
the memory from being read or written, the check goes on without.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from autograder.errors import UsageError
from autograder.folder import put
from autograder.report import CheckReport, Since, State

NAME = ".last-check"  # no answers by its name: whoever hands in the folder doesn't hand it in
FORMAT = 1
MOST_BYTES = 200_000
MOST_FILES = 20  # the oldest are forgotten
READ, TRIED = (State.READ,), (State.PASSED, State.MISTAKE)


class Last(NamedTuple):
    """The last check of a file.

    Attributes:
        answers: State by question, as read.
        examples: State by row of the public examples.
    """

    at: datetime
    digest: str
    answers: Mapping[str, State]
    examples: Mapping[str, State]


class Memory:
    """The checks of the files in a folder."""

    def __init__(self, path: Path, assignment: str) -> None:
        """Remember for a file, or a folder of them, that holds answers to an assignment."""
        self._path = (path if path.is_dir() else path.parent) / NAME
        self._key = f"{assignment}/{path.resolve().name}"

    def last(self) -> Last | None:
        """The last check of the file; None when nothing is known of it."""
        with suppress(ValueError, TypeError, KeyError, AttributeError):
            entry = (self._entries() or {})[self._key]
            answers, examples = _states(entry["answers"]), _states(entry["examples"])
            at = datetime.fromisoformat(entry["at"]).replace(tzinfo=None)
            return Last(at, str(entry["digest"]), answers, examples)
        return None

    def keep(self, report: CheckReport, last: Last | None, now: datetime) -> None:
        """Remember a check; code that wasn't tried keeps what is known of it."""
        entries = self._entries()
        if entries is None:
            return
        rows = report.tried.rows if report.tried else ()
        examples = dict(last.examples) if last else {}
        examples |= {row.question: row.state for row in rows if row.state in TRIED}
        entries.pop(self._key, None)
        entries[self._key] = {
            "at": now.isoformat(timespec="seconds"),
            "digest": report.digest,
            "answers": {answer.question: answer.state for answer in report.answers},
            "examples": examples,
        }
        content = {"format": FORMAT, "checks": dict([*entries.items()][-MOST_FILES:])}
        with suppress(UsageError):
            put(self._path, json.dumps(content, indent=1).encode() + b"\n")

    def _entries(self) -> dict[str, Any] | None:
        """What is remembered, by assignment and file; None when it is another version's."""
        if not self._path.is_file():
            return {}
        try:
            with self._path.open("rb") as file:
                content = json.loads(file.read(MOST_BYTES))
            if content["format"] > FORMAT:
                return None
            return dict(content["checks"])
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            return {}


def since(last: Last, report: CheckReport, when: str) -> Since:
    """What is another way now.

    Args:
        when: The last check, in the student's words.
    """
    both = [answer for answer in report.answers if answer.question in last.answers]
    before = {answer.question: last.answers[answer.question] in READ for answer in both}
    lost = [each.question for each in both if before[each.question] and each.state not in READ]
    more = sum(not before[each.question] and each.state in READ for each in both)
    rows = report.tried.rows if report.tried else ()
    turned = [row for row in rows if last.examples.get(row.question, row.state) != row.state]
    passing = [row.question for row in turned if row.state is State.PASSED]
    failing = [row.question for row in turned if row.state is State.MISTAKE]
    same = last.digest == report.digest
    return Since(when, more, tuple(lost), tuple(passing), tuple(failing), same)


def _states(states: Mapping[str, str]) -> dict[str, State]:
    return {str(name): State(state) for name, state in states.items()}
