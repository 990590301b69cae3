"""The shipped class, graded everywhere: the same verdicts, scores, codes and words."""

import json
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from container import Container
from gradescope_format import assert_gold

from autograder.assignment import load
from autograder.hosts.otter import package_otter
from autograder.renderers.gradescope import code, escaped

ATTENTION = load("attention")
CLASS = ATTENTION.solution / "class"
EXPORT = CLASS / "assignment_4711_export"
SAME = ("amara", "bo", "chen")  # the same answers as .py, .ipynb and .json
# What otter refuses before it asks a plugin: a sheet, a folder in a zip, what is no zip.
NOT_FOR_OTTER = {"chen", "goran", "lena"}
AT_ONCE = 2


class Judged(NamedTuple):
    """What must be the same of one answer."""

    verdict: str
    code: str
    score: float | None
    words: str


def submissions() -> dict[str, Path]:
    """Every submission of the class by its student."""
    found = {path.stem: path for path in CLASS.iterdir() if path != EXPORT and path.name[0] != "."}
    return found | {"mio": EXPORT / "submission_901", "noor": EXPORT / "submission_902"}


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    """The results files that `autograder grade` writes, by student."""
    out = tmp_path_factory.mktemp("out")
    command = [sys.executable, "-m", "autograder", "grade", "attention", str(CLASS)]
    subprocess.run([*command, "--out", str(out)], check=True, capture_output=True)
    return {path.stem: json.loads(path.read_bytes()) for path in (out / "results").iterdir()}


@pytest.fixture(scope="module")
def uploaded(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    """The `results.json` of each, from Gradescope's container."""
    containers = [Container(tmp_path_factory.mktemp("root"), ATTENTION) for _ in range(AT_ONCE)]

    def grade(student: str) -> tuple[str, Any]:
        container = containers.pop()
        try:
            path = submissions()[student]
            container.hand_in(*(path.iterdir() if path.is_dir() else [path]))
            return student, container.grade()
        finally:
            containers.append(container)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return dict(pool.map(grade, submissions()))


@pytest.fixture(scope="module")
def with_otter(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    """The `results.json` of each, from `otter generate` and `otter run`."""
    root = tmp_path_factory.mktemp("otter")
    folder = package_otter(ATTENTION, root)
    otter = str(Path(sys.executable).with_name("otter"))
    made = root / "autograder.zip"
    subprocess.run(
        [otter, "generate", "-o", str(made)], cwd=folder, check=True, capture_output=True
    )

    def grade(student: str) -> tuple[str, Any]:
        path, out = submissions()[student], root / student
        (path,) = path.iterdir() if path.is_dir() else [path]
        out.mkdir()
        command = [otter, "run", str(path), "-a", str(made), "-o", str(out)]
        subprocess.run(command, check=True, capture_output=True)
        return student, json.loads((out / "results.json").read_bytes())

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return dict(pool.map(grade, sorted(set(submissions()) - NOT_FOR_OTTER)))


def own(result: Any) -> dict[str, Judged]:
    """What our results file says, as a host may show it."""
    return {
        each["question"]: Judged(
            each["verdict"], each["code"], each["score"], escaped(each["feedback"])
        )
        for each in result["questions"]
        if each["code"] != "not_opened"
    }


def shown(content: Any, words: Mapping[str, Judged]) -> dict[str, Judged]:
    """What a host's file says; of the text what our results file says, if that is in it."""
    found = {}
    for each in content["tests"]:
        about = each.get("extra_data", {})
        if "question" not in about:
            continue
        said = words[about["question"]].words
        text = said if said in each["output"].split("\n\n") else each["output"]
        found[about["question"]] = Judged(about["verdict"], about["code"], each.get("score"), text)
        if about["read_as"]:
            assert code(about["read_as"]) in each["output"]
    return found


def test_the_class_is_whole(graded: Mapping[str, Any]) -> None:
    """Nobody is left out of the comparison."""
    assert set(graded) == set(submissions())


def test_gradescope_grades_as_the_command_line(
    graded: Mapping[str, Any], uploaded: Mapping[str, Any]
) -> None:
    """Every answer of the class; and the sum is the score."""
    for student, result in graded.items():
        mine = own(result)
        assert shown(uploaded[student], mine) == mine, student
        assert uploaded[student]["score"] == result["score"], student


@pytest.mark.parametrize("student", ["femi", "kai", "lena"])
def test_the_whole_file_is_the_one_that_was_read(student: str, uploaded: Mapping[str, Any]) -> None:
    """Answers that can't be read, one that can't be decided, and files that can't be opened."""
    content = {k: v for k, v in uploaded[student].items() if k != "execution_time"}
    about = content["extra_data"]
    content["extra_data"] = {k: v for k, v in about.items() if not k.endswith("_digest")}
    assert_gold(content, f"attention_{student}")


def test_otter_grades_as_the_command_line(
    graded: Mapping[str, Any], with_otter: Mapping[str, Any]
) -> None:
    """Every answer of those whose files it takes."""
    for student, content in with_otter.items():
        mine = own(graded[student])
        assert shown(content, mine) == mine, student
        assert content["score"] == graded[student]["score"], student


def test_one_students_answers_are_the_same_in_every_format(
    graded: Mapping[str, Any], uploaded: Mapping[str, Any]
) -> None:
    """As a file, a notebook and a sheet: all are right, however they are written."""
    for results in (graded, uploaded):
        assert {results[student]["score"] for student in SAME} == {34}
