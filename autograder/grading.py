"""The main path: a submission goes in, a result comes out.

Every question is read, judged against the reference, and put into words. What goes wrong in
a room of the grader costs that question its verdict, `ungraded`, and nothing else.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Protocol, TypeAlias, cast

from autograder.assignment import Assignment, Question
from autograder.bank import Bank, Behaviour
from autograder.errors import Unreadable
from autograder.feedback import Level, note_words
from autograder.kinds import Reading
from autograder.outcome import OWN_FAULT, Judged, place_of, placed, result_of, ungraded
from autograder.reference import Reference
from autograder.sandbox import Job, Limits, Report, Session
from autograder.submission import Place, Response, Submission
from autograder.verdict import Finding, QuestionResult, SubmissionResult, Verdict

NAMING = 1.0  # seconds for code that is run only to name a mistake
REMEMBERED = 10_000  # judged typed answers: those of 300 students to 32 questions
ABSENT = Response("", Place(""))
WRONG = frozenset({Verdict.INCORRECT, Verdict.INVALID, Verdict.PARTIAL})

Shared: TypeAlias = Callable[[], Session]


class Wall(Protocol):
    """Where student code runs."""

    def session(self) -> AbstractContextManager[Session]:
        """A fresh child."""
        ...


def grade(submission: Submission, grader: "Grader") -> SubmissionResult:
    """Grade all questions; those without an answer are blank."""
    with grader.session() as shared:
        results = tuple(
            grader.grade_response(question, submission.responses.get(question.id), shared)
            for question in grader.assignment
        )
    return SubmissionResult(
        assignment=grader.assignment.name,
        student=submission.student,
        submission=submission.source,
        questions=results,
        notes=tuple(note_words(note) for note in submission.notes),
        version=grader.assignment.version,
        assignment_digest=grader.digest,
        submission_digest=submission.digest,
    )


@dataclass
class Grader:
    """What any number of submissions share.

    Attributes:
        digest: Of the assignment; goes into every result.
        begins: Is told each question before it is touched.
        ends: Is told each question's result.
        stopped: Questions whose answer has ended a process that judged it, and how.
    """

    assignment: Assignment
    reference: Reference
    bank: Bank
    sandbox: Wall
    level: Level = "hints"
    digest: str = ""
    begins: Callable[[str], object] = lambda question: None
    ends: Callable[[QuestionResult], object] = lambda result: None
    stopped: Mapping[str, str] = field(default_factory=dict)
    _judged: dict[tuple[str, str], Judged] = field(default_factory=dict)

    def grade_response(
        self, question: Question, response: Response | None, shared: Shared
    ) -> QuestionResult:
        """Judge one answer and put it into words; a fault of ours is `ungraded`."""
        self.begins(question.id)
        result = self._result(question, response or ABSENT, shared)
        self.ends(result)
        return result

    def _result(self, question: Question, response: Response, shared: Shared) -> QuestionResult:
        if how := self.stopped.get(question.id):
            judged = Judged(Finding(Verdict.INVALID, "stopped_reader"), staff_note=how)
            return result_of(question, response, judged, self.level)
        try:
            judged = self._judged_once(question, response, shared)
            return result_of(question, response, judged, self.level)
        except Exception as error:
            return ungraded(question, "grader_fault", place_of(error), response.text)

    def judge(self, question: Question, response: Response, shared: Shared) -> Judged:
        """Read and decide. Never raises: a fault of ours is `ungraded`."""
        reading, runner = None, Runner(shared, question)
        try:
            finding = unread(question, response)
            if finding is None:
                reading = question.kind.read(response)
                finding = self._decide(question, reading, runner)
        except Unreadable as error:
            data = dict(error.data)
            if error.span is not None:
                data["span"] = [*error.span]
            finding = Finding(Verdict.INVALID, error.code, data)
        except Exception as error:
            code = getattr(error, "code", None)
            finding = Finding(Verdict.UNGRADED, code if code in OWN_FAULT else "grader_fault")
            return Judged(finding, reading, staff_note=place_of(error))
        finding = replace(finding, data=placed(finding.data, question, response))
        return Judged(finding, reading, ran=runner.used)

    @contextmanager
    def session(self) -> Iterator[Shared]:
        """One child for many answers, started when the first of them needs it."""
        stack = ExitStack()
        try:
            yield cache(lambda: stack.enter_context(self.sandbox.session()))
        finally:
            with suppress(Exception):  # a child that is gone already changes no verdict
                stack.close()

    def _decide(self, question: Question, reading: Reading, runner: "Runner") -> Finding:
        prepared = self.reference.prepared(question)
        try:
            finding = question.kind.judge(reading, prepared, runner.session)
        except Exception:
            if not runner.used or runner.first:
                raise
        else:
            if finding.verdict is Verdict.CORRECT or not runner.used or runner.first:
                return finding
        # An answer before this one may have broken the shared child: alone, it can't.
        with self.session() as alone:
            return question.kind.judge(reading, prepared, Runner(alone, question).session)

    def _judged_once(self, question: Question, response: Response, shared: Shared) -> Judged:
        """Equal answers that are judged without running anything are judged once."""
        key = (question.id, response.text)
        plain = question.kind.form == "typed" and not response.fault and response is not ABSENT
        if plain and key in self._judged:
            return self._judged[key]
        judged = self._named(question, response, self.judge(question, response, shared))
        final = not judged.ran and judged.finding.code not in OWN_FAULT
        if plain and final and len(self._judged) < REMEMBERED:
            self._judged[key] = judged
        return judged

    def _named(self, question: Question, response: Response, judged: Judged) -> Judged:
        """Look a wrong answer up in the bank; a fault there costs the hint only."""
        if judged.finding.verdict not in WRONG or not response.text:
            return judged
        try:
            with self._behaviour(question, judged) as behaviour:
                mistake = self.bank.recognise(question, response, judged.reading, behaviour)
        except Exception as error:
            return replace(judged, staff_note=f"no hint: {place_of(error)}")
        return replace(judged, mistake=mistake)

    @contextmanager
    def _behaviour(self, question: Question, judged: Judged) -> Iterator[Behaviour | None]:
        """How the bank learns what code does, in a child of its own; None for what ran nothing."""
        does = getattr(question.kind, "behaviour", None)
        if does is None or not judged.ran or judged.finding.verdict is not Verdict.INCORRECT:
            yield None
            return
        prepared = self.reference.prepared(question)
        quick = replace(question, limits=replace(question.limits, seconds=NAMING))
        with self.session() as shared:
            session = Runner(shared, quick).session
            yield lambda reading: does(reading, prepared, session)


@dataclass
class Runner:
    """A session that starts when it is used, whose jobs have the limits of one question."""

    shared: Shared
    question: Question
    used: bool = False
    first: bool = False  # nothing ran in the child before

    @property
    def session(self) -> Session:
        """Itself, for a kind."""
        return cast(Session, self)

    def run(self, job: Job) -> Report:
        """Run a job.

        Errors: SandboxError.
        """
        session = self.shared()
        self.first = self.first or not (self.used or session.used)
        self.used = True
        own = self.question.limits
        return session.run(job, Limits(own.seconds, own.memory, own.output))


def unread(question: Question, response: Response) -> Finding | None:
    """What can be said of an answer before its kind reads it, or None."""
    if response.fault is not None and question.kind.form == "prose":
        return Finding(Verdict.UNGRADED, "free_response")  # a person can read broken quotes
    if response.fault is not None:
        return Finding(Verdict.INVALID, response.fault.code, response.fault.data)
    if not response.text.strip():
        return Finding(Verdict.BLANK, "missing" if response is ABSENT else "untouched")
    if len(response.text) > question.limits.text:
        return Finding(Verdict.INVALID, "too_long", {"most": question.limits.text})
    return None
