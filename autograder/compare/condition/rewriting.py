"""Relations as limits on signs of polynomials.

A relation does not hold where one of its sides has no real value: what a quotient, a root or a
logarithm asks for is joined to it. Absolute values, maxima and square roots are resolved into
cases; what is monotone is taken off both sides.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from autograder.compare.condition.formulas import (
    ALL_SIGNS,
    ALLOWED,
    FALSE,
    TRUE,
    Atom,
    Formula,
    Signs,
    conjunction,
    disjunction,
)
from autograder.compare.condition.monotone import taken_off
from autograder.compare.condition.piecewise import first_switch
from autograder.compare.condition.polynomials import (
    Frozen,
    Polynomial,
    TooMuch,
    by_power,
    constant,
    names_in,
    plus,
    power,
    primitive,
    product,
)
from autograder.compare.condition.signs import known_signs, quadratic_signs
from autograder.compare.condition.terms import Terms, symbols_of, value_of_ratio
from autograder.language.evaluator.evaluation import evaluate
from autograder.language.evaluator.values import Grid, Point, Undefined
from autograder.language.tree import (
    Add,
    All,
    Call,
    Constant,
    Divide,
    Either,
    Multiply,
    Negate,
    Number,
    Power,
    Relation,
    Symbol,
    Tree,
    walk,
)
from autograder.language.vocabulary import Vocabulary

ZERO, ONE = Number(Fraction(0)), Number(Fraction(1))
INF = Constant("inf")
DIGITS = 60
NOTHING = Fraction(1, 10**40)  # a number of constants below this is zero
Factors = list[tuple[Polynomial, int]]


def formula_of(tree: Tree, terms: Terms) -> Formula:
    """A condition as atoms; a proposition is a number that is not zero where it holds.

    Errors: TooMuch.
    """
    match tree:
        case All(parts=parts):
            return conjunction(*(formula_of(part, terms) for part in parts))
        case Either(parts=parts):
            return disjunction(*(formula_of(part, terms) for part in parts))
        case Relation():
            return _relation(tree, terms)
        case Symbol():
            return _relation(Relation("!=", tree, ZERO), terms)
        case Call(name="not", arguments=(Symbol() as of,)):
            return _relation(Relation("=", of, ZERO), terms)
    raise TooMuch


def _relation(relation: Relation, terms: Terms) -> Formula:
    terms.steps -= 5
    if terms.steps < 0:
        raise TooMuch
    switch = first_switch(relation)
    if switch is not None:
        return disjunction(
            *(
                conjunction(formula_of(when, terms), formula_of(then, terms))
                for when, then in switch
            )
        )
    left, right, sign = relation.left, relation.right, relation.sign
    defined = conjunction(*(_relation(asked, terms) for asked in _asked((left, right), terms)))
    if defined == FALSE:
        return FALSE
    ends = _end(left), _end(right)
    if ends != (0, 0):
        terms.closed_ends += sign in ("<=", ">=")
        return defined if _compared(ends[0] - ends[1]) in ALLOWED[sign] else FALSE
    return conjunction(defined, _signs(_factors(left, right, terms), ALLOWED[sign], terms))


def _end(side: Tree) -> int:
    """1 for infinity, -1 for its negative, 0 for anything else."""
    if isinstance(side, Negate):
        return -_end(side.of)
    return 1 if side == INF else 0


def _compared(difference: int) -> int:
    return (difference > 0) - (difference < 0)


def _asked(sides: tuple[Tree, ...], terms: Terms) -> Iterator[Relation]:
    """What has to hold so that the sides have a value."""
    for node in (node for side in sides for node in walk(side)):
        match node:
            case Divide(under=under) if not isinstance(under, Number) or not under.value:
                yield Relation("!=", under, ZERO)
            case Power(base=base, exponent=exponent):
                degree = value_of_ratio(terms.ratio(exponent))
                if degree is None:
                    if not isinstance(base, Number | Constant):
                        yield Relation(">=", base, ZERO)
                    continue
                if degree < 0:
                    yield Relation("!=", base, ZERO)
                odd = degree.denominator % 2 == 1
                if degree.denominator > 1 and not (odd and terms.real_roots):
                    yield Relation(">=", base, ZERO)
            case Call(name="sqrt" | "root", arguments=(of, *degrees)):
                degree = value_of_ratio(terms.ratio(degrees[0])) if degrees else Fraction(2)
                if degree is None or degree % 2 == 0:
                    yield Relation(">=", of, ZERO)
            case Call(name="log", arguments=arguments):
                yield from (Relation(">", argument, ZERO) for argument in arguments)
            case Call(name="asin" | "acos", arguments=(of,)):
                yield Relation("<=", Call("abs", (of,)), ONE)
            case Call(name="asec" | "acsc", arguments=(of,)):
                yield Relation(">=", Call("abs", (of,)), ONE)
            case Call(name="atanh", arguments=(of,)):
                yield Relation("<", Call("abs", (of,)), ONE)
            case Call(name="acoth", arguments=(of,)):
                yield Relation(">", Call("abs", (of,)), ONE)
            case Call(name="acosh", arguments=(of,)):
                yield Relation(">=", of, ONE)


def _factors(left: Tree, right: Tree, terms: Terms) -> Factors:
    """Polynomials with their powers, whose product has the sign of `left - right`."""
    if right != ZERO and left != ZERO:
        difference = terms.ratio(Add((left, Negate(right))))
        return [(difference.over, 1), (difference.under, 1)]
    sign = -1 if right != ZERO else 1
    found: Factors = [(constant(Fraction(sign)), 1)]
    waiting: list[tuple[Tree, int]] = [(left if right == ZERO else right, 1)]
    while waiting:
        node, times = waiting.pop()
        match node:
            case Multiply(factors=factors):
                waiting += [(factor, times) for factor in factors]
            case Divide(over=over, under=under):
                waiting += [(over, times), (under, times)]
            case Negate(of=of):
                found.append((constant(Fraction(-1)), times))
                waiting.append((of, times))
            case Power(base=base, exponent=Number(value=value)) if (
                value.denominator == 1 and value > 0
            ):
                waiting.append((base, times * int(value)))
            case _:
                ratio = terms.ratio(node)
                found += [(ratio.over, times), (ratio.under, times)]
    return found


def _signs(factors: Factors, signs: Signs, terms: Terms) -> Formula:
    """Where the product of powers of polynomials has one of these signs."""
    if any(_radical(polynomial, terms) for polynomial, _ in factors):
        total = constant(Fraction(1))
        for polynomial, times in factors:
            total = product(total, power(polynomial, times if times < 3 else 2 - times % 2))
        return _without_root(total, signs, terms)
    kept: dict[Frozen, bool] = {}
    flip = 1
    for polynomial, times in factors:
        if not polynomial:
            return TRUE if 0 in signs else FALSE
        for part, odd in _split(polynomial):
            whole, sign = primitive(part)
            odd = odd and times % 2 == 1
            if _is_constant(whole, terms):
                sign *= _constant_sign(whole, terms)
                if not sign:
                    return TRUE if 0 in signs else FALSE
            else:
                kept[whole] = kept.get(whole, False) ^ odd
            flip *= sign if odd else 1
    signs = signs if flip > 0 else frozenset(-s for s in signs)
    return _atom(kept, signs, terms)


def _atom(kept: dict[Frozen, bool], signs: Signs, terms: Terms) -> Formula:
    possible: Signs = frozenset((1,))
    rest: list[tuple[Frozen, bool]] = []
    for polynomial, odd in kept.items():
        known = known_signs(polynomial, terms.positive) & quadratic_signs(polynomial)
        known = known if odd else frozenset(s * s for s in known)
        possible = frozenset(a * b for a in possible for b in known)
        if known != {1}:
            rest.append((polynomial, odd))
    if possible <= signs:
        return TRUE
    if not possible & signs:
        return FALSE
    if len(rest) == 1 and rest[0][1] and (plain := taken_off(rest[0][0], signs, terms)):
        return _relation(plain, terms)
    return Atom(tuple(sorted(rest)), signs)


def _split(polynomial: Polynomial) -> Iterator[tuple[Polynomial, bool]]:
    """The names that divide all terms, and what is left."""
    shared = dict(next(iter(polynomial)))
    for monomial in polynomial:
        degrees = dict(monomial)
        shared = {n: min(d, degrees[n]) for n, d in shared.items() if n in degrees}
    rest: Polynomial = {}
    for monomial, coefficient in polynomial.items():
        left = ((n, d - shared.get(n, 0)) for n, d in monomial)
        rest[tuple(pair for pair in left if pair[1])] = coefficient
    yield rest, True
    for name, degree in shared.items():
        yield {((name, 1),): Fraction(1)}, degree % 2 == 1


def _is_constant(polynomial: Frozen, terms: Terms) -> bool:
    return not symbols_of(names_in((polynomial,)), terms.named)


def _constant_sign(polynomial: Frozen, terms: Terms) -> int:
    """The sign of a number, which may be made of `pi`, `log(2)` and the like.

    Errors: TooMuch when it has no value.
    """
    if names_in((polynomial,)) == set():
        return 1
    from autograder.compare.sampling import context

    ctx = context(DIGITS)
    point = Point(ctx, {}, {}, Vocabulary())
    total = ctx.mpf(0)
    try:
        for monomial, coefficient in polynomial:
            value = ctx.mpf(coefficient)
            for name, degree in monomial:
                factor = evaluate(terms.named[name].tree, point)
                if isinstance(factor, Grid):
                    raise TooMuch
                value *= factor**degree
            total += value
    except Undefined:
        raise TooMuch from None
    if ctx.im(total):
        raise TooMuch
    if abs(total) < ctx.mpf(NOTHING.numerator) / NOTHING.denominator:
        return 0
    return 1 if total > 0 else -1


def _radical(polynomial: Polynomial | Frozen, terms: Terms) -> str | None:
    """The name of a square root in it whose argument isn't in another of its roots."""
    names = [n for n in names_in((polynomial,)) if n in terms.named]
    roots = [n for n in names if terms.named[n].kind == "sqrt"]
    roots = [n for n in roots if terms.named[n].argument is not None]
    return min(roots, key=lambda name: (-len(name), name), default=None)


