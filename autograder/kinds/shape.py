"""Shapes: a list of sizes, axis by axis."""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar

from autograder.errors import Unreadable
from autograder.kinds import Form, Reading, Workshop
from autograder.kinds.closed_form import no_imaginary, vocabulary_of
from autograder.language.lexer import names
from autograder.language.lexer.tokens import OPENERS, Token
from autograder.language.parser.grammar import parse_tokens
from autograder.language.printer.echo import echo
from autograder.language.statements.statement import read
from autograder.language.tree import Matrix, Order, Sequence, Sum, Transpose, Tree, walk
from autograder.language.vocabulary import Vocabulary
from autograder.sandbox import Session
from autograder.submission import Response
from autograder.verdict import Finding, Verdict

if TYPE_CHECKING:
    from autograder.compare import closed_form

TIMES = re.compile(r"[xX]\d+")
BETWEEN = frozenset((",", "×", ";"))
BETWEEN_WORDS = frozenset(("x", "by", "X"))
WRAPPERS = frozenset(("torch", "Size", "shape", "tuple", "list", "R", "np", "size", "Shape"))


@dataclass(frozen=True)
class Shape:
    """The shape of an array, its axes in the order asked for.

    Attributes:
        symbols: The sizes and the relations that hold between them; None takes the problem's.
    """

    symbols: Vocabulary | None = None
    form: ClassVar[Form] = "typed"
    label: ClassVar[str] = "shape"

    def read(self, answer: Response) -> Reading:
        """Read `[m, n]`, `(m, n/2)`, `m x n` and the like.

        Errors: Unreadable.
        """
        statement = read(
            answer.text, vocabulary_of(self.symbols), before=frozenset(("in",)), parse=_parse
        )
        claims = tuple(_axes(claim) for claim in statement.claims)
        shown = " = ".join("[" + ", ".join(map(echo, axes)) + "]" for axes in claims)
        return Reading(shown, claims, statement.notes, {"axes": len(claims[-1])})

    def prepare(self, reference: Reading, workshop: Workshop) -> object:
        """The key's axes at sizes that satisfy the relations."""
        from autograder.compare import closed_form

        vocabulary = vocabulary_of(self.symbols)
        return [closed_form.prepare(axis, vocabulary) for axis in _content(reference)]

    def judge(self, reading: Reading, prepared: object, sandbox: Session) -> Finding:
        """Axis by axis, under the declared relations."""
        assert isinstance(prepared, list)
        *before, last = _claims(reading)
        finding = _judge_axes(last, prepared)
        for axes in before if finding.verdict is Verdict.CORRECT else ():
            if _judge_axes(axes, prepared).verdict is not Verdict.CORRECT:
                return Finding(Verdict.INCORRECT, "chain_contradicts")
        return finding

    def same(self, reading: Reading, other: Reading) -> bool:
        """Whether two shapes are equal under the relations."""
        from autograder.compare import closed_form

        mine, theirs = _content(reading), _content(other)
        if len(mine) != len(theirs):
            return False
        vocabulary = vocabulary_of(self.symbols)
        keys = [closed_form.prepare(axis, vocabulary) for axis in theirs]
        pairs = zip(mine, keys, strict=True)
        return all(closed_form.decide(a, k, prove=False).outcome == "agrees" for a, k in pairs)


def _judge_axes(axes: tuple[Tree, ...], prepared: "list[closed_form.Key]") -> Finding:
    from autograder.compare import closed_form

    if len(axes) != len(prepared):
        return Finding(
            Verdict.INCORRECT, "wrong_length", {"got": len(axes), "asked": len(prepared)}
        )
    for at, (axis, key) in enumerate(zip(axes, prepared, strict=True), start=1):
        decision = closed_form.decide(axis, key, prove=False)
        if decision.outcome == "undecided":
            return Finding(Verdict.UNGRADED, "undecided", {"index": at})
        if decision.outcome == "differs":
            return Finding(Verdict.INCORRECT, "entry_differs", {"index": at})
    return Finding(Verdict.CORRECT, "right")


def _claims(reading: Reading) -> tuple[tuple[Tree, ...], ...]:
    """The shapes the student set equal, the answer last."""
    assert isinstance(reading.content, tuple)
    return reading.content


def _content(reading: Reading) -> tuple[Tree, ...]:
    return _claims(reading)[-1]


def _axes(tree: Tree) -> tuple[Tree, ...]:
    assert isinstance(tree, Sequence)
    return tree.items


