"""Calls of Linux that Python has no door to."""

import ctypes
import os
import signal
import sys

# linux/prctl.h
PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_SECCOMP = 22
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS = 38
# linux/sched.h
CLONE_NEWUTS = 0x04000000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000


def prctl(option: int, value: int, pointer: int = 0) -> None:
    """Set an attribute of the calling process.

    Errors: OSError.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(option, *map(ctypes.c_ulong, (value, pointer, 0, 0))):
        number = ctypes.get_errno()
        raise OSError(number, f"prctl({option}): {os.strerror(number)}")


def hide_memory() -> None:
    """Let no other process of the same user look into this one: the key is in it.

    Root, and what has no kernel of this kind, is left as it is.
    """
    if sys.platform == "linux":
        prctl(PR_SET_DUMPABLE, 0)


def unshare(namespaces: int) -> None:
    """Leave the namespaces that the flags of unshare(2) name, for new ones.

    Errors: OSError.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(ctypes.c_int(namespaces)):
        number = ctypes.get_errno()
        raise OSError(number, f"unshare: {os.strerror(number)}")


def die_with(parent: int, by: signal.Signals) -> None:
    """Let the kernel send a signal to the calling process when its parent ends.

    Errors: OSError when the parent has ended already.
    """
    prctl(PR_SET_PDEATHSIG, by)
    if os.getppid() != parent:
        raise OSError("the parent process has ended")
