# autograder: attention 1.0
r"""Attention: your answers.  Hand in this one file.

Fill every blank. A blank is four underscores; search for them: 32 to begin with,
none when you are done. Formulas go between the quotes, in any notation you like:
a^2 + b,  a**2 + b,  a² + b  and  \frac{a^3}{a} + b  are the same answer.
The rest of the file may stay as it is. Comments of your own are not read.

    python3 check.py answers.py         (on Windows:  py check.py answers.py)
        what is blank, and how every answer is read; with  -q q1a  one answer

The questions, nicely set: handout.html.  Lines that begin with # %% are cells.
"""

import math

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

# %% 1  Why dot products are scaled
# How large is a typical score? q and k are independent random vectors of length d with
# independent entries. Entry i of BOTH vectors is normal with mean mu_i and variance
# sigma^2.
# Symbols: mu (vector of length d), sigma (> 0), d.

# %% q1a  (formula, 1 point)
# Give the expected value of the dot product q^T k. Your answer must be a scalar
# expression in mu, sigma, d (not all need occur).
q1a = r"mu^T mu"

# %% q1b  (formula, 1 point)
# Now mu = 0 and sigma = 1. Give Var(q^T k) as an expression in d only.
# Symbols: d.
q1b = r"d"

# %% q1c  (formula, 1 point)
# Same case: mu = 0 and sigma = 1. The score is MULTIPLIED by a POSITIVE number s. Which
# s, as an expression in d, gives s q^T k variance exactly 1?
# Symbols: d.
q1c = r"1/sqrt(d)"

# %% q1d  (formula, 1 point)
# Back to general mu and sigma. Give Var(q^T k) as a scalar expression in mu, sigma, d.
q1d = r"d sigma^4 + 2 sigma^2 mu^T mu"

# %% 2  Hard attention
# The softmax is replaced by a winner who takes it all: weight 1 on the key with the
# largest dot product with the query, weight 0 on every other key. Among equal scores
# the key that comes FIRST wins.

# %% q2a  (list of numbers, 1 point)
# A worked example. The query is q = [1, 1, 2]; the keys are [1, 2, 0], [0, 3, 4],
# [5, 0, 0], [0, 0, 1]; the values are [2, 0, 1], [1, 4, 3], [0, -1, 4], [1, 0, -1], in
# the same order. Give the output as a list of three numbers.
q2a = r"[1, 4, 3]"

# %% q2b  (choice, 1 point)
# q, k, v are x W_q, x W_k, x W_v, and a smooth loss is applied to the output. Name
# every matrix among W_q, W_k, W_v whose gradient is non-zero for almost every setting
# of the weights, or write none.
q2b = r"W_v"

# %% q2c  (free text, 2 points)
# In two or three sentences: what does this mean for training such a layer, compared
# with softmax?
q2c = r"""The weights of hard attention are 0 or 1 and piecewise constant: a small change of W_q or
W_k almost never changes the winner, so they get no gradient and stay as they were drawn.
Only W_v is trained, through the value that is copied. A softmax weighs every key smoothly,
so that all three matrices learn. (At a tie the derivative does not exist.)"""


# %% q2d  (code, 2 points)
# Write argmax_attention(q, K, V): hard attention for one query, with torch tensors. On
# equal scores the first key wins. Do not change the arguments.
def argmax_attention(q, K, V):
    """Return the value that belongs to the winning key.

    q: (d,)   K: (n, d)   V: (n, v)   returns: (v,)
    """
    return V[torch.argmax(K @ q)]


# %% 3  Multi-head attention
# Fill the blanks so that the module is ordinary multi-head attention with d_model
# features in and out, for every d_model and num_heads that the assertion admits. Any
# Python expression that fits is accepted. Leave the rest as it is.


