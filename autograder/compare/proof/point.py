"""The value of a node at a random point of a field, with the signs that were met on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random
from typing import TypeAlias, cast

from autograder.compare.proof.elementary import TWELFTHS
from autograder.compare.proof.fields import LEVELS, Field, Value
from autograder.compare.proof.graph import Graph, Node, Outside

# factors, the nodes of their logarithms, and the whole powers they have in a product
Rule: TypeAlias = tuple[tuple[int, int, int], ...]

# in microseconds or so
POWER = 10
COSTS = {"ratio": POWER + 2, "circle": 5 * POWER, "root": POWER + 2}
NODE, DRAW = 2, 10


class Dropped(Exception):
    """The graph has no value here, as at a pole; another point has to do."""


class Denied(Dropped):
    """What is positive on the domain came out negative here."""


@dataclass
class Point:
    """Values for symbols in all fields of a chain, drawn when they are asked for.

    Values of one symbol in two fields have nothing to do with each other, but that in the
    field of exponents there is the logarithm of a positive one.

    Attributes:
        steps: What is left of the budget, shared by all points.
        rules: Logarithms that are sums of others, by node.
        linked: Whether positive symbols are powers of a generator: where there are exponents.
        signs: Each sign that was met and isn't known beforehand, by node; True is positive.
        positive: Whether a node's value in the field of a level is a square.
        zero: Whether something was 0 whose sign was asked.
        met: Every sign that was met, by node.
    """

    graph: Graph
    random: Random
    steps: list[int]
    linked: bool
    rules: Mapping[int, Rule] = field(default_factory=dict)
    signs: dict[int, bool] = field(default_factory=dict)
    values: dict[tuple[int, int], Value] = field(default_factory=dict)
    zero: bool = False
    positive: dict[tuple[int, int], bool] = field(default_factory=dict)
    met: dict[int, bool] = field(default_factory=dict)
    drawn: dict[object, int] = field(default_factory=dict)

    def value(self, at: int, where: Field) -> Value:
        """The value of a node.

        Errors: Dropped when there is none here; Outside when the budget is used up.
        """
        key = (at, where.level)
        found = self.values.get(key)
        if found is None:
            node = self.graph.nodes[at]
            self.steps[0] -= COSTS.get(node.name, NODE)
            if self.steps[0] < 0:
                raise Outside
            try:
                found = self.values[key] = self._value(at, node, where)
            except ValueError:  # an inverse of 0
                raise Dropped from None
        return found

    def watch(self, nodes: Iterable[tuple[int, int]], top: Field) -> None:
        """See beforehand that the signs of nodes at levels are as they should be.

        Errors: Denied, Dropped.
        """
        for at, level in nodes:
            where: Field | None = top
            while where is not None and where.level != level:
                where = where.angles if level == LEVELS else where.exponents
            assert where is not None
            self._sign(at, where)

    def met_twice(self) -> list[tuple[int, int]]:
        """The nodes whose signs were met at several levels, with the levels."""
        often = Counter(at for at, _ in self.positive)
        return [key for key in self.positive if often[key[0]] > 1]

    def _value(self, at: int, node: Node, where: Field) -> Value:
        of, data = node.of, node.data
        match node.name:
            case "add":
                total = self.value(of[0], where)
                for part in of[1:]:
                    total = where.plus(total, self.value(part, where))
                return total
            case "mul":
                total = self.value(of[0], where)
                for part in of[1:]:
                    total = where.times(total, self.value(part, where))
                return total
            case "number" if isinstance(data, Fraction):
                return self._number(data, where)
            case "symbol":
                return self._draw(("symbol", data, where.level), where)
            case "positive" | "pi":
                return self._positive(str(data), where)
            case "power" if isinstance(data, int):
                return where.power(self.value(of[0], where), data)
            case "abs":
                inner = self._real(of[0], where)
                return inner if self._sign(of[0], where) else where.prime - inner
            case "ratio" if isinstance(data, Fraction):
                return self._ratio(of[0], data, where)
            case "root" if isinstance(data, int):
                power = pow(data, -1, where.prime - 1)
                return pow(self._real(of[0], where), power, where.prime)
            case "exp":
                return self._exp(of[0], where)
            case "log":
                return self._log(at, of[0], where)
            case "loose":
                return self.value(of[0], where)
            case "circle":
                return self._circle(node, where)
            case "parity":
                return self._turned(of[0], where)
            case "signpower":
                turned = self._turned(of[1], where)
                return 1 if self._sign(of[0], where) else turned
            case "kernel":
                return self._kernel(node, where)
        raise Outside

    def _draw(self, key: object, where: Field) -> int:
        """A number of the field that is always the same for one key."""
        if key not in self.drawn:
            self.drawn[key] = self.random.randrange(2, where.prime - 1)
        return self.drawn[key]

    def _number(self, number: Fraction, where: Field) -> int:
        if number.denominator == 1:
            return number.numerator % where.prime
        return number.numerator * pow(number.denominator, -1, where.prime) % where.prime

    def _real(self, at: int, where: Field) -> int:
        """A value that goes into a function.

        Errors: Outside where it isn't real: what a function is there isn't known.
        """
        found = self.value(at, where)
        if isinstance(found, int):
            return found
        raise Outside

    # -- signs -----------------------------------------------------------------------------

    def _sign(self, at: int, where: Field) -> bool:
        """Whether a value is positive, or 0."""
        key = (at, where.level)
        if key not in self.positive:
            self.steps[0] -= POWER
            inner = self._real(at, where)
            self.positive[key] = not inner or where.is_positive(inner)
        return self._met(at, self.positive[key], where)

    def _met(self, at: int, positive: bool, where: Field) -> bool:
        """Note a sign that isn't known beforehand.

        Errors: Denied where one that is known, or was met in another field, comes out wrong.
        """
        if not self.values[at, where.level]:  # as x + |x| where x is negative
            self.zero = True
            self.signs.setdefault(at, True)
            return True
        number = self.graph.value(at)
        if at in self.met:
            expected = self.met[at]
        elif number is not None:
            expected = number > 0
        else:
            expected = positive or self.graph.known[at].positive
            if not self.graph.known[at].positive:
                self.signs[at] = positive
        self.met[at] = expected
        if positive != expected:
            raise Denied
        return positive

    def _turned(self, exponent: int, where: Field) -> int:
        """(-1)^exponent of a whole exponent, by its own value modulo 2."""
        key = ("parity", exponent)
        if key not in self.drawn:
            self.drawn[key] = self._parity(exponent)
            self.signs[-1 - exponent] = bool(self.drawn[key])
        return where.prime - 1 if self.drawn[key] else 1

    def _parity(self, at: int) -> int:
        match self.graph.nodes[at]:
            case Node("number", _, Fraction() as number) if number.denominator == 1:
                return number.numerator % 2
            case Node("symbol" | "positive", _, name):
                key = ("bit", name)
                if key not in self.drawn:
                    self.drawn[key] = self.random.getrandbits(1)
                return self.drawn[key]
            case Node("add", of):
                return sum(map(self._parity, of)) % 2
            case Node("mul", of):
                return min(map(self._parity, of))
            case Node("power", (base,)):
                return self._parity(base)
        raise Outside

    # -- positive numbers --------------------------------------------------------------------

    def _positive(self, name: str, where: Field) -> int:
        if not self.linked or where.exponents is None:
            root = self._draw(("positive", name, where.level), where)
            return root * root % where.prime
        exponent = self._draw(("log", name, where.exponents.level), where.exponents)
        return self._generated(exponent, where)

    def _generated(self, exponent: int, where: Field) -> int:
        """A random generator of the positive numbers to a power."""
        assert where.exponents is not None
        self.steps[0] -= POWER
        scale = self._draw(("generator", where.level), where.exponents)
        return pow(4, scale * exponent % where.exponents.prime, where.prime)

    def _exp(self, of: int, where: Field) -> int:
        if where.exponents is None:
            inner = self._real(of, where)
            root = self._draw(("exp", inner, where.level), where)
            return root * root % where.prime
        return self._generated(self._real(of, where.exponents), where)

    def _log(self, at: int, of: int, where: Field) -> int:
        """log|of|: by a rule, of a symbol its exponent, else a number for each |of|."""
        if at in self.rules:
            return self._by_rule(self.rules[at], self._real(of, where), where)
        node = self.graph.nodes[of]
        if node.name == "positive" or node.name == "pi":
            return self._draw(("log", str(node.data), where.level), where)
        inner = self._real(of, where)
        return self._draw(("log of", min(inner, where.prime - inner), where.level), where)

    def _by_rule(self, rule: Rule, argument: int, where: Field) -> int:
        """A logarithm as a sum of others.

        Errors: Outside where the argument isn't the product that the rule has it be.
        """
        product, total = 1, 0
        for factor, logarithm, count in rule:
            product = product * pow(self._real(factor, where), count, where.prime) % where.prime
            total += count * self._real(logarithm, where)
        if product not in (argument, where.prime - argument):
            raise Outside
        return total % where.prime

    def _ratio(self, base: int, exponent: Fraction, where: Field) -> Value:
        """A power with a fraction as exponent; of a negative number with its turn."""
        inner = self._real(base, where)
        p, half = where.prime, where.prime >> 1
        root = where.root(inner)  # of the number or of its opposite
        positive = self._met(base, root * root % p == inner, where)
        if exponent.denominator == 2:
            size = pow(root, exponent.numerator, p)
        else:
            if exponent < 0 and not inner:
                raise Dropped
            count = exponent.numerator * pow(exponent.denominator, -1, half)
            size = pow(inner if positive else p - inner, count % half, p)
        if positive:
            return size
        return where.times(size, self._twelfths(exponent * TWELFTHS, where))

    # -- angles ------------------------------------------------------------------------------

    def _twelfths(self, count: Fraction, where: Field) -> Value:
        """e^(i pi count/12)."""
        self.steps[0] -= 6 * POWER
        turn = where.twelfths(int(count)) if count.denominator == 1 else None
        if turn is None:
            raise Denied
        return turn

    def _circle(self, node: Node, where: Field) -> int:
        """The cosine or sine of an angle, turned by twelfths of pi and by whole multiples."""
        name, turned = cast(tuple[str, int], node.data)
        angle, *whole = node.of
        place = self._angle(angle, where)
        if turned:
            place = where.times(place, self._twelfths(Fraction(turned), where))
        for exponent in whole:
            place = where.times(place, self._turned(exponent, where))
        pair = (place, 0) if isinstance(place, int) else place
        return pair[0] if name == "cos" else pair[1]

    def _angle(self, angle: int, where: Field) -> Value:
        """The point on the circle at an angle; without one, a number for each angle."""
        if self.graph.value(angle) == 0:
            return 1
        p = where.prime
        if where.angles is None:
            inner = self._real(angle, where)
            size = self._draw(("angle", min(inner, p - inner), where.level), where)
            scale = pow(1 + size * size, -1, p)  # a rational point of the circle
            sine = 2 * size * scale % p
            return ((1 - size * size) * scale % p, sine if inner * 2 < p else p - sine)
        inner = self._real(angle, where.angles)
        scale = self._draw(("circle", where.level), where.angles)
        return where.turned(scale * inner % where.angles.prime)

    def _kernel(self, node: Node, where: Field) -> int:
        """A random number for each name and values of arguments."""
        name, symmetry = cast(tuple[str, str], node.data)
        of = [self._real(part, where) for part in node.of]
        if symmetry == "odd" and where.prime - of[0] < of[0]:
            return where.prime - self._draw((name, where.prime - of[0], where.level), where)
        return self._draw((name, *of, where.level), where)
