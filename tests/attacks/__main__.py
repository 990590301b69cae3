"""`python -m attacks [SET…]`: attack the grader under each set of layers, and print a table.

Besides the sets of `arena.py` there are `stock`, the usual grader in one process, to compare
with, and `fuzz`. Exit code 1 when a promise that a run makes is broken.
"""

import multiprocessing
import sys
import time
from collections.abc import Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor

from attacks import fuzz, stock
from attacks.arena import SETS, NoArena
from attacks.campaign import Outcome, campaign
from attacks.catalogue import GROUPS, attacks

EVERY = (*SETS, "stock", "fuzz")
PROCESSES = 3  # an attack that sleeps leaves a core to another


def main(names: Sequence[str]) -> int:
    """Run the named sets, or all."""
    if unknown := {*names} - {*EVERY}:
        print(f"no set {', '.join(unknown)}; there are {', '.join(EVERY)}")
        return 2
    counts = {group: len(attacks(group)) for group in GROUPS}
    print(f"{sum(counts.values())} attacks: " + ", ".join(f"{n} {g}" for g, n in counts.items()))
    print("held, of all; * where what bit breaks no promise that the run makes\n")
    print(f"{'':10}" + "".join(f"{group:>11}" for group in GROUPS) + "   seconds", flush=True)
    bad: list[str] = []
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(PROCESSES, mp_context=context) as pool, ThreadPoolExecutor(2) as two:
        pool.submit(int).result()  # forks all its processes, before there are threads
        asked = [name for name in SETS if name in (names or SETS)]
        running = {name: two.submit(_timed, name, pool) for name in asked}
        fuzzed = pool.submit(fuzz.fuzz) if "fuzz" in (names or EVERY) else None
        for name, future in running.items():
            try:
                outcome, seconds = future.result()
            except NoArena as error:
                bad.append(f"{name}: {error}")
                continue
            print(f"{name:10}{_row(outcome)}{seconds:10.0f}", flush=True)
            bad += [f"{name}: {each}" for each in _violations(outcome)]
        if "stock" in (names or EVERY):
            print(stock.table(pool), flush=True)
        if fuzzed is not None:
            said, wrong = fuzzed.result()
            print(f"\n{said}")
            bad += wrong
    print("\n" + ("\n".join(["BROKEN", *bad]) if bad else "every promise held"))
    return 1 if bad else 0


def _timed(name: str, pool: Executor) -> tuple[Outcome, float]:
    began = time.monotonic()
    return campaign(name, pool), time.monotonic() - began


def _row(outcome: Outcome) -> str:
    cells = []
    for group in GROUPS:
        mine = [each for each in outcome.attacks if each.group == group]
        bit = [each for each in mine if outcome.bites.get(each.student)]
        broke = any(outcome.broken(each) for each in bit)
        mark = "!" if broke else "*" if bit else " "
        cells.append(f"{f'{len(mine) - len(bit)}/{len(mine)}':>10}{mark}")
    return "".join(cells)


def _violations(outcome: Outcome) -> list[str]:
    found = [*outcome.faults]
    for attack in outcome.attacks:
        if broken := outcome.broken(attack):
            bites = ", ".join(outcome.bites[attack.student])
            found.append(f"{attack.group} {attack.name}: {bites}: breaks '{'; '.join(broken)}'")
    return found


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