# %% q3  (blanks q3a to q3h, 1 point each)
class MultiHeadAttention(nn.Module):
    def __init__(self, d_model, num_heads):
        super().__init__()
        assert d_model % num_heads == 0
        self.d_model = d_model
        self.num_heads = num_heads
        self.d_k = d_model // num_heads
        self.W_q = nn.Linear(d_model, d_model)
        self.W_k = nn.Linear(d_model, d_model)  # q3a
        self.W_v = nn.Linear(d_model, d_model)  # q3b
        self.W_o = nn.Linear(d_model, d_model)  # q3c

    def scaled_dot_product_attention(self, Q, K, V):
        scores = torch.matmul(Q, K.transpose(-2, -1)) / math.sqrt(self.d_k)  # q3d
        probs = torch.softmax(scores, dim=-1)  # q3e
        output = torch.matmul(probs, V)  # q3f
        return output

    def split_heads(self, x):
        batch_size, seq_length, _ = x.size()
        return x.view(batch_size, seq_length, self.num_heads, self.d_k).transpose(1, 2)  # q3g

    def combine_heads(self, x):
        batch_size, _, seq_length, _ = x.size()
        return x.transpose(1, 2).contiguous().view(batch_size, seq_length, self.d_model)

    def forward(self, Q, K, V):
        Q = self.split_heads(self.W_q(Q))
        K = self.split_heads(self.W_k(K))
        V = self.split_heads(self.W_v(V))
        attn = self.scaled_dot_product_attention(Q, K, V)
        return self.W_o(self.combine_heads(attn))  # q3h


# %% q3i  (blank, 1 point)
# Wider values: W_v is replaced by nn.Linear(d_model, 2*d_model). split_heads now uses
# x.size(-1) // self.num_heads as the width of a head and combine_heads flattens all
# heads, so both cope with any width. Everything else stays as it is, the bias too, and
# the module must still return d_model features. Give the layer that W_o has to become,
# as Python for the right-hand side of self.W_o =.
q3i = r"nn.Linear(2*d_model, d_model)"

# %% 4  Multi-query attention, one decoding step
# Every head has its own query projection; all heads share ONE key and ONE value
# projection. One new position is processed for each of b sequences; keys and values of
# n earlier positions are cached. The input is x: [b, d]. There are h heads; q, k, v are
# the widths of one head's query, key and value, and q = k = v = d/h (h divides d, so
# 1 <= h <= d). The output projection is W_o: [h, d, v].
# Orders of growth must be TIGHT: Theta, even where you type O. Constant factors and
# lower-order terms do not matter. All sizes are integers >= 1 and grow independently,
# except for the relations stated here. A sum and a maximum of the same terms are the
# same answer.
# Symbols: b, d, n, h, q, k, v.

# %% q4a  (shape, 1 point)
# Give the shape of W_q, axes in the order (head, input feature, output feature).
q4a = r"[h, d, q]"

# %% q4b  (shape, 1 point)
# Give the shape of W_k, axes in the order (input feature, output feature).
q4b = r"[d, k]"

# %% q4c  (einsum equation, 1 point)
# Complete the equation: torch.einsum(q4c, x, W_q) has axes [b, h, q]. The operands stay
# in this order, the letters are free. You may also give the whole call.
q4c = r"bd,hdq->bhq"

# %% q4d  (einsum equation, 1 point)
# Likewise: torch.einsum(q4d, x, W_k) has axes [b, k].
q4d = r"bd,dk->bk"

# %% q4e  (einsum equation, 1 point)
# Likewise: torch.einsum(q4e, x, W_v) has axes [b, v].
q4e = r"bd,dv->bv"

# %% q4f  (order of growth, 1 point)
# Order of growth of the number of multiply-adds of the whole step (all projections
# including the output, scores against the cache, softmax, weighted sum), in b, d, n (h,
# k, q, v may be used).
q4f = r"b d^2 + b n d"

# %% q4g  (order of growth, 1 point)
# Order of growth of the number of array elements moved between main memory and the
# processor in the step. Count each of these once: the input x, all weight matrices, the
# cached keys and values of all n positions, the new key and value, the heads' outputs,
# the result. The scores and their softmax, [b, h, n], stay in fast memory and are NOT
# counted. In b, d, n, h (k, q, v may be used).
q4g = r"d^2 + b d + b n d/h"

