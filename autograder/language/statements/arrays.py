"""Matrices and vectors written out: lists become grids of entries, `I` an identity matrix.

`[1, 2, 3]` and a column are a vector, `[[1, 2, 3]]` is a row, and of one entry a number. Where
computer algebra is spoken, `*` between a vector and a vector or matrix is the product of linear
algebra, and `I` is an identity matrix unless it stands in an entry.
"""

from dataclasses import replace
from fractions import Fraction

from autograder.errors import Unreadable
from autograder.language.lexer.tokens import Token
from autograder.language.parser.grammar import parse_tokens
from autograder.language.shapes import (
    IDENTITY,
    Shape,
    ShapeFault,
    infer,
    product_rule,
    product_shape,
)
from autograder.language.statements.array_notation import rewritten
from autograder.language.tree import (
    Call,
    Constant,
    Element,
    Matrix,
    Multiply,
    Number,
    Sequence,
    Sign,
    Span,
    Symbol,
    Transpose,
    Tree,
    rebuild,
)
from autograder.language.vocabulary import Sort, Vocabulary


def parse(tokens: list[Token], vocabulary: Vocabulary, end: int) -> Tree:
    """Read an expression in which matrices and vectors may be written out.

    Errors: Unreadable; `ragged_matrix` for rows of different lengths.
    """
    known = vocabulary
    if vocabulary.algebra:
        known = vocabulary.with_symbols({"I": Sort(IDENTITY)})
    tree = parse_tokens(rewritten(tokens, known), known, end, lists=True)
    if isinstance(tree, Transpose) and _is_flat(tree.of):
        tree = tree.of  # `[1, 2, 3]^T` as an answer is how a column is typed
    return formed(tree, vocabulary, starred=vocabulary.algebra)


def _is_flat(tree: Tree) -> bool:
    lists = Sequence | Matrix
    return isinstance(tree, Sequence) and not any(isinstance(item, lists) for item in tree.items)


def formed(tree: Tree, vocabulary: Vocabulary, *, starred: bool = False) -> Tree:
    """The tree with lists as matrices and vectors.

    Args:
        starred: `*` between vectors, or between a vector and a matrix, is the product of
            linear algebra.

    Errors: Unreadable `ragged_matrix`, `empty_list` or `wrong_kind`.
    """

    def changed(node: Tree) -> Tree:
        if isinstance(node, Symbol) and node.name == "I" and "I" not in vocabulary:
            return Constant("I", span=node.span)
        framed = isinstance(node, Sequence) and [type(item) for item in node.items] == [Matrix]
        node = rebuild(node, changed)
        if isinstance(node, Sequence):
            return node.items[0] if framed else _listed(node, vocabulary)
        if isinstance(node, Matrix):
            return _grid(node.rows, node.span)
        if isinstance(node, Call) and node.name == "identity":
            return _identity(node)
        if isinstance(node, Call) and node.name == "diag":
            return _diagonal(node)
        if isinstance(node, Multiply) and starred and "*" in node.signs:
            return replace(node, signs=_signs(node, vocabulary))
        return node

    return changed(tree)


def _listed(node: Sequence, vocabulary: Vocabulary) -> Tree:
    if not node.items:
        raise Unreadable("empty_list", node.span)
    rows = [_row(item, vocabulary) for item in node.items]
    if len(rows) == 1:
        return node.items[0] if rows[0] is None else _grid((rows[0],), node.span)
    if all(row is None for row in rows):
        return _grid(tuple((item,) for item in node.items), node.span)
    lengths = {1 if row is None else len(row) for row in rows}
    if len(lengths) > 1:
        raise Unreadable("ragged_matrix", node.span)
    return _grid(tuple(row for row in rows if row is not None), node.span)


def _row(item: Tree, vocabulary: Vocabulary) -> tuple[Tree, ...] | None:
    """The entries of a list, or of a vector by name, that is a row; None for a single entry."""
    if isinstance(item, Matrix):
        if not item.vector:
            raise Unreadable("wrong_kind", item.span, found="an array with three indices",
                             expected="matrix")  # fmt: skip
        return tuple(entry for (entry,) in item.rows)
    if isinstance(item, Symbol) and item.name in vocabulary:
        shape = vocabulary[item.name].shape
        count = shape[-1] if shape and shape[:-1] in ((), ("1",)) else ""
        if count.isdigit() and len(shape) == 1:
            places = range(1, int(count) + 1)
            return tuple(Element(item.name, (_number(n),), span=item.span) for n in places)
    return None


def _grid(rows: tuple[tuple[Tree, ...], ...], span: Span) -> Tree:
    """A matrix of entries; a single column is a vector and a single entry a number."""
    rows = tuple(tuple(_entry(entry) for entry in row) for row in rows)
    if len(rows) == len(rows[0]) == 1:
        return rows[0][0]
    return Matrix(rows, len(rows[0]) == 1, span=span)


def _entry(tree: Tree) -> Tree:
    """An entry, in which `I` is the imaginary unit."""
    if tree == Constant("I"):
        return Constant("i", span=tree.span)
    return rebuild(tree, _entry)


def _number(value: int) -> Number:
    return Number(Fraction(value))


def _identity(node: Call) -> Tree:
    """`eye(2)` written out; `eye(n)` stays as it is."""
    size = node.arguments[0]
    if not isinstance(size, Number) or size.value.denominator != 1 or not 1 < size.value < 10:
        return node
    places = range(int(size.value))
    rows = tuple(tuple(_number(int(r == c)) for c in places) for r in places)
    return Matrix(rows, span=node.span)


def _diagonal(node: Call) -> Tree:
    """`diag(1, 2)` and `diag([1, 2])` written out.

    Errors: Unreadable `unsupported` where the entries are not.
    """
    entries = node.arguments
    if len(entries) == 1 and isinstance(entries[0], Matrix) and entries[0].vector:
        entries = tuple(entry for (entry,) in entries[0].rows)
    if len(entries) == 1 or any(isinstance(entry, Matrix) for entry in entries):
        raise Unreadable("unsupported", node.span, what="diag")
    places = range(len(entries))
    rows = tuple(tuple(entries[r] if r == c else _number(0) for c in places) for r in places)
    return Matrix(rows, span=node.span)


def _signs(node: Multiply, vocabulary: Vocabulary) -> tuple[Sign, ...]:
    """The signs of a product, with `@` for a `*` beside a vector."""
    found: list[Sign] = []
    try:
        shape: Shape | None = infer(node.factors[0], vocabulary)
        for sign, factor in zip(node.signs, node.factors[1:], strict=True):
            right = infer(factor, vocabulary)
            beside = shape is not None and len(shape) == 1 and len(right) in (1, 2)
            found.append("@" if sign == "*" and beside else sign)
            rule = product_rule(shape, right, found[-1]) if shape is not None else None
            shape = product_shape(shape, right, rule) if rule and shape is not None else None
    except (ShapeFault, Unreadable):
        return node.signs
    return tuple(found)


def with_identity(tree: Tree, shape: Shape) -> Tree:
    """A multiple of `I` as the matrix of a shape that is asked for."""
    size = shape[0]
    of: Tree = _number(int(size)) if size.isdigit() else Symbol(size)
    return Multiply((tree, Call("identity", (of,))), ("@",), span=tree.span)
