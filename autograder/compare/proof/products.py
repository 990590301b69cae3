"""Which arguments of logarithms are products of others: x^2 - 1 of x - 1 and x + 1.

Found at a random point, checked at others and again wherever it is used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import combinations
from typing import TypeAlias

from autograder.compare.proof.fields import Field
from autograder.compare.proof.graph import Graph, Known, Node
from autograder.compare.proof.point import Dropped, Point, Rule
from autograder.compare.proof.powers import exponential

POWERS = (1, -1, 2, -2)
PRIMES = (2, 3)
MOST_LOGS = 6
MOST_FACTORS = 8
TRIES = 60
WITH_SIGNS = 8  # points, where there are signs

Seen: TypeAlias = tuple[Field, dict[int, int]]
Draw: TypeAlias = Callable[[int], tuple[Point, Field]]


def rules(graph: Graph, sides: tuple[int, int], draw: Draw) -> dict[int, Rule]:
    """For logarithms that are sums of others: of which.

    Args:
        sides: The two nodes whose equality is asked.
        draw: Makes the point of a turn, with the field to evaluate in.
    """
    used = graph.below(sides)
    logs = [at for at in used if graph.nodes[at].name == "log" and _free(graph, at)]
    if not logs or len(logs) > MOST_LOGS:
        return {}
    factors = [*_shift(graph, sides), *_factors(graph, used)][:MOST_FACTORS]
    arguments = [graph.nodes[at].of[0] for at in logs]
    found: dict[int, Rule] = {}
    seen = _points(graph, [*(factor for factor, _ in factors), *arguments], draw)
    if not seen:
        return {}
    for at, argument in zip(logs, arguments, strict=True):
        candidates = _candidates(argument, factors, seen[0])
        rule = next((r for r in candidates if _fits(argument, r, seen[1:])), None)
        if rule is None:
            factors.append((argument, at))
        else:
            found[at] = rule
    return found


def _free(graph: Graph, at: int) -> bool:
    """Whether the logarithm is one of a sum."""
    return graph.nodes[graph.nodes[at].of[0]].name not in ("number", "positive", "pi", "symbol")


def _factors(graph: Graph, used: list[int]) -> Iterator[tuple[int, int]]:
    """Positive things with the nodes of their logarithms."""
    for at in used:
        node = graph.nodes[at]
        if node.name == "exp":
            yield at, node.of[0]
        elif node.name in ("positive", "symbol", "pi"):
            yield at, graph.node(Node("log", (at,)), Known(degree=1.0))
    for prime in PRIMES:
        at = graph.number(Fraction(prime))
        yield at, graph.node(Node("log", (at,)), Known(degree=1.0))


def _shift(graph: Graph, sides: tuple[int, int]) -> list[tuple[int, int]]:
    """exp(m) where one side is m more than the other but for logarithms."""
    apart = [term for term in graph.terms(sides[0]) if _is_plain(graph, term)]
    apart += [graph.scaled(-1, term) for term in graph.terms(sides[1]) if _is_plain(graph, term)]
    gap = graph.add(apart)
    shift = exponential(graph, gap)
    return [(shift, gap)] if graph.nodes[shift].name == "exp" else []


def _is_plain(graph: Graph, term: int) -> bool:
    return graph.value(term) is None and not any(
        graph.nodes[at].name in ("log", "loose") for at in graph.below((term,))
    )


def _points(graph: Graph, nodes: list[int], draw: Draw) -> list[Seen]:
    """Values at two points, and at more where there are signs; none where they aren't found."""
    found: list[Seen] = []
    wanted = 2
    for turn in range(TRIES):
        point, where = draw(turn)
        try:
            values = {at: point.value(at, where) for at in nodes}
        except Dropped:
            continue
        if point.signs:
            wanted = WITH_SIGNS
        real = {at: value for at, value in values.items() if isinstance(value, int) and value}
        if len(real) == len(values):
            found.append((where, real))
        if len(found) == wanted:
            return found
    return []


def _candidates(argument: int, factors: list[tuple[int, int]], seen: Seen) -> Iterator[Rule]:
    """The argument as a product of up to three powers of factors at one point."""
    where, values = seen
    p = where.prime
    single: dict[int, list[tuple[int, int, int]]] = {}
    inverse: dict[tuple[int, int, int], int] = {}
    for factor, logarithm in factors:
        for count in POWERS:
            term = (factor, logarithm, count)
            single.setdefault(pow(values[factor], count, p), []).append(term)
            inverse[term] = pow(values[factor], -count, p)
    targets: list[tuple[int, Rule]] = [(values[argument], ())]
    targets += [(values[argument] * value % p, (term,)) for term, value in inverse.items()]
    for (one, first), (other, second) in combinations(inverse.items(), 2):
        if one[0] != other[0]:
            targets.append((values[argument] * first % p * second % p, (one, other)))
    for target, terms in targets:
        for sign in (target, p - target):
            for last in single.get(sign, ()):
                yield (*terms, last)


def _fits(argument: int, rule: Rule, seen: list[Seen]) -> bool:
    for where, values in seen:
        result = 1
        for factor, _, count in rule:
            result = result * pow(values[factor], count, where.prime) % where.prime
        if result not in (values[argument], where.prime - values[argument]):
            return False
    return True