# %% 5  Attention with a general similarity
# Q and K are N × D, V is N × M, and Q_i, K_j, V_j are their ROWS. With a similarity
# function sim(q, k) of two vectors, and j = 1, ..., N,
#     V'_i = (sum_j sim(Q_i, K_j) V_j) / (sum_j sim(Q_i, K_j))
# Orders of growth must be TIGHT: Theta, even where you type O. Constant factors and
# lower-order terms do not matter. All sizes are integers >= 1 and grow independently,
# except for the relations stated here. A sum and a maximum of the same terms are the
# same answer.
# Symbols: N, D, M.

# %% q5a  (condition, 1 point)
# Which condition on the values of sim, required of EVERY pair (q, k), is the weakest
# that makes the denominator a positive number for every N >= 1 and every Q and K? Write
# it as a relation such as sim(q,k) < 5.
# Symbols: sim (takes two vectors of length D, gives a number), q and k (vectors of
# length D), Q_i and K_j (rows of length D), D, N.
q5a = r"sim(q,k) > 0"

# %% q5b_i  (formula, 1 point)
# The polynomial kernel of degree p with offset c is (dot product + c) to the power p.
# Take degree 2 and offset 1 and no other factor. Write sim(q, k); write the dot product
# as q^T k, q.k or dot(q,k).
# Symbols: q and k (vectors of length D), D.
q5b_i = r"(q^T k + 1)^2"


# %% q5b_ii  (code, 2 points)
# Write a function phi(x) such that the dot product of phi(q) and phi(k) equals the
# similarity asked for in q5b_i, up to rounding, for all q and k. The order and number
# of features are up to you.
def phi(x):
    """Return the features of x.

    x: (D,), any D >= 1   returns: 1-D tensor, numpy array or list of numbers
    """
    return torch.cat([torch.ones(1), math.sqrt(2) * x, torch.outer(x, x).flatten()])


# %% q5b_iii  (matrix expression, 2 points)
# Now sim(q, k) is the dot product of phi(q) and phi(k), and phi maps a row to a ROW of
# F features. Rewrite V'_i with phi, with every transpose a row-vector convention needs;
# write sums over j as sum_j.
# Symbols: Q_i and K_j (rows of length D), V_j (row of length M), phi (takes a row of
# length D, gives a row of length F), D, N, M, F.
q5b_iii = r"(sum_j phi(Q_i) phi(K_j)^T V_j) / (sum_j phi(Q_i) phi(K_j)^T)"

# %% q5c_time  (order of growth, 1 point)
# Softmax attention is sim(q, k) = exp(q.k / sqrt(D)). Q, K, V are given; there is one
# head. The N × N weights are formed explicitly, and everything the backward pass needs
# is kept. Order of growth, for N, D, M of arbitrary relative size, of the number of
# multiply-adds for all V'_i.
q5c_time = r"N^2 max(D, M)"

# %% q5c_space  (order of growth, 1 point)
# The computation of q5c_time. Order of growth, for N, D, M of arbitrary relative size,
# of the number of array elements stored, inputs included.
q5c_space = r"max(N^2, N D, N M)"

# %% q5d_time  (order of growth, 1 point)
# Now sim is the quadratic kernel of q5b_i, evaluated through its explicit feature map
# in the factored form: the two sums over j, one with the values and one without, are
# computed once and shared by all i. Values are as wide as keys, M = D (if you write M,
# it counts as D). phi of every Q_i and every K_j is computed once, written to memory
# and kept for the backward pass, as are the two sums. Order of growth, for N and D of
# arbitrary relative size, of the number of multiply-adds for all V'_i.
q5d_time = r"N D^3"

# %% q5d_space  (order of growth, 1 point)
# The computation of q5d_time. Order of growth, for N and D of arbitrary relative size,
# of the number of array elements stored, inputs included.
q5d_space = r"max(N D^2, D^3)"
