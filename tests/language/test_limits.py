"""Text that is made to hang a reader is refused, with a code."""

import pytest
from reading import known, refusal, said

from autograder.compare.sampling import context
from autograder.language.evaluator.evaluation import Point, TooLarge, evaluate
from autograder.language.statements.statement import read

HOSTILE = {
    "300 round brackets": ("(" * 300 + "x" + ")" * 300, "too_deep"),
    "300 square brackets": ("[" * 300 + "x" + "]" * 300, "too_deep"),
    "300 braces": ("{" * 300 + "x" + "}" * 300, "too_deep"),
    "300 bars": ("|" * 300 + "x" + "|" * 300, "not_closed"),
    "300 angles": ("<" * 300 + "x, x" + ">" * 300, "unexpected"),
    "100 fractions": ("\\frac{1}{" * 100 + "x" + "}" * 100, "too_deep"),
    "100 roots": ("\\sqrt{" * 100 + "x" + "}" * 100, "too_deep"),
    "100 environments": ("\\begin{bmatrix}" * 100, "too_deep"),
    "200 functions": ("sin " * 200 + "x", "too_deep"),
    "100 calls": ("exp(" * 100 + "x" + ")" * 100, "too_deep"),
    "100 exponents": ("^".join("x" * 100), "too_deep"),
    "100 braced exponents": ("x^{" * 100 + "x" + "}" * 100, "too_deep"),
    "200 sums": ("sum_i " * 200 + "mu_i", "too_deep"),
    "500 minuses": ("-" * 500 + "x", "too_deep"),
    "1,000 factorials": ("x" + "!" * 1000, "unsupported"),
    "700 transposes": ("mu" + "^T" * 700, "too_deep"),
    "3,000 minuses": ("-" * 3000 + "x", "too_long"),
    "5,000 characters": ("x+" * 2500, "too_long"),
    "5 MB of letters": ("x" * 5_000_000, "too_long"),
    "5 MB of brackets": ("(" * 5_000_000, "too_long"),
    "5 MB of digits": ("1" * 5_000_000, "too_long"),
    "5 MB of quotes": ('"' * 5_000_000, "too_long"),
    "5 MB of blanks": (" " * 5_000_000, "empty"),
    "41 digits": ("1" * 41, "number_too_large"),
    "1e301": ("1e301", "number_too_large"),
    "1e-301": ("x + 1e-301", "number_too_large"),
    "1e99999999999": ("1e99999999999", "number_too_large"),
}
EVAL_PROBES = [
    "__import__('os').system('true')",
    "().__class__.__bases__",
    "(lambda y: y)(x)",
    "x if x else exec('1')",
    "[y for y in ().__class__.__mro__]",
    "open('/etc/passwd').read()",
    "f'{x}' + eval('1')",
    "x; import os",
    "\\input{/etc/passwd}",
    "\\write18{true}",
]
HUGE = [
    "9^9^9^9",
    "9**9**9**9",
    "x + 9^9^9^9",
    "factorial(factorial(20))",
    "(20!)!",
    "x^(10^9) * (1 + x)^(10^6)",
    "exp(exp(exp(1000)))",
    "sum_{i=1}^{10^9} i",
    "sum_{a=1}^{300} sum_{b=1}^{300} sum_{c=1}^{300} a",
    "prod_{i=1}^{399} 10^100000",
]


@pytest.mark.parametrize(("text", "code"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_refused(text: str, code: str) -> None:
    """It ends, and with the code that says why."""
    assert refusal(text).code == code


def test_what_is_just_within_the_limits_is_read() -> None:
    """A cap that a person could meet would be a trap."""
    assert said("(" * 50 + "x" + ")" * 50) == ["x"]
    assert said("-" * 60 + "x") == ["x"]
    assert said("+".join(["x"] * 700)) == [" + ".join(["x"] * 700)]
    assert said("1" * 40) == ["1" * 40]
    assert said("1e300 x")


@pytest.mark.parametrize("text", EVAL_PROBES)
def test_no_text_is_ever_run(text: str) -> None:
    """Python's doors are words that can't be read."""
    assert refusal(text).code in (
        "unexpected", "unknown_symbol", "words", "unknown_command", "missing_operator",
        "no_argument", "two_answers", "bad_character",
    )  # fmt: skip


@pytest.mark.parametrize("text", HUGE)
def test_a_number_too_large_to_compare_has_no_value(text: str) -> None:
    """It is read, since it is a formula, but never computed."""
    vocabulary = known("x: real")
    tree = read(text, vocabulary).answer
    digits = context(40)
    with pytest.raises(TooLarge):
        evaluate(tree, Point(digits, {"x": digits.mpf(3)}, {}, vocabulary))
