"""What crosses the wall: jobs go in, reports come out. Plain data, standard library only."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers: TypeAlias = NDArray[Any]

Origin: TypeAlias = Literal["torch", "numpy"]

# A plain numpy array becomes a torch tensor in the child, an Array what its origin says.
# What comes back is None, bool, int, float, str, list (tuples too), dict, Array or Other.
Value: TypeAlias = (
    "bool | int | float | str | Numbers | Array | Other | Instance | Layer"
    " | list[Value] | tuple[Value, ...] | dict[str, Value] | None"
)


class SandboxError(Exception):
    """The sandbox itself failed: staff must act, no student is to blame.

    Attributes:
        code: `grader_fault`, or `no_isolation` where code must not be run.
    """

    def __init__(self, message: str, code: str = "grader_fault") -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Limits:
    """What one job may use.

    Attributes:
        seconds: Wall-clock time of all calls together, the definition included.
        memory: Bytes the child may allocate beyond what it has after the fork.
        output: Bytes of printed text that are kept.
    """

    seconds: float = 5.0
    memory: int = 1 << 30
    output: int = 32_000


@dataclass(frozen=True, eq=False)
class Array:
    """A tensor or array, and which of the two it is in the child.

    Attributes:
        data: Any shape; bool, integers, floats or complex. bfloat16 arrives as float32.
    """

    data: "Numbers"
    origin: Origin


@dataclass(frozen=True)
class Other:
    """A result that is none of the types that can cross, such as a function.

    Attributes:
        type_name: With its module, unless that is `builtins` or the submission.
    """

    type_name: str


@dataclass(frozen=True, eq=False)
class Instance:
    """An object made without calling its constructor.

    Attributes:
        class_name: A class of the job's namespace.
        attributes: Set after `nn.Module.__init__` (for modules), in this order.
    """

    class_name: str
    attributes: Mapping[str, Value]


@dataclass(frozen=True, eq=False)
class Layer:
    """A layer of `torch.nn` with given weights.

    Attributes:
        kind: Its name there, such as `Linear`.
        arguments: Of its constructor, by name.
        state: Its `state_dict`.
    """

    kind: str
    arguments: Mapping[str, Value]
    state: "Mapping[str, Numbers]"


@dataclass(frozen=True, eq=False)
class Call:
    """One call of a function that the job defines.

    Attributes:
        function: Its name.
        arguments: By position; made afresh for each call.
        cotangent: Asks for the gradients of `sum(result * cotangent)` with respect to each
            floating tensor among the arguments. In reading order; what is more than the
            result has is left out, so that the shape need not be told.
        as_numpy: Arrays arrive as numpy arrays, whatever they are here.
    """

    function: str
    arguments: tuple[Value, ...] = ()
    cotangent: "Numbers | None" = None
    as_numpy: bool = False


@dataclass(frozen=True, eq=False)
class Job:
    """Student code and what to call in it.

    Attributes:
        source: The student's code. Errors give line numbers in it.
        calls: Run in this order, in one namespace.
        preamble: Trusted public code that is run first, such as imports.
        context: More of the student's code, run one by one between preamble and source;
            what fails there is skipped.
    """

    source: str
    calls: tuple[Call, ...]
    preamble: str = ""
    context: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Returned:
    """A call that returned.

    Attributes:
        value: What it returned.
        arguments: The arguments as they are after the call, in the same order.
        gradients: One for each argument, None where there is none (also where the result
            is larger than the cotangent); empty when none were asked for.
    """

    value: Value
    arguments: tuple[Value, ...]
    gradients: "tuple[Numbers | None, ...]" = ()


@dataclass(frozen=True)
class Raised:
    """Code that raised.

    Attributes:
        error: The exception's type, such as `ValueError`.
        message: At most 2,000 printable characters.
        line: The last line of the student's source that was being run, from 1; None when
            the error isn't in it.
        stage: Whether the source was being run (`define`) or one of its functions.
    """

    error: str
    message: str
    line: int | None
    stage: Literal["define", "call"]


@dataclass(frozen=True)
class TimedOut:
    """A call that had not returned when the job's time was up.

    Attributes:
        seconds: The limit.
    """

    seconds: float


@dataclass(frozen=True)
class Exited:
    """Code that left the interpreter instead of returning.

    Attributes:
        status: `sys.exit(3)`, `exit status 3` or `killed by signal 11`.
    """

    status: str


@dataclass(frozen=True)
class Unusable:
    """A call that came back with nothing that can be judged.

    Attributes:
        reason: For staff; one line.
    """

    reason: str


Outcome: TypeAlias = Returned | Raised | TimedOut | Exited | Unusable


@dataclass(frozen=True, eq=False)
class Report:
    """What a job came to.

    Attributes:
        outcomes: One for each call; all the same when the source can't be run.
        printed: What the code printed, head and tail.
    """

    outcomes: tuple[Outcome, ...]
    printed: str


class Session(Protocol):
    """Runs jobs in one child; takes a fresh one when that is gone or used up."""

    @property
    def used(self) -> bool:
        """Whether the child that takes the next job has run others."""
        ...

    def run(self, job: Job, limits: Limits | None = None) -> Report:
        """Run a job.

        Args:
            limits: In place of the sandbox's.

        Errors: SandboxError.
        """
        ...
