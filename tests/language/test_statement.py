"""What stands around a formula is read past, but only where there is no doubt."""

import pytest
from reading import known, refusal, said

from autograder.language.statements import statement

D = "d: size"


def notes(text: str, symbols: str = D) -> tuple[str, ...]:
    return statement.read(text, known(symbols)).notes


@pytest.mark.parametrize(
    "text",
    [
        "d",
        "  d\t\n",
        '"d"',
        "'d'",
        "`d`",
        "“d”",
        "‘d’",
        "«d»",
        'r"d"',
        "f'd'",
        "**d**",
        "$d$",
        "$$d$$",
        "\\(d\\)",
        "\\[d\\]",
        "\\boxed{d}",
        "```\nd\n```",
        "```python\nd\n```",
        "d.",
        "d;",
        "d,",
        "d\u00a0",
        "\ufeffd",
        "d\u200b",
        "(d)",
        "[d]",
        "{d}",
        "\\left(d\\right)",
        "\\mathbf{d}",
        "\\displaystyle d",
        "\\text{d}",
        "\\begin{equation} d \\end{equation}",
    ],
)
def test_wrapping_is_taken_off(text: str) -> None:
    """Quotes, fences, dollars, brackets and blanks say nothing."""
    assert said(text, D) == ["d"]


@pytest.mark.parametrize(
    "text",
    [
        "The answer is d",
        "the variance is d.",
        "Answer: d",
        "I think it is d",
        "It is simply d",
        "so we get d",
        "therefore d",
        "d is the answer",
        "\\text{The answer is } d",
        "d operations",
        "Final answer: \\boxed{d}",
    ],
)
def test_harmless_words_are_read_past(text: str) -> None:
    """And a note says so."""
    assert said(text, D) == ["d"]
    assert {"words_dropped", "left_side_dropped"} & set(notes(text)) or "boxed" in text


@pytest.mark.parametrize(
    "left",
    ["s", "E[q^T k]", "Var(q^T k)", "V'_i", "f(x)", "\\mathbb{E}[x]", "s_1", "\\sigma^2",
     "E", "q1b", "(s)", "\\operatorname{Var}(s)", "W_q.shape"],
)  # fmt: skip
@pytest.mark.parametrize("sign", [" = ", "=", " == ", " := ", ": ", " \\coloneqq "])
def test_a_left_hand_side_that_names_the_answer_is_dropped(left: str, sign: str) -> None:
    """`s = d` is `d`."""
    assert said(f"{left}{sign}d", D) == ["d"]
    assert "left_side_dropped" in notes(f"{left}{sign}d")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("s^2 = d", "s^2"),
        ("2s = d", "2s"),
        ("-s = d", "-s"),
        ("1/s = d", "1/s"),
        ("s/2 = d", "s/2"),
        ("s + 1 = d", "s + 1"),
        ("sqrt(s) = d", "sqrt(s)"),
        ("log s = d", "log s"),
        ("\\frac{1}{s} = d", "\\frac{1}{s}"),
        ("q*s = d", "q*s"),
    ],
)
def test_a_left_hand_side_that_claims_something_else_is_not(text: str, left: str) -> None:
    """`s^2 = d` does not say that the answer is `d`."""
    error = refusal(text, D)
    assert error.code == "left_side"
    assert error.span is not None and text[slice(*error.span)] == left


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("s = 2d/2 = d", ["2 d/2", "d"]),
        ("2d/2 = d", ["2 d/2", "d"]),
        ("s = d = d^2", ["d", "d^2"]),
        ("= d", ["d"]),
        ("\\begin{aligned} s &= 2d/2 \\\\ &= d \\end{aligned}", ["2 d/2", "d"]),
        ("s = 2d/2\n  = d", ["2 d/2", "d"]),
    ],
)
def test_what_was_set_equal_on_the_way_is_claimed_too(text: str, claims: list[str]) -> None:
    """The last part of a chain is the answer; the others have to agree with it."""
    assert said(text, D) == claims


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("d/k where k = 2", "d/2"),
        ("k^2 where k = sqrt(d)", "sqrt(d)^2"),
        ("d/k, k = 2", "d/2"),
        ("d/k, where k = 2 and n = 3", "d/2"),
        ("p/q with p = 2d, q = p + 1", "2 d/(2 d + 1)"),
        ("d/k (k = 2)", "d/2"),
        ("F with F = d^2", "d^2"),
    ],
)
def test_names_may_be_defined_behind_the_answer(text: str, meant: str) -> None:
    """`where k = d/h` is put in; the declared symbols stay what they are."""
    assert said(text, D) == [meant]
    assert "clause_dropped" in notes(text)


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("d where d >= 1", "d >= 1"),
        ("d for all d", "all d"),
        ("d, since d > 0", "d > 0"),
        ("d because the entries are independent", "the entries are independent"),
        ("d (number of entries)", "number of entries"),
        ("d if d > 0", "d > 0"),
    ],
)
def test_a_remark_behind_the_answer_is_kept_as_typed(text: str, clause: str) -> None:
    """Staff can see what was left out."""
    assert statement.read(text, known(D)).clause == clause


@pytest.mark.parametrize(
    "text", ["d or 2d", "not d", "d, d^2", "d; 2d", "d and 2d", "±d", "d ± 1", "d is wrong"]
)
def test_two_answers_are_no_answer(text: str) -> None:
    """Nobody picks the right one of two."""
    codes = ("unexpected", "words", "unknown_symbol", "two_answers", "unsupported")
    assert refusal(text, D).code in codes


@pytest.mark.parametrize(
    "text", ["the size of it", "I don't know", "first the one", "d per step", "less than d"]
)
def test_a_sentence_is_no_formula(text: str) -> None:
    """It is called words, not an unknown symbol."""
    assert refusal(text, D).code == "words"


@pytest.mark.parametrize("text", ["", "   ", "''", '""', "\n\t", "``", "$ $", "\u200b"])
def test_nothing_is_empty(text: str) -> None:
    """Quotes around nothing are nothing."""
    assert refusal(text, D).code == "empty"


def test_a_word_of_the_question_is_never_dropped() -> None:
    """`a` is an article only where the question has no `a`."""
    assert said("a d", "a, d: size") == ["a d"]
    assert said("time n", "time, n: size") == ["time n"]


def test_columns_are_those_of_the_text_as_typed() -> None:
    """Whatever was taken off in front."""
    text = '  "s = d + q"'
    error = refusal(text, D)
    assert error.span == (text.index("q"), text.index("q") + 1)
