"""`mu_1^2 + mu_2^2 + ... + mu_d^2`: sums that are meant to go on."""

from dataclasses import replace
from fractions import Fraction

from autograder.errors import Unreadable
from autograder.language.tree import (
    Add,
    Element,
    Negate,
    Number,
    Span,
    Sum,
    Symbol,
    Tree,
    children,
    rebuild,
)

INDEX = "_k"  # can't be typed, so it clashes with nothing


def close(terms: list[Tree | None], span: Span) -> Tree:
    """Make a sum of terms; None stands for the dots.

    Errors: Unreadable `dots` when the term after the dots does not continue the one before.
    """
    if None not in terms:
        return Add(tuple(term for term in terms if term is not None), span=span)
    at = terms.index(None)
    before, after = terms[:at], terms[at + 1 :]
    if None in after or not before or not after:
        raise Unreadable("dots", span)
    last = after[0]
    for back in (1, 2, 3):
        first = before[-back] if back <= len(before) else None
        if first is None or last is None:
            break
        body = _general(first, last)
        if body is None:
            continue
        middle = before[len(before) - back + 1 :]
        steps = [_put(body, Number(Fraction(2 + n))) for n in range(len(middle))]
        if steps != middle:
            continue
        upper = _upper(first, last)
        whole = Sum(INDEX, body, Number(Fraction(1)), upper, span=span)
        rest = [*before[: len(before) - back], whole, *after[1:]]
        kept = tuple(term for term in rest if term is not None)
        return kept[0] if len(kept) == 1 else Add(kept, span=span)
    raise Unreadable("dots", span)


def _upper(first: Tree, last: Tree) -> Tree | None:
    """The last index, where the first term has 1."""
    if isinstance(first, Number) and first.value == 1 and not isinstance(last, Number):
        return last
    for one, other in _pairs(first, last):
        found = _upper(one, other)
        if found is not None:
            return found
    return None


def _general(first: Tree, last: Tree) -> Tree | None:
    """The term with INDEX where `first` has 1 and `last` its upper limit, or None."""
    if type(first) is not type(last) or isinstance(first, Negate) != isinstance(last, Negate):
        return None
    upper = _upper(first, last)
    if upper is None or not isinstance(upper, Symbol):
        return None
    general = _replace(last, upper)
    return general if _put(general, Number(Fraction(1))) == first else None


def _replace(tree: Tree, upper: Tree) -> Tree:
    if isinstance(tree, Element):
        indices = tuple(Symbol(INDEX) if i == upper else i for i in tree.indices)
        return replace(tree, indices=indices)
    return rebuild(tree, lambda child: _replace(child, upper))


def _put(tree: Tree, value: Tree) -> Tree:
    """The tree with INDEX replaced by a value."""
    if isinstance(tree, Symbol) and tree.name == INDEX:
        return value
    return rebuild(tree, lambda child: _put(child, value))


def _pairs(first: Tree, last: Tree) -> list[tuple[Tree, Tree]]:
    if type(first) is not type(last):
        return []
    return list(zip(children(first), children(last), strict=False))
