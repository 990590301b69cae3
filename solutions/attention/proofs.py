"""Why the keys are right. Each function does the experiment; the tool judges it.

What a proof gets first is the key: for a formula a function of its symbols, for code what
the reference defines. q2c has no key: a person marks it.
"""

import math
from itertools import product

import numpy as np
import sympy
import torch
from torch import nn

from autograder.author import exact, monte_carlo, same_outputs

from . import modules
from .counts import *  # noqa: F403  # the proofs of all orders of growth

DRAWS = 20_000  # for one estimate
SIGMA = 1.3
MEANS = np.array([1.5, -0.7, 0.2, 2.1, -1.2, 0.9])  # pairwise different, of both signs
STEP_SIZES = [(5, 12, 7, 2), (3, 20, 4, 5), (2, 6, 1, 3)]


def scores(mean, sigma, d, rng):
    """Dot products of independent queries and keys, (DRAWS,)"""
    q, k = rng.normal(mean, sigma, (2, DRAWS, d))
    return (q * k).sum(axis=1)


@monte_carlo(d=[6], repeats=300)
def q1a(key, d, rng):
    """The mean of 6 million scores."""
    mu = MEANS[:d]
    return scores(mu, SIGMA, d, rng).mean(), key(mu=mu, sigma=SIGMA, d=d)


@monte_carlo(d=[2, 5, 16])
def q1b(key, d, rng):
    """The variance of 2 million standard scores."""
    return scores(0, 1, d, rng).var(ddof=1), key(d=d)


@monte_carlo(d=[2, 5, 16])
def q1c(key, d, rng):
    """The scaled score has variance 1, and the scale is positive."""
    s = key(d=d)
    return (s * scores(0, 1, d, rng)).var(ddof=1), 1 if s > 0 else -1


@monte_carlo(d=[1, 4, 6])
def q1d(key, d, rng):
    """The variance of 2 million scores with means."""
    mu = MEANS[:d]
    return scores(mu, SIGMA, d, rng).var(ddof=1), key(mu=mu, sigma=SIGMA, d=d)


@exact()
def q1d__exact(key):
    """One entry's variance from the normal moment generating function; entries add."""
    t, mu, sigma = sympy.symbols("t mu sigma")
    mgf = sympy.exp(mu * t + sigma**2 * t**2 / 2)
    first, second = (sympy.diff(mgf, t, n).subs(t, 0) for n in (1, 2))
    entry = sympy.lambdify((mu, sigma), sympy.expand(second**2 - first**4))
    for d in (1, 2, 3):
        for means, s in product(product((-2, 0, 1), repeat=d), (1, 2, 3, 4, 5)):
            variance = sum(entry(mean, s) for mean in means)
            yield "moments at whole numbers", key(mu=np.array(means), sigma=s, d=d) == variance


@exact()
def q2a(key):
    """The output by the reference, and the softmax's is elsewhere."""
    q = torch.tensor([1.0, 1, 2])
    K = torch.tensor([[1.0, 2, 0], [0, 3, 4], [5, 0, 0], [0, 0, 1]])
    V = torch.tensor([[2.0, 0, 1], [1, 4, 3], [0, -1, 4], [1, 0, -1]])
    yield "the scores are 3, 11, 5, 2", (K @ q).tolist() == [3, 11, 5, 2]
    yield "the winner's value", modules.argmax_attention(q, K, V).tolist() == key()
    soft = torch.softmax(K @ q, dim=0) @ V
    yield "a softmax is 1000 tolerances off", (soft - torch.tensor(key())).abs().max() > 1e-3


@exact(seed=[0, 1, 2, 3, 4])
def q2b(key, seed):
    """Gradients by autograd; and a small move of a weight, where the winner stays."""
    torch.manual_seed(seed)
    model, x, target = modules.HardAttention(4), torch.randn(6, 4), torch.randn(6, 4)
    before = model(x)
    (before - target).pow(2).sum().backward()
    for name, weight in model.named_parameters():
        learns = name.removesuffix(".weight") in key.content
        gradient = weight.grad is not None and bool(weight.grad.abs().sum() > 0)
        yield "a gradient where the key says so", gradient == learns
        with torch.no_grad():
            weight += 1e-6
            yield "the output moves there only", torch.equal(model(x), before) != learns
            weight -= 1e-6
            before = model(x)


