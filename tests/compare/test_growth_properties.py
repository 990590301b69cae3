"""Orders of growth against curves: random pairs, each verdict checked by numbers.

The check is independent: it evaluates the typed tree in logarithms, at two scales.
"""

import math
from fractions import Fraction
from itertools import product
from typing import TypeAlias

from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.compare.growth import (
    GrowthDecision,
    SideCondition,
    Witness,
    decide_growth,
    growth_key,
    simplex,
)
from autograder.language.tree import (
    Add,
    Call,
    Divide,
    Multiply,
    Number,
    Power,
    Symbol,
    Tree,
)

N, M, D = (Symbol(name) for name in "nmd")
NAMES = ("n", "m", "d")
Curve: TypeAlias = dict[str, tuple[Fraction | int, Fraction | int]]
HALF = Number(Fraction(1, 2))
THREE = Number(Fraction(3))
CONDITIONS: dict[str, tuple[SideCondition, ...]] = {
    "none": (),
    "m <= n": (SideCondition(M, "<=", N),),
    "d = n/m": (SideCondition(D, "=", Divide(N, M)),),
    "m ~ n": (SideCondition(M, "~", N),),
    "n <= m^2": (SideCondition(N, "<=", Power(M, Number(Fraction(2)))),),
}
STEPS = ((0, 0), (1, 0), (2, 0), (0, 1), (1, 1), (1, -1), (3, 0))
SCALES = (1e5, 1e11)  # log t, far enough apart for a factor log log t to be seen
SAME = 1.5  # what a sum of a few terms can still move between the scales, in logarithms
APART = 0.2  # what an outgrowth moves at least


def sums(logarithms: bool) -> st.SearchStrategy[Tree]:
    """Small expressions: sums, maxima, minima, products, quotients and roots of monomials."""
    powers = [N, M, D, Power(N, Number(Fraction(2))), Power(M, HALF), Power(D, THREE)]
    logs: list[Tree] = [Call("log", (N,)), Call("log", (Add((N, M)),)), Call("log", (D,))]
    factor = st.sampled_from([*powers, *(logs if logarithms else [])])
    monomial = st.lists(factor, min_size=1, max_size=3).map(multiplied)
    pair = st.lists(monomial, min_size=2, max_size=3).map(tuple)
    return st.recursive(
        monomial | pair.map(Add),
        lambda inner: st.one_of(
            st.tuples(inner, inner).map(Add),
            st.tuples(inner, inner).map(lambda both: Call("max", both)),
            st.tuples(inner, inner).map(lambda both: Call("min", both)),
            st.tuples(inner, inner).map(lambda both: multiplied(list(both))),
            st.tuples(inner, monomial).map(lambda both: Divide(*both)),
            inner.map(lambda tree: Call("sqrt", (tree,))),
        ),
        max_leaves=4,
    )


def multiplied(factors: list[Tree]) -> Tree:
    if len(factors) == 1:
        return factors[0]
    return Multiply(tuple(factors), ("*",) * (len(factors) - 1))


def log_value(tree: Tree, logs: dict[str, float]) -> float:
    """The logarithm of the tree's value, from the logarithms of the sizes."""
    match tree:
        case Number(value):
            return math.log(value)
        case Symbol(name):
            return logs[name]
        case Add(terms):
            values = [log_value(term, logs) for term in terms]
            return max(values) + math.log(sum(math.exp(v - max(values)) for v in values))
        case Multiply(factors):
            return sum(log_value(factor, logs) for factor in factors)
        case Divide(over, under):
            return log_value(over, logs) - log_value(under, logs)
        case Power(base, Number(value)):
            return log_value(base, logs) * float(value)
        case Call("log", (of,)):
            return math.log(max(log_value(of, logs), 1.0))
        case Call("sqrt", (of,)):
            return log_value(of, logs) / 2
        case Call("max", parts):
            return max(log_value(part, logs) for part in parts)
        case Call("min", parts):
            return min(log_value(part, logs) for part in parts)
    raise ValueError(tree)


def movement(answer: Tree, key: Tree, curve: Curve, scales: tuple[float, float]) -> float:
    """How far log(answer/key) moves from one scale to the other along the curve."""
    found = []
    for scale in scales:
        logs = {
            x: max(1.0, float(u) * scale + float(v) * math.log(scale))
            for x, (u, v) in curve.items()
        }
        found.append(log_value(answer, logs) - log_value(key, logs))
    return found[1] - found[0]


