"""How an author declares symbols and relations."""

import pytest

from autograder.errors import AssignmentError
from autograder.language.vocabulary import Relation, Sort, declare, read_relations, read_sort


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("real", Sort()),
        ("positive", Sort((), "positive")),
        ("size", Sort((), "size")),
        ("integer", Sort((), "integer")),
        ("complex", Sort((), "complex")),
        ("vector(d)", Sort(("d",))),
        ("row(F)", Sort(("1", "F"))),
        ("column(F)", Sort(("F", "1"))),
        ("matrix(n, m)", Sort(("n", "m"))),
        ("row(D) over N", Sort(("1", "D"), over=("N",))),
        ("row(D) -> row(F)", Sort(("1", "F"), takes=(Sort(("1", "D")),))),
        ("(vector(D), real) -> real", Sort(takes=(Sort(("D",)), Sort()))),
    ],
)
def test_sorts(text: str, sort: Sort) -> None:
    """What an author may write behind a name."""
    assert read_sort(text) == sort


@pytest.mark.parametrize("text", ["", "number", "vector", "vector(a, b)", "matrix(n)", "row()"])
def test_what_is_no_sort_is_named(text: str) -> None:
    """The author reads which part it is."""
    with pytest.raises(AssignmentError, match="is no sort"):
        read_sort(text)


def test_names_share_a_sort_and_sizes_are_declared_with_it() -> None:
    """`q, k: vector(D)` declares three names."""
    found = declare("q, k: vector(D), c: positive")
    assert list(found.symbols) == ["q", "k", "c", "D"]
    assert found["D"] == Sort((), "size")
    assert found["q"] == found["k"] == Sort(("D",))


def test_a_size_may_have_a_sort_of_its_own() -> None:
    """What is declared stays as it is."""
    assert declare("mu: vector(d), d: positive")["d"].domain == "positive"
    assert declare("v: vector(3)").symbols == {"v": Sort(("3",))}


def test_relations_may_be_chains() -> None:
    """`q = k = d/h` is two relations."""
    assert read_relations("q = k = d/h, h <= d, M ~ D") == (
        Relation("q", "=", "k"),
        Relation("k", "=", "d/h"),
        Relation("h", "<=", "d"),
        Relation("M", "~", "D"),
    )


@pytest.mark.parametrize(("symbols", "where"), [("a, b", ""), ("a: size, b", ""), ("a: size", "b")])
def test_what_is_left_undeclared_is_named(symbols: str, where: str) -> None:
    """A slip in the spec stops the author, not a student."""
    with pytest.raises(AssignmentError):
        declare(symbols, where)


def test_more_symbols_never_replace_those_that_are_there() -> None:
    """A student's `where d = 2` changes no declaration."""
    found = declare("d: positive").with_symbols({"d": Sort(), "k": Sort()})
    assert (found["d"], found["k"]) == (Sort((), "positive"), Sort())
