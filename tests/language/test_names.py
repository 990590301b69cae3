"""Words are cut into declared symbols, and a name that isn't declared is named."""

import pytest
from reading import refusal, tree

from autograder.language.lexer.names import nearest, split


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("bnd", "b n d"),
        ("2bnd^2", "2 b n d^2"),
        ("munu", "mu nu"),
        ("numu", "nu mu"),
        ("musigma", "mu sigma"),
        ("nN", "n N"),
        ("aAb", "a A b"),
        ("d_kx", "d_k x"),
        ("xd_k", "x d_k"),
        ("bmu_i", "b mu_i"),
        ("2mu_1mu_2", "2 mu_1 mu_2"),
        ("mu_inu_i", "mu_i nu_i"),
        ("xsin(y)", "x sin(y)"),
        ("dsqrt(d)", "d sqrt(d)"),
        ("nlog n", "n log(n)"),
        ("xmax(y, z)", "x max(y, z)"),
        ("mu^Tmu", "mu^T mu"),
    ],
)
def test_a_word_is_cut_into_declared_names(word: str, meant: str) -> None:
    """Products need no blanks between the question's symbols."""
    assert tree(word) == tree(meant)


def test_the_longest_name_wins() -> None:
    """`mu` is one symbol, even where `m` and `u` are declared too."""
    both = "m, u, mu, n: real"
    assert tree("mun", both) == tree("(mu) n", both)
    assert tree("num", both) == tree("n u m", both)


def test_a_cut_that_leads_nowhere_is_taken_back() -> None:
    """The longest first part is given up when the rest is no name."""
    assert split("abc", ["ab", "a", "bc"]) == ["a", "bc"]
    assert split("abd", ["ab", "a", "bc"]) is None


@pytest.mark.parametrize("word", ["\\mun", "\\alphax", "\\sigmamu"])
def test_a_latex_command_is_one_word(word: str) -> None:
    """LaTeX itself would not cut it."""
    assert refusal(word).code == "unknown_command"


@pytest.mark.parametrize(
    ("word", "code", "near"),
    [
        ("X", "wrong_case", "x"),
        ("MU", "wrong_case", "mu"),
        ("sigm", "unknown_symbol", "sigma"),
        ("dk", "unknown_symbol", "d_k"),
        ("d_K", "wrong_case", "d_k"),
        ("q", "unknown_symbol", None),
        ("x_1", "unknown_symbol", None),
        ("rho", "unknown_symbol", None),
    ],
)
def test_an_unknown_name_comes_with_the_nearest_declared(
    word: str, code: str, near: str | None
) -> None:
    """A slip of the finger or of the shift key is told from a symbol of one's own."""
    error = refusal(word)
    assert (error.code, error.data["symbol"], error.data["nearest"]) == (code, word, near)


def test_nearness_prefers_another_case() -> None:
    """`D` is `d` with a slip rather than some other letter."""
    assert nearest("D", ["k", "Dk", "d"]) == "d"
    assert nearest("zzz", ["k", "Dk", "d"]) is None


@pytest.mark.parametrize("word", ["x3", "mu2", "d1"])
def test_digits_behind_a_letter_belong_to_the_name(word: str) -> None:
    """`x3` is a name that the question does not have, not a product."""
    assert refusal(word).code == "unknown_symbol"
