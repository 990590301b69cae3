"""What binds the child, in order. Each step may rely on those before it.

1. Its own session; it dies with the zygote.
2. The pipes at fixed numbers, nothing else open, nothing in the environment.
3. Namespaces: to come.
4. Limits on memory, CPU time, files and locked memory.
5. A user of its own: to come. It undoes the second half of 1, which must then be renewed.
6. No look into its memory from outside, no gain of privileges.
7. Landlock: to come.
8. seccomp: to come.

Until 3, 5, 7 and 8 are there the child can read files, use the network, start programs and
signal processes of the same user. What it starts is killed when the child ends.
"""

import ctypes
import io
import math
import os
import signal
import sys
from typing import NamedTuple

REQUEST = 3
REPLY = 4
OPEN_FILES = 64
HANDLED = (signal.SIGTERM, signal.SIGINT)  # the zygote and Python have handlers for them

# linux/prctl.h
PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS = 38


class Ends(NamedTuple):
    """The child's ends of its pipes: file descriptors."""

    request: int
    reply: int
    log: int


def bind(ends: Ends, zygote: int, seconds: float, memory: int) -> None:
    """Put the calling process under all layers.

    Args:
        zygote: Process id of the parent.
        seconds: Wall-clock limit of a job; CPU time gets one second more.
        memory: Bytes that may be allocated beyond what there is now.

    Errors: OSError when a layer can't be put on; no student code may run then.
    """
    _own_session(zygote)
    _only_pipes(ends)
    _limit(seconds, memory)
    _no_privileges()


def prctl(option: int, value: int) -> None:
    """Set an attribute of the calling process.

    Errors: OSError.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(option, ctypes.c_ulong(value), *[ctypes.c_ulong(0)] * 3):
        number = ctypes.get_errno()
        raise OSError(number, f"prctl({option}): {os.strerror(number)}")


def die_with(parent: int, by: signal.Signals) -> None:
    """Let the kernel send a signal to the calling process when its parent ends.

    Errors: OSError when the parent has ended already.
    """
    prctl(PR_SET_PDEATHSIG, by)
    if os.getppid() != parent:
        raise OSError("the parent process has ended")


def _own_session(zygote: int) -> None:
    os.setsid()
    for number in HANDLED:
        signal.signal(number, signal.SIG_DFL)
    die_with(zygote, signal.SIGKILL)


def _only_pipes(ends: Ends) -> None:
    """Standard input is empty; what is printed goes to the log."""
    null = os.open(os.devnull, os.O_RDONLY)
    _place([null, ends.log, ends.log, ends.request, ends.reply])
    os.closerange(REPLY + 1, os.sysconf("SC_OPEN_MAX"))
    os.environ.clear()
    os.chdir("/")
    sys.stdin = sys.__stdin__ = io.TextIOWrapper(io.FileIO(0, closefd=False))  # type: ignore[misc]
    sys.stdout = sys.__stdout__ = _printer(1)  # type: ignore[misc]
    sys.stderr = sys.__stderr__ = _printer(2)  # type: ignore[misc]


def _place(sources: list[int]) -> None:
    """Make copies of file descriptors numbered 0, 1, …."""
    # Copies beyond the targets come first: a source may be the target of another.
    beyond = max(*sources, len(sources)) + 1
    copies = [os.dup2(source, beyond + number) for number, source in enumerate(sources)]
    for target, copy in enumerate(copies):
        os.dup2(copy, target)


def _printer(descriptor: int) -> io.TextIOWrapper:
    """Unbuffered, else the text of a killed child is lost; never raises for a character."""
    raw = io.FileIO(descriptor, "w", closefd=False)
    return io.TextIOWrapper(raw, "utf-8", "backslashreplace", write_through=True)


def _limit(seconds: float, memory: int) -> None:
    import resource

    with open("/proc/self/statm") as file:
        pages = int(file.read().split()[0])
    cpu = math.ceil(seconds) + 1
    for kind, soft, hard in (
        (resource.RLIMIT_AS, (most := pages * resource.getpagesize() + memory), most),
        (resource.RLIMIT_CPU, cpu, cpu + 1),  # SIGXCPU first, which tells it from other kills
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES, OPEN_FILES),
        (resource.RLIMIT_MEMLOCK, 0, 0),
    ):
        inherited = resource.getrlimit(kind)[1]
        if inherited != resource.RLIM_INFINITY:
            soft, hard = min(soft, inherited), min(hard, inherited)
        resource.setrlimit(kind, (soft, hard))


def _no_privileges() -> None:
    prctl(PR_SET_DUMPABLE, 0)
    prctl(PR_SET_NO_NEW_PRIVS, 1)
