"""Colour: where it is wanted, and that it says nothing of its own."""

import io
import re

import pytest

from autograder.renderers.colour import is_wanted, painted

CODES = re.compile("\x1b\\[[0-9;]*m")


class Terminal(io.StringIO):
    """Somebody looks at it."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("environ", "terminal", "pipe"),
    [
        ({}, True, False),
        ({"TERM": "xterm-256color"}, True, False),
        ({"TERM": "dumb"}, False, False),
        ({"NO_COLOR": "1"}, False, False),
        ({"NO_COLOR": "0"}, False, False),
        ({"NO_COLOR": ""}, True, False),
        ({"FORCE_COLOR": "1"}, True, True),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, True, True),
        ({"FORCE_COLOR": ""}, True, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False),
    ],
)
def test_who_wants_colour(environ: dict[str, str], terminal: bool, pipe: bool) -> None:
    """A terminal, unless somebody says otherwise."""
    assert is_wanted(Terminal(), environ, "linux") is terminal
    assert is_wanted(io.StringIO(), environ, "linux") is pipe


def test_a_console_that_cannot_gets_none() -> None:
    """Windows has to be asked; here there is nobody who answers."""
    assert not is_wanted(Terminal(), {}, "win32")
    closed = io.StringIO()
    closed.close()
    assert not is_wanted(closed, {}, "linux")


SCREEN = """\
1  One
 ·  q1          read  x
 ?  q2          CANNOT BE READ · line 3
                1/$
                  ^
                Next: mend it.
 ✓  q3          runs; 2 of 2 examples pass
 ✗  q4-q5       WRONG SHAPE · line 4
 ○  q6          BLANK · line 9
Next: q2 line 3."""


@pytest.mark.parametrize("text", [SCREEN, SCREEN.translate(str.maketrans("·✓✗○", ".+xo"))])
def test_without_its_codes_a_painted_screen_is_the_same(text: str) -> None:
    """Nothing is said by colour alone, and no line becomes longer; plain signs get it too."""
    lines = painted(text).split("\n")
    assert CODES.sub("", "\n".join(lines)) == text
    plain = [at for at, line in enumerate(lines) if not CODES.search(line)]
    assert plain == [3]  # what was typed
    assert all(line.count("\x1b[0m") * 2 == len(CODES.findall(line)) for line in lines)
