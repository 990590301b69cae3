"""Values: a list of numbers."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

from autograder.errors import Unreadable
from autograder.kinds import Form, Reading, Workshop
from autograder.language.echo import echo
from autograder.language.grammar import parse_tokens
from autograder.language.statement import read
from autograder.language.tokens import OPENERS, Token
from autograder.language.tree import Matrix, Negate, Number, Sequence, Tree, walk
from autograder.language.vocabulary import Vocabulary
from autograder.sandbox import Session
from autograder.submission import Response
from autograder.verdict import Finding, Verdict

MOST_BITS = 1_000  # of a number; no entry of a key is larger

WRAPPERS = frozenset(
    [
        "torch",
        "tensor",
        "Tensor",
        "np",
        "numpy",
        "array",
        "asarray",
        "FloatTensor",
        "LongTensor",
        "vec",
        "matrix",
        "column",
        "row",
        "vector",
        "list",
        "tuple",
    ]
)
TRANSPOSE = ("T", "t", "top")


@dataclass(frozen=True)
class Values:
    """A vector of numbers; a row and a column are the same.

    Attributes:
        tolerance: Largest difference of an entry, absolute. The default is exact but for
            the rounding of a number typed with six decimals.
    """

    tolerance: float = 1e-6
    form: ClassVar[Form] = "typed"
    label: ClassVar[str] = "list of numbers"

    def read(self, answer: Response) -> Reading:
        """Read `[1, 4, 3]`, `1 4 3`, a LaTeX vector, a tensor literal.

        Errors: Unreadable.
        """
        statement = read(answer.text, Vocabulary(), parse=_parse)
        tree = statement.answer
        if "=" in statement.clause:
            raise Unreadable("two_answers", tree.span, word="=")
        if isinstance(tree, Sequence) and len({_width(item) for item in tree.items}) > 1:
            raise Unreadable("ragged_matrix", tree.span)
        lists = [_flat(_numbers(claim)) for claim in statement.claims]
        if any(other != lists[-1] for other in lists):
            raise Unreadable("two_answers", tree.span, word="=")
        return Reading(echo(tree), tree, statement.notes)

    def prepare(self, reference: Reading, workshop: Workshop) -> object:
        """The key's numbers."""
        return _flat(_numbers(reference.content))

    def judge(self, reading: Reading, prepared: object, sandbox: Session) -> Finding:
        """Entry by entry."""
        assert isinstance(prepared, list)
        numbers = _numbers(reading.content)
        flat = _flat(numbers)
        lengths = [len(n) for n in numbers if isinstance(n, list)]
        if len(flat) != len(prepared) or (lengths and 1 not in (len(numbers), *lengths)):
            return Finding(
                Verdict.INCORRECT, "wrong_length", {"got": len(flat), "asked": len(prepared)}
            )
        for at, (got, asked) in enumerate(zip(flat, prepared, strict=True), start=1):
            if abs(got - asked) > Fraction(self.tolerance):
                return Finding(Verdict.INCORRECT, "entry_differs", {"index": at})
        return Finding(Verdict.CORRECT, "right", proved=True)

    def same(self, reading: Reading, other: Reading) -> bool:
        """Whether two lists hold the same numbers."""
        mine, theirs = _flat(_numbers(reading.content)), _flat(_numbers(other.content))
        return len(mine) == len(theirs) and all(
            abs(a - b) <= Fraction(self.tolerance) for a, b in zip(mine, theirs, strict=True)
        )


def _parse(tokens: list[Token], vocabulary: Vocabulary, end: int) -> Tree:
    whole = (tokens[0].start, end)
    tokens = _without_wrapping(tokens)
    if not tokens:
        raise Unreadable("empty_list", whole)
    if tokens[0].text == "begin":
        tree = parse_tokens(tokens, vocabulary, end)
        if isinstance(tree, Matrix):
            rows = tuple(Sequence(row) for row in tree.rows)
            items = tuple(row[0] for row in tree.rows) if len(tree.rows[0]) == 1 else rows
            return Sequence(items if len(rows) > 1 else tree.rows[0], span=whole)
        raise Unreadable("wrong_kind", whole, found="expression", expected="list of numbers")
    listed = _list(tokens)
    if not listed.items:
        raise Unreadable("empty_list", whole)
    return Sequence(listed.items, span=whole)


