"""An assignment proves its own grader before a student sees it.

The generated files say what the spec says, no key leaks into them, the stub earns nothing,
the reference everything, the bank behaves, and the proofs hold.
"""

import ast
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from autograder.answering import judge_answer
from autograder.assignment import Assignment, Question
from autograder.bank import Entries, Mistake
from autograder.errors import AssignmentError
from autograder.formats import read_file
from autograder.grading import Grader, grade
from autograder.report import State
from autograder.verdict import QuestionResult, SubmissionResult, Verdict

WRONG = (Verdict.INCORRECT, Verdict.INVALID)
SHORTEST_SECRET = 6  # characters; a key such as `d` occurs in any text


@dataclass(frozen=True)
class Check:
    """One promise of an assignment.

    Attributes:
        name: Of the promise.
        found: What was looked at, in words.
        problems: What breaks the promise, one line each; none when it holds.
        details: Lines worth reading also when it holds.
        open: What nobody has looked at, in words, such as keys without a proof.
    """

    name: str
    found: str
    problems: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    seconds: float = 0.0
    open: str = ""


Say: TypeAlias = Callable[[str], None]


def verify_assignment(assignment: Assignment, say: Say) -> bool:
    """Check all promises and report each as soon as it is known; True when one is broken."""
    from autograder.classroom import open_grader
    from autograder.renderers import verified

    began, broken, left = time.monotonic(), [], list[str]()
    points = sum(question.points for question in assignment)
    asked = len(assignment.questions)
    say(verified.title(assignment.name, assignment.version, asked, points, assignment.digest()))
    with open_grader(assignment, trusted=True) as grader:
        for check in _checks(assignment, grader):
            say(verified.check_text(check))
            broken += [check.name] * len(check.problems)
            left += [check.open] if check.open else []
    say(verified.last_line(assignment.name, broken, left, time.monotonic() - began))
    return bool(broken)


def _checks(assignment: Assignment, grader: Grader) -> Iterator[Check]:
    for make in (in_step, secret, stub, reference, examples, bank, proofs):
        began = time.monotonic()
        try:
            check = make(assignment, grader)
        except AssignmentError as error:
            check = Check(make.__name__.replace("_", " "), "can't be checked", (str(error),))
        yield replace(check, seconds=time.monotonic() - began)


def in_step(assignment: Assignment, grader: Grader) -> Check:
    """The generated files say what the spec says."""
    from autograder.handout import artefacts, differences

    names = ", ".join(artefacts(assignment))
    stale = tuple(differences(assignment))
    mend = (f"to mend it: autograder verify --write {assignment.name}",) if stale else ()
    return Check("in step", f"{names} say what spec.py says", stale, mend)


def secret(assignment: Assignment, grader: Grader) -> Check:
    """No key stands in a file that students get."""
    public = [path for path in sorted(assignment.folder.glob("*.*")) if path.is_file()]
    texts = {path.name: "".join(path.read_text(encoding="utf-8").split()) for path in public}
    problems, shown = [], []
    for question in assignment:
        response = grader.reference.submission.responses.get(question.id)
        if (
            response is None
            or question.kind.form == "blank"
            or len(response.text) < SHORTEST_SECRET
        ):
            continue
        key = _body(response.text) if question.kind.form == "code" else response.text
        needle = "".join(key.split())
        if needle in "".join(question.ask.split()):
            shown.append(f"{question.id}: its key is among what the question shows")
            continue
        problems += [
            f"{question.id}: its key stands in {n}" for n, t in texts.items() if needle in t
        ]
        problems += _told_by_hints(question, needle, grader)
    return Check("secret", f"0 keys in {len(public)} public files", tuple(problems), tuple(shown))


def _told_by_hints(question: Question, key: str, grader: Grader) -> list[str]:
    """Hints with a right answer in them; a bank that can't be read is reported by `bank`."""
    try:
        entries = grader.bank.entries(question.id)
    except AssignmentError:
        return []
    long = [text for text in entries.right if len(text) >= SHORTEST_SECRET]
    right = {key, *("".join(text.split()) for text in long)}
    return [
        f"{question.id}: its key stands in the hint of '{mistake.name}'"
        for mistake in entries.wrong
        if any(each in "".join(mistake.hint.split()) for each in right)
    ]


def _body(source: str) -> str:
    """A definition without its first line and docstring, which the stub has too."""
    body = [
        node
        for definition in ast.parse(source).body
        for node in getattr(definition, "body", [])
        if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
    ]
    return "\n".join(ast.unparse(node) for node in body)


def stub(assignment: Assignment, grader: Grader) -> Check:
    """The untouched stub is all blank and earns nothing, as a file and as a notebook."""
    problems = []
    for name in ("answers.py", "answers.ipynb"):
        result = grade(read_file(assignment.folder / name, assignment, "stub"), grader)
        problems += [
            f"{question.question} of {name}: {question.verdict.value}, not blank"
            for question in result.questions
            if question.verdict is not Verdict.BLANK
        ]
    return Check("stub", f"{len(assignment.questions)} blanks, 0 points", tuple(problems))


