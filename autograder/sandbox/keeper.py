"""The grader's side of the zygote: starts it and asks it for children."""

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.sandbox.layers import THREADS
from autograder.sandbox.memory import allowed
from autograder.sandbox.pipes import Pipes
from autograder.sandbox.system import hide_memory
from autograder.sandbox.values import Limits, SandboxError

START_SECONDS = 120.0  # the first import of torch from a slow disk
ANSWER_SECONDS = 30.0
CLOSE_SECONDS = 10.0
MESSAGE = 4096  # bytes

# -s -P with this environment is what -I does, but -I would ignore PYTHONHASHSEED.
ISOLATED = ("-s", "-P")
ENVIRONMENT = {**THREADS, "PYTHONHASHSEED": "0"}
# The folder that has `autograder` may have other things too: no child can import them.
BOOT = """
import sys
sys.path.insert(0, sys.argv[1])
from autograder.sandbox.zygote import main
del sys.path[0]
main(*map(int, sys.argv[2:]))
"""


@dataclass(eq=False)
class Child:
    """A child, seen from the grader.

    Attributes:
        limits: Those that it was forked with.
        used: Seconds that its jobs took so far.
    """

    pid: int
    pipes: Pipes
    limits: Limits
    keeper: "Keeper"
    used: float = 0.0


class Keeper:
    """A running zygote.

    Args:
        wanted: Layers to try.
        guarded: Folders that no child may read.

    Attributes:
        missing: For each layer and for `files` why it does not hold; empty where it does.

    Errors: every method raises SandboxError when the zygote can't do what it is asked.
    """

    def __init__(self, wanted: Collection[str], guarded: Sequence[Path]) -> None:
        if sys.platform != "linux":
            raise SandboxError("student code can be run on Linux only; use a container")
        hide_memory()
        self._owner = os.getpid()
        self._lock = threading.Lock()
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            with theirs:
                self._process = _start(theirs.fileno())
        except OSError as error:
            self._control.close()
            raise SandboxError(f"the zygote can't be started: {error}") from error
        self._control.settimeout(START_SECONDS)
        folders = [str(folder) for folder in guarded]
        found = self._ask({"wanted": [*wanted], "guarded": folders})
        self.missing: Mapping[str, str] = found["missing"]
        self._control.settimeout(ANSWER_SECONDS)

    def is_alive(self) -> bool:
        """Whether it can be asked, by this process."""
        return self._owner == os.getpid() and self._process.poll() is None

    def fork(self, limits: Limits) -> Child:
        """Start a child."""
        (job, request), (reply, outcome), (log, printed) = os.pipe(), os.pipe(), os.pipe()
        theirs = (job, outcome, printed)
        try:
            answer = self._ask({"fork": [limits.seconds, allowed(limits.memory)]}, theirs)
            return Child(answer["pid"], Pipes(request, reply, log), limits, self)
        except BaseException:
            for descriptor in (request, reply, log):
                os.close(descriptor)
            raise
        finally:
            for descriptor in theirs:
                os.close(descriptor)

    def end(self, child: Child) -> int:
        """Kill a child and what it has started; its status as `os.waitpid` gives it."""
        status: int = self._ask({"end": child.pid})["status"]
        return status

    def close(self) -> None:
        """End the zygote and all its children."""
        self._control.close()
        if self._owner != os.getpid():
            return
        try:
            self._process.wait(CLOSE_SECONDS)
        except BaseException:
            self._process.kill()
            self._process.wait()
            raise

    def _ask(self, message: dict[str, Any], ends: tuple[int, ...] = ()) -> dict[str, Any]:
        with self._lock:
            try:
                socket.send_fds(self._control, [json.dumps(message).encode()], ends)
            except OSError as error:
                self._give_up()
                raise SandboxError(f"the zygote can't be asked: {error}") from error
            return self._receive()

    def _receive(self) -> dict[str, Any]:
        try:
            answer = json.loads(self._control.recv(MESSAGE) or b'{"error": "it has ended"}')
        except (OSError, ValueError) as error:
            self._give_up()
            raise SandboxError(f"the zygote does not answer: {error}") from error
        except BaseException:  # an answer that comes later would be taken for another's
            self._give_up()
            raise
        if "error" in answer:
            self._give_up()
            raise SandboxError(f"the zygote failed: {answer['error']}")
        assert isinstance(answer, dict)
        return answer

    def _give_up(self) -> None:
        """A zygote whose answers can't be relied on is ended, with its children."""
        with suppress(subprocess.TimeoutExpired):
            self.close()


def _start(descriptor: int) -> "subprocess.Popen[bytes]":
    """Start the zygote with its end of the socket, away from the terminal's Ctrl-C."""
    folder = Path(__file__).parents[2]
    # The kernel counts the end of the starting thread as the parent's, not of the process.
    in_main_thread = threading.current_thread() is threading.main_thread()
    grader = os.getpid() if in_main_thread else 0
    return subprocess.Popen(
        [sys.executable, *ISOLATED, "-c", BOOT, str(folder), str(descriptor), str(grader)],
        env=ENVIRONMENT,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=[descriptor],
        start_new_session=True,
    )
