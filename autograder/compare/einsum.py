"""Einsum equations, judged by what they compute, whatever the letters.

Source: the documentation of torch.einsum (implicit output in alphabetical order, capitals
first; `...` stands for axes that are aligned from the right and come first in an implicit output).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TypeAlias

from autograder.errors import Unreadable

ARROW = re.compile(r"->|→|⟶|\\to(?![A-Za-z])|\\rightarrow|\\longrightarrow|\\mapsto|−>|–>")
CALL = re.compile(
    r"(?:return\s+)?(?:[A-Za-z_][\w.]*\s*=\s*)?(?:\w+\.)*einsum\s*\(\s*[rRuU]?"
    r"(?P<quote>[\"'“‘`])(?P<equation>[^\"'“”‘’`]*)(?:(?P=quote)|[”’])"
    r"\s*(?P<operands>(?:,[^,()]*(?:\([^()]*\)[^,()]*)*)*)\)\s*;?\s*(?:#.*)?\.?"
)
LATEX = re.compile(r"\\(?:text|mathrm|texttt|mathtt|operatorname)\s*\{([^{}]*)\}|\\[,;:! ]|[$~]")
NAMED = re.compile(
    r"(?:.*?[\w\])'’]\s*(?:=|:)|.*\b(?:is|equation|einsum)\b)\s*(?=[\"'“‘`A-Za-z.])", re.DOTALL
)
PAIRS = {"(": ")", "[": "]", "{": "}", '"': '"', "'": "'", "`": "`", "“": "”", "‘": "’"}
SUBSCRIPT = re.compile(r"[A-Za-z]")
HIDDEN = (0, 1, 2, 3)  # axes that `...` in a key stands for
Axes: TypeAlias = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Equation:
    """An equation as typed.

    Attributes:
        inputs: Subscripts of each operand, letters and `...`.
        output: Subscripts of the result, or None when there was no arrow.
        operands: What was passed in a whole call, as text.
    """

    inputs: tuple[str, ...]
    output: str | None
    operands: tuple[str, ...] = ()
    whole_call: bool = False

    def __str__(self) -> str:
        arrow = "" if self.output is None else f" -> {self.output}"
        return ",".join(self.inputs) + arrow


@dataclass(frozen=True)
class Fault:
    """Why an equation does not do what the key's does."""

    code: str
    data: dict[str, int | str]


def read_equation(text: str) -> Equation:
    """Read an equation or a whole call.

    Errors: Unreadable `not_an_equation`, `second_arrow`, `arrow_incomplete`, `empty`,
    `bad_subscript`, `einsum_unknown_output_letter` or `einsum_output_twice`, with columns.
    """
    cleaned, columns = _clean(text)
    operands: tuple[str, ...] = ()
    call = CALL.fullmatch(cleaned.strip())
    start, end = 0, len(cleaned)
    if call is not None:
        indent = len(cleaned) - len(cleaned.lstrip())
        start, end = (column + indent for column in call.span("equation"))
        operands = tuple(_names(call["operands"]))
        if "" in operands:
            raise Unreadable("not_a_call", (0, len(text)))
    else:
        if re.search(r"einsum\s*\(", cleaned):
            raise Unreadable("not_a_call", (0, len(text)))
        named = NAMED.match(cleaned)
        if named is not None and "," not in named[0] and ARROW.search(named[0]) is None:
            start = named.end()
    while True:
        while start < end and cleaned[start].isspace():
            start += 1
        while end > start and (cleaned[end - 1].isspace() or _is_full_stop(cleaned[:end])):
            end -= 1
        if end - start < 2 or PAIRS.get(cleaned[start]) != cleaned[end - 1]:
            break
        start, end = start + 1, end - 1
    equation = _parse(cleaned, start, end, columns, operands)
    return replace(equation, whole_call=call is not None)


def _is_full_stop(text: str) -> bool:
    return text.endswith((";", ".")) and not text.endswith("...")


def _clean(text: str) -> tuple[str, list[int]]:
    """The text without LaTeX decoration, and the column of each character kept."""
    kept, columns, at = [], [], 0
    for match in LATEX.finditer(text):
        inside = match.span(1) if match[1] is not None else (match.end(), match.end())
        for column in [*range(at, match.start()), *range(*inside)]:
            kept.append(text[column])
            columns.append(column)
        at = match.end()
    kept += list(text[at:])
    columns += list(range(at, len(text)))
    return "".join(kept).replace("…", "..."), _stretched(text, columns, at)


def _stretched(text: str, columns: list[int], at: int) -> list[int]:
    found = []
    for column in columns:
        found += [column] * (3 if text[column] == "…" else 1)
    return [*found, len(text)]


def _names(operands: str) -> list[str]:
    return [part for part in map(str.strip, operands.split(",")[1:]) if "=" not in part]


def _parse(
    text: str, start: int, end: int, columns: list[int], operands: tuple[str, ...]
) -> Equation:
    body = text[start:end]
    if not body.strip():
        raise Unreadable("empty", (0, columns[-1]))
    arrows = list(ARROW.finditer(body))
    left = body[: arrows[0].start()] if arrows else body
    right = body[arrows[0].end() :] if arrows else None
    if len(arrows) > 1:
        at = start + arrows[1].start()
        raise Unreadable("second_arrow", (columns[at], columns[start + arrows[1].end() - 1] + 1))
    pieces = left.split(",")
    if any(len(chunk) > 3 and chunk != "..." for piece in pieces for chunk in piece.split()) and (
        len(pieces) == 1 or len(body.split()) > 3
    ):
        raise Unreadable("not_an_equation", (columns[start], columns[end]))
    if len(pieces) == 1 and right is None:
        raise Unreadable("not_an_equation", (columns[start], columns[end]))
    inputs, at = [], start
    for piece in pieces:
        inputs.append(_subscripts(piece, at, columns))
        at += len(piece) + 1
    output = None
    if right is not None:
        output = _subscripts(right, start + arrows[0].end(), columns, empty_allowed=True)
        _check_output(inputs, output, columns[start + arrows[0].end()], columns[end])
    return Equation(tuple(inputs), output, operands)


