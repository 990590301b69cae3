"""`autograder.zip` and what it does in Gradescope's container."""

import re
import stat
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from container import Container

from autograder.assignment import load
from autograder.cli import main
from autograder.hosts.gradescope.autograder_zip import gradescope_files, package_gradescope

ATTENTION = load("attention")
CLASS = ATTENTION.solution / "class"
NOT_A_GRADE = "not your fault, and it is no grade"


@pytest.fixture(scope="module")
def container(tmp_path_factory: pytest.TempPathFactory) -> Container:
    """One container, as for a course."""
    return Container(tmp_path_factory.mktemp("autograder"), ATTENTION)


def test_the_zip_has_what_grading_needs_and_no_more(tmp_path: Path) -> None:
    """Scripts at the root that can be run, the key and its secret; nobody's submission."""
    path, _, _ = package_gradescope(ATTENTION, tmp_path)
    with ZipFile(path) as archive:
        modes = {each.filename: each.external_attr >> 16 for each in archive.infolist()}
    assert path.name == "autograder.zip"
    assert all(modes[name] & stat.S_IXUSR for name in ("setup.sh", "run_autograder"))
    assert {"solutions/attention/answers.py", "solutions/attention/secret"} <= set(modes)
    assert not [name for name in modes if re.search(r"/class/|__pycache__|\.pyc|tests/|/\.", name)]


def test_the_zip_is_the_same_each_time(tmp_path: Path) -> None:
    """So that staff see when an upload would change nothing."""
    first = package_gradescope(ATTENTION, tmp_path / "a")[0].read_bytes()
    assert package_gradescope(ATTENTION, tmp_path / "b")[0].read_bytes() == first


def test_the_scripts_have_no_syntax_error_and_download_nothing_when_grading() -> None:
    """Only setup.sh uses the network."""
    files = gradescope_files(ATTENTION, "visible")
    assert not re.search(rb"pip|apt-get|curl|wget", files["run_autograder"])
    assert b"workstation.py" in files["setup.sh"]


def test_what_staff_type_is_what_the_grader_gives(
    container: Container, capsys: pytest.CaptureFixture[str]
) -> None:
    """The printed points are the sum of all max_score of a full submission; the rest is manual."""
    assert main(["package", "attention", "gradescope", "--out", str(container.root / "d")]) == 0
    printed = capsys.readouterr().out
    container.hand_in(CLASS / "amara.py")
    found = container.grade()
    points = sum(each.get("max_score", 0) for each in found["tests"])
    assert points == container.points == 34
    assert f"Autograder points  {points:g}" in printed
    assert "Manual grading     on, 2 points: q2c 2" in printed
    (waits,) = [each for each in found["tests"] if "score" not in each]
    assert waits["number"] == "2.3" and "2 points wait for a person" in waits["output"]
    # Staff alone read what the grader prints.
    assert found["stdout_visibility"] == "hidden"
    assert re.search(r"q1a +correct +1/1  right", container.printed)


def test_earlier_results_are_for_the_grader_alone(container: Container) -> None:
    """They lie beside the submission: verdicts and scores that students may not see yet."""
    metadata = container.root / "submission_metadata.json"
    metadata.write_text("{}")
    metadata.chmod(0o644)
    container.hand_in()
    container.grade()
    private = (metadata, container.root / "results", container.root / "submission")
    assert [path.stat().st_mode & 0o077 for path in private] == [0, 0, 0]
    metadata.unlink()


def test_an_empty_upload_is_told_what_to_hand_in(container: Container) -> None:
    """An old result is gone; nothing is a traceback."""
    container.hand_in()
    (container.root / "results" / "results.json").write_text('{"score": 99, "tests": []}')
    found = container.grade()
    assert found["score"] == 0
    (box,) = found["tests"]
    assert "no .py, .ipynb, .json or .zip in it" in box["output"]
    assert "Next: upload answers.py" in box["output"]
    assert "Traceback" not in container.printed


@pytest.mark.parametrize(
    "breaks, says",
    [
        ("echo '(' > {root}/source/autograder/cli.py", "Grading has not begun"),
        ("rm -r {root}/source/solutions", "The grader failed"),
        ("echo SECONDS_AT_MOST=0.1 >> {root}/source/settings", "Grading has not"),
    ],
)
def test_when_everything_dies_the_student_reads_that_it_is_no_grade(
    tmp_path: Path, breaks: str, says: str
) -> None:
    """The package or the key is damaged, or the time is over: valid JSON with a clear message."""
    broken = Container(tmp_path, ATTENTION)
    subprocess.run(breaks.format(root=tmp_path), shell=True, check=True)
    broken.hand_in(CLASS / "amara.py")
    found = broken.grade()
    assert says in found["output"]
    assert "not your fault" in found["output"] and found["tests"] == []


def test_a_result_that_can_not_be_written_is_a_failure(tmp_path: Path) -> None:
    """Gradescope then shows one, in place of what stood there before."""
    broken = Container(tmp_path, ATTENTION)
    (tmp_path / "results").rmdir()
    (tmp_path / "results").write_text("a file")
    command = ["env", "-i", str(tmp_path / "run_autograder")]
    ran = subprocess.run(command, capture_output=True, text=True)
    assert ran.returncode == 1 and "results.json can't be written" in ran.stderr
    assert broken.path.is_file()


@pytest.mark.parametrize("full", ["ln -s /dev/full", "mkdir"])
def test_on_a_full_disk_no_old_score_is_left(container: Container, full: str) -> None:
    """It makes room for a new one, or it is gone."""
    results = container.root / "results"
    (results / "results.json").write_text('{"score": 99, "tests": []}')
    subprocess.run(f"{full} {results}/.say.part", shell=True, check=True)
    container.hand_in()
    ran = subprocess.run(["env", "-i", str(container.root / "run_autograder")], capture_output=True)
    if full == "mkdir":  # nothing at all can be written there
        assert ran.returncode == 1 and not (results / "results.json").exists()
        (results / ".say.part").rmdir()
    else:
        assert "Nothing could be opened" in (results / "results.json").read_text()


def test_without_the_libraries_nothing_is_wrong_and_nothing_is_lost(tmp_path: Path) -> None:
    """Set-up failed half-way: what can't be judged waits, and costs no points."""
    broken = Container(tmp_path, ATTENTION)
    home = tmp_path / "source" / ".venv"
    home.unlink()
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True)
    broken.hand_in(CLASS / "amara.py")
    found = broken.grade()
    assert "36 points wait for a person" in found["output"]
    assert not any("score" in each for each in found["tests"])
