"""Random formulas and their values, apart from the engine, so that it is not judged by itself."""

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from random import Random
from typing import Any

import mpmath

from autograder.language.tree import (
    Add,
    Call,
    Constant,
    Divide,
    Multiply,
    Negate,
    Number,
    Power,
    Symbol,
    Tree,
    children,
)

SYMBOLS = {"x": "real", "y": "real", "a": "positive", "n": "integer"}
# Points of our own: what engine and evaluator see is not the same.
POINTS: list[dict[str, Fraction]] = [
    {"x": Fraction(x), "y": Fraction(y), "a": Fraction(a), "n": Fraction(n)}
    for x, y, a, n in [
        ("0.37", "1.41", "0.83", 2), ("1.73", "-0.29", "2.61", 3), ("-0.61", "0.47", "1.31", 1),
        ("2.17", "3.03", "0.19", 4), ("-1.93", "-2.71", "3.37", 2), ("0.11", "0.23", "0.59", 5),
        ("-0.17", "2.39", "5.21", 3), ("3.61", "0.71", "1.07", -2), ("0.97", "-1.13", "0.41", 7),
        ("12.3", "0.031", "7.9", 6), ("-4.7", "5.3", "0.07", -1), ("0.53", "-0.67", "11.9", -3),
    ]
]  # fmt: skip
DIGITS = 60
TINY = mpmath.mpf(10) ** -20


@lru_cache(maxsize=2)
def context(digits: int) -> Any:
    made = mpmath.MPContext()
    made.dps = digits
    return made


def value(tree: Tree, at: Mapping[str, Fraction], digits: int = DIGITS) -> Any:
    """A formula at a point.

    Errors: ValueError or ArithmeticError where it has no real value, or only a huge one.
    """
    ctx = context(digits)
    parts = [value(child, at, digits) for child in children(tree)]
    match tree:
        case Number(value=number):
            found = ctx.mpf(number.numerator) / number.denominator
        case Symbol(name=name):
            found = ctx.mpf(at[name].numerator) / at[name].denominator
        case Constant(name=name):
            found = {"pi": +ctx.pi, "e": +ctx.e}[name]
        case Add():
            found = ctx.fsum(parts)
        case Negate():
            found = -parts[0]
        case Multiply():
            found = ctx.fprod(parts)
        case Divide():
            found = parts[0] / parts[1]
        case Power():
            if abs(parts[1]) > 200 or (parts[0] == 0 and parts[1] <= 0):
                raise ValueError("no power")
            found = ctx.power(parts[0], parts[1])
        case Call(name="max" | "min"):
            found = (max if tree.name == "max" else min)(parts)
        case Call(name=name):
            if abs(parts[0]) > 1000:
                raise ValueError("large")
            found = abs(parts[0]) if name == "abs" else getattr(ctx, name)(parts[0])
        case _:
            raise NotImplementedError(type(tree).__name__)
    if ctx.im(found) or not ctx.isfinite(found) or abs(found) > ctx.mpf(10) ** 40:
        raise ValueError("no real value")
    return ctx.re(found)


def values(tree: Tree, digits: int = DIGITS) -> list[Any]:
    """At all points; None where it has none."""
    found = []
    for at in POINTS:
        try:
            found.append(value(tree, at, digits))
        except (ValueError, ArithmeticError):
            found.append(None)
    return found


def differ(left: Tree, right: Tree) -> bool:
    """Whether they differ at a point where both have a value, beyond doubt of rounding."""
    coarse = zip(values(left), values(right), strict=True)
    if all(a is None or b is None or abs(a - b) <= TINY * max(abs(a), abs(b)) for a, b in coarse):
        return False
    coarse = zip(values(left), values(right), strict=True)
    fine = zip(values(left, 2 * DIGITS), values(right, 2 * DIGITS), strict=True)
    return any(
        abs(c - d) > abs(a - b) / 2  # rounding alone shrinks with further digits
        for (a, b), (c, d) in zip(coarse, fine, strict=True)
        if None not in (a, b, c, d) and abs(a - b) > TINY * max(abs(a), abs(b))
    )


def usable(tree: Tree) -> bool:
    """Whether it has values at most points."""
    return sum(v is not None for v in values(tree)) >= 8


FUNCTIONS = "sin cos tan exp log sqrt abs sinh cosh tanh atan".split()


def product(factors: list[Tree] | tuple[Tree, ...]) -> Tree:
    return Multiply(tuple(factors), ("*",) * (len(factors) - 1))


def formula(rng: Random, leaves: int) -> Tree:
    """A formula with so many symbols and numbers."""
    if leaves == 1:
        symbol = Symbol(rng.choice([*SYMBOLS]))
        return rng.choice([symbol, symbol, symbol, Number(Fraction(rng.randint(1, 6)))])
    cut = rng.randint(1, leaves - 1)
    left, right = formula(rng, cut), formula(rng, leaves - cut)
    inside = formula(rng, leaves - 1)
    exponent = rng.choice([Fraction(-2), Fraction(-1), Fraction(2), Fraction(3), Fraction(1, 2)])
    made: list[Tree] = [
        Add((left, right)),
        Add((left, Negate(right))),
        product((left, right)),
        product((left, right)),
        Divide(left, right),
        Power(inside, Number(exponent)),
        Negate(inside),
        Call(rng.choice(FUNCTIONS), (inside,)),
        Call(rng.choice(FUNCTIONS), (inside,)),
        Call(rng.choice(["max", "min"]), (left, right)),
    ]
    found = rng.choices(made, weights=(4, 4, 4, 4, 4, 3, 1, 3, 3, 1))[0]
    if isinstance(found, Add) and all(isinstance(part, Add) for part in (left, right)):
        return Add((*left.terms, *right.terms))  # type: ignore[union-attr]
    return found


def key_of(seed: int, most: int = 6) -> Tree:
    """A formula with values at most points."""
    rng = Random(seed)
    while True:
        found = formula(rng, rng.randint(1, most))
        if usable(found):
            return found
