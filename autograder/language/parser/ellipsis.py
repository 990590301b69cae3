"""`mu_1^2 + mu_2^2 + ... + mu_d^2`, `1*2*...*n`: sums and products that are meant to go on.

The term behind the dots is the general one with its last index put in. What the index is, and
where it starts, has to follow from the terms before the dots, and from nothing but them.
"""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from autograder.errors import Unreadable
from autograder.language.tree import (
    Add,
    Divide,
    Element,
    Multiply,
    Negate,
    Number,
    Power,
    Sign,
    Span,
    Sum,
    Symbol,
    Tree,
    rebuild,
    walk,
)

INDEX = "_k"  # can't be typed, so it clashes with nothing
STAR: Sign = "*"
MOST_CANDIDATES = 30  # parts of the last term that are tried as its index
MOST_TERMS = 12  # before the dots
MOST_PARTS = 60  # of the last term
MAX_EXPONENT = 64


def close(terms: list[Tree | None], span: Span, *, product: bool = False) -> Tree:
    """Make a sum or product of terms; None stands for the dots.

    Errors: Unreadable `dots` when the term after the dots does not continue those before, or
    continues them in more than one way.
    """
    if None not in terms:
        return _joined([term for term in terms if term is not None], span, product)
    at = terms.index(None)
    before = [term for term in terms[:at] if term is not None]
    after = [term for term in terms[at + 1 :] if term is not None]
    unclear = None in terms[at + 1 :] or not before or not after or len(before) > MOST_TERMS
    if unclear or sum(1 for _ in walk(after[0])) > MOST_PARTS:
        raise Unreadable("dots", span)
    for skipped in range(len(before)):
        shown = before[skipped:]
        found = list(_continued(shown, after[0], product, span))
        if len(found) > 1:
            break
        if not found and not skipped and not isinstance(before[0], Number):
            found = list(_backwards(before, after, product, span))
            after = after[:1] if found else after
        if found and not any(_alike(term, shown[0]) for term in before[:skipped]):
            kept = [*before[:skipped], found[0], *after[1:]]
            return _joined(kept, span, product)
    raise Unreadable("dots", span)


def _joined(terms: list[Tree], span: Span, product: bool) -> Tree:
    if len(terms) == 1:
        return terms[0]
    if product:
        return Multiply(tuple(terms), (STAR,) * (len(terms) - 1), span=span)
    return Add(tuple(terms), span=span)


def _alike(one: Tree, other: Tree) -> bool:
    return type(folded(one)) is type(folded(other))


def _continued(shown: list[Tree], last: Tree, product: bool, span: Span) -> Iterator[Tree]:
    """The sums that the shown terms may be the beginning of."""
    plain = [folded(term) for term in shown]
    for upper in _candidates(last):
        body = _put(last, upper, Symbol(INDEX))
        for first in (0, 1, 2, 3) if len(shown) > 1 else (0, 1):
            steps = [
                folded(_put(body, Symbol(INDEX), Number(Fraction(first + n))))
                for n in range(len(plain))
            ]
            if steps == plain:
                lower = Number(Fraction(first))
                yield Sum(INDEX, body, lower, upper, product, span=span)
                break


def _backwards(shown: list[Tree], after: list[Tree], product: bool, span: Span) -> Iterator[Tree]:
    """The sum that `n + (n-1) + ... + 1` is, which begins at its end."""
    if len(shown) < 2 or sum(1 for _ in walk(shown[0])) > MOST_PARTS:
        return
    for whole in _continued(after[::-1], shown[0], product, span):
        assert isinstance(whole, Sum) and whole.upper is not None
        steps = [
            _put(whole.body, Symbol(INDEX), Add((whole.upper, Number(Fraction(-n)))))
            for n in range(1, len(shown))
        ]
        if [folded(step) for step in steps] == [folded(term) for term in shown[1:]]:
            yield whole


def _candidates(last: Tree) -> list[Tree]:
    """Parts of the last term that may be its index: names first, then what holds them."""
    nodes = list(dict.fromkeys(walk(last)))[: MOST_CANDIDATES * 4]
    symbols: list[Tree] = [node for node in nodes if isinstance(node, Symbol)]
    if not symbols:
        return [last] if isinstance(last, Number) and last.value.denominator == 1 else []
    wholes: list[Tree] = [
        node
        for node in nodes
        if isinstance(node, Add | Multiply | Power | Divide)
        and any(isinstance(part, Symbol) for part in walk(node))
    ]
    return [*symbols, *wholes][:MOST_CANDIDATES]


def _put(tree: Tree, old: Tree, new: Tree) -> Tree:
    """The tree with one part replaced wherever it stands."""
    if tree == old:
        return new
    return rebuild(tree, lambda child: _put(child, old, new))


def folded(tree: Tree) -> Tree:
    """The tree with its numbers worked out: `x^(3-2)/1` is `x`."""
    tree = rebuild(tree, folded)
    match tree:
        case Negate(of=Number(value=value)):
            return Number(-value)
        case Add(terms=terms):
            return _folded_sum(terms)
        case Multiply(factors=factors):
            return _folded_product(factors)
        case Divide(over=Number(value=over), under=Number(value=under)) if under:
            return Number(over / under)
        case Divide(over=over, under=Number(value=value)) if value == 1:
            return over
        case Power(base=base, exponent=Number(value=value)):
            return _folded_power(tree, base, value)
        case Element(indices=indices):
            return replace(tree, indices=tuple(map(folded, indices)))
    return tree


def _folded_sum(terms: tuple[Tree, ...]) -> Tree:
    number = sum((t.value for t in terms if isinstance(t, Number)), Fraction(0))
    rest = [term for term in terms if not isinstance(term, Number)]
    kept = [*rest, *([Number(number)] if number or not rest else [])]
    return kept[0] if len(kept) == 1 else Add(tuple(kept))


def _folded_product(factors: tuple[Tree, ...]) -> Tree:
    number = Fraction(1)
    rest: list[Tree] = []
    for factor in factors:
        if isinstance(factor, Number):
            number *= factor.value
        else:
            rest.append(factor)
    kept = [*([Number(number)] if number != 1 or not rest else []), *rest]
    return kept[0] if len(kept) == 1 else Multiply(tuple(kept), (STAR,) * (len(kept) - 1))


def _folded_power(tree: Tree, base: Tree, exponent: Fraction) -> Tree:
    if exponent == 0:
        return Number(Fraction(1))
    if exponent == 1:
        return base
    small = exponent.denominator == 1 and abs(exponent) <= MAX_EXPONENT
    if isinstance(base, Number) and small and base.value:
        if base.value.numerator.bit_length() * abs(exponent) < 4096:
            return Number(base.value ** int(exponent))
    return tree
