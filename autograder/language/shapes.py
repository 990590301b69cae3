"""Shapes of trees with symbolic sizes: which products fit, and what comes out.

A shape is a tuple of sizes by name: `()` a scalar, `("d",)` a vector, `("1", "F")` a row,
`("n", "m")` a matrix. A vector behaves as a column beside a transpose and as a
one-dimensional array under Python's `@` and `*`, as both notations have it.
"""

from typing import Literal, TypeAlias

from autograder.errors import Unreadable
from autograder.language.names import families
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
    Sequence,
    Sign,
    Span,
    Sum,
    Symbol,
    Transpose,
    Tree,
    walk,
)
from autograder.language.vocabulary import Vocabulary

Shape: TypeAlias = tuple[str, ...]
Rule: TypeAlias = Literal["scale", "dot", "entries", "outer", "matmul"]

REDUCING = frozenset(("norm", "dot", "trace", "sum"))


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


def product_rule(left: tuple[object, ...], right: tuple[object, ...], sign: Sign) -> Rule | None:
    """Which product two shapes admit under a sign; None when they do not fit.

    Sizes may be names or numbers, as long as both sides use the same.
    """
    if not left or not right:
        return "scale"
    if len(left) == len(right) == 1:
        if left != right:
            return None
        return {"*": "entries", "@": "dot", ".": "dot"}.get(sign)  # type: ignore[return-value]
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
            return left or right
        case "dot":
            return ()
        case "entries":
            return left
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
            return ()
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
        case Sum(body=body):
            return infer(body, vocabulary)
        case Call():
            return _call(tree, vocabulary)
        case Matrix(rows=rows):
            return (str(len(rows)), str(len(rows[0])))
        case Cases(pieces=pieces):
            return infer(pieces[0][0], vocabulary)
        case Order() | Sequence() | _:
            raise Unreadable("wrong_kind", tree.span, found=type(tree).__name__.lower())


def _sum(terms: tuple[Tree, ...], vocabulary: Vocabulary) -> Shape:
    total: Shape = infer(terms[0], vocabulary)
    for term in terms[1:]:
        shape = infer(term, vocabulary)
        if shape != total and not (len(shape) + len(total) == 1):
            raise ShapeFault("sum_mismatch", term.span, left=spell(total), right=spell(shape))
        total = total or shape
    return total


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


def _power(tree: Power, base: Shape, exponent: Shape) -> Shape:
    square = len(base) == 2 and base[0] == base[1]
    if exponent or (len(base) == 2 and not square):
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
    if tree.name == "dot":
        left, right = shapes[0], shapes[1] if len(shapes) > 1 else ()
        if len(shapes) != 2 or left != right:
            raise ShapeFault("shape_mismatch", tree.span, left=spell(left), right=spell(right))
        return ()
    if tree.name in REDUCING:
        return ()
    if tree.name in ("max", "min") and len(shapes) == 1:
        return ()
    if any(len(shape) == 2 for shape in shapes):
        raise ShapeFault("wrong_argument_shape", tree.span, function=tree.name,
                         left=", ".join(map(spell, shapes)), right="a number")  # fmt: skip
    return next((shape for shape in shapes if shape), ())


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
