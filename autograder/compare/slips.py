"""Trees that are one slip away from a tree: what a hurried hand would have written.

Source of the idea: comparing a wrong answer with single-slip mutants of the key, as Lambda
Feedback's compareExpressions does for turned signs and exponents.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import TypeAlias

from autograder.language.tree import (
    Add,
    Call,
    Divide,
    Element,
    Multiply,
    Negate,
    Number,
    Power,
    Symbol,
    Transpose,
    Tree,
    children,
    rebuild,
)
from autograder.language.vocabulary import Vocabulary

Slip: TypeAlias = tuple[str, Tree]

ONE, TWO = Number(Fraction(1)), Number(Fraction(2))
TWINS = (
    ("sin", "cos"), ("sinh", "cosh"), ("max", "min"), ("exp", "log"), ("floor", "ceil"),
    ("tan", "cot"), ("asin", "acos"), ("sigmoid", "tanh"), ("sqrt", "square"),
)  # fmt: skip


def slips(tree: Tree, vocabulary: Vocabulary) -> Iterator[Slip]:
    """Kinds of slip with the tree that has one, those at the top first."""
    yield from _at(tree, vocabulary)
    for number, child in enumerate(children(tree)):
        if isinstance(tree, Element):
            return  # another index is another entry, not a slip to name
        for kind, changed in slips(child, vocabulary):
            yield kind, _with_child(tree, number, changed)


def _with_child(node: Tree, number: int, child: Tree) -> Tree:
    counted = iter(range(len(list(children(node)))))
    return rebuild(node, lambda old: child if next(counted) == number else old)


def _at(node: Tree, vocabulary: Vocabulary) -> Iterator[Slip]:
    """The slips at one node."""
    match node:
        case Add(terms=terms):
            for at, term in enumerate(terms):
                yield "sign", replace(node, terms=_put(terms, at, _opposite(term)))
            for at in range(len(terms)):
                kept = terms[:at] + terms[at + 1 :]
                yield "missing term", kept[0] if len(kept) == 1 else replace(node, terms=kept)
            if len(terms) == 2:
                right = terms[1].of if isinstance(terms[1], Negate) else terms[1]
                yield "operator", Multiply((terms[0], right), ("*",))
        case Multiply(factors=factors, signs=signs):
            for at in range(len(factors)):
                kept = factors[:at] + factors[at + 1 :]
                if len(kept) == 1:
                    yield "missing factor", kept[0]
                else:
                    yield "missing factor", Multiply(kept, signs[: len(kept) - 1])
            if len(factors) == 2:
                yield "operator", Add(factors)
                yield "operator", Divide(*factors)
        case Divide(over=over, under=under):
            yield "operator", Multiply((over, under), ("*",))
            yield "fraction", Divide(under, over)
            yield "missing factor", over
        case Power(base=base, exponent=exponent):
            yield "exponent", replace(node, exponent=Negate(exponent))
            yield "exponent", replace(node, exponent=Add((exponent, ONE)))
            yield "exponent", replace(node, exponent=Add((exponent, Negate(ONE))))
            yield "exponent", replace(node, exponent=Multiply((TWO, exponent), ("*",)))
            yield "exponent", replace(node, exponent=Divide(exponent, TWO))
            yield "exponent", base
            yield "operator", Multiply((base, exponent), ("*",))
        case Negate(of=of):
            yield "sign", of
        case Transpose(of=of):
            yield "transpose", of
        case Number(value=value) if value:
            for number in (-value, 2 * value, value / 2, value + 1, value - 1):
                yield "number", Number(number)
        case Call(name=name, arguments=(argument,)):
            for twin in _twins(name):
                yield "function", replace(node, name=twin)
            yield "function", argument
        case Call(name=name):
            for twin in _twins(name):
                yield "function", replace(node, name=twin)
        case Symbol(name=name) if name in vocabulary and not vocabulary[name].shape:
            yield "exponent", Power(node, TWO)
            yield "exponent", Call("sqrt", (node,))
            for other in vocabulary.symbols:
                if other != name and vocabulary[other] == vocabulary[name]:
                    yield "symbol", Symbol(other)


def _put(terms: tuple[Tree, ...], at: int, term: Tree) -> tuple[Tree, ...]:
    return (*terms[:at], term, *terms[at + 1 :])


def _opposite(term: Tree) -> Tree:
    return term.of if isinstance(term, Negate) else Negate(term)


def _twins(name: str) -> list[str]:
    return [b if a == name else a for a, b in TWINS if name in (a, b)]
