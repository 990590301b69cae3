"""How right and how fast typed answers are judged: our collection, slips, hostile text.

`make bench` prints this table first. Each case is judged in this process, its key prepared
anew, after one warm-up of its row. Wall time; machines differ and are shared.
"""

import resource
import statistics
import time
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from compare.collection import FILES, hostile, lines
from compare.mutants import mutants

from autograder.comparing import judge

MUTANTS = 500
COLUMNS = ("pairs", "right", "wrong accepts", "wrong rejects", "undecided", "unreadable")
KIBIBYTE = 1024  # what ru_maxrss counts in, on Linux


class Row(NamedTuple):
    """What came of some cases.

    Attributes:
        counts: How many of each of `COLUMNS`.
        times: Of each case, in seconds.
    """

    counts: Counter[str]
    times: Sequence[float]


def main() -> None:
    """Print the table; hostile text goes first, while nothing else has needed memory."""
    texts = hostile()
    warm(texts[-1])
    before = peak()
    harmful = run(texts)
    grown = peak() - before
    columns = "".join(f"  {name}" for name in COLUMNS)
    print(f"{'kind':<24}{columns}  median ms  p99 ms")
    for name in FILES:
        show(name, run(lines(name)))
    show(f"{MUTANTS} single-slip mutants", run(mutants(MUTANTS)))
    show("hostile text", harmful)
    refused = len(texts) - harmful.counts["right"] - harmful.counts["wrong accepts"]
    slowest = max(harmful.times) * 1e3
    print(f"hostile text: {refused} of {len(texts)} refused, the slowest after {slowest:.0f} ms")
    print(f"hostile text: peak memory grew by {grown / 1e6:.1f} MB\n", flush=True)


def run(cases: Sequence[dict[str, Any]]) -> Row:
    """Judge cases one by one; one whose verdict is no verdict had a key that can't be used."""
    warm(cases[0])
    counts, times = Counter({"pairs": len(cases)}), []
    for case in cases:
        before = time.perf_counter()
        verdict = judge(case).get("verdict")
        times.append(time.perf_counter() - before)
        counts[outcome(verdict, case["equal"])] += 1
    return Row(counts, times)


def outcome(verdict: object, equal: bool) -> str:
    """Which column a verdict counts in; a key that can't be used is unreadable, too."""
    match verdict:
        case "correct":
            return "right" if equal else "wrong accepts"
        case "incorrect":
            return "wrong rejects" if equal else "right"
        case "ungraded":
            return "undecided"
    return "unreadable"


def show(name: str, row: Row) -> None:
    """One line of the table."""
    times = sorted(row.times)
    late = times[min(len(times) - 1, int(0.99 * len(times)))]
    counts = "".join(f"  {row.counts[column]:>{len(column)}}" for column in COLUMNS)
    middle = statistics.median(times)
    print(f"{name:<24}{counts}  {middle * 1e3:>9.2f}  {late * 1e3:>6.1f}", flush=True)


def warm(case: dict[str, Any]) -> None:
    """Load what the first case of a row would load."""
    judge(case)


def peak() -> int:
    """The largest size of this process so far, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KIBIBYTE


if __name__ == "__main__":
    main()
