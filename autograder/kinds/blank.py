"""A blank in real code, judged at its own statement: one wrong blank costs one blank.

A key-only process runs the reference up to the blank and keeps what has a value there. The
child gets the public statement with the student's text in it and those values; what the
statement computes is compared. No other key is in the child.
"""

import builtins
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from autograder.compare.values import ATOL, RTOL
from autograder.errors import AssignmentError, Json
from autograder.kinds import Form, Reading, Workshop
from autograder.kinds.behaviour import behaviour_of
from autograder.kinds.draws import generator
from autograder.kinds.filling import Filled, fill
from autograder.kinds.outcomes import wrong
from autograder.kinds.template import Spot, find_spot, with_answer
from autograder.sandbox import Session
from autograder.submission import Response
from autograder.verdict import Finding, Verdict

if TYPE_CHECKING:
    from numpy.random import Generator

    from autograder.kinds.recording import Run, Trial

Runs: TypeAlias = "Callable[[Generator], Iterable[Run]]"

CHOSEN = ("got", "found", "how")  # data that running code has a say in: types, shapes, exits
A_VALUE = "a value of type "
USUAL = re.compile(r"(?:u?int|float|complex)\d+|an array|NoneType|Linear|LayerNorm|Dropout")
PYTHONS_OWN = re.compile(
    r"(?:'\w+' object|name|cannot access local variable) ?"
    r"(?:'(?P<name>\w+)' is not defined|has no attribute '(?P<attribute>\w+)')"
)


@dataclass(frozen=True)
class Blank:
    """One `____` of a public class.

    A solution's `probes.py` has a function named after the question, or `blank_runs` for all
    blanks: it takes a `numpy.random.Generator` and yields for each size the constructor's
    arguments by name and the inputs of one call of the instance.

    Args:
        template: Public source of the class, with this blank and maybe others.
        typed: Whether the answer is typed as text; else it stands in the code.
        tag: The word in a comment on the blank's line, the question's id.
        rtol: Allowed relative error of a number. Dimensionless.
        atol: Allowed absolute error.
        gradients: Whether the result must also pass gradients on as the reference's does.
    """

    template: str = ""
    typed: bool = False
    tag: str = ""
    rtol: float = RTOL
    atol: float = ATOL
    gradients: bool = True

    label: ClassVar[str] = "blank"

    @property
    def form(self) -> Form:
        """How a submission holds it."""
        return "typed" if self.typed else "blank"

    @property
    def spot(self) -> Spot:
        """Where the blank stands.

        Errors: AssignmentError when the template has no such blank.
        """
        return find_spot(self.template, self.tag)

    def read(self, answer: Response) -> Reading:
        """Put the text into its statement and parse it; check the names it uses.

        Errors: Unreadable `empty`, `blank_left`, `syntax_error` (data: `message`),
            `unknown_name` (`name`, `in_scope`, `nearest`).
        """
        filled = fill(self.spot, answer.text)
        notes = ("left_side_dropped",) if filled.left_side and not filled.elsewhere else ()
        left = f"{filled.elsewhere} = " if filled.elsewhere else ""
        return Reading(left + " ".join(filled.text.split()), filled, notes)

    def prepare(self, reference: Reading, workshop: Workshop) -> object:
        """Run the reference up to the blank, once for each size.

        Errors: AssignmentError when there are no sizes, or the reference does not run.
        """
        from autograder.kinds.recording import record

        assert isinstance(reference.content, Filled)
        draw: Runs | None = getattr(workshop.probes, workshop.question, None)
        draw = draw or getattr(workshop.probes, "blank_runs", None)
        if draw is None:
            raise AssignmentError("probes.py has no function blank_runs(rng) that yields sizes")
        rng = generator(workshop)
        answer = reference.content
        source = self._reference_class(answer.text, workshop)
        trials = record(self.spot, answer, source, draw(rng), rng)
        if not trials:
            raise AssignmentError("blank_runs(rng) in probes.py yields nothing")
        return trials

    def _reference_class(self, text: str, workshop: Workshop) -> str:
        """Source of the filled class.

        A typed blank has a template of its own. The solution's `filled` may map the question
        to the source of a class with more statements than that; else the template is taken,
        without the statements that have other blanks.
        """
        filled: Mapping[str, str] = getattr(workshop.probes, "filled", {})
        if workshop.question in filled:
            return filled[workshop.question]
        if not self.typed and f"class {self.spot.class_name}" in workshop.reference:
            return workshop.reference
        return with_answer(self.template, self.spot, text)

    def judge(self, reading: Reading, prepared: object, sandbox: Session) -> Finding:
        """Run the statement for each size; the first that is not right decides."""
        from autograder.kinds.trying import job_of, judge_trials

        assert isinstance(reading.content, Filled) and isinstance(prepared, tuple)
        trials: tuple[Trial, ...] = prepared
        if reading.content.elsewhere is not None:
            return wrong("left_side_contradicts", got=reading.content.elsewhere)
        report = sandbox.run(job_of(self.template, reading.content.value, trials))
        found = judge_trials(trials, report.outcomes, self.rtol, self.atol, self.gradients)
        if found is not None:
            return replace(found, data=_shown(found.data, reading.content.value))
        return Finding(Verdict.CORRECT, "right")

    def behaviour(self, reading: Reading, prepared: object, sandbox: Session) -> str | None:
        """What the statement computes, the same for answers that compute the same."""
        from autograder.kinds.trying import job_of

        assert isinstance(reading.content, Filled) and isinstance(prepared, tuple)
        if reading.content.elsewhere is not None:
            return None
        job = job_of(self.template, reading.content.value, prepared)
        return behaviour_of(sandbox.run(job).outcomes)


def _shown(data: Mapping[str, Json], typed: str) -> dict[str, Json]:
    """Data without what code could use to tell the layers that the probes put in its reach.

    Python's own words about a name that was typed stay, and so do types that Python and torch
    have themselves; a line of the statement that was made here says nothing.
    """
    told = {**data, "line": None}
    hidden = {name: data[name] for name in CHOSEN if name in data and not _usual(data[name])}
    told |= dict.fromkeys(hidden)
    message = data.get("message")
    if isinstance(message, str):
        own = PYTHONS_OWN.match(message)
        name = own and (own["name"] or own["attribute"])
        name = name if name and _stands_in(typed, name) else None
        error = data.get("error") if hasattr(builtins, str(data.get("error"))) else "an error"
        module = data.get("module") if _stands_in(typed, str(data.get("module"))) else None
        told |= {"message": f"there is no {name}" if name else None, "name": name}
        told |= {"error": error, "module": module}
        hidden |= {"error": data.get("error"), "message": message}
    if hidden:
        staff = data.get("staff")
        told["staff"] = {**(staff if isinstance(staff, dict) else {}), **hidden}
    return told


def _usual(value: Json) -> bool:
    """Whether a text is the name of a type that a student can't choose."""
    name = str(value).removeprefix(A_VALUE)
    return hasattr(builtins, name) or bool(USUAL.fullmatch(name))


def _stands_in(typed: str, name: str) -> bool:
    return re.search(rf"\b{re.escape(name)}\b", typed) is not None
