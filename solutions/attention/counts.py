"""What the computations cost, counted: orders of growth of time, traffic and storage."""

import torch
from torch.utils.checkpoint import checkpoint

from autograder.author import counted

from . import modules

# d is a multiple of every h; n + 1 is prime, so that only scores have b h (n + 1) elements.
STEPS = {"b": [2, 3, 5, 7], "d": [24, 48, 60, 72, 84], "n": [10, 16, 22, 28], "h": [2, 3, 4, 6]}
SIZES = {"N": [3, 5, 7, 11, 13], "D": [2, 4, 6, 9, 10, 15]}


def step_run(b, d, n, h):
    """One step, not run yet."""
    step, *inputs = modules.step_inputs(b, d, n, h)
    return lambda: step(*inputs)


@counted("multiply-adds", **STEPS)
def q4f(b, d, n, h):
    """The matrix products of one step."""
    return step_run(b, d, n, h)


@counted("elements moved", skip="b h (n + 1)", **STEPS)
def q4g(b, d, n, h):
    """What every operation of one step reads and writes, scores left out."""
    return step_run(b, d, n, h)


@counted("elements moved", order="d^2 + b d + b n d/h + b h n", **STEPS)
def q4g__with_scores(b, d, n, h):
    """Why the question has to say that scores don't count: they would add b h n."""
    return step_run(b, d, n, h)


def inputs(N, D, M):
    """Queries, keys and values that gradients are wanted of."""
    return [torch.randn(N, width, requires_grad=True) for width in (D, D, M)]


@counted("multiply-adds", **SIZES, M=SIZES["N"])
def q5c_time(N, D, M):
    """The matrix products of softmax attention."""
    Q, K, V = inputs(N, D, M)
    return lambda: modules.softmax_attention(Q, K, V)


@counted("elements stored", **SIZES, M=SIZES["N"])
def q5c_space(N, D, M):
    """What autograd keeps of softmax attention."""
    Q, K, V = inputs(N, D, M)
    return lambda: modules.softmax_attention(Q, K, V)


@counted("multiply-adds", **SIZES)
def q5d_time(N, D):
    """The matrix products of the factored form."""
    Q, K, V = inputs(N, D, D)
    return lambda: modules.linear_attention(Q, K, V)


@counted("elements stored", **SIZES)
def q5d_space(N, D):
    """What autograd keeps of the factored form."""
    Q, K, V = inputs(N, D, D)
    return lambda: modules.linear_attention(Q, K, V)


@counted("elements stored", order="N D + D^3", **SIZES)
def q5d_space__recomputed(N, D):
    """Why the question has to say that features are kept: without them it is N D + D^3."""
    Q, K, V = inputs(N, D, D)

    def sums(K, V):
        keys = modules.features(K)
        return keys.T @ V, keys.sum(dim=0)[:, None]

    def mixed(Q, with_values, without):
        queries = modules.features(Q)
        return queries @ with_values, queries @ without

    def run():
        options = {"use_reentrant": False, "preserve_rng_state": False}
        over, under = checkpoint(mixed, Q, *checkpoint(sums, K, V, **options), **options)
        return over / under

    return run
