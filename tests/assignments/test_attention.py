"""The references of the first assignment are right: each against another way to compute it."""

from types import ModuleType

import pytest
import torch
from torch import nn
from torch.testing import assert_close

from autograder.assignment import load
from autograder.keys import keys_of, solution_module
from autograder.proofs import run_proofs

SIZES = [(12, 3), (8, 2), (20, 4), (12, 6)]


@pytest.fixture(scope="module")
def modules() -> ModuleType:
    """The torch references."""
    torch.manual_seed(0)
    return solution_module(load("attention").solution, "modules")


@pytest.mark.parametrize(("d_model", "num_heads"), SIZES)
def test_multi_head_attention_is_torchs_own(
    modules: ModuleType, d_model: int, num_heads: int
) -> None:
    """On the same weights, outputs and gradients, with more keys than queries."""
    ours = modules.MultiHeadAttention(d_model, num_heads)
    theirs = nn.MultiheadAttention(d_model, num_heads, batch_first=True)
    with torch.no_grad():
        theirs.in_proj_weight.copy_(torch.cat([ours.W_q.weight, ours.W_k.weight, ours.W_v.weight]))
        theirs.in_proj_bias.copy_(torch.cat([ours.W_q.bias, ours.W_k.bias, ours.W_v.bias]))
        theirs.out_proj.load_state_dict(ours.W_o.state_dict())
    Q = torch.randn(5, 4, d_model, requires_grad=True)
    K, V = torch.randn(5, 7, d_model), torch.randn(5, 7, d_model)
    mine, other = ours(Q, K, V), theirs(Q, K, V)[0]
    assert_close(mine, other)
    weights = torch.randn_like(mine)
    assert_close(*(torch.autograd.grad((out * weights).sum(), Q)[0] for out in (mine, other)))


@pytest.mark.parametrize(("d_model", "num_heads"), SIZES)
def test_wider_values_return_the_width_of_the_model(
    modules: ModuleType, d_model: int, num_heads: int
) -> None:
    """Twice the values, the same output; with their second half off it is the plain module."""
    wide = modules.WiderValues(d_model, num_heads)
    plain = modules.MultiHeadAttention(d_model, num_heads)
    x = torch.randn(2, 5, d_model)
    assert wide(x, x, x).shape == x.shape
    rows = torch.arange(2 * d_model).reshape(num_heads, 2, -1)[:, 0].flatten()
    with torch.no_grad():
        plain.W_q.load_state_dict(wide.W_q.state_dict())
        plain.W_k.load_state_dict(wide.W_k.state_dict())
        plain.W_v.weight.copy_(wide.W_v.weight[rows])
        plain.W_v.bias.copy_(wide.W_v.bias[rows])
        plain.W_o.weight.copy_(wide.W_o.weight[:, rows])
        plain.W_o.bias.copy_(wide.W_o.bias)
        others = torch.ones(2 * d_model).index_fill(0, rows, 0.0).bool()
        wide.W_o.weight[:, others] = 0.0
    assert_close(wide(x, x, x), plain(x, x, x))


@pytest.mark.parametrize(("b", "d", "h", "length"), [(5, 12, 2, 7), (3, 20, 4, 1), (2, 6, 3, 9)])
def test_decoding_with_a_cache_is_causal_attention(
    modules: ModuleType, b: int, d: int, h: int, length: int
) -> None:
    """Token by token gives what the whole sequence gives at once; so does the loop over heads."""
    step, x = modules.MultiQueryStep(d, h), torch.randn(b, length, d)
    keys = values = torch.empty(b, 0, d // h)
    outputs = []
    for position in x.unbind(dim=1):
        assert_close(
            modules.step_by_heads(step, position, keys, values), step(position, keys, values).output
        )
        output, keys, values = step(position, keys, values)
        outputs.append(output)
    assert keys.shape == values.shape == (b, length, d // h)
    assert_close(torch.stack(outputs, dim=1), modules.causal_multi_query_attention(step, x))


@pytest.mark.parametrize(("N", "D", "M"), [(6, 3, 4), (1, 1, 1), (4, 5, 2), (9, 2, 7)])
def test_kernelised_attention_is_the_double_loop(
    modules: ModuleType, N: int, D: int, M: int
) -> None:
    """Factored and looped, with the feature map and with the kernel itself."""
    Q, K, V = torch.randn(N, D), torch.randn(N, D), torch.randn(N, M)
    looped = modules.similarity_attention(modules.quadratic_kernel, Q, K, V)
    assert_close(modules.linear_attention(Q, K, V), looped)
    phi = solution_module(load("attention").solution, "answers").phi
    mapped = modules.similarity_attention(lambda q, k: phi(q) @ phi(k), Q, K, V)
    assert_close(mapped, looped)


def test_softmax_attention_is_torchs_own(modules: ModuleType) -> None:
    """One head, weights formed explicitly."""
    Q, K, V = torch.randn(6, 3), torch.randn(6, 3), torch.randn(6, 4)
    theirs = nn.functional.scaled_dot_product_attention(Q[None], K[None], V[None])[0]
    assert_close(modules.softmax_attention(Q, K, V), theirs)


def test_hard_attention_copies_the_first_winner(modules: ModuleType) -> None:
    """Equal scores, and none above 0."""
    q, K = torch.tensor([1.0, 2.0]), torch.tensor([[-5.0, 0.0], [-1.0, 0.0], [1.0, -1.0]])
    V = torch.tensor([[1.0], [2.0], [3.0]])
    assert modules.argmax_attention(q, K, V).tolist() == [2.0]


def test_every_key_is_proved() -> None:
    """All but the one that a person marks."""
    assignment = load("attention")
    results = run_proofs(solution_module(assignment.solution, "proofs"), keys_of(assignment))
    assert [result for result in results if not result.passed] == []
    proved = {question for result in results for question in result.questions}
    assert set(assignment.questions) - proved == {"q2c"}