def _without_wrapping(tokens: list[Token]) -> list[Token]:
    """Take off `torch.tensor(…)`, a transpose mark and brackets around everything."""
    if len(tokens) > 2 and tokens[-1].text == "'" and tokens[-2].kind == "close":
        tokens = tokens[:-1]
    if len(tokens) > 2 and tokens[-2].text in ("^", ".") and tokens[-1].text in TRANSPOSE:
        tokens = tokens[:-2]
    if len(tokens) > 4 and [t.text for t in tokens[-4:-2]] == ["^", "{"]:
        if tokens[-2].text in TRANSPOSE:
            tokens = tokens[:-4]
    if len(tokens) > 2 and tokens[0].text == "<" and tokens[-1].text == ">":
        tokens = tokens[1:-1]
    called = False
    while (
        tokens
        and tokens[0].kind in ("word", "sign")
        and (tokens[0].text in WRAPPERS or (called and tokens[0].text == "."))
    ):
        called, tokens = True, tokens[1:]
    while tokens and tokens[0].kind == "open" and _close(tokens, 0) == len(tokens) - 1:
        inside = tokens[1:-1]
        if called:
            inside = _without_keywords(inside)
            called = False
        if not (inside and inside[0].kind == "open" and _close(inside, 0) == len(inside) - 1):
            return inside
        tokens = inside
    return tokens


def _without_keywords(tokens: list[Token]) -> list[Token]:
    """Drop `, dtype=…` at the end of a call."""
    for at, token in enumerate(tokens):
        if token.text == "=" and at > 1 and tokens[at - 2].text == ",":
            return tokens[: at - 2]
    return tokens


def _close(tokens: list[Token], at: int) -> int:
    depth = 0
    for position in range(at, len(tokens)):
        depth += (tokens[position].kind == "open") - (tokens[position].kind == "close")
        if depth == 0:
            return position
    raise Unreadable("not_closed", tokens[at][2:4], bracket=tokens[at].text)


def _list(tokens: list[Token]) -> Sequence:
    """Entries between commas, `;`, `&`, `and`, or blanks where there is no comma."""
    parts: list[list[Token]] = [[]]
    depth = 0
    commas = any(t.text in (",", ";", "&", "\\\\") for t in tokens)
    for token in tokens:
        depth += (token.kind == "open") - (token.kind == "close")
        between = token.text in (",", ";", "&", "\\\\", "and") and token.kind in (
            "sign",
            "row",
            "word",
        )
        if depth == 0 and between:
            if parts[-1] or token.text == ",":
                parts.append([])
        elif not commas and depth == 0 and parts[-1] and _starts_entry(token, parts[-1]):
            parts.append([token])
        else:
            parts[-1].append(token)
    if parts and not parts[-1]:
        parts.pop()
    return Sequence(tuple(_entry(part, tokens) for part in parts))


def _starts_entry(token: Token, before: list[Token]) -> bool:
    if not token.spaced or before[-1].text in ("+", "-", "*", "/"):
        return False
    return token.kind in ("number", "open") or token.text in ("-", "+")


def _entry(part: list[Token], around: list[Token]) -> Tree:
    if not part:
        raise Unreadable("breaks_off", (around[-1].start, around[-1].end))
    if part[0].kind == "open" and part[0].text in OPENERS and _close(part, 0) == len(part) - 1:
        inside = _list(part[1:-1])
        return inside.items[0] if part[0].text == "(" and len(inside.items) == 1 else inside
    entry = parse_tokens(part, Vocabulary(), part[-1].end)
    if any(isinstance(node, Sequence | Matrix) for node in walk(entry)):
        raise Unreadable("wrong_kind", entry.span, found="expression", expected="number")
    return entry


def _numbers(content: object) -> list[Any]:
    assert isinstance(content, Sequence)
    return [_numbers(i) if isinstance(i, Sequence) else _number(i) for i in content.items]


def _width(item: Tree) -> int:
    return len(item.items) if isinstance(item, Sequence) else 0


def _flat(numbers: list[Any]) -> list[Fraction]:
    flat: list[Fraction] = []
    for number in numbers:
        flat += _flat(number) if isinstance(number, list) else [number]
    return flat


def _number(tree: Tree) -> Fraction:
    """An exact value; only irrational entries go through high precision."""
    if isinstance(tree, Number):
        return tree.value
    if isinstance(tree, Negate):
        return -_number(tree.of)
    from autograder.compare.sampling import context
    from autograder.language.evaluation import evaluate
    from autograder.language.values import Point, Undefined

    ctx = context(40)
    try:
        value = evaluate(tree, Point(ctx, {}, {}, Vocabulary()))
        if ctx.im(value) or (value and not abs(ctx.mag(value)) < MOST_BITS):
            return Fraction(10**30)
        return Fraction(ctx.nstr(value, 30))
    except (Undefined, ValueError):
        return Fraction(10**30)  # no number; equal to no entry of a key
