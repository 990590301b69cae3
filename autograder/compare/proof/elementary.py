"""The known functions as nodes: by exp, log, roots and absolute values where that is right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import factorial as factorial_of

from autograder.compare.proof import powers
from autograder.compare.proof.graph import Graph, Known, Node, Outside

HALF = Fraction(1, 2)
ODD = frozenset("asin atan erf erfi si shi erfinv sign trunc".split())
KERNELS = frozenset(
    """asin acos atan erf erfi si round zeta lambertw digamma ei li ci erfinv
    airyai airybi ellipk ellipe atan2 besselj bessely besseli besselk polylog shi chi loggamma
    factorial2 mod trunc""".split()
)
MAX_SHIFT = 12  # by which factorials may differ
MAX_FACTORIAL = 200
TWELFTHS = 12  # angles are kept in multiples of pi / 12

Function = Callable[[Graph, int], int]


def call(graph: Graph, name: str, arguments: tuple[int, ...]) -> int:
    """A known function.

    Errors: Outside for one that has no place here.
    """
    if len(arguments) == 1 and name in FUNCTIONS:
        return FUNCTIONS[name](graph, arguments[0])
    if name in ("max", "min") and arguments:
        return _extreme(graph, arguments, 1 if name == "max" else -1)
    if name == "log" and len(arguments) == 2:
        return graph.divide(*(powers.log(graph, argument) for argument in arguments))
    if name == "logaddexp" and len(arguments) == 2:
        waves = [powers.exponential(graph, argument) for argument in arguments]
        return powers.log(graph, graph.add(waves))
    if name == "hypot" and len(arguments) == 2:
        squares = [graph.power(argument, 2) for argument in arguments]
        return powers.fixed_power(graph, graph.add(squares), HALF)
    if name == "root" and len(arguments) == 2:
        return _root(graph, *arguments)
    if name == "binomial" and len(arguments) == 2:
        total, part = arguments
        under = (_factorial(graph, part), _factorial(graph, graph.minus(total, part)))
        return graph.divide(_factorial(graph, total), graph.multiply(under))
    if name == "beta" and len(arguments) == 2:
        over = graph.multiply(_gamma(graph, argument) for argument in arguments)
        return graph.divide(over, _gamma(graph, graph.add(arguments)))
    if name in KERNELS or name == "sign":
        return graph.kernel(name, arguments, "odd" if name in ODD else "")
    raise Outside


def _extreme(graph: Graph, arguments: tuple[int, ...], sign: int) -> int:
    """max(a, b) = (a + b + |a - b|)/2, and so on; one in another of its kind is one of all."""
    of: set[int] = set()
    for argument in arguments:
        kind, inner = graph.extremes.get(argument, (0, frozenset()))
        of |= inner if kind == sign else {argument}
    total, *others = sorted(of)
    for other in others:
        gap = graph.absolute(graph.minus(total, other))
        total = graph.scaled(HALF, graph.add((total, other, graph.scaled(sign, gap))))
    if others:
        graph.extremes[total] = (sign, frozenset(of))
    return total


def _floor(graph: Graph, of: int) -> int:
    """Whole terms stand outside."""
    outside, inside = [], []
    for term in graph.terms(of):
        value = graph.value(term)
        if value is not None:
            whole = value.numerator // value.denominator
            outside.append(graph.number(whole))
            inside.append(graph.number(value - whole))
        else:
            (outside if graph.known[term].whole else inside).append(term)
    rest = graph.add(inside)
    value = graph.value(rest)
    if value is None:
        outside.append(graph.kernel("floor", (rest,)))
    return graph.add(outside)


def _root(graph: Graph, of: int, degree: int) -> int:
    number = graph.value(degree)
    if number == 0:
        raise Outside
    if number is not None and number.denominator == 1 and number % 2 and 0 < number < 10**6:
        return powers.odd_root(graph, of, int(number))
    return powers.power(graph, of, graph.power(degree, -1))


def _factorial(graph: Graph, of: int) -> int:
    """Factorials whose arguments differ by a number share one kernel."""
    number = sum((graph.value(term) or Fraction(0) for term in graph.terms(of)), Fraction(0))
    rest = graph.add(term for term in graph.terms(of) if graph.value(term) is None)
    whole = number.numerator // number.denominator
    if graph.value(rest) == 0:
        if number == whole and 0 <= whole <= MAX_FACTORIAL:
            return graph.number(factorial_of(whole))
        if number == whole:
            raise Outside
        if number - whole == HALF:  # Gamma(1/2) = sqrt(pi), which is (-1/2)!
            root = powers.fixed_power(graph, pi(graph), HALF)
            return _shifted(graph, root, graph.number(-HALF), whole + 1)
    base = graph.add((rest, graph.number(number - whole)))
    return _shifted(graph, graph.kernel("factorial", (base,)), base, whole)


def _shifted(graph: Graph, value: int, base: int, steps: int) -> int:
    """(base + steps)! from base!."""
    if abs(steps) > MAX_SHIFT:
        raise Outside
    if steps >= 0:
        factors = [graph.add((base, graph.number(step + 1))) for step in range(steps)]
        return graph.multiply((value, *factors))
    factors = [graph.add((base, graph.number(-step))) for step in range(-steps)]
    return graph.divide(value, graph.multiply(factors))


def _gamma(graph: Graph, of: int) -> int:
    return _factorial(graph, graph.add((of, graph.number(-1))))


def pi(graph: Graph) -> int:
    return graph.node(Node("pi"), Known(True, False, 1.0))


# -- circular ----------------------------------------------------------------------------


def _circular(name: str) -> Function:
    """The cosine or sine, with whole and simple multiples of pi apart."""

    def circular(graph: Graph, of: int) -> int:
        twelfths, whole, rest = 0, [], []
        for term in graph.terms(of):
            number, factor = graph.coefficient(term)
            others = list(graph.factors(factor))
            if pi(graph) not in others:
                rest.append(term)
                continue
            others.remove(pi(graph))
            turned = graph.multiply((graph.number(number), *others))
            if not others and (number * TWELFTHS).denominator == 1:
                twelfths += int(number * TWELFTHS)
            elif others and graph.known[turned].whole:
                whole += powers.odd_terms(graph, turned)
            else:
                rest.append(term)
        angle = graph.add(rest)
        known = graph.known[angle]
        degree = max(known.degree, 1.0) * 2.0 ** min(known.bits + 1, 900)
        data = (name, twelfths % (2 * TWELFTHS))
        return graph.node(Node("circle", (angle, *whole), data), Known(False, False, degree))

    return circular


COS, SIN = _circular("cos"), _circular("sin")


def _quotient(over: Function, under: Function) -> Function:
    return lambda graph, of: graph.divide(over(graph, of), under(graph, of))


def _inverse(function: Function) -> Function:
    return lambda graph, of: graph.power(function(graph, of), -1)


# -- hyperbolic --------------------------------------------------------------------------


def _cosh(graph: Graph, of: int) -> int:
    wave = powers.exponential(graph, of)
    return graph.scaled(HALF, graph.add((wave, graph.power(wave, -1))))


def _sinh(graph: Graph, of: int) -> int:
    wave = powers.exponential(graph, of)
    return graph.scaled(HALF, graph.minus(wave, graph.power(wave, -1)))


def _tanh(graph: Graph, of: int) -> int:
    """1 - 2/(e^(2x) + 1)."""
    wave = powers.exponential(graph, graph.scaled(2, of))
    return graph.minus(
        graph.number(1), graph.scaled(2, graph.power(graph.add((wave, graph.number(1))), -1))
    )


def _of_inverse(function: Function) -> Function:
    return lambda graph, of: function(graph, graph.power(of, -1))


def _area(step: int) -> Function:
    """asinh, with 1, or acosh, with -1: log(x + sqrt(x^2 + step))."""

    def area(graph: Graph, of: int) -> int:
        square = graph.add((graph.power(of, 2), graph.number(step)))
        return powers.log(graph, graph.add((of, powers.fixed_power(graph, square, HALF))))

    return area


def _atanh(graph: Graph, of: int) -> int:
    one = graph.number(1)
    up, down = graph.add((one, of)), graph.minus(one, of)
    return graph.scaled(HALF, graph.minus(powers.log(graph, up), powers.log(graph, down)))


def _sigmoid(graph: Graph, of: int) -> int:
    wave = powers.exponential(graph, graph.scaled(-1, of))
    return graph.power(graph.add((graph.number(1), wave)), -1)


def _softplus(graph: Graph, of: int) -> int:
    return powers.log(graph, graph.add((graph.number(1), powers.exponential(graph, of))))


def _relu(graph: Graph, of: int) -> int:
    return graph.scaled(HALF, graph.add((of, graph.absolute(of))))


FUNCTIONS: Mapping[str, Function] = {
    "sqrt": lambda graph, of: powers.fixed_power(graph, of, HALF),
    "square": lambda graph, of: graph.power(of, 2),
    "cbrt": lambda graph, of: powers.odd_root(graph, of, 3),
    "exp": powers.exponential,
    "log": powers.log,
    "abs": lambda graph, of: graph.absolute(of),
    "norm": lambda graph, of: graph.absolute(of),
    "relu": _relu,
    "sin": SIN,
    "cos": COS,
    "tan": _quotient(SIN, COS),
    "cot": _quotient(COS, SIN),
    "sec": _inverse(COS),
    "csc": _inverse(SIN),
    "sinh": _sinh,
    "cosh": _cosh,
    "tanh": _tanh,
    "sech": _inverse(_cosh),
    "csch": _inverse(_sinh),
    "coth": _quotient(_cosh, _sinh),
    "asinh": _area(1),
    "acosh": _area(-1),
    "atanh": _atanh,
    "acsch": _of_inverse(_area(1)),
    "asech": _of_inverse(_area(-1)),
    "acoth": _of_inverse(_atanh),
    "acot": _of_inverse(lambda graph, of: graph.kernel("atan", (of,), "odd")),
    "acsc": _of_inverse(lambda graph, of: graph.kernel("asin", (of,), "odd")),
    "asec": _of_inverse(lambda graph, of: graph.kernel("acos", (of,))),
    "sinc": lambda graph, of: graph.divide(SIN(graph, of), of),
    "sigmoid": _sigmoid,
    "expit": _sigmoid,
    "softplus": _softplus,
    "erfc": lambda graph, of: graph.minus(graph.number(1), graph.kernel("erf", (of,), "odd")),
    "floor": _floor,
    "ceil": lambda graph, of: graph.scaled(-1, _floor(graph, graph.scaled(-1, of))),
    "factorial": _factorial,
    "gamma": _gamma,
}
