"""What a student gets: handout, stub, notebook, and the check with all that it needs.

Everything is copied from the public folders; there is nothing in them to be left out.
"""

from collections.abc import Mapping
from pathlib import Path

from autograder.assignment import Assignment
from autograder.errors import AssignmentError
from autograder.hosts.packing import files_of, write_zip

PACKAGE = Path(__file__).parents[2]
SCRIPT = Path(__file__).parent / "check.py"
HANDED_OUT = ("answers.py", "answers.ipynb", "handout.html")  # to be read and filled in, at the top
NEEDED = "*.py"  # of the public folder: the spec, and the code that it shows


def package_student(assignment: Assignment, out: Path) -> Path:
    """Write `OUT/<name>-student.zip`.

    Errors: AssignmentError when a generated file is missing or says something else than the
        spec; UsageError when the zip can't be written.
    """
    path = out / f"{assignment.name}-student.zip"
    write_zip(path, student_files(assignment))
    return path


def student_files(assignment: Assignment) -> Mapping[str, bytes]:
    """The files of the zip by their names."""
    from autograder.handout import differences

    if stale := differences(assignment):
        raise AssignmentError(
            f"{stale[0]}; say  autograder verify --write {assignment.name}  first"
        )
    files = {name: (assignment.folder / name).read_bytes() for name in HANDED_OUT}
    files["check.py"] = SCRIPT.read_bytes()
    files |= dict(files_of(PACKAGE, "autograder"))
    for path in assignment.folder.glob(NEEDED):
        if path.name not in HANDED_OUT:
            files[f"assignments/{assignment.name}/{path.name}"] = path.read_bytes()
    return files