def _without_root(polynomial: Polynomial, signs: Signs, terms: Terms) -> Formula:
    """Where `a r + b` has one of these signs, in terms of the square of the root r."""
    name = _radical(polynomial, terms)
    if name is None:
        return _signs([(polynomial, 1)], signs, terms)
    terms.steps -= 50
    if terms.steps < 0:
        raise TooMuch
    ratio = terms.named[name].ratio
    assert ratio is not None
    over, under = ratio
    parts: list[Polynomial] = [{}, {}]  # b, a; all times a square of what is below the line
    powers = by_power(polynomial, name)
    most = max(powers) // 2
    for degree, coefficient in powers.items():
        half = degree // 2
        scaled = product(power(over, half), power(under, 2 * most - half))
        parts[degree % 2] = plus(parts[degree % 2], product(coefficient, scaled))
    b, a = parts
    square = plus(
        product(product(a, a), product(over, under)),
        product(product(b, b), product(under, under)),
        -1,
    )

    def where(factors: list[Polynomial], *allowed: int) -> Formula:
        return _signs([(factor, 1) for factor in factors], frozenset(allowed), terms)

    def above(up: int) -> Formula:
        return disjunction(
            conjunction(where([a], 0, up), where([b], up)),
            conjunction(where([a], up), where([over, under], 1), where([b], 0, up)),
            conjunction(where([a], up), where([b], -up), where([square], 1)),
            conjunction(where([a], -up), where([b], up), where([square], -1)),
        )

    found = [above(sign) for sign in (1, -1) if sign in signs]
    if 0 in signs:
        found.append(conjunction(where([a, b], -1, 0), where([square], 0)))
    return TRUE if signs == ALL_SIGNS else disjunction(*found)
