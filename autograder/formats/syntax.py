"""Python's own parser, asked politely: nothing runs, nothing warns, nothing crashes."""

import ast
import re
import warnings
from dataclasses import dataclass

from autograder.formats.tokens import LONG

DETECTED = re.compile(r" \(detected at line \d+\)")
SHOWN = 200  # characters of a line that a message may quote


@dataclass(frozen=True)
class SyntaxFault:
    """Where Python stops reading. Line and column count from 1."""

    line: int
    column: int
    text: str
    message: str


def parse(source: str) -> ast.Module | SyntaxFault | None:
    """The tree, or why there is none; None when the source is too long or too deep to tell."""
    if len(source) > LONG:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _parsed(source)
    except SyntaxError as error:
        return _fault(error, source)
    except (RecursionError, MemoryError, OverflowError):
        return None
    except ValueError as error:  # NUL or half a surrogate pair
        return SyntaxFault(1, 1, source.split("\n", 1)[0][:SHOWN], str(error))


def parse_statement(source: str) -> ast.Module | SyntaxFault | None:
    """The same for what stands outside of functions, where nothing can be returned."""
    tree = parse(source)
    if isinstance(tree, ast.Module) and any(isinstance(node, ast.Return) for node in tree.body):
        return SyntaxFault(1, 1, source.split("\n", 1)[0][:SHOWN], "'return' outside function")
    return tree


def _parsed(source: str) -> ast.Module:
    """The tree, also where tabs and spaces are mixed.

    Errors: SyntaxError, and what Python raises where it gives up.
    """
    try:
        return ast.parse(source)
    except TabError:
        return ast.parse(source.expandtabs(4))


def _fault(error: SyntaxError, source: str) -> SyntaxFault:
    written = source.split("\n")
    line = min(max(error.lineno or 1, 1), len(written))
    text = written[line - 1].rstrip()
    column = min(max(error.offset or 1, 1), len(text) + 1)
    # Python counts from the start of what it was given; the line is told in our own words.
    return SyntaxFault(line, column, text[:SHOWN], DETECTED.sub("", error.msg))
