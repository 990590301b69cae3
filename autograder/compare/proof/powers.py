"""Powers, exponentials and logarithms as nodes.

log(u) of something that may be negative stands for log|u|: where u is negative the logarithm
isn't real, and nothing is claimed there. Such a logarithm doesn't enter an exponent, but that
exp(c log u) is u^c.
"""

from __future__ import annotations

from fractions import Fraction
from math import isqrt

from autograder.compare.proof.graph import Graph, Known, Node, Outside

MAX_TERMS = 60
MAX_PRIME = 1_000  # of a number whose logarithm is taken apart
TURNS = (2, 3, 4, 6, 12)  # degrees of roots whose value at -1 is known: multiples of pi/12


def power(graph: Graph, base: int, exponent: int) -> int:
    """base^exponent: numbers in the exponent apart, whole ones as repeated products.

    Errors: Outside where the base may be negative and the exponent may be no whole number.
    """
    value = graph.value(exponent)
    if value is not None:
        return fixed_power(graph, base, value)
    terms = _expanded(graph, exponent)
    number = sum((graph.value(term) or Fraction(0) for term in terms), Fraction(0))
    rest = graph.add(term for term in terms if graph.value(term) is None)
    if graph.value(base) == 0:
        raise Outside
    if number == 0:
        return _free_power(graph, base, rest)
    return graph.multiply((fixed_power(graph, base, number), _free_power(graph, base, rest)))


def fixed_power(graph: Graph, base: int, exponent: Fraction) -> int:
    """A power with a number as exponent; positive factors are taken out of a root."""
    if exponent.denominator == 1:
        return graph.power(base, int(exponent))
    value, node = graph.value(base), graph.nodes[base]
    if value is not None and value > 0:
        return _root_of_number(graph, value, exponent)
    if node.name == "mul":
        apart = [f for f in node.of if graph.known[f].positive]
        rest = [f for f in node.of if f not in apart]
        sign, rest = _positive_number(graph, rest)
        if apart or sign:
            numbers = [fixed_power(graph, f, exponent) for f in (*apart, *sign)]
            together = [fixed_power(graph, graph.multiply(rest), exponent)] if rest else []
            return graph.multiply((*numbers, *together))
    if node.name == "exp":
        return graph.node(Node("exp", (graph.scaled(exponent, node.of[0]),)), graph.known[base])
    if graph.known[base].positive and node.name in ("power", "ratio"):
        inner = node.data
        assert isinstance(inner, int | Fraction)
        of = node.of[0] if graph.known[node.of[0]].positive else graph.absolute(node.of[0])
        return fixed_power(graph, of, Fraction(inner) * exponent)
    return _ratio(graph, base, exponent)


def _positive_number(graph: Graph, factors: list[int]) -> tuple[list[int], list[int]]:
    """A negative number among factors as a positive one and -1."""
    for factor in factors:
        value = graph.value(factor)
        if value is not None and value not in (1, -1):
            others = [f for f in factors if f != factor]
            return [graph.number(abs(value))], [*others, graph.number(-1)]
    return [], factors


def _ratio(graph: Graph, base: int, exponent: Fraction) -> int:
    known = graph.known[base]
    if not known.positive and exponent.denominator not in TURNS:
        raise Outside
    degree = max(known.degree, 1) * (abs(exponent.numerator) + exponent.denominator)
    return graph.node(
        Node("ratio", (base,), exponent), Known(known.positive, False, degree, real=known.positive)
    )


def _root_of_number(graph: Graph, value: Fraction, exponent: Fraction) -> int:
    """Primes apart, so that the root of 12 is twice that of 3."""
    parts = []
    for prime, count in primes(value):
        power_ = exponent * count
        whole = power_.numerator // power_.denominator
        parts.append(graph.power(graph.number(prime), whole))
        if power_ != whole:
            parts.append(_ratio(graph, graph.number(prime), power_ - whole))
    return graph.multiply(parts)


def primes(value: Fraction) -> list[tuple[int, int]]:
    """Small primes of a positive number with their powers, and what is left."""
    found = []
    for number, sign in ((value.numerator, 1), (value.denominator, -1)):
        prime = 2
        while prime < MAX_PRIME and prime * prime <= number:
            count = 0
            while number % prime == 0:
                number, count = number // prime, count + 1
            if count:
                found.append((prime, sign * count))
            prime += 1 + prime % 2
        if number > 1:
            root = isqrt(number)
            found.append((root, 2 * sign) if root * root == number else (number, sign))
    return found


def odd_root(graph: Graph, base: int, degree: int) -> int:
    """The real root, negative of negative numbers."""
    if graph.known[base].positive:
        return fixed_power(graph, base, Fraction(1, degree))
    below = graph.known[base]
    known = Known(False, False, max(below.degree, 1) * degree)
    return graph.node(Node("root", (base,), degree), known)


