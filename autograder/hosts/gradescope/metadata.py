"""Gradescope's `submission_metadata.json`: who handed in, when, and what came of it before.

https://gradescope-autograders.readthedocs.io/en/latest/submission_metadata/ – which may change
without notice: every field may be missing or be something else, and nothing depends on one.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from autograder.errors import Json
from autograder.report import Upload

# Bytes. The last results are in it, some 50 kB; lists that are empty take 20 times as much memory.
LARGEST = 10_000_000


@dataclass(frozen=True)
class Handing:
    """What the file says.

    Attributes:
        student: Email, else id, else name of the first who handed it in; empty if nobody has one.
        created: When it was handed in.
        due: When nobody may hand in any more: the late due date where there is one.
    """

    student: str = ""
    created: datetime | None = None
    due: datetime | None = None
    upload: Upload = field(default_factory=Upload)

    def is_over(self, now: datetime) -> bool:
        """Whether the last date is past; a date that isn't known never is."""
        return self.due is not None and now > self.due


def read_handing(path: Path) -> Handing:
    """Read the file. Never raises: what can't be understood is as good as not there."""
    try:
        if path.stat().st_size > LARGEST:
            raise ValueError(f"larger than {LARGEST // 1_000_000} MB")
        content = json.loads(path.read_bytes())
    except FileNotFoundError:
        return Handing()
    except (OSError, ValueError, RecursionError) as error:
        reason = f"{path.name} can't be read: {type(error).__name__}: {error}"
        return Handing(upload=Upload(about=reason))
    return _handing(_object(content))


def _handing(content: Mapping[str, Json]) -> Handing:
    assignment = _object(content.get("assignment"))
    created, due = _time(content.get("created_at")), _time(assignment.get("due_date"))
    late = (created - due).total_seconds() if created and due and created > due else None
    before = [_object(each) for each in _list(content.get("previous_submissions"))]
    return Handing(
        _student(_list(content.get("users"))),
        created,
        _time(assignment.get("late_due_date")) or due,
        Upload(late, len(before), _earlier(before)),
    )


def _student(users: Sequence[Json]) -> str:
    for user in map(_object, users):
        for key in ("email", "id", "name"):
            value = user.get(key)
            named = isinstance(value, str | int) and not isinstance(value, bool)
            if named and str(value).strip():
                return str(value).strip()
    return ""


def _earlier(before: Sequence[Mapping[str, Json]]) -> dict[str, float | None]:
    """Scores by question of the newest submission that has results of ours."""
    for submission in sorted(before, key=_submitted, reverse=True):
        tests = map(_object, _list(_object(submission.get("results")).get("tests")))
        found = {
            str(about["question"]): _score(test.get("score"))
            for test in tests
            if (about := _object(test.get("extra_data"))) and "question" in about
        }
        if found:
            return found
    return {}


def _submitted(submission: Mapping[str, Json]) -> float:
    when = _time(submission.get("submission_time"))
    return when.timestamp() if when else 0


def _score(value: Json) -> float | None:
    """A number, also one in quotes, as other numbers of the file are."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None


def _time(value: Json) -> datetime | None:
    """A time such as `2018-07-01T14:22:32.365935-07:00`; without a zone it is UTC."""
    try:
        found = datetime.fromisoformat(str(value))
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _object(value: Json) -> Mapping[str, Json]:
    return value if isinstance(value, dict) else {}


def _list(value: Json) -> Sequence[Json]:
    return value if isinstance(value, list) else []
