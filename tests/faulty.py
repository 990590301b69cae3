"""A small assignment whose answers make trouble, whole runs of it, and what a run leaves behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import cycle
from mmap import mmap
from pathlib import Path
from typing import Any, ClassVar

import made_up
from made_up import STUB, Word, filled, on_disk

from autograder.assignment import Assignment, Limits
from autograder.kinds import Form, Reading, Workshop
from autograder.kinds.outcomes import failure
from autograder.sandbox import Call, Job, Returned
from autograder.submission import Response
from autograder.verdict import Finding, Verdict

ROOT = Path(made_up.__file__).parents[1]
PATIENCE = 30.0  # seconds until a test gives up; never waited for when all is well
ANSWERS = {
    "a1": "sun",
    "a2": "moon",
    "b1": "def f():\n    return 1",
    "b2": "def g():\n    return 2",
    "c1": "an essay",
}
# Loaded in place of the made-up kinds, in workers too.
SPEC = """\
from faulty import Runs, Trouble, quick
from made_up import assignment as made

kinds = {"a1": Trouble(), "a2": Trouble()}
assignment = quick(made(**kinds, b1=Runs(), b2=Runs("g")))
"""


class Trouble(Word):
    """A word that may do something to the worker that reads it.

    `die` ends it, `hang` stops it, `eat` takes memory without end; `gate` waits while the file
    `gate` is there, and says who waits in the file `reached`.
    """

    def read(self, answer: Response) -> Reading:
        match answer.text.strip():
            case "die":
                os._exit(7)
            case "hang":
                time.sleep(1000)
            case "eat":
                eat()
            case "gate":
                reach()
        return super().read(answer)


def eat() -> None:
    """Take what address space there is, without using it, then one piece too much."""
    eaten = []
    with suppress(OSError):
        while True:
            eaten.append(mmap(-1, 1 << 28))
    bytearray(1 << 28)


def reach() -> None:
    """Say who is here, and wait to be let through."""
    if Path("gate").exists():
        Path(f"reached.{os.getpid()}").touch()
    while Path("gate").exists():
        time.sleep(0.01)


@dataclass(frozen=True)
class Runs:
    """Code that really runs: `f()` must return what the reference's returns."""

    defines: str = "f"

    form: ClassVar[Form] = "code"
    label: ClassVar[str] = "code"

    def read(self, answer: Response) -> Reading:
        return Reading(answer.text[-1], answer.text)

    def prepare(self, reference: Reading, workshop: Workshop) -> object:
        return reference.echo

    def judge(self, reading: Reading, prepared: object, sandbox: Any) -> Finding:
        outcome = sandbox.run(Job(str(reading.content), (Call(self.defines),))).outcomes[0]
        if not isinstance(outcome, Returned):
            return failure(outcome)
        if str(outcome.value) == prepared:
            return Finding(Verdict.CORRECT, "right")
        return Finding(Verdict.INCORRECT, "differs")


def quick(made: Assignment) -> Assignment:
    """The same assignment; code has less time."""
    limits = Limits(seconds=2.0, text=400)
    problems = tuple(
        replace(problem, questions=tuple(replace(q, limits=limits) for q in problem.questions))
        for problem in made.problems
    )
    return replace(made, problems=problems)


if "LEAPING" in os.environ:  # a clock that somebody sets back and forth
    leaps = cycle((86400.0, -3e8, 0.0, 1e9))
    time.time = lambda now=time.time: now() + next(leaps)  # type: ignore[misc]


Class = Mapping[str, Mapping[str, str]]


def lay_out(root: Path, class_: Class) -> Path:
    """Assignment and class on disk; returns the folder to run in."""
    on_disk(root)
    (root / "assignments/sky/spec.py").write_text(SPEC)
    (root / "solutions/sky/secret").write_text("5eed\n")
    (root / "class").mkdir()
    for student, answers in class_.items():
        (root / "class" / f"{student}.py").write_text(filled(**answers) if answers else STUB)
    return root


