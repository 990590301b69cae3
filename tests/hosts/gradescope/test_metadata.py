"""Gradescope's `submission_metadata.json`, whole, odd, and not there."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from autograder.hosts.gradescope.metadata import Handing, read_handing
from autograder.report import Upload

DUE, LATE_DUE = "2026-09-10T23:59:00-07:00", "2026-09-12T23:59:00-07:00"
WHOLE: dict[str, Any] = {
    "id": 123456,
    "created_at": "2026-09-11T08:04:00.365935-07:00",
    "assignment": {
        "due_date": DUE,
        "group_size": 2,
        "group_submission": True,
        "id": 25828,
        "course_id": 1234,
        "late_due_date": LATE_DUE,
        "release_date": "2026-09-01T00:00:00-07:00",
        "title": "Attention",
        "total_points": "36.0",
    },
    "submission_method": "upload",
    "users": [{"email": "ada@x.org", "id": 7, "name": "Ada"}, {"email": "bo@x.org", "id": 8}],
    "previous_submissions": [
        {"submission_time": "2026-09-09T10:00:00-07:00", "score": 1.0, "autograder_error": False},
        {
            "submission_time": "2026-09-10T10:00:00-07:00",
            "score": 2.0,
            "autograder_error": False,
            "results": {
                "tests": [
                    {"name": "a", "score": 1, "extra_data": {"question": "a"}},
                    {"name": "b", "extra_data": {"question": "b"}},
                    {"name": "another grader's", "score": 3},
                ]
            },
        },
    ],
}


def read(tmp_path: Path, content: object) -> Handing:
    """The file with this content, or these bytes."""
    path = tmp_path / "submission_metadata.json"
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return read_handing(path)


def test_all_that_is_used_of_it(tmp_path: Path) -> None:
    """Who, how late, how often, what the last one scored, and when nobody may hand in more."""
    found = read(tmp_path, WHOLE)
    assert found.student == "ada@x.org"
    assert found.upload.late == pytest.approx(8 * 3600 + 5 * 60, abs=1)
    assert found.upload.attempts == 2
    assert found.upload.earlier == {"a": 1.0, "b": None}
    assert not found.is_over(datetime(2026, 9, 13, 6, 58, tzinfo=UTC))
    assert found.is_over(datetime(2026, 9, 13, 7, 0, tzinfo=UTC))


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("odd", [None, 17, "", "x", [], [None], [[]], {}, {"results": 1}, "gone"])
def test_any_field_may_be_missing_or_odd(tmp_path: Path, name: str, odd: object) -> None:
    """Nothing depends on one: the others still say what they say."""
    found = read(tmp_path, {k: v for k, v in {**WHOLE, name: odd}.items() if v != "gone"})
    if name != "users":
        assert found.student == "ada@x.org"
    if name != "previous_submissions":
        assert found.upload.earlier == {"a": 1.0, "b": None}
    if name not in ("created_at", "assignment"):
        assert found.upload.late is not None


@pytest.mark.parametrize(
    "score, known",
    [
        ("0.5", 0.5), ('"0.5"', 0.5), ("9" * 400, None), ("1e999", None), ("NaN", None),
        ("true", None), ('"x"', None), ("[1]", None), ("null", None),
    ],
)  # fmt: skip
def test_an_earlier_score_is_a_number_or_unknown(
    tmp_path: Path, score: str, known: float | None
) -> None:
    """JSON knows numbers that no score can be, and Gradescope writes some of its own in quotes."""
    test = f'{{"score": {score}, "extra_data": {{"question": "a"}}}}'
    text = f'{{"previous_submissions": [{{"results": {{"tests": [{test}]}}}}]}}'
    assert read(tmp_path, text.encode()).upload.earlier == {"a": known}


def test_a_huge_file_is_not_loaded(tmp_path: Path) -> None:
    """It would take the memory that grading needs; staff can read why nothing is known."""
    found = read(tmp_path, b"[" + b"[]," * 4_000_000 + b"[]]")
    assert found.student == "" and "larger than 10 MB" in found.upload.about


@pytest.mark.parametrize("name", WHOLE["assignment"])
@pytest.mark.parametrize("odd", [None, 17, "soon", [], {}, "99999-01-01"])
def test_any_date_may_be_odd(tmp_path: Path, name: str, odd: object) -> None:
    """The other date counts then."""
    found = read(tmp_path, {**WHOLE, "assignment": {**WHOLE["assignment"], name: odd}})
    assert found.is_over(datetime(2026, 9, 13, 8, tzinfo=UTC))


@pytest.mark.parametrize(
    "users, student",
    [
        ([{"email": " ", "id": 7}], "7"),
        ([{"name": "Ada"}], "Ada"),
        ([{"id": True}], ""),
        ([None, {"email": None}, {"email": "bo@x.org"}], "bo@x.org"),
        ([], ""),
    ],
)
def test_who_handed_it_in(tmp_path: Path, users: object, student: str) -> None:
    """The email, else the id, else the name, of the first who has one."""
    assert read(tmp_path, {**WHOLE, "users": users}).student == student


@pytest.mark.parametrize("data", [b"", b"{", b"[1, 2]", b"\xff\xfe", b"[" * 100_000, b"null"])
def test_a_broken_file_costs_nothing_but_what_it_says(tmp_path: Path, data: bytes) -> None:
    """Grading goes on with a nameless student, and staff can read why."""
    found = read(tmp_path, data)
    assert found.student == "" and found.due is None
    assert bool(found.upload.about) == (data not in (b"[1, 2]", b"null"))


def test_without_the_file_nothing_is_amiss(tmp_path: Path) -> None:
    """As on a workstation."""
    assert read_handing(tmp_path / "submission_metadata.json") == Handing(upload=Upload())
