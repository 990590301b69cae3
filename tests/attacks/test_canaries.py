"""No word of the key reaches a child: neither in what it is sent nor anywhere in its memory."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from attacks.course import HONEST, MARK, Course, file_of, make_canaries, make_course
from autograder.assignment import load
from autograder.classroom import open_grader
from autograder.formats import read_file
from autograder.grading import grade
from autograder.sandbox import Job, Sandbox
from autograder.sandbox.jobs import write_job
from autograder.sandbox.sandbox import ChildSession
from autograder.verdict import SubmissionResult

# The mark is put together at run time, so that the search doesn't find itself.
SEARCH = f"""
def weigh(x):
    import re
    found, mark = set(), ("{MARK[:4]}" + "{MARK[4:]}").encode()
    with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
        for line in maps:
            area, rights, *_ = line.split()
            start, end = (int(part, 16) for part in area.split("-"))
            if "r" not in rights or "[v" in line:
                continue
            for at in range(start, end, 1 << 24):
                try:
                    memory.seek(at)
                    data = memory.read(min(1 << 24, end - at))
                except (OSError, ValueError, OverflowError):
                    break
                found |= set(re.findall(mark + rb"[a-z]+_[0-9a-f]+", data))
    raise ValueError(f"looked; found {{len(found)}}")
"""


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    """A course with a random word in its reference, its secret and another's submission."""
    made = make_course(tmp_path, make_canaries())
    spec = tmp_path / "assignments/vault/spec.py"
    spec.write_text(spec.read_text().replace("seconds=0.6, memory=512 << 20", "seconds=30"))
    monkeypatch.chdir(tmp_path)
    return made


def graded(course: Course, **answers: str) -> SubmissionResult:
    """Grade one file, as a run does."""
    assignment = load("vault")
    file = course.submissions / "ann.py"
    file.write_text(file_of({**HONEST, **answers}))
    with open_grader(assignment, trusted=True) as grader:
        return grade(read_file(file, assignment), grader)


def test_the_search_finds_what_is_there(course: Course) -> None:
    """A word that the child does hold: its own."""
    word = f'    own = "{MARK}own_00ff"\n    import re\n'
    found = graded(course, c1=SEARCH.replace("    import re\n", word))
    said = next(q.feedback for q in found.questions if q.question == "c1")
    assert "looked; found 1" in said


def test_no_word_of_the_key_is_in_a_child_s_memory(course: Course) -> None:
    """Nor of the secret, nor of another student's file: all of it is read."""
    found = graded(course, c1=SEARCH)
    said = next(q.feedback for q in found.questions if q.question == "c1")
    assert "looked; found 0" in said


def test_no_word_of_the_key_is_sent_for_any_kind(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Jobs of all questions, right and wrong, are looked through as they cross."""
    sent: list[bytes] = []

    class Tapped(ChildSession):
        def run(self, job: Job, limits: Any = None) -> Any:
            sent.append(write_job(job))
            return super().run(job, limits)

    @contextmanager
    def session(self: Sandbox) -> Iterator[ChildSession]:
        tapped = Tapped(self)
        try:
            yield tapped
        finally:
            tapped.close()

    monkeypatch.setattr(Sandbox, "session", session)
    right = graded(course)
    graded(course, c1="def weigh(x): return x\n", g1="width")
    assert all(question.score == question.points for question in right.questions)
    assert len(sent) >= 4
    assert not any(MARK.encode() in payload for payload in sent)
