"""When enough points were seen to have met the signs that the real numbers have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from autograder.compare.proof.fields import POSITIVE_PRIMES
from autograder.compare.proof.graph import Graph
from autograder.compare.proof.powers import MAX_PRIME

SURE = 40  # points that leave no direction of the signs unseen but with probability 2^-40
EACH = 25  # points for each pattern of signs, some of which a root hides: e^-25 < 2^-36
MOST_HIDDEN = 2  # signs, of all kinds, of which some are hidden
MOST_WATCHED = 2
MOST_SEEN = 5  # signs when all of them are seen
SYMBOLS = ("symbol", "positive", "pi")


@dataclass
class Patterns:
    """The signs at each point as a vector of bits.

    The Legendre symbol is multiplicative, so that the patterns which occur make an affine
    space over the field of two elements, all about equally often, and the pattern of a real
    point is one of them.
    """

    seen: Counter[int] = field(default_factory=Counter)
    basis: list[int] = field(default_factory=list)
    points: int = 0

    def add(self, signs: Iterable[bool]) -> None:
        pattern = 1
        for sign in signs:
            pattern = 2 * pattern + sign
        self.seen[pattern] += 1
        self.points += 1
        rest = pattern ^ next(iter(self.seen))
        for vector in self.basis:
            rest = min(rest, rest ^ vector)
        if rest:
            self.basis.append(rest)

    def enough(self, hidden: int | None, each: int, dropped: bool) -> bool:
        """Whether every pattern was seen, and those that roots hide too.

        Args:
            hidden: Signs that roots may hide; None where there is no such root.
            each: Points that each pattern needs.
            dropped: Whether points were left out because of a pole, or a sign was that of 0
                (of x + |x| for a negative x), so that the patterns need not be an affine space.
        """
        patterns = 1 << len(self.basis)
        signs = max(self.seen).bit_length() - 1
        if len(self.seen) < patterns or min(self.seen.values()) < each:
            return False
        if (signs or hidden is not None) and self.points < SURE + len(self.basis):
            return False
        if hidden or (signs and dropped):
            wanted = EACH * (patterns + dropped) << (hidden or 0)
            return self.points >= wanted
        return True

    def too_many(self, hidden: int | None) -> bool:
        dimension = len(self.basis)
        return dimension > MOST_SEEN or (bool(hidden) and dimension + (hidden or 0) > MOST_HIDDEN)


def hidden_signs(graph: Graph, used: Iterable[int]) -> int | None:
    """How many signs even roots may hide, as that of x + 1 in the root of x^2 + 2x + 1.

    Returns:
        None when there is no root but of plain symbols and small primes, whose signs are known.
    """
    found: int | None = None
    for at in used:
        node = graph.nodes[at]
        if node.name != "ratio" or _plain(graph, node.of[0]):
            continue
        assert isinstance(node.data, Fraction)
        even = node.data.denominator & -node.data.denominator
        simple = _separate(graph, node.of[0]) or _prime(graph, node.of[0])
        hides = 0 if simple else even.bit_length() - 1
        found = (found or 0) + hides
    return found


def positive_sums(graph: Graph, used: list[int]) -> list[int]:
    """Sums that are positive on the domain, where a root of another sum may be one of them."""
    sums = [at for at in used if graph.nodes[at].name == "add"]
    roots = [graph.nodes[at].of[0] for at in used if graph.nodes[at].name == "ratio"]
    if not any(root in sums and not _separate(graph, root) for root in roots):
        return []
    known = [graph.known[at] for at in sums]
    found = [at for at, it in zip(sums, known, strict=True) if it.positive and it.real]
    return [at for at in found if at not in roots][:MOST_WATCHED]


def _plain(graph: Graph, at: int) -> bool:
    node = graph.nodes[at]
    if node.name in ("abs", "power"):
        return graph.nodes[node.of[0]].name in SYMBOLS
    return node.name in SYMBOLS or node.data in POSITIVE_PRIMES


def _prime(graph: Graph, at: int) -> bool:
    """A number from which the small primes were taken out."""
    number = graph.value(at)
    return number is not None and 0 < number < MAX_PRIME**2


def _separate(graph: Graph, at: int) -> bool:
    """A sum of several powers of one symbol each, all different, such as 1 - x^2 + y.

    It has no square as a factor: its derivatives by two symbols have none in common, and
    neither has c + x^n with its own.
    """
    symbols: list[int] = []
    terms = graph.terms(at)
    for term in terms:
        factor = graph.coefficient(term)[1]
        node = graph.nodes[factor]
        if node.name == "power" and isinstance(node.data, int) and node.data > 0:
            factor, node = node.of[0], graph.nodes[node.of[0]]
        if node.name in SYMBOLS:
            symbols.append(factor)
        elif node.name != "number":
            return False
    return len(terms) > 1 and len(set(symbols)) == len(symbols)
