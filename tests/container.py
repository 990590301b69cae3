"""Gradescope's container, imitated: its folders, and its script in an empty environment."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from gradescope_format import assert_valid

from autograder.assignment import Assignment
from autograder.hosts.gradescope.autograder_zip import package_gradescope


class Container:
    """The zip, unpacked below a temporary root and set up; what `setup.sh` installs is at hand."""

    def __init__(self, root: Path, assignment: Assignment) -> None:
        self.root = root
        self.path, self.points, self.manual = package_gradescope(assignment, root / "dist")
        unpack(self.path, root / "source")
        shutil.copy(root / "source" / "run_autograder", root / "run_autograder")
        (root / "source" / ".venv").symlink_to(sys.prefix)
        (root / "results").mkdir()
        self.printed = ""

    def hand_in(self, *paths: Path, name: str = "") -> None:
        """Empty the submission's folder, then copy these files or folders into it."""
        folder = self.root / "submission"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for path in paths:
            copy = shutil.copytree if path.is_dir() else shutil.copy
            copy(path, folder / (name or path.name))

    def grade(self, seconds: float = 120) -> dict[str, Any]:
        """Run it as Gradescope does; what `results.json` says then."""
        ran = subprocess.run(
            ["env", "-i", str(self.root / "run_autograder")],
            cwd="/",
            capture_output=True,
            text=True,
            timeout=seconds,
        )
        assert ran.returncode == 0, ran.stderr
        self.printed = ran.stdout + ran.stderr
        found: dict[str, Any] = json.loads((self.root / "results" / "results.json").read_bytes())
        assert_valid(found)
        return found


def unpack(path: Path, folder: Path) -> None:
    """Unpack a zip as `unzip` does: with the rights of its files."""
    with ZipFile(path) as archive:
        for entry in archive.infolist():
            made = Path(archive.extract(entry, folder))
            made.chmod((entry.external_attr >> 16) & 0o777)
