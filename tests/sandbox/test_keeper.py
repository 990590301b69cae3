"""Processes come and go; none stays."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from processes import is_gone

import autograder
from autograder.sandbox import Call, Exited, Job, Returned, Sandbox, Session

ROOT = Path(autograder.__file__).parents[1]
WHO = Job("import os\ndef f(): return [os.getppid(), os.getpid()]", (Call("f"),))


def who(session: Session) -> list[int]:
    """Process ids of zygote and child."""
    found = session.run(WHO).outcomes[0]
    assert isinstance(found, Returned) and isinstance(found.value, list)
    return [pid for pid in found.value if isinstance(pid, int)]


def test_the_zygote_has_one_thread_and_children_come_from_it(sandbox: Sandbox) -> None:
    """A fork of many threads may hang. A session keeps its child, the next has another."""
    with sandbox.session() as session:
        zygote, first = who(session)
        assert who(session) == [zygote, first]
        assert len(os.listdir(f"/proc/{zygote}/task")) == 1
    assert is_gone(first)
    with sandbox.session() as session:
        assert who(session)[0] == zygote
        assert who(session)[1] != first


def test_nothing_is_left_after_close_and_threads_may_start_it() -> None:
    """The end of the thread that started the zygote isn't the end of the zygote."""
    found: list[int] = []
    with Sandbox() as sandbox, sandbox.session() as session:
        thread = threading.Thread(target=lambda: found.extend(who(session)))
        thread.start()
        thread.join()
        assert who(session) == found
    assert [is_gone(pid) for pid in found] == [True, True]


def test_code_that_ends_its_zygote_is_at_fault_and_the_next_job_runs() -> None:
    """Where no layer keeps it from doing so: it is tried twice, then it has exited."""
    kill = Job("import os, time\ndef f(): os.kill(os.getppid(), 9); time.sleep(9)", (Call("f"),))
    with Sandbox(wanted=(), trusted=True) as sandbox, sandbox.session() as session:
        before = who(session)
        assert isinstance(session.run(kill).outcomes[0], Exited)
        after = who(session)
        assert not {*before} & {*after}
        assert all(is_gone(pid, within=1) for pid in before)


def test_a_zygote_that_dies_by_chance_costs_nothing() -> None:
    """The job that was running is run again by another."""
    with Sandbox() as sandbox, sandbox.session() as session:
        zygote = who(session)[0]
        slow = Job("import time\ndef f(): time.sleep(1); return 5", (Call("f"),))
        threading.Timer(0.3, os.kill, (zygote, signal.SIGKILL)).start()
        found = session.run(slow).outcomes[0]
        assert isinstance(found, Returned) and found.value == 5


GRADER = """
from autograder.sandbox import *
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored in the background
with Sandbox(Limits(seconds=60)) as sandbox, sandbox.session() as session:
    who = Job("import os\\ndef f(): return [os.getppid(), os.getpid()]", (Call("f"),))
    print(*session.run(who).outcomes[0].value, flush=True)
    session.run(Job("while True: pass", ()))
"""


@pytest.mark.parametrize("by", [signal.SIGKILL, signal.SIGINT])
def test_the_end_of_the_grader_is_the_end_of_all(by: signal.Signals) -> None:
    """However it ends, Ctrl-C included, and whatever the child is doing."""
    command = [sys.executable, "-c", GRADER]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, text=True
    ) as grader:
        assert grader.stdout is not None and grader.stderr is not None
        pids = [int(pid) for pid in grader.stdout.readline().split()]
        grader.send_signal(by)
        errors = grader.stderr.read()
        assert grader.wait(10) == -by
    assert ("KeyboardInterrupt" in errors) == (by == signal.SIGINT)
    assert len(pids) == 2
    assert all(is_gone(pid, within=2) for pid in pids)


def test_who_holds_the_key_lets_nobody_look_into_its_memory() -> None:
    """Its own user neither: the kernel gives what such a process has in /proc to root."""
    code = (
        "import ctypes, os\n"
        "from autograder.sandbox import Job, Sandbox\n"
        "with Sandbox(wanted=(), trusted=True) as sandbox, sandbox.session() as session:\n"
        "    session.run(Job('', ()))\n"
        "    print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))\n"  # PR_GET_DUMPABLE
    )
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert found.stdout == "0\n"


def test_importing_it_is_cheap_and_works_anywhere() -> None:
    """Neither torch nor numpy; nothing that only Linux has."""
    code = (
        "import os, sys\n"
        "sys.modules['resource'] = sys.modules['fcntl'] = None\n"
        "del os.fork\n"
        "sys.platform = 'darwin'\n"
        "from autograder.sandbox import Call, Job, Sandbox, SandboxError\n"
        "assert not {'torch', 'numpy', 'safetensors'} & set(sys.modules)\n"
        "with Sandbox() as sandbox, sandbox.session() as session:\n"
        "    try: session.run(Job('', ()))\n"
        "    except SandboxError as error: print(error)\n"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert found.stdout == "student code can be run on Linux only; use a container\n"
