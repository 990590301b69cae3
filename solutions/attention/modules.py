"""The attention of every problem as plain torch: what the keys are proved against.

Sources: Vaswani et al. 2017, "Attention Is All You Need" (multi-head attention, equation 1
and section 3.2.2); Shazeer 2019, "Fast Transformer Decoding: One Write-Head is All You Need"
(multi-query attention); Katharopoulos et al. 2020, "Transformers are RNNs" (attention with a
feature map, equations 3 to 6). Shapes are named axes; all numbers are dimensionless.
"""

import math
from collections.abc import Callable
from typing import NamedTuple

import torch
from torch import Tensor, nn

from .answers import MultiHeadAttention, argmax_attention

__all__ = ["MultiHeadAttention", "argmax_attention"]


class WiderValues(MultiHeadAttention):
    """Multi-head attention whose values are twice as wide as the model."""

    def __init__(self, d_model: int, num_heads: int) -> None:
        super().__init__(d_model, num_heads)
        self.W_v = nn.Linear(d_model, 2 * d_model)
        self.W_o = nn.Linear(2 * d_model, d_model)

    def split_heads(self, x: Tensor) -> Tensor:
        """(batch, length, width) -> (batch, heads, length, width / heads)"""
        batch_size, seq_length, _ = x.size()
        return x.view(batch_size, seq_length, self.num_heads, -1).transpose(1, 2)

    def combine_heads(self, x: Tensor) -> Tensor:
        """(batch, heads, length, width) -> (batch, length, heads * width)"""
        return x.transpose(1, 2).flatten(2)


class HardAttention(nn.Module):
    """Projections and hard attention over one sequence, so that gradients can be looked at."""

    def __init__(self, d_model: int) -> None:
        super().__init__()
        self.W_q = nn.Linear(d_model, d_model, bias=False)
        self.W_k = nn.Linear(d_model, d_model, bias=False)
        self.W_v = nn.Linear(d_model, d_model, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        """(length, d_model) -> (length, d_model)"""
        keys, values = self.W_k(x), self.W_v(x)
        return torch.stack([argmax_attention(query, keys, values) for query in self.W_q(x)])


class Step(NamedTuple):
    """What one decoding step gives.

    Attributes:
        output: (batch, d)
        keys: The cache with the new position, (batch, n + 1, k)
        values: Likewise, (batch, n + 1, v)
    """

    output: Tensor
    keys: Tensor
    values: Tensor


class MultiQueryStep(nn.Module):
    """Multi-query attention, one new position against a cache; k = v = d / h."""

    def __init__(self, d: int, h: int) -> None:
        super().__init__()
        width = d // h
        self.W_q = nn.Parameter(torch.randn(h, d, width) / math.sqrt(d))
        self.W_k = nn.Parameter(torch.randn(d, width) / math.sqrt(d))
        self.W_v = nn.Parameter(torch.randn(d, width) / math.sqrt(d))
        self.W_o = nn.Parameter(torch.randn(h, d, width) / math.sqrt(d))

    def forward(self, x: Tensor, keys: Tensor, values: Tensor) -> Step:
        """One step.

        Args:
            x: The new position, (batch, d)
            keys: The cache, (batch, n, k)
            values: The cache, (batch, n, v)
        """
        query = torch.einsum("bd,hdk->bhk", x, self.W_q)
        key = torch.einsum("bd,dk->bk", x, self.W_k)
        value = torch.einsum("bd,dv->bv", x, self.W_v)
        keys = torch.cat([keys, key[:, None]], dim=1)
        values = torch.cat([values, value[:, None]], dim=1)
        scores = torch.einsum("bhk,bnk->bhn", query, keys) / math.sqrt(key.shape[-1])
        heads = torch.einsum("bhn,bnv->bhv", torch.softmax(scores, dim=-1), values)
        return Step(torch.einsum("bhv,hdv->bd", heads, self.W_o), keys, values)


def step_inputs(b: int, d: int, n: int, h: int) -> tuple[MultiQueryStep, Tensor, Tensor, Tensor]:
    """A step, the new position (b, d), and a cache of keys and values, (b, n, d / h) each."""
    width = d // h
    cache = torch.randn(b, n, width), torch.randn(b, n, width)
    return (MultiQueryStep(d, h), torch.randn(b, d), *cache)


def step_by_heads(step: MultiQueryStep, x: Tensor, keys: Tensor, values: Tensor) -> Tensor:
    """The same step written as loops over sequences and heads. Returns (batch, d)."""
    rows = []
    for one, old_keys, old_values in zip(x, keys, values, strict=True):
        mine = torch.vstack([old_keys, one @ step.W_k])
        theirs = torch.vstack([old_values, one @ step.W_v])
        total = torch.zeros_like(one)
        for W_q, W_o in zip(step.W_q, step.W_o, strict=True):
            scores = mine @ (one @ W_q) / math.sqrt(mine.shape[-1])
            total = total + W_o @ (torch.softmax(scores, dim=0) @ theirs)
        rows.append(total)
    return torch.stack(rows)


def causal_multi_query_attention(step: MultiQueryStep, x: Tensor) -> Tensor:
    """All positions at once, each looking at itself and what came before.

    Args:
        x: (batch, length, d)

    Returns: (batch, length, d)
    """
    query = torch.einsum("bnd,hdk->bhnk", x, step.W_q)
    keys, values = x @ step.W_k, x @ step.W_v
    scores = torch.einsum("bhnk,bmk->bhnm", query, keys) / math.sqrt(keys.shape[-1])
    future = torch.ones(x.shape[1], x.shape[1]).triu(1).bool()
    weights = torch.softmax(scores.masked_fill(future, -math.inf), dim=-1)
    heads = torch.einsum("bhnm,bmv->bhnv", weights, values)
    return torch.einsum("bhnv,hdv->bnd", heads, step.W_o)


def softmax_attention(Q: Tensor, K: Tensor, V: Tensor) -> Tensor:
    """One head, weights formed explicitly: Q, K (N, D), V (N, M) -> (N, M)."""
    return torch.softmax(Q @ K.T / math.sqrt(Q.shape[-1]), dim=-1) @ V


def similarity_attention(
    sim: Callable[[Tensor, Tensor], Tensor], Q: Tensor, K: Tensor, V: Tensor
) -> Tensor:
    """The defining double loop over i and j: Q, K (N, D), V (N, M) -> (N, M)."""
    rows = []
    for query in Q:
        weights = [sim(query, key) for key in K]
        mixed = sum(weight * value for weight, value in zip(weights, V, strict=True))
        rows.append(mixed / sum(weights))
    return torch.stack(rows)


def quadratic_kernel(q: Tensor, k: Tensor) -> Tensor:
    """The polynomial kernel of degree 2 and offset 1: (D,), (D,) -> ()"""
    return (q @ k + 1) ** 2


def features(rows: Tensor) -> Tensor:
    """The quadratic kernel's feature map of every row: (N, D) -> (N, 1 + D + D^2)"""
    ones = torch.ones(len(rows), 1, dtype=rows.dtype)
    pairs = (rows[:, :, None] * rows[:, None, :]).flatten(1)
    return torch.cat([ones, math.sqrt(2) * rows, pairs], dim=1)


def linear_attention(Q: Tensor, K: Tensor, V: Tensor) -> Tensor:
    """The quadratic kernel in factored form: Q, K (N, D), V (N, M) -> (N, M).

    Two sums over j, (F, M) and (F, 1), are shared by all i.
    """
    queries, keys = features(Q), features(K)
    with_values, without = keys.T @ V, keys.sum(dim=0)[:, None]
    return (queries @ with_values) / (queries @ without)
