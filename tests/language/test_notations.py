"""ASCII, Python, LaTeX and Unicode are one language."""

import json
from pathlib import Path

import pytest
from reading import tree

NOTATIONS = json.loads((Path(__file__).parent / "notations.json").read_text(encoding="utf-8"))
PAIRS = [(plain, other) for plain, others in NOTATIONS.items() for other in others]


@pytest.mark.parametrize(("plain", "other"), PAIRS, ids=[f"{a} as {b}" for a, b in PAIRS])
def test_every_notation_of_a_formula_reads_as_the_same_tree(plain: str, other: str) -> None:
    """Whoever types LaTeX means what the others mean in ASCII."""
    assert tree(other) == tree(plain)


def test_different_formulas_read_as_different_trees() -> None:
    """No two entries of the table have become the same by reading too little."""
    trees = [tree(plain) for plain in NOTATIONS]
    assert all(trees.count(each) == 1 for each in trees)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("mu * nu", "mu @ nu"),
        ("mu . nu", "mu * nu"),
        ("mu mu^T", "mu^T mu"),
        ("norm(mu, 1)", "norm(mu)"),
        ("sum_i mu_i", "sum(mu)"),
        ("log_2(x)", "log_10(x)"),
        ("x^2", "2^x"),
        ("mu_1", "mu_2"),
        ("d_k", "d"),
        ("N", "n"),
    ],
)
def test_what_means_something_else_is_kept_apart(left: str, right: str) -> None:
    """Python's products differ from one another, and so do case, index and side."""
    assert tree(left) != tree(right)