def _parse(tokens: list[Token], vocabulary: Vocabulary, end: int) -> Tree:
    """The entries between commas, crosses or `x`."""
    whole = (tokens[0].start, end)
    tokens = [token for token in tokens if token.kind != "quote"]  # ["n", "m"] on a sheet
    tokens, bracketed = _unwrap(_cut_words(tokens, vocabulary), vocabulary)
    if not tokens:
        raise Unreadable("empty_list", whole)
    parts, separated = _split(tokens, vocabulary)
    if not separated and bracketed and all(t.kind == "word" for t in tokens):
        parts = [[token] for token in tokens]  # `[h d q]`
    elif not separated and len(tokens) > 1 and not bracketed:
        raise Unreadable("wrong_kind", whole, found="expression", expected="shape")
    if parts and not parts[-1] and len(parts) > 1:
        parts.pop()  # `(d,)`
    items = []
    for part in parts:
        if not part:
            raise Unreadable("breaks_off", (end - 1, end))
        tree = parse_tokens(part, vocabulary, part[-1].end, lists=True)
        no_imaginary(tree, vocabulary)
        for node in walk(tree):
            if isinstance(node, Sequence | Order | Transpose | Sum | Matrix):
                raise Unreadable("wrong_kind", node.span, found="list", expected="size")
        items.append(tree)
    if not separated and not bracketed and not _is_size(tokens, vocabulary):
        raise Unreadable("wrong_kind", whole, found="expression", expected="shape")
    return Sequence(tuple(items), "[", span=whole)


def _is_size(tokens: list[Token], vocabulary: Vocabulary) -> bool:
    return len(tokens) == 1 and (tokens[0].kind == "number" or tokens[0].text in vocabulary)


def _cut_words(tokens: list[Token], vocabulary: Vocabulary) -> list[Token]:
    """`hxdxq` is `h x d x q`."""
    found: list[Token] = []
    for token in tokens:
        known = {*vocabulary.symbols, "x"}
        if TIMES.fullmatch(token.text) and token.text not in vocabulary and "x" not in vocabulary:
            cross, size = token.start, token.text[1:]  # `2x3`
            found.append(Token("word", "x", cross, cross + 1))
            found.append(Token("number", size, cross + 1, token.end, value=Fraction(size)))
            continue
        parts = None
        if token.kind == "word" and token.text not in known and "x" in token.text:
            parts = names.split(token.text, known, functions=False)
        if parts is None:
            found.append(token)
            continue
        column = token.start
        for part in parts:
            found.append(Token("word", part, column, column + len(part)))
            column += len(part)
    return found


def _unwrap(tokens: list[Token], vocabulary: Vocabulary) -> tuple[list[Token], bool]:
    """Take off `torch.Size(…)`, `R^{…}` and brackets around the whole list."""
    bracketed = False
    named = _named(tokens, vocabulary)
    if named:
        tokens = tokens[named:]
    while tokens:
        first = tokens[0]
        wrapper = first.kind == "word" and first.text in WRAPPERS and first.text not in vocabulary
        if wrapper or (first.text in (".", "^", "==") and first.kind == "sign"):
            tokens = tokens[1:]
        elif _encloses(tokens):
            tokens, bracketed = tokens[1:-1], True
        else:
            break
    return tokens, bracketed


def _named(tokens: list[Token], vocabulary: Vocabulary) -> int:
    """How many words stand before the bracket in `W_k has shape (d, k)`."""
    at = 0
    unknown = False
    while at < len(tokens) and (tokens[at].kind == "word" or tokens[at].text == "_"):
        if tokens[at].text.lower() in ("and", "either"):
            return 0
        unknown |= tokens[at].kind == "word" and tokens[at].text not in vocabulary
        at += 1
    opens = at < len(tokens) and tokens[at].kind == "open" and tokens[at].text in "([{"
    return at if unknown and opens and _closes_last(tokens[at:]) else 0


def _encloses(tokens: list[Token]) -> bool:
    """Whether brackets stand around everything: `[n, m]`, `<n, m>`."""
    first = tokens[0]
    opens = first.kind == "open" and first.text in ("(", "[", "{", "langle")
    return (opens and _closes_last(tokens)) or (first.text == "<" and tokens[-1].text == ">")


def _closes_last(tokens: list[Token]) -> bool:
    depth = 0
    for at, token in enumerate(tokens):
        depth += (token.kind == "open") - (token.kind == "close")
        if depth == 0:
            return at == len(tokens) - 1 and token.text == OPENERS[tokens[0].text]
    return False


def _split(tokens: list[Token], vocabulary: Vocabulary) -> tuple[list[list[Token]], bool]:
    parts: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += (token.kind == "open") - (token.kind == "close")
        word = token.kind == "word" and token.text in BETWEEN_WORDS and token.text not in vocabulary
        if depth == 0 and (word or (token.kind == "sign" and token.text in BETWEEN)):
            if not parts[-1]:
                raise Unreadable("breaks_off", (token.start, token.end), gap=True)
            parts.append([])
        else:
            parts[-1].append(token)
    return parts, len(parts) > 1
