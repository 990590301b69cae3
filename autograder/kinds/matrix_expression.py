"""Matrix expressions: every product has to fit, as rows and columns."""

from dataclasses import dataclass
from typing import ClassVar

from autograder.kinds import Form, Reading, Workshop
from autograder.kinds.closed_form import (
    judge_formula,
    prepare_formula,
    read_formula,
    same_formula,
    vocabulary_of,
)
from autograder.language.vocabulary import Vocabulary
from autograder.sandbox import Session
from autograder.submission import Response
from autograder.verdict import Finding


@dataclass(frozen=True)
class MatrixExpression:
    """An expression in rows, columns and matrices with named sizes.

    It is judged on sizes that are pairwise different, so that no product fits by accident.

    Attributes:
        symbols: What may occur, with shapes; None takes the problem's.
    """

    symbols: Vocabulary | None = None
    form: ClassVar[Form] = "typed"
    label: ClassVar[str] = "matrix expression"

    def read(self, answer: Response) -> Reading:
        """Read an expression; see `language/statement.py`."""
        return read_formula(answer.text, vocabulary_of(self.symbols))

    def prepare(self, reference: Reading, workshop: Workshop) -> object:
        """Evaluate the key on sizes that are pairwise different."""
        return prepare_formula(reference, vocabulary_of(self.symbols), workshop.question)

    def judge(self, reading: Reading, prepared: object, sandbox: Session) -> Finding:
        """Shapes first, then numbers."""
        return judge_formula(reading, prepared)

    def same(self, reading: Reading, other: Reading) -> bool:
        """Whether two answers mean the same, right or wrong."""
        return same_formula(reading, other, vocabulary_of(self.symbols))
