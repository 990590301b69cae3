"""What holds for every assignment in the repository."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.assignment import Assignment, load
from autograder.examples import trials
from autograder.formats import read_file
from autograder.handout import artefacts, differences
from autograder.kinds.choice import Choice
from autograder.kinds.values import Values

ROOT = Path(__file__).resolve().parents[2]
NAMES = sorted(path.parent.name for path in ROOT.glob("assignments/*/spec.py"))
PLAIN_NAME = re.compile(r"[\w.]+\Z")  # a single symbol occurs in any wording


@pytest.fixture(params=NAMES)
def assignment(request: pytest.FixtureRequest) -> Assignment:
    """Each assignment in turn."""
    return load(str(ROOT / "assignments" / request.param))


def test_generated_files_say_what_the_spec_says(assignment: Assignment) -> None:
    """Byte for byte."""
    assert differences(assignment) == []


def test_the_stub_runs_unfilled(assignment: Assignment) -> None:
    """Without an error or a warning."""
    stub = assignment.folder / "answers.py"
    subprocess.run([sys.executable, "-W", "error", "-B", str(stub)], check=True)


def test_an_untouched_stub_is_blank_everywhere(assignment: Assignment) -> None:
    """Stub and notebook: every question is found, none is answered, none is at fault."""
    for name in ("answers.py", "answers.ipynb"):
        read = read_file(assignment.folder / name, assignment, "student")
        assert set(read.responses) == set(assignment.questions)
        assert {response.text for response in read.responses.values()} == {""}
        assert not any(response.fault for response in read.responses.values())
        assert read.notes == ()


def test_the_reference_is_the_stub_filled_in(assignment: Assignment) -> None:
    """Nothing else differs."""
    stub = artefacts(assignment)["answers.py"]
    reference = (assignment.solution / "answers.py").read_text(encoding="utf-8")
    pattern = r"(.+?)".join(re.escape(part) for part in stub.split("____"))
    filled = re.fullmatch(pattern, reference, re.DOTALL)
    assert filled is not None
    assert not any("____" in answer for answer in filled.groups())


def test_the_reference_passes_every_public_example(assignment: Assignment) -> None:
    """So can a student."""
    reference = read_file(assignment.solution / "answers.py", assignment, "reference")
    found = trials.try_all(trials.plan(assignment, reference, assignment.questions))
    if assignment.has_examples:
        assert found is not None and found.passed == found.total


def test_no_public_file_holds_a_key(assignment: Assignment) -> None:
    """Neither the assignment's folder nor the package; white space doesn't count.

    A list of numbers and a choice are left out: their wording lists what they pick from.
    """
    reference = read_file(assignment.solution / "answers.py", assignment, "reference")
    keys = {
        "".join(reference.responses[question.id].text.split())
        for question in assignment
        if not isinstance(question.kind, Values | Choice)
    }
    found = {
        str(path): key
        for path in public_files(assignment)
        for key in keys
        if not PLAIN_NAME.match(key) and key in "".join(path.read_text("utf-8").split())
    }
    assert found == {}


def public_files(assignment: Assignment) -> list[Path]:
    """What students may read: the assignment's folder and the package."""
    files = [*assignment.folder.iterdir(), *(ROOT / "autograder").rglob("*")]
    return [path for path in files if path.is_file() and "__pycache__" not in path.parts]
