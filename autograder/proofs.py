"""Proofs that keys are right: the author's experiments, run and judged."""

import traceback
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from autograder.assignment import Assignment
from autograder.counting import count, fit
from autograder.errors import AssignmentError
from autograder.experiments import Method, Proof
from autograder.keys import Key, keys_of, number_of, solution_module

STANDARD_ERRORS = 5.0  # one honest proof in two million fails
BLUNTEST = 0.02  # of the expected value; a wider band would let wrong keys pass


class ProofResult(NamedTuple):
    """How a proof went.

    Attributes:
        questions: Ids of the questions whose keys it proves.
        margin: How close it was, in words.
        evidence: What was done; or why it failed.
        used: The part of what is allowed that was used up, 0 to 1: the thinnest margin is
            the largest number.
    """

    name: str
    questions: tuple[str, ...]
    method: Method
    margin: str
    passed: bool
    evidence: str
    used: float = 0.0


class Outcome(NamedTuple):
    """What a method finds: see `ProofResult`."""

    margin: str
    passed: bool
    evidence: str
    used: float = 0.0


def prove(assignment: Assignment) -> list[ProofResult]:
    """Run all proofs of an assignment.

    Without a `proofs.py` there are none.

    Errors: AssignmentError when the solution can't be read or imported.
    """
    keys = keys_of(assignment)
    if not (assignment.solution / "proofs.py").is_file():
        return []
    return run_proofs(solution_module(assignment.solution, "proofs"), keys)


def run_proofs(module: ModuleType, keys: Mapping[str, object]) -> list[ProofResult]:
    """Run all proofs of a module, in the order of the questions.

    Args:
        keys: By question, what a proof gets: see `keys.keys_of`.

    Errors: AssignmentError when a name is that of no question, or a function named after one
        has no mark. A proof that raises has failed.
    """
    proofs = [each for each in vars(module).values() if isinstance(each, Proof)]
    ids = list(keys)
    for name, each in vars(module).items():
        if name in ids and getattr(each, "__module__", "") == module.__name__:
            raise AssignmentError(f"proof {name}: put a mark such as @exact() above it")
    proofs.sort(key=lambda proof: ids.index(questions_of(proof.name, ids)[0]))
    return [run_proof(proof, keys) for proof in proofs]


def run_proof(proof: Proof, keys: Mapping[str, object]) -> ProofResult:
    """Run one proof; one that raises has failed."""
    questions = questions_of(proof.name, list(keys))
    try:
        outcome = METHODS[proof.method](proof, keys[questions[0]])
    except Exception as error:
        outcome = Outcome("-", False, _why(error, proof), 1.0)
    return ProofResult(proof.name, questions, proof.method, *outcome)


def _why(error: Exception, proof: Proof) -> str:
    """What an author reads of a proof that raises, and its line in the proof's own file."""
    said = str(error) if isinstance(error, AssignmentError) else f"{type(error).__name__}: {error}"
    file = getattr(getattr(proof.run, "__code__", None), "co_filename", "")
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == file]
    return f"{said} ({Path(file).name}, line {lines[-1]})" if lines else said


def questions_of(name: str, ids: Sequence[str]) -> tuple[str, ...]:
    """The questions that a proof's name names.

    >>> questions_of("q1_to_q3__again", ["q1", "q2", "q3", "q4"])
    ('q1', 'q2', 'q3')

    Errors: AssignmentError when there are none of that name.
    """
    first, _, last = name.partition("__")[0].partition("_to_")
    if first not in ids or (last and last not in ids):
        raise AssignmentError(f"proof {name}: there is no question of that name")
    start = ids.index(first)
    return tuple(ids[start : ids.index(last or first) + 1])


