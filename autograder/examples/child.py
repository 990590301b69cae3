"""The child: runs a student's code for the public examples and says what came of it.

Jobs come in and outcomes go out as lines of JSON. Only torch is needed, not numpy.
"""

import json
import linecache
import math
import os
import random
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from types import ModuleType
from typing import Any, BinaryIO, TypeAlias

ANSWER = "<answer>"  # the file name of the student's source in a traceback
MODULE = "submission"
MOST_ENTRIES = 10_000  # of a result whose numbers are sent
MOST_TEXT = 2_000  # characters of a message

Scope: TypeAlias = dict[str, Any]


def serve() -> None:
    """Import torch, say so, then answer jobs until there are no more."""
    requests, replies = _private_pipes()
    try:
        torch = import_module("torch")
    except Exception as error:
        _send(replies, ["unavailable", f"{type(error).__name__}: {error}"[:MOST_TEXT]])
        return
    _send(replies, ["ready", str(getattr(torch, "__version__", ""))])
    for line in requests:
        _answer(json.loads(line), replies)


def _private_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The pipes to the check; what the student's code reads is empty, what it prints is apart."""
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return requests, replies


def _send(replies: BinaryIO, reply: Any) -> None:
    replies.write(json.dumps(reply).encode() + b"\n")
    replies.flush()


def _answer(job: Any, replies: BinaryIO) -> None:
    """Define, then call; one outcome for each example."""
    source, context, examples = job
    try:
        scope = _define(source, context)
    except BaseException as error:
        for _ in examples:
            _send(replies, _failure(error, "define"))
        return
    for calls in examples:
        try:
            outcome = ["returned", [_call(scope, call) for call in calls]]
            json.dumps(outcome)  # an integer may have too many digits
        except BaseException as error:
            outcome = _failure(error, "call")
        _send(replies, outcome)


def _define(source: str, context: Sequence[str]) -> Scope:
    """Run what the answer may need, statement by statement, then the answer itself."""
    import torch

    torch.manual_seed(0)
    random.seed(0)
    module = ModuleType(MODULE)
    sys.modules[MODULE] = module  # dataclasses look their annotations up there
    scope = vars(module)
    scope.update(math=math, torch=torch, nn=torch.nn, F=torch.nn.functional)
    with suppress(ImportError):  # torch does without it, and so may the answer
        scope["np"] = scope["numpy"] = import_module("numpy")
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


def _call(scope: Scope, call: Any) -> Any:
    """Call once; the result in words, and the index of the first argument that was changed."""
    import torch

    name, arguments, then = call
    if name not in scope:
        raise NameError(f"name {name!r} is not defined")
    function, inputs = scope[name], [_made(each) for each in arguments]
    if then is not None:
        function, inputs = function(*inputs), [_made(each) for each in then]
    before = [each.clone() if isinstance(each, torch.Tensor) else each for each in inputs]
    result = function(*inputs)
    pairs = enumerate(zip(inputs, before, strict=True))
    changed = [at for at, (new, old) in pairs if isinstance(old, torch.Tensor)
               if new.shape != old.shape or not torch.equal(new, old)]  # fmt: skip
    return [_told(result), changed[0] if changed else None]


def _made(argument: Any) -> Any:
    """An argument from `[how, value]`."""
    import torch

    how, value = argument
    if how == "random":
        return torch.randn(*value)
    return torch.tensor(value, dtype=torch.float32) if how == "numbers" else value


def _told(value: Any) -> Any:
    """A result as `[type, shape, numbers]`; without a shape it is no array."""
    if value is None:
        return ["None", None, None]
    name = type(value).__name__
    if isinstance(value, bool | int | float):
        return [name, [], value]
    if isinstance(value, list | tuple):
        return _told_list(name, [_told(each) for each in value])
    shape, numbers = getattr(value, "shape", None), getattr(value, "tolist", None)
    if shape is None or numbers is None or isinstance(value, type):
        return [name, None, None]
    shape = [int(size) for size in shape]
    if math.prod(shape) > MOST_ENTRIES:
        return [name, shape, None]
    entries = numbers()
    if not _is_real(entries):
        return [f"{name} of {getattr(value, 'dtype', 'something else')}", None, None]
    return [name, shape, entries]


def _is_real(entries: Any) -> bool:
    if isinstance(entries, list):
        return all(map(_is_real, entries))
    return isinstance(entries, bool | int | float)


def _told_list(name: str, parts: list[Any]) -> Any:
    shapes = [shape for _, shape, _ in parts]
    if any(shape is None or shape != shapes[0] for shape in shapes):
        return [f"{name} that is no array", None, None]
    size = math.prod([len(parts), *(shapes[0] if shapes else [])])
    numbers = [numbers for _, _, numbers in parts] if size <= MOST_ENTRIES else None
    return [name, [len(parts), *(shapes[0] if shapes else [])], numbers]


def _failure(error: BaseException, stage: str) -> Any:
    """Put an exception into words, bounded."""
    if isinstance(error, SystemExit):
        code = "" if error.code is None else repr(error.code)[:80]
        return ["exited", f"sys.exit({code})"]
    try:
        message = str(error.msg if isinstance(error, SyntaxError) else error)[:MOST_TEXT]
    except Exception:
        message = ""
    return ["raised", type(error).__name__, message, _line(error), stage]


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
