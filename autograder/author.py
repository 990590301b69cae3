"""The words that an author writes: a spec in few lines, and proofs that its keys are right.

    from autograder.author import Assignment, Problem, growth

    sorting = Problem("Sorting", "`n` numbers are sorted.", symbols="n: size",
                      q1=growth("How many comparisons does merge sort take?"))
    assignment = Assignment("Algorithms", [sorting])

A question is a keyword argument of its problem: the keyword is its id. Texts are Markdown;
what stands between single back-ticks is mathematics, between double ones code.
"""

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from inspect import cleandoc
from keyword import iskeyword
from pathlib import Path
from textwrap import dedent
from tokenize import TokenError
from typing import NamedTuple, TypedDict, Unpack

from autograder import assignment as built
from autograder.assignment import ID, Limits, Question
from autograder.compare.values import RTOL
from autograder.errors import AssignmentError, Unreadable
from autograder.experiments import Proof, counted, exact, monte_carlo, same_outputs
from autograder.feedback import words
from autograder.kinds import Kind
from autograder.kinds.blank import Blank
from autograder.kinds.choice import Choice
from autograder.kinds.closed_form import ClosedForm
from autograder.kinds.condition import Condition
from autograder.kinds.einsum import Einsum
from autograder.kinds.example import Example, Literal, make_example
from autograder.kinds.free_response import FreeResponse
from autograder.kinds.function import Function, Probe
from autograder.kinds.growth import Growth
from autograder.kinds.matrix_expression import MatrixExpression
from autograder.kinds.shape import Shape
from autograder.kinds.source import BLANK
from autograder.kinds.template import IMPORTED, find_spot
from autograder.kinds.values import Values
from autograder.language.parser.grammar import parse
from autograder.language.vocabulary import Vocabulary, declare
from autograder.verdict import Verdict

__all__ = ["Assignment", "Limits", "Probe", "Problem", "Proof", "example"]
__all__ += ["blank", "choice", "closed_form", "condition", "einsum", "free_response", "function"]
__all__ += ["growth", "matrix_expression", "shape", "statement", "values"]
__all__ += ["counted", "exact", "monte_carlo", "same_outputs"]

SYMBOL = re.compile(r"[^\W\d]\w*'*\Z")
FEEDBACK = re.compile(r"(verdict|hints|full)(; (verdict|hints|full) after due)?\Z")


class Common(TypedDict, total=False):
    """What every question may say; `symbols` and `where` replace those of its problem."""

    symbols: str
    where: str
    points: float
    rubric: str
    limits: Limits


class Setting(NamedTuple):
    """Where a question stands: its id, the symbols that hold there, its problem's code."""

    id: str
    symbols: Vocabulary
    code: str | None


@dataclass(frozen=True)
class Ask:
    """A question that doesn't know its id and its problem yet."""

    ask: str
    kind: Callable[[Setting], Kind]
    symbols: str | None = None
    where: str | None = None
    points: float = 1
    rubric: str = ""
    limits: Limits = field(default_factory=Limits)


def closed_form(ask: str, **common: Unpack[Common]) -> Ask:
    """A formula in the declared symbols, such as `a^2 + b`."""
    return Ask(ask, lambda at: ClosedForm(at.symbols), **common)


def growth(ask: str, **common: Unpack[Common]) -> Ask:
    """An order of growth in the declared sizes, such as `O(n log n)`."""
    return Ask(ask, lambda at: Growth(at.symbols), **common)


def condition(ask: str, **common: Unpack[Common]) -> Ask:
    """A relation, such as `x > 0`."""
    return Ask(ask, lambda at: Condition(at.symbols), **common)


def shape(ask: str, **common: Unpack[Common]) -> Ask:
    """The sizes of an array's axes, such as `[n, d]`."""
    return Ask(ask, lambda at: Shape(at.symbols), **common)


def matrix_expression(ask: str, **common: Unpack[Common]) -> Ask:
    """An expression in vectors and matrices whose products must fit."""
    return Ask(ask, lambda at: MatrixExpression(at.symbols), **common)


def einsum(ask: str, operands: str, **common: Unpack[Common]) -> Ask:
    """An einsum equation for operands in this order, such as `x, W`."""
    return Ask(ask, lambda at: Einsum(_words(operands)), **common)


def values(ask: str, tolerance: float = 1e-6, **common: Unpack[Common]) -> Ask:
    """Numbers in order, such as `[0.5, 2]`, each right up to `tolerance`."""
    return Ask(ask, lambda at: Values(tolerance), **common)


