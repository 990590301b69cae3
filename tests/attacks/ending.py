"""Ends and crashes: of the child, and of those around it."""

import builtins
import ctypes
import os
import resource
import signal
import sys
import threading

from attacks.known import libc, others

# These may take the grader with them where nothing keeps them from it: each has its own run.
ALONE = ("kill_the_parent", "kill_everything", "kill_the_grader", "stop_the_grader")
ALONE += ("tighten_the_graders_limits", "kill_its_group")


def exit_at_once(x):
    """Ends without a word."""
    os._exit(0)


def exit_politely(x):
    """sys.exit with a status that means success."""
    sys.exit(0)


def exit_thread(x):
    """Ends the thread by a bare system call."""
    libc().syscall(60, 0)


def read_address_zero(x):
    """Segmentation fault."""
    ctypes.string_at(0)


def abort(x):
    """SIGABRT, which may write a core file."""
    os.abort()


def kill_itself(x):
    """SIGKILL from inside."""
    os.kill(os.getpid(), signal.SIGKILL)


def kill_the_parent(x):
    """Kills the process that it was forked from."""
    os.kill(os.getppid(), signal.SIGKILL)
    return x


def kill_everything(x):
    """Kills all that may be killed."""
    os.kill(-1, signal.SIGKILL)
    return x


def kill_the_grader(x):
    """Kills every process that it sees, one by one, by three system calls."""
    for pid in others():
        libc().kill(pid, 9)
        libc().syscall(200, pid, 9)  # tkill
        libc().syscall(424, libc().syscall(434, pid, 0), 9, None, 0)  # pidfd_send_signal
    return x


def stop_the_grader(x):
    """Stops every process that it sees; nothing dies, nothing goes on."""
    for pid in others():
        libc().kill(pid, signal.SIGSTOP)
    return x


def kill_its_group(x):
    """Kills its process group, and its parent's."""
    libc().killpg(os.getpgid(os.getppid()), 9)
    os.killpg(0, signal.SIGKILL)


def stop_itself(x):
    """Neither dead nor alive."""
    os.kill(os.getpid(), signal.SIGSTOP)
    signal.pause()


def tighten_the_graders_limits(x):
    """Sets the limits of the processes around it to nothing."""
    for pid in others():
        try:
            resource.prlimit(pid, resource.RLIMIT_NOFILE, (3, 3))
        except (OSError, ValueError):
            continue
    return x


def slow_the_grader(x):
    """Gives everybody else the lowest priority."""
    for pid in others():
        libc().setpriority(0, pid, 19)
    return x


def recurse(x):
    """Python's own limit is raised first."""
    sys.setrecursionlimit(10**9)
    return recurse(x)


def overflow_the_c_stack(x):
    """Recursion through C code."""
    sys.setrecursionlimit(10**9)
    deep = ()
    for _ in range(10**6):
        deep = (deep,)
    return repr(deep)


def close_its_pipes(x):
    """Nobody can be told anything any more."""
    os.closerange(0, 64)
    return x


def ignore_all_signals(x):
    """Blocks and ignores all signals, then never ends."""
    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 64))
    while True:
        pass


def remove_the_builtins(x):
    """Python without its functions."""
    builtins.__dict__.clear()
    return x


def raise_what_is_no_exception(x):
    """Errors that `except Exception` does not catch."""
    raise type("Quiet", (BaseException,), {"__repr__": lambda self: 1 / 0})


def raise_an_error_without_words(x):
    """Its text ends the process."""
    raise type("Loud", (Exception,), {"__str__": lambda self: os._exit(1)})


def end_in_a_thread(x):
    """The end comes after the result."""
    threading.Timer(0.01, os._exit, (1,)).start()
    return x


def end_when_collected(x):
    """The result's own end takes the process along."""
    return type("Mine", (), {"__del__": lambda self: os._exit(1)})()
