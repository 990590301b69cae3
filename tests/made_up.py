"""A made-up assignment, kinds that need nothing, and a wall that counts its children."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from autograder.assignment import Assignment, Limits, Problem, Question
from autograder.bank import Bank
from autograder.errors import Unreadable
from autograder.grading import Grader
from autograder.kinds import Form, Reading, Workshop
from autograder.reference import Reference
from autograder.submission import Place, Response, Submission
from autograder.verdict import Finding, SubmissionResult, Verdict
from autograder.workers import OpenGrader, safely


@dataclass(frozen=True)
class Word:
    """A word; capitals don't count. `$` can't be read."""

    form: ClassVar[Form] = "typed"
    label: ClassVar[str] = "word"

    def read(self, answer: Response) -> Reading:
        at = answer.text.find("$")
        if at >= 0:
            raise Unreadable("bad_character", (at, at + 1), char="$")
        return Reading(answer.text.strip().lower(), None)

    def prepare(self, reference: Reading, workshop: Workshop) -> object:
        return reference.echo

    def judge(self, reading: Reading, prepared: object, sandbox: Any) -> Finding:
        if reading.echo == prepared:
            return Finding(Verdict.CORRECT, "right", proved=True)
        return Finding(Verdict.INCORRECT, "differs", {"point": "x = 1"})


@dataclass(frozen=True)
class Code:
    """Code that a child runs: `poison` breaks the child for all that come after it."""

    defines: str = "f"

    form: ClassVar[Form] = "code"
    label: ClassVar[str] = "code"

    def read(self, answer: Response) -> Reading:
        return Reading("code", answer.text)

    def prepare(self, reference: Reading, workshop: Workshop) -> object:
        return reference.content

    def judge(self, reading: Reading, prepared: object, sandbox: Any) -> Finding:
        if sandbox.run(reading.content) == prepared:
            return Finding(Verdict.CORRECT, "right")
        return Finding(Verdict.INCORRECT, "raises", {"error": "ValueError", "line": 1})


@dataclass(frozen=True)
class Prose:
    """Text for a person."""

    form: ClassVar[Form] = "prose"
    label: ClassVar[str] = "prose"

    def read(self, answer: Response) -> Reading:
        return Reading(f"{len(answer.text.split())} words", answer.text)

    def prepare(self, reference: Reading, workshop: Workshop) -> object:
        return None

    def judge(self, reading: Reading, prepared: object, sandbox: Any) -> Finding:
        return Finding(Verdict.UNGRADED, "free_response")


@dataclass
class Child:
    """Returns what it is given; raises once it is poisoned."""

    poisoned: bool = False
    limits: Any = None
    used: bool = False

    def run(self, text: str, limits: Any = None) -> str:
        self.limits, self.used = limits, True
        if self.poisoned:
            raise RuntimeError("the child is gone")
        self.poisoned = "poison" in text
        return text


@dataclass
class Wall:
    """Counts the children it has started."""

    started: int = 0

    @contextmanager
    def session(self) -> Iterator[Any]:
        self.started += 1
        yield Child()


ANSWERS = {
    "a1": "sun",
    "a2": "moon",
    "b1": "def f():\n    return 1",
    "b2": "def g():\n    return 2",
    "c1": "an essay",
}
STUB = """\
# %% a1
a1 = r"____"

# %% a2
a2 = r"____"

# %% b1
def f():
    return ____


# %% b2
def g():
    return ____


# %% c1
c1 = r"____"
"""


def assignment(folder: Path = Path("assignments/sky"), **kinds: Any) -> Assignment:
    """Five questions; a kind can be replaced by the question's id."""

    def question(name: str, kind: Any, points: float = 1) -> Question:
        limits = Limits(text=200)
        return Question(name, kinds.get(name, kind), f"{name}?", points, "the rubric", limits)

    words = Problem("Words", "", (question("a1", Word()), question("a2", Word())), 1)
    code = Problem("Code", "", (question("b1", Code()), question("b2", Code("g"))), 2)
    prose = Problem("Prose", "", (question("c1", Prose(), 2),), 3)
    return Assignment("Sky", (words, code, prose), name="sky", folder=folder)


def submission(student: str = "ann", **answers: str) -> Submission:
    """A submission as a reader would make it; ids that aren't given are missing."""
    responses = {name: Response(text, Place("answers.py", 3)) for name, text in answers.items()}
    digest = "-".join(f"{name}{text}" for name, text in sorted(answers.items()))
    return Submission(student, f"{student}.py", responses, digest=digest or "empty")


@dataclass
class Bench:
    """A grader with what tests look at."""

    wall: Wall = field(default_factory=Wall)
    bank: Path = Path("nowhere")
    key: Mapping[str, str] = field(default_factory=lambda: ANSWERS)

    def grader(self, folder: Path = Path("assignments/sky"), **kinds: Any) -> Grader:
        made = assignment(folder, **kinds)
        reference = Reference(submission("reference", **self.key), made.solution)
        return Grader(made, reference, Bank(self.bank), self.wall, digest="d1")


def filled(**answers: str) -> str:
    """A student's file: the stub with these answers."""
    text = STUB
    for name, answer in answers.items():
        text = text.replace(f'{name} = r"____"', f'{name} = r"{answer}"')
        if answer.startswith("def "):
            stub = STUB[STUB.index(f"# %% {name}") :].split("# %%")[1]
            text = text.replace(f"# %%{stub}", f"# %% {name}\n{answer}\n\n")
    return text


def on_disk(root: Path) -> Path:
    """Lay the assignment out as an author does; returns the folder to run in."""
    for name, file, text in (
        ("assignments", "spec.py", "from made_up import assignment as made\nassignment = made()\n"),
        ("assignments", "answers.py", STUB),
        ("solutions", "answers.py", filled(**ANSWERS)),
    ):
        folder = root / name / "sky"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(text)
    return root


@contextmanager
def open_grader(made: Assignment, **options: Any) -> Iterator[Grader]:
    """What `classroom.grade_class` opens in tests, in workers too."""
    yield Bench().grader(made.folder)


def here(
    submissions: Sequence[Submission], made: Assignment, count: int, opener: OpenGrader
) -> Iterator[SubmissionResult]:
    """Grade in the process of the test, in place of `workers.in_workers`."""
    with opener(made) as grader:
        yield from (safely(submission, grader) for submission in submissions)