def choice(ask: str, options: str, **common: Unpack[Common]) -> Ask:
    """Any number of the options, such as `red, green, blue`; `none` is always one more."""
    return Ask(ask, lambda at: Choice(_words(options)), **common)


def blank(ask: str = "", **common: Unpack[Common]) -> Ask:
    """One `____` of the problem's code: the one with the question's id in a comment."""
    return Ask(ask, lambda at: _blank(at, at.code, typed=False), **common)


def statement(ask: str, code: str, **common: Unpack[Common]) -> Ask:
    """A typed piece of Python for the one `____` in `code`, a small template of its own."""
    return Ask(ask, lambda at: _blank(at, dedent(code).strip(), typed=True), **common)


def function(
    ask: str,
    stub: str,
    *,
    rtol: float = RTOL,
    returns_ndim: int | None = None,
    examples: Sequence[Example] = (),
    **common: Unpack[Common],
) -> Ask:
    """A function in Python; `stub` is its `def` with a docstring that gives the shapes."""
    kind = Function(dedent(stub).strip(), rtol, returns_ndim=returns_ndim, examples=(*examples,))
    return Ask(ask, lambda at: _function(kind), **common)


def example(
    call: str,
    *,
    returns: Literal = None,
    shape: tuple[int, ...] | None = None,
    equals: str = "",
    **given: Literal,
) -> Example:
    """A public example, which a student's check runs: nothing in it may be a key.

    >>> example("double(x)", x=[1, 2], returns=[2, 4]).given
    {'x': [1, 2]}

    Args:
        call: `f(x)`, `Module(4)(x)`, or `f(x) @ f(y)` for a dot product.
        returns: What must come out, as numbers.
        shape: The shape that must come out.
        equals: A question whose formula, as the student typed it, gives the same number.
        given: What the names in `call` stand for. A list is a float32 tensor with its numbers,
            a tuple the shape of a random one.
    """
    return make_example(call, given, returns, shape, equals)


def free_response(ask: str, **common: Unpack[Common]) -> Ask:
    """Some sentences, which a person marks by the rubric."""
    return Ask(ask, lambda at: FreeResponse(), **common)


def Problem(  # noqa: N802  # reads like what it makes
    title: str,
    text: str,
    *,
    symbols: str = "",
    where: str = "",
    code: str | None = None,
    examples: Sequence[Example] = (),
    **questions: Ask,
) -> built.Problem:
    """A set-up and the questions that share it.

    Args:
        text: The set-up, Markdown.
        symbols: What the questions' answers may use; see `vocabulary.declare`.
        where: Relations between sizes, such as `k = d/h, h <= d`.
        code: A file beside the spec with the code whose `____` the questions fill.
        examples: Public examples of the class in that code.
        questions: By id, made by the functions above.

    Errors: AssignmentError naming the question and what to mend.
    """
    taken = {"symbols": symbols, "where": where, "code": code, "examples": examples}
    if own := next((word for word, given in taken.items() if isinstance(given, Ask)), None):
        raise AssignmentError(f"{own}: a problem has a word of that name; choose another id")
    source = None if code is None else _beside(sys._getframe(1).f_globals["__file__"], code)
    made = []
    for name, ask in questions.items():
        try:
            made.append(_question(name, ask, symbols, where, source))
        except AssignmentError as error:
            raise AssignmentError(f"{name}: {error}") from None
    if not made:
        raise AssignmentError(f"problem '{title}' has no question; write q1=closed_form(...)")
    filled = sum(isinstance(q.kind, Blank) and not q.kind.typed for q in made)
    if source is not None and source.count(BLANK) != filled:
        raise AssignmentError(
            f"problem '{title}': {code} has {source.count(BLANK)} blanks, the spec {filled}"
        )
    if examples:
        _check_names(examples, re.findall(r"^class (\w+)", source or "", re.MULTILINE))
    return built.Problem(title, _markdown(text), tuple(made), code=source, examples=(*examples,))


