"""How much memory the container that we are in has left, and a bound for this process.

Source: Linux `Documentation/admin-guide/cgroup-v2.rst`, `cgroup-v1/memory.rst`.
"""

from pathlib import Path

ROOT = Path("/sys/fs/cgroup")
LEAST = 128 << 20  # bytes that a child gets in any case; a right answer needs 20 of these MB
SHARE = 0.75  # of what is left


def allowed(asked: int, root: Path = ROOT, groups: str | None = None) -> int:
    """The bytes that a child may allocate: what is asked for, or what its container can bear.

    One array too large then ends that answer, not the container.

    Args:
        groups: The text of /proc/self/cgroup; tests bring their own.
    """
    left = [room for folder in _folders(root, groups) if (room := _room(folder)) is not None]
    return min([asked, *(max(LEAST, int(SHARE * room)) for room in left)])


def bound(more: int) -> None:
    """So that this process can use up so many bytes and not the machine's; Linux only.

    What it starts inherits the bound and may lift it.
    """
    import resource

    pages = int(Path("/proc/self/statm").read_text().split()[0])
    most = pages * resource.getpagesize() + more
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def unbound() -> None:
    """Lift the bound of the process that has started this one."""
    import resource

    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def _folders(root: Path, groups: str | None) -> list[Path]:
    """The control groups that this process is in, those around it included."""
    try:
        lines = (groups or Path("/proc/self/cgroup").read_text()).splitlines()
    except OSError:
        return []
    found = [root, root / "memory"]
    for line in lines:
        _, controllers, path = line.split(":", 2)
        if controllers and "memory" not in controllers.split(","):
            continue
        top = root / "memory" if controllers else root
        inner = top / path.lstrip("/")
        found += [folder for folder in (inner, *inner.parents) if top in (folder, *folder.parents)]
    return [*dict.fromkeys(found)]


def _room(folder: Path) -> int | None:
    """Bytes left below the limit of one group; None where it has none."""
    for limit, used, files in (
        ("memory.max", "memory.current", "inactive_file"),
        ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"),
    ):
        try:
            most, now = (int((folder / name).read_text()) for name in (limit, used))
        except (OSError, ValueError):  # no such file, or "max"
            continue
        return most - now + _given_back(folder, files) if most < 1 << 60 else None
    return None


def _given_back(folder: Path, files: str) -> int:
    """Bytes that hold copies of files only: the kernel takes them back when it needs them."""
    try:
        lines = (folder / "memory.stat").read_text().splitlines()
        return sum(int(line.split()[1]) for line in lines if line.split()[0] == files)
    except (OSError, ValueError, IndexError):
        return 0
