"""Trees in the notations that the product reads but never writes: Python and Unicode."""

from dataclasses import replace

from autograder.language.lexer import notation
from autograder.language.printer.echo import ASCII, function_name
from autograder.language.printer.printing import ATOM, PRODUCT, Form, Piece, Writer
from autograder.language.tree import Sum, Tree

LETTERS = {name: letter for letter, name in reversed(notation.GREEK.items())} | {"inf": "∞"}
RAISED = {plain: letter for letter, plain in notation.SUPERSCRIPTS.items()}
LOWERED = {plain: letter for letter, plain in notation.SUBSCRIPTS.items()}
MATH = frozenset("factorial gamma erf erfc atan2".split())
BUILT_IN = frozenset("abs max min".split())


def in_python(tree: Tree) -> str:
    """As somebody types it who has numpy."""
    return Writer(PYTHON).text(tree)


def in_unicode(tree: Tree) -> str:
    """As somebody types it who has all letters at hand."""
    return Writer(UNICODE).text(tree)


def _letter(name: str) -> str:
    base, _, below = name.partition("_")
    shown = LETTERS.get(base, base) if base != "l" else "l"
    if below and all(char in LOWERED for char in below):
        return shown + "".join(LOWERED[char] for char in below)
    return shown + (f"_{{{below}}}" if below else "")


def _superscript(text: str, whole: bool) -> str:
    bare = text.removeprefix("(").removesuffix(")")
    if (bare.isascii() and bare.lstrip("-").isdigit()) or bare in ("n", "k", "b"):
        return "".join(RAISED[char] for char in bare)
    return f"^{text}" if whole else f"^({text})"


def _between(before: str, behind: str) -> Form:
    return lambda writer, arguments: Piece(before + writer.listed(arguments) + behind, ATOM)


def _norm(writer: Writer, arguments: tuple[Tree, ...]) -> Piece | None:
    inside = writer.listed(arguments)
    return None if len(arguments) > 1 or "‖" in inside else Piece(f"‖{inside}‖", ATOM)


def _unicode_total(writer: Writer, tree: Sum) -> Piece:
    piece = ASCII.total(writer, tree)
    word, rest = piece.text[:-1].split("_", 1)[0], piece.text[piece.text.index("_") :]
    return Piece({"sum": "∑", "prod": "∏"}[word] + rest, PRODUCT)


def _loop(writer: Writer, tree: Sum) -> Piece:
    """A loop counts from 0, as the entries do there."""
    assert tree.upper is not None and not tree.product
    limits = writer.text(tree.upper)
    return Piece(f"sum({writer.text(tree.body)} for {tree.index} in range({limits}))", ATOM)


def _module(name: str) -> str:
    if name in BUILT_IN:
        return name
    return ("math." if name in MATH else "np.") + function_name(name)


UNICODE = replace(
    ASCII,
    name=_letter,
    element=lambda name, indices: f"{_letter(name)}_{{{','.join(indices)}}}",
    power=_superscript,
    transpose="ᵀ",
    total=_unicode_total,
    conjunction=" ∧ ",
    signs={"": " ", "*": " × ", "@": " @ ", ".": "·"},
    comparisons={"<=": "≤", ">=": "≥", "!=": "≠"},
    order=lambda bound: LETTERS.get(bound, bound) if len(bound) > 1 else bound,
    function=lambda name: {"sqrt": "√", "cbrt": "∛"}.get(name, function_name(name)),
    calls={
        "dot": _between("⟨", "⟩"), "floor": _between("⌊", "⌋"), "ceil": _between("⌈", "⌉"),
        "norm": _norm, "factorial": ASCII.calls["factorial"],
    },
)  # fmt: skip
PYTHON = replace(
    ASCII,
    element=lambda name, indices: f"{name}[{', '.join(indices)}]",
    power=lambda text, whole: f"**{text}" if whole else f"**({text})",
    transpose=".T",
    total=_loop,
    signs={"": " * ", "*": "*", "@": " @ ", ".": " * "},
    comparisons={"=": "=="},
    function=_module,
    calls={},
)
