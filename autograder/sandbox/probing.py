"""Which layers hold here: each is tried in a throw-away process and has to be seen to bite.

A layer that the kernel offers and that does not bite, in a container or under a policy, counts as
missing. `promises.py` says what follows.
"""

import os
import socket
import sys
import sysconfig
import traceback
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from autograder.sandbox import landlock, seccomp
from autograder.sandbox.layers import Walls, become
from autograder.sandbox.system import (
    CLONE_NEWIPC,
    CLONE_NEWNET,
    CLONE_NEWUSER,
    CLONE_NEWUTS,
    PR_SET_NO_NEW_PRIVS,
    prctl,
    unshare,
)

OWN_USER, NAMESPACES, LANDLOCK, SECCOMP, FILES = (
    "own user",
    "namespaces",
    "Landlock",
    "seccomp",
    "files",
)
LAYERS = (OWN_USER, NAMESPACES, LANDLOCK, SECCOMP)
USERS = 64  # slots of one zygote
USER_BASES = (100_000_000, 20_000)  # the second for containers with few users
MOST_PIDS = 1 << 22  # linux/threads.h, PID_MAX_LIMIT
SYSTEM_FILES = tuple(
    """/usr /lib /lib64 /bin /etc/ld.so.cache /etc/localtime /dev/null /dev/zero /dev/urandom
    /dev/random /proc/cpuinfo /proc/meminfo /proc/stat /proc/filesystems /proc/self
    /proc/sys/vm/overcommit_memory /sys/devices/system/cpu /sys/fs/cgroup
    /sys/kernel/mm/transparent_hugepage""".split()
)


def find_walls(wanted: Collection[str], guarded: Sequence[str]) -> tuple[Walls, Mapping[str, str]]:
    """The layers that hold, and for each of `LAYERS` and `files` why not, empty where it holds.

    Args:
        wanted: Layers to try; the others are left out, as on a system without them.
        guarded: Folders that no child may read.
    """
    walls = Walls(readable=readable())
    missing: dict[str, str] = {}
    for layer, (made, bites) in _LAYERS.items():
        try:
            if layer not in wanted:
                raise OSError("left out")
            tried = made(walls)
            missing[layer] = _fails(lambda tried=tried, bites=bites: bites(tried, guarded))  # type: ignore[misc]
        except (OSError, ImportError, RuntimeError, ValueError) as error:
            missing[layer] = str(error) or type(error).__name__
        if not missing[layer]:
            walls = tried
    missing[FILES] = "" if walls.landlock else _fails(lambda: _guards(walls, guarded))
    return walls, missing


def readable() -> tuple[str, ...]:
    """What a child needs to import: the interpreter, its packages, the system's libraries."""
    own = {sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix}
    own |= {sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    own |= {entry for entry in sys.path if os.path.isdir(entry)}
    return (*sorted(own), *SYSTEM_FILES)


def _fails(attempt: Callable[[], None]) -> str:
    """Run in a process of its own; why it failed, or empty."""
    said, say = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            attempt()
            os._exit(0)
        except BaseException as error:
            last = traceback.extract_tb(error.__traceback__)[-1].name
            os.write(say, (str(error) or f"{type(error).__name__} in {last}").encode()[:500])
        finally:
            os._exit(1)
    os.close(say)
    with os.fdopen(said, "rb") as reader:
        reason = reader.read().decode(errors="replace")
    _, status = os.waitpid(pid, 0)
    return reason or ("" if status == 0 else f"ended with status {status}")


def _must_fail(what: str, attempt: Callable[[], object]) -> None:
    try:
        attempt()
    except OSError:
        return
    raise OSError(f"it does not keep the child from {what}")


def _own_user(walls: Walls) -> Walls:
    if os.getuid() != 0:
        raise OSError("only root can give a child a user of its own")
    base = next((base for base in USER_BASES if not _fails(lambda base=base: become(base))), 0)  # type: ignore[misc]
    if not base:
        raise OSError("other user ids can't be taken here")
    far = base == USER_BASES[0]
    share = os.getpid() % (MOST_PIDS if far else 600)  # a range for each zygote
    return replace(walls, user=base + USERS * share)


def _user_bites(walls: Walls, guarded: Sequence[str]) -> None:
    become(walls.user)
    try:
        Path(os.__file__).read_bytes()
    except OSError:
        raise OSError(f"another user can't read {sys.prefix}: open it for all to read") from None


def _namespaces(walls: Walls) -> Walls:
    flags = CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS
    return replace(walls, namespaces=flags if os.getuid() == 0 else flags | CLONE_NEWUSER)


def _namespaces_bite(walls: Walls, guarded: Sequence[str]) -> None:
    name = f"\0autograder-{os.getpid()}"
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(name)
        listener.listen()
        unshare(walls.namespaces)
        with socket.socket(socket.AF_UNIX) as caller:
            _must_fail("the network", lambda: caller.connect(name))


def _landlock(walls: Walls) -> Walls:
    version = landlock.abi()
    if not version:
        raise OSError("this kernel has no Landlock")
    return replace(walls, landlock=version)


def _landlock_bites(walls: Walls, guarded: Sequence[str]) -> None:
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    landlock.restrict_to_reading(walls.readable, walls.landlock)
    Path(os.__file__).read_bytes()
    _must_fail("listing /", lambda: os.listdir("/"))
    _must_fail("writing", lambda: os.open(os.devnull, os.O_WRONLY))
    for folder in guarded:
        _must_fail(f"reading {folder}", lambda folder=folder: os.listdir(folder))  # type: ignore[misc]


def _seccomp(walls: Walls) -> Walls:
    return replace(walls, seccomp=seccomp.build())


def _seccomp_bites(walls: Walls, guarded: Sequence[str]) -> None:
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    seccomp.load(walls.seccomp)
    Path(os.__file__).read_bytes()
    _must_fail("writing", lambda: os.open(os.devnull, os.O_WRONLY))
    _must_fail("opening a socket", socket.socket)
    _must_fail("signalling others", lambda: os.kill(os.getppid(), 0))
    _must_fail("starting processes", _fork)


def _fork() -> None:
    if os.fork() == 0:
        os._exit(0)


def _guards(walls: Walls, guarded: Sequence[str]) -> None:
    """Without Landlock another user may still be kept out of the guarded folders."""
    if not walls.user:
        raise OSError("nothing keeps a child from reading files")
    become(walls.user)
    for folder in guarded:
        _must_fail(f"reading {folder}", lambda folder=folder: os.listdir(folder))  # type: ignore[misc]


_LAYERS: Mapping[str, tuple[Callable[[Walls], Walls], Callable[[Walls, Sequence[str]], None]]] = {
    OWN_USER: (_own_user, _user_bites),
    NAMESPACES: (_namespaces, _namespaces_bite),
    LANDLOCK: (_landlock, _landlock_bites),
    SECCOMP: (_seccomp, _seccomp_bites),
}