@dataclass
class Run:
    """A run that goes on."""

    process: "subprocess.Popen[str]"
    root: Path

    def reached(self, count: int = 1) -> list[int]:
        """Process ids of the workers that wait at the gate, once there are so many."""
        found: list[int] = until(lambda: here if len(here := self._waiting()) >= count else [])
        return found

    def below(self) -> dict[int, str]:
        """Command lines of the run's processes, by id, itself not among them."""
        return descendants(self.process.pid)

    def zygotes(self) -> list[int]:
        """Process ids; a zygote's children look like it, but it came first."""
        found = [pid for pid, line in self.below().items() if "sandbox.zygote" in line]
        return sorted(pid for pid in found if parent_of(pid) not in found)

    def children(self) -> list[int]:
        """Process ids of the children that run code."""
        return [pid for zygote in self.zygotes() for pid in descendants(zygote)]

    def _waiting(self) -> list[int]:
        return sorted(int(path.suffix[1:]) for path in self.root.glob("reached.*"))

    def ends(self) -> "Ran":
        """Wait for its end."""
        out, err = self.process.communicate(timeout=PATIENCE)
        return Ran(self.process.returncode, out, err)

    def interrupt(self, number: int = signal.SIGINT) -> None:
        """What a terminal does: every process of the run's group gets it."""
        os.killpg(self.process.pid, number)


@dataclass(frozen=True)
class Ran:
    """What a run came to."""

    code: int
    out: str
    err: str


def start(
    root: Path,
    *options: str,
    before: Callable[[], object] = lambda: None,
    patches: str = "",
    out: str = "out",
    **variables: str,
) -> Run:
    """Start a run as from a terminal.

    Args:
        before: Called in the process of the run before anything else.
        patches: Python that is run in it before the command.
        variables: Of the environment.
    """
    main = "import sys\nfrom autograder.cli import main\n" + patches + "\nsys.exit(main())"

    def prepare() -> None:
        for number in (signal.SIGINT, signal.SIGHUP):  # ignored in the background, by nohup
            signal.signal(number, signal.SIG_DFL)
        before()

    command = [sys.executable, "-c", main, "grade", "sky", "class", "--out", out, *options]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}
    environment |= {"COLUMNS": "100", **variables}
    process = subprocess.Popen(
        command,
        cwd=root,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=prepare,
    )
    return Run(process, root)


def graded(root: Path, *options: str, **more: Any) -> Ran:
    """Run to the end."""
    return start(root, *options, **more).ends()


def written(out: Path) -> dict[str, bytes]:
    """What must be the same for every run of the same class: results and grades."""
    paths = [*sorted((out / "results").glob("*")), out / "grades.csv"]
    return {path.name: path.read_bytes() for path in paths if path.exists()}


def litter(out: Path) -> list[str]:
    """Files that are neither results nor tables."""
    known = {"grades.csv", "marks.csv", "run.json"}
    files = (path for path in out.rglob("*") if path.is_file())
    return [path.name for path in files if path.name not in known and path.suffix != ".json"]


def until(found: Callable[[], Any]) -> Any:
    """Wait for something to be there."""
    end = time.monotonic() + PATIENCE
    while not (result := found()):
        assert time.monotonic() < end, "it never came"
        time.sleep(0.01)
    return result


def descendants(top: int | None = None) -> dict[int, str]:
    """Command lines of the living processes below one, this one by default, by id."""
    parents = {int(path.name): parent_of(int(path.name)) for path in Path("/proc").glob("[0-9]*")}
    below, new = set[int](), {top or os.getpid()}
    while new:
        new = {pid for pid, parent in parents.items() if parent in new}
        below |= new
    return {pid: command(pid) for pid in below}


def parent_of(pid: int) -> int:
    """The id of a process' parent; 0 for one that has ended."""
    try:
        state, parent = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[:2]
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return 0 if state in "ZX" else int(parent)


def command(pid: int) -> str:
    """A process' command line; empty when it has gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except (FileNotFoundError, ProcessLookupError):
        return ""


@contextmanager
def adopting() -> Iterator[None]:
    """Orphans of what is started here become this process' own: none gets out of sight."""
    from autograder.sandbox.system import PR_SET_CHILD_SUBREAPER, prctl

    prctl(PR_SET_CHILD_SUBREAPER, 1)
    before = descendants().keys()
    try:
        yield
        until(lambda: not descendants().keys() - before)
    finally:
        prctl(PR_SET_CHILD_SUBREAPER, 0)
        for pid in descendants().keys() - before:
            os.kill(pid, signal.SIGKILL)
