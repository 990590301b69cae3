"""A student's files, moved out of otter's sight before it opens any of them."""

import os
import shutil
from collections.abc import Collection
from pathlib import Path

TESTS = "tests"  # otter's own folder, which it has put beside the submission, in place of any other
MADE_BY_OTTER = "__init__.py"  # put beside the submission, empty
STUBS = {
    ".ipynb": '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}\n',
    ".py": "",
}


def take_away(submission: Path, private: Path, copied: Collection[str]) -> Path:
    """Move all that is the student's, unread, and leave an empty file where otter looks.

    Args:
        submission: The file that otter has chosen; all else in its folder goes, too.
        private: An empty folder that nobody else can read.
        copied: Names that otter has copied there itself; they are removed.

    Returns: The file, where nothing else was handed in; else a folder with everything.

    Errors: OSError when something can't be moved: otter must not go on then.
    """
    folder, kept = submission.parent, private / submission.parent.name
    kept.mkdir()
    for name in os.listdir(folder):
        path = folder / name
        if name in copied:
            _remove(path)
        elif name == MADE_BY_OTTER and path.is_file() and not path.stat().st_size:
            path.unlink()
        else:
            shutil.move(path, kept / name)
    with submission.open("x", encoding="utf-8") as file:
        file.write(STUBS[submission.suffix])
    names = os.listdir(kept)
    return kept / submission.name if names == [submission.name] else kept


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()
