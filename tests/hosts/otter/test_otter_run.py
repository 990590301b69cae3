"""Plain `otter generate` and `otter run`, as an instructor types them, against our own `grade`."""

import json
import os
import pickle
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path
from textwrap import indent
from typing import Any

import nbformat
import pytest

from autograder.assignment import load
from autograder.hosts.otter import package_otter

CLASS = load("attention").solution / "class"
OTTER = Path(sys.executable).with_name("otter")
pytestmark = pytest.mark.skipif(not find_spec("otter"), reason="otter-grader is an extra")


class Touch:
    """Makes a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, tuple[str, int]]:
        return os.open, (str(self.path), os.O_CREAT | os.O_WRONLY)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with otter's zip, made as its README says, and what two students hand in.

    An honest script, and a zip with a hostile notebook.
    """
    root = tmp_path_factory.mktemp("otter")
    folder = package_otter(load("attention"), root)
    lines = (folder / "README.txt").read_text().splitlines()
    command = next(line.split() for line in lines if line.strip().startswith("otter generate"))
    subprocess.run(
        [OTTER, *command[1:], "-o", root / "autograder.zip"],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
    (root / "class").mkdir()
    (root / "class" / "ann.py").write_bytes((CLASS / "jo.py").read_bytes())
    hostile(root, root / "class" / "eve.zip")
    return root


def hostile(root: Path, path: Path) -> None:
    """A right notebook whose code ends or stops what runs it, among files that run when loaded."""
    mark = f"try: open({str(root / 'ran-in-otter')!r}, 'w').close()\nexcept Exception: pass\n"
    notebook = nbformat.read(CLASS / "bo.ipynb", as_version=4)
    for code in (
        f"{mark}import os, signal\nos.kill(os.getppid(), signal.SIGKILL)",
        f"# %% q2d\ndef argmax_attention(q, K, V):\n{indent(mark, ' ')} import os\n os._exit(0)",
        f"# %% q5b_ii\ndef phi(x):\n{indent(mark, ' ')} while True: pass",
    ):
        notebook.cells.append(nbformat.v4.new_code_cell(code))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("answers.ipynb", nbformat.writes(notebook))
        archive.writestr(".OTTER_LOG", pickle.dumps(Touch(root / "ran-in-otter")))
        for module in ("numpy", "torch", "json", "otter/__init__", "autograder/__init__"):
            archive.writestr(f"{module}.py", f"{mark}raise SystemExit")


@pytest.fixture(scope="module")
def ours(place: Path) -> Path:
    """What `autograder grade` makes of the same files."""
    out = place / "out"
    grade = ["-m", "autograder", "grade", "attention", place / "class", "--out", out]
    subprocess.run([sys.executable, *grade], check=True, capture_output=True)
    return out / "results"


@pytest.fixture(scope="module", params=["ann.py", "eve.zip"])
def pair(request: pytest.FixtureRequest, place: Path, ours: Path) -> tuple[Any, Any]:
    """What otter and what we make of a submission."""
    submission = place / "class" / request.param
    out = place / request.param.partition(".")[0]
    out.mkdir()
    run = [OTTER, "run", submission, "-a", place / "autograder.zip", "-o", out]
    subprocess.run(run, check=True, capture_output=True, cwd=place)
    own = json.loads((ours / f"{submission.stem}.json").read_text())
    return json.loads((out / "results.json").read_text()), own


def test_otter_finds_what_we_find(pair: tuple[Any, Any]) -> None:
    """Verdict, code, score, reading and words of every question; the total."""
    otter, own = pair
    assert [test["extra_data"]["question"] for test in otter["tests"]] == [
        question["question"] for question in own["questions"]
    ]
    for test, question in zip(otter["tests"], own["questions"], strict=True):
        found = test["extra_data"]
        assert all(found[key] == question[key] for key in ("verdict", "code", "read_as", "digest"))
        assert test.get("score") == question["score"]
        assert plain(question["feedback"]) in plain(test["output"])
    assert otter["score"] == own["score"]
    assert sum(test.get("max_score", 0) for test in otter["tests"]) == own["points"]
    assert [plain(note) for note in own["notes"]] == [
        plain(part.removeprefix("Note: "))
        for part in otter["output"].split("\n\n")
        if part.startswith("Note: ")
    ]


def test_nothing_of_a_students_runs_in_otters_processes(place: Path, pair: tuple[Any, Any]) -> None:
    """No log is unpickled, no module imported, no cell run; each attack costs its own answer."""
    otter, own = pair
    assert not (place / "ran-in-otter").exists()
    wrong = {q["question"]: q["code"] for q in own["questions"] if q["verdict"] == "invalid"}
    if own["student"] == "eve":
        assert wrong == {"q2d": "exits", "q5b_ii": "timeout"}
        assert otter["score"] == own["points"] - 4


def plain(text: str) -> str:
    """Without the backslashes that keep Markdown from reading it."""
    return text.replace("\\", "")
