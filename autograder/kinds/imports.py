"""Why a name has no value where code runs: what should have set it was left out or isn't there."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import replace

from autograder.kinds.source import names_bound, parse
from autograder.verdict import Finding


def with_origin(finding: Finding, sources: Iterable[str]) -> Finding:
    """The finding; of an unknown name with where it should have come from.

    Data: `module` when one of the sources imports the name, so that the import has failed;
    `outside` when none of them sets it at all.
    """
    name = finding.data.get("name")
    if finding.code != "unknown_name" or not isinstance(name, str):
        return finding
    nodes = [node for source in sources for node in _statements(source)]
    for node in nodes:
        if isinstance(node, ast.Import | ast.ImportFrom) and name in names_bound(node):
            return replace(finding, data={**finding.data, "module": _module(node, name)})
    if any(name in names_bound(node) for node in nodes):
        return finding
    return replace(finding, data={**finding.data, "outside": True})


def _statements(source: str) -> Iterator[ast.stmt]:
    try:
        tree = parse(source, compiled=False)
    except SyntaxError:
        return
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.stmt))


def _module(node: ast.Import | ast.ImportFrom, name: str) -> str:
    """What should have given the name, as a dotted name."""
    alias = next(each for each in node.names if (each.asname or each.name).split(".")[0] == name)
    if isinstance(node, ast.Import):
        return alias.name
    return f"{'.' * node.level}{node.module or ''}.{alias.name}".replace("..", ".")
