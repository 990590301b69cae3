"""What stands around a formula: quotes, words, a left-hand side, `where k = d/h`.

A teaching assistant reads past all of these, but only where there is no doubt what the
answer is. Every column stays that of the text as typed.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from autograder.errors import Unreadable
from autograder.language import names, notation
from autograder.language.grammar import MAX_DEPTH, parse_tokens
from autograder.language.tokens import Token, check_brackets, tokenize
from autograder.language.tree import Element, Power, Symbol, Transpose, Tree, rebuild
from autograder.language.vocabulary import Sort, Vocabulary

QUOTES = {'"': '"', "'": "'", "`": "`", "“": "”", "‘": "’", "„": "“", "«": "»"}
FENCE = re.compile(r"```[a-zA-Z]*\n(.*?)\n?```\s*\Z", re.DOTALL)
RAW = re.compile(r"[rRbBuUfF]{1,2}(?=[\"'])")
DOUBT = frozenset(("else", "otherwise", "unless"))
DENIED = frozenset(("not", "or", "neither", "nor", "never", "isn", "unless", "except"))
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


def strip(text: str) -> tuple[int, int]:
    """Columns of the text inside white space, quotes, back-ticks and fences.

    Errors: Unreadable `empty` when nothing is left.
    """
    start, end = 0, len(text)
    while True:
        before = (start, end)
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if fenced := FENCE.match(text, start, end):
            start, end = fenced.span(1)
        inner = text[start:end]
        if raw := RAW.match(inner):
            start += raw.end()
            continue
        opening = inner[:1]
        if len(inner) >= 2 and QUOTES.get(opening) == inner[-1]:
            if inner.count(opening) + (inner.count(inner[-1]) if inner[-1] != opening else 0) == 2:
                start, end = start + 1, end - 1
        if inner.startswith("**") and inner.endswith("**") and len(inner) > 4:
            start, end = start + 2, end - 2
        if end > start and text[end - 1] in ".;," and not text[start:end].endswith(".."):
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
    start, end = strip(text)
    tokens = tokenize(text, start, end)
    check_brackets(tokens, intervals=relation)
    if not tokens:
        raise Unreadable("empty", (start, end))

    def reader(part: list[Token], words: Vocabulary, at: int) -> Tree:
        if parse is not None:
            return parse(part, words, at)
        return parse_tokens(part, words, at, relation=relation)

    notes: list[str] = []
    everything = tokens
    tokens, clause = _cut_clause(tokens, vocabulary)
    if not tokens:
        raise Unreadable("words", (start, end), word=text[start:end].split()[0])
    _check_words(tokens if not relation else [], clause, vocabulary)
    if clause:
        notes.append("clause_dropped")
    definitions = _definitions(clause, vocabulary)
    wider = vocabulary.with_symbols({name: Sort() for name, _ in definitions})
    if relation:
        tokens = _unbracketed(tokens)
    cut_at = frozenset(":") if relation else EQUALS | before
    segments = _segments(tokens, cut_at)
    kept = [_without_words(segment, vocabulary) for segment in segments]
    if any(len(a) != len(b) for a, b in zip(segments, kept, strict=True)):
        notes.append("words_dropped")
    try:
        claims = _claims(kept, wider, reader, tokens[-1].end, notes)
    except Unreadable as error:
        raise _as_words(error, everything, wider) from None
    except RecursionError:
        raise Unreadable("too_deep", (start, end), most=MAX_DEPTH) from None
    for name, value in reversed(definitions):
        claims = [_substitute(claim, name, value) for claim in claims]
    said = text[clause[0].start : clause[-1].end] if clause else ""
    return Statement(tuple(claims), tuple(notes), said)


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
            if segment[0].text in names.ORDERS and segment[0].text not in vocabulary:
                raise
            if position == 0:
                _check_left_side(segment)
            notes.append("left_side_dropped")
            continue
        if position == 0 and _is_name(claim):
            notes.append("left_side_dropped")
            continue
        claims.append(claim)
    return [*claims, answer]


def _check_left_side(segment: list[Token]) -> None:
    """See that what stands left of `=` only names the answer: `s`, `Var(q^T k)`, `V'_i`.

    Errors: Unreadable `left_side` for `s^2 = …` or `1/s = …`, which claim something else.
    """
    depth = 0
    for position, token in enumerate(segment):
        depth += (token.kind == "open") - (token.kind == "close")
        if depth or token.kind in ("open", "close"):
            continue
        before = segment[position - 1].text if position else ""
        after = segment[position + 1] if position + 1 < len(segment) else None
        power = (
            token.text == "^"
            and before not in ("sigma", "R")
            and (
                after is None
                or (after.text[:1] not in ("T", "t", "{", "(", "'", "*") and after.kind != "word")
            )
        )
        number = token.kind == "number" and before not in ("_", "^", "q", "Q")
        root = token.text in ("sqrt", "exp", "log", "frac")
        if power or number or root or (token.kind == "sign" and token.text in "+-*/@×"):
            span = (segment[0].start, segment[-1].end)
            raise Unreadable("left_side", span, found=token.text)


def _is_name(tree: Tree) -> bool:
    """A lone symbol on the left names the quantity; it claims nothing."""
    while isinstance(tree, Power | Transpose):
        tree = tree.base if isinstance(tree, Power) else tree.of
    return isinstance(tree, Symbol | Element)


def _unbracketed(tokens: list[Token]) -> list[Token]:
    """Take off round brackets that hold everything."""
    while len(tokens) > 2 and tokens[0].text == "(" and _opening(tokens) == 0:
        tokens = tokens[1:-1]
    return tokens


def _segments(tokens: list[Token], cut_at: frozenset[str]) -> list[list[Token]]:
    """Cut at `=` and its like outside brackets."""
    segments: list[list[Token]] = [[]]
    depth = 0
    for position, token in enumerate(tokens):
        depth += (token.kind == "open") - (token.kind == "close")
        sum_limit = (
            position > 2 and tokens[position - 2].text == "_"
            and tokens[position - 3].text in (*names.SUMS, *names.PRODUCTS)
        )  # fmt: skip
        is_sign = token.kind == "sign" and token.text in cut_at
        if depth == 0 and is_sign and not (token.text == "=" and sum_limit):
            segments.append([])
        else:
            segments[-1].append(token)
    return segments


# -- clauses -----------------------------------------------------------------------------


def _cut_clause(tokens: list[Token], vocabulary: Vocabulary) -> tuple[list[Token], list[Token]]:
    """Cut off `where …`, `, k = d/h` or `(M = D)` at the end."""
    depth = 0
    for position, token in enumerate(tokens):
        depth += (token.kind == "open") - (token.kind == "close")
        if depth or position == 0:
            continue
        words = token.kind == "word" and token.text.lower() in notation.CLAUSE_WORDS
        if words and token.text not in vocabulary and not token.latex:
            clause_at = position
            if clause_at == len(tokens) - 1:
                raise Unreadable("breaks_off", token[2:4])
            if tokens[position - 1].text in (",", ";"):
                position -= 1
            return tokens[:position], tokens[clause_at + 1 :]
        if token.text in (",", ";") and _is_relation(tokens[position + 1 :]):
            return tokens[:position], tokens[position + 1 :]
        if token.text == "forall":
            cut = position - 1 if tokens[position - 1].text in (",", ":", ";") else position
            return tokens[:cut], []
    if tokens[-1].kind == "close" and tokens[-1].text == ")":
        opened = _opening(tokens)
        inside = tokens[opened + 1 : -1]
        if opened > 0 and (_is_relation(inside) or _is_remark(inside, vocabulary)):
            return tokens[:opened], inside
    return tokens, []


def _opening(tokens: list[Token]) -> int:
    depth = 0
    for position in range(len(tokens) - 1, -1, -1):
        kind = tokens[position].kind
        depth += (kind == "close") - (kind == "open")
        if depth == 0:
            return position
    return 0


def _is_relation(tokens: list[Token]) -> bool:
    """True for `name = …` and the like, with nothing before the name."""
    if len(tokens) < 3 or tokens[0].kind != "word":
        return False
    at = 3 if tokens[1].text == "_" and len(tokens) > 4 else 1
    return tokens[at].text in ("=", "<=", "<", ">", ">=", "~") or tokens[1].text == "is"


def _is_remark(tokens: list[Token], vocabulary: Vocabulary) -> bool:
    """True for bracketed words, such as `(row vector)`."""
    words = [t for t in tokens if t.kind == "word"]
    long = [t for t in words if len(t.text) > 3 and t.text not in vocabulary and not t.latex]
    known = [t for t in words if t.text in notation.FUNCTIONS]
    return len(long) >= 2 and len(words) == len(tokens) and not known


def _definitions(clause: list[Token], vocabulary: Vocabulary) -> list[tuple[str, Tree]]:
    """New names that a clause defines, in order: `where F = D^2`."""
    found: list[tuple[str, Tree]] = []
    part: list[Token] = []
    depth = 0
    for token in [*clause, None]:
        if token is not None:
            depth += (token.kind == "open") - (token.kind == "close")
        ends = token is None or (depth == 0 and token.text in (",", ";", "and"))
        if not ends:
            assert token is not None
            part.append(token)
            continue
        defined = _definition(part, vocabulary.with_symbols({n: Sort() for n, _ in found}))
        if defined is not None:
            found.append(defined)
        part = []
    return found


def _definition(part: list[Token], vocabulary: Vocabulary) -> tuple[str, Tree] | None:
    if len(part) < 3 or part[0].kind != "word" or part[1].text not in ("=", "~", "is"):
        return None
    name = part[0].text
    if name in vocabulary or names.split(name, vocabulary.symbols):
        return None
    try:
        return name, parse_tokens(part[2:], vocabulary, part[-1].end)
    except Unreadable:
        return None


def _substitute(tree: Tree, name: str, value: Tree) -> Tree:
    if isinstance(tree, Symbol) and tree.name == name:
        return replace(value, span=tree.span)

    return rebuild(tree, lambda child: _substitute(child, name, value))


# -- words -------------------------------------------------------------------------------


def _without_words(tokens: list[Token], vocabulary: Vocabulary) -> list[Token]:
    """Drop harmless words at both ends."""
    start, end = 0, len(tokens)
    while start < end and (
        _is_filler(tokens[start], vocabulary)
        or (start > 0 and tokens[start].text in (",", ":") and tokens[start].kind == "sign")
    ):
        start += 1
    while end > start and (
        (_is_filler(tokens[end - 1], vocabulary) and len(tokens[end - 1].text) > 1)
        or (end < len(tokens) and tokens[end - 1].text in (",", ".", "-"))
    ):
        end -= 1
    return tokens[start:end]


def _is_filler(token: Token, vocabulary: Vocabulary) -> bool:
    if token.kind == "quote":
        return True
    if token.kind != "word" or token.text in vocabulary:
        return False
    if names.split(token.text, vocabulary.symbols, functions=False):
        return False
    return token.text.lower() in notation.FILLERS and token.text not in ("O", "Theta", "Omega")


def _as_words(error: Unreadable, tokens: list[Token], vocabulary: Vocabulary) -> Unreadable:
    """Say "these are words" rather than complain about the first of them."""
    if error.code not in ("unknown_symbol", "wrong_case", "unexpected", "no_argument"):
        return error
    words = [
        token for token in tokens
        if token.kind == "word" and len(token.text) > 2 and not token.latex
        and token.text not in vocabulary and token.text not in notation.FUNCTIONS
        and token.text not in notation.MODULES
        and names.split(token.text, vocabulary.symbols) is None
    ]  # fmt: skip
    if len(words) < 2:
        return error
    return Unreadable("words", words[0][2:4], word=words[0].text)
