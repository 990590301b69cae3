"""Lists, tuples, points and finite sets of formulas."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal, TypeAlias

from autograder.errors import AssignmentError, Json, Unreadable
from autograder.kinds import Form, Reading, Workshop
from autograder.kinds.closed_form import (
    check_formula,
    judge_formula,
    prepare_formula,
    vocabulary_of,
)
from autograder.language.statements.listings import Claim, Item, read_listing, spell
from autograder.language.statements.listings import Listing as Typed
from autograder.language.tree import Tree
from autograder.language.vocabulary import Vocabulary
from autograder.sandbox import Session
from autograder.submission import Response
from autograder.verdict import Finding, Verdict

if TYPE_CHECKING:
    from autograder.compare import closed_form

MOST_REPEATS = 4  # of each entry of a set; beyond, it is too long whatever stands in it
RIGHT, WRONG = (Verdict.CORRECT, "right"), (Verdict.INCORRECT, "entry_differs")
Order: TypeAlias = Literal["kept", "free", "as_typed"]


@dataclass(frozen=True)
class Known:
    """An entry of the key that is a relation."""

    tree: Tree
    vocabulary: Vocabulary


@dataclass(frozen=True)
class Keys:
    """A list that is the key, its entries ready to be compared.

    Attributes:
        repeated: Whether an entry stands there twice.
    """

    items: "tuple[Entry, ...]"
    names: tuple[str, ...]
    bracket: str
    repeated: bool


Entry: TypeAlias = "closed_form.Key | Keys | Known"


@dataclass(frozen=True)
class Listing:
    """A list of formulas, each judged as a closed form; all of them have to be right.

    Attributes:
        symbols: What may occur; None takes the problem's.
        order: `kept` for tuples and points; `free` for sets, where a repeated entry counts
            once; `as_typed`, kept between `[ ]` and `( )`, free where both the key and the
            answer have other brackets or none.
    """

    symbols: Vocabulary | None = None
    order: Order = "as_typed"
    form: ClassVar[Form] = "typed"
    label: ClassVar[str] = "list"

    def read(self, answer: Response) -> Reading:
        """Read `[a, b]`, `(a, b)`, `{a, b}`, `a, b`, `x = a, x = b`.

        Errors: Unreadable.
        """
        vocabulary = vocabulary_of(self.symbols)
        listing = read_listing(answer.text, vocabulary)
        for tree in _formulas(listing):
            check_formula(tree, vocabulary)
        if self.order == "free" and listing.bracket in ("[", "(") and len(listing.items) == 2:
            raise Unreadable("wrong_kind", listing.span, found="an interval", expected="a set")
        return Reading(spell(listing), listing, data={"entries": len(listing.items)})

    def prepare(self, reference: Reading, workshop: Workshop) -> object:
        """The key's entries at the points of their domain."""
        assert isinstance(reference.content, Typed)
        return _keys(reference.content, vocabulary_of(self.symbols), workshop.question)

    def judge(self, reading: Reading, prepared: object, sandbox: Session) -> Finding:
        """Entry by entry, in order or as a set."""
        assert isinstance(reading.content, Typed) and isinstance(prepared, Keys)
        return _judge(reading.content, prepared, self.order)

    def same(self, reading: Reading, other: Reading) -> bool:
        """Whether two lists hold the same, right or wrong."""
        assert isinstance(reading.content, Typed) and isinstance(other.content, Typed)
        try:
            keys = _keys(other.content, vocabulary_of(self.symbols), "")
        except AssignmentError:
            return reading.echo == other.echo
        return _judge(reading.content, keys, self.order).verdict is Verdict.CORRECT


def _formulas(listing: Typed) -> Iterator[Tree]:
    for item in listing.items:
        if isinstance(item, Typed):
            yield from _formulas(item)
        elif not isinstance(item, Claim):
            yield item


def _keys(listing: Typed, vocabulary: Vocabulary, question: str) -> Keys:
    items: list[Entry] = []
    repeated = False
    for item in listing.items:
        made = _prepared(item, vocabulary, question)
        repeated = repeated or any(
            _entry(item, other).verdict is Verdict.CORRECT for other in items
        )
        items.append(made)
    return Keys(tuple(items), listing.names, listing.bracket, repeated)


def _prepared(item: Item, vocabulary: Vocabulary, question: str) -> Entry:
    from autograder.compare import closed_form

    if isinstance(item, Typed):
        return _keys(item, vocabulary, question)
    if isinstance(item, Claim):
        return Known(item.tree, vocabulary)
    key = prepare_formula(Reading("", (item,)), vocabulary, question)
    assert isinstance(key, closed_form.Key)
    return key


