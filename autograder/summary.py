"""Results of a class, counted and sorted into what staff want to see."""

from collections import Counter
from collections.abc import Sequence

from autograder.report import ClassReport, HardQuestion, StudentRow, Unopened, Waiting
from autograder.verdict import QuestionResult, SubmissionResult, Verdict

OURS = frozenset({"grader_fault", "no_isolation"})  # codes of what no person can mark
HARDEST = 3  # questions listed
# Staff's short words for what deserves a look, most urgent first.
REMARKS = {
    "grader_fault": "NOT GRADED",
    "no_isolation": "NOT GRADED",
    "undecided": "undecided",
    "timeout": "ran out of time",
    "exits": "ends the program",
    "syntax_error": "syntax error",
}


# What became of code that is wrong and makes no mistake that has a name.
FATES = {
    "differs": "returns other values",
    "wrong_shape": "returns another shape",
    "wrong_type": "returns no array",
    "wrong_dtype": "returns another type of number",
    "returned_nothing": "returns nothing",
    "not_finite": "returns inf or nan",
    "raises": "stops with an error",
    "arguments_changed": "changes its arguments",
    "not_deterministic": "returns something else each time",
}


def opened(result: SubmissionResult) -> bool:
    """Whether the submission could be opened at all."""
    return any(question.code != "not_opened" for question in result.questions)


def class_report(
    results: Sequence[SubmissionResult], version: str, earlier: Sequence[str] = ()
) -> ClassReport:
    """Count and sort what staff want to see of a class."""
    seen = [result for result in results if opened(result)]
    rows = sorted((_row(r) for r in results), key=lambda r: (-_share(r.score, r.points), r.student))
    return ClassReport(
        assignment=results[0].assignment if results else "",
        version=version,
        rows=(*(r for r in rows if r.opened), *(r for r in rows if not r.opened)),
        shares=tuple(r.score / r.points for r in rows if r.opened and r.points),
        hardest=tuple(_hardest(seen)),
        waiting=tuple(_waiting(seen)),
        unopened=tuple(_unopened(result) for result in results if not opened(result)),
        faults=tuple(
            f"{r.student} {q.question}: {q.staff_note}"
            for r in seen
            for q in r.questions
            if q.code in OURS
        ),
        earlier=tuple(earlier),
    )


def _unopened(result: SubmissionResult) -> Unopened:
    reason = result.questions[0].staff_note if result.questions else ""
    reason = reason.removeprefix(f"{result.submission}: ")
    return Unopened(result.submission, result.student, reason)


def _share(score: float, points: float) -> float:
    return score / points if points else 0


def _row(result: SubmissionResult) -> StudentRow:
    verdicts = Counter(question.verdict for question in result.questions)
    is_open = opened(result)
    waits = [q.question for q in result.questions if q.score is None and q.code not in OURS]
    return StudentRow(
        student=result.student,
        file=result.submission,
        opened=is_open,
        score=result.score,
        points=result.points,
        blank=verdicts[Verdict.BLANK],
        unread=verdicts[Verdict.INVALID],
        waits=tuple(waits) if is_open else (),
        remark=_remark(result) if is_open else "NOT GRADED",
    )


def _remark(result: SubmissionResult) -> str:
    by_code: dict[str, list[str]] = {}
    for question in result.questions:
        by_code.setdefault(question.code, []).append(question.question)
    for code, words in REMARKS.items():
        if ids := by_code.get(code):
            return f"{ids[0]} {words}" if len(ids) == 1 else f"{ids[0]} +{len(ids) - 1} {words}"
    return result.notes[0] if result.notes else ""


def _hardest(results: Sequence[SubmissionResult]) -> list[HardQuestion]:
    columns: dict[str, list[QuestionResult]] = {}
    asked = [question for result in results for question in result.questions]
    by_hand = {question.question for question in asked if question.code == "free_response"}
    for result in results:
        for question in result.questions:
            if question.score is not None and question.question not in by_hand:
                columns.setdefault(question.question, []).append(question)
    found = []
    for name, answers in columns.items():
        right = sum(answer.verdict is Verdict.CORRECT for answer in answers)
        wrong = Counter(
            _told(answer)
            for answer in answers
            if answer.verdict in (Verdict.INCORRECT, Verdict.INVALID)
        )
        if wrong:
            mistake, times = min(wrong.items(), key=lambda item: (-item[1], item[0]))
            found.append(HardQuestion(name, right, len(answers), times, mistake))
    return sorted(found, key=lambda hard: hard.right / hard.judged)[:HARDEST]


def _told(answer: QuestionResult) -> str:
    """A wrong answer in a few words; code is told by what became of it."""
    if answer.mistake:
        return answer.mistake
    if "\n" in answer.answer or not answer.read_as:
        return REMARKS.get(answer.code) or FATES.get(answer.code, "can't be read")
    return answer.read_as


def _waiting(results: Sequence[SubmissionResult]) -> list[Waiting]:
    found: dict[tuple[str, str], tuple[set[str], list[str]]] = {}
    for result in results:
        for question in result.questions:
            if question.score is None and question.code not in OURS:
                digests, students = found.setdefault(
                    (question.question, question.code), (set(), [])
                )
                digests.add(question.digest)
                students.append(result.student)
    return [
        Waiting(name, code, len(digests), tuple(students))
        for (name, code), (digests, students) in found.items()
    ]
