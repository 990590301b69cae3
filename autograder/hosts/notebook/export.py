"""`grader.export`: a zip for handing in, of the notebook as it is saved."""

import zipfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from autograder.errors import UsageError
from autograder.formats.answers import is_empty
from autograder.hosts.notebook.saved import Saved, Step
from autograder.renderers.live import export_text

NO_FILE = (
    "The notebook's file is not in this folder, so it can't be put into a zip. Next: download it"
    " (on Colab: File > Download > Download .ipynb), then hand that in."
)
MOST = 200  # characters of a reason; LaTeX's are pages long
OURS = ("export_path", "pdf", "files")  # settings that we know without otter


class Export(NamedTuple):
    """What is known of the notebook when it is exported.

    Attributes:
        path: Its file, where there is one.
        saved: What is in it, where it can be read.
        unread: Questions whose answer there can't be read.
    """

    path: Path | None
    saved: Saved | None
    steps: Mapping[str, Step]
    questions: tuple[str, ...]
    unread: tuple[str, ...]


def export(told: Export, path: str | None, options: Mapping[str, Any], otter: Any) -> str:
    """Write the zip; what it holds, in words.

    Args:
        path: Another notebook than the one that is known.
        options: otter's settings.
        otter: otter's notebook, or None.

    Errors: UsageError when there is no file, or nothing can be written.
    """
    notebook = Path(path) if path else told.path
    if notebook is None or not notebook.is_file():
        raise UsageError(f"There is no {path}." if path else NO_FILE)
    stamp = f"{datetime.now():%Y_%m_%dT%H_%M_%S}"
    target = Path(options.get("export_path") or f"{notebook.with_suffix('')}_{stamp}.zip")
    try:
        if otter is not None:
            given = {"pdf": False, **options, "export_path": str(target)}
            otter.export(str(notebook), **given)
        else:
            _write(notebook, target, options.get("files") or ())
    except Exception as error:
        reason = " ".join(str(error).split())[:MOST].rstrip(".") or type(error).__name__
        raise UsageError(f"The zip can't be written: {reason}. Next: hand in {notebook}.") from None
    return _said(told, notebook, target, {} if otter is not None else options)


def _write(notebook: Path, target: Path, files: Any) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(notebook, notebook.name)
        for each in map(Path, files):
            archive.write(each)


def _said(told: Export, notebook: Path, target: Path, options: Mapping[str, Any]) -> str:
    left = [name for name in options if name not in OURS] + ["pdf"] * bool(options.get("pdf"))
    about = f"Left out, as it needs otter-grader: {', '.join(left)}.\n" if left else ""
    if told.saved is None or notebook != told.saved.path:
        return f"{about}{target} holds {notebook} as it is saved; its answers were not read here."
    there = told.saved.submission.responses
    blank = [each for each in told.questions if each not in there or is_empty(there[each])]
    unsaved = [each for each, step in told.steps.items() if step is Step.UNSAVED]
    other = [each for each, step in told.steps.items() if step in (Step.EDITED, Step.APART)]
    answered = [each for each in told.questions if each not in blank]
    text = export_text(
        str(target), notebook.name, told.saved.said, answered, blank, unsaved, other, told.unread
    )
    return about + text
