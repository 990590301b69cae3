"""A small assignment with a random canary in everything that nobody may see."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

MARK = "canary_"
SECONDS = 0.6  # a code answer's limit

SPEC = f"""
from autograder.author import (
    Assignment, Limits, Problem, blank, closed_form, function, growth, shape, values,
)

quick = Limits(seconds={SECONDS}, memory=512 << 20)
typed = Problem(
    "Typed", "Sizes `n`, `d`.", symbols="n: size, d: size, x: real",
    t1=closed_form("`(x + 1)^2`?", symbols="x: real"),
    t2=growth("How long does sorting take?"),
    t3=shape("Which shape has the transpose of `[n, d]`?"),
    t4=values("The first two primes?"),
)
code = Problem(
    "Code", "Write it.",
    c1=function("Weigh.", '''
        def weigh(x):
            \"\"\"x: (n,)   returns: (n,)\"\"\"
            return ____
        ''', limits=quick),
)
gate = Problem("Gate", "Fill it.", code="gate.py", g1=blank(limits=quick))
assignment = Assignment("Vault", [typed, code, gate], feedback="full")
"""
GATE = """
class Gate(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.inner = nn.Linear(width, ____)  # g1

    def forward(self, x):
        return self.inner(x)
"""
IMPORTS = "import math\n\nimport torch\nfrom torch import nn\n"
HONEST = {
    "t1": "x^2 + 2x + 1",
    "t2": "O(n log n)",
    "t3": "[d, n]",
    "t4": "[2, 3]",
    "c1": "def weigh(x):\n    return 3 * x + x * x\n",
    "g1": "2 * width",
}
PROBES = """
import numpy as np
from autograder.author import Probe

KEY = "{reference}"

def c1(rng):
    for n in (3, 5):
        x = rng.standard_normal(n).astype(np.float32)
        yield Probe(((x,),), 3 * x + x * x, f"n = {{n}}")

def blank_runs(rng):
    for width in (3, 5):
        yield {{"width": width}}, [rng.standard_normal((2, width)).astype(np.float32)]
"""


@dataclass(frozen=True)
class Course:
    """The assignment on disk.

    Attributes:
        folder: Where `autograder grade vault …` is run.
        canaries: By what they stand in: the reference, the secret, another student's
            submission, the grader's environment.
    """

    folder: Path
    canaries: Mapping[str, str]

    @property
    def submissions(self) -> Path:
        """What the class hands in."""
        return self.folder / "handed_in"

    @property
    def out(self) -> Path:
        """Where results go."""
        return self.folder / "out"

    @property
    def temporary(self) -> Path:
        """TMPDIR of the grader."""
        return self.folder / "tmp"


def make_canaries() -> dict[str, str]:
    """A random word for each thing that nobody may see."""
    names = ("reference", "secret", "other", "environment")
    return {name: f"{MARK}{name}_{secrets.token_hex(8)}" for name in names}


def make_course(folder: Path, canaries: Mapping[str, str]) -> Course:
    """Lay out spec, reference, probes, secret and another student's submission."""
    course = Course(folder, canaries)
    public, solution = (folder / name / "vault" for name in ("assignments", "solutions"))
    for each in (public, solution, course.submissions, course.temporary):
        each.mkdir(parents=True)
    (public / "spec.py").write_text(SPEC)
    (public / "gate.py").write_text(GATE)
    key = {**HONEST, "c1": HONEST["c1"] + f'\n\nKEY = "{canaries["reference"]}"\n'}
    (solution / "answers.py").write_text(f"# {canaries['reference']}\n" + file_of(key))
    (solution / "probes.py").write_text(PROBES.format(**canaries))
    (solution / "secret").write_text(canaries["secret"] + "\n")
    other = f"# {canaries['other']}\n" + file_of({"c1": f"def weigh(x): return '{MARK}'\n"})
    (course.submissions / "b_other.py").write_text(other)
    return course


def file_of(answers: Mapping[str, str]) -> str:
    """A student's file; what isn't given is blank."""
    cells = [
        f'# %% {name}\n{name} = r"{answers.get(name, "____")}"\n'
        for name in ("t1", "t2", "t3", "t4")
    ]
    cells.append("# %% c1\n" + answers.get("c1", "def weigh(x):\n    return ____\n"))
    cells.append("# %% gate\n" + GATE.replace("____", answers.get("g1", "____")))
    return IMPORTS + "\n" + "\n\n".join(cells)