def reference(assignment: Assignment, grader: Grader) -> Check:
    """The reference earns everything that a person does not have to mark."""
    result = grade(grader.reference.submission, grader)
    problems = [
        f"{question.question}: {_lack(question, assignment)}"
        for question in result.questions
        if question.verdict is not Verdict.CORRECT and question.code != "free_response"
    ]
    waits = [q.question for q in result.questions if q.code == "free_response"]
    said = f"{_number(result.score)} of {_number(_automatic(result))} points"
    return Check(
        "reference",
        said + (f"; {', '.join(waits)} for a person" if waits else ""),
        tuple(problems),
        result.notes,
    )


def examples(assignment: Assignment, grader: Grader) -> Check:
    """The reference passes what a student's check runs."""
    from autograder.examples import trials

    answers = grader.reference.submission
    found = trials.try_all(trials.plan(assignment, answers, assignment.questions))
    if found is None:
        return Check("examples", "no public example")
    problems = tuple(
        f"{row.question}: {row.head} {' '.join(row.said.split())}"
        for row in found.rows
        if row.state is not State.PASSED
    )
    said = f"{found.passed} of {found.total} public ones pass with the reference"
    return Check("examples", found.absent or said, problems)


def _lack(result: QuestionResult, assignment: Assignment) -> str:
    """Why the reference doesn't get a question's points, and what to do."""
    if result.verdict is Verdict.BLANK:
        file = f"{assignment.name}/answers.py"
        return f"no answer in solutions/{file}; copy its cell from assignments/{file}, fill it in"
    said = result.staff_note or result.feedback.replace("\n", " ")
    return f"{result.verdict.value} ({result.code}) {said}"


def _automatic(result: SubmissionResult) -> float:
    return sum(q.points for q in result.questions if q.code != "free_response")


def _number(points: float) -> str:
    return f"{points:g}"


def bank(assignment: Assignment, grader: Grader) -> Check:
    """Right answers are accepted, wrong ones refused and named."""
    problems: list[str] = []
    right = wrong = named = 0
    missing = []
    strays = grader.bank.strays(assignment.questions)
    problems += [f"bank/{name}: read for no question; name it ID.yaml" for name in strays]
    for question in assignment:
        entries = grader.bank.entries(question.id)
        if question.kind.form == "prose":
            continue
        if entries == Entries():
            missing.append(question.id)
            continue
        if not _has_key(question, grader):
            problems.append(f"{question.id}: its bank waits for a key that can be used")
            continue
        for text in entries.right:
            right += 1
            result = judge_answer(question.id, text, grader)
            if result.verdict is not Verdict.CORRECT:
                problems.append(_told(result, text, "is refused"))
        for mistake in entries.wrong:
            for text in mistake.answers:
                wrong += 1
                named += bool(mistake.hint)
                problems += _misjudged(question, mistake, text, grader)
    found = f"{right} right accepted, {wrong} wrong refused, {named} of them with their hint"
    details = (f"no bank: {', '.join(missing)}",) if missing else ()
    return Check("bank", found, tuple(problems), details)


def _has_key(question: Question, grader: Grader) -> bool:
    try:
        grader.reference.prepared(question)
    except AssignmentError:
        return False
    return True


def _misjudged(question: Question, mistake: Mistake, text: str, grader: Grader) -> list[str]:
    result = judge_answer(question.id, text, grader)
    if result.verdict not in WRONG:
        return [_told(result, text, "is not refused")]
    if mistake.hint and mistake.hint not in result.feedback:
        return [_told(result, text, f"gets another hint than '{mistake.name}'")]
    return []


def _told(result: QuestionResult, text: str, fault: str) -> str:
    shown = " ".join(text.split())
    shown = shown if len(shown) <= 60 else shown[:59] + "…"
    return f"{result.question}: `{shown}` {fault}: {result.verdict.value} ({result.code})"


def proofs(assignment: Assignment, grader: Grader) -> Check:
    """The author's experiments show every key right."""
    from autograder.proofs import prove

    results = sorted(prove(assignment), key=lambda result: -result.used)
    tried = {question for result in results for question in result.questions}
    failed = {question for r in results if not r.passed for question in r.questions}
    asked = [q.id for q in assignment if q.kind.form != "prose"]
    problems = tuple(
        f"{', '.join(r.questions)}: {r.method}: {r.margin} {r.evidence}"
        for r in results
        if not r.passed
    )
    open_keys = [question for question in asked if question not in tried]
    proved = [question for question in asked if question in tried - failed]
    details = [f"{r.name}: {r.method}, {r.margin}" for r in results[:3] if r.passed]
    details += [f"{question}: key not proved" for question in open_keys]
    found = f"{len(proved)} of {len(asked)} keys; thinnest margins first"
    left = f"{len(open_keys)} of {len(asked)} keys without a proof" if open_keys else ""
    return Check("proofs", found, problems, tuple(details), open=left)
