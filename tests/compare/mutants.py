"""Keys with one slip in them, each shown to be another formula by a second, plain evaluator.

The evaluator here shares nothing with the package but the tree: floating point and Python's
own `math`. It shows that two formulas differ, never that they are equal.
"""

import math
import random
import zlib
from collections.abc import Callable, Mapping
from typing import Any

from autograder.compare.slips import slips
from autograder.language.parser.grammar import parse
from autograder.language.printer.echo import echo
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
)
from autograder.language.vocabulary import Vocabulary, read_relations, read_sort
from compare.collection import lines

POINTS = 40
APART = 1e-6  # of the larger value; what floats lose in a formula of this length is far less
Values = Mapping[str, float]

FUNCTIONS: dict[str, Callable[..., float]] = {
    "sqrt": math.sqrt, "exp": math.exp, "sin": math.sin, "cos": math.cos, "tan": math.tan,
    "sinh": math.sinh, "cosh": math.cosh, "tanh": math.tanh, "asin": math.asin,
    "acos": math.acos, "atan": math.atan, "asinh": math.asinh, "abs": abs, "max": max,
    "min": min, "log": math.log, "gamma": math.gamma, "erf": math.erf, "erfc": math.erfc,
    "floor": math.floor, "ceil": math.ceil, "factorial": lambda x: math.gamma(x + 1),
    "square": lambda x: x * x, "cot": lambda x: 1 / math.tan(x),
    "sigmoid": lambda x: 1 / (1 + math.exp(-x)), "softplus": lambda x: math.log1p(math.exp(x)),
    "relu": lambda x: max(x, 0.0), "sign": lambda x: (x > 0) - (x < 0), "atan2": math.atan2,
    "cbrt": math.cbrt,
}  # fmt: skip


def evaluate(tree: Tree, at: Values) -> float:
    """The value in floating point.

    Errors: KeyError or TypeError for what is unknown here; ValueError or ArithmeticError
        outside a domain.
    """
    match tree:
        case Number(value=value):
            return float(value)
        case Constant(name=name):
            return {"pi": math.pi, "e": math.e}[name]
        case Symbol(name=name):
            return at[name]
        case Negate(of=of):
            return -evaluate(of, at)
        case Add(terms=terms):
            return math.fsum(evaluate(term, at) for term in terms)
        case Multiply(factors=factors):
            return math.prod(evaluate(factor, at) for factor in factors)
        case Divide(over=over, under=under):
            return evaluate(over, at) / evaluate(under, at)
        case Power(base=base, exponent=exponent):
            return math.pow(evaluate(base, at), evaluate(exponent, at))
        case Call(name=name, arguments=arguments):
            return float(FUNCTIONS[name](*(evaluate(each, at) for each in arguments)))
    raise KeyError(type(tree).__name__)


def points(symbols: Mapping[str, str], relations: list[str]) -> list[Values]:
    """Points of the domain; with relations between the symbols there are none."""
    rng = random.Random(repr(sorted(symbols.items())))

    def draw(domain: str) -> float:
        if domain in ("size", "integer"):
            return float(rng.randrange(1, 9)) * (rng.choice((-1, 1)) if domain != "size" else 1)
        return rng.uniform(0.1, 3.0) * (rng.choice((-1, 1)) if domain == "real" else 1)

    if relations:
        return []
    return [{name: draw(domain) for name, domain in symbols.items()} for _ in range(POINTS)]


def shown_different(left: Tree, right: Tree, where: list[Values]) -> bool:
    """Whether both have a value at some point and are apart there."""
    for point in where:
        try:
            one, other = evaluate(left, point), evaluate(right, point)
        except (KeyError, TypeError, ValueError, ArithmeticError):
            continue
        size = max(abs(one), abs(other))
        if math.isfinite(size) and size < 1e12 and abs(one - other) > APART * (1 + size):
            return True
    return False


def mutants(count: int) -> list[dict[str, Any]]:
    """Cases whose answer is the key with one slip, spread over all keys, always the same."""
    found: dict[str, dict[str, Any]] = {}
    for case in lines("closed_form"):
        if not case["equal"] or "complex" in case["symbols"].values() or case.get("relations"):
            continue
        vocabulary = _vocabulary(case)
        key = parse(case["key"], vocabulary)
        where = points(case["symbols"], case.get("relations", []))
        for _, mutant in slips(key, vocabulary):
            if shown_different(mutant, key, where):
                answer = echo(mutant)
                made = {**case, "answer": answer, "equal": False}
                found[f"{case['symbols']} {case['key']} | {answer}"] = made
    return [found[name] for name in sorted(found, key=_shuffled)[:count]]


def _vocabulary(case: dict[str, Any]) -> Vocabulary:
    symbols = {name: read_sort(sort) for name, sort in case["symbols"].items()}
    return Vocabulary(symbols, read_relations(", ".join(case.get("relations", []))))


def _shuffled(name: str) -> int:
    return zlib.crc32(name.encode())
