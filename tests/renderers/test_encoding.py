"""Plain characters for terminals that have no others."""

import pytest

from autograder.renderers.encoding import to_encoding

SCREEN = " ·  q1  read  x\n ✓ ✗ ○ BLANK · line 3\n √d é 漢\n"


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("utf-8", SCREEN),
        ("ascii", " .  q1  read  x\n + x o BLANK - line 3\n ?d ? ??\n"),
        ("cp1252", " .  q1  read  x\n + x o BLANK - line 3\n ?d é ??\n"),
        (None, " .  q1  read  x\n + x o BLANK - line 3\n ?d ? ??\n"),
        ("nonsense", " .  q1  read  x\n + x o BLANK - line 3\n ?d ? ??\n"),
    ],
)
def test_every_sign_has_a_plain_counterpart(encoding: str | None, shown: str) -> None:
    """All of ours change or none; what was typed keeps its columns and all that can be shown."""
    assert to_encoding(SCREEN, encoding) == shown


def test_half_a_character_does_not_stop_the_screen() -> None:
    """JSON can hold one."""
    assert to_encoding("a\ud800b", "utf-8") == "a?b"


def test_what_would_steer_a_terminal_is_spelled_out() -> None:
    """Escapes, and marks that turn the direction of reading."""
    assert to_encoding("\x1b[2J \u202ex\n\t", "utf-8") == "\\u001b[2J \\u202ex\n\t"
