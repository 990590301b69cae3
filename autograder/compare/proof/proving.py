"""The proof itself: points until they are enough, or one where the sides differ."""

from __future__ import annotations

import hashlib
from itertools import islice
from math import ceil, log2
from random import Random

from autograder.compare.proof.build import Builder
from autograder.compare.proof.fields import BITS, ORDERS, Field, chain
from autograder.compare.proof.graph import Graph, Outside
from autograder.compare.proof.point import DRAW, Denied, Dropped, Point, Rule
from autograder.compare.proof.products import rules
from autograder.compare.proof.signs import Patterns, hidden_signs, positive_sums
from autograder.errors import Unreadable
from autograder.language.shapes import ShapeFault
from autograder.language.tree import Tree, walk
from autograder.language.vocabulary import Vocabulary

MAX_TREE = 700  # nodes of both trees
STEPS = 9_000  # microseconds or so, see COSTS
SECURITY = 50  # bits: a false proof by an accidental zero has a probability of 2^-50
MAX_DEGREE = 58  # bits
MOST_POINTS = 1_500
FEWEST = 2
MOST_UNREAL = 12  # points before the first where both sides are real
MOST_LOST = 60  # points in a row that come to nothing


def proves_equal(left: Tree, right: Tree, vocabulary: Vocabulary) -> bool:
    """True when two scalars are shown equal; False says nothing."""
    if left == right:
        return True
    if sum(1 for tree in (left, right) for _ in islice(walk(tree), MAX_TREE)) >= MAX_TREE:
        return False
    builder = Builder(vocabulary)
    try:
        sides = builder.scalar(left), builder.scalar(right)
        return sides[0] == sides[1] or _Proof(builder.graph, *sides).holds()
    except (Outside, ShapeFault, Unreadable, ArithmeticError, RecursionError):
        return False


class _Proof:
    """The points of one proof."""

    def __init__(self, graph: Graph, left: int, right: int) -> None:
        self.graph, self.left, self.right = graph, left, right
        self.used = graph.below((left, right))
        self.linked = any(node.name in ("exp", "log") for node in graph.nodes)
        self.watched = [(at, 0) for at in positive_sums(graph, self.used)]
        seed = repr((graph.nodes, left, right)).encode()
        self.random = Random(hashlib.sha256(seed).digest())
        self.first = self.random.randrange(len(ORDERS))
        self.steps = [STEPS]
        self.rules: dict[int, Rule] = {}

    def holds(self) -> bool:
        """Whether the sides agree at enough points.

        Errors: Outside when that is too much work.
        """
        degree = self.graph.known[self.left].degree + self.graph.known[self.right].degree
        degree_bits = log2(max(degree, 1.0))
        if degree_bits > MAX_DEGREE:
            raise Outside
        each = ceil(SECURITY / (BITS - degree_bits))
        self.rules = rules(self.graph, (self.left, self.right), self._draw)
        patterns, compared, lost, partial = Patterns(), 0, 0, False
        hidden: int | None = None
        twice: list[tuple[int, int]] = []  # signs to look at first, since they may contradict
        size = 0  # of the last point: how many values it had
        for turn in range(MOST_POINTS):
            point, where = self._draw(turn)
            try:
                point.watch((*self.watched, *twice), where)
                one, other = point.value(self.left, where), point.value(self.right, where)
            except Denied:
                lost += 1
            except Dropped:
                lost, partial = lost + 1, True
            else:
                lost, partial = 0, partial or point.zero
                if isinstance(one, int) and isinstance(other, int):
                    if one != other:
                        return False
                    compared += 1
                if len(point.values) != size:
                    size = len(point.values)
                    hidden = hidden_signs(self.graph, [at for at, _ in point.values])
                patterns.add(point.signs[at] for at in sorted(point.signs))
                twice = point.met_twice()
                if patterns.too_many(hidden) or (not compared and patterns.points > MOST_UNREAL):
                    return False
                if compared >= FEWEST and patterns.enough(hidden, each, partial):
                    return True
            if lost > MOST_LOST:
                return False
        return False

    def _draw(self, turn: int) -> tuple[Point, Field]:
        """A point of the next chain, with its topmost field."""
        self.steps[0] -= DRAW
        point = Point(self.graph, self.random, self.steps, self.linked, self.rules)
        return point, chain((self.first + turn) % len(ORDERS))
