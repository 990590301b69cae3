"""What a hostile child may send, and what the grader makes of it."""

import json
import random
import struct
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import save

from autograder.sandbox import (
    Call,
    Exited,
    Job,
    Other,
    Raised,
    Report,
    Returned,
    Sandbox,
    SandboxError,
    Session,
    TimedOut,
    Unusable,
)
from autograder.sandbox.jobs import Reply, read_reply, write_job
from autograder.sandbox.wire import Frame, WireError, to_bytes

Run = Callable[..., Report]
WORD = 4  # bytes of a frame that say how long it is


def payload(header: Any, body: bytes = b"") -> bytes:
    """A frame as a child may forge it, without its first word."""
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack(">I", len(text)) + text + body


def returned(value: Any, body: bytes = b"") -> bytes:
    """A forged result of the first call."""
    return payload([0, "returned", value, [], []], body)


EMPTY = b'{"0":{"dtype":"F32","shape":[0,1000000000000],"data_offsets":[0,0]}}'
FORGED = {
    "nothing": b"",
    "short": b"\0\0",
    "header longer than the frame": b"\xff\xff\xff\xff{}",
    "no JSON": payload(b"\x80\x04K\x01."),
    "deep JSON": payload(b"[" * 100_000),
    "not a list": payload({"call": 0}),
    "no call": payload(["returned", 1, [], []]),
    "no such word": payload([0, "correct"]),
    "too few": payload([0, "returned", 1]),
    "types": payload([0, "raised", 1, 2, 3, 4]),
    "stage": payload([0, "raised", "E", "m", 1, "graded"]),
    "no such value": returned(["points", 100]),
    "nameless": returned([1, 2]),
    "empty node": returned([]),
    "object": returned({"a": 1}),
    "dict of numbers": returned(["dict", [1], 1]),
    "dict too short": returned(["dict", ["a", "b"], 1]),
    "no array": returned(["array", 0, "torch", False]),
    "one array of two names": returned(
        ["list", *[["array", 0, "torch", False]] * 2], save({"0": np.ones(1)})
    ),
    "a megabyte of lists": payload(b'[0, "raised", [' + b"[]," * 400_000 + b"1]]"),
    "negative array": returned(["array", -1, "torch", False], save({"0": np.ones(1)})),
    "complex without pairs": returned(["array", 0, "torch", True], save({"0": np.ones(3)})),
    "gradient": payload([0, "returned", 1, [], [1]]),
    "too deep": returned(
        ["list", ["list"]] if False else json.loads('["list",' * 30 + "1" + "]" * 30)
    ),
    "too many": returned(["list", *[0] * 10_000]),
    "array names": returned(1, save({"a": np.ones(1)})),
    "body": returned(1, b"\xff" * 100),
    "empty array of any size": returned(1, struct.pack("<Q", len(EMPTY)) + EMPTY),
    "many arrays": returned(1, struct.pack("<Q", 1 << 30) + b"{}"),
    "huge integer": payload(b"[0, " + b"9" * 5000 + b"]"),
}


@pytest.mark.parametrize("forged", FORGED.values(), ids=[*FORGED])
def test_a_forged_frame_is_refused(forged: bytes) -> None:
    """With an error of its own, whatever is in it."""
    with pytest.raises(WireError, match=r"^(malformed|too large): "):
        read_reply(forged)


def test_any_frame_is_read_or_refused() -> None:
    """Bytes are changed at random; nothing else is ever raised."""
    rng = random.Random(0)
    node = ["dict", ["a", "b"], ["array", 0, "torch", False], ["array", 1, "numpy", True]]
    arrays = [np.ones((2, 3), np.float32), np.ones((2, 2))]
    whole = to_bytes(Frame([0, "returned", node, [["list", 1.5]], [None]], arrays))[WORD:]
    assert isinstance(read_reply(whole).outcome, Returned)
    for _ in range(3000):
        mutated = bytearray(whole)
        for _ in range(rng.choice([1, 1, 2, 8])):
            mutated[rng.randrange(len(mutated))] = rng.randrange(256)
        try:
            assert isinstance(read_reply(bytes(mutated)), Reply)
        except WireError:
            continue


def test_words_from_a_child_are_cut_and_made_printable() -> None:
    """Whatever it sends in their place."""
    long = "\x1b" + "x" * 10_000
    raised = read_reply(payload([0, "raised", long, long, 1, "call"])).outcome
    assert isinstance(raised, Raised)
    assert (len(raised.error), len(raised.message)) == (100, 2000)
    assert raised.message.startswith("\\x1bxx")
    assert read_reply(returned(["other", "a\x00"])).outcome.value == Other("a\\x00")


