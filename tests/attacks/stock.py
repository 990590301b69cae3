"""The usual grader, to compare with: student code, key and comparison in one process.

A file is run with exec, its function is called and compared with the key's, the score is
written to a file; typed answers go through sympify. Each attack has a process of its own, with
a time limit and a limit on memory, as common autograders give it.
"""

import json
import os
import resource
import signal
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import Executor
from pathlib import Path

from attacks.arena import SETS, become, give, run_inside
from attacks.catalogue import GROUPS, Attack, attacks, mark
from attacks.course import HONEST, Course, make_canaries, make_course

CODE = ("reading", "forging", "ending", "returned", "exhaustion")
SECONDS = 2.0
MEMORY = 4 << 30
ENDS = ("points", "leak", "text run as code", "no result", "held")


def table(pool: Executor) -> str:
    """A line for each class: how many attacks were held, and what the others did."""
    rows, lines = pool.submit(_counts).result(), []
    cells = []
    for group in GROUPS:
        found = rows.get(group, {})
        total = sum(found.values())
        held = f"{found.get('held', 0)}/{total}" if total else "-"
        cells.append(f"{held:>10} ")
    lines.append(f"{'one process':10}{''.join(cells)}")
    for end in ENDS[:-1]:
        count = sum(found.get(end, 0) for found in rows.values())
        lines.append(f"    {end}: {count}")
    return "\n".join(lines)


def _counts() -> dict[str, dict[str, int]]:
    with tempfile.TemporaryFile("w+") as file:

        def run() -> None:
            json.dump(_run(attacks(*CODE, "typed")), file)
            file.flush()

        run_inside(SETS["split"], run)
        file.seek(0)
        found: dict[str, dict[str, int]] = json.load(file)
        return found


def _run(chosen: Sequence[Attack]) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {}
    for attack in chosen:
        with tempfile.TemporaryDirectory(prefix="attacks_", ignore_cleanup_errors=True) as folder:
            os.chmod(folder, 0o711)
            course = make_course(Path(folder) / Path(folder).name, make_canaries())
            give(course.folder, SETS["split"])
            end = _graded(attack, course)
        found = counts.setdefault(attack.group, {})
        found[end] = found.get(end, 0) + 1
    return counts


def _graded(attack: Attack, course: Course) -> str:
    """What one submission comes to."""
    result = course.folder / "results.json"
    data = attack.make(str(course.folder), 9)
    pid = os.fork()
    if pid == 0:
        try:
            nowhere = os.open(os.devnull, os.O_RDWR)
            for number in (0, 1, 2):
                os.dup2(nowhere, number)
            os.closerange(3, 1024)
            become(SETS["split"])
            _grade(attack, data, course, result)
        finally:
            os._exit(0)
    until = time.monotonic() + SECONDS
    while os.waitpid(pid, os.WNOHANG)[0] == 0 and time.monotonic() < until:
        time.sleep(0.01)
    _kill_the_rest()
    left = [*Path("/tmp").glob(mark(str(course.folder), attack.name) + "*")]
    for path in left:
        path.unlink()
    try:
        text = result.read_text()
        content = json.loads(text)
    except (OSError, ValueError):
        return "no result"
    if content.get("score"):
        return "points"
    if left and attack.group == "typed":
        return "text run as code"
    return "leak" if any(canary in text for canary in course.canaries.values()) else "held"


def _grade(attack: Attack, data: bytes, course: Course, result: Path) -> None:
    import torch

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    key: dict[str, object] = {}
    exec((course.folder / "solutions/vault/answers.py").read_text().split("# %% gate")[0], key)
    inputs = torch.tensor([0.5, -1.0, 2.0])
    score, said = 0.0, ""
    try:
        if attack.group == "typed":
            score = float(_same_formula(json.loads(data)["t1"]))
        else:
            scope: dict[str, object] = {}
            exec(data.decode().split("# %% gate")[0], scope)
            expected = key["weigh"](inputs)  # type: ignore[operator]
            if torch.allclose(scope["weigh"](inputs), expected):  # type: ignore[operator]
                score = 1.0
    except Exception as error:
        said = f"{type(error).__name__}: {error}"[:2000]
    result.write_text(json.dumps({"score": score, "output": said}))


def _same_formula(text: str) -> bool:
    import sympy

    return bool(sympy.simplify(sympy.sympify(text) - sympy.sympify(HONEST["t1"])) == 0)


def _kill_the_rest() -> None:
    """What an attack has started; in the arena there is nobody else."""
    while True:
        try:
            os.kill(-1, signal.SIGKILL)  # all at once: a fork bomb has no time to go on
            os.waitpid(-1, 0)
        except (ChildProcessError, ProcessLookupError):
            return
