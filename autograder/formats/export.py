"""A Gradescope "Download Submissions" export: `submission_metadata.yml` and its folders."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from autograder.errors import SubmissionError
from autograder.formats.members import Member

METADATA = "submission_metadata.yml"
NOTHING = ("", "~", "null", "Null", "NULL", "nil")
EARLIEST = float("-inf")


class Submitter(NamedTuple):
    """One person of one submission; `id` is the SID, else the email, else the folder's name."""

    id: str
    email: str | None
    name: str | None


class Handed(NamedTuple):
    """One submission of an export.

    Attributes:
        created: Seconds since 1970, or minus infinity when the export doesn't say.
        score: What Gradescope shows, as written.
        listed: False for a folder that the metadata doesn't know.
    """

    folder: str
    submitters: tuple[Submitter, ...]
    created: float = EARLIEST
    created_at: str | None = None
    score: str | None = None
    listed: bool = True


def metadata_of(members: Sequence[Member]) -> Member | None:
    """The metadata file, at the top or in a folder that holds everything; else it is no export.

    A folder beside others is one student's, whatever it has in it.
    """
    tops = {member.path.parts[0] for member in members if member.path.parts}
    found = [m for m in members if m.path.name == METADATA and len(m.path.parts) <= 2]
    found = [m for m in found if len(m.path.parts) == 1 or len(tops) == 1]
    return min(found, key=lambda member: len(member.path.parts), default=None)


def read_metadata(data: bytes, folders: Sequence[str]) -> list[Handed]:
    """All submissions of an export; folders that the metadata doesn't list come last.

    Errors: SubmissionError when the metadata can't be read.
    """
    content = _load(data)
    listed = [_handed(str(key), value) for key, value in content.items()]
    known = {handed.folder for handed in listed}
    rest = [Handed(f, (Submitter(f, None, None),), listed=False) for f in folders if f not in known]
    return listed + rest


def _load(data: bytes) -> Mapping[object, object]:
    import yaml  # the one reader that needs more than the standard library

    # The base loader keeps text as text: an SID such as 00123 is no octal number. Tags of
    # Ruby's classes mean nothing to it.
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        content = yaml.load(data.decode("utf-8-sig", "replace"), Loader=loader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        brief = " ".join(str(error).split())[:160]
        raise SubmissionError(f"{METADATA}: not YAML: {brief}") from None
    if not isinstance(content, Mapping):
        raise SubmissionError(f"{METADATA}: no submissions in it")
    return content


def _handed(folder: str, content: object) -> Handed:
    fields = content if isinstance(content, Mapping) else {}
    people = fields.get(":submitters")
    submitters = (
        [_submitter(folder, person) for person in people] if isinstance(people, list) else []
    )
    created_at = _text(fields, ":created_at")
    return Handed(
        folder,
        tuple(dict.fromkeys(submitters)) or (Submitter(folder, None, None),),
        _seconds(created_at),
        created_at,
        _text(fields, ":score"),
    )


def _submitter(folder: str, person: object) -> Submitter:
    fields = person if isinstance(person, Mapping) else {}
    sid, email = _text(fields, ":sid"), _text(fields, ":email")
    return Submitter(sid or email or folder, email, _text(fields, ":name"))


def _text(fields: Mapping[object, object], key: str) -> str | None:
    value = fields.get(key)
    text = value.strip() if isinstance(value, str) else ""
    return None if text in NOTHING else text


def _seconds(written: str | None) -> float:
    """A time such as `2026-09-12 13:26:41.000000000 Z`, in seconds since 1970."""
    day, _, rest = (written or "").replace("T", " ").partition(" ")
    clock, _, zone = rest.replace("Z", "+00:00").partition(" ")
    try:
        return datetime.fromisoformat(f"{day}T{clock[:15]}{zone or '+00:00'}").timestamp()
    except ValueError:
        return EARLIEST
