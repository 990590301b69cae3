"""Values of the known functions, elementwise on vectors where that is what Python does."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from autograder.language.evaluator import grids
from autograder.language.evaluator.values import (
    MAX_MAGNITUDE_BITS,
    Grid,
    Point,
    Scalar,
    TooLarge,
    TooLong,
    Undefined,
    Value,
    scalar_power,
)

PERIODIC = frozenset("sin cos tan cot sec csc".split())
SERIES = 300  # what a special function costs, in nodes
MAX_ARGUMENT_BITS = 400  # of a circular function, which takes as many digits of pi
MAX_SERIES_BITS = 9  # of a special function, whose series gets as long as its argument is large
SPARE_DIGITS = 12  # that rounding may cost before a number is no longer whole
MAX_FACTORIAL = 20_000  # has about 77,000 digits; beyond it the comparison says nothing


def call(name: str, arguments: list[Value], point: Point) -> Value:
    """A function at its arguments.

    Errors: Undefined outside its domain or for a name without a value.
    """
    if name in point.values:
        return point.values[name](*arguments)
    if name != "inv" and any(isinstance(argument, grids.Unit) for argument in arguments):
        raise Undefined("shapes")
    if name in grids.FUNCTIONS:
        return grids.FUNCTIONS[name](arguments, point)
    if name in REDUCTIONS:
        return REDUCTIONS[name](arguments, point)
    scalar = SCALARS.get(name)
    if scalar is None:
        raise Undefined(f"no value for {name}")
    if isinstance(arguments[0], Grid):
        rest = arguments[1:]
        return arguments[0].map(lambda entry: scalar(point, entry, *rest))
    if any(isinstance(argument, Grid) for argument in arguments):
        raise Undefined("shapes")
    return scalar(point, *arguments)


def _norm(arguments: list[Value], point: Point) -> Scalar:
    ctx = point.context
    value = arguments[0]
    if not isinstance(value, Grid):
        return abs(value)
    if len(arguments) == 1:
        return ctx.sqrt(grids.total((abs(entry) ** 2 for entry in value.entries), point))
    degree = arguments[1]
    if not value.vector and 1 not in value.shape:
        return grids.operator_norm(value, degree, point)
    if degree == ctx.inf:
        return max(abs(entry) for entry in value.entries)
    if not degree > 0:
        raise Undefined("norm")
    powers = [scalar_power(abs(entry), degree, point) for entry in value.entries]
    return scalar_power(sum(powers), 1 / degree, point)


def _dot(arguments: list[Value], point: Point) -> Scalar:
    left, right = arguments
    if isinstance(left, Grid) and isinstance(right, Grid):
        return grids.inner(left.entries, right.entries, point)
    if isinstance(left, Grid) or isinstance(right, Grid):
        raise Undefined("shapes")
    return left * right


def _trace(arguments: list[Value], point: Point) -> Scalar:
    value = arguments[0]
    if not isinstance(value, Grid):
        return value
    if len(value.rows) != len(value.rows[0]):
        raise Undefined("shapes")
    return grids.total((row[n] for n, row in enumerate(value.rows)), point)


def _total(arguments: list[Value], point: Point) -> Scalar:
    value = arguments[0]
    return grids.total(value.entries, point) if isinstance(value, Grid) else value


def _extreme(choose: Callable[..., Any]) -> Callable[[list[Value], Point], Scalar]:
    def extreme(arguments: list[Value], point: Point) -> Scalar:
        entries = [e for a in arguments for e in (a.entries if isinstance(a, Grid) else [a])]
        if any(point.context.im(entry) for entry in entries):
            raise Undefined("not real")
        return choose(entries)

    return extreme


def _logsumexp(arguments: list[Value], point: Point) -> Scalar:
    entries = [e for a in arguments for e in (a.entries if isinstance(a, Grid) else [a])]
    return _log(point, sum(_exp(point, entry) for entry in entries))


REDUCTIONS: dict[str, Callable[[list[Value], Point], Scalar]] = {
    "norm": _norm,
    "dot": _dot,
    "trace": _trace,
    "sum": _total,
    "max": _extreme(max),
    "min": _extreme(min),
    "logsumexp": _logsumexp,
}


def _log(point: Point, x: Scalar, base: Scalar | None = None) -> Scalar:
    ctx = point.context
    if x == 0:
        raise Undefined("log of 0")
    return ctx.log(x) if base is None else ctx.log(x) / ctx.log(base)


def _root(point: Point, x: Scalar, degree: Scalar) -> Scalar:
    if degree == 0:
        raise Undefined("root of degree 0")
    if degree == int(degree) and int(degree) % 2 and not point.context.im(x) and x < 0:
        return -scalar_power(-x, 1 / degree, point)
    return scalar_power(x, 1 / degree, point)


def _factorial(point: Point, x: Scalar) -> Scalar:
    if not abs(x) <= MAX_FACTORIAL:
        raise TooLarge("too large")
    return point.context.factorial(x)


def _double_factorial(point: Point, x: Scalar) -> Scalar:
    if not abs(x) <= MAX_FACTORIAL:
        raise TooLarge("too large")
    return point.context.fac2(x)


def _of_whole(function: Callable[..., int]) -> Callable[..., Scalar]:
    def of_whole(point: Point, *arguments: Scalar) -> Scalar:
        if any(point.context.im(x) or x != int(point.context.re(x)) for x in arguments):
            raise Undefined("no whole number")
        return point.context.mpf(function(*(int(point.context.re(x)) for x in arguments)))

    return of_whole


def _modulo(point: Point, x: Scalar, y: Scalar) -> Scalar:
    """The remainder with the sign of the divisor, as mathematics and Python have it."""
    if point.context.im(x) or point.context.im(y) or y == 0:
        raise Undefined("no remainder")
    return x - y * point.context.floor(x / y)


def _exp(point: Point, x: Scalar) -> Scalar:
    if not abs(point.context.re(x)) < MAX_MAGNITUDE_BITS:
        raise TooLarge("too large")
    return point.context.exp(x)


def _real(function: Callable[[Any, Scalar], Scalar]) -> Callable[[Point, Scalar], Scalar]:
    def real(point: Point, x: Scalar) -> Scalar:
        if point.context.im(x):
            raise Undefined("not real")
        return function(point.context, x)

    return real


def _steady(ctx: Any, x: Scalar) -> Scalar:
    """The whole number that a number is but for rounding, as `(1 + z) - z` may be."""
    whole = ctx.nint(x)
    return whole if abs(x - whole) < ctx.mpf(10) ** (SPARE_DIGITS - ctx.dps) * (1 + abs(x)) else x


def _named(name: str, cost: int = 0) -> Callable[..., Scalar]:
    """A function of mpmath's.

    Args:
        cost: In nodes, for those that take a series or an integral.
    """

    def plain(point: Point, *arguments: Scalar) -> Scalar:
        point.steps[0] -= cost
        if point.steps[0] < 0:
            raise TooLong("too many steps")
        most = MAX_SERIES_BITS if cost else MAX_ARGUMENT_BITS
        if any(abs(point.context.mag(a)) > most for a in arguments if a):
            raise TooLarge("too large")
        if name in PERIODIC and arguments[0]:  # as many digits go for the turns
            turns = int(point.context.mag(arguments[0]))
            point.spread[0] = max(point.spread[0], turns)
        try:
            return getattr(point.context, name)(*arguments)
        except point.context.NoConvergence as error:
            raise Undefined(str(error)) from None

    return plain


SCALARS: dict[str, Callable[..., Scalar]] = {
    "sqrt": lambda point, x: point.context.sqrt(x),
    "cbrt": lambda point, x: _root(point, x, point.context.mpf(3)),
    "root": _root,
    "exp": _exp,
    "log": _log,
    "abs": lambda point, x: abs(x),
    "floor": _real(lambda ctx, x: ctx.floor(_steady(ctx, x))),
    "ceil": _real(lambda ctx, x: ctx.ceil(x)),
    "sign": _real(lambda ctx, x: ctx.sign(x)),
    "relu": _real(lambda ctx, x: max(x, x * 0)),
    "heaviside": _real(lambda ctx, x: ctx.mpf(x > 0)),
    "factorial": _factorial,
    "factorial2": _double_factorial,
    "gcd": _of_whole(math.gcd),
    "lcm": _of_whole(math.lcm),
    "mod": _modulo,
    "round": _real(lambda ctx, x: ctx.nint(x)),  # a half to the even neighbour
    "trunc": _real(lambda ctx, x: ctx.sign(x) * ctx.floor(abs(x))),
    "sigmoid": lambda point, x: 1 / (1 + _exp(point, -x)),
    "expit": lambda point, x: 1 / (1 + _exp(point, -x)),
    "hypot": lambda point, x, y: point.context.sqrt(x * x + y * y),
    "cis": lambda point, x: point.context.cos(x) + point.context.mpc(0, 1) * point.context.sin(x),
    "logaddexp": lambda point, x, y: point.context.log(_exp(point, x) + _exp(point, y)),
    "softplus": lambda point, x: point.context.log(1 + _exp(point, x)),
    **{
        name: _named(name)
        for name in """sin cos tan cot sec csc sinh cosh tanh sech csch coth asin acos atan asinh
        acosh atanh gamma erf erfc binomial beta atan2 conj re im arg
        sinc acsc asec acot acsch asech acoth""".split()
    },
    **{
        name: _named(name, SERIES)
        for name in """zeta besselj bessely besseli besselk lambertw digamma ei li si ci
        erfi erfinv loggamma shi chi airyai airybi ellipk ellipe polylog""".split()
    },
}
