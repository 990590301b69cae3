"""Landlock: the calling process may read below some folders and files, and nothing else.

Source: Linux `include/uapi/linux/landlock.h`, man landlock(7). What a kernel knows grows with its
ABI: all rights it knows are taken away, then reading is given back below the given paths. Writing,
executing, TCP and (ABI 6) abstract sockets and signals to others stay forbidden.
"""

import ctypes
import os
import stat
import struct
from collections.abc import Iterable

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # on every architecture
VERSION = 1  # flag: ask for the ABI
PATH_BENEATH = 1
READ_FILE, READ_DIR = 1 << 2, 1 << 3
FILES_BY_ABI = {1: 13, 2: 14, 3: 15, 5: 16}  # how many file rights an ABI knows
NETWORK_ABI, SCOPE_ABI = 4, 6
NETWORK = 0b11  # bind and connect by TCP
SCOPES = 0b11  # abstract Unix sockets, signals


def abi() -> int:
    """The version that the kernel offers; 0 where there is none."""
    found = _syscall(CREATE_RULESET, None, 0, VERSION)
    return max(found, 0)


def restrict_to_reading(paths: Iterable[str], version: int) -> None:
    """Give up all access to files but reading below the paths that exist.

    Args:
        version: Of the ABI, as `abi` says.

    Errors: OSError when the kernel refuses; the process is then not restricted.
    """
    ruleset = _checked(
        _syscall(CREATE_RULESET, attributes := _attributes(version), len(attributes), 0)
    )
    try:
        for path in paths:
            _allow(ruleset, path)
        _checked(_syscall(RESTRICT_SELF, ruleset, 0))
    finally:
        os.close(ruleset)


def _attributes(version: int) -> bytes:
    """The struct landlock_ruleset_attr, as long as this ABI knows it."""
    rights = max(count for least, count in FILES_BY_ABI.items() if least <= version)
    fields = [(1 << rights) - 1]
    if version >= NETWORK_ABI:
        fields.append(NETWORK)
    if version >= SCOPE_ABI:
        fields.append(SCOPES)
    return struct.pack(f"={len(fields)}Q", *fields)


def _allow(ruleset: int, path: str) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # what isn't there needs no rule
    try:
        is_folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        rights = READ_FILE | READ_DIR if is_folder else READ_FILE
        _checked(
            _syscall(ADD_RULE, ruleset, PATH_BENEATH, struct.pack("=Qi", rights, descriptor), 0)
        )
    finally:
        os.close(descriptor)


def _syscall(number: int, *arguments: int | bytes | None) -> int:
    libc = ctypes.CDLL(None, use_errno=True)
    given = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    return int(libc.syscall(ctypes.c_long(number), *given))


def _checked(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"Landlock: {os.strerror(number)}")
    return result
