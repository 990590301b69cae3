"""A small assignment with one question of many kinds."""

from dataclasses import replace
from pathlib import Path

from autograder import assignment as built
from autograder.author import (
    Assignment,
    Problem,
    closed_form,
    free_response,
    function,
    growth,
    matrix_expression,
    statement,
)

STUB = '''
def double(x):
    """x: (n,)   returns: (n,)"""
    return ____
'''
LAYER = """
class Layer(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.layer = ____
"""
SORTS = "A_i, B_j: row(D) over n, f: row(D) -> row(F), s: (vector(D), vector(D)) -> real"


def small(folder: Path = Path()) -> built.Assignment:
    """Two problems; the first shares its symbols, the second doesn't."""
    sums = Problem(
        "Sums",
        """
        Numbers `x_1, ..., x_n` are **independent** and *positive*.

        `S = (x_1 + x_n) / (2 n)`
        """,
        symbols="x: vector(n), c: positive, n: size",
        q1=closed_form("Give `S^2`, with ``x`` in code."),
        q2=growth("How long does it take?"),
        q3=growth("And with `n` only?", symbols="n: size", points=2),
        q4=free_response("Why?", points=1.5),
    )
    code = Problem(
        "Code",
        "Write it.",
        q5=function("Write ``double(x)``.", STUB),
        q6=statement("Give the layer.", LAYER),
        q7=matrix_expression("Multiply.", symbols=SORTS),
    )
    made = Assignment("Small things", [sums, code], intro="Welcome to `mu`.")
    return replace(made, name="small", folder=folder)
