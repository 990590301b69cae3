"""Lists, tuples, points and finite sets, entry by entry.

`[a, b]`, `(a, b)`, `{a, b}`, `a, b` and `x = a, x = b` are read; `±` makes two entries. What
stands left of `=` names an entry.
"""

from dataclasses import dataclass
from typing import TypeAlias

from autograder.errors import Unreadable
from autograder.language.lexer import notation
from autograder.language.lexer.pairing import pair
from autograder.language.lexer.tokens import Token, check_brackets, nesting, tokenize
from autograder.language.parser.grammar import parse_tokens
from autograder.language.printer.echo import echo
from autograder.language.statements.array_notation import encloses, split, without_calls
from autograder.language.statements.conditions import parse_condition
from autograder.language.statements.fillers import without_words
from autograder.language.statements.statement import strip
from autograder.language.tree import (
    All,
    Matrix,
    Order,
    Relation,
    Sequence,
    Tree,
    walk,
)
from autograder.language.vocabulary import Vocabulary

MOST_ENTRIES = 200
MOST_DEPTH = 12  # lists in lists
WRAPPERS = frozenset("list tuple set List Tuple Point point Set FiniteSet array vector".split())
BETWEEN = frozenset(("and", "or"))
COMPARING = ("<", "<=", ">", ">=", "!=")
BRACKETS = {"[": "[", "(": "(", "{": "{", "langle": "("}


@dataclass(frozen=True)
class Listing:
    """A list as typed.

    Attributes:
        names: What stood left of `=` before each entry, as text; empty where nothing did.
        bracket: `[`, `(`, `{`, or empty when there was none.
        span: Its columns.
    """

    items: "tuple[Item, ...]"
    names: tuple[str, ...]
    bracket: str
    span: tuple[int, int]


@dataclass(frozen=True)
class Claim:
    """An entry that is a relation, such as `x > 2`."""

    tree: Tree


Item: TypeAlias = Tree | Listing | Claim


def spell(item: Item) -> str:
    """A list in plain text."""
    if isinstance(item, Claim):
        return echo(item.tree)
    if not isinstance(item, Listing):
        return echo(item)
    pairs = zip(item.names, item.items, strict=True)
    inside = ", ".join((f"{name} = " if name else "") + spell(entry) for name, entry in pairs)
    closing = {"[": "]", "(": ")", "{": "}", "": ""}[item.bracket]
    return item.bracket + inside + closing


def read_listing(text: str, vocabulary: Vocabulary) -> Listing:
    """Read a list; a lone entry is a list of one without brackets.

    Errors: Unreadable; `wrong_kind` for a half-open interval.
    """
    start, end = strip(text, vocabulary)
    tokens = pair(tokenize(text, start, end), vocabulary)
    try:
        check_brackets(tokens)
    except Unreadable as error:
        kinds = {error.data.get("bracket"), error.data.get("found")}
        if kinds in ({"[", ")"}, {"(", "]"}):
            raise Unreadable("wrong_kind", (start, end), found="an interval",
                             expected="a list") from None  # fmt: skip
        raise
    tokens = without_calls(tokens, vocabulary)
    tokens = without_words(tokens, vocabulary, notation.FILLERS)
    if not tokens:
        raise Unreadable("empty", (start, end))
    return _Reader(vocabulary).whole(tokens)


