"""Which torch will do, and which one to get."""

import pytest

from autograder.examples.installed import build, missing, too_old


@pytest.mark.parametrize(
    ("version", "old"),
    [("1.13.1", True), ("2.1.2+cpu", True), ("2.2.0", False), ("2.13.0+cpu", False), ("", False)],
)
def test_a_torch_before_2_2_will_not_do(version: str, old: bool) -> None:
    """What has no version is given a try."""
    assert bool(too_old(version)) is old


@pytest.mark.parametrize(
    ("system", "machine", "found"),
    [
        ("linux", "x86_64", "linux"),
        ("darwin", "x86_64", "intel_mac"),
        ("darwin", "arm64", ""),
        ("win32", "AMD64", ""),
    ],
)
def test_some_systems_need_a_build_of_their_own(system: str, machine: str, found: str) -> None:
    """And only those are told so."""
    assert build(system, machine) == found


def test_torch_that_is_not_there_is_known_before_anything_starts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No process is started for nothing."""
    assert missing() == ""
    monkeypatch.setattr("sys.path", [])
    monkeypatch.delitem(__import__("sys").modules, "torch", raising=False)
    assert missing() == "No module named 'torch'"
