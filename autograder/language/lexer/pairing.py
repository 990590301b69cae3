"""Which bar opens and which closes, and where `<` is a bracket: `||x| - 1|`, `2<q, k>`.

A bar is the same sign on both sides, so what stands beside it decides: behind an operator it
opens, before one it closes. Where both would do it closes, unless that leaves a bar over. The
tokens keep their text and become `open` and `close`; what has no partner stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from autograder.language.lexer import names, notation
from autograder.language.lexer.tokens import Token, tokenize
from autograder.language.vocabulary import Vocabulary

MAX_BARS_DEEP = 8
MAX_BARS = 120  # between two separators
SEPARATORS = frozenset((",", ";", "&", "\\\\", "=", "<", "<=", ">", ">=", "!=", "->", "in", "and"))
SEPARATING_WORDS = frozenset(
    "if for when where otherwise else with and or over in since because".split()
)
BEHIND_VALUES = frozenset(("!", "'", "..."))


class Bar(NamedTuple):
    """One bar of one stroke or an undividable one of two.

    Attributes:
        at: Its token's position.
        after_value: Whether a value ends before it; None when a bar stands there.
        before_value: Whether a value, or its sign, starts behind it; None before a bar.
    """

    at: int
    after_value: bool | None
    before_value: bool | None


def pair(tokens: list[Token], vocabulary: Vocabulary, *, intervals: bool = False) -> list[Token]:
    """Give bars, angles and braced names their roles; doing it twice changes nothing.

    Args:
        intervals: `]0, 1[` leaves both ends out.
    """
    tokens = _without_braces(_without_powers_of_ten(tokens, vocabulary), vocabulary)
    tokens = _angles(tokens, vocabulary)
    if intervals:
        tokens = _intervals(tokens, vocabulary)
    if any(token.kind == "bar" for token in tokens):
        tokens = _bars(tokens, vocabulary, whole=True)
        tokens = _joined(_bars(_in_strokes(tokens), vocabulary, whole=False))
    return tokens


def _ends_value(token: Token, vocabulary: Vocabulary) -> bool:
    if token.kind == "word":
        if token.text in vocabulary:
            return vocabulary[token.text].takes is None
        return token.text not in notation.FUNCTIONS and token.text not in SEPARATING_WORDS
    if token.kind == "sign":
        return token.text in BEHIND_VALUES
    return token.kind in ("number", "close", "quote")


def _starts_value(token: Token) -> bool:
    if token.kind == "word":
        return token.text not in SEPARATING_WORDS
    return token.kind in ("number", "open") or (
        token.kind == "command" and token.text not in ("end", "over", "tag")
    )


def _without_powers_of_ten(tokens: list[Token], vocabulary: Vocabulary) -> list[Token]:
    """`2E+3` is `2 E + 3` where the question has an `E`."""
    found: list[Token] = []
    for token in tokens:
        letter = "E" if "E" in token.text else "e"
        if token.kind != "number" or letter not in token.text or letter not in vocabulary:
            found.append(token)
            continue
        digits, _, power = token.text.partition(letter)
        middle = token.start + len(digits)
        found.append(token._replace(text=digits, end=middle, value=Fraction(digits)))
        behind = tokenize(letter + power)
        found += [
            part._replace(start=middle + part.start, end=middle + part.end) for part in behind
        ]
    return found


# -- names in braces -----------------------------------------------------------------------


def _without_braces(tokens: list[Token], vocabulary: Vocabulary) -> list[Token]:
    """`{\\mu}_i` is `\\mu_i`."""
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        ahead = tokens[at : at + 4]
        if [t.kind for t in ahead] == ["open", "word", "close", "sign"] and (
            ahead[0].text == "{" and ahead[3].text == "_" and _stands_free(found, vocabulary)
        ):
            found.append(ahead[1]._replace(spaced=ahead[0].spaced))
            at += 3
        else:
            found.append(tokens[at])
            at += 1
    return found


def _stands_free(before: list[Token], vocabulary: Vocabulary) -> bool:
    """Whether a brace that follows is no argument of `\\frac`, `^` and the like."""
    if not before:
        return True
    last = before[-1]
    if last.kind in ("word", "number"):
        return _ends_value(last, vocabulary)
    return last.kind == "open" or (last.kind == "sign" and last.text not in ("^", "_"))


# -- angles --------------------------------------------------------------------------------


def _angles(tokens: list[Token], vocabulary: Vocabulary) -> list[Token]:
    """`<q, k>` and `<q|k>`: with one separator between, and no relation."""
    found = list(tokens)
    waiting: list[tuple[int, bool]] = []  # openings and whether a separator was seen
    for at, token in enumerate(tokens):
        if token.kind == "open":
            waiting.append((-1, False))
        elif token.kind == "close" and waiting:
            while waiting and waiting[-1][0] >= 0:
                waiting.pop()
            waiting = waiting[:-1]
        elif token.kind == "sign" and token.text == "<":
            waiting.append((at, False))
        elif token.text in (",", "|") and waiting and waiting[-1][0] >= 0:
            waiting[-1] = (waiting[-1][0], True)
        elif token.kind == "sign" and token.text == ">":
            while waiting and waiting[-1][0] >= 0 and not waiting[-1][1]:
                waiting.pop()
            if waiting and waiting[-1][1] and _is_angle(tokens, waiting[-1][0], at, vocabulary):
                opened = waiting.pop()[0]
                found[opened] = tokens[opened]._replace(kind="open")
                found[at] = token._replace(kind="close")
    return found


def _behind_sum(tokens: list[Token], at: int) -> bool:
    """Whether nothing but a sum sign and its limits stands right before: `sum_{j=1}^n <q, k>`."""
    while at > 1:
        at -= 1
        depth = 0
        while at > 0 and (depth or tokens[at].kind == "close"):
            depth += (tokens[at].kind == "close") - (tokens[at].kind == "open")
            if depth == 0:
                break
            at -= 1
        if at < 2 or tokens[at - 1].text not in ("_", "^"):
            return False
        at -= 1
        if tokens[at - 1].text in names.SUMS | names.PRODUCTS:
            return True
    return False


def _is_angle(tokens: list[Token], opened: int, closed: int, vocabulary: Vocabulary) -> bool:
    if opened + 1 >= closed or not (
        _starts_value(tokens[opened + 1]) or tokens[opened + 1].text in ("-", "+", "<", "|", "||")
    ):
        return False
    behind_value = opened > 0 and _ends_value(tokens[opened - 1], vocabulary)
    behind_value = behind_value and not _behind_sum(tokens, opened)
    before_value = closed + 1 < len(tokens) and _starts_value(tokens[closed + 1])
    return not (behind_value and before_value)


# -- intervals that leave an end out ---------------------------------------------------------


def _intervals(tokens: list[Token], vocabulary: Vocabulary) -> list[Token]:
    """`]0, 1[`: a bracket turned outwards."""
    found: list[Token] = []
    waiting: list[str] = []
    for at, token in enumerate(tokens):
        behind_value = at > 0 and _ends_value(tokens[at - 1], vocabulary)
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        before_value = following is not None and (
            _starts_value(following) or following.text in ("-", "+")
        )
        if token.text == "]" and token.kind == "close" and not behind_value and before_value:
            token = token._replace(kind="open")
        elif token.text == "[" and waiting[-1:] in (["]"], ["["], ["("]) and not before_value:
            token = token._replace(kind="close")
        if token.kind == "open":
            waiting.append(token.text)
        elif token.kind == "close" and waiting:
            waiting.pop()
        found.append(token)
    return found


# -- bars ----------------------------------------------------------------------------------


def _undividable(token: Token) -> bool:
    """Whether two strokes are one sign: `\\|` and `‖`, not `||`."""
    return token.text == "||" and (token.latex or token.end - token.start == 1)


def _in_strokes(tokens: list[Token]) -> list[Token]:
    """`||` as two bars of one stroke."""
    found: list[Token] = []
    for token in tokens:
        if token.kind == "bar" and token.text == "||" and not _undividable(token):
            middle = token.start + 1
            found.append(token._replace(text="|", end=middle))
            found.append(token._replace(text="|", start=middle, spaced=False))
        else:
            found.append(token)
    return found


def _joined(tokens: list[Token]) -> list[Token]:
    """Two strokes at once are one sign where their partners are two strokes at once too."""
    partner, waiting = {}, []
    for at, token in enumerate(tokens):
        if token.kind == "open":
            waiting.append(at)
        elif token.kind == "close" and waiting:
            partner[waiting.pop()] = at
    dropped: set[int] = set()
    found = list(tokens)
    for opened, closed in sorted(partner.items()):
        inner = partner.get(opened + 1)
        if opened in dropped or inner is None or inner != closed - 1:
            continue
        strokes = [tokens[at] for at in (opened, opened + 1, inner, closed)]
        if all(t.text == "|" and t.end - t.start == 1 for t in strokes) and (
            strokes[0].end == strokes[1].start and strokes[2].end == strokes[3].start
        ):
            found[opened] = strokes[0]._replace(text="||", end=strokes[1].end)
            found[inner] = strokes[2]._replace(text="||", end=strokes[3].end)
            dropped |= {opened + 1, closed}
    kept = [token for at, token in enumerate(found) if at not in dropped]
    return _rejoined(kept)


def _rejoined(tokens: list[Token]) -> list[Token]:
    """Strokes without a partner as they were typed."""
    found: list[Token] = []
    for token in tokens:
        last = found[-1] if found else None
        if (
            last is not None and last.kind == token.kind == "bar"
            and last.text == token.text == "|" and last.end == token.start
        ):  # fmt: skip
            found[-1] = last._replace(text="||", end=token.end)
        else:
            found.append(token)
    return found


def _bars(tokens: list[Token], vocabulary: Vocabulary, *, whole: bool) -> list[Token]:
    """Decide over the bars of each stretch that no separator cuts.

    Args:
        whole: Those of two strokes that can't be divided, else those of one stroke.
    """
    found = list(tokens)
    for stretch in _stretches(tokens, vocabulary, whole):
        roles = _roles(stretch) if len(stretch) <= MAX_BARS else []
        for bar, opens in zip(stretch, roles, strict=False):
            kind = "open" if opens else "close"
            found[bar.at] = tokens[bar.at]._replace(kind=kind)
    return found


def _stretches(tokens: list[Token], vocabulary: Vocabulary, whole: bool) -> Iterator[list[Bar]]:
    levels: list[list[Bar]] = [[]]
    for at, token in enumerate(tokens):
        command = token.text if token.kind == "command" else ""
        if token.kind == "open" or command == "begin":
            levels.append([])
        elif token.kind == "close" or command == "end":
            yield levels.pop()
            levels = levels or [[]]
        elif token.kind == "bar" and _undividable(token) == whole:
            levels[-1].append(_bar(tokens, at, vocabulary))
        elif token.text == "=" and _in_limit(tokens, at):
            continue
        elif (token.kind in ("sign", "row") and token.text in SEPARATORS) or (
            token.kind == "word" and token.text in SEPARATING_WORDS and token.text not in vocabulary
        ):
            yield levels[-1]
            levels[-1] = []
    yield from levels


def _in_limit(tokens: list[Token], at: int) -> bool:
    """Whether a `=` belongs to a sum's lower limit without braces: `sum_i=1`."""
    below = at > 2 and tokens[at - 2].text == "_"
    return below and tokens[at - 3].text in names.SUMS | names.PRODUCTS


