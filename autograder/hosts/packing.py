"""Zips that are the same, byte for byte, whenever and wherever they are made."""

import io
import os
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from autograder.errors import UsageError
from autograder.folder import put

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say
PLAIN, EXECUTABLE = 0o100644, 0o100755
LEFT_OUT = ("__pycache__", ".pyc", ".pyo", ".part")


def files_of(folder: Path, inside: str, without: Iterable[str] = ()) -> Iterator[tuple[str, bytes]]:
    """Every file under a folder with its name in the zip; caches, dotfiles and links are left out.

    Args:
        inside: The folder's name in the zip.
        without: Names directly in the folder that are left out, too.
    """
    skipped = set(without)
    for root, folders, files in os.walk(folder):
        here = PurePosixPath(Path(root).relative_to(folder).as_posix())
        at_top = here == PurePosixPath(".")
        keep = [n for n in (*folders, *files) if _kept(n) and not (at_top and n in skipped)]
        folders[:] = sorted(set(folders) & set(keep))
        for name in sorted(set(files) & set(keep)):
            path = Path(root, name)
            if not path.is_symlink():
                yield str(PurePosixPath(inside) / here / name), path.read_bytes()


def write_zip(path: Path, files: Mapping[str, bytes], executable: Iterable[str] = ()) -> None:
    """Write a zip, whole or not at all.

    Args:
        executable: Names of files that can be run.

    Errors: UsageError when it can't be written.
    """
    runs, made = set(executable), io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix: else the mode below means nothing
            entry.external_attr = (EXECUTABLE if name in runs else PLAIN) << 16
            archive.writestr(entry, files[name])
    if path.is_dir():
        raise UsageError(f"{path} is a folder; move it away or choose another --out")
    put(path, made.getvalue())


def _kept(name: str) -> bool:
    return not name.startswith(".") and not name.endswith(LEFT_OUT)
