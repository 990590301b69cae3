"""What changed since the last check: better, worse, and never in the way."""

import os
import re
import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from made_up import assignment, filled, on_disk

from autograder.cli import main
from autograder.formats import read_file
from autograder.last_check import FORMAT, NAME, Last, Memory, since
from autograder.report import CheckedAnswer, CheckedProblem, CheckReport, Since, State, Tried

NOW = datetime(2026, 11, 24, 22, 41)
READ, BLANK, UNREADABLE = State.READ, State.BLANK, State.UNREADABLE
PASSED, MISTAKE = State.PASSED, State.MISTAKE


def report(states: str, examples: str = "", digest: str = "d") -> CheckReport:
    """A check of a1, a2, …: r, b, u, and f1, f2, … tried: p, m."""
    of = {"r": READ, "b": BLANK, "u": UNREADABLE, "p": PASSED, "m": MISTAKE}
    answers = [CheckedAnswer(f"a{n}", of[each]) for n, each in enumerate(states, start=1)]
    rows = [CheckedAnswer(f"f{n}", of[each]) for n, each in enumerate(examples, start=1)]
    problems = (CheckedProblem(1, "One", tuple(answers)),)
    tried = Tried(tuple(rows), 0, len(rows), len(rows)) if rows else None
    return CheckReport("hw", "1.0", "a.py", "", problems, tried=tried, digest=digest)


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """A file with answers."""
    path = tmp_path / "réponses 1.py"
    path.touch()
    return path


def kept(path: Path, report: CheckReport) -> Last | None:
    """What is known of a file after one more check."""
    memory = Memory(path, "hw")
    memory.keep(report, memory.last(), NOW)
    return Memory(path, "hw").last()


@pytest.mark.parametrize(
    ("before", "now", "found"),
    [
        (("bbur", ""), ("rrrr", ""), Since("22:41", more=3)),
        (("rrr", ""), ("rub", ""), Since("22:41", lost=("a2", "a3"))),
        (("rr", "mp"), ("rr", "pm"), Since("22:41", passing=("f1",), failing=("f2",))),
        (("bu", ""), ("ub", ""), Since("22:41")),
        (("r", ""), ("r", "m"), Since("22:41")),
        (("r", ""), ("rrb", ""), Since("22:41")),
    ],
    ids=["more", "lost", "examples", "neither read", "first tried now", "new questions"],
)
def test_what_is_another_way(
    answers: Path, before: tuple[str, str], now: tuple[str, str], found: Since
) -> None:
    """Only what was known then is compared."""
    last = kept(answers, report(*before))
    assert last is not None
    assert since(last, report(*now, digest="e"), "22:41") == found


def test_the_same_file_is_known_again(answers: Path) -> None:
    """Whoever forgot to save sees it."""
    last = kept(answers, report("r"))
    assert last is not None and since(last, report("r"), "").same_file


def test_code_that_is_not_tried_keeps_what_is_known(answers: Path) -> None:
    """`-q` tries a part of it."""
    kept(answers, report("rr", "pm"))
    last = kept(answers, report("rr"))
    assert last is not None and last.examples == {"f1": PASSED, "f2": MISTAKE}


def test_files_and_assignments_are_apart(answers: Path) -> None:
    """One memory for a folder."""
    kept(answers, report("r"))
    assert Memory(answers.with_name("b.py"), "hw").last() is None
    assert Memory(answers, "other").last() is None
    assert Memory(answers, "hw").last() is not None


def test_a_folder_of_answers_has_its_memory_inside(answers: Path) -> None:
    """Beside the files."""
    kept(answers.parent, report("r"))
    assert (answers.parent / NAME).is_file()


def test_nothing_of_an_answer_is_kept(answers: Path) -> None:
    """States and a digest only."""
    one = CheckedAnswer("a1", UNREADABLE, "SECRET", "line 3", "SECRET", (0, 1), "SECRET")
    problems = (CheckedProblem(1, "SECRET", (one,)),)
    kept(answers, replace(report("r"), problems=problems))
    assert "SECRET" not in (answers.parent / NAME).read_text()
    assert sorted(os.listdir(answers.parent)) == [NAME, answers.name]


@pytest.mark.parametrize(
    "content",
    [
        "", "{", "[]", "null", "3", '{"format": "x"}', '{"format": 1}',
        '{"format": 1, "checks": 3}', '{"format": 1, "checks": {"hw/réponses 1.py": 3}}',
        "[" * 100_000, "\ud800",
        '{"format": 1, "checks": {"hw/réponses 1.py": {"at": "now", "digest": "",'
        ' "answers": {}, "examples": {}}}}',
        '{"format": 1, "checks": {"hw/réponses 1.py": {"at": "2026-11-24", "digest": "",'
        ' "answers": {"a1": "great"}, "examples": []}}}',
    ],
)  # fmt: skip
def test_a_damaged_memory_is_none_and_is_mended(answers: Path, content: str) -> None:
    """The check goes on; the next one knows again."""
    (answers.parent / NAME).write_bytes(content.encode("utf-8", "surrogatepass"))
    assert Memory(answers, "hw").last() is None
    assert kept(answers, report("r")) is not None


def test_a_memory_of_a_later_version_stays_as_it_is(answers: Path) -> None:
    """Whoever wrote it can read it."""
    text = f'{{"format": {FORMAT + 1}, "checks": {{}}}}'
    (answers.parent / NAME).write_text(text)
    assert kept(answers, report("r")) is None
    assert (answers.parent / NAME).read_text() == text


def test_where_nothing_can_be_written_nothing_is_remembered(answers: Path) -> None:
    """Not a word, and nothing half done is left."""
    (answers.parent / NAME).mkdir()
    assert kept(answers, report("r")) is None
    assert sorted(os.listdir(answers.parent)) == [NAME, answers.name]
    memory = Memory(answers, "hw")
    shutil.rmtree(answers.parent)
    memory.keep(report("r"), None, NOW)


def test_a_link_in_its_place_is_replaced_and_not_followed(answers: Path, tmp_path: Path) -> None:
    """What it points at is somebody else's."""
    other = tmp_path / "other.txt"
    other.write_text("mine")
    (answers.parent / NAME).symlink_to(other)
    assert kept(answers, report("r")) is not None
    assert other.read_text() == "mine"


def test_whoever_hands_in_the_folder_does_not_hand_it_in(
    answers: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Neither as a folder nor in an archive."""
    answers.write_text(filled(a1="sun"))
    kept(answers, report("r"))
    archive = shutil.make_archive(str(tmp_path_factory.mktemp("zip") / "a"), "zip", answers.parent)
    for path in (answers.parent, Path(archive)):
        found = read_file(path, assignment())
        assert (found.responses["a1"].text, found.notes) == ("sun", ())


def test_the_second_check_says_what_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """From the command line, also where the first one was of one question."""
    monkeypatch.chdir(on_disk(tmp_path))
    for answers, arguments in (({"a1": "$"}, ["-q", "a1"]), ({"a1": "sun", "a2": "moon"}, [])):
        Path("mine.py").write_text(filled(**answers))
        assert main(["check", "sky", "mine.py", *arguments]) == 1
    first, second = capsys.readouterr().out.split("sky 1.0", 1)
    assert "since" not in first
    assert re.search(r"since \d\d:\d\d: 2 more are read\n", second)


def test_old_files_are_forgotten(answers: Path) -> None:
    """The memory stays small."""
    for n in range(30):
        kept(answers.with_name(f"{n}.py"), report("r"))
    assert Memory(answers.with_name("3.py"), "hw").last() is None
    assert Memory(answers.with_name("29.py"), "hw").last() is not None