def _bar(tokens: list[Token], at: int, vocabulary: Vocabulary) -> Bar:
    before = tokens[at - 1] if at else None
    behind = tokens[at + 1] if at + 1 < len(tokens) else None
    alike = tokens[at].text
    after_value: bool | None = before is not None and _ends_value(before, vocabulary)
    after_value = after_value and not _behind_sum(tokens, at)
    if before is not None and before.kind == "bar":
        after_value = None if before.text == alike else True
    before_value: bool | None = behind is not None and (
        _starts_value(behind) or behind.text in ("-", "+")
    )
    if after_value and before_value and _is_between(tokens, at + 1):
        before_value = False  # `x| - 1`
    if behind is not None and behind.kind == "bar":
        before_value = None if behind.text == alike else True
    return Bar(at, after_value, before_value)


def _is_between(tokens: list[Token], at: int) -> bool:
    """Whether a sign with blanks on both sides stands at a position."""
    if tokens[at].text not in ("-", "+") or not tokens[at].spaced or at + 1 >= len(tokens):
        return False
    return tokens[at + 1].spaced


def _may_open(bar: Bar) -> bool:
    return bar.before_value is not False


def _next_states(bar: Bar, depth: int, opened: bool) -> Iterator[tuple[int, bool]]:
    """What may come of a bar: the depth behind it and whether it opens; closing first.

    Args:
        opened: Whether the bar before it opens.
    """
    value = bar.after_value if bar.after_value is not None else not opened
    if depth > 0 and value:
        yield depth - 1, False
    if depth < MAX_BARS_DEEP and _may_open(bar):
        yield depth + 1, True


def _roles(bars: list[Bar]) -> list[bool]:
    """For each bar whether it opens; of the longest stretch that leaves none over."""
    reached: list[set[tuple[int, bool]]] = [{(0, False)}]
    for bar in bars:
        reached.append(
            {s for depth, opened in reached[-1] for s in _next_states(bar, depth, opened)}
        )
    length = max(n for n, states in enumerate(reached) if (0, False) in states)
    fits: list[set[tuple[int, bool]]] = [set() for _ in range(length + 1)]
    fits[length] = {(0, False)}
    for n in range(length - 1, -1, -1):
        fits[n] = {
            s for s in reached[n] if any(t in fits[n + 1] for t in _next_states(bars[n], *s))
        }
    state = (0, False)
    roles = []
    for n in range(length):
        state = next(t for t in _next_states(bars[n], *state) if t in fits[n + 1])
        roles.append(state[1])
    return roles
