"""Shapes of trees with symbolic sizes: which products fit, and what comes out.

A shape is a tuple of sizes by name: `()` a scalar, `("d",)` a vector, `("1", "F")` a row,
`("n", "m")` a matrix. A vector behaves as a column beside a transpose and as a
one-dimensional array under Python's `@` and `*`, as both notations have it.
"""

from collections.abc import Mapping
from typing import Literal, TypeAlias

from autograder.errors import Unreadable
from autograder.language.tree import (
    Add,
    Call,
    Cases,
    Constant,
    Divide,
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
    Span,
    Sum,
    Symbol,
    Transpose,
    Tree,
    walk,
)
from autograder.language.vocabulary import Vocabulary, families

Shape: TypeAlias = tuple[str, ...]
Rule: TypeAlias = Literal["scale", "dot", "entries", "outer", "matmul", "cross"]

IDENTITY: Shape = ("I", "I")  # of an identity matrix whose size comes from what it meets
BESIDE: Mapping[Sign, Rule | None] = {"": None, "@": "dot", ".": "dot"}  # of two vectors
ONE = (1, "1")
REDUCING = frozenset(("norm", "sum"))


class ShapeFault(Exception):
    """Two things that do not fit together; readable, so it is a wrong answer.

    Args:
        code: `shape_mismatch` with `left`, `right`, or `wrong_argument_shape`.
        span: Columns of the smallest part that does not fit.
    """

    def __init__(self, code: str, span: Span, **data: str) -> None:
        super().__init__(code)
        self.code, self.span, self.data = code, span, data


def spell(shape: Shape) -> str:
    """A shape in words of the field: `scalar`, `vector of length d`, `1 x F`."""
    if not shape:
        return "a number"
    return f"a vector of length {shape[0]}" if len(shape) == 1 else " x ".join(shape)


def is_scalar(tree: Tree, vocabulary: Vocabulary) -> bool:
    """True when nothing in the tree can be a vector or a matrix."""
    members = families(vocabulary)
    for node in walk(tree):
        if isinstance(node, Symbol | Call) and node.name in vocabulary:
            if vocabulary[node.name].shape:
                return False
        elif isinstance(node, Matrix | Sequence):
            return False
        elif isinstance(node, Element) and node.name in members:
            if vocabulary[members[node.name]].shape:
                return False
    return True


def product_rule(left: tuple[object, ...], right: tuple[object, ...], sign: Sign) -> Rule | None:
    """Which product two shapes admit under a sign; None when they do not fit.

    Sizes may be names or numbers, as long as both sides use the same.
    """
    if not left or not right or IDENTITY in (left, right):
        return "scale"
    if sign == "×" or len(left) + len(right) == 3:  # of a vector and a column
        left, right = _upright(left), _upright(right)
    if len(left) == len(right) == 1:
        if left != right:
            return None
        if sign == "×":
            return "cross" if left[0] in (3, "3") else None
        return BESIDE.get(sign, "entries")
    if sign == "⊙":
        return "entries" if left == right else None
    if sign == "." and left == right and (1 in left or "1" in left):
        return "dot"
    if sign == "*" and left == right and (1 in left or "1" in left):
        return "entries"
    one = right[0] in (1, "1") if len(right) == 2 else False
    if len(left) == 1:
        if sign == "@" and len(right) == 2 and left[0] == right[0] and not one:
            return "matmul"
        return "outer" if one else None
    return "matmul" if left[1] == right[0] else None


def product_shape(left: Shape, right: Shape, rule: Rule) -> Shape:
    """The shape of a product that fits."""
    match rule:
        case "scale":
            if left == IDENTITY:
                return right or left
            return left or right
        case "dot":
            return ()
        case "entries" | "cross":
            return right if len(right) == 1 else left
        case "outer":
            return (left[0], right[1])
    if len(left) == 1:
        return (right[1],)
    if len(right) == 1:
        return () if left[0] == "1" else (left[0],)
    return () if (left[0], right[1]) == ("1", "1") else (left[0], right[1])


