"""Colour on a terminal. It says nothing that the text doesn't say.

Finished lines are painted, so that neither their width nor what a student typed matters.
"""

import re
import sys
from collections.abc import Mapping
from typing import TextIO

RESET = "\x1b[0m"
BOLD, DIM = "\x1b[1m", "\x1b[2m"
RED, GREEN, YELLOW = "\x1b[31m", "\x1b[32m", "\x1b[33m"
PAINTS = {"✓": GREEN, "+": GREEN, "✗": RED, "x": RED, "?": RED, "○": YELLOW, "o": YELLOW}
# Symbol, question, then a word in small letters or a head in capitals.
ANSWER = re.compile(r"( ([·✓✗○.+xo?])  )(\S+ +)(read\b|runs\b|[A-Z]{2,}(?: [A-Z]{2,})*|)(.*)")
CARETS = re.compile(r" +\^+")
STEP = re.compile(r"( *)(Next:)( .*)")
HEADING = re.compile(r"\d+  \S.*")
CONSOLE, SEQUENCES = -11, 4  # STD_OUTPUT_HANDLE, ENABLE_VIRTUAL_TERMINAL_PROCESSING


def is_wanted(stream: TextIO, environ: Mapping[str, str], system: str = sys.platform) -> bool:
    """Whether text for a stream gets colour.

    NO_COLOR with any text forbids it, FORCE_COLOR with any text asks for it (no-color.org,
    force-color.org); without them a terminal that understands it gets it.
    """
    if environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR"):
        return True
    if not is_terminal(stream) or environ.get("TERM") == "dumb":
        return False
    return system != "win32" or _console_can()


def is_terminal(stream: TextIO) -> bool:
    """Whether somebody sees the stream as it is written."""
    try:
        return stream.isatty()
    except (AttributeError, ValueError):  # none at all, or closed
        return False


def painted(text: str) -> str:
    """The text of a check with colour."""
    return "\n".join(map(_line, text.split("\n")))


def _line(line: str) -> str:
    if found := ANSWER.fullmatch(line):
        sign, symbol, name, word, rest = found.groups()
        paint = PAINTS.get(symbol, DIM)
        return f"{paint}{sign}{RESET}{name}" + (f"{paint}{word}{RESET}" if word else "") + rest
    if CARETS.fullmatch(line):
        return f"{RED}{line}{RESET}"
    if found := STEP.fullmatch(line):
        return f"{found[1]}{BOLD}{found[2]}{RESET}{found[3]}"
    return f"{BOLD}{line}{RESET}" if HEADING.fullmatch(line) else line


def _console_can() -> bool:
    """Ask a Windows console to understand colours; since Windows 10 it can."""
    try:
        import ctypes

        console = ctypes.windll.kernel32  # type: ignore[attr-defined]
        handle, mode = console.GetStdHandle(CONSOLE), ctypes.c_ulong()
        if not console.GetConsoleMode(handle, ctypes.byref(mode)):
            return False
        return bool(console.SetConsoleMode(handle, mode.value | SEQUENCES))
    except (ImportError, AttributeError, OSError):
        return False
