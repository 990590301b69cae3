"""Gradescope's `autograder.zip`: the whole grader with one assignment and its key.

https://gradescope-autograders.readthedocs.io/en/latest/specs/
"""

import shlex
from collections.abc import Mapping
from pathlib import Path

from autograder.assignment import Assignment
from autograder.errors import AssignmentError
from autograder.hosts.packing import files_of, write_zip
from autograder.hosts.student.student_zip import PACKAGE
from autograder.reference import open_reference
from autograder.renderers.gradescope import Visibility
from autograder.renderers.spreadsheet import number

SCRIPTS = ("setup.sh", "run_autograder")
PROJECT = ("pyproject.toml", "constraints.txt", "README.md", "LICENSE")  # what pip needs
NOT_FOR_GRADING = ("class",)  # of the solution's folder
SECONDS = 570  # of the 600 that Gradescope allows: time to say that there were not enough


def package_gradescope(
    assignment: Assignment, out: Path, visibility: Visibility = "visible"
) -> tuple[Path, float, Mapping[str, float]]:
    """Write `OUT/autograder.zip`; the path, then the points that staff type into the form.

    These are the sum of all `max_score`, and the questions that a person marks with theirs.

    Errors: AssignmentError when there is no key; UsageError when the zip can't be written.
    """
    path = out / "autograder.zip"
    write_zip(path, gradescope_files(assignment, visibility), SCRIPTS)
    manual = {each.id: each.points for each in assignment if each.kind.form == "prose"}
    return path, _points(assignment), manual


def gradescope_files(assignment: Assignment, visibility: Visibility) -> Mapping[str, bytes]:
    """The files of the zip by their names; the secret key of the probes is among them.

    Errors: AssignmentError when there is no key.
    """
    _ = open_reference(assignment).secret  # made now, so that all submissions have the same
    project = PACKAGE.parent
    if missing := [name for name in PROJECT if not (project / name).is_file()]:
        raise AssignmentError(f"{missing[0]} is not beside the package; use a checkout")
    files = {name: (Path(__file__).parent / name).read_bytes() for name in SCRIPTS}
    values = {
        "ASSIGNMENT": assignment.name,
        "VISIBILITY": visibility,
        "SECONDS_AT_MOST": SECONDS,
        "POINTS": number(_points(assignment)),
    }
    lines = [f"{name}={shlex.quote(str(value))}\n" for name, value in values.items()]
    files["settings"] = "".join(lines).encode()
    files |= {name: (project / name).read_bytes() for name in PROJECT}
    files |= dict(files_of(PACKAGE, "autograder"))
    files |= dict(files_of(assignment.folder, f"assignments/{assignment.name}"))
    folder = f"solutions/{assignment.name}"
    return files | dict(files_of(assignment.solution, folder, NOT_FOR_GRADING))


def _points(assignment: Assignment) -> float:
    """All that the grader gives by itself."""
    return sum(each.points for each in assignment if each.kind.form != "prose")
