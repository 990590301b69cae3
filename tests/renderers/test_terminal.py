"""The class's summary for staff."""

from dataclasses import replace

from goldfile import assert_gold

from autograder.renderers.terminal import class_text, student_lines, title
from autograder.summary import class_report
from autograder.verdict import QuestionResult, SubmissionResult, Verdict

SHARES = {"correct": 1.0, "partial": 0.5, "ungraded": None}


def answer(name: str, verdict: str, code: str, **more: object) -> QuestionResult:
    score = SHARES.get(verdict, 0.0)
    plain = QuestionResult(
        name, Verdict(verdict), code, score, 1, "", "x", False, None, "x", "", f"x{name}"
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def student(name: str, *answers: QuestionResult, file: str = "answers.py") -> SubmissionResult:
    return SubmissionResult("hw", name, file, answers, (), "1.0", "d", "s")


def klass() -> list[SubmissionResult]:
    right, slow = answer("q1", "correct", "right"), answer("q2", "invalid", "timeout", read_as="")
    wrong = answer("q2", "incorrect", "differs", mistake="state of D^3 forgotten")
    waits = answer("q3", "ungraded", "free_response")
    return [
        student("amara", right, answer("q2", "correct", "right"), waits),
        student("bo", right, wrong, replace(waits, digest="other")),
        student("chen", right, wrong, answer("q3", "blank", "untouched"), file="answers.ipynb"),
        student("dana", answer("q1", "ungraded", "undecided"), slow, waits),
        student("a_very_long_student_id", right, answer("q2", "blank", "missing"), waits),
        student("faye", right, answer("q2", "ungraded", "grader_fault", staff_note="KeyError: x")),
        student(
            "lena",
            *(
                answer(q, "ungraded", "not_opened", staff_note="lena.zip: a web page saved as .zip")
                for q in ("q1", "q2", "q3")
            ),
            file="lena.zip",
        ),
    ]


def test_the_summary_of_a_class() -> None:
    """The whole screen, 80 columns."""
    report = class_report(klass(), "1.0", earlier=["zoe"])
    text = title("hw", "1.0", "3f2a91bc", 7, "solutions/hw/class") + "\n\n"
    assert_gold(text + class_text(report, "out", "make grade"), "class")


def test_of_a_large_class_only_remarkable_rows_are_listed() -> None:
    """The others are counted and stand in grades.csv."""
    many = [student(f"s{n:03}", answer("q1", "correct", "right")) for n in range(40)]
    rows = class_report([*many, *klass()], "1.0").rows
    lines = list(student_lines(rows, "out"))
    assert [line.split()[0] for line in lines[1:-1]] == ["faye", "dana", "lena"]
    assert lines[-1] == "44 others: out/grades.csv"


def test_an_empty_class_has_no_figures() -> None:
    """Nothing is divided by nobody."""
    report = class_report([klass()[-1]], "1.0")
    assert "mean" not in class_text(report, "out", "again")


def test_the_best_come_first_and_the_unopened_last() -> None:
    """By the share of the points that are in."""
    rows = [row.student for row in class_report(klass(), "1.0").rows]
    assert rows[0] == "amara" and rows[-1] == "lena"


def test_the_hardest_question_names_its_commonest_mistake() -> None:
    """Right of judged; blank and ungraded answers are no mistakes."""
    hard = class_report(klass(), "1.0").hardest
    assert [(h.question, h.right, h.judged, h.times, h.mistake) for h in hard] == [
        ("q2", 1, 5, 2, "state of D^3 forgotten")
    ]