def _subscripts(piece: str, at: int, columns: list[int], *, empty_allowed: bool = False) -> str:
    plain = ""
    rest = piece
    while rest:
        if rest.startswith("..."):
            if "..." in plain:
                raise Unreadable("bad_subscript", (columns[at], columns[at] + 3), found="...")
            plain, rest, at = plain + "...", rest[3:], at + 3
            continue
        char = rest[0]
        if SUBSCRIPT.match(char) and char.isascii():
            plain += char
        elif char in "-=<>" or char in "−–":
            raise Unreadable("arrow_incomplete", (columns[at], columns[at] + 1), found=char)
        elif not char.isspace():
            raise Unreadable("bad_subscript", (columns[at], columns[at] + 1), found=char)
        rest, at = rest[1:], at + 1
    if not plain and not empty_allowed:
        at = min(at, len(columns) - 1)
        raise Unreadable("operand_missing", (max(columns[at] - 1, 0), columns[at]))
    return plain


def _check_output(inputs: Sequence[str], output: str, start: int, end: int) -> None:
    letters = set("".join(inputs))
    for letter in output.replace("...", ""):
        if letter not in letters:
            raise Unreadable("einsum_unknown_output_letter", (start, end), letter=letter)
        if output.count(letter) > 1:
            raise Unreadable("einsum_output_twice", (start, end), letter=letter)


def compare(answer: Equation, key: Equation, axes: Axes = ()) -> Fault | None:
    """None when both compute the same for all operands with the key's axes.

    Args:
        axes: The axes of each operand by name; without them the key's letters declare them,
            and its `...` stands for any number of axes.
    """
    if len(answer.inputs) != len(key.inputs):
        return Fault("einsum_operands", {"got": len(answer.inputs), "asked": len(key.inputs)})
    if axes:
        return _compare(answer, key, [len(names) for names in axes])
    letters = [len(subscripts.replace("...", "")) for subscripts in key.inputs]
    for hidden in HIDDEN if any("..." in part for part in key.inputs) else (0,):
        ranks = [
            count + hidden * ("..." in part)
            for count, part in zip(letters, key.inputs, strict=True)
        ]
        fault = _compare(answer, key, ranks)
        if fault is not None:
            return fault
    return None


def misfit(key: Equation, axes: Axes) -> str:
    """Why a key does not fit the declared axes, in words; empty when it does."""
    if len(axes) != len(key.inputs):
        return f"it has {len(key.inputs)} operands, declared are {len(axes)}"
    sizes: dict[str, str] = {}
    for number, (subscripts, names) in enumerate(zip(key.inputs, axes, strict=True), start=1):
        expanded = _expand(subscripts, len(names))
        if expanded is None:
            return f"operand {number} has the axes {', '.join(names)}"
        for letter, name in zip(expanded, names, strict=True):
            if sizes.setdefault(letter, name) != name:
                return f"the letter {letter} stands for the axes {sizes[letter]} and {name}"
    return ""


def _compare(answer: Equation, key: Equation, ranks: list[int]) -> Fault | None:
    axes: list[list[str]] = []
    for at, (subscripts, rank) in enumerate(zip(answer.inputs, ranks, strict=True)):
        expanded = _expand(subscripts, rank)
        if expanded is None:
            got = len(subscripts.replace("...", ""))
            return Fault("einsum_axes", {"operand": at + 1, "got": got, "asked": rank})
        axes.append(expanded)
    asked = [
        _expand(subscripts, rank) or [] for subscripts, rank in zip(key.inputs, ranks, strict=True)
    ]
    mine, theirs = _result(axes, answer), _result(asked, key)
    flat, wanted = list(chain.from_iterable(axes)), list(chain.from_iterable(asked))
    if _pattern(flat) != _pattern(wanted):
        return Fault("einsum_sizes", {})
    if len(mine) != len(theirs):
        return Fault("einsum_output_axes", {"got": len(mine), "asked": len(theirs)})
    if [flat.index(a) for a in mine] == [wanted.index(a) for a in theirs]:
        return None
    same = sorted(flat.index(a) for a in mine) == sorted(wanted.index(a) for a in theirs)
    return Fault(
        "einsum_order" if same else "einsum_output_axes", {"got": len(mine), "asked": len(theirs)}
    )


def _expand(subscripts: str, rank: int) -> list[str] | None:
    """One name an axis; `...` becomes numbered axes, 1 the rightmost."""
    before, dots, after = subscripts.partition("...")
    hidden = rank - len(before) - len(after)
    if hidden < 0 or (hidden > 0 and not dots):
        return None
    return [*before, *(str(n) for n in range(hidden, 0, -1)), *after]


def _result(axes: list[list[str]], equation: Equation) -> list[str]:
    flat = list(chain.from_iterable(axes))
    hidden = sorted({a for a in flat if a.isdigit()}, key=int, reverse=True)
    if equation.output is None:
        letters = [a for a in flat if not a.isdigit()]
        return [*hidden, *sorted(a for a in set(letters) if letters.count(a) == 1)]
    before, dots, after = equation.output.partition("...")
    return [*before, *(hidden if dots else []), *after]


def _pattern(axes: Sequence[str]) -> list[int]:
    return [axes.index(axis) for axis in axes]
