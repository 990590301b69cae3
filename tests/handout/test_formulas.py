"""LaTeX as MathML that a browser sets as TeX would."""

import re
from xml.etree import ElementTree

import pytest

from autograder.errors import AssignmentError
from autograder.handout.formulas import mathml
from autograder.handout.mathematics import latex

MINUS = '<mo form="prefix">−</mo><mn>1</mn>'


def inside(typed: str) -> str:
    """The MathML of what an author types, without the element around it."""
    found = re.fullmatch(r'<math display="inline"><mrow>(.*)</mrow></math>', mathml(latex(typed)))
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("mu_i", "<msub><mi>μ</mi><mi>i</mi></msub>"),
        ("q^T k", "<msup><mi>q</mi><mo>⊤</mo></msup><mi>k</mi>"),
        ("sqrt(D)", "<msqrt><mrow><mi>D</mi></mrow></msqrt>"),
        ("(a) / (b)", "<mfrac><mrow><mi>a</mi></mrow><mrow><mi>b</mi></mrow></mfrac>"),
        ("Theta", '<mi mathvariant="normal">Θ</mi>'),
        ("x ~ y", "<mi>x</mi><mo>∼</mo><mi>y</mi>"),
        ("x: y", "<mi>x</mi><mo>:</mo><mi>y</mi>"),
        ("d / h", '<mi>d</mi><mo lspace="0" rspace="0">/</mo><mi>h</mi>'),
        ("x < y", "<mi>x</mi><mo>&lt;</mo><mi>y</mi>"),
    ],
)
def test_a_formula_is_set(typed: str, wanted: str) -> None:
    """Names, signs and scripts, as the elements that mean them."""
    assert inside(typed) == wanted


@pytest.mark.parametrize("typed", ["[0, -1]", "{-1}", "a = -1", "2 >= -1"])
def test_a_minus_of_its_own_is_no_difference(typed: str) -> None:
    """It stands close to its number."""
    assert MINUS in inside(typed)


@pytest.mark.parametrize("typed", ["a - 1", "f(x) - 1", "x_1 - 1"])
def test_a_difference_is_no_sign(typed: str) -> None:
    """It keeps its distance."""
    assert "<mo>−</mo><mn>1</mn>" in inside(typed)


@pytest.mark.parametrize(
    ("typed", "word"), [("Var(x)", "Var"), ("sim(q, k)", "sim"), ("max(a, b)", "max")]
)
def test_a_word_is_one_name(typed: str, word: str) -> None:
    """Not one letter after the other; its bracket follows at once."""
    assert inside(typed).startswith(f'<mi>{word}</mi><mo stretchy="false">(</mo>')


@pytest.mark.parametrize(
    ("typed", "gaps"),
    [("b log n", 2), ("log(n)", 0), ("2 log(n)", 1), ("max_i x_i", 1), ("a b", 0)],
)
def test_a_name_stands_apart(typed: str, gaps: int) -> None:
    """As `n log n`, not `nlogn`."""
    assert inside(typed).count("<mspace") == gaps


def test_bars_open_and_close() -> None:
    """Also where a power hangs on one."""
    bars = re.findall(r'form="(\w+)">[|‖]<', inside("2 ||x||_2^2 + ||y||"))
    assert bars == ["prefix", "postfix", "prefix", "postfix"]


def test_a_prime_stands_beside_its_base() -> None:
    """A superscript would make it smaller and higher than it is; a subscript comes behind it."""
    prime = '<mo form="postfix" lspace="0" rspace="0">′</mo>'
    assert f"<mrow><mi>f</mi>{prime}</mrow>" in inside("f'")
    assert inside("V'_i") == f"<msub><mrow><mi>V</mi>{prime}</mrow><mi>i</mi></msub>"


def test_a_formula_on_its_own_line_is_a_block() -> None:
    """Its sums have their limits below and above."""
    assert mathml(latex("sum_{i = 1}^n x_i"), display=True).startswith(
        '<math display="block"><mrow><munderover><mo>∑</mo>'
    )


def test_text_in_a_formula_is_text() -> None:
    """Nothing in it is markup."""
    found = ElementTree.fromstring(mathml(r"\text{<script> & more}"))
    assert "".join(found.itertext()).replace("\xa0", " ") == "<script> & more"


@pytest.mark.parametrize("wrong", ["x^", "^", "a^b^c", "{", r"\frac"])
def test_an_author_hears_of_a_formula_that_cannot_be_set(wrong: str) -> None:
    """Before a student sees it."""
    with pytest.raises(AssignmentError, match="can't be set"):
        mathml(wrong)
