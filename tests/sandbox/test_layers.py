"""What a child may use and reach."""

import time
from collections.abc import Callable

import pytest
from processes import is_gone

from autograder.sandbox import (
    Call,
    Job,
    Limits,
    Outcome,
    Raised,
    Report,
    Returned,
    Sandbox,
    Session,
    TimedOut,
)

Run = Callable[..., Report]
CallOne = Callable[..., Outcome]
LOOPS = {
    "python": "while True: pass",
    "no signals": "import signal; signal.pthread_sigmask(0, range(1, 64)); torch.ones(1) ** 1\n"
    "    while True: pass",
    "sleep": "import time; time.sleep(1000)",
    "catch": "while True:\n        try: sum(range(10**5))\n        except BaseException: pass",
    "C": "return 10 ** 10 ** 9",
}


@pytest.mark.parametrize("body", LOOPS.values(), ids=[*LOOPS])
def test_code_that_does_not_end_is_ended(run: Run, body: str) -> None:
    """At its limit; what was returned before it counts, and the next job runs."""
    source = f"def f(): return 1\ndef g():\n    {body}"
    run("def f(): return 1", "f")  # the zygote's start doesn't count
    began = time.monotonic()
    first, *rest = run(source, "f", "g", "f", seconds=0.5).outcomes
    assert time.monotonic() - began < 3
    assert isinstance(first, Returned)
    assert rest == [TimedOut(0.5)] * 2
    assert isinstance(run(source, "f").outcomes[0], Returned)


def test_a_source_that_does_not_end_times_out_for_all_calls(run: Run) -> None:
    """The definition counts too."""
    assert run("while True: pass", "f", "g", seconds=0.2).outcomes == (TimedOut(0.2),) * 2


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ("bytearray(10**9)", "MemoryError"),
        ("torch.ones(10**9)", "RuntimeError"),
        ("np.ones(10**9)", "MemoryError"),
        ("[0] * 10**9", "MemoryError"),
    ],
)
def test_memory_is_limited(run: Run, body: str, error: str) -> None:
    """An error like any other: the child goes on."""
    report = run(f"def f(): {body}\ndef g(): return 1", "f", "g", memory=300 << 20)
    assert isinstance(report.outcomes[0], Raised)
    assert report.outcomes[0].error == error
    assert isinstance(report.outcomes[1], Returned)


def test_memory_of_earlier_jobs_is_free_again(run: Run) -> None:
    """A big tensor is not held by the job that is over."""
    source = "big = torch.ones(40 << 20)\ndef f(): return f is not None"
    for _ in range(4):
        assert isinstance(run(source, "f", memory=300 << 20).outcomes[0], Returned)


def test_a_gigabyte_of_text_stalls_nothing(run: Run) -> None:
    """Head and tail are kept, and how much is missing."""
    source = (
        "def f():\n    print('first')\n    text = 'x' * (1 << 20)\n"
        "    for _ in range(1024): print(text)\n    print('last')"
    )
    report = run(source, "f", seconds=20, output=1000)
    assert isinstance(report.outcomes[0], Returned)
    head = "first\n" + 494 * "x"
    tail = 494 * "x" + "\nlast\n"
    assert report.printed == f"{head}\n[… 1,073,741,859 bytes dropped …]\n{tail}"


def test_text_printed_without_end_does_not_outlast_the_limit(run: Run) -> None:
    """The text before the limit is there."""
    began = time.monotonic()
    report = run("def f():\n    while True: print('again')", "f", seconds=0.5)
    assert time.monotonic() - began < 3
    assert report.outcomes == (TimedOut(0.5),)
    assert report.printed.startswith("again\nagain\n")


def test_the_child_has_nothing_of_its_surroundings(call: CallOne) -> None:
    """No environment but one thread, no open files but its pipes, empty input, no folder."""
    source = (
        "import os, sys\n"
        "def f(): return [sorted(set(os.environ.values())), len(os.listdir('/proc/self/fd')),\n"
        "    sys.stdin.read(),\n"
        "    os.getcwd(), os.getsid(0) == os.getpid()]\n"
    )
    found = call(source)
    assert isinstance(found, Returned)
    assert found.value == [["1"], 6, "", "/", True]  # five, and the one that lists them


@pytest.mark.parametrize("name", ["tests", "solutions", "assignments", "conftest"])
def test_the_child_cannot_import_what_lies_beside_the_package(call: CallOne, name: str) -> None:
    """Not even by accident."""
    found = call(f"def f(): import {name}")
    assert isinstance(found, Raised)
    assert found.error == "ModuleNotFoundError"


def test_the_child_is_bound(call: CallOne) -> None:
    """The kernel says so itself."""
    source = (
        "import resource as r\n"
        "def f(): return [[*map(r.getrlimit, (r.RLIMIT_CPU, r.RLIMIT_FSIZE, r.RLIMIT_CORE,\n"
        "    r.RLIMIT_NOFILE, r.RLIMIT_MEMLOCK))],\n"
        "    [open('/proc/self/status').read().split(name + ':')[1].split()[0]\n"
        "     for name in ('NoNewPrivs', 'Seccomp')]]\n"
    )
    found = call(source)
    assert isinstance(found, Returned)
    assert found.value == [[[6, 7], [0, 0], [0, 0], [64, 64], [0, 0]], ["1", "2"]]


def test_no_file_can_be_written(call: CallOne) -> None:
    """Not a single byte."""
    found = call("def f():\n    with open('/tmp/sandbox_test', 'wb', 0) as file: file.write(b'x')")
    assert isinstance(found, Raised)
    assert found.error in ("OSError", "PermissionError")


DAEMONS = """
import os, time
def f(count):
    told, tell = os.pipe()
    for _ in range(count):
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                os.write(tell, b"%d\\n" % os.getpid())
                time.sleep(1000)
            os._exit(0)
    pids = b""
    while pids.count(b"\\n") < count:
        pids += os.read(told, 100)
    return [int(pid) for pid in pids.split()]
def g():
    while True: pass
"""


@pytest.mark.parametrize("then", [(), (Call("g"),)], ids=["ends", "times out"])
def test_what_a_child_starts_ends_with_it(bare: Sandbox, then: tuple[Call, ...]) -> None:
    """Also daemons in sessions of their own, where no layer keeps it from starting them."""
    with bare.session() as session:
        job = Job(DAEMONS, (Call("f", (5,)), *then))
        found = session.run(job, Limits(seconds=1)).outcomes[0]
    assert isinstance(found, Returned) and isinstance(found.value, list)
    assert len(found.value) == 5
    assert all(is_gone(pid) for pid in found.value if isinstance(pid, int))


def test_a_child_that_used_much_time_is_replaced(session: Session) -> None:
    """Its CPU time is limited for all its jobs together."""
    job = Job("import os, time\ndef f(s): time.sleep(s); return os.getpid()", (Call("f", (0.3,)),))
    pids = [session.run(job, Limits(seconds=0.9)).outcomes[0] for _ in range(5)]
    assert all(isinstance(pid, Returned) for pid in pids)
    assert 1 < len({pid.value for pid in pids if isinstance(pid, Returned)}) < 5
