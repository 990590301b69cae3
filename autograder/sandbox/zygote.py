"""The process that children are forked from: it has torch and one thread, no key, no code.

It obeys JSON messages on a socket, one answer each: first `{"wanted", "guarded"}`, the layers to
try and the folders that no child may read → `{"missing"}`, which of them do not hold and why; then
`{"fork": [seconds, memory]}` with the child's three pipe ends → `{"pid"}`; `{"end": pid}` kills
and reaps → `{"status"}`. Only the zygote kills and reaps, so that a process id always means the
child it was given to.
"""

import gc
import json
import os
import signal
import socket
import sys
import time
import traceback
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from autograder.sandbox.layers import Bounds, Ends, Walls, bind
from autograder.sandbox.memory import unbound
from autograder.sandbox.probing import USERS, find_walls
from autograder.sandbox.system import PR_SET_CHILD_SUBREAPER, PR_SET_DUMPABLE, die_with, prctl

MESSAGE = 4096  # bytes
SWEEP_SECONDS = 2.0  # for killing what a child has started


def main(descriptor: int, grader: int) -> None:
    """Prepare, then fork on request until the grader closes its end.

    Args:
        descriptor: The socket.
        grader: Process id of the parent, or 0 when only the socket tells whether it lives.
    """
    control = socket.socket(fileno=descriptor)
    try:
        asked = json.loads(control.recv(MESSAGE))
        _prepare(grader)
        walls, missing = find_walls(asked["wanted"], asked["guarded"])
    except BaseException as error:
        control.send(json.dumps({"error": f"{type(error).__name__}: {error}"[:2000]}).encode())
        raise
    gc.collect()
    gc.freeze()
    nursery = Nursery(walls)
    try:
        control.send(json.dumps({"missing": missing}).encode())
        nursery.obey(control)
    finally:
        nursery.close()


def _prepare(grader: int) -> None:
    """Import and warm up what children need, once for all of them.

    Errors: RuntimeError when there is more than one thread: a fork may then hang.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    if grader:
        die_with(grader, signal.SIGTERM)
    prctl(PR_SET_DUMPABLE, 0)
    prctl(PR_SET_CHILD_SUBREAPER, 1)
    unbound()
    _warm_up()
    threads = len(os.listdir("/proc/self/task"))
    if threads != 1:
        raise RuntimeError(f"the zygote has {threads} threads")


def _warm_up() -> None:
    """Do once what is slow the first time."""
    import torch

    import autograder.sandbox.child  # noqa: F401  # what a child runs

    torch.set_num_threads(1)
    torch.set_num_interop_threads(1)
    inputs = torch.ones(2, 3, requires_grad=True)
    layer = torch.nn.Linear(3, 3)
    scores = torch.einsum("bd,ed->be", layer(inputs), torch.ones(2, 3))
    result = torch.softmax(scores, 1)
    result.sum().backward(retain_graph=True)
    torch.autograd.grad(result, [inputs], torch.ones(2, 2))  # imports sympy
    # Both import what looks for a place for temporary files; there is none in a child.
    torch.optim.SGD(layer.parameters(), lr=0.1).step()
    torch.func.grad(torch.sum)(torch.ones(2))


class Nursery:
    """The children that live."""

    def __init__(self, walls: Walls) -> None:
        self._walls = walls
        self._children: dict[int, int] = {}  # process id to slot

    def obey(self, control: socket.socket) -> None:
        """Answer messages until there are no more."""
        while True:
            message, ends, _, _ = socket.recv_fds(control, MESSAGE, len(Ends._fields))
            if not message:
                return
            try:
                answer = self._answer(json.loads(message), ends)
            except (OSError, ValueError, TypeError) as error:
                answer = {"error": f"{type(error).__name__}: {error}"[:2000]}
            finally:
                for end in ends:
                    os.close(end)
            control.send(json.dumps(answer).encode())

    def close(self) -> None:
        """End all children."""
        for pid in [*self._children]:
            self._end(pid)

    def _answer(self, message: Any, ends: list[int]) -> dict[str, Any]:
        match message:
            case {"fork": [seconds, memory]}:
                return {"pid": self._fork(Ends(*ends), Bounds(seconds, memory))}
            case {"end": int(pid)} if pid in self._children:
                return {"status": self._end(pid)}
        raise ValueError("no such request")

    def _fork(self, ends: Ends, bounds: Bounds) -> int:
        zygote = os.getpid()
        slot = next((n for n in range(USERS) if n not in self._children.values()), None)
        if slot is None:
            raise ValueError(f"more than {USERS} children")
        pid = os.fork()
        if pid == 0:
            _live(ends, zygote, bounds, self._walls, slot)
        self._children[pid] = slot
        return pid

    def _end(self, pid: int) -> int:
        """Kill and reap a child and all that it has started; its wait status.

        A child that has ended by itself keeps the status that it ended with.
        """
        for kill in (os.killpg, os.kill):  # its group is there only once it is bound
            with suppress(ProcessLookupError):
                kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        self._children.pop(pid, None)
        self._sweep()
        return status

    def _sweep(self) -> None:
        """Kill the orphans of children: the kernel makes them the zygote's own."""
        until = time.monotonic() + SWEEP_SECONDS
        while (orphans := _own_children() - self._children.keys()) and time.monotonic() < until:
            for pid in orphans:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            for pid in orphans:
                with suppress(ChildProcessError):
                    os.waitpid(pid, 0)


def _own_children() -> set[int]:
    own = os.getpid()
    listed = Path(f"/proc/{own}/task/{own}/children")
    # A kernel without CONFIG_PROC_CHILDREN has no such list: orphans stay.
    return {int(pid) for pid in listed.read_text().split()} if listed.exists() else set()


def _live(ends: Ends, zygote: int, bounds: Bounds, walls: Walls, slot: int) -> NoReturn:
    """Be a child; never comes back to the zygote's code."""
    try:
        from autograder.sandbox.child import serve

        bind(ends, zygote, bounds, walls, slot)
        serve()
        os._exit(0)
    except BaseException:
        traceback.print_exc()  # goes to the log, if there is one already
    finally:
        os._exit(1)
