"""What a check and a class came to: plain data for the renderers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    """What a student's check can say of an answer without a key."""

    READ = "read"
    PASSED = "passed"
    MISTAKE = "mistake"
    UNREADABLE = "unreadable"
    BLANK = "blank"


@dataclass(frozen=True)
class CheckedAnswer:
    """One answer in a student's check.

    Attributes:
        echo: How it was read.
        place: Where it stands, such as `line 27`.
        typed: The line that can't be read, as typed.
        span: Columns `[start, end)` in `typed`, or None.
        said: What is wrong and what to do next.
        head: What became of an example, such as `WRONG SHAPE`; empty for all else.
        covers: The questions whose code was tried together; empty for an answer that is
            only read.
        notes: Harmless things worth saying.
        shared: Whether it fills a blank in code that it shares with others.
    """

    question: str
    state: State
    echo: str = ""
    place: str = ""
    typed: str = ""
    span: tuple[int, int] | None = None
    said: str = ""
    head: str = ""
    covers: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    shared: bool = False


class CheckedProblem(NamedTuple):
    """A problem's heading and its answers."""

    number: int
    title: str
    answers: tuple[CheckedAnswer, ...]


class Tried(NamedTuple):
    """What became of the public examples.

    Attributes:
        rows: One for each function and each class.
        passed: Examples that pass.
        ran: Examples that were run.
        total: All examples of the questions that were asked for.
        absent: Why none could be run; empty when they could.
    """

    rows: tuple[CheckedAnswer, ...]
    passed: int
    ran: int
    total: int
    absent: str = ""


class Since(NamedTuple):
    """What is another way than at the last check of the same file.

    Attributes:
        when: The last check, in the student's words.
        more: Answers that are read now and were not.
        lost: Questions that were read and are not now.
        passing: Code that passes its examples now and did not.
        failing: Code that passed its examples and does not now.
        same_file: Whether the file is the same, byte by byte.
    """

    when: str
    more: int = 0
    lost: tuple[str, ...] = ()
    passing: tuple[str, ...] = ()
    failing: tuple[str, ...] = ()
    same_file: bool = False


@dataclass(frozen=True)
class CheckReport:
    """A student's check.

    Attributes:
        saved: When the file was last written, in the student's words.
        digest: Of the bytes that were read.
        has_code: Whether an answer is code.
        without_examples: Whether there is code and no example to try it on.
        below: Questions whose code is going to be tried.
        asked: What `-q` chose, such as `problem 3`; empty for all.
        tried: What became of the public examples; None before they are run, and where there
            are none.
        unscored: Questions that a person marks.
        since: What is another way than last time; None when there was no last time.
    """

    assignment: str
    version: str
    file: str
    saved: str
    problems: tuple[CheckedProblem, ...]
    notes: tuple[str, ...] = ()
    has_code: bool = False
    without_examples: bool = False
    below: frozenset[str] = frozenset()
    asked: str = ""
    tried: Tried | None = None
    unscored: tuple[str, ...] = ()
    digest: str = ""
    since: Since | None = None

    @property
    def answers(self) -> tuple[CheckedAnswer, ...]:
        """All answers as they were read, in order."""
        return tuple(answer for problem in self.problems for answer in problem.answers)

    def with_state(self, *states: State) -> list[CheckedAnswer]:
        """The answers in one of these states, in order; code is in the state it was tried in."""
        return [answer for answer in self._answers() if answer.state in states]

    def _answers(self) -> Iterator[CheckedAnswer]:
        rows = self.tried.rows if self.tried else ()
        alone = {row.question: row for row in rows}
        together = {row.covers[-1]: row for row in rows if len(row.covers) > 1}
        for answer in self.answers:
            yield alone.get(answer.question, answer)
            row = together.get(answer.question)
            if row is not None and row.state is State.MISTAKE:
                yield row

    @property
    def found_something(self) -> bool:
        """Whether there is something for the student to do."""
        return bool(self.with_state(State.MISTAKE, State.UNREADABLE, State.BLANK))


@dataclass(frozen=True)
class Upload:
    """What a host knows of a submission besides its files.

    Attributes:
        late: Seconds after the due date; None when it was in time or nobody knows.
        attempts: Earlier submissions.
        earlier: Scores of the last of them by question; None for a question that had none.
            Empty when it isn't known.
        about: What could not be read of the host's own file; for staff.
    """

    late: float | None = None
    attempts: int = 0
    earlier: Mapping[str, float | None] = field(default_factory=dict)
    about: str = ""


class StudentRow(NamedTuple):
    """A student in the class's table; counts of questions, points so far."""

    student: str
    file: str
    opened: bool
    score: float
    points: float
    blank: int
    unread: int
    waits: tuple[str, ...]
    remark: str


class HardQuestion(NamedTuple):
    """A question that many got wrong: answers right, answers judged, the commonest mistake."""

    question: str
    right: int
    judged: int
    times: int
    mistake: str


class Waiting(NamedTuple):
    """Answers to one question that a person has to mark."""

    question: str
    code: str
    answers: int
    students: tuple[str, ...]


class Unopened(NamedTuple):
    """A submission that could not be opened."""

    file: str
    student: str
    reason: str


@dataclass(frozen=True)
class ClassReport:
    """A class, graded.

    Attributes:
        shares: Points earned over points judged, 0 to 1, one a student.
        faults: Answers that the grader failed at: student, question, why.
        earlier: Students with a result of an earlier run and no submission now.
    """

    assignment: str
    version: str
    rows: tuple[StudentRow, ...]
    shares: tuple[float, ...]
    hardest: tuple[HardQuestion, ...]
    waiting: tuple[Waiting, ...]
    unopened: tuple[Unopened, ...]
    faults: tuple[str, ...]
    earlier: tuple[str, ...] = ()

    @property
    def mean(self) -> float:
        """Of the shares."""
        from statistics import mean  # not for a check: it brings half of Python's numbers

        return mean(self.shares)

    @property
    def median(self) -> float:
        """Of the shares."""
        from statistics import median

        return median(self.shares)
