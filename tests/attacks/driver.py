"""The real command line, in a process of its own, with the layers that a set has.

No option and no environment variable of the program can leave a layer out; this replaces the
function that opens the grader.
"""

import json
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from autograder import classroom, cli
from autograder.assignment import Assignment
from autograder.grading import Grader
from autograder.sandbox import promises


@contextmanager
def opened(
    assignment: Assignment, *, wanted: Collection[str], peaks: str, **options: Any
) -> Iterator[Grader]:
    """The assignment's own grader; when it ends it notes down how much memory it took."""
    with classroom.open_grader(assignment, wanted=wanted, **options) as grader:
        yield grader
    note_peak(peaks)


def note_peak(path: str) -> None:
    """Write down the largest resident size of this process, in bytes."""
    status = Path("/proc/self/status").read_text()
    kilobytes = int(status.split("VmHWM:")[1].split()[0])
    with open(path, "a") as file:
        file.write(f"{kilobytes << 10}\n")


def main() -> int:
    """`driver WANTED PEAKS ARGUMENTS…`: run a command of the program."""
    wanted, peaks, *arguments = sys.argv[1:]
    layers = json.loads(wanted)
    # Workers import this module anew: there `classroom.open_grader` is the program's own.
    classroom.open_grader = partial(opened, wanted=layers, peaks=peaks)
    promises.isolation = partial(promises.isolation, wanted=layers)
    code = cli.main(arguments)
    note_peak(peaks)
    return code
