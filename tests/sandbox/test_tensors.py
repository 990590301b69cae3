"""Values on their way in and out."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autograder.sandbox import (
    Array,
    Call,
    Instance,
    Job,
    Layer,
    Other,
    Outcome,
    Returned,
    Session,
    Unusable,
)

CallOne = Callable[..., Outcome]
SAME = "def f(x): return x"


@pytest.mark.parametrize(
    "value",
    [None, True, 3, -(10**30), 2.5, float("inf"), "ü\n", "", [1, [2.0, None]], {"a": {"b": [1]}}],
    ids=repr,
)
def test_a_plain_value_comes_back_as_it_went_in(call: CallOne, value: Any) -> None:
    """Type and value are kept."""
    found = call(SAME, value)
    assert isinstance(found, Returned)
    assert (type(found.value), found.value) == (type(value), value)


@pytest.mark.parametrize(
    "dtype", ["bool", "uint8", "int8", "int64", "float16", "float32", "float64"]
)
@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 0, 4), (2, 3)], ids=str)
def test_an_array_comes_back_bit_for_bit(call: CallOne, dtype: str, shape: Any) -> None:
    """Shape, dtype and entries are kept, also without axes and without entries."""
    array = np.arange(np.prod(shape, dtype=int)).reshape(shape).astype(dtype)
    found = call(SAME, array)
    assert isinstance(found, Returned) and isinstance(found.value, Array)
    assert found.value.origin == "torch"
    assert found.value.data.dtype == array.dtype
    np.testing.assert_array_equal(found.value.data, array, strict=True)


@pytest.mark.parametrize("dtype", ["complex64", "complex128"])
@pytest.mark.parametrize("shape", [(), (0,), (2, 3)], ids=str)
def test_complex_numbers_cross(call: CallOne, dtype: str, shape: Any) -> None:
    """Also infinite ones."""
    array = np.full(shape, complex(1.5, -np.inf), dtype)
    found = call("def f(x): return x.T.contiguous().T.conj().conj()", array)
    assert isinstance(found, Returned) and isinstance(found.value, Array)
    np.testing.assert_array_equal(found.value.data, array, strict=True)


def test_numpy_questions_get_numpy_arrays(call: CallOne) -> None:
    """As they were asked for, whole or one by one."""
    source = "def f(x, y): return [type(x).__name__, type(y).__name__, x]"
    array = np.ones(2)
    found = call(source, array, Array(array, "torch"), as_numpy=True)
    assert isinstance(found, Returned) and isinstance(found.value, list)
    assert found.value[:2] == ["ndarray", "ndarray"]
    assert isinstance(found.value[2], Array) and found.value[2].origin == "numpy"
    found = call(source, array, Array(array, "numpy"))
    assert isinstance(found, Returned) and isinstance(found.value, list)
    assert found.value[:2] == ["Tensor", "ndarray"]


def test_a_tuple_arrives_as_a_tuple_and_comes_back_as_a_list(call: CallOne) -> None:
    """A shape can be passed on to torch."""
    found = call("def f(s): return (type(s).__name__, torch.zeros(s).shape == s)", (2, 3))
    assert isinstance(found, Returned)
    assert found.value == ["tuple", True]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("torch.tensor([1.5], dtype=torch.bfloat16)", np.array([1.5], np.float32)),
        ("np.float64(2.5)", np.array(2.5)),
        ("nn.Parameter(torch.ones(2))", np.ones(2, np.float32)),
        ("torch.ones(1, requires_grad=True) * 2", np.array([2], np.float32)),
        ("torch.arange(6).reshape(2, 3).T", np.arange(6).reshape(2, 3).T),
        ("torch.ones(1).expand(2, 3)", np.ones((2, 3), np.float32)),
    ],
)
def test_any_true_tensor_or_array_is_read(call: CallOne, source: str, expected: Any) -> None:
    """Whatever its memory looks like and whoever needs its gradient."""
    found = call(f"def f(): return {source}")
    assert isinstance(found, Returned) and isinstance(found.value, Array)
    np.testing.assert_array_equal(found.value.data, expected, strict=True)


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("torch.ones(2).as_subclass(type('Equal', (torch.Tensor,), {}))", "Equal"),
        ("np.ones(2).view(np.matrix)", "numpy.matrix"),
        ("type('Any', (), {'__array__': lambda self: np.ones(2)})()", "Any"),
        ("type('Int', (int,), {'__eq__': lambda *_: True})(1)", "Int"),
        ("{1: 2}", "dict"),
        ("torch.ones(2, 2).max(0)", "torch.return_types.max"),
        ("lambda: 0", "function"),
        ("(i for i in range(3))", "generator"),
    ],
)
def test_an_object_that_only_looks_like_a_value_is_named(
    call: CallOne, source: str, name: str
) -> None:
    """A subclass may claim to equal anything; it is not believed."""
    found = call(f"def f(): return [1, {source}]")
    assert isinstance(found, Returned)
    assert found.value == [1, Other(name)]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("torch.ones(2, 2).to_sparse()", "unsupported: a tensor that is sparse_coo, torch.float32"),
        ("torch.ones(2, device='meta')", "on meta"),
        ("np.array([object()])", "unsupported: an array of object"),
        ("np.array(['a'])", "unsupported: an array of <U1"),
        ("torch.ones(1).expand(10**12)", "too large: a result of 4,000,000,000,000 bytes"),
        ("torch.ones(20 << 20)", "too large: a result of 83,886,080 bytes"),
        ("torch.ones(2, dtype=torch.complex32)", "strided, torch.complex32, on cpu"),
        ("'x' * (5 << 20)", "too large: 5,242,"),
        ("[0] * 10_000", "too large: more than 10,000 values"),
        ("10 ** 5000", "too large"),
        ("(loop := []).append(loop) or loop", "too large: nested deeper than 20"),
    ],
)
def test_a_result_that_cannot_cross_is_unusable(call: CallOne, source: str, reason: str) -> None:
    """The reason says what it is."""
    found = call(f"def f(): return {source}")
    assert isinstance(found, Unusable)
    assert reason in found.reason


def test_all_results_of_a_job_share_one_bound(session: Session) -> None:
    """What would be too much is left out; it counts for its own call only."""
    job = Job("def f(n): return torch.ones(n << 20)", tuple(Call("f", (n,)) for n in (9, 9, 1)))
    first, second, third = session.run(job).outcomes
    assert isinstance(first, Returned) and isinstance(third, Returned)
    assert second == Unusable("too large: more than 64 MiB in one job")


def test_changed_arguments_are_seen(call: CallOne) -> None:
    """They come back as they are after the call."""
    array = np.zeros(2, np.float32)
    found = call("def f(x, y): x += 1; y.append(3); return 0", array, [1])
    assert isinstance(found, Returned) and isinstance(found.arguments[0], Array)
    assert found.arguments[0].data.tolist() == [1, 1]
    assert found.arguments[1] == [1, 3]
    assert array.tolist() == [0, 0]


def test_gradients_come_with_the_result(call: CallOne) -> None:
    """Of the sum of result times cotangent; none for what is no floating tensor."""
    x, y = np.array([1, 2], np.float32), np.array([3, 4], np.float32)
    source = "def f(x, y, n, other): return x * y * n"
    found = call(source, x, y, 2, x, cotangent=np.array([1, 10], np.float32))
    assert isinstance(found, Returned)
    assert [g if g is None else g.tolist() for g in found.gradients] == [
        [6, 80],
        [2, 40],
        None,
        None,
    ]


def test_of_a_longer_cotangent_the_first_numbers_count(call: CallOne) -> None:
    """It need not tell the result's shape, which may be what is asked for."""
    source = "def f(x): return x.view(2, 1)"
    found = call(source, np.ones(2, np.float32), cotangent=np.arange(5, dtype=np.float32))
    assert isinstance(found, Returned)
    assert [g.tolist() for g in found.gradients if g is not None] == [[0, 1]]


