"""Words to names: declared symbols, functions, constants, and words that hold several."""

from collections.abc import Collection, Iterable
from functools import lru_cache

from autograder.errors import Unreadable
from autograder.language import notation
from autograder.language.tokens import Token
from autograder.language.vocabulary import Vocabulary

CONSTANTS = {"pi": "pi", "e": "e", "i": "i", "inf": "inf", "oo": "inf"}
ORDERS = {
    "O": "O", "Oh": "O", "BigO": "O", "bigO": "O", "Theta": "Theta", "theta": "Theta",
    "bigTheta": "Theta", "BigTheta": "Theta", "Omega": "Omega", "o": "o", "omega": "omega",
}  # fmt: skip
BARE = frozenset(("log", "ln", "sqrt", "exp"))  # take what follows without a bracket
SUMS = frozenset(("sum", "Sum", "Sigma"))
PRODUCTS = frozenset(("prod", "Prod", "product", "Pi"))


def families(vocabulary: Vocabulary) -> dict[str, str]:
    """Base name to declared name of the families: `{"K": "K_j"}`."""
    return {
        name.partition("_")[0]: name
        for name, sort in vocabulary.symbols.items()
        if sort.over and "_" in name
    }


def is_function(name: str, vocabulary: Vocabulary) -> bool:
    """True for a known function or a declared one."""
    if name in vocabulary:
        return vocabulary[name].takes is not None
    return name in notation.FUNCTIONS or name in SUMS


def split(word: str, names: Iterable[str], functions: bool = True) -> list[str] | None:
    """Cut a word into declared names, longest first: `bnd` is `b`, `n`, `d`.

    A function's name may only come last, since its argument follows, but for `nlogn`.

    Returns:
        The parts, or None when no cut fits.
    """
    return _split(word, frozenset(names), functions)


@lru_cache(maxsize=4096)
def _split(word: str, names: frozenset[str], functions: bool) -> list[str] | None:
    if not word:
        return []
    for length in range(len(word), 0, -1):
        part, rest = word[:length], word[length:]
        known = functions and length > 1 and part in notation.FUNCTIONS
        last = known and (not rest or part in BARE)
        if part in names or last:
            parts = _split(rest, names, functions)
            if parts is not None:
                return [part, *parts]
    return None


def nearest(word: str, names: Collection[str]) -> str | None:
    """The declared name a word was probably meant to be, or None."""
    for name in names:
        if name.lower() == word.lower():
            return name
    import difflib

    close = difflib.get_close_matches(word, list(names), n=1, cutoff=0.6)
    return close[0] if close else None


def unknown(token: Token, vocabulary: Vocabulary, name: str | None = None) -> Unreadable:
    """The error for a name that isn't declared, with the nearest one that is."""
    name = name or token.text
    declared = list(vocabulary.symbols)
    near = nearest(name, declared)
    code = "wrong_case" if near and near.lower() == name.lower() else "unknown_symbol"
    end = token.end if token.latex else token.start + len(name)
    return Unreadable(code, (token.start, end), symbol=name, nearest=near, declared=[*declared])
