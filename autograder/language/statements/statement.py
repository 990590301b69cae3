"""What stands around a formula: quotes, words, a left-hand side, `where k = d/h`.

A teaching assistant reads past all of these, but only where there is no doubt what the
answer is. Every column stays that of the text as typed.
"""

import re
from collections.abc import Callable, Container
from dataclasses import dataclass

from autograder.errors import Unreadable
from autograder.language.lexer import names, notation
from autograder.language.lexer.pairing import pair
from autograder.language.lexer.thousands import with_signs, with_thousands
from autograder.language.lexer.tokens import MAX_CHARS, Token, check_brackets, nesting, tokenize
from autograder.language.parser.grammar import MAX_DEPTH, parse_tokens
from autograder.language.parser.piecewise import IF_WORDS, chooses
from autograder.language.statements.clauses import cut_clause, definitions_in, opening, substitute
from autograder.language.statements.fillers import as_words, without_words
from autograder.language.statements.leftside import check_left_side
from autograder.language.tree import Element, Symbol, Transpose, Tree, children
from autograder.language.vocabulary import Sort, Vocabulary

QUOTES = {'"': '"', "'": "'", "`": "`", "“": "”", "‘": "’", "„": "“", "«": "»"}
FENCE = re.compile(r"```[a-zA-Z]*\n(.*?)\n?```\s*\Z", re.DOTALL)
RAW = re.compile(r"([rRbBuUfF]{1,2})([\"'])[^\"']*\2\Z")
DOUBT = frozenset(("else", "otherwise", "unless"))
DENIED = frozenset(("not", "or", "neither", "nor", "never", "isn", "unless", "except"))
ENDS = frozenset((".", "\\"))  # before a last full stop or comma: dots, or LaTeX's `\,`
LONGEST = 20_000  # characters that are looked at at all, blanks and quotes included
MAX_NODES = 4_000
MAX_TREE_DEPTH = 120
EQUALS = frozenset(("=", "~", ":"))


@dataclass(frozen=True)
class Statement:
    """An answer cut free.

    Attributes:
        claims: What is claimed: the answer last, before it what the student set equal to it
            on the way. All of them have to be right.
        notes: `left_side_dropped`, `words_dropped`, `clause_dropped`.
        clause: The text behind `where`, `for` and the like, as typed.
    """

    claims: tuple[Tree, ...]
    notes: tuple[str, ...] = ()
    clause: str = ""

    @property
    def answer(self) -> Tree:
        return self.claims[-1]


def strip(text: str, known: Container[str] = ()) -> tuple[int, int]:
    """Columns of the text inside white space, quotes, back-ticks and fences.

    Args:
        known: Declared names; `u'v'` is a product of transposes where u is one.

    Errors: Unreadable `empty` when nothing is left.
    """
    start, end = 0, len(text)
    if end > LONGEST and not text.isspace():
        raise Unreadable("too_long", (0, 1), length=end, most=MAX_CHARS)
    while True:
        before = (start, end)
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if fenced := FENCE.match(text, start, end):
            start, end = fenced.span(1)
        inner = text[start:end]
        if (raw := RAW.match(inner)) and raw[1] not in known:
            start += raw.end(1)
            continue
        opening = inner[:1]
        if len(inner) >= 2 and QUOTES.get(opening) == inner[-1]:
            if inner.count(opening) + (inner.count(inner[-1]) if inner[-1] != opening else 0) == 2:
                start, end = start + 1, end - 1
        if inner.startswith("**") and inner.endswith("**") and len(inner) > 4:
            start, end = start + 2, end - 2
        if (
            end > start and text[end - 1] in ".;," and text[max(end - 2, 0) : end - 1] not in ENDS
            and not text.endswith("\\right.", start, end)
        ):  # fmt: skip
            end -= 1
        if (start, end) == before:
            break
    if start >= end:
        raise Unreadable("empty", (0, len(text)))
    return start, end


def read(
    text: str,
    vocabulary: Vocabulary,
    *,
    relation: bool = False,
    before: frozenset[str] = frozenset(),
    parse: Callable[[list[Token], Vocabulary, int], Tree] | None = None,
) -> Statement:
    """Read a typed answer with whatever harmless stands around it.

    Args:
        relation: The answer is itself a relation, so `=` and `<` are not cut at.
        before: Signs that stand before the answer as `=` does, such as `in`.
        parse: Reads the tokens of the answer; by default the grammar's expression.

    Errors: Unreadable with a code, columns and data.
    """
    start, end = strip(text, vocabulary)
    tokens = pair(tokenize(text, start, end), vocabulary, intervals=relation)
    check_brackets(tokens, intervals=relation)
    if not tokens:
        raise Unreadable("empty", (start, end))

    def reader(part: list[Token], words: Vocabulary, at: int) -> Tree:
        if parse is not None:
            return parse(part, words, at)
        return parse_tokens(part, words, at, relation=relation)

    if parse is None and not relation:
        tokens = with_signs(with_thousands(tokens), vocabulary)
    notes: list[str] = []
    everything = tokens
    tokens, clause = cut_clause(tokens, vocabulary)
    if not tokens:
        raise Unreadable("words", (start, end), word=text[start:end].split()[0])
    _check_words(tokens if not relation else [], clause, vocabulary)
    if clause:
        notes.append("clause_dropped")
    definitions = [] if relation else definitions_in(clause, vocabulary)
    wider = vocabulary.with_symbols({name: Sort() for name, _ in definitions})
    if relation:
        tokens = _unbracketed(tokens)
    cut_at = frozenset(":") if relation else EQUALS | before
    segments = _segments(tokens, cut_at, vocabulary)
    silent = notation.FILLERS - notation.AVERAGES if relation else notation.FILLERS
    kept = [without_words(segment, vocabulary, silent) for segment in segments]
    if any(len(a) != len(b) for a, b in zip(segments, kept, strict=True)):
        notes.append("words_dropped")
    try:
        claims = _claims(kept, wider, reader, tokens[-1].end, notes)
    except Unreadable as error:
        left = [token for segment in kept for token in segment]
        raise as_words(error, everything, left, wider) from None
    except RecursionError:
        raise Unreadable("too_deep", (start, end), most=MAX_DEPTH) from None
    for name, value in reversed(definitions):
        claims = [substitute(claim, name, value) for claim in claims]
        _check_size(claims, (start, end))
    _check_size(claims, (start, end))
    said = text[clause[0].start : clause[-1].end] if clause else ""
    return Statement(tuple(claims), tuple(notes), said)


