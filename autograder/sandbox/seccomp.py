"""seccomp: the list of system calls that a child may make.

Source: man seccomp(2), man seccomp_rule_add(3). The list is what torch, numpy and Python need once
they are imported. Everything else is refused with EPERM: no program is started, no socket
opened, no process signalled or traced, no file opened for writing, no memory shared. Calls of
another architecture end the process.
"""

import ctypes
import errno
import os
import tempfile
from typing import Any

from autograder.sandbox.system import PR_SET_SECCOMP, prctl

# Groups of calls, allowed whatever their arguments are.
READING = """read readv pread64 preadv preadv2 lseek fstat newfstatat stat lstat statx access
faccessat faccessat2 readlink readlinkat getcwd getdents getdents64 statfs fstatfs getxattr
fadvise64 chdir fchdir"""
WRITING = "write writev pwrite64 pwritev pwritev2"  # to what is open: two pipes
DESCRIPTORS = """close close_range dup dup2 dup3 fcntl poll ppoll select pselect6 epoll_create1
epoll_ctl epoll_wait epoll_pwait eventfd2 pipe pipe2 umask"""
MEMORY = "mmap munmap mprotect mremap madvise brk msync mincore membarrier get_mempolicy"
SIGNALS = """rt_sigaction rt_sigprocmask rt_sigreturn sigaltstack rt_sigpending rt_sigtimedwait
setitimer getitimer alarm pause restart_syscall"""
THREADS = "futex futex_waitv set_robust_list get_robust_list rseq set_tid_address"
TIME = """clock_gettime clock_getres clock_nanosleep nanosleep gettimeofday time times getrusage
sched_yield sched_getaffinity sched_getparam sched_getscheduler getcpu sched_get_priority_max
sched_get_priority_min"""
ITSELF = """getpid gettid getppid getpgrp getpgid getsid getuid geteuid getgid getegid getresuid
getresgid getgroups getrlimit sysinfo uname arch_prctl getrandom exit exit_group"""
ALLOWED = " ".join((READING, WRITING, DESCRIPTORS, MEMORY, SIGNALS, THREADS, TIME, ITSELF)).split()

MISSING = ("openat2", "clone3")  # libc falls back to openat and clone
NO_PROCESSES = ("clone", "fork", "vfork")  # Python says "can't start new thread"
OPEN_FLAGS = {"open": 1, "openat": 2}  # which argument has them
CHANGES = (
    os.O_WRONLY
    | os.O_RDWR
    | os.O_CREAT
    | os.O_TRUNC
    | os.O_APPEND
    | (os.O_TMPFILE & ~os.O_DIRECTORY)
)
TERMINAL_QUERIES = (0x5401, 0x5413, 0x541B, 0x5451, 0x5450, 0x5421)
"""TCGETS, TIOCGWINSZ, FIONREAD, FIOCLEX, FIONCLEX, FIONBIO of asm-generic/ioctls.h."""

MODE_FILTER = 2
INSTRUCTION = 8  # bytes of a struct sock_filter


def build() -> bytes:
    """Make the filter, as the kernel takes it; once for all children.

    Errors: OSError, ImportError or RuntimeError where libseccomp isn't there.
    """
    import pyseccomp

    rules = pyseccomp.SyscallFilter(pyseccomp.ERRNO(errno.EPERM))
    for name in ALLOWED:
        _add(rules, pyseccomp.ALLOW, name)
    for name in MISSING:
        _add(rules, pyseccomp.ERRNO(errno.ENOSYS), name)
    for name in NO_PROCESSES:
        _add(rules, pyseccomp.ERRNO(errno.EAGAIN), name)
    for name, at in OPEN_FLAGS.items():
        reads_only = pyseccomp.Arg(at, pyseccomp.MASKED_EQ, CHANGES, 0)
        _add(rules, pyseccomp.ALLOW, name, reads_only)
    for request in TERMINAL_QUERIES:
        _add(rules, pyseccomp.ALLOW, "ioctl", pyseccomp.Arg(1, pyseccomp.EQ, request))
    own, query = pyseccomp.Arg(0, pyseccomp.EQ, 0), pyseccomp.Arg(2, pyseccomp.EQ, 0)
    _add(rules, pyseccomp.ALLOW, "prlimit64", own, query)
    with tempfile.TemporaryFile() as file:
        rules.export_bpf(file)
        file.seek(0)
        return file.read()


def _add(rules: Any, action: Any, name: str, *conditions: Any) -> None:
    import pyseccomp

    try:
        number = pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name)
    except (AttributeError, ValueError, OSError):
        number = None
    if number is None or number < 0:
        return  # an architecture without this call, such as open on arm64
    rules.add_rule(action, name, *conditions)


def load(program: bytes) -> None:
    """Put the calling process under a filter, for good. It must have given up new privileges.

    Errors: OSError when the kernel has no seccomp.
    """
    buffer = ctypes.create_string_buffer(program, len(program))
    described = _Program(len(program) // INSTRUCTION, ctypes.addressof(buffer))
    prctl(PR_SET_SECCOMP, MODE_FILTER, ctypes.addressof(described))


class _Program(ctypes.Structure):
    """struct sock_fprog."""

    _fields_ = (("count", ctypes.c_ushort), ("filter", ctypes.c_void_p))
