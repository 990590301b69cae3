"""Conditions: relations, chains, `and`, `not`, intervals, and the words people use for them."""

from fractions import Fraction

from autograder.errors import Unreadable
from autograder.language.grammar import parse_tokens
from autograder.language.tokens import Token
from autograder.language.tree import All, Comparison, Number, Relation, Symbol, Tree
from autograder.language.vocabulary import Vocabulary

ZERO = Number(Fraction(0))
MODAL = frozenset(
    "must be is are should has have to always strictly everywhere shall needs".split()
)
SIGN_WORDS: dict[str, Comparison] = {
    "positive": ">", "negative": "<", "nonnegative": ">=", "nonpositive": "<=", "nonzero": "!=",
}  # fmt: skip
COMPARED: dict[tuple[str, ...], str] = {
    ("greater", "than"): ">", ("larger", "than"): ">", ("bigger", "than"): ">",
    ("more", "than"): ">", ("less", "than"): "<", ("smaller", "than"): "<",
}  # fmt: skip
OPPOSITE: dict[Comparison, Comparison] = {
    "<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "!=", "!=": "=",
}  # fmt: skip


def parse_condition(tokens: list[Token], vocabulary: Vocabulary, end: int) -> Tree:
    """Read a condition.

    Errors: Unreadable, as the grammar does.
    """
    tokens = _plain_words(tokens, vocabulary)
    parts: list[Tree] = []
    for part in _split(tokens):
        if not part:
            raise Unreadable("breaks_off", (max(end - 1, 0), end))
        parts.append(_one(part, vocabulary, end))
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _one(tokens: list[Token], vocabulary: Vocabulary, end: int) -> Tree:
    if tokens[0].text == "not":
        inside = tokens[1:]
        if len(inside) > 2 and inside[0].text == "(" and inside[-1].text == ")":
            inside = inside[1:-1]
        relation = _one(inside, vocabulary, end) if inside else None
        if not isinstance(relation, Relation):
            raise Unreadable("unexpected", tokens[0][2:4], found="not", expected=None)
        return Relation(OPPOSITE[relation.sign], relation.left, relation.right)
    last = tokens[-1]
    if last.kind == "word" and last.text in SIGN_WORDS and last.text not in vocabulary:
        subject = _subject(tokens[:-1], vocabulary, last)
        return Relation(SIGN_WORDS[last.text], subject, ZERO, span=(tokens[0].start, last.end))
    for at, token in enumerate(tokens):
        if token.text == "in" and 0 < at < len(tokens) - 1:
            subject = parse_tokens(tokens[:at], vocabulary, token.start)
            return _interval(subject, tokens[at + 1 :], vocabulary, end)
    return parse_tokens(tokens, vocabulary, end, relation=True)


def _subject(tokens: list[Token], vocabulary: Vocabulary, last: Token) -> Tree:
    """What is said to be positive; the one declared function when nothing is named."""
    if tokens:
        return parse_tokens(tokens, vocabulary, last.start)
    functions = [n for n, sort in vocabulary.symbols.items() if sort.takes is not None]
    if len(functions) != 1:
        raise Unreadable("words", last[2:4], word=last.text)
    return Symbol(functions[0], span=last[2:4])


def _interval(subject: Tree, tokens: list[Token], vocabulary: Vocabulary, end: int) -> Tree:
    """`in (0, inf)`, `in [0, 1]` or `in R_{>0}`."""
    span = (subject.span[0], tokens[-1].end)
    texts = [token.text for token in tokens]
    if texts[0] == "R":
        inside = [token for token in tokens[1:] if token.text not in ("_", "^", "{", "}")]
        if len(inside) == 2 and inside[0].text in OPPOSITE:
            number = parse_tokens(inside[1:], vocabulary, end)
            return Relation(inside[0].text, subject, number, span=span)
        raise Unreadable("unsupported", tokens[0][2:4], what="R")
    if texts[0] not in ("(", "[", "]") or texts[-1] not in (")", "]", "[") or "," not in texts:
        raise Unreadable("unexpected", tokens[0][2:4], found=texts[0], expected="(")
    comma = texts.index(",")
    lower = parse_tokens(tokens[1:comma], vocabulary, tokens[comma].start)
    upper = parse_tokens(tokens[comma + 1 : -1], vocabulary, tokens[-1].start)
    above: Comparison = ">=" if texts[0] == "[" else ">"
    below: Comparison = "<=" if texts[-1] == "]" else "<"
    links = (Relation(above, subject, lower, span=span), Relation(below, subject, upper, span=span))
    return All(links, span=span)


def _split(tokens: list[Token]) -> list[list[Token]]:
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.text == "and":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _plain_words(tokens: list[Token], vocabulary: Vocabulary) -> list[Token]:
    """`must be greater than 0` to signs; what says nothing is dropped."""
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        pair = tuple(t.text for t in tokens[at : at + 2])
        named = token.kind == "word" and token.text not in vocabulary
        if pair in COMPARED and named:
            found.append(token._replace(kind="sign", text=COMPARED[pair], end=tokens[at + 1].end))
            at += 2
        elif named and token.text in MODAL:
            at += 1
        elif token.text == "zero" and named:
            found.append(token._replace(kind="number", value=Fraction(0)))
            at += 1
        else:
            found.append(token)
            at += 1
    return found
