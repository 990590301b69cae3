"""Where attacks run: processes, network and /dev/shm of its own, and one set of layers.

The sets are real, not pretended: capabilities are given up, the user id is given up, the kernel
refuses. Only Landlock and seccomp can't be taken out of a kernel; where a set has none,
`Sandbox(wanted=…)` leaves them out.
"""

import ctypes
import fcntl
import os
import resource
import socket
import stat
import struct
import sys
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from autograder.sandbox.probing import LANDLOCK, LAYERS, NAMESPACES, OWN_USER, SECCOMP
from autograder.sandbox.system import (
    CLONE_NEWIPC,
    CLONE_NEWNET,
    CLONE_NEWUSER,
    hide_memory,
    unshare,
)

ROOT = Path(__file__).resolve().parents[2]
USER = 31_415  # an ordinary user who owns nothing
CLONE_NEWNS, CLONE_NEWPID = 0x00020000, 0x20000000  # linux/sched.h
MS_BIND, MS_REC, MS_PRIVATE = 1 << 12, 1 << 14, 1 << 18  # linux/mount.h
PR_CAPBSET_DROP = 24  # linux/prctl.h
MOST_CAPABILITY = 63
# What Docker leaves to root by default: chown dac_override fowner fsetid kill setgid setuid
# setpcap net_bind_service net_raw sys_chroot mknod audit_write setfcap.
DOCKER = frozenset({0, 1, 3, 4, 5, 6, 7, 8, 10, 13, 18, 27, 29, 31})
SIOCSIFFLAGS, IFF_UP = 0x8914, 1  # linux/sockios.h, linux/if.h
PROCESSES = 400  # of the arena's user: a fork bomb must not take the machine


@dataclass(frozen=True)
class LayerSet:
    """Layers that a grader finds.

    Attributes:
        about: In a few words.
        layers: Those that must hold here; all that is missing besides is named.
        wanted: What the sandbox may try.
        user: Whether the grader is an ordinary user.
        capabilities: Those that root keeps; None for all.
    """

    about: str
    layers: frozenset[str]
    wanted: Collection[str] = LAYERS
    user: bool = False
    capabilities: Collection[int] | None = None


SETS = {
    "root": LayerSet("root, all layers", frozenset(LAYERS)),
    "container": LayerSet(
        "root as in a container: no namespaces",
        frozenset({OWN_USER, LANDLOCK, SECCOMP}),
        capabilities=DOCKER,
    ),
    "user": LayerSet("ordinary user", frozenset({NAMESPACES, LANDLOCK, SECCOMP}), user=True),
    "old": LayerSet(
        "ordinary user, seccomp only", frozenset({SECCOMP}), wanted=(SECCOMP,), user=True
    ),
    "split": LayerSet("ordinary user, processes only", frozenset(), wanted=(), user=True),
}


class NoArena(Exception):
    """A set can't be run safely here; the message says why."""


def run_inside(chosen: LayerSet, run: Callable[[], None]) -> int:
    """Run in a process of the arena; its exit code. It stays who it is; see `become`.

    Errors: NoArena when attacks could reach other processes of the machine.
    """
    if os.getuid() != 0 and not chosen.user:
        raise NoArena("only root can try this set")
    reads, writes = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reads)
        try:
            _apart()
        except OSError as error:
            os.write(writes, str(error).encode())
            os._exit(1)
        inner = os.fork()  # the first process of the arena: a kill of all spares it
        if inner == 0:
            os.close(writes)
            _live(run)
        os.close(writes)
        os._exit(os.waitstatus_to_exitcode(os.waitpid(inner, 0)[1]) & 0xFF)
    os.close(writes)
    with os.fdopen(reads) as said:
        refused = said.read()
    _, status = os.waitpid(pid, 0)
    if refused:
        raise NoArena(f"no room apart from other processes: {refused}; run it as root")
    return os.waitstatus_to_exitcode(status)


def _live(run: Callable[[], None]) -> None:
    try:
        _furnish()
        hide_memory()  # of this process, which knows the canaries
        run()
        os._exit(0)
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        os._exit(1)


def _apart() -> None:
    flags = CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC
    user, group = os.getuid(), os.getgid()
    if user == 0:
        unshare(flags)
        return
    unshare(flags | CLONE_NEWUSER)
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{user} {user} 1"),
        ("gid_map", f"{group} {group} 1"),
    ):
        Path("/proc/self", name).write_text(text)


def _furnish() -> None:
    _mount(None, "/", None, MS_REC | MS_PRIVATE)
    _mount("proc", "/proc", "proc", 0)
    for folder in ("/dev/shm", "/var/tmp"):
        _mount("none", folder, "tmpfs", 0, "size=64m,mode=1777")
    if os.getuid() == 0:
        for needed in (Path(sys.base_prefix), Path(sys.prefix).resolve(), ROOT):
            _open_way(needed)
    request = struct.pack("16sh14x", b"lo", IFF_UP)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, request)


def _open_way(needed: Path) -> None:
    """Let another user come to a folder behind a closed one, such as /root, and nowhere else."""
    for closed in reversed(needed.parents):
        if not closed.stat().st_mode & stat.S_IXOTH:
            below = closed / needed.relative_to(closed).parts[0]
            held = os.open(below, os.O_PATH)
            _mount("none", str(closed), "tmpfs", 0, "mode=755")
            below.mkdir()
            _mount(f"/proc/self/fd/{held}", str(below), None, MS_BIND | MS_REC)
            os.close(held)


def become(chosen: LayerSet) -> None:
    """Let the calling process be what the grader is under a set."""
    if os.getuid() != 0:
        return
    if chosen.user:
        resource.setrlimit(resource.RLIMIT_NPROC, (PROCESSES, PROCESSES))
        os.setgroups([])
        os.setresgid(USER, USER, USER)
        os.setresuid(USER, USER, USER)
    elif chosen.capabilities is not None:
        libc = ctypes.CDLL(None)
        for capability in set(range(MOST_CAPABILITY + 1)) - set(chosen.capabilities):
            libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)


def give(folder: Path, chosen: LayerSet) -> None:
    """Let a folder and all in it belong to who the grader is under a set."""
    if os.getuid() == 0 and chosen.user:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, USER, USER)


def _mount(source: str | None, target: str, kind: str | None, flags: int, data: str = "") -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    texts = [None if each is None else each.encode() for each in (source, target, kind)]
    if libc.mount(*texts, ctypes.c_ulong(flags), data.encode()):
        number = ctypes.get_errno()
        raise OSError(number, f"mounting {target}: {os.strerror(number)}")
