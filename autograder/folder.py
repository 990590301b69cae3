"""An output folder: one run writes there at a time, and whole files only."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from autograder.errors import UsageError

PART = ".part"  # how the name of a file ends that is not finished
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def alone(out: Path) -> Iterator[None]:
    """Hold a folder, made when missing, and remove what a killed run has left half done.

    Errors: UsageError when it can't be made or another run holds it.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(out, error) from error
    descriptor = _lock(out)
    try:
        for left in _unfinished(out):
            with suppress(OSError):  # a folder that takes no changes: said when writing
                left.unlink()
        yield
    finally:
        if descriptor is not None:
            os.close(descriptor)


def put(path: Path, data: bytes) -> None:
    """Write a file, all of it or nothing at all; its folder is made when missing.

    Errors: UsageError.
    """
    # Not *.json: a run that is killed here must not leave half a result.
    temporary = path.with_name(f".{path.name}{PART}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(data)
        temporary.replace(path)
    except BaseException as error:
        with suppress(OSError):
            temporary.unlink()
        if isinstance(error, OSError):
            raise unwritable(path, error) from error
        raise


def unwritable(path: Path, error: OSError) -> UsageError:
    """What somebody reads whose disk is full, or whose folder takes no files."""
    todo = "make it writable or choose another --out"
    todo = "make room there" if error.errno in FULL else todo
    return UsageError(
        f"can't write to {path}: {error.strerror}; {todo}, then run the same command again"
    )


def _lock(out: Path) -> int | None:
    """Lock a folder; the lock ends with the process that has it, however that ends."""
    try:
        import fcntl
    except ImportError:  # Windows
        return None
    descriptor = os.open(out, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise UsageError(
            f"another run writes to {out}; wait for its end, or choose another --out"
        ) from None
    except OSError:  # not every file system locks folders
        os.close(descriptor)
        return None
    return descriptor


def _unfinished(out: Path) -> Iterator[Path]:
    """Nothing but our own names: the folder may have other things in it."""
    for folder in (out, *out.glob("previous/*")):
        for pattern in (".*.csv*", ".*.json*", "results/.*.json*"):
            yield from folder.glob(pattern + PART)