@dataclass(frozen=True)
class _Reader:
    vocabulary: Vocabulary

    def whole(self, tokens: list[Token]) -> Listing:
        """The answer, without a name in front of all of it."""
        sides = split(tokens, ("=",))
        if len(sides) == 2 and (encloses(self._unwrapped(sides[1])) or self._one_name(tokens)):
            tokens = sides[1]  # `S = {1, 2}`, `n = 1, 2, 3`
        tokens = self._unwrapped(tokens)
        while encloses(tokens) and tokens[0].text == "(" and encloses(tokens[1:-1]):
            tokens = tokens[1:-1]
        span = (tokens[0].start, tokens[-1].end)
        if len(tokens) == 1 and tokens[0].text == "none":
            return Listing((), (), "{", span)
        if encloses(tokens) and tokens[0].text in BRACKETS:
            return self._inside(tokens, 1)
        groups = split(tokens, (";",))
        if len(groups) > 1 and any(len(split(group, (",",))) > 1 for group in groups):
            return self._joined(groups, "", span, 1)  # `1, 2; 3, 4`
        return self._alone(self._joined(self._parts(tokens, (",", ";")), "", span, 1))

    def _alone(self, listing: Listing) -> Listing:
        """A list that is all there is, as in `\\begin{pmatrix} … \\end{pmatrix}`."""
        first = listing.items[0]
        return first if len(listing.items) == 1 and isinstance(first, Listing) else listing

    def _one_name(self, tokens: list[Token]) -> bool:
        """Whether a name stands before all entries, as in `n = 1, 2, 3`."""
        parts = self._parts(tokens, (",", ";"))
        named = [any(t.text == "=" for t in part) for part in parts]
        return len(parts) > 1 and named[0] and not any(named[1:])

    def _unwrapped(self, tokens: list[Token]) -> list[Token]:
        """Without `set(…)`, `Point(…)` and the like around all of it."""
        word = tokens[0] if tokens else None
        wrapped = word is not None and word.kind == "word" and word.text in WRAPPERS
        if wrapped and word is not None and word.text not in self.vocabulary:
            if encloses(tokens[1:]):
                inner = tokens[2:-1]
                return inner if encloses(inner) else tokens[1:]
        return tokens

    def _parts(self, tokens: list[Token], signs: tuple[str, ...]) -> list[list[Token]]:
        """Parts between signs, or between `and` and `or`."""
        parts: list[list[Token]] = [[]]
        depth = 0
        for token in tokens:
            depth += nesting(token)
            sign = token.kind == "sign" and (token.text in signs or token.text in BETWEEN)
            word = token.kind == "word" and token.text in BETWEEN - self.vocabulary.symbols.keys()
            if depth == 0 and (sign or word):
                if parts[-1] or token.text in signs:  # `1, 2, and 3`
                    parts.append([])
            else:
                parts[-1].append(token)
        if len(parts) > 1 and not parts[-1]:
            parts.pop()  # `(d,)`
        return parts

    def _inside(self, tokens: list[Token], depth: int) -> Listing:
        """A list between brackets."""
        inside, bracket = tokens[1:-1], BRACKETS[tokens[0].text]
        span = (tokens[0].start, tokens[-1].end)
        if not inside and bracket == "{":
            return Listing((), (), bracket, span)
        if not inside:
            raise Unreadable("empty_list", span)
        return self._joined(self._parts(inside, (",", ";")), bracket, span, depth)

    def _joined(
        self, parts: list[list[Token]], bracket: str, span: tuple[int, int], depth: int
    ) -> Listing:
        if depth > MOST_DEPTH:
            raise Unreadable("too_deep", span, most=MOST_DEPTH)
        items: list[Item] = []
        found: list[str] = []
        for part in parts:
            if not part:
                raise Unreadable("breaks_off", (span[1] - 1, span[1]))
            several = len(split(part, (",",))) > 1
            name, value = ("", part) if several else self._named(part)
            for each in _both_signs(value):
                items.append(self._item(each, depth))
                found.append(name)
        if len(items) > MOST_ENTRIES:
            raise Unreadable("too_long", span, most=MOST_ENTRIES)
        return Listing(tuple(items), tuple(found), bracket, span)

    def _named(self, tokens: list[Token]) -> tuple[str, list[Token]]:
        """What stands left of `=`, and the rest.

        Errors: Unreadable `two_answers` for a chain.
        """
        sides = split(tokens, ("=",))
        if len(sides) == 1:
            return "", tokens
        if len(sides) > 2 and not split(tokens, (",", ";"))[1:]:
            raise Unreadable("two_answers", (tokens[0].start, tokens[-1].end), word="=")
        if not sides[0] or not any(sides[1:]):
            raise Unreadable("breaks_off", (tokens[-1].start, tokens[-1].end))
        at = len(sides[0])
        return "".join(t.text for t in sides[0] if t.text not in "{}"), tokens[at + 1 :]

    def _item(self, tokens: list[Token], depth: int) -> Item:
        inner = self._unwrapped(tokens)
        if encloses(inner) and inner[0].text in BRACKETS:
            parts = self._parts(inner[1:-1], (",", ";"))
            if len(parts) > 1 or inner[0].text != "(" or not parts[0]:
                return self._inside(inner, depth + 1)
        if len(parts := self._parts(tokens, (",",))) > 1:  # `1, 2; 3, 4`
            return self._joined(parts, "(", (tokens[0].start, tokens[-1].end), depth + 1)
        if any(len(split(tokens, (sign,))) > 1 for sign in COMPARING):
            return Claim(parse_condition(tokens, self.vocabulary, tokens[-1].end))
        tree = parse_tokens(tokens, self.vocabulary, tokens[-1].end)
        if isinstance(tree, Matrix):
            return listing_of(tree)
        for node in walk(tree):
            if isinstance(node, Sequence | Order | Relation | All | Matrix):
                found = type(node).__name__.lower()
                raise Unreadable("wrong_kind", node.span, found=found, expected="a formula")
        return tree


def listing_of(tree: Matrix) -> Listing:
    """A matrix in LaTeX as a list of rows; a row or a column as one list."""
    rows = tree.rows
    if 1 in (len(rows), len(rows[0])):
        items: tuple[Item, ...] = tuple(entry for row in rows for entry in row)
    else:
        items = tuple(Listing(row, ("",) * len(row), "[", tree.span) for row in rows)
    return Listing(items, ("",) * len(items), "[", tree.span)


def _both_signs(tokens: list[Token]) -> list[list[Token]]:
    """An entry with `±` is one with `+` and one with `-`.

    Errors: Unreadable `unsupported` for more than one of them.
    """
    places = [at for at, token in enumerate(tokens) if token.text == "±"]
    if not places:
        return [tokens]
    if len(places) > 1:
        raise Unreadable("unsupported", tokens[places[1]][2:4], what="± twice")
    (at,) = places
    made = []
    for sign in "+-":
        middle = [tokens[at]._replace(text=sign)]
        made.append([*tokens[:at], *middle, *tokens[at + 1 :]])
    return made
