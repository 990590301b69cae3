"""A tree as text, in any notation: where brackets stand is the same in all of them.

A notation says how names, fractions, powers, calls and sums are written; `echo.py` is plain
ASCII and `latex.py` LaTeX.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from autograder.language.printer.numerals import in_numerals, numeral
from autograder.language.tree import (
    Add,
    All,
    Call,
    Cases,
    Comparison,
    Constant,
    Divide,
    Either,
    Element,
    Matrix,
    Multiply,
    Negate,
    Number,
    Order,
    Power,
    Relation,
    Sequence,
    Sign,
    Sum,
    Symbol,
    Transpose,
    Tree,
    rebuild,
    walk,
)

SUM, PRODUCT, SIGNED, POWER, ATOM = range(5)  # how tightly a written piece holds together
ZERO = Number(Fraction(0))
INDICES = "jiklm"  # for an index that has no letter of its own


class Piece(NamedTuple):
    """A written part; it needs brackets where something tighter is asked for."""

    text: str
    strength: int


Form: TypeAlias = "Callable[[Writer, tuple[Tree, ...]], Piece | None]"


@dataclass(frozen=True)
class Notation:
    """How one notation writes.

    Attributes:
        name: A symbol, a constant or a function's name.
        element: A name and its indices; None where they can't stand below it.
        signs: What stands between two factors, with its blanks.
        fraction: A quotient.
        power: What follows a base, from the exponent and whether it holds together.
        total: What stands before the body of a sum: whether it is a product, the index and
            its limits, where there are any.
        brackets: By the opening one, the pair as it is written.
        calls: Functions with a form of their own; None leaves it to the usual one.
        order: `O`, `Theta`, … as they stand before a bracket.
    """

    name: Callable[[str], str]
    element: Callable[[str, tuple[str, ...]], str]
    fraction: Callable[[Writer, Divide], Piece]
    power: Callable[[str, bool], str]
    total: Callable[[Writer, Sum], Piece]
    matrix: Callable[[list[list[str]]], str]
    cases: Callable[[list[tuple[str, str | None]]], str]
    function: Callable[[str], str]
    order: Callable[[str], str]
    transpose: str
    conjunction: str
    disjunction: str
    signs: Mapping[Sign, str]
    brackets: Mapping[str, tuple[str, str]]
    comparisons: Mapping[Comparison, str] = field(default_factory=dict)
    calls: Mapping[str, Form] = field(default_factory=dict)


@dataclass(frozen=True)
class Writer:
    """Writes trees in one notation."""

    notation: Notation

    def text(self, tree: Tree) -> str:
        """The tree, to stand alone."""
        return self.piece(tree).text

    def at_least(self, tree: Tree, strength: int) -> str:
        """The tree, in brackets unless it holds together as tightly as that."""
        text, found = self.piece(tree)
        return text if found >= strength else self.bracketed(text)

    def bracketed(self, text: str, bracket: str = "(") -> str:
        before, behind = self.notation.brackets[bracket]
        return before + text + behind

    def listed(self, trees: tuple[Tree, ...]) -> str:
        return ", ".join(map(self.text, trees))

    def piece(self, tree: Tree) -> Piece:
        """The tree with how tightly it holds together."""
        if isinstance(tree, Number):
            tree = in_numerals(tree)
        notation = self.notation
        match tree:
            case Number(value=value):
                return Piece(numeral(value) or str(value), ATOM)
            case Constant(name=name) | Symbol(name=name):
                return Piece(notation.name(name), ATOM)
            case Element(name=name, indices=indices):
                return Piece(self._element(name, indices), ATOM)
            case Add(terms=terms):
                return Piece(self._sum(terms), SUM)
            case Negate(of=of):
                return Piece("-" + self.at_least(of, POWER), SIGNED)
            case Multiply():
                return Piece(self._product(tree), PRODUCT)
            case Divide():
                return notation.fraction(self, tree)
            case Power(base=base, exponent=exponent):
                text, strength = self.piece(exponent)
                raised = notation.power(text, strength >= ATOM)
                return Piece(self.at_least(base, ATOM) + raised, POWER)
            case Transpose(of=of):
                return Piece(self.at_least(of, ATOM) + notation.transpose, POWER)
            case Sum():
                return notation.total(self, lettered(tree))
            case Call(name=name, arguments=arguments):
                return self._call(name, arguments)
            case _:
                return Piece(self._collection(tree), ATOM)

    def body(self, tree: Tree) -> str:
        """What a sum sign stands before: a product without a quotient in front."""
        text, strength = self.piece(tree)
        bare = strength >= POWER or isinstance(tree, Sum)
        if isinstance(tree, Multiply):
            bare = self.piece(tree.factors[0]).strength >= POWER
        return text if bare else self.bracketed(text)

    def _element(self, name: str, indices: tuple[Tree, ...]) -> str:
        below = all(
            (isinstance(index, Symbol) and "_" not in index.name.lstrip("_"))
            or (isinstance(index, Number) and index.value.denominator == 1 and index.value >= 0)
            for index in indices
        )
        if below:
            return self.notation.element(name, tuple(map(self.text, indices)))
        return f"{self.notation.name(name)}[{self.listed(indices)}]"

    def _sum(self, terms: tuple[Tree, ...]) -> str:
        text = ""
        for term in terms:
            minus = isinstance(term, Negate)
            inner = term.of if isinstance(term, Negate) else term
            # a minus in front of all belongs to the first factor alone
            piece = self.at_least(inner, POWER if minus and not text else PRODUCT)
            if text and piece.startswith("-"):
                piece = self.bracketed(piece)
            text += (" - " if minus else " + ") + piece if text else "-" * minus + piece
        return text

    def _product(self, tree: Multiply) -> str:
        first, *others = tree.factors
        text, strength = self.piece(first)
        opens = isinstance(first, Divide | Negate | Number)
        if strength < POWER and not opens:
            text = self.bracketed(text)
        for sign, factor in zip(tree.signs, others, strict=True):
            shown = self.at_least(factor, POWER)
            between = self.notation.signs[sign]
            powered = isinstance(factor, Power) and isinstance(factor.base, Number)
            # a number behind a name may be a lost exponent, a fraction behind one a part of it
            lost = (shown[0].isdigit() and not powered) or _is_fraction(factor)
            lost = lost or first == ZERO  # `0 x` behind a relation may have lost an "and"
            if not between.strip() and lost and shown[0] not in "([":
                shown = self.bracketed(shown)
            text += between + shown
        return text

    def _call(self, name: str, arguments: tuple[Tree, ...]) -> Piece:
        form = self.notation.calls.get(name)
        found = form(self, arguments) if form is not None else None
        if found is not None:
            return found
        return Piece(self.notation.function(name) + self.bracketed(self.listed(arguments)), ATOM)

    def _collection(self, tree: Tree) -> str:
        notation = self.notation
        match tree:
            case Relation(sign=sign, left=left, right=right):
                shown = notation.comparisons.get(sign, sign)
                return f"{self.text(left)} {shown} {self.text(right)}"
            case All(parts=parts):
                return self._all(parts)
            case Either(parts=parts):
                return notation.disjunction.join(map(self.text, parts)) or "false"
            case Sequence(items=items, bracket=bracket):
                return self.bracketed(self.listed(items), bracket)
            case Matrix(rows=rows, vector=True):
                return self.bracketed(self.listed(tuple(row[0] for row in rows)), "[")
            case Matrix(rows=rows):
                return notation.matrix([[self.text(entry) for entry in row] for row in rows])
            case Order(bound=bound, of=of):
                return notation.order(bound) + self.bracketed(self.text(of))
            case Cases(pieces=pieces):
                return notation.cases(
                    [(self.text(v), self.text(c) if c is not None else None) for v, c in pieces]
                )
        raise TypeError(type(tree).__name__)

    def _all(self, parts: tuple[Tree, ...]) -> str:
        if not parts:
            return "true"
        links = [part for part in parts if isinstance(part, Relation)]
        chain = len(links) == len(parts) and all(
            one.right == other.left for one, other in pairwise(links)
        )
        if not chain:
            texts = ((self.text(part), isinstance(part, Either)) for part in parts)
            joined = (self.bracketed(text) if either else text for text, either in texts)
            return self.notation.conjunction.join(joined)
        text = self.text(links[0].left)
        for link in links:
            text += (
                f" {self.notation.comparisons.get(link.sign, link.sign)} {self.text(link.right)}"
            )
        return text


def _is_fraction(tree: Tree) -> bool:
    """Whether it is written as one number over another."""
    if isinstance(tree, Number):
        tree = in_numerals(tree)
    return isinstance(tree, Divide) and {type(tree.over), type(tree.under)} == {Number}


def lettered(tree: Sum) -> Sum:
    """The sum with a letter for an index that has none of its own."""
    if not tree.index.startswith("_"):
        return tree
    taken = {node.name for node in walk(tree) if isinstance(node, Symbol | Element)}
    letter = next((letter for letter in INDICES if letter not in taken), tree.index.lstrip("_"))

    def renamed(node: Tree) -> Tree:
        if node == Symbol(tree.index):
            return Symbol(letter)
        return rebuild(node, renamed)

    return replace(tree, index=letter, body=renamed(tree.body))
