"""`otter generate` without arguments: the course goes into its zip all the same.

otter asks a plugin to change the configuration, never which files the zip gets; these are an
argument of `otter.generate.main`, a list when Python calls it, a tuple on the command line. Source:
otter-grader 7.0, `otter/generate/__init__.py` and `otter/cli.py`.
"""

import inspect
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from autograder.errors import UsageError
from autograder.renderers.otter import COURSE, not_all, not_here, say_so

MAIN = "otter.generate", "main"


def complete() -> None:
    """See to it that the zip which is being made has the course in it.

    Errors: UsageError when it can't have, with what to type; SystemExit in its place on the
        command line, and there also when a complete zip was made in place of the other.
    """
    given = _arguments()
    files = given.get("files")
    if not Path(COURSE).is_dir():
        raise _refused(files, not_here())
    if files is None:
        raise _refused(files, say_so())
    if {Path(each).resolve() for each in files} & {Path.cwd(), *Path.cwd().parents}:
        raise _refused(files, not_all())
    if _has_course(files):
        return
    if isinstance(files, list):
        files.append(COURSE)
        return
    from otter.generate import main

    # The configuration may hold changes of this call already: it is read again.
    asked = {name: given[name] for name in main.__kwdefaults__ if name in given}
    main(**{**asked, "files": [*files, COURSE], "plugin_collection": None})
    raise SystemExit(0)


def _arguments() -> Mapping[str, Any]:
    """The variables of the call that asks; empty for an otter of another build."""
    frame = inspect.currentframe()
    while frame is not None:
        if (frame.f_globals.get("__name__"), frame.f_code.co_name) == MAIN:
            return frame.f_locals
        frame = frame.f_back
    return {}


def _has_course(files: Iterable[str]) -> bool:
    """Whether the course is named, or each part of it, as `autograder-course/*` does."""
    named = {Path(each).resolve() for each in files}
    course = Path(COURSE).resolve()
    return course in named or named >= {course / each.name for each in Path(COURSE).iterdir()}


def _refused(files: object, why: str) -> BaseException:
    """For the command line a sentence without a traceback."""
    return SystemExit(f"otter generate: {why}") if isinstance(files, tuple) else UsageError(why)
