"""What the plugin does at each of otter's calls; otter itself and the grading are made up."""

import json
import os
import stat
import sys
import warnings
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from made_up import ANSWERS, Bench, assignment, on_disk, submission

from autograder.errors import AssignmentError
from autograder.hosts.gradescope.upload import labels, numbers
from autograder.hosts.otter import plugin
from autograder.renderers.gradescope import Frame
from autograder.verdict import SubmissionResult
from autograder.workers import safely

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # not ours to mend
    pytest.importorskip("otter.test_files")

LAPTOP, IMAGE = SimpleNamespace(otter_run=True), SimpleNamespace(otter_run=False)
Graded = tuple[SubmissionResult, Frame]


class Otter:
    """A root as otter makes it, and the plugin in it.

    Attributes:
        seen: What was beside the files, and in the submission's folder, when they were graded.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.seen: dict[str, Any] = {}
        on_disk(root / "source" / "files" / "autograder-course")
        for name in ("submission", "results"):
            (root / name).mkdir()
        (root / "submission" / "ann.py").write_text("a1 = 'sun'")
        (root / "submission" / ".OTTER_LOG").write_text("a log")
        (root / "submission_metadata.json").write_text('{"id": 7}')
        config = {"assignment": "sky", "visibility": "after_due_date"}
        self.plugin = plugin.Plugin(str(root / "submission" / "ann.py"), {}, config)

    def grade(self, made: Any, folder: Path, output: Path, **options: Any) -> Graded:
        """In the place of `grade_upload`."""
        self.seen = {
            "files": sorted(os.listdir(folder)) if folder.is_dir() else folder.name,
            "metadata": json.loads((folder.parent / "submission_metadata.json").read_text()),
            "mode": stat.S_IMODE(folder.parent.stat().st_mode),
            "left": os.listdir(self.root / "submission"),
            "private": folder.parent,
            "main": getattr(sys.modules["__main__"], "__file__", None),
            **options,
        }
        frame = Frame(numbers(assignment()), labels(assignment()))
        return safely(submission(**{**ANSWERS, "a2": "sun"}), Bench().grader()), frame


@pytest.fixture
def otter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Otter:
    """otter's root, with the assignment and a submission."""
    made = Otter(tmp_path / "autograder")
    monkeypatch.setattr(plugin, "grade_upload", made.grade)
    return made


def results() -> Any:
    """What otter's kernel came to; it failed."""
    set_output: Any = lambda text: None  # noqa: E731
    return SimpleNamespace(results={}, set_output=set_output, _catastrophic_error=OSError("kernel"))


def after(otter: Otter) -> dict[str, Any]:
    """Let otter go on to the end; what it writes to `results.json`."""
    found = results()
    otter.plugin.after_grading(found)
    content: dict[str, Any] = found.to_gradescope_dict(None)
    return content


def test_the_files_are_graded_elsewhere_and_otters_folder_is_empty(otter: Otter) -> None:
    """In a folder of our own, with Gradescope's file about them; afterwards it is gone."""
    main = sys.modules["__main__"]
    otter.plugin.before_grading(LAPTOP)
    assert otter.seen["files"] == [".OTTER_LOG", "ann.py"]
    assert otter.seen["left"] == ["ann.py"]
    assert (otter.root / "submission" / "ann.py").read_text() == ""
    assert otter.seen["metadata"] == {"id": 7}
    assert otter.seen["mode"] == 0o700
    assert otter.seen["visibility"] == "after_due_date"
    assert not otter.seen["private"].exists()
    assert otter.seen["main"] is None  # workers don't import otter's script
    assert sys.modules["__main__"] is main


def test_a_file_alone_is_graded_as_a_file(otter: Otter) -> None:
    """So that its name stands on the results; Gradescope's file is beside it then, too."""
    (otter.root / "submission" / ".OTTER_LOG").unlink()
    otter.plugin.before_grading(LAPTOP)
    assert otter.seen["files"] == "ann.py"
    assert otter.seen["metadata"] == {"id": 7}


def test_the_key_and_the_results_are_closed(otter: Otter) -> None:
    """For all other users."""
    otter.plugin.before_grading(LAPTOP)
    for name in ("source", "results"):
        assert stat.S_IMODE((otter.root / name).stat().st_mode) == 0o700


def test_otters_kernel_runs_an_empty_notebook(otter: Otter) -> None:
    """Whatever otter has read meanwhile."""
    hostile = {"cells": [{"cell_type": "code", "source": "import os"}]}
    assert otter.plugin.before_execution(hostile)["cells"] == []


def test_our_results_stand_where_the_kernels_were(otter: Otter) -> None:
    """Each question with its score; what waits for a person has none and is in no sum."""
    otter.plugin.before_grading(LAPTOP)
    content = after(otter)
    tests = {test["extra_data"]["question"]: test for test in content["tests"]}
    assert [*tests] == [*ANSWERS]
    assert sum(test.get("max_score", 0) for test in content["tests"]) == 4
    assert (tests["a1"]["score"], tests["a2"]["score"]) == (1, 0)
    assert "score" not in tests["c1"] and "2 points wait for a person" in tests["c1"]["output"]
    assert "a2           incorrect   0/1  differs" in otter.plugin.generate_report()


def test_a_grading_that_fails_is_nobodys_zero(
    otter: Otter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every question waits for a person; students read no traceback, staff do."""

    def fails(*given: object, **options: object) -> Graded:
        raise RuntimeError("the key says sun")

    monkeypatch.setattr(plugin, "grade_upload", fails)
    otter.plugin.before_grading(LAPTOP)
    content = after(otter)
    assert len(content["tests"]) == len(ANSWERS)
    assert not [test for test in content["tests"] if "score" in test or "max_score" in test]
    assert "6 points wait for a person" in content["output"]
    assert "the key says sun" not in json.dumps(content)
    assert "the key says sun" in otter.plugin.generate_report()


def test_what_can_not_be_taken_away_ends_otter(
    otter: Otter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It must not go on to run it."""

    def fails(*given: object) -> Path:
        raise PermissionError("the folder takes no changes")

    monkeypatch.setattr(plugin, "take_away", fails)
    with pytest.raises(PermissionError):
        otter.plugin.before_grading(LAPTOP)
    assert otter.seen == {}


def test_a_zip_without_the_course_says_what_to_type(otter: Otter) -> None:
    """`otter generate` alone leaves it out."""
    files = otter.root / "source" / "files"
    files.rename(files.with_name("elsewhere"))
    with pytest.raises(AssignmentError, match="otter generate autograder-course"):
        otter.plugin.before_grading(LAPTOP)
    assert (otter.root / "submission" / "ann.py").read_text() == ""


@pytest.mark.parametrize(("config", "opened"), [(LAPTOP, False), (IMAGE, True)])
def test_in_otters_image_a_child_can_get_to_the_interpreter(
    otter: Otter, monkeypatch: pytest.MonkeyPatch, config: Any, opened: bool
) -> None:
    """It is under a closed /root there; on somebody's own machine nothing is opened."""
    home = otter.root / "root"
    (home / "envs").mkdir(parents=True)
    home.chmod(0o700)
    modes: dict[Path, int] = {}
    monkeypatch.setattr(Path, "chmod", lambda path, mode: modes.update({path: mode}))
    monkeypatch.setattr(sys, "prefix", str(home / "envs" / "otter-env"))
    otter.plugin.before_grading(config)
    assert modes.get(home) == (0o711 if opened else None)


def test_otter_generate_may_ask_for_the_plugin_without_a_submission() -> None:
    """It does so to let plugins change the configuration."""
    assert plugin.Plugin(None, {}, {}).generate_report() == ""
