"""Matrix expressions: every product has to fit, as rows and columns."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from autograder.errors import AssignmentError, Json
from autograder.kinds import Form, Reading, Workshop
from autograder.kinds.closed_form import (
    claims_of,
    judge_formula,
    prepare_formula,
    read_formula,
    same_formula,
    vocabulary_of,
)
from autograder.language.shapes import IDENTITY, ShapeFault, infer, is_square
from autograder.language.statements.arrays import parse, with_identity
from autograder.language.tree import Tree
from autograder.language.vocabulary import Vocabulary
from autograder.sandbox import Session
from autograder.submission import Response
from autograder.verdict import Finding

if TYPE_CHECKING:
    from autograder.compare import closed_form

FIRST = 3  # entries that are named when they differ


@dataclass(frozen=True)
class MatrixExpression:
    """An expression in rows, columns and matrices, with named sizes or written out.

    It is judged on sizes that are pairwise different, so that no product fits by accident.

    Attributes:
        symbols: What may occur, with shapes; None takes the problem's.
    """

    symbols: Vocabulary | None = None
    form: ClassVar[Form] = "typed"
    label: ClassVar[str] = "matrix expression"

    def read(self, answer: Response) -> Reading:
        """Read an expression; see `statement.py` and `arrays.py` in `language/statements/`."""
        return read_formula(answer.text, vocabulary_of(self.symbols), parse)

    def prepare(self, reference: Reading, workshop: Workshop) -> object:
        """Evaluate the key on sizes that are pairwise different."""
        vocabulary = vocabulary_of(self.symbols)
        claims = tuple(_of_known_size(claim, vocabulary) for claim in claims_of(reference))
        return prepare_formula(replace(reference, content=claims), vocabulary, workshop.question)

    def judge(self, reading: Reading, prepared: object, sandbox: Session) -> Finding:
        """Shapes first, then numbers; entries that differ are told by their places."""
        from autograder.compare import closed_form

        assert isinstance(prepared, closed_form.Key)
        sized = tuple(_sized(claim, prepared) for claim in claims_of(reading))
        finding = judge_formula(replace(reading, content=sized), prepared)
        if finding.code != "differs":
            return finding
        return _with_entries(finding, sized[-1], prepared)

    def same(self, reading: Reading, other: Reading) -> bool:
        """Whether two answers mean the same, right or wrong."""
        return same_formula(reading, other, vocabulary_of(self.symbols))


def _of_known_size(key: Tree, vocabulary: Vocabulary) -> Tree:
    """A key that is a multiple of `I` gets the size of the declared square matrices.

    Errors: AssignmentError when they are of several sizes, or there are none.
    """
    try:
        alone = infer(key, vocabulary) == IDENTITY
    except ShapeFault:
        return key
    square = {sort.shape for sort in vocabulary.symbols.values() if is_square(sort.shape)}
    if not alone:
        return key
    if len(square) != 1:
        raise AssignmentError("the size of I is not known")
    return with_identity(key, square.pop())


def _sized(claim: Tree, key: "closed_form.Key") -> Tree:
    """A multiple of `I` gets the size that is asked for."""
    asked = infer(key.tree, key.vocabulary)
    try:
        alone = infer(claim, key.vocabulary) == IDENTITY
    except ShapeFault:
        return claim
    return with_identity(claim, asked) if alone and is_square(asked) else claim


def _with_entries(finding: Finding, answer: Tree, key: "closed_form.Key") -> Finding:
    """The finding with the first entries that differ, where the sizes are numbers."""
    from autograder.compare.entries import differing

    shape = infer(key.tree, key.vocabulary)
    if not shape or not all(size.isdigit() for size in shape):
        return finding
    found = differing(answer, key)
    if found is None:
        return finding
    places: list[Json] = [list(place) for place in found.differ[:FIRST]]
    row, column = found.differ[0]
    data: dict[str, Json] = {
        "index": row if len(shape) == 1 else f"({row}, {column})", "entries": places,
        "right": found.total - len(found.differ), "of": found.total,
    }  # fmt: skip
    return replace(finding, code="entry_differs", data={**finding.data, **data})
