"""otter-grader beside our own check: the notebook works with it and without it."""

import re
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, NamedTuple

FITS = "7.0."  # its tests and its file format are of this version
MARKUP = re.compile(r"<(?=[A-Za-z!/?])|&(?=[A-Za-z#])")
JOINER = "\u2060"  # takes no room and is no part of HTML's grammar


class Otter(NamedTuple):
    """otter's notebook, or None and why it isn't used; no reason where otter isn't there."""

    notebook: Any
    said: str = ""


def open_otter(path: Path | None) -> Otter:
    """otter's notebook for a saved notebook, where it can be used."""
    try:
        found = version("otter-grader")
    except PackageNotFoundError:
        return Otter(None)
    if not found.startswith(FITS):
        return Otter(None, f"otter-grader {found} is not used: this notebook fits {FITS}x.")
    if path is None:
        return Otter(None, "otter-grader is not used: it needs the notebook's file in this folder.")
    try:
        from otter import Notebook

        return Otter(Notebook(str(path)))
    except Exception as error:  # no folder of tests on Colab, a log that can't be written, ...
        reason = " ".join(str(error).split()) or type(error).__name__
        return Otter(None, f"otter-grader is not used here ({reason[:200]}).")


def as_text(text: str) -> str:
    """Text that otter puts into HTML as it is, and elsewhere prints: it looks alike in both."""
    return MARKUP.sub(lambda found: found[0] + JOINER, text)