def _monte_carlo(proof: Proof, key: object) -> Outcome:
    import numpy as np

    repeats, thinnest, bluntest = proof.options["repeats"], 0.0, 0.0
    for case in proof.cases:
        rng = np.random.default_rng(zlib.crc32(f"{proof.name} {sorted(case.items())}".encode()))
        pairs = [proof.run(key, **case, rng=rng) for _ in range(repeats)]
        estimates, expected = np.array([estimate for estimate, _ in pairs]), float(pairs[0][1])
        error = estimates.std(ddof=1) / np.sqrt(repeats)
        thinnest = max(thinnest, abs(estimates.mean() - expected) / error)
        bluntest = max(bluntest, STANDARD_ERRORS * error / abs(expected))
    passed = thinnest < STANDARD_ERRORS and bluntest < BLUNTEST
    margin = f"{thinnest:.1f} of {STANDARD_ERRORS:g} standard errors"
    evidence = f"{repeats} estimates in each of {len(proof.cases)} cases, band {bluntest:.2%}"
    return Outcome(margin, bool(passed), evidence, float(thinnest / STANDARD_ERRORS))


def _exact(proof: Proof, key: object) -> Outcome:
    claims: list[tuple[str, bool]] = [
        claim for case in proof.cases for claim in _claims(proof.run(key, **case))
    ]
    failed = [claim for claim, holds in claims if not holds]
    evidence = f"fails: {failed[0]}" if failed else "; ".join(dict.fromkeys(c for c, _ in claims))
    margin = f"{len(claims) - len(failed)} of {len(claims)} claims hold"
    return Outcome(margin, bool(claims) and not failed, evidence, float(bool(failed)))


def _claims(found: Iterator[tuple[str, Any]]) -> Iterator[tuple[str, bool]]:
    if not isinstance(found, Iterator):
        raise AssignmentError("an exact proof yields pairs: a claim in words, whether it holds")
    for pair in found:
        if not isinstance(pair, tuple) or len(pair) != 2 or not isinstance(pair[0], str):
            raise AssignmentError("an exact proof yields pairs: a claim in words, whether it holds")
        yield pair[0], bool(pair[1])


def _same_outputs(proof: Proof, key: object) -> Outcome:
    import torch

    tolerance, largest = proof.options["tolerance"], 0.0
    for case in proof.cases:
        with torch.random.fork_rng(), torch.no_grad():
            torch.manual_seed(zlib.crc32(f"{proof.name} {case['sizes']}".encode()))
            ours, theirs = proof.run(key, *case["sizes"])
            if ours.shape != theirs.shape:
                shapes = f"{tuple(ours.shape)} and {tuple(theirs.shape)}"
                return Outcome("-", False, f"shapes {shapes} for sizes {case['sizes']}", 1.0)
            largest = max(largest, float((ours - theirs).abs().max()))
    margin = f"{largest:.0e} of {tolerance:.0e}"
    return Outcome(margin, largest < tolerance, f"{len(proof.cases)} sizes", largest / tolerance)


def _counted(proof: Proof, key: object) -> Outcome:
    what, skip, order, grid = (proof.options[name] for name in ("what", "skip", "order", "grid"))
    if not isinstance(key, Key):
        raise AssignmentError("only a typed order of growth can be counted")

    def counts(**sizes: int) -> int:
        fast = None if skip is None else number_of(skip, sizes)
        return count(what, lambda: proof.run(**sizes), lambda elements: elements == fast)

    found = fit(counts, grid)
    if any(factor < 0 for factor in found.terms.values()):
        raise AssignmentError(f"{found} has a negative term: choose another experiment")
    against = key if order is None else key.with_text(order)
    passed = against.accepts(found.growth())
    compared = f"grows as {against.text}" if passed else f"does not grow as {against.text}"
    evidence = f"{found} {what} in {len(proof.cases)} sizes; {compared}"
    return Outcome("exact" if passed else "-", passed, evidence, 0.0 if passed else 1.0)


METHODS: Mapping[Method, Callable[[Proof, object], Outcome]] = {
    "Monte Carlo": _monte_carlo,
    "exact": _exact,
    "same outputs": _same_outputs,
    "counted": _counted,
}
