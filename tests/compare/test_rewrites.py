"""Whatever is done to a key without changing it stays right; whatever changes it is wrong."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from autograder import comparing
from autograder.language.printer.echo import echo
from autograder.language.printer.latex import latex
from autograder.language.tree import Tree
from autograder.language.vocabulary import declare
from compare.formulas import SYMBOLS, differ, key_of
from compare.rewriting import SAME, SLIPS, applied

PROPERTY = settings(max_examples=300)
KNOWN = declare(", ".join(f"{name}: {sort}" for name, sort in SYMBOLS.items()))
VERDICTS = {"correct", "incorrect", "ungraded", "invalid", "blank"}

KEYS: dict[str, tuple[str, dict[str, str]]] = {
    "closed_form": ("x^2 + 1", {"x": "real"}),
    "matrix": ("A B", {"A": "matrix(n, m)", "B": "matrix(m, n)", "n": "size", "m": "size"}),
    "growth": ("n log n", {"n": "size"}),
    "condition": ("x > 0", {"x": "real"}),
    "shape": ("[n, m]", {"n": "size", "m": "size"}),
    "einsum": ("ij,jk->ik", {}),
    "values": ("[1, 2.5]", {}),
    "list": ("[1, 2]", {}),
    "tuple": ("(1, 2)", {}),
    "set": ("{1, 2}", {}),
}

keys = st.integers(0, 2**32).map(key_of)
nodes = st.integers(0, 40)
changes = st.lists(st.tuples(nodes, st.sampled_from([*SAME])), min_size=1, max_size=3)


def judged(key: str, answer: str, kind: str = "closed_form") -> dict[str, Any]:
    return comparing.judge({"kind": kind, "key": key, "answer": answer, "symbols": SYMBOLS})


def _decoded(raw: bytes) -> str:
    return raw.decode("utf-8", errors="replace")


def rewritten(key: Tree, steps: list[tuple[int, str]]) -> Tree:
    answer = key
    for node, name in steps:
        answer = applied(answer, node, SAME[name])
    return answer


def written_in(notation: str) -> Callable[[Tree], str]:
    return echo if notation == "ascii" else lambda tree: latex(tree, KNOWN)


@pytest.mark.parametrize("notation", ["ascii", "latex"])
def test_a_rewritten_key_stays_right(notation: str) -> None:
    """In any notation; hardly any is left to a person, and none is called wrong."""
    seen: Counter[str] = Counter()
    write = written_in(notation)

    @PROPERTY
    @given(keys, changes)
    def check(key: Tree, steps: list[tuple[int, str]]) -> None:
        answer = rewritten(key, steps)
        verdict = judged(echo(key), write(answer))["verdict"]
        seen[verdict] += 1
        assert verdict in ("correct", "ungraded")

    check()
    assert seen["ungraded"] <= seen.total() * 0.04


def test_a_slip_is_wrong() -> None:
    """Whatever sixty digits tell apart is never accepted, and hardly ever left undecided."""
    seen: Counter[str] = Counter()

    @PROPERTY
    @given(keys, nodes, st.sampled_from([*SLIPS]))
    def check(key: Tree, node: int, slip: str) -> None:
        answer = applied(key, node, SLIPS[slip])
        assume(differ(key, answer))
        verdict = judged(echo(key), echo(answer))["verdict"]
        seen[verdict] += 1
        assert verdict in ("incorrect", "ungraded")

    check()
    assert seen.total() > 100
    assert seen["ungraded"] <= seen.total() * 0.04


def test_a_slip_in_a_rewritten_key_is_wrong() -> None:
    """A slip far from the key's own form is caught as well."""

    @PROPERTY
    @given(keys, changes, nodes, st.sampled_from([*SLIPS]))
    def check(key: Tree, steps: list[tuple[int, str]], node: int, slip: str) -> None:
        answer = applied(rewritten(key, steps), node, SLIPS[slip])
        assume(differ(key, answer))
        assert judged(echo(key), echo(answer))["verdict"] in ("incorrect", "ungraded")

    check()


@PROPERTY
@given(keys, nodes, st.sampled_from([*SAME]))
def test_the_rewrites_change_no_value(key: Tree, node: int, name: str) -> None:
    """The rewrites themselves are judged apart from the engine."""
    assert not differ(key, applied(key, node, SAME[name]))


@pytest.mark.parametrize("kind", [*comparing.KINDS])
def test_no_text_breaks_a_comparison(kind: str) -> None:
    """For every kind of question, an answer of any characters gets a verdict."""
    key, symbols = KEYS[kind]

    @PROPERTY
    @given(st.one_of(st.text(max_size=30), st.binary(max_size=30).map(_decoded)))
    def check(answer: str) -> None:
        case = {"kind": kind, "key": key, "answer": answer, "symbols": symbols}
        assert comparing.judge(case)["verdict"] in VERDICTS

    check()
