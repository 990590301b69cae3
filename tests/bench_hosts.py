"""What the check, Gradescope's container and otter-grader cost; part of `make bench`.

Memory is the peak of the proportional set size (PSS) of a process and all below it.
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile

from container import Container

from autograder.assignment import Assignment, load
from autograder.hosts.otter import package_otter
from autograder.hosts.student.student_zip import package_student

REPEATS = 9
GLANCE = 0.02  # seconds between looks at the memory
BARE = [sys.executable, "-I", "-S"]


class Used(NamedTuple):
    """Of one command: seconds on the clock, megabytes at the peak."""

    seconds: float
    megabytes: float


def main() -> None:
    """Print the figures."""
    assignment = load("attention")
    with tempfile.TemporaryDirectory() as name:
        _check(assignment, Path(name))
        _gradescope(assignment, Path(name))
        _otter(assignment, Path(name))


def _check(assignment: Assignment, folder: Path) -> None:
    """A student's first check of a fresh unzip, and the next ones, against Python alone."""
    home = folder / "student"
    with ZipFile(package_student(assignment, folder)) as archive:
        archive.extractall(home)
    shutil.copy(assignment.solution / "class" / "amara.py", home / "answers.py")
    alone = statistics.median(_wall([*BARE, "-c", "pass"]) for _ in range(REPEATS))
    for said, flags in (("fresh unzip", ["-B"]), ("later", [])):
        command = [*BARE, *flags, str(home / "check.py"), str(home / "answers.py")]
        if not flags:
            _wall(command)  # it writes what it has compiled
        found = statistics.median(_wall(command) for _ in range(REPEATS))
        print(f"check.py, {said:<12} {found * 1e3:6.0f} ms  {found / alone:5.1f} x python -c pass")


def _gradescope(assignment: Assignment, folder: Path) -> None:
    container = Container(folder / "autograder", assignment)
    container.hand_in(assignment.solution / "class" / "amara.py")
    _show("Gradescope's run_autograder", ["env", "-i", str(container.root / "run_autograder")])


def _otter(assignment: Assignment, folder: Path) -> None:
    tool, made = str(Path(sys.executable).with_name("otter")), str(folder / "otter.zip")
    home = package_otter(assignment, folder)
    generate = [tool, "generate", "-o", made]
    subprocess.run(generate, cwd=home, check=True, capture_output=True)
    file = str(assignment.solution / "class" / "amara.py")
    _show("otter run with our plugin", [tool, "run", file, "-a", made, "-o", str(folder)])


def _show(what: str, command: Sequence[str]) -> None:
    found = [_measure(command) for _ in range(3)]
    seconds = statistics.median(each.seconds for each in found)
    peak = max(each.megabytes for each in found)
    print(f"{what:<28} {seconds:5.1f} s, peak {peak:4.0f} MB (PSS)", flush=True)


def _wall(command: Sequence[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, capture_output=True, check=False)
    return time.perf_counter() - began


def _measure(command: Sequence[str]) -> Used:
    began, peak = time.perf_counter(), 0.0
    nowhere = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=nowhere, stderr=nowhere) as process:
        while process.poll() is None:
            peak = max(peak, _tree(process.pid))
            time.sleep(GLANCE)
    return Used(time.perf_counter() - began, peak)


def _tree(root: int) -> float:
    """Megabytes that a process and all below it take, shared pages once."""
    total, pids = 0, [root]
    while pids:
        pid = pids.pop()
        try:
            for task in Path(f"/proc/{pid}/task").iterdir():
                pids += map(int, (task / "children").read_text().split())
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            total += sum(int(each.split()[1]) for each in lines if each.startswith("Pss:"))
        except OSError:
            continue
    return total / 1024


if __name__ == "__main__":
    main()
