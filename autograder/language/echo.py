"""A tree as plain ASCII, so that a student sees how an answer was read."""

from fractions import Fraction

from autograder.language.tree import (
    Add,
    All,
    Call,
    Cases,
    Constant,
    Divide,
    Element,
    Matrix,
    Multiply,
    Negate,
    Node,
    Number,
    Order,
    Power,
    Relation,
    Sequence,
    Sum,
    Symbol,
    Transpose,
    Tree,
)

CLOSING = {"[": "]", "(": ")", "{": "}", "langle": ">", "": ""}
SUM, PRODUCT, SIGNED, POWER, ATOM = range(5)  # how tightly a printed piece holds together


def echo(tree: Tree) -> str:
    """Print a tree; reading the result again gives the same tree.

    >>> from autograder.language.vocabulary import declare
    >>> from autograder.language.grammar import parse
    >>> echo(parse("(a+b)**2/2", declare("a, b: real")))
    '(a + b)^2/2'
    """
    return _print(tree)[0]


def _wrap(tree: Tree, least: int) -> str:
    text, strength = _print(tree)
    return text if strength >= least else f"({text})"


def _print(tree: Tree) -> tuple[str, int]:
    match tree:
        case Number(value=value):
            return _number(value)
        case Constant(name=name) | Symbol(name=name):
            return name.lstrip("_") if name.startswith("_") else name, ATOM
        case Element(name=name, indices=indices):
            inside = ",".join(echo(i) for i in indices)
            return (f"{name}_{inside}" if len(inside) == 1 else f"{name}_{{{inside}}}"), ATOM
        case Add(terms=terms):
            return _sum(terms), SUM
        case Negate(of=of):
            return "-" + _wrap(of, POWER), SIGNED
        case Multiply():
            return _product(tree), PRODUCT
        case Divide(over=over, under=under):
            return f"{_wrap(over, PRODUCT)}/{_wrap(under, POWER)}", PRODUCT
        case Power(base=base, exponent=exponent):
            return f"{_wrap(base, ATOM)}^{_exponent(exponent)}", POWER
        case Transpose(of=of):
            return f"{_wrap(of, ATOM)}^T", POWER
        case Sum():
            return _indexed(tree), PRODUCT
        case Call(name=name, arguments=arguments):
            return _call(name, arguments), ATOM
        case _:
            return _collection(tree), ATOM


def _number(value: Fraction) -> tuple[str, int]:
    if value.denominator == 1:
        return str(value.numerator), ATOM
    scaled = value.denominator
    for prime in (2, 5):
        while scaled % prime == 0:
            scaled //= prime
    if scaled == 1 and value.denominator < 10**12:
        digits = f"{float(value):.12g}"
        if "e" not in digits and Fraction(digits) == value:
            return digits, ATOM
    return f"{value.numerator}/{value.denominator}", PRODUCT


def _exponent(exponent: Tree) -> str:
    text, strength = _print(exponent)
    return text if strength >= ATOM else f"({text})"


def _sum(terms: tuple[Tree, ...]) -> str:
    text = ""
    for term in terms:
        if isinstance(term, Negate):
            text += (" - " if text else "-") + _wrap(term.of, PRODUCT)
        else:
            text += (" + " if text else "") + _wrap(term, PRODUCT)
    return text


def _product(tree: Multiply) -> str:
    text = _factor(tree.factors[0], first=True)
    for sign, factor in zip(tree.signs, tree.factors[1:], strict=True):
        printed = _factor(factor, first=False)
        shown = sign or ("*" if printed[0].isdigit() else "")
        text += f" {shown} {printed}" if shown else f" {printed}"
    return text


def _factor(factor: Tree, *, first: bool) -> str:
    text, strength = _print(factor)
    if isinstance(factor, Sum):
        return f"({text})"
    least = PRODUCT if first and isinstance(factor, Divide) else POWER
    return text if strength >= least else f"({text})"


def _indexed(tree: Sum) -> str:
    word = "prod" if tree.product else "sum"
    index = tree.index.lstrip("_")
    below = index if tree.lower is None else f"{{{index}={echo(tree.lower)}}}"
    above = "" if tree.upper is None else f"^{_exponent(tree.upper)}"
    body = _print(tree.body)
    inside = body[0] if body[1] >= POWER or isinstance(tree.body, Multiply) else f"({body[0]})"
    return f"{word}_{below}{above} {inside}"


def _call(name: str, arguments: tuple[Tree, ...]) -> str:
    if name == "factorial":
        return _wrap(arguments[0], ATOM) + "!"
    inside = ", ".join(echo(argument) for argument in arguments)
    if name == "norm" and len(arguments) == 1:
        return f"||{inside}||"
    if name == "abs":
        return f"|{inside}|"
    return f"{name}({inside})"


def _collection(tree: Node) -> str:
    match tree:
        case Relation(sign=sign, left=left, right=right):
            return f"{echo(left)} {sign} {echo(right)}"
        case All(parts=parts):
            return " and ".join(echo(part) for part in parts)
        case Sequence(items=items, bracket=bracket):
            inside = ", ".join(echo(item) for item in items)
            return f"{'<' if bracket == 'langle' else bracket}{inside}{CLOSING[bracket]}"
        case Matrix(rows=rows):
            printed = [", ".join(echo(item) for item in row) for row in rows]
            return "[" + ", ".join(f"[{line}]" for line in printed) + "]"
        case Order(bound=bound, of=of):
            return f"{bound}({echo(of)})"
        case Cases(pieces=pieces):
            texts = (
                f"{echo(value)} if {echo(condition)}" if condition else f"{echo(value)} otherwise"
                for value, condition in pieces
            )
            return "{" + "; ".join(texts) + "}"
    raise TypeError(type(tree).__name__)
