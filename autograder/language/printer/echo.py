"""A tree as plain ASCII, so that a student sees how an answer was read."""

from autograder.language.lexer.notation import FUNCTIONS
from autograder.language.printer.printing import (
    ATOM,
    POWER,
    PRODUCT,
    Form,
    Notation,
    Piece,
    Writer,
)
from autograder.language.tree import Divide, Sum, Tree


def echo(tree: Tree) -> str:
    """Print a tree; reading the result again gives the same tree.

    >>> from autograder.language.vocabulary import declare
    >>> from autograder.language.parser.grammar import parse
    >>> echo(parse("(a+b)**2/2", declare("a, b: real")))
    '(a + b)^2/2'
    """
    return Writer(ASCII).text(tree)


def linear_fraction(writer: Writer, tree: Divide) -> Piece:
    """`a/b` on one line."""
    over, under = writer.at_least(tree.over, PRODUCT), writer.at_least(tree.under, POWER)
    return Piece(f"{over}/{under}", PRODUCT)


def raised(text: str, whole: bool) -> str:
    """`^2` or `^(n + 1)`."""
    return f"^{text}" if whole else f"^({text})"


def _element(name: str, indices: tuple[str, ...]) -> str:
    inside = ",".join(indices)
    return f"{name}_{inside}" if len(inside) == 1 else f"{name}_{{{inside}}}"


def _total(writer: Writer, tree: Sum) -> Piece:
    word = "prod" if tree.product else "sum"
    lower = f"{{{tree.index}={writer.at_least(tree.lower, ATOM)}}}" if tree.lower else tree.index
    lower = f"{{{lower}}}" if tree.lower is None and len(lower) > 1 else lower
    upper = "" if tree.upper is None else raised(*_whole(writer, tree.upper))
    return Piece(f"{word}_{lower}{upper} {writer.body(tree.body)}", PRODUCT)


def _whole(writer: Writer, tree: Tree) -> tuple[str, bool]:
    text, strength = writer.piece(tree)
    return text, strength >= ATOM and text[0] != "{" and text[-1] != "]"


def factorial(writer: Writer, arguments: tuple[Tree, ...]) -> Piece | None:
    """`n!` or `(n + 1)!`."""
    if len(arguments) != 1:
        return None
    return Piece(writer.at_least(arguments[0], ATOM) + "!", POWER)


def _norm(writer: Writer, arguments: tuple[Tree, ...]) -> Piece | None:
    inside = writer.text(arguments[0])
    if len(arguments) > 1 or "|" in inside:
        return None
    return Piece(f"||{inside}||", ATOM)


def _matrix(rows: list[list[str]]) -> str:
    return "[" + ", ".join(f"[{', '.join(row)}]" for row in rows) + "]"


def _cases(pieces: list[tuple[str, str | None]]) -> str:
    texts = (f"{value} if {when}" if when else f"{value} otherwise" for value, when in pieces)
    return "{" + "; ".join(texts) + "}"


def function_name(name: str) -> str:
    """A function as it can be typed: `Re` for what is called `re` in the tree."""
    return SPELLED.get(name, name)


def same(text: str) -> str:
    """A name that is written as it is."""
    return text


SPELLED = {meant: typed for typed, meant in reversed(FUNCTIONS.items()) if meant not in FUNCTIONS}
CALLS: dict[str, Form] = {"factorial": factorial, "norm": _norm}
ASCII = Notation(
    name=same,
    element=_element,
    fraction=linear_fraction,
    power=raised,
    total=_total,
    matrix=_matrix,
    cases=_cases,
    function=function_name,
    order=same,
    transpose="^T",
    conjunction=" and ",
    disjunction=" or ",
    signs={"": " ", "*": " * ", "@": " @ ", ".": " . ", "⊙": " ⊙ ", "×": " × "},
    brackets={
        "(": ("(", ")"), "[": ("[", "]"), "{": ("{", "}"), "langle": ("<", ">"), "": ("", ""),
    },
    calls=CALLS,
)  # fmt: skip
