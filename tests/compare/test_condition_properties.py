"""Unions of intervals, written in many ways, and sets of half-planes."""

from fractions import Fraction
from itertools import pairwise, product

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from autograder.compare.condition import ConditionDecision, decide_condition
from autograder.language.statements.conditions import read_condition
from compare.deciding import vocabulary

Interval = tuple[Fraction, Fraction, bool, bool]
HalfPlane = tuple[int, int, int, bool]
steady = settings(max_examples=100)

ends = st.integers(-24, 24).map(lambda n: Fraction(n, 3))
ways = st.lists(st.integers(0, 5), min_size=4, max_size=4)


@st.composite
def unions(draw: st.DrawFn) -> list[Interval]:
    """One to three intervals apart from each other."""
    numbers = sorted(draw(st.sets(ends, min_size=2, max_size=6)))
    pairs = zip(numbers[::2], numbers[1::2], strict=False)
    return [(low, high, draw(st.booleans()), draw(st.booleans())) for low, high in pairs]


def spelt(interval: Interval, way: int) -> str:
    low, high, left, right = interval
    below, above = ("<=" if left else "<"), ("<=" if right else "<")
    texts = [
        f"{low} {below} x {above} {high}",
        f"x in {'[' if left else '('}{low}, {high}{']' if right else ')'}",
        f"not (x {'<' if left else '<='} {low} or x {'>' if right else '>='} {high})",
    ]
    if left == right:
        texts += [
            f"|x - ({(low + high) / 2})| {below} {(high - low) / 2}",
            f"(x - ({low})) (x - ({high})) {below} 0",
        ]
    elif left:
        texts.append(f"(x - ({low}))/(({high}) - x) >= 0")
    return texts[way % len(texts)]


def union(intervals: list[Interval], spellings: list[int]) -> str:
    parts = [
        f"({spelt(interval, way)})" for interval, way in zip(intervals, spellings, strict=False)
    ]
    return " or ".join(parts)


def decided(answer: str, key: str, symbols: str = "x: real") -> ConditionDecision:
    known = vocabulary(symbols)
    trees = (read_condition(text, known).answer for text in (answer, key))
    return decide_condition(*trees, known)


@steady
@given(unions(), ways, ways)
def test_a_union_is_equal_to_itself_however_it_is_written(
    intervals: list[Interval], one: list[int], other: list[int]
) -> None:
    """In any order, with a proof."""
    assert decided(union(intervals, one), union(intervals[::-1], other)).outcome == "proved"


@steady
@given(unions(), ways, ways, st.integers(0, 2), st.booleans())
def test_an_end_that_belongs_to_one_set_only_is_seen(
    intervals: list[Interval], one: list[int], other: list[int], which: int, left: bool
) -> None:
    """It alone tells the two apart."""
    at = which % len(intervals)
    low, high, *closed = intervals[at]
    closed[not left] = not closed[not left]
    changed = [*intervals[:at], (low, high, *closed), *intervals[at + 1 :]]
    assert decided(union(changed, one), union(intervals, other)).code == "strictness"  # type: ignore[arg-type]


@steady
@given(unions(), ways, ways, st.integers(1, 12))
def test_an_end_that_is_moved_a_little_is_seen(
    intervals: list[Interval], one: list[int], other: list[int], digits: int
) -> None:
    """By a billionth as well."""
    low, high, left, right = intervals[-1]
    moved = [*intervals[:-1], (low, high + Fraction(1, 10**digits), left, right)]
    found = decided(union(moved, one), union(intervals, other))
    assert (found.outcome, found.code) == ("differs", "too_loose")


def inside(interval: Interval, value: Fraction) -> bool:
    low, high, left, right = interval
    return low < value < high or (left and value == low) or (right and value == high)


@steady
@given(unions(), unions(), ways, ways)
def test_unions_are_told_apart_as_sets(
    first: list[Interval], second: list[Interval], one: list[int], other: list[int]
) -> None:
    """Every end and a number between all ends say what is expected."""
    marks = sorted({end for interval in first + second for end in interval[:2]})
    values = [marks[0] - 1, *marks, *((a + b) / 2 for a, b in pairwise(marks)), marks[-1] + 1]
    extra, missing = (
        any(
            any(inside(i, value) for i in mine) and not any(inside(i, value) for i in theirs)
            for value in values
        )
        for mine, theirs in ((first, second), (second, first))
    )
    found = decided(union(first, one), union(second, other))
    assert found.equal is not (extra or missing)
    if found.code in ("too_loose", "too_strict"):
        assert (extra, missing) == (found.code == "too_loose", found.code == "too_strict")


small = st.integers(-3, 3)
half_planes = st.lists(st.tuples(small, small, small, st.booleans()), min_size=1, max_size=3)


def sides(plane: HalfPlane, times: int) -> str:
    a, b, c, strict = plane
    sign = (">" if strict else ">=") if times > 0 else ("<" if strict else "<=")
    return f"({times * a}) x + ({times * b}) y {sign} {-times * c}"


@steady
@given(half_planes, half_planes, st.sampled_from([" and ", " or "]), st.sampled_from([-2, 1, 3]))
def test_half_planes_are_told_apart_as_sets(
    first: list[HalfPlane], second: list[HalfPlane], joined: str, times: int
) -> None:
    """Equal sets have no point of a grid in only one; different sets have the evidence in one."""
    one = joined.join(sides(plane, times) for plane in first)
    other = joined.join(sides(plane, 1) for plane in second)
    combine = all if joined == " and " else any

    def holds(planes: list[HalfPlane], x: Fraction, y: Fraction) -> bool:
        values = ((a * x + b * y + c, strict) for a, b, c, strict in planes)
        return combine(value > 0 or (value == 0 and not strict) for value, strict in values)

    found = decided(one, other, "x, y: real")
    assert decided(one, joined.join(sides(p, 1) for p in first[::-1]), "x, y: real").equal
    assume(found.outcome != "undecided")
    if found.equal:
        grid = [Fraction(n, 2) for n in range(-8, 9)]
        assert all(holds(first, *at) == holds(second, *at) for at in product(grid, grid))
    elif not any("." in value for value in found.at.values()):
        x, y = (Fraction(found.at.get(name, "0")) for name in "xy")
        assert holds(first, x, y) != holds(second, x, y)
