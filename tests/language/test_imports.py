"""Reading needs nothing but Python itself."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for path in (ROOT / "autograder" / "language").rglob("*.py")
    if path.stem != "__init__"
)
HEAVY = {"numpy", "sympy", "mpmath", "torch", "scipy"}


def loaded(code: str) -> set[str]:
    """What a bare interpreter without site-packages has loaded after some code."""
    start = f"import sys; sys.path.insert(0, {str(ROOT)!r}); "
    end = "; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", start + code + end],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return set(done.stdout.split())


def test_the_whole_language_can_be_imported_bare() -> None:
    """A student has Python and nothing else."""
    assert not loaded("; ".join(f"import {module}" for module in MODULES)) & HEAVY


@pytest.mark.parametrize(
    "text", [r"\frac{1}{\sqrt{d}}", "sum_i mu_i^2 / ||mu||", "q + 1", "(d", "d where k = 2"]
)
def test_reading_and_echoing_loads_nothing_heavy(text: str) -> None:
    """Right or wrong, readable or not."""
    code = f"""
from autograder.errors import Unreadable
from autograder.language.printer.echo import echo
from autograder.language.shapes import infer
from autograder.language.statements.statement import read
from autograder.language.vocabulary import declare
known = declare("mu: vector(d), d: size")
try:
    tree = read({text!r}, known).answer
    infer(tree, known), echo(tree)
except Unreadable as error:
    assert error.code
"""
    assert not loaded(f"exec({code!r})") & HEAVY


def test_the_check_would_notice() -> None:
    """What does need a library fails in such an interpreter, so the tests above say something."""
    with pytest.raises(subprocess.CalledProcessError):
        loaded("from autograder.compare.sampling import context; context(40)")
