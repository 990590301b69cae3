"""What a student may type, one note for each kind of answer that an assignment has."""

from autograder.assignment import Assignment
from autograder.kinds import Kind
from autograder.kinds.blank import Blank
from autograder.kinds.choice import Choice
from autograder.kinds.closed_form import ClosedForm
from autograder.kinds.condition import Condition
from autograder.kinds.einsum import Einsum
from autograder.kinds.free_response import FreeResponse
from autograder.kinds.function import Function
from autograder.kinds.growth import Growth
from autograder.kinds.matrix_expression import MatrixExpression
from autograder.kinds.shape import Shape
from autograder.kinds.values import Values

NOTES: dict[type[Kind], str] = {
    ClosedForm: r"""
    **Formulas** come in any notation you like: plain text, Python, LaTeX or Unicode, so that
    ``a^2 + b``, ``a**2 + b``, ``a² + b`` and ``\frac{a^3}{a} + b`` are the same answer. Powers
    bind tightest, to the right, even tighter than a minus sign: ``a^-1/2`` is ``(a^-1)/2``.
    Products, with or without a sign, and ``/`` are one level, left to right: ``1/2a`` is
    ``a/2``. ``sum_i`` takes the product after it, not a ``+`` or ``/`` that follows. ``log`` is
    natural. When in doubt, put brackets; the check shows how it read you.""",
    Growth: """
    **Orders of growth** may be typed with or without ``O( )``; max, sum and product are fine.""",
    Condition: "**Conditions** are relations, either way round: ``x < 5`` or ``5 > x``.",
    Shape: "**Shapes** are lists of sizes: ``[n, m]``, ``(n, m)`` or ``n x m``.",
    MatrixExpression: """
    **Matrix expressions** must fit: every product is checked for its shapes. The transpose is
    ``A^T``, ``A.T`` or ``A'``.""",
    Einsum: """
    **Einsum equations** are what ``torch.einsum`` takes; the letters are yours to choose.""",
    Values: "**Numbers** are lists such as ``[1, 2, 3]``; a tensor literal is one too.",
    Choice: "**Choices** are names, with commas between them, or ``none``.",
    Blank: """
    **Blanks in code** take any Python expression that fits at its place.""",
    Function: """
    **Code** may use ``torch``, ``nn``, ``F``, ``math`` and ``np``, which are imported already.
    Keep the names and the arguments of the functions.""",
    FreeResponse: "**Free text** is read by a person.",
}


def notes(assignment: Assignment) -> str:
    """A Markdown list with the notes that this assignment needs."""
    present = {type(question.kind) for question in assignment}
    return "\n".join(f"- {_one_line(text)}" for kind, text in NOTES.items() if kind in present)


def _one_line(text: str) -> str:
    return " ".join(text.replace("``", "`").split())
