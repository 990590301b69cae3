"""Formulas: scalars, vectors and matrices in declared symbols."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from autograder.errors import AssignmentError, Json, Unreadable
from autograder.kinds import Form, Reading, Workshop
from autograder.language.lexer.tokens import Token
from autograder.language.printer.echo import echo
from autograder.language.shapes import Shape, ShapeFault, infer, spell
from autograder.language.statements.statement import read
from autograder.language.tree import Constant, Tree, free_indices, unbound_symbols, walk
from autograder.language.vocabulary import Vocabulary, families
from autograder.sandbox import Session
from autograder.submission import Response
from autograder.verdict import Finding, Verdict

if TYPE_CHECKING:
    from autograder.compare import closed_form

Parse: TypeAlias = Callable[[list[Token], Vocabulary, int], Tree]


@dataclass(frozen=True)
class ClosedForm:
    """A formula, equal to the key at every point of the declared domain.

    Attributes:
        symbols: What may occur, with sort and domain; None takes the problem's.
    """

    symbols: Vocabulary | None = None
    form: ClassVar[Form] = "typed"
    label: ClassVar[str] = "formula"

    def read(self, answer: Response) -> Reading:
        """Read a formula with what stands around it; see `language/statements/statement.py`."""
        return read_formula(answer.text, vocabulary_of(self.symbols))

    def prepare(self, reference: Reading, workshop: Workshop) -> object:
        """Evaluate the key at the points of its domain."""
        return prepare_formula(reference, vocabulary_of(self.symbols), workshop.question)

    def judge(self, reading: Reading, prepared: object, sandbox: Session) -> Finding:
        """Decide by numbers; algebra may prove."""
        return judge_formula(reading, prepared)

    def same(self, reading: Reading, other: Reading) -> bool:
        """Whether two answers mean the same, right or wrong."""
        return same_formula(reading, other, vocabulary_of(self.symbols))


def vocabulary_of(symbols: Vocabulary | None) -> Vocabulary:
    """The declared symbols; none at all when the author declared none."""
    return symbols if symbols is not None else Vocabulary()


def read_formula(text: str, vocabulary: Vocabulary, parse: Parse | None = None) -> Reading:
    """Read a formula; a product that does not fit is noted, since it can be read.

    Args:
        parse: Reads the tokens; by default the grammar's expression.

    Errors: Unreadable.
    """
    statement = read(text, vocabulary, parse=parse)
    for claim in statement.claims:
        check_formula(claim, vocabulary)
    shown = " = ".join(echo(claim) for claim in statement.claims)
    fits = _shape(statement.answer, vocabulary)
    described = spell(fits) if isinstance(fits, tuple) else fits.code
    return Reading(shown, statement.claims, statement.notes, {"shape": described})


def check_formula(claim: Tree, vocabulary: Vocabulary) -> None:
    """See that a tree is a formula in declared symbols.

    Errors: Unreadable.
    """
    declared = {index for name in families(vocabulary).values() for index in name.split("_")[1]}
    for index in free_indices(claim):
        if index.name not in declared:
            raise Unreadable("free_index", index.span, index=index.name)
    for symbol in unbound_symbols(claim):
        if symbol.name not in vocabulary and symbol.name not in declared:
            raise Unreadable(
                "unknown_symbol", symbol.span, symbol=symbol.name, nearest=None,
                declared=[*vocabulary.symbols],
            )  # fmt: skip
    no_imaginary(claim, vocabulary)
    _shape(claim, vocabulary)  # what has no shape at all is not a formula


def no_imaginary(tree: Tree, vocabulary: Vocabulary) -> None:
    """See that `i` is not taken for the imaginary unit where everything declared is real.

    Errors: Unreadable `unknown_symbol`.
    """
    complex_ = any(sort.domain == "complex" for sort in vocabulary.symbols.values())
    if complex_ or vocabulary.algebra:
        return
    for node in walk(tree):
        if node == Constant("i"):
            declared: list[Json] = [*vocabulary.symbols]
            raise Unreadable(
                "unknown_symbol", node.span, symbol="i", nearest=None, declared=declared
            )


def _shape(tree: Tree, vocabulary: Vocabulary) -> Shape | ShapeFault:
    try:
        return infer(tree, vocabulary)
    except ShapeFault as fault:
        return fault


def claims_of(reading: Reading) -> tuple[Tree, ...]:
    """The trees of a formula's reading, the answer last."""
    assert isinstance(reading.content, tuple)
    return reading.content


