"""A public class with all its blanks filled at once, as a student will run it."""

import io
import re
import tokenize
from collections.abc import Mapping
from typing import NamedTuple

from autograder.errors import AssignmentError
from autograder.kinds.source import BLANK


class Hole(NamedTuple):
    """Where a blank stands in the template: its line from 1, its column from 0."""

    line: int
    column: int


def holes(template: str) -> Mapping[str, Hole]:
    """Each blank's place by the word in the comment on its line."""
    tokens = list(tokenize.generate_tokens(io.StringIO(template).readline))
    tags = {
        token.start[0]: re.findall(r"\w+", token.string)
        for token in tokens
        if token.type == tokenize.COMMENT
    }
    blanks = [Hole(*token.start) for token in tokens if token.string == BLANK]
    return {tag: hole for hole in blanks for tag in tags.get(hole.line, ())}


def fill_all(template: str, answers: Mapping[str, str]) -> str:
    """The template with each answer put in as text, so that precedence counts.

    Args:
        answers: By the word in the comment on the blank's line.

    Errors: AssignmentError when the template has other blanks than these.
    """
    places = holes(template)
    if set(answers) - set(places) or len(answers) != template.count(BLANK):
        raise AssignmentError(f"the template's blanks are {', '.join(places)}")
    lines = template.split("\n")
    for tag, (line, column) in places.items():
        if tag in answers:
            before, after = lines[line - 1][:column], lines[line - 1][column + len(BLANK) :]
            lines[line - 1] = before + answers[tag] + after
    return "\n".join(lines)
