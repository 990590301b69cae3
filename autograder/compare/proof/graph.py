"""A formula as a graph of simple steps, with what is known of each.

Equal parts are one node; both sides of an equality share a graph. A node is a number in the
list; what it is made of stands before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

MAX_NODES = 1_500
MAX_DEPTH = 90
MAX_BITS = 4_000  # of a number that is computed here
ONE, ZERO = Fraction(1), Fraction(0)


class Outside(Exception):
    """Something that has no place in these proofs, or too much of it."""


class Known(NamedTuple):
    """What is known of a node.

    Attributes:
        positive: It is real and at least 0 on the whole domain.
        whole: It is a whole number wherever its symbols are, a polynomial in them.
        degree: Bounds the degree of numerator and denominator.
        bits: Of all numbers in it.
        real: It is never taken for a number with an imaginary part.
        loose: It has a logarithm of something that may be negative.
    """

    positive: bool = False
    whole: bool = False
    degree: float = 0.0
    bits: int = 0
    loose: bool = False
    real: bool = True
    depth: int = 0


class Node(NamedTuple):
    """A step: `add`, `mul`, `power`, … of the nodes `of`; `data` completes it."""

    name: str
    of: tuple[int, ...] = ()
    data: object = None


@dataclass
class Graph:
    """Nodes, each once.

    Attributes:
        extremes: For a maximum (1) or minimum (-1): which, and of what.
    """

    nodes: list[Node] = field(default_factory=list)
    known: list[Known] = field(default_factory=list)
    places: dict[Node, int] = field(default_factory=dict)
    extremes: dict[int, tuple[int, frozenset[int]]] = field(default_factory=dict)

    def node(self, node: Node, known: Known) -> int:
        """The place of a node; new ones get depth and bits from below.

        Errors: Outside when there are too many.
        """
        at = self.places.get(node)
        if at is not None:
            return at
        below = [self.known[child] for child in node.of]
        depth = 1 + max((child.depth for child in below), default=0)
        if len(self.nodes) >= MAX_NODES or depth > MAX_DEPTH:
            raise Outside
        bits = known.bits + sum(child.bits for child in below)
        loose = known.loose or any(child.loose for child in below)
        real = known.real and all(child.real for child in below)
        self.nodes.append(node)
        positive = known.positive and real
        self.known.append(
            known._replace(positive=positive, depth=depth, bits=bits, loose=loose, real=real)
        )
        self.places[node] = len(self.nodes) - 1
        return len(self.nodes) - 1

    def number(self, value: Fraction | int) -> int:
        value = Fraction(value)
        bits = value.numerator.bit_length() + value.denominator.bit_length() - 2
        if bits > MAX_BITS:
            raise Outside
        known = Known(value >= 0, value.denominator == 1, 0.0, max(bits, 0))
        return self.node(Node("number", (), value), known)

    def value(self, at: int) -> Fraction | None:
        """The number that a node is, or None."""
        data = self.nodes[at].data
        return data if self.nodes[at].name == "number" and isinstance(data, Fraction) else None

    def symbol(self, name: str, domain: str) -> int:
        positive, whole = domain in ("positive", "size"), domain in ("integer", "size")
        known = Known(positive, whole, 1.0)
        return self.node(Node("positive" if positive else "symbol", (), name), known)

    def add(self, parts: Iterable[int]) -> int:
        """A sum, flat; numbers are added up, and multiples of one node."""
        total, counts = ZERO, dict[int, Fraction]()
        for part in self._flat(parts, "add"):
            count, rest = self.coefficient(part)
            value = self.value(rest)
            if value is None:
                counts[rest] = counts.get(rest, ZERO) + count
            else:
                total += count * value
        terms = [rest if count == 1 else self.multiply((self.number(count), rest))
                 for rest, count in counts.items() if count]  # fmt: skip
        if total or not terms:
            terms.append(self.number(total))
        if len(terms) == 1:
            return terms[0]
        below = [self.known[term] for term in terms]
        known = Known(
            all(k.positive for k in below),
            all(k.whole for k in below),
            sum(k.degree for k in below),
        )
        return self.node(Node("add", tuple(sorted(terms))), known)

    def multiply(self, parts: Iterable[int]) -> int:
        """A product, flat; numbers are multiplied, and a number enters a sum."""
        total, factors = ONE, []
        for part in self._flat(parts, "mul"):
            value = self.value(part)
            if value is None:
                factors.append(part)
            else:
                total *= value
        if not total or not factors:
            return self.number(total)
        if len(factors) == 1 and total != 1 and self.nodes[factors[0]].name == "add":
            scale = self.number(total)
            return self.add(self.multiply((scale, t)) for t in self.nodes[factors[0]].of)
        if total != 1:
            factors.append(self.number(total))
        if len(factors) == 1:
            return factors[0]
        below = [self.known[factor] for factor in factors]
        known = Known(
            all(k.positive for k in below),
            all(k.whole for k in below),
            sum(k.degree for k in below),
        )
        return self.node(Node("mul", tuple(sorted(factors))), known)

    def _flat(self, parts: Iterable[int], name: str) -> Iterator[int]:
        for part in parts:
            yield from self.nodes[part].of if self.nodes[part].name == name else (part,)

    def scaled(self, scale: Fraction | int, part: int) -> int:
        return self.multiply((self.number(scale), part))

    def minus(self, left: int, right: int) -> int:
        return self.add((left, self.scaled(-1, right)))

    def power(self, base: int, exponent: int) -> int:
        """A whole power.

        Errors: Outside for 0 to a power that isn't positive.
        """
        value = self.value(base)
        if exponent == 1 or (value == 0 and exponent > 0):
            return base
        if value == 0:
            raise Outside
        if exponent == 0:
            return self.number(1)
        if value is not None and self.known[base].bits * abs(exponent) <= MAX_BITS:
            return self.number(value**exponent)
        node, known = self.nodes[base], self.known[base]
        if node.name == "power" and isinstance(node.data, int):
            return self.power(node.of[0], node.data * exponent)
        if node.name == "ratio" and isinstance(node.data, Fraction):
            if (node.data * exponent).denominator == 1:
                return self.power(node.of[0], int(node.data * exponent))
        if node.name == "abs" and exponent % 2 == 0 and known.real:
            return self.power(node.of[0], exponent)
        if node.name == "mul":
            return self.multiply(self.power(factor, exponent) for factor in node.of)
        even = known.positive or (exponent % 2 == 0 and known.real)
        degree = abs(exponent) * max(known.degree, 1.0)
        return self.node(
            Node("power", (base,), exponent), Known(even, known.whole and exponent > 0, degree)
        )

    def divide(self, over: int, under: int) -> int:
        return self.multiply((over, self.power(under, -1)))

    def absolute(self, of: int) -> int:
        value, node = self.value(of), self.nodes[of]
        if self.known[of].positive:
            return of
        if value is not None:
            return self.number(abs(value))
        if node.name == "mul" and self.known[of].real:
            return self.multiply(self.absolute(factor) for factor in node.of)
        if node.name == "power" and isinstance(node.data, int) and self.known[of].real:
            return self.power(self.absolute(node.of[0]), node.data)
        return self.node(Node("abs", (of,)), Known(True, False, 2 * self.known[of].degree))

    def kernel(self, name: str, of: tuple[int, ...], symmetry: str = "") -> int:
        """A function of which nothing is used but that equal arguments give equal values.

        Args:
            symmetry: `odd`, `even` or empty.
        """
        degree = 1 + sum(self.known[child].degree for child in of)
        return self.node(Node("kernel", of, (name, symmetry)), Known(False, False, degree))

    def terms(self, of: int) -> tuple[int, ...]:
        """The terms of a sum."""
        return self.nodes[of].of if self.nodes[of].name == "add" else (of,)

    def factors(self, of: int) -> tuple[int, ...]:
        """The factors of a product."""
        return self.nodes[of].of if self.nodes[of].name == "mul" else (of,)

    def coefficient(self, of: int) -> tuple[Fraction, int]:
        """A term as a number and what it multiplies."""
        numbers = [f for f in self.factors(of) if self.value(f) is not None]
        if not numbers:
            return ONE, of
        rest = self.multiply(f for f in self.factors(of) if f not in numbers)
        return self.value(numbers[0]) or ZERO, rest

    def below(self, roots: Iterable[int]) -> list[int]:
        """The roots and all that they are made of, in order."""
        found: set[int] = set()
        waiting = [*roots]
        while waiting:
            at = waiting.pop()
            if at not in found:
                found.add(at)
                waiting += self.nodes[at].of
        return sorted(found)
