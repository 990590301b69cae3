"""What `verify` tells an author, on assignments with one slip each."""

from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.assignment import load
from autograder.verify import verify_assignment

SPEC = """
from autograder.author import *

pixels = Problem(
    "Pixels", "Text.", symbols="n, k: size", where="k <= n",
    width=closed_form("How wide?"),
    lost=closed_form("How many are lost?"),
)
assignment = Assignment("Pixels", [pixels])
"""
CODE = """    twice=function(
        "Double it.", "def twice(x):\\n    return ____",
        examples=[example("twice(x)", x=[1, 2], returns=[2, 5])],
    ),
)
"""
ANSWERS = '# %% width\nwidth = r"n - k + 1"\n\n# %% lost\nlost = r"k - 1"\n'
PROOFS = """
from autograder.author import exact

@exact(n=[3, 5], k=[1, 2])
def width(key, n, k):
    yield "places are counted", key(n=n, k=k) == len(range(n - k + 1))

@exact(k=[1, 2])
def lost(key, k):
    yield "the others", key(k=k) == k - 1
"""
BANK = "wrong:\n- answers: |\n    n - k\n  hint: And where n = k?\n"
RIGHT = "right: |\n  1 + n - k\n"
FILES = {
    "assignments/pixels/spec.py": SPEC,
    "solutions/pixels/answers.py": ANSWERS,
    "solutions/pixels/proofs.py": PROOFS,
    "solutions/pixels/bank/width.yaml": BANK,
}
Verify = Callable[..., tuple[bool, str]]


@pytest.fixture
def verify(tmp_path: Path) -> Verify:
    """Verify the assignment with some files exchanged, None for one that is gone."""

    def verified(**changed: str | None) -> tuple[bool, str]:
        from autograder.handout import write

        names = {Path(name).stem.split(".")[0]: name for name in FILES}
        texts = FILES | {names.get(name, name): text for name, text in changed.items()}
        for name, text in texts.items():
            if text is not None:
                (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
                (tmp_path / name).write_text(text, encoding="utf-8")
        assignment = load(str(tmp_path / "assignments" / "pixels"))
        write(assignment)
        told: list[str] = []
        broken = verify_assignment(assignment, told.append)
        return broken, " ".join("".join(told).split())

    return verified


def test_an_assignment_that_keeps_its_promises_is_ready(verify: Verify) -> None:
    """Nothing is left open."""
    broken, told = verify()
    assert not broken
    assert "READY: pixels proves its own grader" in told


def test_proofs_may_be_left_out_and_the_last_line_says_so(verify: Verify) -> None:
    """An author writes as many as he wants to be sure of."""
    broken, told = verify(proofs=None)
    assert not broken
    assert "READY: pixels, but 2 of 2 keys without a proof" in told


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (
            {
                "spec": SPEC.replace('lost?"),\n)\n', f'lost?"),\n{CODE}'),
                "answers": ANSWERS + "\n# %% twice\ndef twice(x):\n    return 2 * x\n",
            },
            "twice: WRONG VALUE",
        ),
        (
            {"answers": ANSWERS.replace("n - k + 1", "____")},
            "width: no answer in solutions/pixels/answers.py; copy its cell from"
            " assignments/pixels/answers.py, fill it in",
        ),
        (
            {"answers": ANSWERS.replace("n - k", "(n - k")},
            'width: invalid (not_closed) Column 1: "(" is opened here and never closed.',
        ),
        (
            {"answers": ANSWERS.replace("n - k", "(n - k")},
            "width: its bank waits for a key that can be used",
        ),
        (
            {"width": BANK.replace("And where n = k?", "Is it n-k+1 ?")},
            "width: its key stands in the hint of 'n - k'",
        ),
        (
            {"width": RIGHT + BANK.replace("And where", "Try 1 + n - k")},
            "width: its key stands in the hint of 'n - k'",
        ),
        (
            {"solutions/pixels/bank/widht.yaml": "right: |\n  n\n"},
            "bank/widht.yaml: read for no question; name it ID.yaml",
        ),
        (
            {"proofs": PROOFS.replace("n - k + 1", "n - k")},
            "proofs 1 of 2 keys; thinnest margins first 1 WRONG",
        ),
    ],
    ids=[
        "example",
        "no key",
        "bad key",
        "bank of a bad key",
        "hint",
        "hint, as in the bank",
        "stray bank",
        "proof",
    ],
)
def test_a_slip_is_named_and_stops_the_release(
    verify: Verify, changed: dict[str, str], said: str
) -> None:
    """With what to do about it where that isn't plain."""
    broken, told = verify(**changed)
    assert broken
    assert said in told
    assert "NOT READY" in told
