"""Starts the child, gives it jobs, and ends it when its time is up. Standard library only."""

import json
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import IO, Any, TypeAlias

from autograder.errors import Json
from autograder.examples.installed import too_old
from autograder.kinds.example import Argument, Called, Example
from autograder.sandbox.printed import Printed
from autograder.sandbox.values import Exited, Raised, TimedOut, Unusable

START = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]);"
    " from autograder.examples.child import serve; serve()"
)
LOADING = 120  # seconds that importing torch may take; a cold disk is slow
MOST_LINE = 1 << 20  # bytes of one outcome
MOST_PRINTED = 32_000  # bytes that are kept of what the code prints


class NotThereError(Exception):
    """Torch can't be imported, or is too old; the message is Python's, or says so."""


@dataclass(frozen=True)
class Told:
    """What a call returned.

    Attributes:
        type: Its name.
        shape: None when it is no array, no number and no list of them.
        numbers: A number or nested lists; None when there are too many.
        changed: The index of an argument that the call changed, or None.
    """

    type: str
    shape: tuple[int, ...] | None
    numbers: Any
    changed: int | None


@dataclass(frozen=True)
class Results:
    """What the calls of an example returned, in order."""

    told: tuple[Told, ...]


Outcome: TypeAlias = Results | Raised | TimedOut | Exited | Unusable


@dataclass
class Runner:
    """Runs jobs in a child; a child that was ended is followed by a new one."""

    _child: "_Child | None" = None

    def start(self) -> None:
        """Start a child and wait until it has torch.

        Errors: NotThereError when torch can't be imported.
        """
        self.close()
        self._child = _Child()
        match self._child.reply(time.monotonic() + LOADING):
            case ["ready", str(version)]:
                if reason := too_old(version):
                    raise NotThereError(reason)
                return
            case ["unavailable", str(reason)]:
                raise NotThereError(reason)
        raise NotThereError(f"it was not loaded within {LOADING} s, or ended Python")

    def run(
        self, source: str, context: Sequence[str], examples: Sequence[Example], seconds: float
    ) -> list[Outcome]:
        """Define the source and make the calls of each example; `seconds` are for all of them.

        Errors: NotThereError when a new child can't be started.
        """
        if self._child is None:
            self.start()
        assert self._child is not None
        calls: list[Json] = [[_call(call) for call in each.calls] for each in examples]
        self._child.ask([source, [*context], calls])
        deadline, found = time.monotonic() + seconds, list[Outcome]()
        while len(found) < len(examples):
            outcome = _outcome(self._child.reply(deadline))
            if outcome is None:
                over = time.monotonic() >= deadline
                self.close()
                last = TimedOut(seconds) if over else Exited("the program ended")
                found += [last] * (len(examples) - len(found))
            else:
                found.append(outcome)
        return found

    def close(self) -> None:
        """End the child."""
        if self._child is not None:
            self._child.end()
            self._child = None


@contextmanager
def runner() -> Iterator[Runner]:
    """A runner whose child has torch; nothing is left running.

    Errors: NotThereError when torch can't be imported.
    """
    made = Runner()
    try:
        made.start()
        yield made
    finally:
        made.close()


class _Child:
    """A process, and two threads that read from it: pipes can't be waited for on Windows."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-B", "-P", "-c", START, json.dumps(sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert self._process.stdin and self._process.stdout and self._process.stderr
        self._requests: IO[bytes] = self._process.stdin
        self._replies: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._threads = (
            threading.Thread(target=self._read, args=(self._process.stdout,), daemon=True),
            threading.Thread(target=_drain, args=(self._process.stderr,), daemon=True),
        )
        for thread in self._threads:
            thread.start()

    def ask(self, job: Json) -> None:
        """Send a job; a child that is gone doesn't answer."""
        with suppress(OSError):
            self._requests.write(json.dumps(job).encode() + b"\n")
            self._requests.flush()

    def reply(self, deadline: float) -> Json:
        """The next reply; None when there is none in time, or none any more."""
        try:
            line = self._replies.get(timeout=max(0, deadline - time.monotonic()))
            found: Json = json.loads(line)
            return found
        except (queue.Empty, ValueError, RecursionError):
            return None

    def end(self) -> None:
        """Kill the process and wait for it."""
        self._process.kill()
        with suppress(OSError):
            self._requests.close()
        self._process.wait()
        for thread in self._threads:
            thread.join(1)  # what the child has started may hold its pipes

    def _read(self, replies: IO[bytes]) -> None:
        with replies:
            while line := replies.readline(MOST_LINE):
                self._replies.put(line)
        self._replies.put(b"")


def _drain(printed: IO[bytes]) -> None:
    """Keep reading what the code prints, so that it never waits for us."""
    kept = Printed(MOST_PRINTED)
    with printed:
        while text := printed.read1(1 << 16):  # type: ignore[attr-defined]
            kept.add(text)


def _call(call: Called) -> Json:
    then = None if call.then is None else [_argument(each) for each in call.then]
    return [call.name, [_argument(each) for each in call.arguments], then]


def _argument(argument: Argument) -> Json:
    match argument.value:
        case tuple(shape):
            return ["random", [*shape]]
        case list(numbers):
            return ["numbers", numbers]  # type: ignore[list-item]  # lists of lists of numbers
    return ["plain", argument.value]


def _outcome(reply: Json) -> Outcome | None:
    match reply:
        case ["returned", [*results]]:
            told = [each for each in map(_told, results) if each is not None]
            same = len(told) == len(results)
            return Results(tuple(told)) if same else Unusable("a reply that is none")
        case ["raised", str(error), str(message), None | int() as line, "define" | "call" as stage]:
            return Raised(error, message, line, stage)
        case ["exited", str(status)]:
            return Exited(status)
    return None


def _told(result: Json) -> Told | None:
    match result:
        case [[str(name), None | list() as shape, numbers], None | int() as changed]:
            sizes = None if shape is None else tuple(n for n in shape if isinstance(n, int))
            return Told(name, sizes, numbers, changed)
    return None
