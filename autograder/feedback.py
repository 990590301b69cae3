"""From a code and its data to words: with `sentences.py` the only place with student text."""

import re
from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias, cast

from autograder.errors import AssignmentError, Json
from autograder.sentences import (
    CODE,
    EXAMPLE,
    HEADS,
    NOTES,
    OTHER,
    READING,
    STRUCTURE,
    THINGS,
    TRIED,
    UNNAMED,
    WRONG,
)
from autograder.submission import Note
from autograder.verdict import Finding, Verdict

Level: TypeAlias = Literal["verdict", "hints", "full"]

SENTENCES: Mapping[str, str] = {**READING, **CODE, **WRONG, **OTHER}
OPTIONAL = re.compile(r"\[([^\]]*)\]")
FIELD = re.compile(r"\{(\w+)\}")
DOUBLED = re.compile(r"(?<![\s.])([.?!])\.(?=\s|\Z)")
NEXT = " Next: "
LONGEST = 300  # characters of one filled-in field: four lines of a terminal

# All that the level `verdict` says.
BARE: Mapping[Verdict, str] = {
    Verdict.CORRECT: "Right.",
    Verdict.PARTIAL: "Partly right.",
    Verdict.INCORRECT: "Not right.",
    Verdict.BLANK: "There is no answer.",
    Verdict.INVALID: "The answer can't be read.",
    Verdict.UNGRADED: "Not marked yet.",
}
# What the other levels say when a code has no sentence of its own.
GENERIC: Mapping[Verdict, str] = {
    **BARE,
    Verdict.INCORRECT: SENTENCES["wrong"],
    Verdict.INVALID: "The answer can't be read. Next: compare its form with the question.",
}


def level_of(setting: str, after_due: bool = False) -> Level:
    """The level that an assignment's `feedback` sets, such as `hints; full after due`.

    Errors: AssignmentError when it names no level.
    """
    before, _, after = (part.strip() for part in setting.partition(";"))
    chosen = after.removesuffix("after due").strip() if after and after_due else before
    if chosen not in ("verdict", "hints", "full"):
        raise AssignmentError(f"feedback '{setting}': write verdict, hints or full")
    return cast(Level, chosen)


def known(code: str) -> bool:
    """Whether a code has words of its own."""
    return any(code in each for each in (SENTENCES, STRUCTURE, NOTES, EXAMPLE))


def words(
    code: str,
    data: Mapping[str, Json],
    level: Level = "hints",
    verdict: Verdict = Verdict.INVALID,
) -> str:
    """Say what was found.

    Args:
        verdict: Chooses the sentence for a code without one, and for the level `verdict`.
    """
    if level == "verdict":
        return BARE[verdict]
    if code in STRUCTURE and level == "full":
        return fill(STRUCTURE[code], data)
    if code == "wrong_kind":
        data = {name: THINGS.get(spoken(thing), thing) for name, thing in data.items()}
    if isinstance(names := data.get("in_scope"), list):
        # A name such as _ is there to be ignored.
        data = {**data, "in_scope": [name for name in names if str(name).strip("_")]}
    char = str(data.get("char") or data.get("found") or "")
    code = _precise(code, data)
    if code in ("bad_character", "bad_subscript") and len(char) == 1 and not char.isprintable():
        code, data = "unseen_character", {**data, "point": f"U+{ord(char):04X}"}
    unsaid = Verdict.INCORRECT if code in STRUCTURE else verdict
    return fill(SENTENCES.get(code) or GENERIC[unsaid], data)


def _precise(code: str, data: Mapping[str, Json]) -> str:
    """The sentence for a code, where its data says more than the code does."""
    match code:
        case "unknown_name" | "raises" if data.get("module"):
            return "import_fails"
        case "unknown_name" if data.get("outside"):
            return "unknown_outside"
        case "wrong_shape" if data.get("got") is None:
            return "other_shape"
        case "raises" if data.get("error") == "TypeError":
            return "raises_types"
        case "breaks_off" if data.get("gap"):
            return "gap"
        case "unexpected" if data.get("found") == '"':
            return "stray_quote"
        case "unexpected" if data.get("found") == "_":
            return "stray_line"
    return code


def marked_words(comment: str) -> str:
    """What the person who marked an answer tells the student, at every level."""
    return f"Marked by a person: {comment}" if comment else OTHER["marked"]


