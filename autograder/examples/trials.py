"""Which public examples a submission can be tried on, and what came of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from autograder.assignment import Assignment, Problem, Question
from autograder.checking import place_words
from autograder.errors import Unreadable
from autograder.examples.formulas import formula_value
from autograder.examples.installed import build, missing
from autograder.examples.judging import Rules, judge_example
from autograder.examples.process import NotThereError, Outcome, Runner, runner
from autograder.feedback import (
    absent_words,
    example_head,
    example_words,
    passed_words,
    waiting_words,
)
from autograder.kinds.blank import Blank
from autograder.kinds.example import Example
from autograder.kinds.filled_class import fill_all, holes
from autograder.kinds.filling import Filled
from autograder.kinds.function import Code, Function
from autograder.kinds.imports import with_origin
from autograder.report import CheckedAnswer, State, Tried
from autograder.submission import Place, Response, Submission
from autograder.verdict import Finding


@dataclass(frozen=True)
class Try:
    """One function's or one class's examples and the code to run.

    Attributes:
        questions: Those that are tried together, in order.
        place: Where the answer starts in the student's file.
        first: The student's line that is line 1 of `source`, or None.
        subject: What runs, for a class.
        examples: With the value that `equals` gives; an example that waits for it isn't here.
    """

    questions: tuple[str, ...]
    source: str
    context: tuple[str, ...]
    place: Place
    first: int | None
    examples: tuple[tuple[Example, float | None], ...]
    rules: Rules
    seconds: float
    subject: str = ""


@dataclass(frozen=True)
class Open:
    """A class that can't be tried yet: its blanks, and those that are missing."""

    questions: tuple[str, ...]
    missing: tuple[str, ...]
    subject: str


Planned: TypeAlias = Try | Open


@dataclass(frozen=True)
class Plan:
    """What can be tried.

    Attributes:
        total: All examples, with those that can't be run yet.
        absent: Why nothing can be run here, or empty.
    """

    planned: tuple[Planned, ...]
    total: int
    absent: str = ""

    @property
    def runs(self) -> bool:
        """Whether code has to be run."""
        return not self.absent and any(isinstance(each, Try) for each in self.planned)

    @property
    def below(self) -> frozenset[str]:
        """Questions whose code is going to be tried."""
        tried = (each for each in self.planned if isinstance(each, Try) and self.runs)
        return frozenset(name for each in tried for name in each.questions)


def plan(assignment: Assignment, submission: Submission, ids: Iterable[str]) -> Plan:
    """The examples of these questions that the submission has the code for."""
    wanted, planned, total = set(ids), list[Planned](), 0
    for problem in assignment.problems:
        blanks = [q for q in problem.questions if isinstance(q.kind, Blank) and not q.kind.typed]
        if problem.examples and wanted & {question.id for question in blanks}:
            total += len(problem.examples)
            planned += _class(problem, blanks, submission)
        for question in problem.questions:
            if isinstance(question.kind, Function) and question.id in wanted:
                total += len(question.kind.examples)
                planned += _function(question, question.kind, assignment, submission)
    return Plan(tuple(planned), total, missing())


def try_all(plan: Plan) -> Tried | None:
    """Run what can be run in a child of its own; None when there are no examples."""
    if not plan.total:
        return None
    waiting = tuple(waiting_row(each) for each in plan.planned if isinstance(each, Open))
    if not any(isinstance(each, Try) for each in plan.planned):
        return Tried(waiting, 0, 0, plan.total)
    if plan.absent:
        return Tried(waiting, 0, 0, plan.total, absent_words(plan.absent, build()))
    try:
        with runner() as made:
            return run(plan, made)
    except NotThereError as error:
        return Tried(waiting, 0, 0, plan.total, absent_words(str(error), build()))


def run(plan: Plan, runner: Runner) -> Tried:
    """Try everything. The rows are in the order of the questions.

    Errors: NotThereError when a child can't be started.
    """
    rows, passed = list[CheckedAnswer](), 0
    for each in plan.planned:
        if isinstance(each, Open):
            rows.append(waiting_row(each))
            continue
        examples = [example for example, _ in each.examples]
        outcomes = runner.run(each.source, each.context, examples, each.seconds)
        findings = list(_findings(each, outcomes))
        passed += findings.count(None)
        rows.append(_row(each, findings))
    ran = sum(len(each.examples) for each in plan.planned if isinstance(each, Try))
    return Tried(tuple(rows), passed, ran, plan.total)


