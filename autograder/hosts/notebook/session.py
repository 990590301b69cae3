"""What a notebook's kernel has run in this session: the source of its cells, and when.

Values are of no use here: they have lost their backslashes, and a class its source. What
somebody typed stands in IPython's history, even where it is no Python.
"""

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

EVENT = "pre_run_cell"


@dataclass(frozen=True)
class Executed:
    """A cell as it was run.

    Attributes:
        number: What stands beside the cell, as in `[7]`.
        at: When it was run, in seconds since the epoch; where that isn't known, a time by
            which it had been run.
        cell: The front-end's id of the cell; empty when it gives none.
    """

    number: int
    source: str
    at: float
    cell: str = ""


@dataclass(frozen=True)
class Started:
    """When a cell was started, and its id."""

    at: float
    cell: str


@dataclass
class Session:
    """A kernel since it was started; `listen` makes it know when cells are run.

    Attributes:
        shell: IPython's shell, or None outside of it.
        since: When listening began, in seconds since the epoch.
        kept: What took long to find out, by what it is about.
    """

    shell: Any
    since: float = field(default_factory=time.time)
    started: dict[int, Started] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)

    def note_start(self, info: Any) -> None:
        """IPython calls this before it runs a cell."""
        if getattr(info, "store_history", True):
            cell = str(getattr(info, "cell_id", None) or "")
            self.started[len(_history(self.shell))] = Started(time.time(), cell)

    def executed(self) -> list[Executed]:
        """The cells that were run, in order; of one that was run again only the last run."""
        last = {each.cell or each.source: each for each in self._all()}
        return sorted(last.values(), key=lambda each: each.number)

    def _all(self) -> Iterator[Executed]:
        for number, source in enumerate(_history(self.shell)):
            if source.strip():
                start = self.started.get(number, Started(self.since, ""))
                yield Executed(number, source, start.at, start.cell)


def current_shell() -> Any:
    """The shell of the notebook that we run in, or None."""
    ipython = sys.modules.get("IPython")  # nobody is in a notebook who hasn't loaded it
    shell = ipython.get_ipython() if ipython else None
    return shell if getattr(shell, "history_manager", None) is not None else None


def session_of(shell: Any) -> Session:
    """The shell's session: the one that listens already, or a new one."""
    listeners = getattr(getattr(shell, "events", None), "callbacks", {}).get(EVENT, [])
    for listener in listeners:
        if isinstance(found := getattr(listener, "__self__", None), Session):
            return found
    session = Session(shell)
    if shell is not None and hasattr(shell, "events"):
        shell.events.register(EVENT, session.note_start)
    return session


def _history(shell: Any) -> list[str]:
    """What was typed in this session, by the number of its run; entry 0 is empty."""
    manager = getattr(shell, "history_manager", None)
    return list(map(str, getattr(manager, "input_hist_raw", None) or [""]))