def _entry(item: Item, key: Entry) -> Finding:
    """One entry beside one of the key's."""
    from autograder.compare import closed_form
    from autograder.compare.condition import decide_condition

    match item, key:
        case Typed(), Keys(bracket=bracket):
            return _judge(item, key, "kept" if bracket in ("(", "[") else "free")
        case Claim(tree=tree), Known(tree=theirs, vocabulary=vocabulary):
            outcome = decide_condition(tree, theirs, vocabulary).outcome
            if outcome == "undecided":
                return Finding(Verdict.UNGRADED, "undecided")
            return Finding(*WRONG if outcome == "differs" else RIGHT)
        case Typed() | Claim(), _:
            return Finding(*WRONG)
        case _, closed_form.Key():
            return judge_formula(Reading("", (item,)), key)
    return Finding(*WRONG)


def _judge(answer: Typed, key: Keys, order: Order) -> Finding:
    by_name = _by_name(answer, key)
    if by_name is not None:
        return _in_order(by_name, key)
    ordered = {answer.bracket, key.bracket} & {"[", "("} or _distinct(key.names)
    if order == "kept" or (order == "as_typed" and ordered):
        return _in_order(answer.items, key)
    return _in_any_order(answer.items, key, once=order == "free" or not key.repeated)


def _distinct(names: tuple[str, ...]) -> bool:
    return len(names) > 1 and all(names) and len({_plain(name) for name in names}) == len(names)


def _plain(name: str) -> str:
    return name.replace("_", "")


def _by_name(answer: Typed, key: Keys) -> tuple[Item, ...] | None:
    """The answer's entries in the key's order when both give each entry the same name."""
    if not (_distinct(answer.names) and _distinct(key.names)):
        return None
    given = dict(zip(map(_plain, answer.names), answer.items, strict=True))
    asked = [_plain(name) for name in key.names]
    return tuple(given[name] for name in asked) if set(asked) == set(given) else None


def _in_order(items: tuple[Item, ...], key: Keys) -> Finding:
    if len(items) != len(key.items):
        return _length(len(items), len(key.items))
    found = [_entry(item, other) for item, other in zip(items, key.items, strict=True)]
    return _summed(found)


def _length(got: int, asked: int) -> Finding:
    return Finding(Verdict.INCORRECT, "wrong_length", {"got": got, "asked": asked})


def _summed(found: list[Finding]) -> Finding:
    """A wrong entry decides; without one an undecided entry does."""
    wrong = [at for at, one in enumerate(found, 1) if one.verdict is Verdict.INCORRECT]
    if wrong:
        right = sum(one.verdict is Verdict.CORRECT for one in found)
        data: dict[str, Json] = {"index": wrong[0], "right": right, "of": len(found)}
        return Finding(Verdict.INCORRECT, "entry_differs", data)
    for at, one in enumerate(found, 1):
        if one.verdict is not Verdict.CORRECT:
            return Finding(one.verdict, one.code, {"index": at})
    return Finding(Verdict.CORRECT, "right", proved=all(one.proved for one in found))


def _in_any_order(items: tuple[Item, ...], key: Keys, *, once: bool) -> Finding:
    """Every entry is one of the key's, and every one of the key's is there.

    Args:
        once: Repeated entries count once.
    """
    if len(items) > MOST_REPEATS * (1 + len(key.items)):
        return _length(len(items), len(key.items))
    table = [[_entry(item, other) for other in key.items] for item in items]
    rows = [_best(row) for row in table]
    columns = [_best([row[at] for row in table]) for at in range(len(key.items))]
    finding = _summed(rows)
    if finding.verdict is Verdict.INCORRECT:
        return finding
    missing = sum(best.verdict is Verdict.INCORRECT for best in columns)
    if missing or (not items and key.items):
        return _length(len(key.items) - missing, len(key.items))
    if finding.verdict is Verdict.CORRECT and not once and len(items) != len(key.items):
        return _length(len(items), len(key.items))
    open_ = [best for best in columns if best.verdict is not Verdict.CORRECT]
    if finding.verdict is Verdict.CORRECT and open_:
        return Finding(open_[0].verdict, open_[0].code)
    if finding.verdict is Verdict.CORRECT and not once and not _as_often(table):
        return _length(len(items), len(key.items))
    return finding


def _best(found: list[Finding]) -> Finding:
    """Right if one of them is; wrong only if all are."""
    order = (Verdict.CORRECT, Verdict.UNGRADED, Verdict.INVALID, Verdict.INCORRECT)
    return min(found, key=lambda one: order.index(one.verdict), default=Finding(*WRONG))


def _as_often(table: list[list[Finding]]) -> bool:
    """Whether each of the key's entries is there as often as in the key."""
    right = [[one.verdict is Verdict.CORRECT for one in row] for row in table]
    return all(right.count(row) == sum(row) for row in right)
