"""Real roots of polynomials with whole coefficients, each alone in its interval.

A polynomial in one name is a list of whole numbers, the constant first. Roots are found by
Sturm's theorem, so that none is missed; https://en.wikipedia.org/wiki/Sturm%27s_theorem.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from math import gcd, isqrt
from typing import NamedTuple, TypeAlias

from autograder.compare.condition.polynomials import TooMuch

Line: TypeAlias = list[int]

MOST_DEGREE = 24  # of all polynomials together; Sturm's chain grows with its square
MOST_BITS = 20_000  # of a coefficient in the chain
MOST_HALVINGS = 400
WIDTH = Fraction(1, 1 << 40)  # of an interval around an irrational root, as it is shown


class Root(NamedTuple):
    """A root strictly between two numbers that are none, or exactly at one when they agree."""

    low: Fraction
    high: Fraction

    @property
    def exact(self) -> bool:
        return self.low == self.high


def sign_at(line: Sequence[int], at: Fraction) -> int:
    """The sign at a number."""
    over, under = at.numerator, at.denominator
    total, scale = 0, 1
    for coefficient in reversed(line):
        total = total * over + coefficient * scale
        scale *= under
    return (total > 0) - (total < 0)


def squarefree(line: Line) -> Line:
    """The polynomial with each of its roots once."""
    if len(line) < 3:
        return line
    common = _common(line, _derivative(line))
    return line if len(common) == 1 else _quotient(line, common)


def all_roots(lines: Sequence[Line]) -> list[Root]:
    """The real roots of square-free polynomials together, in order, each once.

    Errors: TooMuch.
    """
    exact: set[Fraction] = set()
    rest: Line = [1]
    for line in lines:
        if len(line) == 2:
            exact.add(Fraction(-line[0], line[1]))
        elif len(line) == 3 and (found := _quadratic(line)) is not None:
            exact |= found
        elif len(line) > 2:
            rest = _product(rest, _quotient(line, _common(rest, line)))
            if len(rest) > MOST_DEGREE + 1:
                raise TooMuch
    for root in exact:
        if sign_at(rest, root) == 0:
            rest = _quotient(rest, [-root.numerator, root.denominator])
    found, isolated = _isolated(rest)
    exact |= found
    roots = [Root(root, root) for root in exact]
    for alone in isolated:
        while any(alone.low <= other <= alone.high for other in exact):
            alone = _halved(rest, alone)
        roots.append(alone)
    return sorted(roots)


def simplest(low: Fraction, high: Fraction) -> Fraction:
    """The number with the smallest denominator strictly between two numbers."""
    whole = low.numerator // low.denominator
    if whole + 1 < high:
        candidates = [Fraction(n) for n in (0, whole + 1) if low < n < high]
        return candidates[0]
    if low == whole:
        return whole + Fraction(1, int(1 / (high - whole)) + 1)
    return whole + 1 / simplest(1 / (high - whole), 1 / (low - whole))


def _quadratic(line: Line) -> set[Fraction] | None:
    """The rational roots of a quadratic polynomial; None when they are irrational."""
    c, b, a = line
    square = b * b - 4 * a * c
    if square < 0:
        return set()
    root = isqrt(square)
    if root * root != square:
        return None
    return {Fraction(-b - root, 2 * a), Fraction(-b + root, 2 * a)}


def _isolated(line: Line) -> tuple[set[Fraction], list[Root]]:
    exact: set[Fraction] = set()
    while True:
        if len(line) == 1:
            return exact, []
        hit, roots = _bisected(line)
        if hit is None:
            break
        exact.add(hit)
        line = _quotient(line, [-hit.numerator, hit.denominator])
    kept = []
    for root in roots:
        root = _narrowed(line, root, Fraction(1, 1 << 16))
        if not root.exact:
            guess = simplest(root.low, root.high)
            root = Root(guess, guess) if sign_at(line, guess) == 0 else root
        root = _narrowed(line, root, WIDTH)
        if root.exact:
            exact.add(root.low)
        else:
            kept.append(root)
    return exact, kept


def _bisected(line: Line) -> tuple[Fraction | None, list[Root]]:
    """Intervals with one root each, or a root that was met on the way."""
    chain = _chain(line)
    bound = Fraction(1 << (max(map(abs, line)).bit_length() - abs(line[-1]).bit_length() + 3))
    waiting = [(-bound, bound, _changes(chain, -bound), _changes(chain, bound))]
    found: list[Root] = []
    for _ in range(MOST_HALVINGS):
        if not waiting:
            return None, found
        low, high, before, behind = waiting.pop()
        if before - behind < 2:
            found += [Root(low, high)] * (before - behind)
            continue
        middle = (low + high) / 2
        if sign_at(line, middle) == 0:
            return middle, []
        between = _changes(chain, middle)
        waiting += [(low, middle, before, between), (middle, high, between, behind)]
    raise TooMuch


def _narrowed(line: Line, root: Root, width: Fraction) -> Root:
    while root.high - root.low > width:
        root = _halved(line, root)
    return root


def _halved(line: Line, root: Root) -> Root:
    middle = (root.low + root.high) / 2
    sign = sign_at(line, middle)
    if sign == 0:
        return Root(middle, middle)
    return Root(middle, root.high) if sign == sign_at(line, root.low) else Root(root.low, middle)


def _chain(line: Line) -> list[Line]:
    chain = [line, _derivative(line)]
    while len(chain[-1]) > 1:
        rest = _remainder(chain[-2], chain[-1])
        if rest == [0]:
            break
        chain.append([-c for c in rest])
    return chain


def _changes(chain: list[Line], at: Fraction) -> int:
    signs = [sign for line in chain if (sign := sign_at(line, at))]
    return sum(a != b for a, b in pairwise(signs))


def _derivative(line: Line) -> Line:
    return _plain([degree * c for degree, c in enumerate(line)][1:] or [0])


def _remainder(over: Line, under: Line) -> Line:
    """A positive multiple of the remainder."""
    rest, lead = list(over), under[-1]
    while len(rest) >= len(under) and rest != [0]:
        top, shift = rest[-1], len(rest) - len(under)
        top = top if lead > 0 else -top
        rest = [abs(lead) * c for c in rest]
        for at, c in enumerate(under):
            rest[at + shift] -= top * c
        rest = _trimmed(rest)
    return _plain(rest)


def _common(left: Line, right: Line) -> Line:
    while right != [0]:
        left, right = right, _remainder(left, right)
    return [1] if len(left) == 1 else left


def _quotient(over: Line, under: Line) -> Line:
    """An exact quotient, with a positive factor of its own."""
    rest, result = [Fraction(c) for c in over], [Fraction(0)] * (len(over) - len(under) + 1)
    for at in range(len(result) - 1, -1, -1):
        result[at] = rest[at + len(under) - 1] / under[-1]
        for offset, c in enumerate(under):
            rest[at + offset] -= result[at] * c
    common = 1
    for value in result:
        common = common * value.denominator // gcd(common, value.denominator)
    return _plain([int(value * common) for value in result])


def _product(left: Line, right: Line) -> Line:
    result = [0] * (len(left) + len(right) - 1)
    for at, a in enumerate(left):
        for offset, b in enumerate(right):
            result[at + offset] += a * b
    return result


def _trimmed(line: Line) -> Line:
    while len(line) > 1 and line[-1] == 0:
        line.pop()
    return line


def _plain(line: Line) -> Line:
    """Without a common positive factor."""
    line = _trimmed(line)
    factor = gcd(*line)
    if factor.bit_length() and max(map(abs, line)).bit_length() > MOST_BITS:
        raise TooMuch
    return [c // factor for c in line] if factor > 1 else line
