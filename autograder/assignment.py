"""An assignment: problems, questions, and where to find them on disk."""

import hashlib
import importlib.util
import re
import sys
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from autograder.errors import AssignmentError, UsageError
from autograder.kinds import Kind
from autograder.kinds.example import Example

ID = re.compile(r"[a-z][a-z0-9_]*\Z")
VERSION = "1.0"


@dataclass(frozen=True)
class Limits:
    """What one code answer may use: seconds of wall time, bytes of memory, bytes printed."""

    seconds: float = 5.0
    memory: int = 1 << 30
    output: int = 32_000
    text: int = 100_000  # characters of one answer


@dataclass(frozen=True)
class Question:
    """One question.

    Attributes:
        id: Its stable name.
        kind: What is typed and how it is judged.
        ask: The wording, Markdown; between back-ticks stands mathematics.
        points: What it is worth.
        rubric: For a person who marks it.
    """

    id: str
    kind: Kind
    ask: str
    points: float = 1
    rubric: str = ""
    limits: Limits = Limits()


@dataclass(frozen=True)
class Problem:
    """Questions that share a set-up.

    Attributes:
        number: From 1, in the order of the assignment.
        code: The class with blanks as students get it, or None.
        examples: Public examples of that class; run when all its blanks are filled.
    """

    title: str
    text: str
    questions: tuple[Question, ...]
    number: int = 0
    code: str | None = None
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True)
class Assignment:
    """A whole assignment, from its public spec.

    Attributes:
        name: The folder's name.
        feedback: Level before and after the due date, such as `hints; full after due`.
        folder: Where the spec was found.
    """

    title: str
    problems: tuple[Problem, ...]
    name: str = ""
    feedback: str = "hints"
    version: str = VERSION
    intro: str = ""
    folder: Path = field(default=Path(), compare=False)

    def __iter__(self) -> Iterator[Question]:
        for problem in self.problems:
            yield from problem.questions

    @property
    def questions(self) -> Mapping[str, Question]:
        """All questions by id, in order."""
        return {question.id: question for question in self}

    @property
    def has_examples(self) -> bool:
        """Whether there is a public example, of a function or of a class."""
        return any(
            problem.examples or any(getattr(q.kind, "examples", ()) for q in problem.questions)
            for problem in self.problems
        )

    @property
    def solution(self) -> Path:
        """The folder with the reference, the probes and the bank; never shipped."""
        return self.folder.parent.parent / "solutions" / self.name

    def digest(self) -> str:
        """SHA-256 of the public folder and the solution, without the bank and the class."""
        chosen = [*sorted(self.folder.glob("*.py")), *sorted(self.solution.glob("*.py"))]
        total = hashlib.sha256()
        for path in chosen:
            total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
        return total.hexdigest()


def roots() -> Iterator[Path]:
    """Folders that may hold `assignments/`: the current one, its parents, the package's."""
    here = Path.cwd()
    yield from (here, *here.parents, Path(__file__).resolve().parents[1])


def load(name: str) -> Assignment:
    """Load a public spec by the name of its folder, or by the path of the folder.

    Errors: UsageError when there is no such assignment; AssignmentError when its spec fails.
    """
    given = Path(name)
    candidates = [given / "spec.py"] if given.is_dir() else []
    candidates += [root / "assignments" / name / "spec.py" for root in roots()]
    spec = next((path.resolve() for path in candidates if path.is_file()), None)
    if spec is None:
        known = sorted({p.parent.name for r in roots() for p in r.glob("assignments/*/spec.py")})
        raise UsageError(f"no assignment '{name}'; there is: {', '.join(known) or 'none'}")
    module_name = f"_assignment_{spec.parent.name}"
    found = importlib.util.spec_from_file_location(module_name, spec)
    assert found is not None and found.loader is not None
    module = importlib.util.module_from_spec(found)
    sys.modules[module_name] = module
    try:
        found.loader.exec_module(module)
    except AssignmentError as error:
        raise AssignmentError(f"{_place(spec, error)}: {error}") from error
    except Exception as error:
        said = f"{type(error).__name__}: {error}"
        raise AssignmentError(f"{_place(spec, error)}: {said}") from error
    assignment = getattr(module, "assignment", None)
    if not isinstance(assignment, Assignment):
        raise AssignmentError(f"{spec}: it must set `assignment = Assignment(...)`")
    return replace(assignment, name=spec.parent.name, folder=spec.parent)


def _place(spec: Path, error: Exception) -> str:
    """The spec, and the line of it that an error came from."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == str(spec)]
    return f"{spec}, line {lines[-1]}" if lines else str(spec)