def _check_size(claims: list[Tree], span: tuple[int, int]) -> None:
    """See that what follows can walk the trees.

    Errors: Unreadable `too_long` or `too_deep`.
    """
    waiting = [(claim, 1) for claim in claims]
    seen = 0
    while waiting:
        tree, depth = waiting.pop()
        seen += 1
        if seen > MAX_NODES:
            raise Unreadable("too_long", span, most=MAX_CHARS)
        if depth > MAX_TREE_DEPTH:
            raise Unreadable("too_deep", span, most=MAX_TREE_DEPTH)
        waiting += [(child, depth + 1) for child in children(tree)]


def _check_words(tokens: list[Token], clause: list[Token], vocabulary: Vocabulary) -> None:
    """See that no word takes back what is said.

    Errors: Unreadable `words` for "not" and "or", `two_answers` for "else" in a clause.
    """
    for token in tokens:
        if token.text.lower() in DENIED and token.text not in vocabulary:
            raise Unreadable("words", token[2:4], word=token.text)
    doubt = next((token for token in clause if token.text.lower() in DOUBT), None)
    if doubt is not None and clause[0].text.lower() not in ("the", "it"):
        raise Unreadable("two_answers", doubt[2:4], word=doubt.text)


def _claims(
    segments: list[list[Token]],
    vocabulary: Vocabulary,
    reader: Callable[[list[Token], Vocabulary, int], Tree],
    end: int,
    notes: list[str],
) -> list[Tree]:
    *before, last = segments
    if not last and not before:
        raise Unreadable("words", (0, end))
    if not last:
        raise Unreadable("breaks_off", (end - 1, end))
    answer = reader(last, vocabulary, last[-1].end)
    claims: list[Tree] = []
    for position, segment in enumerate(before):
        if not segment:
            continue
        try:
            claim = reader(segment, vocabulary, segment[-1].end)
        except Unreadable:
            order = segment[0].text in names.ORDERS and segment[0].text not in vocabulary
            if order and len(segment) > 1 and segment[1].kind == "open":
                raise
            if position == 0:
                check_left_side(segment, vocabulary)
            notes.append("left_side_dropped")
            continue
        if position == 0 and _is_name(claim):
            notes.append("left_side_dropped")
            continue
        claims.append(claim)
    return [*claims, answer]


def _is_name(tree: Tree) -> bool:
    """A lone symbol on the left names the quantity; it claims nothing."""
    while isinstance(tree, Transpose):
        tree = tree.of
    return isinstance(tree, Symbol | Element)


def _unbracketed(tokens: list[Token]) -> list[Token]:
    """Take off round brackets that hold everything."""
    while len(tokens) > 2 and tokens[0].text == "(" and opening(tokens) == 0:
        tokens = tokens[1:-1]
    return tokens


def _is_ratio(tokens: list[Token], colon: int, vocabulary: Vocabulary) -> bool:
    """Whether `x:y` or `x : y` may be a quotient, where `x: y` says what x is."""
    around = [token.text in vocabulary for token in (tokens[colon - 1], *tokens[colon + 1 :][:1])]
    label = not tokens[colon].spaced and tokens[colon + 1 :] and tokens[colon + 1].spaced
    return colon == 1 and around == [True, True] and not label


def _segments(
    tokens: list[Token], cut_at: frozenset[str], vocabulary: Vocabulary
) -> list[list[Token]]:
    """Cut at `=` and its like outside brackets, and before the conditions of pieces."""
    segments: list[list[Token]] = [[]]
    depth = 0
    for position, token in enumerate(tokens):
        depth += nesting(token)
        sum_limit = (
            position > 2 and tokens[position - 2].text == "_"
            and tokens[position - 3].text in (*names.SUMS, *names.PRODUCTS)
        )  # fmt: skip
        if depth == 0 and token.kind == "word" and token.text in IF_WORDS:
            if token.text not in vocabulary and chooses(tokens, position, vocabulary):
                cut_at = frozenset()
        is_sign = token.kind == "sign" and token.text in cut_at
        if depth == 0 and is_sign and not (token.text == "=" and sum_limit):
            if token.text == ":" and _is_ratio(tokens, position, vocabulary):
                raise Unreadable("unexpected", token[2:4], found=":", expected=None)
            segments.append([])
        else:
            segments[-1].append(token)
    return segments
