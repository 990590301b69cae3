"""The folder that `otter generate` makes its zip of: configuration, our wheel, the course.

otter's `files/` gets one folder. In it are the wheel, which the image installs by its path, and
the assignment with its key, which the plugin reads there. otter's own zip is for staff only.
"""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from autograder.assignment import Assignment
from autograder.errors import UsageError
from autograder.folder import put, unwritable
from autograder.hosts.gradescope.autograder_zip import NOT_FOR_GRADING
from autograder.hosts.otter.takeaway import TESTS
from autograder.hosts.packing import files_of, write_zip
from autograder.hosts.wheel import PACKAGE, wheel_files
from autograder.hosts.workstation import TORCH, TORCH_INDEX
from autograder.reference import open_reference
from autograder.renderers.gradescope import Visibility
from autograder.renderers.otter import COURSE, instructions

PLUGIN = "autograder.hosts.otter.plugin.Plugin"
CONFIG = "otter_config.json"
CONSTRAINTS = "constraints.txt"
SOURCE = "/autograder/source"  # where Gradescope unpacks otter's zip before it installs anything
PYTHON = "3.11"  # the oldest that we run with, and the one that the constraints were tried with
STUB = '''"""otter wants a test; the answers are graded by the plugin in otter_config.json."""

from otter.test_files import test_case

OK_FORMAT = False
name = "autograder"
points = 0


@test_case(points=0)
def nothing_to_test() -> None:
    """No answer is in this process."""
'''


def package_otter(assignment: Assignment, out: Path, visibility: Visibility = "visible") -> Path:
    """Write the folder `OUT/<name>-otter`; one that was made before is replaced whole.

    Args:
        visibility: When students see verdicts and scores.

    Errors: AssignmentError when there is no key; UsageError when something else has the
        folder's name, or it can't be written.
    """
    folder = out / f"{assignment.name}-otter"
    if folder.is_symlink() or (folder.exists() and not _is_ours(folder)):
        raise UsageError(f"{folder} was not made by package; move it away or choose another --out")
    wheel, packed = wheel_files()
    files = otter_files(assignment, wheel, visibility)
    part, old = (out / f".{folder.name}.{each}" for each in ("part", "old"))
    try:
        _remove(part, old)
        for name, data in files.items():
            put(part / name, data)
        write_zip(part / COURSE / wheel, packed)
        if folder.exists():
            folder.rename(old)
        part.rename(folder)
        _remove(old)
    except OSError as error:
        raise unwritable(folder, error) from error
    finally:
        if old.exists() and not folder.exists():
            old.rename(folder)
        shutil.rmtree(part, ignore_errors=True)
    return folder


def otter_files(assignment: Assignment, wheel: str, visibility: Visibility) -> Mapping[str, bytes]:
    """The files of the folder by their names, without the wheel.

    Errors: AssignmentError when there is no key; UsageError when `constraints.txt` is not
        beside the package.
    """
    _ = open_reference(assignment).secret  # made now, so that all submissions have the same
    constraints = PACKAGE.parent / CONSTRAINTS
    if not constraints.is_file():
        raise UsageError(f"there is no {constraints}; package from a copy of the whole project")
    own = {"assignment": assignment.name, "visibility": visibility}
    texts = {
        CONFIG: _json({"plugins": [{PLUGIN: own}], "print_summary": False}),
        "requirements.txt": requirements(wheel),
        "environment.yml": f"dependencies:\n- python={PYTHON}\n",
        f"{TESTS}/answers.py": STUB,
        "README.txt": instructions(assignment.name),
    }
    files = {name: text.encode() for name, text in texts.items()}
    files[f"{COURSE}/{CONSTRAINTS}"] = constraints.read_bytes()
    files |= dict(files_of(assignment.folder, f"{COURSE}/assignments/{assignment.name}"))
    solution = f"{COURSE}/solutions/{assignment.name}"
    return files | dict(files_of(assignment.solution, solution, NOT_FOR_GRADING))


def requirements(wheel: str) -> str:
    """Lines that otter copies as they are into the image's list for pip.

    Paths are absolute: the list that pip reads is a temporary file elsewhere. The build of
    torch is named in full, else one with gigabytes of CUDA could win.
    """
    course = f"{SOURCE}/files/{COURSE}"
    return (
        f"--extra-index-url {TORCH_INDEX}\n"
        f"-c {course}/{CONSTRAINTS}\n"
        f"torch=={TORCH}+cpu\n"
        f"{course}/{wheel}\n"
    )


def _is_ours(folder: Path) -> bool:
    """Whether `package_otter` made a folder; an empty one is as good."""
    try:
        if not any(folder.iterdir()):
            return True
        content = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
        return any(PLUGIN in each for each in content["plugins"])
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _remove(*folders: Path) -> None:
    for folder in folders:
        if folder.exists():
            shutil.rmtree(folder)


def _json(content: Mapping[str, Any]) -> str:
    return json.dumps(content, indent=2) + "\n"