def infer(tree: Tree, vocabulary: Vocabulary) -> Shape:
    """The shape of a tree.

    Errors: ShapeFault where two parts do not fit; Unreadable for what has no shape.
    """
    match tree:
        case Number() | Constant():
            return IDENTITY if tree == Constant("I") else ()
        case Symbol(name=name):
            sort = vocabulary.symbols.get(name)
            if sort is not None and sort.takes is not None:
                raise Unreadable("no_argument", tree.span, function=name)
            return sort.shape if sort is not None else ()
        case Element(name=name):
            members = families(vocabulary)
            return vocabulary[members[name]].shape if name in members else ()
        case Negate(of=of):
            return infer(of, vocabulary)
        case Add(terms=terms):
            return _sum(terms, vocabulary)
        case Multiply():
            return _product(tree, vocabulary)
        case Divide(over=over, under=under):
            return _quotient(tree, infer(over, vocabulary), infer(under, vocabulary))
        case Power(base=base, exponent=exponent):
            return _power(tree, infer(base, vocabulary), infer(exponent, vocabulary))
        case Transpose(of=of):
            shape = infer(of, vocabulary)
            return ("1", *shape) if len(shape) == 1 else shape[::-1]
        case Sum(body=body, lower=lower, upper=upper):
            for limit in (lower, upper):
                if limit is not None:
                    _is_number(limit, "A limit of a sum", vocabulary)
            return infer(body, vocabulary)
        case Call():
            return _call(tree, vocabulary)
        case Matrix():
            return _literal(tree, vocabulary)
        case Cases(pieces=pieces):
            for _, condition in pieces:
                _compares_numbers(condition, vocabulary)
            return infer(pieces[0][0], vocabulary)
        case Order() | Sequence() | _:
            raise Unreadable("wrong_kind", tree.span, found=type(tree).__name__.lower())


def _sum(terms: tuple[Tree, ...], vocabulary: Vocabulary) -> Shape:
    total: Shape = infer(terms[0], vocabulary)
    for term in terms[1:]:
        shape = infer(term, vocabulary)
        if IDENTITY in (shape, total) and is_square(shape) and is_square(total):
            total = shape if total == IDENTITY else total
            continue
        if _upright(shape) != _upright(total) and not (len(shape) + len(total) == 1):
            raise ShapeFault("sum_mismatch", term.span, left=spell(total), right=spell(shape))
        total = shape if len(shape) == 1 else total or shape
    return total


def _upright(shape: tuple[object, ...]) -> tuple[object, ...]:
    """A column as the vector that it holds; a row of one stays a row."""
    column = len(shape) == 2 and shape[1] in ONE and shape[0] not in ONE
    return shape[:1] if column else shape


def _product(tree: Multiply, vocabulary: Vocabulary) -> Shape:
    shape = infer(tree.factors[0], vocabulary)
    for sign, factor in zip(tree.signs, tree.factors[1:], strict=True):
        right = infer(factor, vocabulary)
        rule = product_rule(shape, right, sign)
        if rule is None:
            span = (tree.factors[0].span[0], factor.span[1])
            raise ShapeFault("shape_mismatch", span, left=spell(shape), right=spell(right))
        shape = product_shape(shape, right, rule)
    return shape


def _quotient(tree: Divide, over: Shape, under: Shape) -> Shape:
    if not under or (over == under and len(under) == 1):
        return over
    raise ShapeFault("divided_by", tree.under.span, left=spell(over), right=spell(under))


def is_square(shape: Shape) -> bool:
    """True for a matrix with as many rows as columns."""
    return len(shape) == 2 and shape[0] == shape[1]


def is_matrix(tree: Tree, vocabulary: Vocabulary) -> bool:
    """True when the tree fits and is a matrix, neither a row nor a column."""
    if isinstance(tree, Sequence):
        return any(isinstance(item, Sequence) for item in tree.items)
    try:
        shape = infer(tree, vocabulary)
    except (ShapeFault, Unreadable):
        return False
    return len(shape) == 2 and "1" not in shape


def _literal(tree: Matrix, vocabulary: Vocabulary) -> Shape:
    for entry in (entry for row in tree.rows for entry in row):
        shape = infer(entry, vocabulary)
        if shape:
            raise ShapeFault("wrong_argument_shape", entry.span, function="An entry",
                             left=spell(shape), right="a number")  # fmt: skip
    rows = str(len(tree.rows))
    return (rows,) if tree.vector else (rows, str(len(tree.rows[0])))


