"""Whether an example passes, and what a student is told of one that fails."""

import pytest

from autograder.author import example
from autograder.examples.judging import Rules, judge_example
from autograder.examples.process import Results, Told
from autograder.feedback import example_words
from autograder.kinds.example import Example
from autograder.sandbox.values import Exited, Raised, TimedOut

RULES = Rules(("x", "y"), 1e-6, 1e-5, None)
VALUES = example("f(x, [5, 6])", x=[1, 2], returns=[3, 4])
SHAPE = example("Scale(4)(x)", x=(2, 4), shape=(2, 4))
FORMULA = example("f(q) @ f(k)", q=[1, 2], k=[3, -1], equals="q1")


def tensor(*numbers: float) -> Told:
    """A vector that was returned."""
    return Told("Tensor", (len(numbers),), [*numbers], None)


@pytest.mark.parametrize(
    ("made", "told", "expected"),
    [
        (VALUES, (tensor(3, 4.000001),), None),
        (SHAPE, (Told("Tensor", (2, 4), [[0.0] * 4] * 2, None),), None),
        (FORMULA, (tensor(1, 2), tensor(3, -1)), 1.0),
        (example("f([1])"), (tensor(7),), None),
        (example("f([1])", returns=2), (Told("int", (), 2, None),), None),
    ],
)
def test_an_example_passes(made: Example, told: tuple[Told, ...], expected: float | None) -> None:
    """Values up to rounding, shapes exactly, formulas at the given numbers."""
    assert judge_example(made, Results(told), RULES, expected) is None


@pytest.mark.parametrize(
    ("made", "told", "said"),
    [
        (VALUES, tensor(3, 5), "x = [1, 2], y = [5, 6]: returned [3, 5], asked for [3, 4]."),
        (VALUES, tensor(3), "x (2,), y (2,): the result has the shape (1,), asked for is (2,)."),
        (VALUES, Told("int", (), 1, None), "x (2,), y (2,): the result has the shape (), asked"),
        (VALUES, Told("None", None, None, None), "x (2,), y (2,): nothing (None) is returned."),
        (VALUES, Told("dict", None, None, None), "is of type dict, asked for is an array."),
        (VALUES, Told("Tensor", (2,), [3, 4], 1), "the code changes its arguments (y)."),
        (SHAPE, tensor(1), "Scale(4) with x (2, 4): the result has the shape (1,), asked for is"),
        (SHAPE, tensor(float("nan")), "holds infinite or undefined numbers"),
    ],
)
def test_what_comes_back_is_compared(made: Example, told: Told, said: str) -> None:
    """What went in, what came out, what was asked for."""
    found = judge_example(made, Results((told,)), RULES)
    assert found and said in example_words(found.code, found.data)


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [
        (tensor(1, 2), tensor(3, -1), "f(q) @ f(k) is 1, but your q1 gives 5."),
        (tensor(1), tensor(3, -1), "the two results have the shapes (1,) and (2,), so"),
    ],
)
def test_a_dot_product_is_compared_with_a_formula(left: Told, right: Told, said: str) -> None:
    """Two answers of the student's, not the key."""
    found = judge_example(FORMULA, Results((left, right)), RULES, 5.0)
    words = found and example_words(found.code, found.data)
    assert words and words.startswith("q = [1, 2], k = [3, -1]: ") and said in words


def test_the_number_of_axes_holds_for_every_call() -> None:
    """Also where nothing else is asked for."""
    told = Told("Tensor", (1, 2), [[1, 2]], None)
    found = judge_example(example("f([1])"), Results((told,)), RULES._replace(ndim=1))
    assert found and "(1, 2), asked for is 1 axis." in example_words(found.code, found.data)


@pytest.mark.parametrize(
    ("outcome", "code"),
    [
        (Raised("ValueError", "no", 2, "call"), "raises"),
        (Raised("NameError", "name 'y' is not defined", 2, "call"), "unknown_name"),
        (TimedOut(5), "timeout"),
        (Exited("sys.exit()"), "exits"),
    ],
)
def test_what_does_not_return_keeps_its_code(
    outcome: Raised | TimedOut | Exited, code: str
) -> None:
    """The same codes as in grading."""
    found = judge_example(VALUES, outcome, RULES)
    assert found is not None and found.code == code
