"""Attention. Public: students may read every word. Keys live in solutions/.

What stands between single back-ticks is mathematics, between double ones code.
`answers.py`, `answers.ipynb`, `handout.html` and `README.md` are made from this file and
`multi_head.py`.
"""

from autograder.author import (
    Assignment,
    Problem,
    blank,
    choice,
    closed_form,
    condition,
    einsum,
    example,
    free_response,
    function,
    growth,
    matrix_expression,
    shape,
    statement,
    values,
)

TIGHT = """
    Orders of growth must be **tight**: Theta, even where you type O. Constant factors and
    lower-order terms do not matter. All sizes are integers `>= 1` and grow independently,
    except for the relations stated here. A sum and a maximum of the same terms are the
    same answer."""

scaled = Problem(
    "Why dot products are scaled",
    """
    How large is a typical score? `q` and `k` are independent random vectors of length `d`
    with independent entries. Entry `i` of **both** vectors is normal with mean `mu_i` and
    variance `sigma^2`.
    """,
    symbols="mu: vector(d), sigma: positive, d: size",
    q1a=closed_form("""
        Give the expected value of the dot product `q^T k`. Your answer must be a scalar
        expression in `mu`, `sigma`, `d` (not all need occur).
        """),
    q1b=closed_form(
        "Now `mu = 0` and `sigma = 1`. Give `Var(q^T k)` as an expression in `d` only.",
        symbols="d: size",
    ),
    q1c=closed_form(
        """
        Same case: `mu = 0` and `sigma = 1`. The score is **multiplied** by a **positive**
        number `s`. Which `s`, as an expression in `d`, gives `s q^T k` variance exactly 1?
        """,
        symbols="d: size",
    ),
    q1d=closed_form("""
        Back to general `mu` and `sigma`. Give `Var(q^T k)` as a scalar expression in
        `mu`, `sigma`, `d`.
        """),
)

hard = Problem(
    "Hard attention",
    """
    The softmax is replaced by a winner who takes it all: weight 1 on the key with the
    largest dot product with the query, weight 0 on every other key. Among equal scores the
    key that comes **first** wins.
    """,
    q2a=values("""
        A worked example. The query is `q = [1, 1, 2]`; the keys are `[1, 2, 0]`,
        `[0, 3, 4]`, `[5, 0, 0]`, `[0, 0, 1]`; the values are `[2, 0, 1]`, `[1, 4, 3]`,
        `[0, -1, 4]`, `[1, 0, -1]`, in the same order. Give the output as a list of three
        numbers.
        """),
    q2b=choice(
        """
        `q`, `k`, `v` are `x W_q`, `x W_k`, `x W_v`, and a smooth loss is applied to the
        output. Name every matrix among `W_q`, `W_k`, `W_v` whose gradient is non-zero for
        almost every setting of the weights, or write ``none``.
        """,
        options="W_q, W_k, W_v",
    ),
    q2c=free_response(
        """
        In two or three sentences: what does this mean for training such a layer, compared
        with softmax?
        """,
        points=2,
        rubric="""
        1 point: what reaches each of the three matrices, and why.
        1 point: how softmax differs.
        """,
    ),
    q2d=function(
        """
        Write ``argmax_attention(q, K, V)``: hard attention for one query, with torch
        tensors. On equal scores the first key wins. Do not change the arguments.
        """,
        '''
        def argmax_attention(q, K, V):
            """Return the value that belongs to the winning key.

            q: (d,)   K: (n, d)   V: (n, v)   returns: (v,)
            """
            return ____
        ''',
        returns_ndim=1,
        examples=[
            example(
                "argmax_attention(q, K, V)",
                q=[1, 0, 2],
                K=[[0, 1, 0], [1, 1, 1], [0, 2, 0], [1, 0, 0]],
                V=[[1, 2], [3, 4], [5, 6], [7, 8]],
                returns=[3, 4],
            ),
            example(
                "argmax_attention(q, K, V)",
                q=[1, 1],
                K=[[0, 1], [2, 0], [1, 1]],
                V=[[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]],
                returns=[5, 6, 7, 8],
            ),
        ],
        points=2,
    ),
)