def prepare_formula(reference: Reading, vocabulary: Vocabulary, question: str) -> object:
    """The key at its points.

    Errors: AssignmentError when its products do not fit or it has no values.
    """
    from autograder.compare import closed_form

    tree = claims_of(reference)[-1]
    fits = _shape(tree, vocabulary)
    if isinstance(fits, ShapeFault):
        raise AssignmentError(f"{question}: the key's shapes do not fit: {fits.code} {fits.data}")
    try:
        return closed_form.prepare(tree, vocabulary)
    except ValueError as error:
        raise AssignmentError(f"{question}: {error}") from error


def judge_formula(reading: Reading, prepared: object) -> Finding:
    """Every claim has to equal the key; the last one names the mistake."""
    from autograder.compare import closed_form

    assert isinstance(prepared, closed_form.Key)
    *before, last = claims_of(reading)
    finding = _judge_claim(last, prepared)
    if finding.verdict is not Verdict.CORRECT:
        return finding
    for claim in before:
        other = _judge_claim(claim, prepared)
        if other.verdict is Verdict.INCORRECT:
            return Finding(Verdict.INCORRECT, "chain_contradicts", {"claim": echo(claim)})
    return finding


def _judge_claim(claim: Tree, key: "closed_form.Key") -> Finding:
    from autograder.compare import closed_form

    asked = infer(key.tree, key.vocabulary)
    got = _shape(claim, key.vocabulary)
    if isinstance(got, ShapeFault):
        return Finding(Verdict.INCORRECT, got.code, {**got.data, "span": list(got.span)})
    if _sized(got) != _sized(asked):
        return Finding(Verdict.INCORRECT, "wrong_shape", {"got": spell(got), "asked": spell(asked)})
    decision = closed_form.decide(claim, key)
    if decision.code == "too_large":
        return Finding(Verdict.INVALID, "too_large")
    if decision.outcome == "undecided":
        return Finding(Verdict.UNGRADED, "undecided", dict(decision.evidence))
    if decision.outcome == "differs":
        data: dict[str, Json] = {"point": dict(decision.evidence)}
        if decision.slip:
            data["slip"] = decision.slip
        return Finding(Verdict.INCORRECT, decision.code, data)
    proved = decision.outcome == "proved"
    data = {"undefined_at": dict(decision.undefined)} if decision.undefined else {}
    return Finding(Verdict.CORRECT, "right", data, proved=proved)


def _sized(shape: Shape) -> Shape:
    """Row and column of one length count as different; a 1 x 1 matrix is a number."""
    if shape == ("1", "1"):
        return ()
    return shape[:1] if len(shape) == 2 and shape[1] == "1" else shape


def same_formula(reading: Reading, other: Reading, vocabulary: Vocabulary) -> bool:
    """Whether the last claims agree everywhere."""
    from autograder.compare import closed_form

    mine, theirs = claims_of(reading)[-1], claims_of(other)[-1]
    shapes = _shape(mine, vocabulary), _shape(theirs, vocabulary)
    if isinstance(shapes[0], ShapeFault) or isinstance(shapes[1], ShapeFault):
        return echo(mine) == echo(theirs)
    if shapes[0] != shapes[1]:
        return False
    try:
        key = closed_form.prepare(theirs, vocabulary)
    except ValueError:
        return False
    return closed_form.decide(mine, key, prove=False).outcome == "agrees"
