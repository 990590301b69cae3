"""Values: a list of numbers."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, NamedTuple

from autograder.errors import AssignmentError, Json, Unreadable
from autograder.kinds import Form, Reading, Workshop
from autograder.language.lexer.tokens import OPENERS, Token
from autograder.language.parser.grammar import parse_tokens
from autograder.language.printer.echo import echo
from autograder.language.statements.array_notation import split
from autograder.language.statements.statement import read
from autograder.language.tree import Matrix, Negate, Number, Sequence, Span, Tree, walk
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
        """Read `[2, 7, 5]`, `2 7 5`, a LaTeX vector, a tensor literal.

        Errors: Unreadable.
        """
        statement = read(answer.text, Vocabulary(), parse=_parse)
        tree = statement.answer
        if "=" in statement.clause:
            raise Unreadable("two_answers", tree.span, word="=")
        arrays = [_array(claim) for claim in statement.claims]
        if any(other != arrays[-1] for other in arrays):
            raise Unreadable("two_answers", tree.span, word="=")
        return Reading(echo(tree), tree, statement.notes)

    def prepare(self, reference: Reading, workshop: Workshop) -> object:
        """The key's numbers.

        Errors: AssignmentError when one of them is none.
        """
        array = _array(reference.content)
        if None in array.entries:
            raise AssignmentError(f"{workshop.question}: an entry of the key is no number")
        return array

    def judge(self, reading: Reading, prepared: object, sandbox: Session) -> Finding:
        """Entry by entry."""
        assert isinstance(prepared, _Array)
        mine = _array(reading.content)
        got, asked = len(mine.entries), len(prepared.entries)
        if got != asked:
            return Finding(Verdict.INCORRECT, "wrong_length", {"got": got, "asked": asked})
        if mine.shape != prepared.shape:
            shapes: dict[str, Json] = {"got": mine.described(), "asked": prepared.described()}
            return Finding(Verdict.INCORRECT, "wrong_shape", shapes)
        for at, pair in enumerate(zip(mine.entries, prepared.entries, strict=True), start=1):
            if not self._near(*pair):
                return Finding(Verdict.INCORRECT, "entry_differs", {"index": at})
        return Finding(Verdict.CORRECT, "right", proved=True)

    def same(self, reading: Reading, other: Reading) -> bool:
        """Whether two lists hold the same numbers."""
        mine, theirs = _array(reading.content), _array(other.content)
        return mine.shape == theirs.shape and all(
            a == b or self._near(a, b) for a, b in zip(mine.entries, theirs.entries, strict=True)
        )

    def _near(self, one: Fraction | None, other: Fraction | None) -> bool:
        return (
            one is not None and other is not None and abs(one - other) <= Fraction(self.tolerance)
        )


class _Array(NamedTuple):
    """Numbers in a list, or in lists of one length.

    Attributes:
        shape: Without axes of length 1: a row and a column are the same.
        entries: In reading order; None for what is no real number.
    """

    shape: tuple[int, ...]
    entries: tuple[Fraction | None, ...]

    def described(self) -> str:
        """`2 x 3`."""
        return " x ".join(map(str, self.shape))


def _array(content: object) -> _Array:
    """The numbers of a list.

    Errors: Unreadable `ragged_matrix`.
    """
    assert isinstance(content, Sequence)
    if len({_widths(item) for item in content.items}) > 1:
        raise Unreadable("ragged_matrix", content.span)
    lengths = (len(content.items), *_widths(content.items[0]))
    return _Array(tuple(n for n in lengths if n > 1), tuple(_entries(content)))


def _widths(item: Tree) -> tuple[int, ...]:
    if not isinstance(item, Sequence):
        return ()
    if len({_widths(inner) for inner in item.items}) > 1 or not item.items:
        raise Unreadable("ragged_matrix", item.span)
    return (len(item.items), *_widths(item.items[0]))


def _entries(tree: Tree) -> Iterator[Fraction | None]:
    if isinstance(tree, Sequence):
        for item in tree.items:
            yield from _entries(item)
    else:
        yield _number(tree)


def _parse(tokens: list[Token], vocabulary: Vocabulary, end: int) -> Tree:
    whole = (tokens[0].start, end)
    upright = _without_transpose(tokens)
    inside = _without_wrapping(upright)
    if not inside:
        raise Unreadable("empty_list", whole)
    if inside[0].text == "begin":
        items = _rows(parse_tokens(inside, vocabulary, end), whole)
    else:
        lines = [_list(line) for line in split(inside, (";",)) if line]
        several = len(lines) > 1 and any(len(line.items) > 1 for line in lines)
        items = tuple(lines) if several else _list(inside).items  # `[1, 2; 3, 4]`
    if not items:
        raise Unreadable("empty_list", whole)
    lists = [item.items for item in items if isinstance(item, Sequence)]
    if len(upright) < len(tokens) and len(lists) == len(items) and len(set(map(len, lists))) == 1:
        items = tuple(Sequence(column) for column in zip(*lists, strict=True))
    return Sequence(items, span=whole)


def _rows(tree: Tree, whole: Span) -> tuple[Tree, ...]:
    if not isinstance(tree, Matrix):
        raise Unreadable("wrong_kind", whole, found="expression", expected="list of numbers")
    if len(tree.rows[0]) == 1:
        return tuple(row[0] for row in tree.rows)
    return tuple(Sequence(row) for row in tree.rows) if len(tree.rows) > 1 else tree.rows[0]


def _without_transpose(tokens: list[Token]) -> list[Token]:
    """Without a transpose mark behind everything."""
    if len(tokens) > 2 and tokens[-1].text == "'" and tokens[-2].kind == "close":
        return tokens[:-1]
    if len(tokens) > 2 and tokens[-2].text in ("^", ".") and tokens[-1].text in TRANSPOSE:
        return tokens[:-2]
    if len(tokens) > 4 and [t.text for t in tokens[-4:-2]] == ["^", "{"]:
        return tokens[:-4] if tokens[-2].text in TRANSPOSE else tokens
    return tokens


def _without_wrapping(tokens: list[Token]) -> list[Token]:
    """Take off `torch.tensor(…)` and brackets around everything."""
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
            if not parts[-1] and token.text == ",":
                raise Unreadable("breaks_off", (token.start, token.end), gap=True)
            if parts[-1]:
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


def _number(tree: Tree) -> Fraction | None:
    """An exact value, or none; only irrational entries go through high precision."""
    if isinstance(tree, Number):
        return tree.value
    if isinstance(tree, Negate):
        value = _number(tree.of)
        return -value if value is not None else None
    from autograder.compare.sampling import context
    from autograder.language.evaluator.evaluation import evaluate
    from autograder.language.evaluator.values import Point, Undefined

    ctx = context(40)
    try:
        value = evaluate(tree, Point(ctx, {}, {}, Vocabulary()))
        if ctx.im(value) or (value and not abs(ctx.mag(value)) < MOST_BITS):
            return None
        return Fraction(ctx.nstr(value, 30))
    except (Undefined, ValueError):
        return None