def _free_power(graph: Graph, base: int, exponent: int) -> int:
    """A power whose exponent has symbols and no number as a term."""
    node, value = graph.nodes[base], graph.value(base)
    if node.name == "exp":
        return exponential(graph, graph.multiply((node.of[0], exponent)))
    size = exponential(graph, graph.multiply((exponent, logarithm(graph, base))))
    if graph.known[base].positive:
        return size
    if not graph.known[exponent].whole or not graph.known[base].real:
        raise Outside
    odd = graph.add(odd_terms(graph, exponent))
    if graph.value(odd) == 0:
        return size
    if value is not None:
        sign = graph.node(Node("parity", (odd,)), Known(False, False, 1.0))
    else:
        degree = graph.known[base].degree + 1
        sign = graph.node(Node("signpower", (base, odd)), Known(False, False, degree))
    return graph.multiply((sign, size))


def odd_terms(graph: Graph, of: int) -> list[int]:
    """The terms of a whole exponent that decide whether it is even."""
    terms = [graph.coefficient(term) for term in graph.terms(of)]
    return [rest for number, rest in terms if number % 2]


def log(graph: Graph, of: int) -> int:
    """log(of) as it was written.

    Errors: Outside for what is never positive.
    """
    if graph.known[graph.scaled(-1, of)].positive:
        raise Outside
    size = logarithm(graph, of)
    if graph.known[of].positive:
        return size
    return graph.node(Node("loose", (size,), of), Known(False, False, 1.0, loose=True))


def logarithm(graph: Graph, of: int) -> int:
    """log|of|, with products, powers and exponentials taken apart."""
    node, value = graph.nodes[of], graph.value(of)
    if value is not None:
        if value == 0:
            raise Outside
        return graph.add(
            graph.scaled(count, _log(graph, graph.number(prime)))
            for prime, count in primes(abs(value))
        )
    if node.name == "mul":
        return graph.add(logarithm(graph, factor) for factor in node.of)
    if node.name in ("power", "ratio"):
        assert isinstance(node.data, int | Fraction)
        return graph.scaled(node.data, logarithm(graph, node.of[0]))
    if node.name == "root":
        assert isinstance(node.data, int)
        return graph.scaled(Fraction(1, node.data), logarithm(graph, node.of[0]))
    if node.name == "abs":
        return logarithm(graph, node.of[0])
    if node.name == "exp":
        return node.of[0]
    return _log(graph, of)


def _log(graph: Graph, of: int) -> int:
    return graph.node(Node("log", (of,)), Known(False, False, 1 + graph.known[of].degree))


def exponential(graph: Graph, exponent: int) -> int:
    """exp of an exponent; c log(u) in it makes u^c."""
    parts, rest = [], []
    for term in _expanded(graph, exponent):
        number, factor = graph.coefficient(term)
        node = graph.nodes[factor]
        if node.name == "log":
            parts.append(fixed_power(graph, graph.absolute(node.of[0]), number))
        elif node.name == "loose":
            assert isinstance(node.data, int)
            parts.append(fixed_power(graph, node.data, number))
        elif graph.known[factor].loose:
            parts.append(_loose(graph, term))
        else:
            rest.append(term)
    if rest:
        total = graph.add(rest)
        known = graph.known[total]
        degree = max(known.degree, 1.0) * 2.0 ** min(known.bits, 900)
        parts.append(graph.node(Node("exp", (total,)), Known(True, False, degree)))
    return graph.multiply(parts)


def _loose(graph: Graph, term: int) -> int:
    """exp(y log(u)), where u may be negative, is u^y.

    Errors: Outside where that is no power, or none that is known.
    """
    factors = list(graph.factors(term))
    for at, factor in enumerate(factors):
        of = graph.nodes[factor].data
        if graph.nodes[factor].name == "loose" and isinstance(of, int):
            rest = graph.multiply(factors[:at] + factors[at + 1 :])
            if not graph.known[rest].loose:
                return _free_power(graph, of, rest)
    raise Outside


def _expanded(graph: Graph, of: int) -> list[int]:
    """The terms after products of sums are multiplied out."""
    found: list[int] = []
    waiting = list(graph.terms(of))
    while waiting:
        if len(found) + len(waiting) > MAX_TERMS:
            raise Outside
        term = waiting.pop()
        factors = graph.factors(term)
        sums = [factor for factor in factors if graph.nodes[factor].name == "add"]
        if not sums:
            found.append(term)
            continue
        others = list(factors)
        others.remove(sums[0])
        for part in graph.nodes[sums[0]].of:
            product = graph.multiply((*others, part))
            waiting.extend(graph.terms(product))
    total = graph.add(found)  # equal terms with opposite signs are gone
    return [] if graph.value(total) == 0 else list(graph.terms(total))
