"""The grader's side of the wire: writes jobs, reads outcomes.

The header of a job is `[source, preamble, context, calls]`, that of an outcome
`[call, word, …]`, where `call` counts from 0, or is -1 for an outcome of the whole source.
`[n, "done"]` with the number of calls ends the job.
"""

from typing import Any, NamedTuple

from autograder.sandbox.values import (
    Array,
    Exited,
    Instance,
    Job,
    Layer,
    Other,
    Outcome,
    Raised,
    Returned,
    SandboxError,
    Unusable,
    Value,
)
from autograder.sandbox.wire import (
    MAX_REPLY,
    Frame,
    Node,
    Reader,
    WireError,
    Writer,
    from_bytes,
    printable,
    to_bytes,
)


class Reply(NamedTuple):
    """An outcome and what it is the outcome of; None is the end of the job."""

    call: int
    outcome: Outcome | None


def write_job(job: Job) -> bytes:
    """Make the bytes that the child is sent.

    Errors: SandboxError when the arguments can't cross the wall.
    """
    writer = Writer(_node)
    try:
        calls: list[Node] = [
            [
                call.function,
                [writer.node(value) for value in call.arguments],
                writer.node(call.cotangent),
                call.as_numpy,
            ]
            for call in job.calls
        ]
        header: Node = [job.source, job.preamble, [*job.context], calls]
        return to_bytes(Frame(header, writer.arrays))
    except WireError as error:
        raise SandboxError(f"the job can't be sent: {error}") from None


def _node(value: object, writer: Writer) -> Node:
    import numpy as np

    match value:
        case np.ndarray():
            return writer.array(value, "torch")
        case Array(data=data, origin=origin):
            return writer.array(data, origin)
        case Instance(class_name=name, attributes=attributes):
            return ["instance", name, writer.node(dict(attributes))]
        case Layer(kind=kind, arguments=arguments, state=state):
            return ["layer", kind, writer.node(dict(arguments)), writer.node(dict(state))]
    raise WireError(f"unsupported: a {type(value).__name__}")


def read_reply(payload: bytes) -> Reply:
    """Read what a child has sent; it may be anything.

    Errors: WireError when it is no outcome within the bounds.
    """
    frame = from_bytes(payload, MAX_REPLY)
    reader = Reader(frame.arrays, _value)
    match frame.header:
        case [int(call), "done"]:
            return Reply(call, None)
        case [int(call), *rest]:
            return Reply(call, _outcome(rest, reader))
    raise WireError("malformed: no outcome")


def _outcome(rest: list[Node], reader: Reader) -> Outcome:
    match rest:
        case ["returned", value, [*arguments], [*gradients]]:
            return Returned(
                reader.value(value),
                tuple(reader.values(arguments)),
                tuple(_gradient(each) for each in reader.values(gradients)),
            )
        case ["raised", str(error), str(message), None | int() as line, "define" | "call" as stage]:
            return Raised(printable(error, 100), printable(message), line, stage)
        case ["exited", str(status)]:
            return Exited(printable(status, 100))
        case ["unusable", str(reason)]:
            return Unusable(printable(reason, 300))
    raise WireError("malformed: no outcome")


def _gradient(value: Value) -> Any:
    match value:
        case None:
            return None
        case Array(data=data):
            return data
    raise WireError("malformed: a gradient that is no array")


def _value(word: str, rest: list[Node], reader: Reader) -> Value:
    match word, rest:
        case "array", _:
            data, origin = reader.array(rest)
            return Array(data, "torch" if origin == "torch" else "numpy")
        case "tuple", _:
            return reader.values(rest)
        case "other", [str(name)]:
            return Other(printable(name, 200))
    raise WireError("malformed: no such value")
