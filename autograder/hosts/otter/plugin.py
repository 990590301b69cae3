"""The plugin that joins otter-grader to our engine: otter runs nothing of the student's.

otter calls `during_generate` while it makes its zip. For a submission it calls, in this order:
`before_grading`, before it unpickles a student's log or starts its kernel; `before_execution` with
what the kernel is going to run; `after_grading` with the kernel's results; `generate_report`.
Source: otter-grader 7.0, `otter/run/run_autograder/runners`, `otter/execute` and `otter/generate`;
on a plugin it calls whatever methods there are, so that this is no subclass.
"""

import os
import shutil
import stat
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

from autograder.assignment import Assignment, load
from autograder.errors import AssignmentError
from autograder.hosts.gradescope.upload import METADATA, grade_upload, labels, numbers
from autograder.hosts.otter.generating import complete
from autograder.hosts.otter.scores import put_in
from autograder.hosts.otter.takeaway import TESTS, take_away
from autograder.outcome import nothing_graded, place_of
from autograder.renderers.gradescope import Frame, staff_text
from autograder.renderers.otter import COURSE
from autograder.submission import Submission
from autograder.verdict import SubmissionResult


class Plugin:
    """What otter makes for one submission.

    Args:
        submission_path: The file that otter has chosen, in the submission's folder; None
            while `otter generate` asks for the plugin.
        submission_metadata: Read again from its file, by the reader for Gradescope's.
        plugin_config: From `otter_config.json`: `assignment` and `visibility`.
    """

    def __init__(
        self,
        submission_path: str | None,
        submission_metadata: object,
        plugin_config: Mapping[str, Any],
    ) -> None:
        self._path = Path(submission_path or "")
        self._config = plugin_config
        self._graded: tuple[SubmissionResult, Frame] | None = None

    def during_generate(self, config: object, assignment: object) -> None:
        """While `otter generate` makes its zip: the course belongs in it.

        Errors: UsageError when it can't get there, SystemExit on the command line.
        """
        complete()

    def before_grading(self, config: Any) -> None:
        """Take the student's files away and grade them.

        Errors: OSError when they can't be taken away, AssignmentError when the assignment is
            not there or can't be read: otter then ends without a result.
        """
        root = self._path.parents[1]
        files = root / "source" / "files"
        with TemporaryDirectory(prefix="autograder-", ignore_cleanup_errors=True) as private:
            copied = {TESTS, *(os.listdir(files) if files.is_dir() else ())}
            taken = take_away(self._path, Path(private), copied)
            _close(root / "source", root / "results", root / METADATA)
            if not config.otter_run:
                _open_interpreter()
            with suppress(OSError):
                shutil.copyfile(root / METADATA, taken.parent / METADATA)
            self._graded = self._grade(self._load(files / COURSE), taken, root / "results")

    def before_execution(self, submission: object) -> Any:
        """Whatever otter has read, an empty notebook is what its kernel runs."""
        import nbformat

        return nbformat.v4.new_notebook()

    def after_grading(self, results: Any) -> None:
        """Put our results in the place of what otter's kernel came to."""
        assert self._graded is not None  # otter ends when `before_grading` fails
        put_in(results, *self._graded)

    def generate_report(self) -> str:
        """What staff see as the output of the run."""
        return staff_text(*self._graded) if self._graded else ""

    def _load(self, course: Path) -> Assignment:
        if not course.is_dir():
            raise AssignmentError(f"otter's zip has no {COURSE}: say  otter generate {COURSE}")
        return load(str(course / "assignments" / self._config["assignment"]))

    def _grade(
        self, assignment: Assignment, taken: Path, results: Path
    ) -> tuple[SubmissionResult, Frame]:
        """Grade; when that fails as a whole, every answer waits for a person."""
        visibility = self._config.get("visibility", "visible")
        try:
            with _without_main():
                return grade_upload(
                    assignment, taken, results / "results.json", visibility=visibility
                )
        except Exception as error:
            empty = Submission("student", taken.name, {}, ())
            result = nothing_graded(empty, assignment, place_of(error))
            frame = Frame(numbers(assignment), labels(assignment), visibility)
            return replace(result, notes=()), frame  # the note is for staff, who have it anyway


@contextmanager
def _without_main() -> Iterator[None]:
    """Our workers would import otter's script, and with it otter: a second, 100 MB."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _close(*paths: Path) -> None:
    """Let nobody else at these folders and files, where we may say so."""
    for path in paths:
        with suppress(OSError):
            path.chmod(0o700 if path.is_dir() else 0o600)


def _open_interpreter() -> None:
    """In otter's image Python is under /root: let the student's code, another user's, get there.

    It may pass through the folders and list none of them.
    """
    for folder in Path(sys.prefix).parents:
        with suppress(OSError):
            mode = stat.S_IMODE(folder.stat().st_mode)
            if mode & stat.S_IXOTH == 0:
                folder.chmod(mode | stat.S_IXGRP | stat.S_IXOTH)