def Assignment(  # noqa: N802  # reads like what it makes
    title: str,
    problems: Iterable[built.Problem],
    *,
    feedback: str = "hints",
    intro: str = "",
    version: str = built.VERSION,
) -> built.Assignment:
    """All problems, numbered from 1 in their order.

    Args:
        feedback: A level, `verdict`, `hints` or `full`, or two: `hints; full after due`.

    Errors: AssignmentError for an id that occurs twice or a level that doesn't exist.
    """
    numbered = tuple(replace(each, number=at) for at, each in enumerate(problems, start=1))
    ids = [question.id for problem in numbered for question in problem.questions]
    twice = next((name for name in ids if ids.count(name) > 1), None)
    if twice is not None:
        raise AssignmentError(f"{twice} occurs twice; give each question its own id")
    shown = [each for problem in numbered for each in problem.examples]
    shown += [each for p in numbered for q in p.questions for each in _examples(q.kind)]
    if gone := next((each.equals for each in shown if each.equals not in ("", *ids)), None):
        raise AssignmentError(f"an example has equals='{gone}', which is no question")
    if not FEEDBACK.match(feedback):
        raise AssignmentError(
            f"feedback '{feedback}' is no level; write verdict, hints or full, "
            "or two of them: 'hints; full after due'"
        )
    return built.Assignment(title, numbered, "", feedback, version, cleandoc(intro))


def _question(name: str, ask: object, symbols: str, where: str, code: str | None) -> Question:
    if not ID.match(name):
        raise AssignmentError("an id has small letters, digits and _, and starts with a letter")
    if name in IMPORTED or iskeyword(name):
        raise AssignmentError("answers.py needs this name for something else; choose another id")
    if not isinstance(ask, Ask):
        raise AssignmentError("no question; write a kind such as closed_form(...)")
    if not isinstance(ask.points, int | float) or not 0 < ask.points < float("inf"):
        raise AssignmentError(f"points are {ask.points!r}; they must be a number above 0")
    mine = symbols if ask.symbols is None else ask.symbols
    here = declare(mine, where if ask.where is None else ask.where)
    kind = ask.kind(Setting(name, here, code))
    if hasattr(kind, "symbols"):
        _check_symbols(here)
    text = _markdown(ask.ask)
    if not text and not isinstance(kind, Blank):
        raise AssignmentError("it asks nothing; give the wording first")
    return Question(name, kind, text, ask.points, ask.rubric and cleandoc(ask.rubric), ask.limits)


def _markdown(text: str) -> str:
    if text.count("`") % 2:
        raise AssignmentError("a back-tick in its text is never closed")
    return cleandoc(text)


def _check_symbols(vocabulary: Vocabulary) -> None:
    for name in vocabulary.symbols:
        if not SYMBOL.match(name):
            raise AssignmentError(f"symbol '{name}': write one word, such as k, c_in or Q_i")
    for relation in vocabulary.relations:
        try:
            for side in (relation.left, relation.right):
                parse(side, vocabulary)
        except Unreadable as error:
            told = words(error.code, error.data, "hints", Verdict.INVALID)
            raise AssignmentError(f"where '{' '.join(relation)}': {told}") from None


def _blank(at: Setting, code: str | None, *, typed: bool) -> Blank:
    if code is None:
        raise AssignmentError("a blank needs code; give its problem code='file.py'")
    try:
        find_spot(code, at.id)
    except (SyntaxError, TokenError) as error:
        raise AssignmentError(f"its code is not Python: {_where(error)}") from None
    return Blank(code, typed=typed, tag=at.id)


def _function(kind: Function) -> Function:
    try:
        _check_names(kind.examples, [kind.defines])
    except SyntaxError as error:
        raise AssignmentError(f"its stub is not Python: {_where(error)}") from None
    return kind


def _where(error: SyntaxError | TokenError) -> str:
    """What is wrong and in which line."""
    return f"{error.msg}, line {error.lineno}" if isinstance(error, SyntaxError) else str(error)


def _examples(kind: Kind) -> tuple[Example, ...]:
    return kind.examples if isinstance(kind, Function) else ()


def _check_names(examples: Sequence[Example], names: Sequence[str]) -> None:
    for each in examples:
        if not {call.name for call in each.calls} <= set(names):
            raise AssignmentError(f"example '{each.text}' must call {' or '.join(names)}")


def _beside(spec: object, name: str) -> str:
    path = Path(str(spec)).with_name(name)
    if not path.is_file():
        raise AssignmentError(f"code='{name}': there is no {path}")
    try:
        return path.read_text(encoding="utf-8").strip()
    except UnicodeDecodeError as error:
        raise AssignmentError(f"{path} is not UTF-8: {error.reason}") from None


def _words(text: str) -> tuple[str, ...]:
    if not isinstance(text, str):
        raise AssignmentError(f"{text!r} is no text; write one with commas, such as 'a, b'")
    return tuple(word.strip() for word in text.split(",") if word.strip())
