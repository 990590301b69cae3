"""A tree as LaTeX, for pages that set it; reading the result again gives the same tree."""

from autograder.language.lexer import notation
from autograder.language.printer.echo import factorial
from autograder.language.printer.echo import function_name as spelled
from autograder.language.printer.printing import ATOM, POWER, PRODUCT, Form, Notation, Piece, Writer
from autograder.language.shapes import is_scalar
from autograder.language.tree import Divide, Sum, Tree
from autograder.language.vocabulary import Vocabulary

GREEK = frozenset(notation.GREEK.values()) - {"l"}
OTHERWISE = r"\text{otherwise}"
CONSTANTS = {"pi": r"\pi", "inf": r"\infty"}
OPERATORS = {
    name: "\\" + name
    for name in "sin cos tan cot sec csc sinh cosh tanh coth exp log max min".split()
} | {
    "asin": r"\arcsin", "acos": r"\arccos", "atan": r"\arctan", "trace": r"\mathrm{tr}",
}  # fmt: skip


def latex(tree: Tree, vocabulary: Vocabulary) -> str:
    """Set a tree; it stands in math mode, without dollar signs.

    >>> from autograder.language.vocabulary import declare
    >>> from autograder.language.parser.grammar import parse
    >>> known = declare("a, b: real, mu: vector(n)")
    >>> latex(parse("|a| sqrt(b)/2", known), known)
    '\\\\frac{\\\\left\\\\lvert a \\\\right\\\\rvert \\\\sqrt{b}}{2}'

    Args:
        vocabulary: Says what is a number, whose absolute value stands between bars.
    """
    return Writer(_notation(vocabulary)).text(tree)


def name_of(name: str) -> str:
    r"""`\mu`, `d_{k}`, `\mathrm{rate}` or `x1`."""
    if name in CONSTANTS:
        return CONSTANTS[name]
    letters, underscore, below = name.partition("_")
    if letters in GREEK:
        letters = "\\" + letters
    elif len(letters) > 1 and letters.isalpha():
        letters = rf"\mathrm{{{letters}}}"
    return letters + (f"_{{{name_of(below)}}}" if underscore else "")


def _element(name: str, indices: tuple[str, ...]) -> str:
    return f"{name_of(name)}_{{{','.join(indices)}}}"


def _fraction(writer: Writer, tree: Divide) -> Piece:
    return Piece(rf"\frac{{{writer.text(tree.over)}}}{{{writer.text(tree.under)}}}", POWER)


def _power(text: str, whole: bool) -> str:
    return f"^{{{text}}}"


def _total(writer: Writer, tree: Sum) -> Piece:
    word = r"\prod" if tree.product else r"\sum"
    index = name_of(tree.index)
    lower = index if tree.lower is None else f"{index}={writer.at_least(tree.lower, ATOM)}"
    upper = "" if tree.upper is None else f"^{{{writer.text(tree.upper)}}}"
    return Piece(f"{word}_{{{lower}}}{upper} {writer.body(tree.body)}", PRODUCT)


def function_name(name: str, vocabulary: Vocabulary) -> str:
    r"""`\sin`, or `f` as it is declared, or `\mathrm{relu}`."""
    if name in vocabulary:
        return name_of(name)
    return OPERATORS.get(name) or rf"\mathrm{{{spelled(name)}}}"


def _order(bound: str) -> str:
    return bound if len(bound) == 1 else "\\" + bound


def _matrix(rows: list[list[str]]) -> str:
    inside = r" \\ ".join(" & ".join(row) for row in rows)
    return rf"\begin{{bmatrix}} {inside} \end{{bmatrix}}"


def _cases(pieces: list[tuple[str, str | None]]) -> str:
    lines = [f"{value} & {when or OTHERWISE}" for value, when in pieces]
    return r"\begin{cases} " + r" \\ ".join(lines) + r" \end{cases}"


def _between(before: str, behind: str, count: int = 1) -> Form:
    """Arguments between two signs, when there are so many of them."""

    def form(writer: Writer, arguments: tuple[Tree, ...]) -> Piece | None:
        if len(arguments) != count:
            return None
        return Piece(rf"\left{before} {writer.listed(arguments)} \right{behind}", ATOM)

    return form


def _root(writer: Writer, arguments: tuple[Tree, ...]) -> Piece | None:
    of, *degree = map(writer.text, arguments)
    above = f"[{degree[0]}]" if degree else ""
    return Piece(rf"\sqrt{above}{{{of}}}", ATOM) if len(degree) < 2 else None


def _binomial(writer: Writer, arguments: tuple[Tree, ...]) -> Piece | None:
    if len(arguments) != 2:
        return None
    of, chosen = map(writer.text, arguments)
    return Piece(rf"\binom{{{of}}}{{{chosen}}}", ATOM)


def _logarithm(writer: Writer, arguments: tuple[Tree, ...]) -> Piece | None:
    if len(arguments) != 2:
        return None
    of, base = map(writer.text, arguments)
    return Piece(rf"\log_{{{base}}}{writer.bracketed(of)}", ATOM)


def _norm(writer: Writer, arguments: tuple[Tree, ...]) -> Piece | None:
    inside, *degree = map(writer.text, arguments)
    if "vert" in inside.lower() or len(degree) > 1:
        return None
    below = f"_{{{degree[0]}}}" if degree else ""
    return Piece(rf"\left\lVert {inside} \right\rVert{below}", ATOM)


def _absolute(vocabulary: Vocabulary) -> Form:
    bars = _between(r"\lvert", r"\rvert")

    def form(writer: Writer, arguments: tuple[Tree, ...]) -> Piece | None:
        scalar = all(is_scalar(argument, vocabulary) for argument in arguments)
        return (
            bars(writer, arguments) if scalar and "vert" not in writer.listed(arguments) else None
        )

    return form


CALLS: dict[str, Form] = {
    "sqrt": _root,
    "root": _root,
    "binomial": _binomial,
    "log": _logarithm,
    "norm": _norm,
    "factorial": factorial,
    "dot": _between(r"\langle", r"\rangle", 2),
    "floor": _between(r"\lfloor", r"\rfloor"),
    "ceil": _between(r"\lceil", r"\rceil"),
}


def _notation(vocabulary: Vocabulary) -> Notation:
    return Notation(
        name=name_of,
        element=_element,
        fraction=_fraction,
        power=_power,
        total=_total,
        matrix=_matrix,
        cases=_cases,
        function=lambda name: function_name(name, vocabulary),
        order=_order,
        transpose=r"^{\top}",
        conjunction=r" \land ",
        disjunction=r" \lor ",
        signs={
            "": " ", "*": r" \times ", "@": " @ ", ".": r" \cdot ", "⊙": r" \odot ",
            "×": r" \times ",
        },
        brackets={
            "(": (r"\left(", r"\right)"), "[": (r"\left[", r"\right]"),
            "{": (r"\left\lbrace ", r"\right\rbrace"), "": ("", ""),
        },
        comparisons={
            "<": r"\lt", "<=": r"\le", ">": r"\gt", ">=": r"\ge", "!=": r"\ne",
        },
        calls=CALLS | {"abs": _absolute(vocabulary)},
    )  # fmt: skip
