"""`make bench`: how long grading takes, and otter-grader on the same answers, in one run.

Every figure is a median; times are processor seconds of all processes unless it says wall.
Machines differ and are shared: compare the figures of one run with each other only.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import bench_engine
import bench_hosts
import bench_sandbox

from autograder.answering import judge_answer
from autograder.assignment import Assignment, load
from autograder.bank import Bank
from autograder.classroom import open_grader
from autograder.formats import read_file
from autograder.grading import Grader, grade

ROOT = Path(__file__).parents[1]
REPEATS = 7
ISOLATED = (
    "import sys; sys.path.insert(0, {root!r}); from autograder.cli import main; main({asked!r})"
)


def main() -> None:
    """Print the tables."""
    bench_engine.main()
    bench_sandbox.main()
    bench_hosts.main()
    assignment = load("attention")
    file = assignment.solution / "answers.py"
    with open_grader(assignment) as grader:
        grade(read_file(file, assignment), grader)  # torch and the keys are loaded here
        ours = submission(assignment, file, grader)
        show("one submission, 32 questions, warm", ours, "s")
        typed = sorted(answers(assignment, grader))
        show("one typed answer, warm", statistics.median(typed) * 1e3, "ms")
        show("the slowest of 100 typed answers", typed[int(0.99 * len(typed))] * 1e3, "ms")
    checked = [wall(check, file) for _ in range(REPEATS)]
    show("check of typed answers, python -I -S, wall", statistics.median(checked), "s")
    whole, theirs = processor(command, file), otter(assignment, file)
    show("autograder grade, one submission, cold", whole, "s")
    show("otter run on the same answers, 32 tests", theirs, "s")
    print(f"otter run / autograder grade, cold  {theirs / whole:.1f} x")
    print(f"otter run / one submission, warm    {theirs / ours:.0f} x")


def show(what: str, figure: float, unit: str) -> None:
    """One line of the table."""
    print(f"{what:<46}{figure:>9.3g} {unit}", flush=True)


def processor(run: Callable[..., object], *arguments: object) -> float:
    """Processor seconds of this process and of the children that have ended."""

    def used() -> float:
        kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        return sum(u.ru_utime + u.ru_stime for u in map(resource.getrusage, kinds))

    before = used()
    run(*arguments)
    return used() - before


def wall(run: Callable[..., object], *arguments: object) -> float:
    """Seconds on the clock."""
    before = time.perf_counter()
    run(*arguments)
    return time.perf_counter() - before


def tree_seconds() -> float:
    """Processor seconds of this process and all that live below it, children of a zygote too."""
    ticks, pids = 0, [os.getpid()]
    while pids:
        pid = pids.pop()
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += sum(map(int, fields[11:15]))  # its own time and that of children it reaped
            for task in Path(f"/proc/{pid}/task").iterdir():
                pids += map(int, (task / "children").read_text().split())
        except OSError:
            continue
    return ticks / os.sysconf("SC_CLK_TCK")


def submission(assignment: Assignment, file: Path, grader: Grader) -> float:
    """One whole submission once the grader is warm; nothing is remembered from the one before."""
    found = []
    for _ in range(REPEATS):
        fresh = Grader(
            grader.assignment, grader.reference, Bank(assignment.solution / "bank"), grader.sandbox
        )
        before = tree_seconds()
        grade(read_file(file, assignment), fresh)
        found.append(tree_seconds() - before)
    return statistics.median(found)


def answers(assignment: Assignment, grader: Grader) -> Iterator[float]:
    """Wall seconds for each banked answer to a typed question, judged for the first time."""
    for question in assignment:
        if question.kind.form != "typed" or hasattr(question.kind, "template"):
            continue
        entries = grader.bank.entries(question.id)
        for text in (*entries.right, *(a for mistake in entries.wrong for a in mistake.answers)):
            yield wall(judge_answer, question.id, text, grader)


def check(file: Path) -> None:
    """A student's check with nothing but the standard library, all code answers left out."""
    with tempfile.TemporaryDirectory() as folder:
        typed = Path(folder) / "answers.json"
        texts = {q: r.text for q, r in read_file(file, load("attention")).responses.items()}
        kinds = load("attention").questions
        chosen = {q: text for q, text in texts.items() if kinds[q].kind.form == "typed"}
        typed.write_text(json.dumps(chosen))
        code = ISOLATED.format(root=str(ROOT), asked=["check", "attention", str(typed)])
        run([sys.executable, "-I", "-S", "-c", code])


def command(file: Path) -> None:
    """The whole command, from nothing to a gradebook."""
    with tempfile.TemporaryDirectory() as out:
        run([sys.executable, "-m", "autograder", "grade", "attention", str(file), "--out", out])


def otter(assignment: Assignment, file: Path) -> float:
    """`otter run` on the same answers: 32 exception-style tests that look at each answer."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "tests").mkdir()
        for question in assignment:
            (folder / "tests" / f"{question.id}.py").write_text(otter_test(question.id))
        (folder / "answers.py").write_text(file.read_text())
        tool = str(Path(sys.executable).with_name("otter"))
        run([tool, "generate", "-t", "tests", "-o", "all.zip"], folder)
        return processor(run, [tool, "run", "answers.py", "-a", "all.zip", "-o", "."], folder)


def otter_test(question: str) -> str:
    """A test file that only sees whether there is an answer."""
    present = question if question not in ("q2d", "q5b_ii") else "MultiHeadAttention"
    body = "assert env" if question[:2] == "q3" else f"assert {present!r} in env"
    return (
        "from otter.test_files import test_case\n"
        f'OK_FORMAT = False\nname = "{question}"\npoints = 1\n\n'
        f"@test_case()\ndef test_present(env):\n    {body}\n"
    )


def run(command: list[str], folder: Path = ROOT) -> None:
    """Run a command quietly; its exit code does not matter, that it can be run does."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode > 1:
        sys.exit(f"bench: {command[0]}: {done.stderr or done.stdout}")


if __name__ == "__main__":
    main()
