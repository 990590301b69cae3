"""The child: runs student code and answers for it.

The only place that executes a student's text. Everything here may be changed by the code
that runs beside it, so that nothing here decides anything: the grader checks what it gets.
"""

import gc
import linecache
import math
import os
import random
import sys
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Literal, TypeAlias

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from autograder.sandbox.layers import REPLY, REQUEST
from autograder.sandbox.tensors import TENSORS, Maker, to_node
from autograder.sandbox.wire import (
    ALL,
    MAX_BYTES,
    MAX_TEXT,
    WORD,
    Frame,
    Node,
    Reader,
    WireError,
    Writer,
    from_bytes,
    to_bytes,
)

ANSWER = "<answer>"  # the file name of the student's source in a traceback
MODULE = "submission"

Scope: TypeAlias = dict[str, Any]
Stage: TypeAlias = Literal["define", "call"]


def serve() -> None:
    """Answer jobs until the grader closes its end of the pipe.

    Says that it is ready by ending a job of no calls. Random numbers are the same in each
    child, so that a grade can be reproduced.
    """
    torch.manual_seed(0)
    np.random.seed(0)  # the legacy generator is what students use
    random.seed(0)  # after the fork: Python seeds it then
    _send(to_bytes(Frame([0, "done"], [])))
    while (payload := _receive()) is not None:
        _answer(from_bytes(payload))
        # What a job leaves behind counts against the memory of the next.
        sys.modules.pop(MODULE, None)
        gc.collect()


@dataclass
class Outbox:
    """Sends the outcomes of one job, within its bytes.

    Attributes:
        left: Bytes that may still be sent; the grader stops reading after them.
    """

    left: int = MAX_BYTES

    def send(self, call: int, outcome: list[Node], arrays: Sequence[Any] = ()) -> None:
        """Send an outcome, or that it can't be sent."""
        try:
            payload = to_bytes(Frame([call, *outcome], arrays))
            if len(payload) > self.left:
                raise WireError(f"too large: more than {MAX_BYTES >> 20} MiB in one job")
        except (WireError, MemoryError) as error:
            reason = str(error) or "too large: no memory is left to send it"
            payload = to_bytes(Frame([call, "unusable", reason], []))
        self.left -= len(payload)
        _send(payload)


def _answer(job: Frame) -> None:
    """Define, call, send an outcome for each call."""
    header: Any = job.header  # the grader's own
    source, preamble, context, calls = header
    outbox = Outbox()
    try:
        scope = _define(source, preamble, context)
    except BaseException as error:
        outbox.send(ALL, _failure(error, "define"))
    else:
        for number, call in enumerate(calls):
            try:
                outcome, arrays = _call(scope, call, job.arrays)
            except BaseException as error:
                outcome, arrays = _failure(error, "call"), []
            outbox.send(number, outcome, arrays)
    outbox.send(len(calls), ["done"])


def _define(source: str, preamble: str, context: Sequence[str]) -> Scope:
    """Run the source in a namespace of its own."""
    module = ModuleType(MODULE)
    sys.modules[MODULE] = module  # dataclasses look their annotations up there
    scope = vars(module)
    scope.update(math=math, np=np, numpy=np, torch=torch, nn=nn, F=functional)
    _run(preamble, "<preamble>", scope)
    for statement in context:
        try:
            _run(statement, "<context>", scope)
        except BaseException:  # may not be needed; if it is, the source fails
            continue
    _run(source, ANSWER, scope)
    return scope


def _run(text: str, name: str, scope: Scope) -> None:
    # torch.jit.script and their like ask for the source of what they are given.
    linecache.cache[name] = len(text), None, text.splitlines(keepends=True), name
    exec(compile(text, name, "exec", dont_inherit=True), scope)


def _call(scope: Scope, call: Any, arrays: Sequence[Any]) -> tuple[list[Node], list[Any]]:
    """Call a function once; the outcome and the arrays that it refers to."""
    name, nodes, cotangent, as_numpy = call
    reader = Reader(arrays, Maker(scope, as_numpy))
    given = reader.values(nodes)
    if name not in scope:
        raise NameError(f"name {name!r} is not defined")
    leaves = [_leaf(value) for value in given] if cotangent else []
    # Clones, so that in-place changes are allowed as they are without gradients.
    passed = [
        value if leaf is None else leaf.clone()
        for value, leaf in zip(given, leaves or [None] * len(given), strict=True)
    ]
    value = scope[name](*passed)
    gradients: list[Any] = []
    if cotangent:
        seed = torch.from_numpy(reader.array(cotangent[1:])[0].copy())
        gradients = _gradients(value, leaves, seed)
    writer = Writer(to_node)
    outcome: list[Node] = [
        "returned",
        writer.node(value),
        [writer.node(argument) for argument in passed],
        [writer.node(gradient) for gradient in gradients],
    ]
    return outcome, writer.arrays


def _leaf(value: Any) -> Any:
    """A floating tensor that collects its gradient, or None for anything else."""
    is_floating = type(value) in TENSORS and value.is_floating_point()
    return value.requires_grad_() if is_floating else None


def _gradients(value: Any, leaves: list[Any], seed: Any) -> list[Any]:
    """The gradients of `sum(value * seed)`, one for each leaf, None where there is none."""
    wanted = [leaf for leaf in leaves if leaf is not None]
    if type(value) not in TENSORS or not value.requires_grad or value.numel() > seed.numel():
        wanted = []
    if not wanted:
        return [None] * len(leaves)
    seed = seed.reshape(-1)[: value.numel()].reshape(value.shape).to(value.dtype)
    found = iter(torch.autograd.grad(value, wanted, seed, allow_unused=True))
    return [None if leaf is None else next(found) for leaf in leaves]


def _failure(error: BaseException, stage: Stage) -> list[Node]:
    """Put an exception into words, bounded."""
    if isinstance(error, SystemExit):
        code = "" if error.code is None else _words(repr, error.code)[:80]
        return ["exited", f"sys.exit({code})"]
    if isinstance(error, WireError):
        return ["unusable", _words(str, error)]
    message = error.msg if isinstance(error, SyntaxError) else error
    return ["raised", type(error).__name__, _words(str, message), _line(error), stage]


def _words(of: Callable[[object], str], thing: object) -> str:
    """The words of a thing that may not want to be put into words."""
    try:
        return of(thing)[:MAX_TEXT]
    except BaseException:
        return ""


def _line(error: BaseException) -> int | None:
    """The last line of the student's source that was being run."""
    if isinstance(error, SyntaxError) and error.filename == ANSWER:
        return error.lineno
    lines = [
        line
        for frame, line in traceback.walk_tb(error.__traceback__)
        if frame.f_code.co_filename == ANSWER
    ]
    return lines[-1] if lines else None


def _receive() -> bytes | None:
    """Read a frame; None when the grader has closed its end."""
    word = _read(WORD.size)
    return _read(WORD.unpack(word)[0]) if word else None


def _read(size: int) -> bytes:
    parts = bytearray()
    while len(parts) < size and (part := os.read(REQUEST, size - len(parts))):
        parts += part
    return bytes(parts)


def _send(payload: bytes) -> None:
    rest = memoryview(payload)
    while rest:
        rest = rest[os.write(REPLY, rest) :]
