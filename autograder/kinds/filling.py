"""What a student typed into a blank: put in as text, so that precedence counts, and checked."""

import ast
import difflib
import re
from dataclasses import dataclass
from typing import NamedTuple

from autograder.errors import Unreadable
from autograder.kinds.source import BLANK, NEWLINE, parse, place
from autograder.kinds.template import Spot, value_of

FENCE = "```"
QUOTES = (FENCE, "``", "`", "$$", "$")
LANGUAGE = re.compile(r"(?:python|py)?[ \t]*\n")
MAX_LAYERS = 6  # of decoration around an answer
LEFT_SIDE = re.compile(r"([A-Za-z_][\w.]*)\s*(?::[^=\n]+)?=(?!=)\s*")
CALL = "f(0, "  # an answer has to be one argument of a call


class Core(NamedTuple):
    """A part of what was typed, and the column where it starts."""

    text: str
    start: int


@dataclass(frozen=True)
class Filled:
    """An answer in its statement.

    Attributes:
        text: The answer without decoration.
        value: Source of what the statement computes with the answer in it.
        elsewhere: The left side that was typed when it is another one of the class.
        left_side: Whether a left side was dropped.
    """

    text: str
    value: str
    elsewhere: str | None = None
    left_side: bool = False


def fill(spot: Spot, typed: str) -> Filled:
    """Put an answer into its blank.

    Back-ticks, fences, dollar signs, a semicolon and a comment around it are dropped; so is a
    left side where the blank is the whole right side.

    Errors: Unreadable `empty`, `blank_left`, `syntax_error` (data: `message`),
        `unknown_name` (data: `name`, `in_scope`, `nearest`), each with the columns.
    """
    core = _undecorated(Core(typed, 0))
    left = LEFT_SIDE.match(core.text) if spot.target else None
    if left is not None:
        core = Core(core.text[left.end() :], core.start + left.end())
    if not core.text:
        raise Unreadable("empty")
    if re.search(rf"\b{BLANK}\b", core.text):
        raise Unreadable("blank_left")
    argument = _argument(spot, core)
    value = _value(spot, core)
    _check_names(spot, core, argument)
    name = left[1] if left else None
    elsewhere = name if name and name.rpartition(".")[2] in spot.others else None
    return Filled(core.text, value, elsewhere, left is not None)


def _undecorated(core: Core) -> Core:
    for _ in range(MAX_LAYERS):
        text = core.text[: _comment_start(core.text)].rstrip().rstrip(";").rstrip()
        bare = text.lstrip()
        quote = next((each for each in QUOTES if bare.startswith(each)), "")
        if quote and bare.endswith(quote) and len(bare) > 2 * len(quote):
            bare = bare[len(quote) :].removesuffix(quote)
            language = LANGUAGE.match(bare) if quote == FENCE else None
            bare = bare[language.end() :] if language else bare
            text = text.rstrip().removesuffix(quote)
        inner = Core(bare, core.start + len(text) - len(bare))
        if inner.text == core.text:
            break
        core = inner
    return core


def _comment_start(text: str) -> int:
    """Where a comment on the last line starts; else the end."""
    quote = ""
    for at in range(text.rfind("\n") + 1, len(text)):
        char = text[at]
        if quote:
            quote = "" if char == quote and text[at - 1] != "\\" else quote
        elif char in "'\"":
            quote = char
        elif char == "#":
            return at
    return len(text)


def _argument(spot: Spot, core: Core) -> ast.expr:
    """Parse the answer by itself: one expression, or one `name=value`."""
    try:
        body = parse(f"{_lead(spot)}{core.text}\n, k=0)").body
    except SyntaxError as error:
        line, column = (error.lineno or 1) - 1, (error.offset or 1) - 1
        end = core.start + len(core.text)
        start = core.start + place(
            core.text, line, max(0, column - (0 if line else len(_lead(spot))))
        )
        if line > len(NEWLINE.findall(core.text)):
            start = end  # what comes after the answer doesn't fit
        span = (min(start, end - 1), end)
        raise Unreadable("syntax_error", span, message=error.msg) from None
    match body:
        case [ast.Expr(value=ast.Call(func=ast.Name(id="f"), args=args, keywords=keywords))]:
            values = [*args[1:], *(keyword.value for keyword in keywords[:-1])]
            if len(values) == 1:
                return values[0]
    raise _no_expression(core)


def _value(spot: Spot, core: Core) -> str:
    """The source of what the filled statement computes."""
    source = spot.before + core.text + spot.after
    try:
        filled = parse(source, compiled=False).body
        [public] = parse(spot.before + BLANK + spot.after, compiled=False).body
        value = value_of(filled[0])
        if len(filled) != 1 or value is None or _outline(filled[0]) != _outline(public):
            raise _no_expression(core)
        text = ast.get_source_segment(source, value) or ""
        parse(f"def f():\n return ({text}\n)")
    except SyntaxError as error:
        raise _no_expression(core, error.msg) from None
    return text


def _lead(spot: Spot) -> str:
    return CALL + ("o." if spot.after_dot else "")


def _outline(statement: ast.stmt) -> tuple[str, ...]:
    """What kind of statement it is, and its left sides."""
    sides = getattr(statement, "targets", None) or [getattr(statement, "target", None)]
    return (type(statement).__name__, *(ast.unparse(side) for side in sides if side is not None))


def _check_names(spot: Spot, core: Core, argument: ast.expr) -> None:
    own = {node.arg for node in ast.walk(argument) if isinstance(node, ast.arg)}
    names = [node for node in ast.walk(argument) if isinstance(node, ast.Name)]
    own |= {node.id for node in names if isinstance(node.ctx, ast.Store)}
    if spot.after_dot:
        names = [node for node in names if node.id != "o"]
    for node in sorted(names, key=lambda node: (node.lineno, node.col_offset)):
        if node.id in own or spot.sees(node.id):
            continue
        lines = NEWLINE.split(f"{_lead(spot)}{core.text}")
        column = len(lines[node.lineno - 1].encode()[: node.col_offset].decode())
        column -= len(_lead(spot)) if node.lineno == 1 else 0
        start = core.start + place(core.text, node.lineno - 1, column)
        raise Unreadable(
            "unknown_name",
            (start, start + len(node.id)),
            name=node.id,
            in_scope=[*spot.local, *spot.outer],
            nearest=next(iter(difflib.get_close_matches(node.id, spot.local, n=1)), None),
        )


def _no_expression(core: Core, message: str = "one expression should stand here") -> Unreadable:
    return Unreadable("syntax_error", (core.start, core.start + len(core.text)), message=message)
