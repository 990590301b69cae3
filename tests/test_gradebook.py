"""The output folder: contents, reruns, marks, and what is safe to open."""

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from made_up import ANSWERS, Bench, assignment, submission

from autograder.errors import UsageError
from autograder.gradebook import Gradebook, file_name
from autograder.grading import grade
from autograder.verdict import SubmissionResult, Verdict

ESSAY = {"c1": "an essay"}


def result(student: str = "ann", **answers: str) -> SubmissionResult:
    made = grade(submission(student, **(answers or ANSWERS)), Bench().grader())
    return replace(made, assignment_digest=assignment().digest())


def write(out: Path, *results: SubmissionResult, hints: str = "") -> Gradebook:
    book = Gradebook(out, assignment(), hints)
    book.start()
    for each in results:
        book.add(each)
    book.close({})
    return book


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def fill(out: Path, change: Callable[[dict[str, str]], None]) -> None:
    """Fill marks.csv in as a person would."""
    found = rows(out / "marks.csv")
    for row in found:
        change(row)
    with (out / "marks.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(found[0]))
        writer.writeheader()
        writer.writerows(found)


def test_a_result_has_the_fields_of_the_contract(tmp_path: Path) -> None:
    """Names and totals as other programs read them; a waiting score is null."""
    write(tmp_path, result())
    found = json.loads((tmp_path / "results/ann.json").read_text())
    assert (
        list(found)
        == (
            "format assignment student submission score points points_total complete notes"
            " questions autograder"
        ).split()
    )
    assert (
        list(found["questions"][0])
        == (
            "question verdict code score points feedback read_as proved mistake answer staff_note"
            " digest"
        ).split()
    )
    assert list(found["autograder"]) == ["version", "assignment_digest", "submission_digest"]
    assert (found["score"], found["points"], found["points_total"]) == (4, 4, 6)
    assert found["questions"][-1]["score"] is None


def test_grades_have_a_row_a_student_and_a_column_a_question(tmp_path: Path) -> None:
    """Scores are numbers, and a cell without a score is empty."""
    write(tmp_path, result("bo", a1="mars"), result("ann"))
    found = rows(tmp_path / "grades.csv")
    assert [row["student"] for row in found] == ["ann", "bo"]
    assert [found[0][name] for name in ("a1", "c1", "score", "points")] == ["1", "", "4", "4"]
    assert [found[1][name] for name in ("a1", "score", "points_total")] == ["0", "0", "6"]


def test_equal_input_gives_equal_bytes(tmp_path: Path) -> None:
    """Results, grades and marks depend on nothing but what was graded."""
    for name, order in (("one", ("ann", "bo")), ("two", ("bo", "ann"))):
        write(tmp_path / name, *(result(student) for student in order))
    for file in ("results/ann.json", "grades.csv", "marks.csv"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_a_rerun_without_a_change_replaces_nothing(tmp_path: Path) -> None:
    """Earlier results are kept and nothing moves."""
    first = result()
    write(tmp_path, first)
    book = Gradebook(tmp_path, assignment())
    assert book.kept(submission(**ANSWERS)) == first
    book.close({})
    assert not (tmp_path / "previous").exists()


@pytest.mark.parametrize("field", ["version", "assignment_digest", "submission_digest"])
def test_what_depends_on_a_change_is_graded_again(tmp_path: Path, field: str) -> None:
    """Another version, key or submission makes the old result stale."""
    write(tmp_path, replace(result(), **{field: "another"}))  # type: ignore[arg-type]
    assert Gradebook(tmp_path, assignment()).kept(submission(**ANSWERS)) is None


def test_another_bank_makes_all_words_stale_even_after_an_interruption(tmp_path: Path) -> None:
    """A run that stops half-way doesn't make the other half look current."""
    write(tmp_path, result("ann"), result("bo"), hints="old")
    stopped = Gradebook(tmp_path, assignment(), "new")
    stopped.start()
    stopped.add(result("ann"))
    stopped.close({})
    book = Gradebook(tmp_path, assignment(), "new")
    assert book.kept(submission("ann", **ANSWERS)) is not None
    assert book.kept(submission("bo", **ANSWERS)) is None


def test_a_fault_of_the_grader_is_tried_again(tmp_path: Path) -> None:
    """A result with a grader_fault is never kept."""
    made = grade(submission(**ANSWERS), Bench(key={}).grader())
    write(tmp_path, replace(made, assignment_digest=assignment().digest()))
    assert Gradebook(tmp_path, assignment()).kept(submission(**ANSWERS)) is None


def test_what_a_rerun_replaces_is_kept_below_previous(tmp_path: Path) -> None:
    """Only files that changed, in a folder a run."""
    write(tmp_path, result("ann"), result("bo"))
    before = (tmp_path / "results/ann.json").read_bytes()
    write(tmp_path, result("ann", a1="mars"), result("bo"))
    kept = tmp_path / "previous/0001"
    assert (kept / "results/ann.json").read_bytes() == before
    assert sorted(p.name for p in kept.iterdir()) == [
        "grades.csv", "marks.csv", "results", "run.json",
    ]  # fmt: skip
    assert not (kept / "results/bo.json").exists()
    write(tmp_path, result("ann"))
    assert (tmp_path / "previous/0002/results/ann.json").is_file()


def test_marks_ask_once_for_equal_answers(tmp_path: Path) -> None:
    """One row a distinct answer, with count, students and rubric."""
    write(tmp_path, result("ann", **ESSAY), result("bo", c1="an  essay"), result("cy", c1="other"))
    found = rows(tmp_path / "marks.csv")
    assert [(row["question"], row["count"], row["students"]) for row in found] == [
        ("c1", "2", "ann, bo"),
        ("c1", "1", "cy"),
    ]
    assert found[0]["rubric"] == "the rubric"
    assert list(found[0])[-2:] == ["score", "comment"]


def test_a_filled_mark_holds_for_every_equal_answer_now_and_later(tmp_path: Path) -> None:
    """Also for a student who comes later, with the comment as feedback."""
    write(tmp_path, result("ann", **ESSAY))
    fill(tmp_path, lambda row: row.update(score="1.5", comment="Say why."))
    write(tmp_path, result("bo", c1="an essay "))
    for student in ("ann", "bo"):
        found = json.loads((tmp_path / f"results/{student}.json").read_text())
        essay = found["questions"][-1]
        assert (essay["verdict"], essay["code"], essay["score"]) == ("partial", "marked", 1.5)
        assert essay["feedback"] == "Marked by a person: Say why."
        assert found["complete"]


def test_a_filled_row_stays_while_nobody_has_the_answer(tmp_path: Path) -> None:
    """A resubmission doesn't lose what somebody wrote."""
    write(tmp_path, result("ann", **ESSAY))
    fill(tmp_path, lambda row: row.update(score="2"))
    write(tmp_path, result("ann", c1="another"))
    found = rows(tmp_path / "marks.csv")
    assert sorted((row["answer"], row["count"], row["score"]) for row in found) == [
        ("an essay", "0", "2"),
        ("another", "1", ""),
    ]


def test_a_mark_that_is_taken_back_makes_the_answer_wait_again(tmp_path: Path) -> None:
    """An emptied score is no score."""
    write(tmp_path, result("ann", **ESSAY))
    fill(tmp_path, lambda row: row.update(score="2"))
    write(tmp_path, result("ann", **ESSAY))
    fill(tmp_path, lambda row: row.update(score=""))
    assert Gradebook(tmp_path, assignment()).kept(submission("ann", **ESSAY)) is None


def test_a_mark_counts_over_the_graders_verdict(tmp_path: Path) -> None:
    """Staff add a row for any answer; the note says what the grader had said."""
    write(tmp_path, result("ann", a1="mars", c1="an essay"))
    digest = result("ann", a1="mars").questions[0].digest
    with (tmp_path / "marks.csv").open("a") as file:
        file.write(f"a1,{digest},,,,,,1,fair enough\n")
    book = write(tmp_path, result("ann", a1="mars", c1="an essay"))
    marked = book.results[0].questions[0]
    assert (marked.verdict, marked.score) == (Verdict.CORRECT, 1)
    assert marked.staff_note == "marked by a person; the grader said incorrect (differs)"


@pytest.mark.parametrize(
    ("score", "accepted"),
    [("2", True), ("0,5", True), ("two", False), ("3", False), ("nan", False)],
)
def test_a_score_is_a_number_within_the_points(tmp_path: Path, score: str, accepted: bool) -> None:
    """Anything else names the row, and the file stays as it was."""
    write(tmp_path, result("ann", **ESSAY))
    fill(tmp_path, lambda row: row.update(score=score))
    before = (tmp_path / "marks.csv").read_bytes()
    if accepted:
        Gradebook(tmp_path, assignment())
        return
    with pytest.raises(UsageError, match=rf"marks.csv row 2 \(c1\): score '{score}' is not"):
        Gradebook(tmp_path, assignment())
    assert (tmp_path / "marks.csv").read_bytes() == before


def test_two_scores_for_one_answer_are_an_error(tmp_path: Path) -> None:
    """Nobody guesses which of them is meant."""
    write(tmp_path, result("ann", **ESSAY))
    fill(tmp_path, lambda row: row.update(score="2"))
    lines = (tmp_path / "marks.csv").read_text().splitlines()
    (tmp_path / "marks.csv").write_text("\n".join([*lines, lines[1].replace(",2,", ",1,")]))
    with pytest.raises(UsageError, match="row 3: another score for the same answer"):
        Gradebook(tmp_path, assignment())


def test_marks_saved_by_a_spreadsheet_are_read(tmp_path: Path) -> None:
    """Semicolons, a byte order mark and Windows line ends."""
    write(tmp_path, result("ann", **ESSAY))
    fill(tmp_path, lambda row: row.update(score="1,5", comment="gut"))
    cells = [[*row.values()] for row in rows(tmp_path / "marks.csv")]
    header = list(rows(tmp_path / "marks.csv")[0])
    text = "\r\n".join(";".join(row) for row in [header, *cells])
    (tmp_path / "marks.csv").write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert [row.score for row in Gradebook(tmp_path, assignment()).marks.values()] == [1.5]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_text_becomes_a_formula(tmp_path: Path, start: str) -> None:
    """Names and answers are text; numbers stay numbers."""
    write(tmp_path, result(f"{start}cmd", c1=f"{start}1+1"))
    student = rows(tmp_path / "grades.csv")[0]
    assert student["student"] == (f"'{start}cmd" if start.strip() else "cmd")
    assert student["score"] == "0"
    marks = rows(tmp_path / "marks.csv")[0]
    assert marks["students"].startswith("'")
    assert marks["answer"].startswith("'")


@pytest.mark.parametrize(
    "student", ["../up", "a/b", "a b", "", ".", "..", "con", "NUL.txt", "x" * 300, "naïve", ".x"]
)
def test_any_student_id_has_a_safe_file_of_its_own(student: str) -> None:
    """No path, no device, no collision with another id that looks alike."""
    name = file_name(student)
    assert name.isascii() and "/" not in name and not name.startswith(".") and len(name) < 120
    assert name != file_name(student + "_")


def test_an_ordinary_id_is_its_file_name() -> None:
    """So that others find the result of s01 where the contract says."""
    assert [file_name(name) for name in ("s01", "ann@x.edu")] == ["s01", "ann@x.edu"]


def test_text_that_is_no_unicode_is_written_all_the_same(tmp_path: Path) -> None:
    """Half a surrogate pair in an answer breaks no file."""
    write(tmp_path, result("ann", c1="half \ud83d of it"))
    found = json.loads((tmp_path / "results/ann.json").read_text(encoding="utf-8"))
    assert found["questions"][-1]["answer"] == "half \ud83d of it"


def test_a_folder_of_another_assignment_is_refused(tmp_path: Path) -> None:
    """Two classes never share a gradebook."""
    write(tmp_path, replace(result(), assignment="sea"))
    with pytest.raises(UsageError, match="holds results of 'sea'"):
        Gradebook(tmp_path, assignment())


def test_a_damaged_result_is_graded_again(tmp_path: Path) -> None:
    """What can't be read counts as not there."""
    write(tmp_path, result())
    (tmp_path / "results/ann.json").write_text("{")
    assert Gradebook(tmp_path, assignment()).kept(submission(**ANSWERS)) is None


def test_results_of_earlier_runs_stay_in_the_gradebook(tmp_path: Path) -> None:
    """A late submission graded alone doesn't lose the class."""
    write(tmp_path, result("ann"))
    write(tmp_path, result("bo"))
    assert [row["student"] for row in rows(tmp_path / "grades.csv")] == ["ann", "bo"]
