"""A function in Python, judged by what it returns on the probes of the solution."""

import ast
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from autograder.compare.values import ATOL, RTOL
from autograder.errors import AssignmentError, Unreadable
from autograder.kinds import Form, Reading, Workshop
from autograder.kinds.behaviour import behaviour_of
from autograder.kinds.draws import generator
from autograder.kinds.example import Example
from autograder.kinds.imports import with_origin
from autograder.kinds.outcomes import wrong
from autograder.kinds.probe import Probe, Rules, judge_probe, same_results
from autograder.kinds.source import BLANK, Parsed, first_line, names_bound, parse_source, place
from autograder.sandbox import Session
from autograder.sandbox.values import Call, Job, Outcome
from autograder.submission import Response
from autograder.verdict import Finding, Verdict

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers: TypeAlias = NDArray[Any]

__all__ = ["Code", "Function", "Probe"]

MOST_CONTEXT = 200_000  # characters; what the child is sent has to fit into a frame


@dataclass(frozen=True)
class Code:
    """A definition that could be parsed.

    Attributes:
        source: The statements that define the name; other lines are empty.
        context: Statements that may be needed, each run on its own before `source`.
    """

    source: str
    context: tuple[str, ...]


@dataclass(frozen=True)
class Function:
    """A function with the name, the arguments and the result that the stub describes.

    Args:
        stub: Public source: a `def` with a docstring and a blank.
        rtol: Allowed relative error of a result. Dimensionless.
        atol: Allowed absolute error of a result.
        returns_ndim: Number of axes that each call must return; None leaves it to probes.
        examples: Public; a student's check runs them without a key.
    """

    stub: str
    rtol: float = RTOL
    atol: float = ATOL
    returns_ndim: int | None = None
    examples: tuple[Example, ...] = ()

    form: ClassVar[Form] = "code"
    label: ClassVar[str] = "code"

    @property
    def defines(self) -> str:
        """The name that has to be defined.

        Errors: AssignmentError when the stub defines nothing.
        """
        return _definition(self.stub).name

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of the function's arguments in the stub."""
        return tuple(each.arg for each in _definition(self.stub).args.args)

    def read(self, answer: Response) -> Reading:
        """Parse; find the definition.

        Errors: Unreadable `empty`, `syntax_error` (data: `line`, `message`),
            `no_definition` (`name`, `found`), `blank_left` (`line`), `context_too_long` (`most`).
        """
        if not answer.text.strip():
            raise Unreadable("empty")
        parsed = parse_source(answer.text)
        name = self.defines
        mine = [each for each in parsed.tree.body if name in names_bound(each)]
        if not mine:
            found = sorted(frozenset().union(*map(names_bound, parsed.tree.body)))
            raise Unreadable("no_definition", None, name=name, found=[*found])
        _check_filled(mine, answer.text)
        others = [each for each in parsed.tree.body if names_bound(each) and each not in mine]
        context = (*answer.context, *(_source(parsed, [each]).strip("\n") for each in others))
        if sum(map(len, context)) > MOST_CONTEXT:
            raise Unreadable("context_too_long", None, most=MOST_CONTEXT)
        code = Code(_source(parsed, mine), context)
        size = sum(bool(line.strip()) for line in _source(parsed, mine[-1:]).split("\n"))
        echo = f"{_signature(mine[-1], name)}, {size} line{'s' * (size != 1)}"
        return Reading(echo, code)

    def prepare(self, reference: Reading, workshop: Workshop) -> object:
        """Draw the probes; the right results are computed by the solution.

        Errors: AssignmentError when there are none.
        """
        draw = getattr(workshop.probes, workshop.question, None)
        if draw is None:
            raise AssignmentError(
                f"probes.py has no function {workshop.question}(rng) that yields probes"
            )
        probes = tuple(draw(generator(workshop)))
        if not probes or not all(isinstance(probe, Probe) for probe in probes):
            raise AssignmentError(f"{workshop.question}(rng) in probes.py must yield Probe(...)")
        return probes

    def judge(self, reading: Reading, prepared: object, sandbox: Session) -> Finding:
        """Run all probes, then the first once more; the first that is not right decides.

        Its calls then come in the reverse order: what a call returns is no matter of those
        before it.
        """
        assert isinstance(prepared, tuple)
        probes: tuple[Probe, ...] = (*prepared, prepared[0])
        again = replace(prepared[0], calls=prepared[0].calls[::-1])
        outcomes = self._run(reading, (*prepared, again), sandbox)
        outcomes[-len(again.calls) :] = outcomes[: -len(again.calls) - 1 : -1]
        rules = Rules(self.parameters, self.rtol, self.atol, self.returns_ndim)
        results: list[list[Numbers]] = []
        for probe in probes:
            mine = [outcomes.pop(0) for _ in probe.calls]
            result = judge_probe(probe, mine, rules)
            if isinstance(result, Finding):
                repeated = len(results) == len(prepared) and result.verdict is Verdict.INCORRECT
                if repeated:
                    return wrong("not_deterministic")
                assert isinstance(reading.content, Code)
                return with_origin(result, (*reading.content.context, reading.content.source))
            results.append(result)
        if not same_results(results[0], results[-1], rules):
            return wrong("not_deterministic")
        return Finding(Verdict.CORRECT, "right")

    def behaviour(self, reading: Reading, prepared: object, sandbox: Session) -> str | None:
        """What the code does on the probes, the same for answers that do the same."""
        assert isinstance(prepared, tuple)
        outcomes = self._run(reading, prepared, sandbox)
        found = []
        for probe in prepared:
            mine = [outcomes.pop(0) for _ in probe.calls]
            found.append(behaviour_of(mine, probe.observe))
        return " ".join(map(str, found)) if any(found) else None

    def _run(self, reading: Reading, probes: Sequence[Probe], sandbox: Session) -> list[Outcome]:
        assert isinstance(reading.content, Code)
        code = reading.content
        calls = tuple(
            Call(self.defines, arguments, cotangent=probe.cotangent)
            for probe in probes
            for arguments in probe.calls
        )
        return list(sandbox.run(Job(code.source, calls, context=code.context)).outcomes)