def note_words(note: Note) -> str:
    """Say what a note is about."""
    return fill(NOTES.get(note.code) or SENTENCES.get(note.code) or note.code, note.data)


def example_head(code: str) -> str:
    """What a public example came to, in a word or two."""
    return HEADS.get(code, "FAILS")


def example_words(code: str, data: Mapping[str, Json]) -> str:
    """What a public example came to: nothing of it is secret, so that all of it is said."""
    code = _precise(code, data)
    return fill(EXAMPLE.get(code) or SENTENCES.get(code) or GENERIC[Verdict.INCORRECT], data)


def passed_words(subject: str, count: int, others: Sequence[str], only: str) -> str:
    """What is said of code whose examples all pass.

    Args:
        others: Questions whose answers it agrees with.
        only: What alone the examples look at, or empty.
    """
    data: dict[str, Json] = {"subject": subject, "passed": count, "ran": count, "only": only}
    return fill(TRIED["passed"], {**data, "others": [*others]})


def waiting_words(subject: str, missing: Sequence[str]) -> str:
    """What is said of a class while some of its blanks can't be read."""
    return fill(TRIED["waits"], {"subject": subject, "missing": [*missing]})


def absent_words(reason: str, build: str = "") -> str:
    """Why no code was run.

    Args:
        reason: What Python says when torch is imported, or what is wrong with its version.
        build: Which build of torch this system needs, or empty.
    """
    code = "torch_old" if " is older than " in reason else "torch_fails"
    if "No module named 'torch'" in reason:
        code = "no_torch"
    if code == "torch_fails":
        return fill(TRIED[code], {"reason": reason})
    return fill(TRIED[code], {"reason": reason, "how": TRIED[f"get_torch_{build}".strip("_")]})


def without_torch_words(build: str = "") -> str:
    """What to know before the cells of a notebook are run without torch."""
    return fill(TRIED["notebook_without"], {"how": TRIED[f"get_torch_{build}".strip("_")]})


def explain(
    finding: Finding, level: Level, hint: str | None = None, notes: Sequence[Note] = ()
) -> str:
    """All that a student reads below an answer.

    Args:
        hint: The hint of the named mistake; it stands instead of a general next step.
    """
    said = words(finding.code, finding.data, level, finding.verdict)
    if level == "verdict":
        return said
    if hint:
        said = f"{said.partition(NEXT)[0]} {hint}"
    if where := spoken(finding.data.get("where")):
        said = f"{where[0].upper()}{where[1:]}: {said}"
    if finding.code == "left_side_contradicts":
        notes = ()  # they say that the left side was left out
    seen = [note for note in notes if note.code in NOTES]
    return " ".join(dict.fromkeys([said, *(f"Note: {note_words(note)}" for note in seen)]))


def fill(template: str, data: Mapping[str, Json]) -> str:
    """Put data into a sentence; parts whose data is missing are left out or said in general."""
    given = {name: spoken(value) for name, value in data.items()}
    # The shape of a number is said; a list of names that is empty isn't.
    given |= {name: "()" for name in ("got", "asked") if data.get(name) == []}

    def part(match: re.Match[str]) -> str:
        return match[1] if all(given.get(name) for name in FIELD.findall(match[1])) else ""

    def field(match: re.Match[str]) -> str:
        return given.get(match[1]) or UNNAMED.get(match[1], "it")

    # A message that goes into a sentence may end like one.
    return DOUBLED.sub(r"\1", FIELD.sub(field, OPTIONAL.sub(part, template)))


def spoken(value: Json) -> str:
    """Data as it stands in a sentence, on one line: `(2, 3)`, `a, b and c`, `q (3,), d = 2`."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:g}"
        case list() if value and all(isinstance(item, int) for item in value):
            return str(tuple(value))
        case list():
            items = [spoken(item) for item in value]
            return " and ".join(part for part in (", ".join(items[:-1]), *items[-1:]) if part)
        case dict():
            parts = {name: spoken(item) for name, item in value.items() if item is not None}
            signs = {name: " " if isinstance(value[name], list) else " = " for name in parts}
            return ", ".join(f"{name}{signs[name]}{part}" for name, part in parts.items())
    line = " ".join(str(value).split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"