multi_head = Problem(
    "Multi-head attention",
    """
    Fill the blanks so that the module is ordinary multi-head attention with ``d_model``
    features in and out, for every ``d_model`` and ``num_heads`` that the assertion admits.
    Any Python expression that fits is accepted. Leave the rest as it is.
    """,
    code="multi_head.py",
    examples=[
        example(
            f"MultiHeadAttention({d_model}, {num_heads})(Q, K, V)",
            Q=(5, 4, d_model),
            K=(5, 7, d_model),
            V=(5, 7, d_model),
            shape=(5, 4, d_model),
        )
        for d_model, num_heads in [(12, 3), (8, 2)]
    ],
    q3a=blank(),
    q3b=blank(),
    q3c=blank(),
    q3d=blank(),
    q3e=blank(),
    q3f=blank(),
    q3g=blank(),
    q3h=blank(),
    q3i=statement(
        """
        Wider values: ``W_v`` is replaced by ``nn.Linear(d_model, 2*d_model)``.
        ``split_heads`` now uses ``x.size(-1) // self.num_heads`` as the width of a head and
        ``combine_heads`` flattens all heads, so both cope with any width. Everything else
        stays as it is, the bias too, and the module must still return ``d_model`` features.
        Give the layer that ``W_o`` has to become, as Python for the right-hand side of
        ``self.W_o =``.
        """,
        """
        class WiderValues(nn.Module):
            def __init__(self, d_model, num_heads):
                super().__init__()
                assert d_model % num_heads == 0
                self.d_model = d_model
                self.num_heads = num_heads
                self.d_k = d_model // num_heads
                self.W_q = nn.Linear(d_model, d_model)
                self.W_v = nn.Linear(d_model, 2 * d_model)
                self.W_o = ____
        """,
    ),
)

decoding = Problem(
    "Multi-query attention, one decoding step",
    f"""
    Every head has its own query projection; all heads share **one** key and **one** value
    projection. One new position is processed for each of `b` sequences; keys and values of
    `n` earlier positions are cached. The input is `x: [b, d]`. There are `h` heads; `q`,
    `k`, `v` are the widths of one head's query, key and value, and `q = k = v = d/h`
    (`h` divides `d`, so `1 <= h <= d`). The output projection is `W_o: [h, d, v]`.
    {TIGHT}
    """,
    symbols="b, d, n, h, q, k, v: size",
    where="q = k = v = d/h, h <= d",
    q4a=shape("""
        Give the shape of `W_q`, axes in the order (head, input feature, output feature).
        """),
    q4b=shape("Give the shape of `W_k`, axes in the order (input feature, output feature)."),
    q4c=einsum(
        """
        Complete the equation: ``torch.einsum(q4c, x, W_q)`` has axes `[b, h, q]`. The
        operands stay in this order, the letters are free. You may also give the whole call.
        """,
        operands="x, W_q",
    ),
    q4d=einsum("Likewise: ``torch.einsum(q4d, x, W_k)`` has axes `[b, k]`.", operands="x, W_k"),
    q4e=einsum("Likewise: ``torch.einsum(q4e, x, W_v)`` has axes `[b, v]`.", operands="x, W_v"),
    q4f=growth("""
        Order of growth of the number of multiply-adds of the whole step (all projections
        including the output, scores against the cache, softmax, weighted sum), in `b`, `d`,
        `n` (`h`, `k`, `q`, `v` may be used).
        """),
    q4g=growth("""
        Order of growth of the number of array elements moved between main memory and the
        processor in the step. Count each of these once: the input `x`, all weight matrices,
        the cached keys and values of all `n` positions, the new key and value, the heads'
        outputs, the result. The scores and their softmax, `[b, h, n]`, stay in fast memory
        and are **not** counted. In `b`, `d`, `n`, `h` (`k`, `q`, `v` may be used).
        """),
)

