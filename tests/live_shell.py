"""IPython's shell as far as a check looks at it: a history, names, and who listens."""

from types import SimpleNamespace
from typing import Any


class FakeShell:
    """Runs nothing; remembers what was typed."""

    def __init__(self) -> None:
        self.history_manager = SimpleNamespace(input_hist_raw=[""])
        self.user_ns: dict[str, Any] = {}
        self.events = SimpleNamespace(callbacks={"pre_run_cell": []}, register=self._register)

    def _register(self, event: str, listener: Any) -> None:
        self.events.callbacks[event].append(listener)

    def run(self, *sources: str, cell: str | None = None) -> None:
        """Run cells, one after the other."""
        for source in sources:
            info = SimpleNamespace(store_history=True, cell_id=cell, raw_cell=source)
            for listener in self.events.callbacks["pre_run_cell"]:
                listener(info)
            self.history_manager.input_hist_raw.append(source)
