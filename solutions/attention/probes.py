"""Hidden inputs of the code questions, drawn anew from the course's secret, and what is right.

Every function is named after its question; `blank_runs` is for all blanks. Scores are kept
clearly apart or exactly equal, so that no right answer is ever decided by rounding.
Arrays are float32.
"""

from collections.abc import Iterator

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from autograder.author import Probe

Array = NDArray[np.float32]
# Source of a class whose public template shows less than it does: W_k would show another key.
filled = {
    "q3i": """
class WiderValues(nn.Module):
    def __init__(self, d_model, num_heads):
        super().__init__()
        assert d_model % num_heads == 0
        self.d_model = d_model
        self.num_heads = num_heads
        self.d_k = d_model // num_heads
        self.W_q = nn.Linear(d_model, d_model)
        self.W_k = nn.Linear(d_model, d_model)
        self.W_v = nn.Linear(d_model, 2 * d_model)
        self.W_o = nn.Linear(2 * d_model, d_model)
"""
}
GAP = 0.03  # of the largest score in size: far above float32 rounding, 6e-8


def blank_runs(rng: Generator) -> Iterator[tuple[dict[str, int], list[Array]]]:
    """Sizes for all blanks, more keys than queries; num_heads never equals d_k."""
    for d_model, num_heads in [(12, 3), (8, 2), (20, 4), (12, 6)]:
        lengths = (4, 7, 7)
        inputs = [rng.standard_normal((5, n, d_model)).astype(np.float32) for n in lengths]
        yield {"d_model": d_model, "num_heads": num_heads}, inputs


def q2d(rng: Generator) -> Iterator[Probe]:
    """One query against all keys."""
    for n, d, v in [(3, 5, 2), (6, 3, 4), (4, 4, 4), (1, 3, 2), (5, 2, 1), (7, 1, 3), (1, 1, 1)]:
        for _ in range(3):
            yield _winner(f"n = {n}, d = {d}, v = {v}", *_apart(rng, n, d), rng, v)
    for scale in (0.1, 8.0, 40.0):
        q, K = _apart(rng, 6, 4, least=1.0)
        yield _winner("scores from small to past exp's range", scale * q, scale * K, rng)
    q, K = _apart(rng, 5, 3)
    negative = K - 2 * _largest(q, K) * q / (q @ q)
    yield _winner("all scores negative", q, negative, rng)
    far = np.sqrt(120 / _largest(q, K))
    yield _winner("exp of every score is 0", far * q, far * negative, rng)
    yield _winner("one strongly negative score", q, _with_score(K, q, 3, -60.0), rng)
    yield _winner("the worst comes first", q, _with_score(K, q, 0, -60.0), rng)
    yield from _close(rng)
    yield from _directions(rng)
    yield from _ties(rng)
    yield from _digits(rng)


def q5b_ii(rng: Generator) -> Iterator[Probe]:
    """Dot products of features."""
    for size in (1, 2, 3, 5, 7):
        for _ in range(3):
            yield _kernel(f"D = {size}", _eighths(rng, size), _eighths(rng, size))
        zero = np.zeros(size, np.float32)
        yield _kernel("zero vector", zero, _eighths(rng, size))
        yield _kernel("zero vector", _eighths(rng, size), zero)
        yield _kernel("both zero", zero, zero)
        q = _eighths(rng, size)
        yield _kernel("the same vector", q, q)
        yield _kernel("opposite vectors", q, -q)
        yield _kernel("all entries negative", -np.abs(q), -np.abs(_eighths(rng, size)))
        yield _kernel("large", 16 * q, 16 * _eighths(rng, size))
        yield _kernel("small", q / 16, _eighths(rng, size) / 16)
    for size in (2, 3, 5):
        for i, j in [(0, 1), (size - 1, 0), (0, 0), (size - 1, size - 1)]:
            unit = np.eye(size, dtype=np.float32)
            yield _kernel("unit vectors", unit[i], unit[j])
        q = _eighths(rng, size)
        k = np.zeros(size, np.float32)
        k[0], k[1] = q[1], -q[0]
        yield _kernel("orthogonal, not on the axes", q, k)
    for size in (1, 3, 5):  # no multiples of anything, so that half precision shows
        q, k = rng.standard_normal((2, size)).astype(np.float32)
        yield _kernel("any numbers", q, k)


def _winner(name: str, q: Array, K: Array, rng: Generator, v: int = 3) -> Probe:
    """A call with random values, and the value of the first key with the largest score."""
    V = rng.uniform(-3, 3, (len(K), v)).astype(np.float32)
    q, K = q.astype(np.float32), K.astype(np.float32)
    scores = K.astype(np.float64) @ q.astype(np.float64)
    return Probe(((q, K, V),), V[int(np.argmax(scores))], name)


def _apart(rng: Generator, n: int, d: int, least: float = 0.3) -> tuple[Array, Array]:
    """A query and keys whose scores all differ clearly; the largest in size is `least` or more."""
    while True:
        q, K = rng.standard_normal(d), rng.standard_normal((n, d))
        scores = np.sort(K @ q)
        size = np.abs(scores).max()
        if size >= least and (np.diff(scores) >= GAP * size).all():
            return q.astype(np.float32), K.astype(np.float32)


