"""Subscripts, families, primes and transposes."""

from fractions import Fraction

import pytest
from reading import refusal, tree

from autograder.language.tree import Element, Number, Symbol, Transpose, free_indices

INDEX, ONE = Symbol("i"), Number(Fraction(1))


@pytest.mark.parametrize(
    "text", ["mu_i", "\\mu_i", "μᵢ", "mu_{i}", "\\mu_{i}", "\\mu_\\text{i}", "\\boldsymbol\\mu_i"]
)
def test_a_subscript_of_a_vector_is_an_entry(text: str) -> None:
    """However the subscript is set."""
    assert tree(text) == Element("mu", (INDEX,))


def test_python_indexes_with_brackets() -> None:
    """`mu[1]` is `mu_1`, and `A[1, 1]` an entry of a matrix."""
    assert tree("mu[1]") == Element("mu", (ONE,))
    assert tree("A[1, 1]") == tree("A_{1,1}")
    assert tree("sum_i mu[i]") == tree("sum_i mu_i")


@pytest.mark.parametrize("text", ["A_{i,1}", "A_{i, 1}", "\\mathbf{A}_{i,1}"])
def test_a_matrix_takes_two_indices(text: str) -> None:
    """They stand behind a comma."""
    assert tree(text) == Element("A", (INDEX, ONE))


@pytest.mark.parametrize("text", ["K_i", "K_{i}", "Kᵢ", "\\mathbf{K}_i"])
def test_a_family_gives_its_members(text: str) -> None:
    """`K_j: row(d) over N` declares every `K_i`."""
    assert tree(text) == Element("K", (INDEX,))


@pytest.mark.parametrize("text", ["d_k", "d_{k}", "dₖ", "d_\\text{k}"])
def test_a_declared_name_with_a_subscript_is_one_symbol(text: str) -> None:
    """`d_k` is a size of its own, no entry of `d`."""
    assert tree(text) == Symbol("d_k")


@pytest.mark.parametrize("text", ["mu_0", "\\mu_0", "μ₀", "mu_{0}"])
def test_greek_with_a_digit_may_be_declared(text: str) -> None:
    """A name is what the author declared, in any notation."""
    assert tree(text, "mu_0: real") == Symbol("mu_0")


@pytest.mark.parametrize("text", ["x_1", "x_i", "sigma_1", "d_1", "d_{k+1}", "d_kk"])
def test_a_number_has_no_entries(text: str) -> None:
    """A subscript that nobody declared is another symbol."""
    assert refusal(text).code == "unknown_symbol"


@pytest.mark.parametrize(
    "mark",
    ["'", "’", "^T", "^t", "^{T}", "^\\top", "^{\\top}", "ᵀ", "⊤", "^\\intercal", ".T", ".mT",
     ".t()", ".transpose()", ".T()", "**T"],
)  # fmt: skip
def test_marks_of_a_transpose(mark: str) -> None:
    """Every common mark is read where it can be meant."""
    assert tree(f"mu{mark} nu") == tree("mu^T nu")
    assert tree(f"A{mark}") == Transpose(Symbol("A"))


@pytest.mark.parametrize("text", ["x'", "sigma'", "x''", "(x + 1)'", "2'"])
def test_a_number_has_no_prime(text: str) -> None:
    """There is nothing to transpose, and a derivative is not meant."""
    assert refusal(text).code == "unexpected"


def test_a_declared_t_is_a_power() -> None:
    """Of a number `T` is an exponent, where the question has a `T`."""
    assert tree("x^T", "x, T: real") == tree("x^(T)", "x, T: real")
    assert refusal("x^T").code == "unknown_symbol"


def test_transposes_can_be_applied_twice_and_raised() -> None:
    """Marks are read from the inside out."""
    assert tree("A''") == Transpose(Transpose(Symbol("A")))
    assert tree("(A n)^T") == Transpose(tree("A n"))


def test_free_indices_are_those_no_sum_binds() -> None:
    """`sum_i mu_i nu_j` leaves `j` open."""
    found = free_indices(tree("sum_i mu_i nu_j + mu_k"))
    assert [index.name for index in found] == ["j", "k"]