SEND = "import os, struct, json\ndef send(b): os.write(4, struct.pack('>I', len(b)) + b)\n"
FORGE = "def forge(*header): h = json.dumps(header).encode(); send(struct.pack('>I', len(h)) + h)\n"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("os.write(4, b'\\xff' * 100)", "too large: a reply of 4,294,967,295 bytes"),
        ("send(b'garbage')", "malformed: the header is longer than the frame, or too long"),
        ("forge(0, 'done')", "malformed: replies out of order"),
        ("forge(1, 'returned', 1, [], [])", "malformed: replies out of order"),
        ("forge(-1, 'returned', 1, [], [])", "malformed: replies out of order"),
        ("forge(0, 'correct')", "malformed: no outcome"),
        ("forge(0, 'returned', 1, [1], [])", "malformed: not as many arguments as the call has"),
        ("forge(0, 'returned', 1, [], [None])", "malformed: not as many arguments as the call has"),
    ],
)
def test_a_forger_gets_nothing_that_can_be_judged(run: Run, body: str, reason: str) -> None:
    """The calls are unusable, and the next job has a fresh child."""
    report = run(SEND + FORGE + f"def f(): {body}", "f", "f")
    assert report.outcomes == (Unusable(reason),) * 2
    assert isinstance(run("def f(): pass", "f").outcomes[0], Returned)


def test_a_forger_can_say_no_more_than_a_function_can_return(run: Run) -> None:
    """A result written past the function is a result; the function's own is out of order."""
    report = run(SEND + FORGE + "def f(): forge(0, 'returned', 1, [], [])", "f", "f")
    assert isinstance(report.outcomes[0], Returned)
    assert report.outcomes[1] == Unusable("malformed: replies out of order")


def test_half_a_frame_is_waited_for_until_the_limit_only(run: Run) -> None:
    """A slow sender can't hold the grader."""
    source = (
        "import os, time\ndef f():\n    os.write(4, b'\\0\\0\\1\\0')\n"
        "    while True: os.write(4, b' '); time.sleep(.05)"
    )
    began = time.monotonic()
    assert run(source, "f", seconds=0.5).outcomes == (TimedOut(0.5),)
    assert time.monotonic() - began < 3


def test_a_child_that_closes_its_pipes_has_left(run: Run) -> None:
    """It is ended, and the next job has a fresh one."""
    report = run("import os\ndef f(): os.closerange(0, 9)", "f")
    assert isinstance(report.outcomes[0], Exited)
    assert isinstance(run("def f(): pass", "f").outcomes[0], Returned)


def test_what_is_sent_between_jobs_is_no_answer_to_the_next(session: Session) -> None:
    """The child that sent it is replaced."""
    forge = (
        SEND + FORGE + "import gc\ngc.callbacks.append(lambda *_: forge(0, 'returned', 99, [], []))"
    )
    session.run(Job(forge, ()))
    time.sleep(0.2)  # until the child has sent it
    found = session.run(Job("def f(): return 1", (Call("f"),))).outcomes[0]
    assert isinstance(found, Returned)
    assert found.value == 1


POISON = """
import builtins, sys, json, os, struct
torch.softmax = torch.Tensor.sum = lambda *a, **k: 0
builtins.len = lambda x: 0
sys.modules.clear()
"""


def test_poison_in_one_session_does_not_reach_the_next(sandbox: Sandbox) -> None:
    """Each session has a process of its own."""
    honest = Job(
        "def f(x): return len(x) + int(torch.softmax(x, 0).sum())", (Call("f", (np.ones(2),)),)
    )
    with sandbox.session() as session:
        session.run(Job(POISON, (Call("f"),)))
    with sandbox.session() as session:
        found = session.run(honest).outcomes[0]
    assert isinstance(found, Returned)
    assert found.value == 3


@pytest.mark.parametrize(
    "value",
    [object(), np.array([object()]), np.ones(9 << 20), [0] * 10_000],
    ids=["object", "array of objects", "too large", "too many"],
)
def test_arguments_that_cannot_cross_are_our_own_fault(value: Any) -> None:
    """No student is to blame."""
    with pytest.raises(SandboxError, match="the job can't be sent"):
        write_job(Job("", (Call("f", (value,)),)))
