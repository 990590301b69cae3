"""Layers are reported only where they bite; what is missing breaks promises."""

from pathlib import Path

import pytest

from autograder.sandbox import Call, Job, Raised, Sandbox, SandboxError
from autograder.sandbox.probing import FILES, LAYERS
from autograder.sandbox.promises import Isolation, isolation
from autograder.sandbox.sandbox import ChildSession

READS = "the key and other students' files can't be read"


def test_without_layers_the_split_still_keeps_the_key(tmp_path: Path) -> None:
    """And everything else is said not to hold."""
    found = isolation([tmp_path], wanted=())
    assert found.layers == ()
    assert set(found.missing.values()) == {"left out", "nothing keeps a child from reading files"}
    kept = [promise for promise, holds in found.promises.items() if holds]
    assert len(kept) == 2 and "a score can't be forged" in kept
    assert READS in found.broken


def test_a_layer_that_does_not_keep_a_child_from_the_key_is_none() -> None:
    """Landlock lets the interpreter's folders be read, so a key there is not guarded."""
    inside = Path(pytest.__file__).parent
    found = isolation([inside])
    assert not found.files
    assert (
        found.missing["Landlock"] == "left out"
        or str(inside) in found.missing["Landlock"]
        or ("no Landlock" in found.missing["Landlock"])
    )


def test_code_is_not_run_where_files_are_open() -> None:
    """Unless somebody accepts that."""
    job = Job("def f(): pass", (Call("f"),))
    with Sandbox(wanted=()) as sandbox, pytest.raises(SandboxError) as refused:
        ChildSession(sandbox).run(job)
    assert refused.value.code == "no_isolation"


def test_what_holds_here_is_seen_by_the_child(sandbox: Sandbox) -> None:
    """A guarded file can be read by us and not by a child, where files are isolated."""
    if sandbox.missing()[FILES]:
        pytest.skip("nothing isolates files here")
    source = f"def f(): return open({__file__!r}).read()"
    with sandbox.session() as session:
        found = session.run(Job(source, (Call("f"),))).outcomes[0]
    assert isinstance(found, Raised) and found.error == "PermissionError"


def test_all_layers_keep_all_promises() -> None:
    """The strongest column of the table."""
    assert Isolation(dict.fromkeys((*LAYERS, FILES), "")).broken == ()
