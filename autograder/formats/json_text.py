"""Where JSON breaks, in words: Python's own differ between versions and name no cause."""

import json
import re

TORN = re.compile(r"\s*(?:<{7}|={7}|>{7})")  # the marks that git leaves in a file


def why_not_json(error: json.JSONDecodeError) -> str:
    """What is wrong and where, such as `it ends too early (line 1, column 12)`."""
    return f"{_cause(error)} (line {error.lineno}, column {error.colno})"


def _cause(error: json.JSONDecodeError) -> str:
    before, rest = error.doc[: error.pos].rstrip(), error.doc[error.pos :].lstrip()
    if not rest or error.msg.startswith("Unterminated string"):
        return "it ends too early"
    if TORN.match(rest):
        return "two versions were merged here and both are still in it"
    trailing = error.msg.startswith("Illegal trailing comma")  # so says Python from 3.13
    if trailing or (before.endswith(",") and rest[0] in "}],"):
        return "a comma too many"
    if rest[0] in "'“”‘’":
        return 'text has to stand in straight double quotes, such as "a"'
    if rest[0] in '"{[' and "delimiter" in error.msg:
        return "a comma or a colon is missing"
    return "it is not written as JSON from here on"