@pytest.mark.parametrize(
    "source", ["x.detach()", "x.repeat(2)", "x.int()", "[x]", "1", "x.numpy()"]
)
def test_a_result_without_gradients_has_none(call: CallOne, source: str) -> None:
    """Also when it is larger than the cotangent."""
    found = call(
        f"def f(x): x = x.detach() if 'numpy' in {source!r} else x; return {source}",
        np.ones(2, np.float32),
        cotangent=np.ones(2, np.float32),
    )
    assert isinstance(found, Returned)
    assert found.gradients == (None,)


def test_in_place_changes_are_allowed_under_gradients(call: CallOne) -> None:
    """They are seen, and the gradient is that of the argument as it was."""
    ones = np.ones(2, np.float32)
    found = call("def f(x): x.mul_(3); return x", ones, cotangent=ones)
    assert isinstance(found, Returned) and isinstance(found.arguments[0], Array)
    assert found.arguments[0].data.tolist() == [3, 3]
    assert [g.tolist() for g in found.gradients if g is not None] == [[3, 3]]


def test_an_instance_has_the_given_layers_without_its_constructor_being_run(call: CallOne) -> None:
    """A method can be judged though the constructor is wrong."""
    source = (
        "class Net(nn.Module):\n"
        "    def __init__(self): raise ValueError('never')\n"
        "    def forward(self, x): return self.layer(x) * self.scale\n"
        "def f(net, x): return [net(x), len(list(net.parameters()))]\n"
    )
    weights = {"weight": np.array([[1, 2]], np.float32), "bias": np.array([3], np.float32)}
    layer = Layer("Linear", {"in_features": 2, "out_features": 1}, weights)
    net = Instance("Net", {"layer": layer, "scale": 2})
    found = call(source, net, np.array([[1, 1]], np.float32))
    assert isinstance(found, Returned) and isinstance(found.value, list)
    assert isinstance(found.value[0], Array)
    assert found.value[0].data.tolist() == [[12]]
    assert found.value[1] == 2