similarity = Problem(
    "Attention with a general similarity",
    f"""
    `Q` and `K` are `N × D`, `V` is `N × M`, and `Q_i`, `K_j`, `V_j` are their **rows**.
    With a similarity function `sim(q, k)` of two vectors, and `j = 1, ..., N`,

    `V'_i = (sum_j sim(Q_i, K_j) V_j) / (sum_j sim(Q_i, K_j))`
    {TIGHT}
    """,
    symbols="N, D, M: size",
    q5a=condition(
        """
        Which condition on the values of `sim`, required of **every** pair `(q, k)`, is the
        weakest that makes the denominator a positive number for every `N >= 1` and every
        `Q` and `K`? Write it as a relation such as ``sim(q,k) < 5``.
        """,
        symbols="sim: (vector(D), vector(D)) -> real, q, k: vector(D), Q_i, K_j: row(D) over N",
    ),
    q5b_i=closed_form(
        """
        The polynomial kernel of degree `p` with offset `c` is (dot product + `c`) to the
        power `p`. Take degree 2 and offset 1 and no other factor. Write `sim(q, k)`; write
        the dot product as ``q^T k``, ``q.k`` or ``dot(q,k)``.
        """,
        symbols="q, k: vector(D)",
    ),
    q5b_ii=function(
        """
        Write a function ``phi(x)`` such that the dot product of ``phi(q)`` and ``phi(k)``
        equals the similarity asked for in q5b_i, up to rounding, for all `q` and `k`. The
        order and number of features are up to you.
        """,
        '''
        def phi(x):
            """Return the features of x.

            x: (D,), any D >= 1   returns: 1-D tensor, numpy array or list of numbers
            """
            return ____
        ''',
        returns_ndim=1,
        examples=[
            *[example("phi(x)", x=(D,)) for D in (1, 2, 5)],
            example("phi(q) @ phi(k)", q=[1, 2], k=[3, -1], equals="q5b_i"),
            example("phi(q) @ phi(k)", q=[1, 0, 2], k=[-1, 3, 0.5], equals="q5b_i"),
        ],
        points=2,
    ),
    q5b_iii=matrix_expression(
        """
        Now `sim(q, k)` is the dot product of `phi(q)` and `phi(k)`, and `phi` maps a row to
        a **row** of `F` features. Rewrite `V'_i` with `phi`, with every transpose a
        row-vector convention needs; write sums over `j` as ``sum_j``.
        """,
        symbols="Q_i, K_j: row(D) over N, V_j: row(M) over N, phi: row(D) -> row(F)",
        points=2,
    ),
    q5c_time=growth("""
        Softmax attention is `sim(q, k) = exp(q.k / sqrt(D))`. `Q`, `K`, `V` are given; there
        is one head. The `N × N` weights are formed explicitly, and everything the backward
        pass needs is kept. Order of growth, for `N`, `D`, `M` of arbitrary relative size, of
        the number of multiply-adds for all `V'_i`.
        """),
    q5c_space=growth("""
        The computation of q5c_time. Order of growth, for `N`, `D`, `M` of arbitrary relative
        size, of the number of array elements stored, inputs included.
        """),
    q5d_time=growth(
        """
        Now `sim` is the quadratic kernel of q5b_i, evaluated through its explicit feature map
        in the factored form: the two sums over `j`, one with the values and one without, are
        computed once and shared by all `i`. Values are as wide as keys, `M = D` (if you write
        `M`, it counts as `D`). `phi` of every `Q_i` and every `K_j` is computed once, written
        to memory and kept for the backward pass, as are the two sums. Order of growth, for
        `N` and `D` of arbitrary relative size, of the number of multiply-adds for all `V'_i`.
        """,
        where="M = D",
    ),
    q5d_space=growth(
        """
        The computation of q5d_time. Order of growth, for `N` and `D` of arbitrary relative
        size, of the number of array elements stored, inputs included.
        """,
        where="M = D",
    ),
)

assignment = Assignment(
    "Attention",
    [scaled, hard, multi_head, decoding, similarity],
    intro="""
    Attention asks a question, compares it with every key, and answers with a mixture of
    values. Five problems take that sentence apart: why the scores are scaled, what the
    softmax is good for, where the heads part and meet again, what one step of decoding
    costs, and how far a kernel carries.
    """,
    feedback="hints; full after due",
)