@same_outputs(sizes=[(3, 5, 2), (6, 3, 4), (4, 4, 4), (1, 3, 2), (5, 2, 1), (9, 1, 1)])
def q2d(argmax_attention, n, d, v):
    """The reference against a loop over keys, with two keys that tie."""
    q, K = torch.randint(-3, 4, (d,)).float(), torch.randint(-3, 4, (n, d)).float()
    K[n // 2], V = K[-1], torch.randn(n, v)
    best = 0
    for at in range(1, n):
        if float(K[at] @ q) > float(K[best] @ q):
            best = at
    return argmax_attention(q, K, V), V[best]


@same_outputs(sizes=[(12, 3), (8, 2), (20, 4), (12, 6)])
def q3a_to_q3h(MultiHeadAttention, d_model, num_heads):
    """The filled class is torch's own multi-head attention with the same weights."""
    ours = MultiHeadAttention(d_model, num_heads)
    theirs = nn.MultiheadAttention(d_model, num_heads, batch_first=True)
    three = [ours.W_q, ours.W_k, ours.W_v]
    theirs.in_proj_weight.data = torch.cat([layer.weight for layer in three])
    theirs.in_proj_bias.data = torch.cat([layer.bias for layer in three])
    theirs.out_proj = ours.W_o
    Q, K, V = torch.randn(5, 4, d_model), torch.randn(5, 7, d_model), torch.randn(5, 7, d_model)
    return ours(Q, K, V), theirs(Q, K, V)[0]


@same_outputs(sizes=[(12, 3), (8, 2), (20, 4), (12, 6)])
def q3i(key, d_model, num_heads):
    """With the key's layer the wider module is a sum over heads, each with its own columns."""
    ours = modules.WiderValues(d_model, num_heads)
    ours.W_o = eval(key.text, {"nn": nn, "d_model": d_model})  # the author's own text
    Q, K, V = torch.randn(5, 4, d_model), torch.randn(5, 7, d_model), torch.randn(5, 7, d_model)
    queries, keys, values = ours.W_q(Q), ours.W_k(K), ours.W_v(V)
    total = ours.W_o.bias.expand(5, 4, d_model).clone()
    for head in range(num_heads):
        narrow = slice(head * ours.d_k, (head + 1) * ours.d_k)
        wide = slice(2 * head * ours.d_k, 2 * (head + 1) * ours.d_k)
        logits = queries[..., narrow] @ keys[..., narrow].mT / math.sqrt(ours.d_k)
        mixed = torch.softmax(logits, dim=-1) @ values[..., wide]
        total += mixed @ ours.W_o.weight[:, wide].T
    return ours(Q, K, V), total


@exact(sizes=STEP_SIZES)
def q4a(key, sizes):
    """The shape of the weight of a step that agrees with the loop over heads."""
    yield from weight_shape(key, sizes, "W_q")


@exact(sizes=STEP_SIZES)
def q4b(key, sizes):
    """The shape of the weight of a step that agrees with the loop over heads."""
    yield from weight_shape(key, sizes, "W_k")


def weight_shape(key, sizes, name):
    """Claims about one weight of the step."""
    b, d, n, h = sizes
    step, *inputs = modules.step_inputs(*sizes)
    width = d // h
    asked = key(b=b, d=d, n=n, h=h, q=width, k=width, v=width)
    yield f"{name} has the key's shape", list(getattr(step, name).shape) == asked
    agree = torch.allclose(step(*inputs).output, modules.step_by_heads(step, *inputs), atol=1e-5)
    yield "the step is the loop over heads", agree


@same_outputs(sizes=STEP_SIZES)
def q4c(key, b, d, n, h):
    """Every head by itself."""
    step, x, *_ = modules.step_inputs(b, d, n, h)
    heads = [torch.stack([one @ W_q for W_q in step.W_q]) for one in x]
    return torch.einsum(key.text, x, step.W_q), torch.stack(heads)


@same_outputs(sizes=STEP_SIZES)
def q4d(key, b, d, n, h):
    """Every sequence by itself."""
    step, x, *_ = modules.step_inputs(b, d, n, h)
    return torch.einsum(key.text, x, step.W_k), torch.stack([one @ step.W_k for one in x])


@same_outputs(sizes=STEP_SIZES)
def q4e(key, b, d, n, h):
    """Every sequence by itself."""
    step, x, *_ = modules.step_inputs(b, d, n, h)
    return torch.einsum(key.text, x, step.W_v), torch.stack([one @ step.W_v for one in x])


@exact()
def q5a(key):
    """One term must be positive (N = 1); then every sum is; anything weaker has a gap."""
    q = k = np.zeros(2)
    for value in (-2.0, -1.0, 0.0, 0.5, 3.0):
        allowed = key(sim=lambda q, k, value=value: value, q=q, k=k)
        yield "N = 1: the condition is that the only term is positive", allowed == (value > 0)
    yield "terms of at least 0 may all be 0", sum([0.0, 0.0]) == 0
    yield "terms other than 0 may add up to 0", sum([1.0, -1.0]) == 0


@exact(D=[1, 2, 3, 5])
def q5b_i(key, D):
    """The definition of the polynomial kernel, at whole numbers."""
    rng = np.random.default_rng(D)
    for q, k in rng.integers(-4, 5, (10, 2, D)).astype(float):
        kernel = float(modules.quadratic_kernel(torch.tensor(q), torch.tensor(k)))
        yield "the kernel at whole numbers", key(q=q, k=k) == kernel


@same_outputs(sizes=[(1,), (2,), (3,), (5,)])
def q5b_ii(phi, D):
    """The kernel of the features of random vectors, relative to its terms."""
    pairs = [(torch.randn(D), torch.randn(D)) for _ in range(20)]
    terms = torch.stack([(q.abs() @ k.abs() + 1) ** 2 for q, k in pairs])
    ours = torch.stack([phi(q) @ phi(k) for q, k in pairs])
    theirs = torch.stack([modules.quadratic_kernel(q, k) for q, k in pairs])
    return ours / terms, theirs / terms


@exact(D=[1, 2, 3, 4])
def q5b_ii__exact(phi, D):
    """The same with symbols: the reference's features, multiplied out."""

    def symbolic(x):
        pairs = [a * b for a in x for b in x]
        return sympy.Matrix([1, *(sympy.sqrt(2) * entry for entry in x), *pairs])

    q, k = sympy.symbols(f"q:{D}"), sympy.symbols(f"k:{D}")
    dot = sum(a * b for a, b in zip(q, k, strict=True))
    difference = symbolic(q).dot(symbolic(k)) - (dot + 1) ** 2
    yield "multiplied out, nothing is left", sympy.expand(difference) == 0
    x = torch.randn(D)
    told = torch.tensor([float(entry) for entry in symbolic(x.tolist())])
    yield "these are the reference's features", torch.allclose(phi(x), told)


@same_outputs(sizes=[(4, 2, 3), (3, 1, 5), (6, 2, 1)])
def q5b_iii(key, N, D, M):
    """Every product is one of matrices, none is broadcast; N, F and M differ."""
    rng = np.random.default_rng(N)
    Q, K, V = (rng.standard_normal((N, width)) for width in (D, D, M))

    def phi(row):
        return modules.features(torch.tensor(row)).numpy()

    rows = [key(Q_i=Q, K_j=K, V_j=V, phi=phi, at={"i": i}) for i in range(1, N + 1)]
    ours = torch.tensor(np.stack([np.reshape(row, M) for row in rows]))
    three = (torch.tensor(each) for each in (Q, K, V))
    return ours, modules.similarity_attention(modules.quadratic_kernel, *three)