def waiting_row(waits: Open) -> CheckedAnswer:
    """A class that waits for its other blanks."""
    said = waiting_words(waits.subject, waits.missing)
    return CheckedAnswer(_label(waits.questions), State.READ, said, covers=waits.questions)


def _function(
    question: Question, kind: Function, assignment: Assignment, submission: Submission
) -> Iterator[Try]:
    response = submission.responses.get(question.id)
    reading = _content(question, response)
    if not kind.examples or response is None or not isinstance(reading, Code):
        return
    values = [_expected(example, assignment, submission) for example in kind.examples]
    pairs = zip(kind.examples, values, strict=True)
    ready = tuple((e, value) for e, value in pairs if not e.equals or value is not None)
    rules = Rules(kind.parameters, kind.rtol, kind.atol, kind.returns_ndim)
    yield Try(
        (question.id,), reading.source, reading.context, response.place, response.place.line,
        ready, rules, question.limits.seconds,
    )  # fmt: skip


def _class(
    problem: Problem, blanks: Sequence[Question], submission: Submission
) -> Iterator[Planned]:
    """The problem's class, when all its blanks can be read; not a word when all are open."""
    responses = {each.id: submission.responses.get(each.id) for each in blanks}
    contents = {each.id: _content(each, responses[each.id]) for each in blanks}
    texts = {name: each.text for name, each in contents.items() if isinstance(each, Filled)}
    ids, subject = tuple(responses), problem.examples[0].calls[0].name
    missing = tuple(name for name in ids if name not in texts)
    if missing:
        if texts:
            yield Open(ids, missing, subject)
        return
    template = problem.code or ""
    lines = {name: hole.line for name, hole in holes(template).items()}
    places = {name: each.place for name, each in responses.items() if each is not None}
    starts = {
        place.line - lines[name] + 1 if place.line is not None else None
        for name, place in places.items()
    }
    straight = len(starts) == 1 and not any("\n" in text for text in texts.values())
    first = next(iter(starts)) if straight else None
    place = places[ids[0]]._replace(line=first)
    yield Try(
        ids, fill_all(template, texts), (), place, first,
        tuple((example, None) for example in problem.examples),
        Rules((), 0, 0, None), max(each.limits.seconds for each in blanks), subject,
    )  # fmt: skip


def _content(question: Question, response: Response | None) -> object:
    """What was read of an answer; None when there is nothing that can be run."""
    if response is None or response.fault is not None or not response.text.strip():
        return None
    if len(response.text) > question.limits.text:
        return None
    try:
        return question.kind.read(response).content
    except Unreadable:
        return None


def _expected(example: Example, assignment: Assignment, submission: Submission) -> float | None:
    if not example.equals:
        return None
    question = assignment.questions[example.equals]
    return formula_value(question, submission.responses.get(example.equals), example.given)


def _findings(each: Try, outcomes: Sequence[Outcome]) -> Iterator[Finding | None]:
    for (example, value), outcome in zip(each.examples, outcomes, strict=True):
        found = judge_example(example, outcome, each.rules, value)
        yield found and with_origin(found, (*each.context, each.source))


def _row(each: Try, findings: Sequence[Finding | None]) -> CheckedAnswer:
    label = _label(each.questions)
    failed = next((finding for finding in findings if finding is not None), None)
    if failed is None:
        others = [example.equals for example, _ in each.examples if example.equals]
        weak = all(not example.equals and example.returns is None for example, _ in each.examples)
        only = "shapes" if weak else ""
        said = passed_words(each.subject, len(findings), [*dict.fromkeys(others)], only)
        return CheckedAnswer(label, State.PASSED, said, covers=each.questions)
    line = failed.data.get("line")
    place = each.place
    if isinstance(line, int) and each.first is not None:
        place = place._replace(line=each.first + line - 1)
    return CheckedAnswer(
        label,
        State.MISTAKE,
        place=place_words(place),
        said=example_words(failed.code, {**failed.data, "line": None}),
        head=example_head(failed.code),
        covers=each.questions,
    )


def _label(questions: Sequence[str]) -> str:
    return questions[0] if len(questions) == 1 else f"{questions[0]}-{questions[-1]}"
