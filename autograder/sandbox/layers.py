"""What binds the child, in order. Each step may rely on those before it.

1. Its own session; it dies with the zygote.
2. The pipes at fixed numbers, nothing else open, nothing in the environment but one thread.
3. Namespaces: no network, no shared memory with others, no host name.
4. Limits on memory, CPU time, files, processes and locked memory.
5. A user of its own, one for each child that lives. It undoes the second half of 1, which is
   renewed.
6. No look into its memory from outside, no gain of privileges.
7. Landlock: reading below the interpreter's folders, nothing else.
8. seccomp: a short list of system calls; see `seccomp.py`.

3, 5, 7 and 8 are put on where `probing.py` has seen them bite. What a child starts is killed when
it ends.
"""

import io
import math
import os
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from autograder.sandbox import landlock, seccomp
from autograder.sandbox.system import (
    PR_SET_DUMPABLE,
    PR_SET_NO_NEW_PRIVS,
    die_with,
    prctl,
    unshare,
)

REQUEST = 3
REPLY = 4
OPEN_FILES = 64
HANDLED = (signal.SIGTERM, signal.SIGINT)  # the zygote and Python have handlers for them


# For libraries that are loaded in a child; see torch.set_num_threads and OpenBLAS' README.
THREADS = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "OMP_THREAD_LIMIT": "1",  # a student's set_num_threads(4) must start no threads
}


class Ends(NamedTuple):
    """The child's ends of its pipes: file descriptors."""

    request: int
    reply: int
    log: int


@dataclass(frozen=True)
class Walls:
    """The layers that are not everywhere; a layer is off where its field is empty.

    Attributes:
        namespaces: Flags of unshare(2).
        user: The user id of slot 0.
        landlock: The ABI version.
        seccomp: The filter.
        readable: Folders and files that the child may read, for Landlock.
    """

    namespaces: int = 0
    user: int = 0
    landlock: int = 0
    seccomp: bytes = b""
    readable: tuple[str, ...] = ()


class Bounds(NamedTuple):
    """What a child may use.

    Attributes:
        seconds: Wall-clock limit of a job; CPU time gets one second more.
        memory: Bytes that may be allocated beyond what there is now.
    """

    seconds: float
    memory: int


def bind(ends: Ends, zygote: int, bounds: Bounds, walls: Walls, slot: int) -> None:
    """Put the calling process under all layers.

    Args:
        zygote: Process id of the parent.
        slot: Tells apart the children that live.

    Errors: OSError when a layer can't be put on; no student code may run then.
    """
    _own_session(zygote)
    _first_to_go()
    _only_pipes(ends)
    if walls.namespaces:
        unshare(walls.namespaces)
    _limit(bounds, walls)
    if walls.user:
        become(walls.user + slot)
        die_with(zygote, signal.SIGKILL)
    _no_privileges()
    if walls.landlock:
        landlock.restrict_to_reading(walls.readable, walls.landlock)
    if walls.seccomp:
        seccomp.load(walls.seccomp)


def become(user: int) -> None:
    """Take another user id, with no way back.

    Errors: OSError.
    """
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)
    try:
        os.setuid(0)
    except PermissionError:
        return
    raise OSError("the process can still become root")


def _own_session(zygote: int) -> None:
    os.setsid()
    for number in HANDLED:
        signal.signal(number, signal.SIG_DFL)
    die_with(zygote, signal.SIGKILL)


def _first_to_go() -> None:
    """Where the system runs out of memory all the same, it is to end this process, not its keepers.

    Source: Linux `Documentation/filesystems/proc.rst`, oom_score_adj.
    """
    with suppress(OSError):  # a container may not let it
        Path("/proc/self/oom_score_adj").write_text("1000")


def _only_pipes(ends: Ends) -> None:
    """Standard input is empty; what is printed goes to the log."""
    null = os.open(os.devnull, os.O_RDONLY)
    _place([null, ends.log, ends.log, ends.request, ends.reply])
    os.closerange(REPLY + 1, os.sysconf("SC_OPEN_MAX"))
    os.environ.clear()
    os.environ.update(THREADS)
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


def _limit(bounds: Bounds, walls: Walls) -> None:
    import resource

    with open("/proc/self/statm") as file:
        pages = int(file.read().split()[0])
    cpu = math.ceil(bounds.seconds) + 1
    processes = 1 if walls.user else resource.RLIM_INFINITY  # they are counted by user
    for kind, soft, hard in (
        (resource.RLIMIT_AS, (most := pages * resource.getpagesize() + bounds.memory), most),
        (resource.RLIMIT_CPU, cpu, cpu + 1),  # SIGXCPU first, which tells it from other kills
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES, OPEN_FILES),
        (resource.RLIMIT_MEMLOCK, 0, 0),
        (resource.RLIMIT_MSGQUEUE, 0, 0),
        (resource.RLIMIT_NPROC, processes, processes),
    ):
        inherited = resource.getrlimit(kind)[1]
        if inherited != resource.RLIM_INFINITY:
            soft, hard = (
                inherited if v == resource.RLIM_INFINITY else min(v, inherited)
                for v in (soft, hard)
            )
        resource.setrlimit(kind, (soft, hard))


def _no_privileges() -> None:
    prctl(PR_SET_DUMPABLE, 0)
    prctl(PR_SET_NO_NEW_PRIVS, 1)
