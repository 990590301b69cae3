"""What an author may write as a public example."""

import pytest

from autograder.errors import AssignmentError
from autograder.kinds.example import Argument, Called, Literal, make_example, shape_of


def test_a_call_has_literals_or_names_that_are_given() -> None:
    """Nothing is run to read them."""
    made = make_example("f(x, [[1, 2]], 3)", {"x": (4, 5)}, None, None, "")
    inputs = (Argument((4, 5), "x"), Argument([[1, 2]]), Argument(3))
    assert made.calls == (Called("f", inputs),)


def test_an_object_is_made_before_it_is_called() -> None:
    """The constructor's arguments, then the inputs."""
    (call,) = make_example("Scale(4)(x)", {"x": (2, 4)}, None, (2, 4), "").calls
    assert call == Called("Scale", (Argument(4),), (Argument((2, 4), "x"),))
    assert call.inputs == (Argument((2, 4), "x"),)


def test_a_dot_product_has_two_calls() -> None:
    """Its value is that of a formula."""
    made = make_example("f(q) @ f(k)", {"q": [1], "k": [2]}, None, None, "q1")
    assert [call.arguments[0].name for call in made.calls] == ["q", "k"]


@pytest.mark.parametrize(
    ("text", "given", "equals", "message"),
    [
        ("f(x", {}, "", "write f"),
        ("x = 1", {}, "", "write f"),
        ("f(x)", {}, "", "literals or names that are given"),
        ("f(open('key'))", {}, "", "literals or names that are given"),
        ("f.g(1)", {}, "", "write f"),
        ("f(1)", {"x": [1]}, "", "does not use x"),
        ("f(x)", {"x": (2,)}, "q1", "equals='q1' needs numbers, not shapes"),
        ("f([1]) @ f([2])", {}, "", "say what it returns, or which formula it equals"),
    ],
)
def test_an_example_says_what_to_mend(
    text: str, given: dict[str, Literal], equals: str, message: str
) -> None:
    """One sentence for the author."""
    with pytest.raises(AssignmentError, match="example") as caught:
        make_example(text, given, None, None, equals)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("value", "shape"),
    [(3, None), ([], (0,)), ([1, 2], (2,)), ([[1], [2]], (2, 1)), ((5, 4), (5, 4))],
)
def test_lists_and_tuples_have_a_shape(value: Literal, shape: tuple[int, ...] | None) -> None:
    """A tuple is one."""
    assert shape_of(value) == shape
