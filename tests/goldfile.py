"""Golden files: what a screen looked like when somebody last read it aloud."""

import difflib
import os
from pathlib import Path

GOLD = Path(__file__).parent / "gold"


def assert_gold(text: str, name: str) -> None:
    """Compare a whole text with `tests/gold/<name>.txt`; UPDATE_GOLD=1 writes it anew."""
    path = GOLD / f"{name}.txt"
    if os.environ.get("UPDATE_GOLD"):
        path.write_text(text, encoding="utf-8")
    wanted = path.read_text(encoding="utf-8") if path.is_file() else ""
    difference = difflib.unified_diff(wanted.splitlines(), text.splitlines(), name, "now", n=2)
    assert text == wanted, "\n".join(difference) + "\nRead it; if it is right: UPDATE_GOLD=1"
    assert all(len(line) <= 80 for line in text.splitlines())
