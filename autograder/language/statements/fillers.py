"""Words around a formula: harmless ones are dropped, others are named."""

from autograder.errors import Unreadable
from autograder.language.lexer import names, notation
from autograder.language.lexer.tokens import Token
from autograder.language.vocabulary import Vocabulary


def without_words(
    tokens: list[Token], vocabulary: Vocabulary, silent: frozenset[str]
) -> list[Token]:
    """Drop harmless words at both ends."""
    start, end = 0, len(tokens)
    while start < end and (
        _opens(tokens, start, vocabulary, silent)
        or (start > 0 and tokens[start].text in (",", ":") and tokens[start].kind == "sign")
        or (start > 0 and _is_of_order(tokens[start : start + 2]))
    ):
        start += 1
    while end > start and (
        (_closes(tokens, end - 1, vocabulary, silent) and len(tokens[end - 1].text) > 1)
        or (end < len(tokens) and tokens[end - 1].text in (",", "."))
        or _is_hyphen(tokens, end - 1, vocabulary, silent)
    ):
        end -= 1
    return tokens[start:end]


def _opens(tokens: list[Token], at: int, vocabulary: Vocabulary, silent: frozenset[str]) -> bool:
    """Whether a word in front says nothing: not `mean(mu)`, `a_1` or a letter in a product."""
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if not _is_filler(tokens[at], vocabulary, silent):
        return False
    if following is not None and following.text in ("_", "(", "["):
        return following.spaced
    return len(tokens[at].text) > 1 or (
        following is not None and _is_filler(following, vocabulary, silent)
    )


def _closes(tokens: list[Token], at: int, vocabulary: Vocabulary, silent: frozenset[str]) -> bool:
    """Whether a word at the end says nothing; what stands below a name is part of it."""
    below = at > 0 and tokens[at - 1].text in ("_", "^") and tokens[at - 1].kind == "sign"
    return not below and _is_filler(tokens[at], vocabulary, silent)


def _is_of_order(tokens: list[Token]) -> bool:
    """Whether a minus joins a dropped word with an order, as in `big-O(n)`."""
    hyphen, *behind = tokens
    joins = hyphen.text == "-" and not hyphen.spaced and behind and not behind[0].spaced
    return bool(joins) and behind[0].text in names.ORDERS


def _is_hyphen(
    tokens: list[Token], at: int, vocabulary: Vocabulary, silent: frozenset[str]
) -> bool:
    """Whether a minus only joins two dropped words, as in `multiply-adds`."""
    joins = 0 < at < len(tokens) - 1 and tokens[at].text == "-" and not tokens[at].spaced
    return joins and _is_filler(tokens[at - 1], vocabulary, silent)


def _is_filler(token: Token, vocabulary: Vocabulary, silent: frozenset[str]) -> bool:
    if token.kind == "quote":
        return True
    if token.kind != "word" or token.text in vocabulary:
        return False
    if names.split(token.text, vocabulary.symbols, functions=False):
        return False
    return token.text.lower() in silent and token.text not in ("O", "Theta", "Omega")


def as_words(
    error: Unreadable, tokens: list[Token], kept: list[Token], vocabulary: Vocabulary
) -> Unreadable:
    """Say "these are words" rather than complain about the first of them.

    Args:
        kept: The tokens without harmless words at the ends.
    """
    if error.code not in ("unknown_symbol", "wrong_case", "unexpected", "no_argument"):
        return error
    words = _words(tokens, vocabulary)
    blamed = any(token[2:4] == error.span for token in words)
    left = len(_words(kept, vocabulary))
    if len(words) < 2 or not left or (left == 1 and blamed and error.data.get("nearest")):
        return error
    return Unreadable("words", words[0][2:4], word=words[0].text)


def _words(tokens: list[Token], vocabulary: Vocabulary) -> list[Token]:
    return [
        token for token in tokens
        if token.kind == "word" and len(token.text) > 2 and not token.latex
        and token.text not in vocabulary and token.text not in notation.FUNCTIONS
        and token.text not in notation.MODULES
        and names.split(token.text, vocabulary.symbols) is None
    ]  # fmt: skip