@lru_cache
def _definition(stub: str) -> ast.FunctionDef:
    definitions = [each for each in ast.parse(stub).body if isinstance(each, ast.FunctionDef)]
    if not definitions:
        raise AssignmentError("the stub has no def; write def name(arguments): ...")
    return definitions[0]


def _check_filled(statements: Sequence[ast.stmt], typed: str) -> None:
    for node in (node for each in statements for node in ast.walk(each)):
        if BLANK in (getattr(node, "id", None), getattr(node, "attr", None)):
            line = getattr(node, "lineno", 1)
            start = place(typed, line - 1, 0)
            start = max(start, typed.find(BLANK, start))
            raise Unreadable("blank_left", (start, start + len(BLANK)), line=line)


def _source(parsed: Parsed, statements: Sequence[ast.stmt]) -> str:
    """The lines of some statements, each at its number; all other lines are empty."""
    kept = {
        line
        for each in statements
        for line in range(first_line(each), (each.end_lineno or each.lineno) + 1)
    }
    return "\n".join(line if n in kept else "" for n, line in enumerate(parsed.lines, start=1))


def _signature(statement: ast.stmt, name: str) -> str:
    """How a definition is called: `name(a, b)`."""
    match statement:
        case ast.FunctionDef(args=given) | ast.AsyncFunctionDef(args=given):
            pass
        case ast.Assign(value=ast.Lambda(args=given)):
            pass
        case _:
            return name
    names = [each.arg for each in (*given.posonlyargs, *given.args)]
    names += [f"*{given.vararg.arg}"] if given.vararg else []
    names += [each.arg for each in given.kwonlyargs]
    names += [f"**{given.kwarg.arg}"] if given.kwarg else []
    return f"{name}({', '.join(names)})"