def _power(tree: Power, base: Shape, exponent: Shape) -> Shape:
    if exponent or (len(base) == 2 and not is_square(base)):
        raise ShapeFault("power_of", tree.span, left=spell(base), right=spell(exponent))
    return base


def _call(tree: Call, vocabulary: Vocabulary) -> Shape:
    shapes = [infer(argument, vocabulary) for argument in tree.arguments]
    if tree.name in vocabulary:
        sort = vocabulary[tree.name]
        takes = [given.shape for given in sort.takes or ()]
        if shapes != takes:
            raise ShapeFault(
                "wrong_argument_shape", tree.span, function=tree.name,
                left=", ".join(map(spell, shapes)), right=", ".join(map(spell, takes)),
            )  # fmt: skip
        return sort.shape
    known = _of_matrices(tree, shapes)
    if known is not None:
        return known
    if tree.name in REDUCING:
        return ()
    if tree.name in ("max", "min") and len(shapes) == 1:
        return ()
    if any(len(shape) == 2 for shape in shapes):
        raise ShapeFault("wrong_argument_shape", tree.span, function=tree.name,
                         left=", ".join(map(spell, shapes)), right="a number")  # fmt: skip
    return next((shape for shape in shapes if shape), ())


def _of_matrices(tree: Call, shapes: list[Shape]) -> Shape | None:
    """The shape of a function of vectors or matrices; None for all others."""
    first = shapes[0]
    second = shapes[1] if len(shapes) > 1 else ()
    fits, asked = True, "a square matrix"
    match tree.name:
        case "dot" | "cross":
            left, right = _length(first), _length(second)
            if len(shapes) != 2 or left != right:
                raise ShapeFault("shape_mismatch", tree.span, left=spell(first),
                                 right=spell(second))  # fmt: skip
            if tree.name == "dot":
                return ()
            fits, result, asked = left == ("3",), first, "vectors of length 3"
        case "identity":
            name = _size_name(tree.arguments[0])
            fits, result, asked = name is not None, (name or "", name or ""), "a size"
        case "det" | "trace":
            fits, result = not first or (is_square(first) and first != IDENTITY), ()
        case "inv":
            fits, result = not first or is_square(first), first
        case _:
            if any(shape == IDENTITY for shape in shapes):
                raise Unreadable("unsupported", tree.span, what=f"{tree.name}(I)")
            return None
    if not fits:
        raise ShapeFault("wrong_argument_shape", tree.span, function=tree.name,
                         left=", ".join(map(spell, shapes)), right=asked)  # fmt: skip
    return result


def _compares_numbers(condition: Tree | None, vocabulary: Vocabulary) -> None:
    for relation in walk(condition) if condition is not None else ():
        if isinstance(relation, Relation):
            _is_number(relation.left, "A condition", vocabulary)
            _is_number(relation.right, "A condition", vocabulary)


def _is_number(tree: Tree, holder: str, vocabulary: Vocabulary) -> None:
    if shape := infer(tree, vocabulary):
        raise ShapeFault("wrong_argument_shape", tree.span, function=holder,
                         left=spell(shape), right="a number")  # fmt: skip


def _length(shape: Shape) -> Shape:
    """A row or a column as the vector that it holds."""
    if len(shape) == 2 and "1" in shape:
        return shape[1:] if shape[0] == "1" else shape[:1]
    return shape


def _size_name(tree: Tree) -> str | None:
    if isinstance(tree, Symbol):
        return tree.name
    whole = isinstance(tree, Number) and tree.value.denominator == 1 and tree.value > 0
    return str(tree.value) if whole and isinstance(tree, Number) else None


def index_size(tree: Sum, vocabulary: Vocabulary) -> str | None:
    """The size a sum's index runs over, from what it indexes; None when nothing says so."""
    members = families(vocabulary)
    for node in walk(tree.body):
        if isinstance(node, Element):
            for position, index in enumerate(node.indices):
                if Symbol(tree.index) in walk(index):
                    if node.name in members:
                        return vocabulary[members[node.name]].over[position]
                    return vocabulary[node.name].shape[position]
    sizes = {s for sort in vocabulary.symbols.values() for s in (*sort.shape, *sort.over)}
    sizes.discard("1")
    return sizes.pop() if len(sizes) == 1 else None
