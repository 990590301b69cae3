"""All attacks against one set of layers: rounds, who is to blame, and which promise is broken."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field

from attacks.arena import SETS
from attacks.catalogue import Attack, attacks
from attacks.course import make_canaries
from attacks.rounds import HONESTS, Seen, grade_round

KEY = "the key is in no process that runs student code"
SCORE = "a score can't be forged"
FILES = "the key and other students' files can't be read"
NETWORK = "there is no network"
BOUNDS = "memory, time, disk and processes are bounded"
OTHERS = "other results stay as they are"
BREAKS = {
    "points": SCORE,
    "network": NETWORK,
    "file": BOUNDS,
    "process": BOUNDS,
    "late": BOUNDS,
    "memory": BOUNDS,
    "honest": OTHERS,
    "run": OTHERS,
    "ungraded": OTHERS,
}
MEMORY = 300 << 20  # bytes that the grader may take beyond what it takes idle
# Classes that share a run, the longest first.
BATCHES = (
    ("exhaustion", "ending"),
    ("returned", "network", "source"),
    ("reading", "forging"),
    ("typed", "archives"),
)


@dataclass
class Outcome:
    """What attacks came to under one set of layers.

    Attributes:
        bites: By attack, what it did that it should not.
        promises: Those that the run makes here.
        layers: For each layer `holds` or why not.
        faults: What is wrong besides attacks.
    """

    attacks: Sequence[Attack]
    bites: Mapping[str, Sequence[str]] = field(default_factory=dict)
    promises: Mapping[str, bool] = field(default_factory=dict)
    layers: Mapping[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def broken(self, attack: Attack) -> list[str]:
        """The promises of this run that an attack has broken."""
        return sorted({p for bite in self.bites.get(attack.student, ())
                       if self.promises[p := promise_of(attack, bite)]})  # fmt: skip


def promise_of(attack: Attack, bite: str) -> str:
    """The promise that a bite breaks; the environment is as open as a user's files."""
    if bite.startswith("leak"):
        return KEY if attack.in_memory and "environment" not in bite else FILES
    return BREAKS[bite]


def campaign(name: str, pool: Executor, chosen: Sequence[Attack] | None = None) -> Outcome:
    """Run attacks, all of them by default, against the set of this name.

    Errors: NoArena.
    """
    layers, canaries = SETS[name], make_canaries()
    every = attacks() if chosen is None else chosen
    outcome = Outcome(every)
    idle = pool.submit(grade_round, layers, [], canaries, True).result()
    outcome.promises, outcome.layers = idle.promises, idle.layers
    outcome.faults += [f"an honest run: {each}: {idle.said[-300:]}" for each in idle.whole]
    held = {layer for layer, state in idle.layers.items() if state == "holds"}
    outcome.faults += [f"{layer} does not hold here" for layer in layers.layers - held]
    if outcome.faults:
        return outcome
    rounds = [*_batches(every, alone=not outcome.promises[OTHERS])]
    refused = None
    if not outcome.promises[FILES]:
        code = [each for each in every if each.runs_code]
        refused = pool.submit(grade_round, layers, code, canaries, False)
    waiting = [(each, pool.submit(grade_round, layers, each, canaries, True)) for each in rounds]
    bites: dict[str, set[str]] = {}
    while waiting:
        batch, future = waiting.pop(0)
        seen = future.result()
        again = _note(batch, seen, idle, bites)
        waiting += [(b, pool.submit(grade_round, layers, b, canaries, True)) for b in again]
    outcome.bites = {student: sorted(found) for student, found in bites.items()}
    if refused is not None:
        outcome.faults += _faults_when_refused(refused.result(), every)
    return outcome


def _batches(every: Sequence[Attack], alone: bool) -> Iterator[list[Attack]]:
    """Attacks that share a run; those that may end it have their own where nothing stops them."""
    for groups in BATCHES:
        if batch := [e for e in every if e.group in groups and not (alone and e.alone)]:
            yield batch
    yield from ([each] for each in every if alone and each.alone)


def _note(
    batch: Sequence[Attack], seen: Seen, idle: Seen, bites: dict[str, set[str]]
) -> list[list[Attack]]:
    """Note down what an attack did; the smaller batches that tell who did the rest."""
    whole = {*seen.whole}
    if any(seen.results.get(name) != idle.results[name] for name in (*HONESTS, "b_other")):
        whole.add("honest")
    if max(seen.peaks, default=0) > max(idle.peaks) + MEMORY:
        whole.add("memory")
    if len(batch) == 1:
        student = batch[0].student
        bites[student] = {*seen.bites[student], *whole}
        return []
    if whole:
        half = len(batch) // 2
        return [[*batch[:half]], [*batch[half:]]]
    for attack in batch:
        bites[attack.student] = {*seen.bites[attack.student]}
    # Late may be the machine's fault: alone, it is not.
    return [[attack] for attack in batch if "late" in bites[attack.student]]


def _faults_when_refused(seen: Seen, every: Sequence[Attack]) -> list[str]:
    """Where code is not to be run, nothing may be seen of it at all."""
    found = [f"without acceptance: {each}" for each in seen.whole]
    found += [f"without acceptance: {attack.student}: {bite}" for attack in every
              for bite in seen.bites.get(attack.student, ()) if bite != "late"]  # fmt: skip
    if not all('"code": "no_isolation"' in seen.results.get(name, "") for name in HONESTS):
        found.append("without acceptance: code was run")
    return found
