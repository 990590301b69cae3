"""Words to names: declared symbols, functions, constants, and words that hold several."""

from collections.abc import Collection, Iterable
from functools import lru_cache

from autograder.errors import Unreadable
from autograder.language.lexer import notation
from autograder.language.lexer.tokens import Token
from autograder.language.vocabulary import Vocabulary

CONSTANTS = {
    "pi": "pi", "e": "e", "i": "i", "inf": "inf", "oo": "inf", "infinity": "inf",
    "Infinity": "inf", "infty": "inf", "Inf": "inf", "Pi": "pi", "PI": "pi",
    "%pi": "pi", "%e": "e", "%i": "i", "%inf": "inf",
}  # fmt: skip
CAPITALS = {"I": "i", "E": "e"}  # computer algebra writes them so
ORDERS = {
    "O": "O", "Oh": "O", "BigO": "O", "bigO": "O", "Theta": "Theta", "theta": "Theta",
    "bigTheta": "Theta", "BigTheta": "Theta", "Omega": "Omega", "o": "o", "omega": "omega",
}  # fmt: skip
BARE = frozenset(("log", "ln", "sqrt", "exp"))  # take what follows without a bracket
LONGEST_WORD = 100  # letters; nobody multiplies more names without a blank
SUMS = frozenset(("sum", "Sum", "Sigma", "summation", "nsum"))
PRODUCTS = frozenset(("prod", "Prod", "product", "Product", "Pi"))


def split(
    word: str, names: Iterable[str], functions: bool = True, *, called: bool = False
) -> list[str] | None:
    """Cut a word into declared names, longest first: `bnd` is `b`, `n`, `d`.

    A function's name may only come last, since its argument follows, but for `nlogn`.

    Args:
        called: A bracket follows the word, as some functions need it.

    Returns:
        The parts, or None when no cut fits.
    """
    if len(word) > LONGEST_WORD:
        return None
    return _split(word, frozenset(names), functions, called)


@lru_cache(maxsize=4096)
def _split(word: str, names: frozenset[str], functions: bool, called: bool) -> list[str] | None:
    if not word:
        return []
    for length in range(len(word), 0, -1):
        part, rest = word[:length], word[length:]
        known = functions and length > 1 and part in notation.FUNCTIONS
        known = known and ((called and not rest) or part not in notation.NEEDS_BRACKETS)
        last = known and (not rest or part in BARE or notation.FUNCTIONS[part] in notation.CIRCULAR)
        if part in names or last:
            parts = _split(rest, names, functions, called)
            if parts is not None:
                return [part, *parts]
    return None


def constants_inside(imaginary: bool, power: bool) -> set[str]:
    """Constants that may stand in a word beside declared names, such as `pix` and `xe^x`.

    Args:
        imaginary: Whether `i` may stand for the imaginary unit.
        power: Whether a `^` follows the word; only then an `e` at its end is Euler's number.
    """
    return {"pi"} | ({"i", "I"} if imaginary else set()) | ({"e", "E"} if power else set())


def e_inside(parts: list[str], constants: Collection[str]) -> bool:
    """Whether Euler's number stands before the last part, where no power follows it."""
    return any(part in ("e", "E") and part in constants for part in parts[:-1])


def nearest(word: str, names: Collection[str]) -> str | None:
    """The declared name a word was probably meant to be, or None."""
    for name in names:
        if name.lower() == word.lower():
            return name
    if len(word) > LONGEST_WORD:
        return None
    import difflib

    close = difflib.get_close_matches(word, list(names), n=1, cutoff=0.6)
    return close[0] if close else None


def unknown(
    token: Token, vocabulary: Vocabulary, name: str | None = None, end: int | None = None
) -> Unreadable:
    """The error for a name that isn't declared, with the nearest one that is.

    Args:
        end: The column behind the name, where it takes more than the token.
    """
    name = name or token.text
    declared = list(vocabulary.symbols)
    near = nearest(name, declared)
    code = "wrong_case" if near and near.lower() == name.lower() else "unknown_symbol"
    span = (token.start, max(end or 0, token.end))
    return Unreadable(code, span, symbol=name, nearest=near, declared=[*declared])
