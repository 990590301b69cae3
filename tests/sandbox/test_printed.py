"""Head and tail of what was printed."""

import pytest

from autograder.sandbox.printed import Printed


@pytest.mark.parametrize("size", [1, 3, 100])
@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("", ""),
        ("12345678", "12345678"),
        ("123456789", "1234\n[… 1 bytes dropped …]\n6789"),
        ("a" * 2000, "aaaa\n[… 1,992 bytes dropped …]\naaaa"),
        ("123é" + "é" * 9, "123�\n[… 15 bytes dropped …]\néé"),
    ],
)
def test_first_and_last_half_are_kept(text: str, kept: str, size: int) -> None:
    """In whatever pieces the bytes come, also where a character is cut."""
    printed = Printed(8)
    data = text.encode()
    for start in range(0, len(data), size):
        printed.add(data[start : start + size])
    assert printed.text() == kept
