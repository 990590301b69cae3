"""`make bench`: what a child behind the wall costs, step by step, in one run.

Every figure is a median of wall times; the last lines compare with a fresh interpreter for each
question, as graders without a zygote start one.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from autograder.sandbox import Call, Job, Sandbox
from autograder.sandbox.sandbox import ChildSession

REPEATS = 40
FRESH = 3
NOTHING = Job("def f(): return 1", (Call("f"),))
QUESTION = "import torch\ndef f(): return 1\nprint(f())"


def main() -> None:
    """Print the table."""
    print("behind the wall, medians of wall time")
    with Sandbox() as walled, Sandbox(wanted=(), trusted=True) as bare:
        held = [layer for layer, why in walled.missing().items() if not why and layer != "files"]
        everything, split = steps(walled), steps(bare)
        show("fork to first answer", everything["first"])
        show("  of it the layers", everything["first"] - split["first"])
        show("one more call in a live child", everything["call"])
        show("kill and reap", everything["kill"])
        jobs = 1 / (everything["first"] + everything["kill"])
        print(f"{'fork, call, kill: jobs a second, one core':<44}{jobs:>9.0f}")
        print(f"{'calls a second in a live child':<44}{1 / everything['call']:>9.0f}")
        fresh = statistics.median(timed(interpreter) for _ in range(FRESH))
        show("a fresh interpreter that imports torch", fresh)
        ratio = fresh / (everything["first"] + everything["kill"])
        print(f"{'fresh interpreter / fork, call and kill':<44}{ratio:>9.0f} x")
        print(f"layers that hold here: {', '.join(held) or 'none'}\n", flush=True)


def steps(sandbox: Sandbox) -> dict[str, float]:
    """Medians in seconds of the first answer, one more call and the end of a child."""
    found: dict[str, list[float]] = {"first": [], "call": [], "kill": []}
    for _ in range(REPEATS):
        session = ChildSession(sandbox)
        found["first"].append(timed(lambda session=session: session.run(NOTHING)))  # type: ignore[misc]
        found["call"].append(timed(lambda session=session: session.run(NOTHING)))  # type: ignore[misc]
        found["kill"].append(timed(session.close))
    return {name: statistics.median(times) for name, times in found.items()}


def interpreter() -> None:
    """Start Python, import torch, answer once."""
    subprocess.run([sys.executable, "-c", QUESTION], check=True, stdout=subprocess.DEVNULL)


def timed(run: Callable[[], object]) -> float:
    """Seconds on the clock."""
    before = time.perf_counter()
    run()
    return time.perf_counter() - before


def show(what: str, seconds: float) -> None:
    """One line of the table."""
    print(f"{what:<44}{seconds * 1e3:>9.2f} ms", flush=True)


if __name__ == "__main__":
    main()
