"""What was packaged, and what to do with it: text for staff."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from autograder.renderers.columns import paragraph
from autograder.renderers.otter import for_otter as for_otter
from autograder.renderers.spreadsheet import number

WHEN = {
    "visible": "immediately",
    "after_due_date": "after the due date",
    "after_published": "when you publish grades",
}
MEGABYTE = 1_000_000


def written(path: Path) -> str:
    """The first line: what was made."""
    size = f"  ({path.stat().st_size / MEGABYTE:.1f} MB)" if path.is_file() else ""
    return f"wrote {path}{size}\n"


def for_students(command: str) -> str:
    """What to do with the student zip."""
    said = (
        "Give it to your students. They unpack it, fill in answers.py or answers.ipynb, and look "
        f"with  {command}  how each answer is read: Python 3.11 or newer, nothing to install. "
        "There is no key in it."
    )
    return "\n".join(["", *paragraph(said)]) + "\n"


def for_gradescope(autograder: float, manual: Mapping[str, float], visibility: str) -> str:
    """What to type into Gradescope's form."""
    waits = ", ".join(f"{name} {number(points)}" for name, points in manual.items())
    total = sum(manual.values())
    rows = [
        ("Create assignment", "Programming Assignment"),
        ("Autograder points", number(autograder)),
        ("Manual grading", f"on, {number(total)} points: {waits}" if manual else "off"),
        ("Total", f"{number(autograder + total)} points"),
        ("Submission size", "1 student, or groups: both work"),
        ("Base image", "the newest Ubuntu with the base variant"),
        ("Container", "0.5 CPU, 0.75 GB RAM is enough; 1 CPU, 1.5 GB is quicker"),
        ("Timeout", "10 minutes"),
        ("Students see", f"verdicts and scores {WHEN[visibility]}"),
    ]
    said = (
        "Upload it under Configure Autograder; the image takes some minutes, and the last line of "
        f"its log says that the key gets {number(autograder)} points. Then hand something in and "
        "look as a student: an account of staff sees more. "
        "What waits for a person shows there without a score."
    )
    return "\n".join(["", *_table(rows), "", *paragraph(said)]) + "\n"


def _table(rows: Sequence[tuple[str, str]]) -> list[str]:
    width = max(len(name) for name, _ in rows) + 2
    return [f"  {name:<{width}}{value}" for name, value in rows]