def _largest(q: Array, K: Array) -> float:
    """The largest score in size."""
    return float(np.abs(K @ q).max())


def _with_score(K: Array, q: Array, at: int, score: float) -> Array:
    """The keys, but the one at a position has a given score."""
    changed = K.copy()
    changed[at] = score * q / (q @ q)
    return changed


def _close(rng: Generator) -> Iterator[Probe]:
    """Two best scores 1 or 2 % apart, in both orders: a softmax mixes their values."""
    for first, second in [(1.0, 0.98), (0.98, 1.0), (12.0, 12.2), (-1.0, -1.02), (-3.06, -3.0)]:
        q = np.array([2.0, 0.0, -1.0])
        K = rng.uniform(-1, 1, (4, 3))
        K -= np.outer(K @ q + 20.0, q) / (q @ q)  # the others have the score -20
        K[1] += (first + 20.0) * q / (q @ q)
        K[3] += (second + 20.0) * q / (q @ q)
        yield _winner("close scores", q, K, rng)


def _directions(rng: Generator) -> Iterator[Probe]:
    """Length counts; angle and distance don't decide."""
    u = np.array([1.0, 2.0, 2.0])
    across = np.array([2.0, -2.0, 1.0])
    yield _winner("a longer key in the same direction", u, np.stack([u, 3 * u, u / 2]), rng)
    yield _winner("the shorter key comes first", u, np.stack([u / 4, u / 2, u]), rng)
    yield _winner("the nearest key loses", u, np.stack([u, 2 * u + 6 * across]), rng)
    yield _winner("the longest key loses", u, np.stack([9 * across, u, -9 * u]), rng)
    yield _winner("a huge entry where the query is 0", u[1:] * [1, 0], np.eye(2) * [[3], [50]], rng)


def _ties(rng: Generator) -> Iterator[Probe]:
    """Exactly equal scores, also once q or K is scaled: the first of them wins.

    Each score is a single product, so that no order of adding can break a tie.
    """
    u, across = np.array([0.0, 2.0]), np.array([1.0, 0.0])
    yield _winner("two equal keys", u, np.stack([u, u]), rng)
    yield _winner("two equal keys", np.array([1.0, 0.0]), np.array([[1.0, 0.0], [1.0, 0.0]]), rng)
    yield _winner("equal keys behind a worse one", u, np.stack([-u, u, u]), rng)
    yield _winner("equal keys apart", u, np.stack([u, -u, u, across]), rng)
    yield _winner("three equal keys", u, np.stack([across, 3 * u, -u, 3 * u, 3 * u]), rng)
    yield _winner("different keys, equal scores", u, np.stack([u + across, u, u - across]), rng)
    yield _winner("equal keys lose", u, np.stack([u, u, 2 * u]), rng)
    yield _winner("all negative, equal", u, np.stack([-3 * u, -u, -u]), rng)
    yield _winner("a query of zeros", np.zeros(3), rng.standard_normal((5, 3)), rng)
    yield _winner("equal and large", 20 * u, np.stack([-u, 20 * u, 20 * u]), rng)
    for n in (17, 40, 300):
        keys = rng.integers(-2, 3, (n, 2)).astype(np.float32)
        keys[[n // 3, n // 2, n - 1]] = 3.0
        yield _winner("many ties", np.array([1.0, 1.0]), keys, rng)


def _digits(rng: Generator) -> Iterator[Probe]:
    """Scores that fewer digits or a smaller range than float32's would mix up.

    65504 is where half precision ends; bfloat16 has three digits. Nor may a search start from
    -1000.
    """
    u = np.array([1.0, 0.0])
    yield _winner("huge", u, 1e5 * np.array([[1.0, 3.0], [2.0, 0.0], [0.0, 1.0]]), rng)
    yield _winner("huge, negative", u, -1e5 * np.array([[2.0, 1.0], [1.0, 0.0], [3.0, 0.0]]), rng)
    yield _winner("a thousandth apart", u, np.array([[1.0, 3.0], [1.001, 0.0], [0.0, 1.0]]), rng)


def _kernel(name: str, q: Array, k: Array) -> Probe:
    """The similarity of two vectors, in units that no rounding of its terms exceeds."""
    exact_q, exact_k = q.astype(np.float64), k.astype(np.float64)
    unit = (np.abs(exact_q) @ np.abs(exact_k) + 1) ** 2

    def observe(results: "list[NDArray[np.float64]]") -> "NDArray[np.float64]":
        ours, theirs = (np.asarray(result, np.float64) for result in results)
        return np.asarray(ours @ theirs / unit)

    expected = np.asarray((exact_q @ exact_k + 1) ** 2 / unit)
    return Probe(((q,), (k,)), expected, name, observe=observe)


def _eighths(rng: Generator, size: int) -> Array:
    """Multiples of 1/8 from -2 to 2, none 0: exact in float32, and so are their products."""
    signs = rng.choice([-1.0, 1.0], size)
    return (signs * rng.integers(1, 17, size) / 8).astype(np.float32)
