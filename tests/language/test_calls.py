"""Functions and methods: one tree for each meaning, whatever it is called."""

import pytest
from reading import refusal, tree

from autograder.comparing import judge
from autograder.language.tree import Call, Number, Symbol


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("np.expm1(x)", "exp(x) - 1"),
        ("torch.reciprocal(x)", "1/x"),
        ("np.add(x, y)", "x + y"),
        ("math.log10(x)", "\\log_{10}(x)"),
        ("float(x)", "x"),
        ("int(3)", "3"),
        ("Fraction(1, 2)", "1/2"),
        ("logistic(x)", "sigmoid(x)"),
        ("F.relu(x)", "relu(x)"),
        ("ReLU(x)", "relu(x)"),
        ("torch.special.expit(x)", "expit(x)"),
        ("np.mean(mu)", "sum(mu)/d"),
        ("arctanh(x)", "artanh(x)"),
        ("torch.sum(mu, dim=0)", "sum(mu)"),
        ("np.max(mu, axis=0)", "max(mu)"),
        ("x.item()", "x"),
        ("x.log()", "log(x)"),
        ("x.log(y)", "x*log(y)"),
        ("\\operatorname{atan2}(y, x)", "atan2(y, x)"),
    ],
)
def test_names_from_libraries(text: str, meant: str) -> None:
    """What numpy, torch and math call it is what it means."""
    assert tree(text) == tree(meant)


@pytest.mark.parametrize(
    "text", ["len(mu)", "mu.shape[0]", "mu.shape[-1]", "mu.size(0)", "mu.numel()", "A.shape[0]"]
)
def test_a_length_is_its_declared_name(text: str) -> None:
    """`len(mu)` is `d`, since `mu: vector(d)`."""
    assert tree(text) == Symbol("d")


def test_a_length_may_be_a_number() -> None:
    """As the author declared it."""
    assert tree("len(v)", "v: vector(3)") == tree("3")
    assert isinstance(tree("len(v)", "v: vector(3)"), Number)


@pytest.mark.parametrize("text", ["len(x)", "mu.shape[1]", "mu.shape[x]", "mu.foo()", "mu.clip()"])
def test_what_has_no_length_or_no_such_method(text: str) -> None:
    """It is said what can't be read."""
    assert refusal(text).code in ("unsupported", "unexpected", "no_argument", "unknown_symbol")


@pytest.mark.parametrize("text", ["sim(., .)", "sim(\\cdot, \\cdot)", "sim(·,·)", "sim"])
def test_a_declared_function_may_stand_for_itself(text: str) -> None:
    """Dots for arguments say that any will do."""
    assert tree(text) == Symbol("sim")


def test_a_declared_function_hides_a_known_one() -> None:
    """`max: real -> real` is the question's own."""
    assert tree("gamma(x)", "gamma: real -> real, x: real") == Call("gamma", (Symbol("x"),))
    assert tree("gamma x", "gamma, x: real") != tree("gamma(x)", "x: real")


@pytest.mark.parametrize("text", ["log", "log()", "sqrt", "2 sin", "max()", "exp + 1", "sin * x"])
def test_a_function_needs_an_argument(text: str) -> None:
    """`log` alone is no number."""
    assert refusal(text).code == "no_argument"


@pytest.mark.parametrize(
    "text", ["np.einsum('ij,j->i', A, mu)", "sin_2(x)", "\\tag{1} x", "exp_2(x)"]
)
def test_what_is_known_but_not_in_formulas(text: str) -> None:
    """It is refused by name rather than read as something else."""
    assert refusal(text).code == "unsupported"


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("diff(x^3, x)", "3 x^2"),
        ("diff(x sin(y) + y, x)", "sin(y)"),
        ("diff(exp(-x^2), x)", "-2 x exp(-x^2)"),
        ("diff(log(x)/x, x)", "(1 - log(x))/x^2"),
        ("diff(x^x, x)", "x^x (log(x) + 1)"),
        ("diff(sqrt(x), x)", "1/(2 sqrt(x))"),
        ("diff(2^x, x)", "2^x log(2)"),
    ],
)
def test_a_derivative_is_the_formula_that_it_stands_for(text: str, meaning: str) -> None:
    """As computer algebra writes it."""
    case = {"kind": "closed_form", "key": meaning, "symbols": {"x": "positive", "y": "real"}}
    assert judge({**case, "answer": text})["verdict"] == "correct"
    assert judge({**case, "answer": f"{text} + x/1000"})["verdict"] == "incorrect"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("sin 2 pi x", "sin(2 pi x)"),
        ("\\sin \\sigma x", "sin(sigma x)"),
        ("sin x cos x", "sin(x) cos(x)"),
        ("sinxcosx", "sin(x) cos(x)"),
        ("sin -x", "sin(-x)"),
        ("sin x/2", "(sin(x))/2"),
        ("log x y", "(log(x)) y"),
    ],
)
def test_what_a_function_without_brackets_is_of(text: str, meant: str) -> None:
    """Of what is written together; a sine is of a number only where nothing follows."""
    assert tree(text) == tree(meant)


@pytest.mark.parametrize("text", ["sin 2 x y", "cos 2 pi x y", "sin 2 * x", "log2x"])
def test_what_a_function_is_of_is_not_guessed(text: str) -> None:
    """`sin 2 x y` may end behind the `x`."""
    assert refusal(text).code == "ambiguous"
