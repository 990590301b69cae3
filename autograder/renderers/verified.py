"""What an author reads of `verify`, 80 columns."""

from collections.abc import Sequence
from textwrap import wrap
from typing import Protocol

WIDTH = 80
INDENT = 12  # where the words behind a check's name begin
SLOW = 2.0  # seconds; a check that takes longer shows how long it took


class Checked(Protocol):
    """A promise that was looked at: see `verify.Check`."""

    @property
    def name(self) -> str: ...
    @property
    def found(self) -> str: ...
    @property
    def problems(self) -> tuple[str, ...]: ...
    @property
    def details(self) -> tuple[str, ...]: ...
    @property
    def seconds(self) -> float: ...


def title(name: str, version: str, questions: int, points: float, digest: str) -> str:
    """The first line, and a blank one."""
    return f"{name} {version} · {questions} questions, {points:g} points · key {digest[:6]}\n\n"


def check_text(check: Checked) -> str:
    """One promise: what was looked at, and what breaks it."""
    took = f"  {check.seconds:.0f} s" if check.seconds >= SLOW else ""
    end = took + ("  ok" if not check.problems else f"  {len(check.problems)} WRONG")
    room = WIDTH - INDENT - len(end)
    first, *rest = wrap(check.found, room)
    lines = [f"{check.name:<{INDENT}}{first:<{room}}{end}"]
    lines += [" " * INDENT + line for line in rest]
    for told in (*check.problems, *check.details):
        lines += wrap(told, WIDTH, initial_indent="   ", subsequent_indent=" " * INDENT)
    return "\n".join(lines) + "\n"


def last_line(name: str, broken: Sequence[str], left: Sequence[str], seconds: float) -> str:
    """Whether it can be given to students."""
    took = f"{seconds:.0f} s"
    if not broken and left:
        return f"\nREADY: {name}, but {', '.join(left)} ({took}).\n"
    if not broken:
        return f"\nREADY: {name} proves its own grader ({took}).\n"
    names = ", ".join(dict.fromkeys(broken))
    findings = f"{len(broken)} finding{'s' if len(broken) > 1 else ''}"
    return f"\nNOT READY: {findings} ({names}). {took}\n"