def meets(curve: Curve, where: str) -> bool:
    """Whether the curve keeps the sizes above 1 and the condition."""
    n, m, d = (curve[name] for name in NAMES)
    if min(n, m, d) < (0, 0):
        return False
    match where:
        case "m <= n":
            return m <= n
        case "d = n/m":
            return d == (n[0] - m[0], n[1] - m[1])
        case "m ~ n":
            return m == n
        case "n <= m^2":
            return n <= (2 * m[0], 2 * m[1])
    return True


CURVES = {
    where: [
        curve
        for choice in product(STEPS, repeat=3)
        if meets(curve := dict(zip(NAMES, choice, strict=True)), where)
    ]
    for where in CONDITIONS
}


def shown(witness: Witness) -> Curve:
    zero = Fraction(0)
    return {x: (witness.powers.get(x, zero), witness.log_powers.get(x, zero)) for x in NAMES}


def check(decision: GrowthDecision, answer: Tree, key: Tree, where: str) -> None:
    """The verdict agrees with the numbers on every curve tried."""
    if decision.outcome == "equal":
        for curve in CURVES[where]:
            assert abs(movement(answer, key, curve, SCALES)) < SAME, curve
    for witness, sign in ((decision.too_big, 1), (decision.too_small, -1)):
        if witness is not None:
            curve = shown(witness)
            assert meets(curve, where)
            moved = [sign * movement(answer, key, curve, s) for s in (SCALES, (2e2, 1e14))]
            assert max(moved) > APART, curve


pairs = st.booleans().flatmap(lambda logs: st.tuples(sums(logs), sums(logs)))
wheres = st.sampled_from(sorted(CONDITIONS))


@settings(max_examples=60)
@given(pairs, wheres)
def test_verdict_agrees_with_curves(pair: tuple[Tree, Tree], where: str) -> None:
    """Unrelated pairs: what is equal stays equal, what is different parts on the witness."""
    answer, key = pair
    check(decide_growth(answer, key, NAMES, CONDITIONS[where]), answer, key, where)


@settings(max_examples=60)
@given(pairs, wheres)
def test_verdict_on_an_added_term_agrees_with_curves(pair: tuple[Tree, Tree], where: str) -> None:
    """Near misses: the key with something added."""
    more, key = pair
    answer = Add((key, more))
    decision = decide_growth(answer, key, NAMES, CONDITIONS[where])
    assert decision.too_small is None
    check(decision, answer, key, where)


@settings(max_examples=50)
@given(pairs, wheres)
def test_rewriting_changes_nothing(pair: tuple[Tree, Tree], where: str) -> None:
    """A maximum for a sum, factors, the other order: still right, with the same key."""
    left, right = pair
    conditions = CONDITIONS[where]
    total = Add((left, right))
    for other in (
        Call("max", (right, left)),
        Multiply((THREE, total), ("",)),
        Add((right, left, left)),
        Add((Call("max", pair), Call("min", pair))),
    ):
        decision = decide_growth(other, total, NAMES, conditions)
        assert decision.code in ("right", "undecided")


@settings(max_examples=50)
@given(pairs, wheres)
def test_mirrored_pairs_have_mirrored_codes(pair: tuple[Tree, Tree], where: str) -> None:
    """What is too big for the key finds the key too small."""
    answer, key = pair
    there = decide_growth(answer, key, NAMES, CONDITIONS[where])
    back = decide_growth(key, answer, NAMES, CONDITIONS[where])
    assert there.outcome == back.outcome
    assert (there.too_big is None) == (back.too_small is None)
    if growth_key(answer, NAMES, CONDITIONS[where]) == growth_key(key, NAMES, CONDITIONS[where]):
        assert there.outcome == "equal"


vectors = st.lists(st.tuples(*[st.integers(-4, 4)] * 3), min_size=1, max_size=5)


@settings(max_examples=200)
@given(vectors, vectors)
def test_simplex_finds_a_certificate(
    ours: list[tuple[int, ...]], rows: list[tuple[int, ...]]
) -> None:
    """Either weights or a direction, and small directions agree with the weights."""
    found = simplex.decide(ours, rows, 3, lambda steps: None)
    grid = [
        z
        for z in product(range(4), repeat=3)
        if all(sum(map(int.__mul__, row, z)) >= 0 for row in rows)
    ]
    if isinstance(found, simplex.Covered):
        for z in grid:
            assert any(sum(map(int.__mul__, vector, z)) >= 0 for vector in ours)
    else:
        assert all(sum(map(int.__mul__, vector, found.point)) < 0 for vector in ours)
