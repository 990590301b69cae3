"""A function is read without a key, and judged by what it returns."""

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from numpy.random import Generator

from autograder.errors import AssignmentError, Unreadable
from autograder.feedback import words
from autograder.kinds import Workshop
from autograder.kinds.function import Code, Function, Probe
from autograder.sandbox import Limits, Sandbox, Session
from autograder.submission import Place, Response
from autograder.verdict import Finding

STUB = '''def weighted(x, w):
    """Return the sum of the rows of x, weighted. x: (n, d)  w: (n,)  returns: (d,)"""
    return ____
'''
KIND = Function(STUB)
RIGHT = "def weighted(x, w):\n    return w @ x\n"


def weighted(rng: Generator) -> Iterator[Probe]:
    """Probes with more rows than columns and the other way round, and with gradients."""
    for n, d in [(3, 2), (2, 5)]:
        x, w = rng.standard_normal((n, d)), rng.standard_normal(n)
        yield Probe(((x, w),), w @ x, f"n = {n}")
    c = rng.standard_normal(5)
    yield Probe(((x, w),), w @ x, "gradients", cotangent=c, gradients=(np.outer(w, c), x @ c))


def kernel(rng: Generator) -> Iterator[Probe]:
    """A function that is only seen through products of its results."""
    a, b = rng.uniform(-1, 1, (2, 3))
    yield Probe(((a,), (b,)), np.asarray(a @ b), "product", observe=lambda out: out[0] @ out[1])


def workshop(question: str, **functions: object) -> Workshop:
    """A solution with these probes."""
    probes = ModuleType("probes")
    vars(probes).update(functions)
    return Workshop(question, probes, Path(), b"secret")


def read(text: str, context: tuple[str, ...] = ()) -> Any:
    return KIND.read(Response(text, Place("answers.py"), context))


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as started:
        yield started


@pytest.fixture
def session(sandbox: Sandbox) -> Iterator[Session]:
    with sandbox.session() as started:
        yield started


def judge(session: Session, text: str, context: tuple[str, ...] = ()) -> Finding:
    prepared = KIND.prepare(read(RIGHT), workshop("q", q=weighted))
    return KIND.judge(read(text, context), prepared, session)


@pytest.mark.parametrize(
    ("text", "echo"),
    [
        (RIGHT, "weighted(x, w), 2 lines"),
        (f"```python\n{RIGHT}```", "weighted(x, w), 2 lines"),
        ("    def weighted(x, w):\r\n        return w @ x\r\n", "weighted(x, w), 2 lines"),
        (
            "def weighted(x, w):\n\tif x is w:\n        return x\n\treturn w",
            "weighted(x, w), 4 lines",
        ),
        ("weighted = lambda x, *w: x", "weighted(x, *w), 1 line"),
        ("@torch.no_grad()\ndef weighted(x: int, /, w=1, *, k=2, **m): ...", None),
        ("import math\n\ndef other(): ...\n\nweighted = other", "weighted, 1 line"),
        ("if True:\n    def weighted(x): return x", "weighted, 2 lines"),
    ],
    ids=["plain", "fence", "indented", "tabs", "lambda", "signature", "alias", "nested"],
)
def test_the_echo_is_how_it_is_called(text: str, echo: str | None) -> None:
    """With the lines that were found; fences and indentation are no mistake."""
    assert read(text).echo == (echo or "weighted(x, w, k, **m), 2 lines")


@pytest.mark.parametrize(
    ("text", "code", "data"),
    [
        (" \n", "empty", {}),
        (
            "def weighted(x, w)\n    return x",
            "syntax_error",
            {"line": 1, "message": "expected ':'"},
        ),
        ("x = 1\nreturn x", "syntax_error", {"line": 2, "message": "'return' outside function"}),
        ("\0", "syntax_error", {"line": 1}),
        ("(" * 500, "syntax_error", {"line": 1}),
        ("def wieghted(x): ...\nk = 1", "no_definition", {"found": ["k", "wieghted"]}),
        ("w @ x", "no_definition", {"name": "weighted", "found": []}),
        ("def f():\n    def weighted(): ...", "no_definition", {"found": ["f"]}),
        (STUB, "blank_left", {"line": 3}),
        (f"A = '{'a' * 200_000}'\ndef weighted(x, w): ...", "context_too_long", {"most": 200_000}),
    ],
)
def test_what_can_t_be_read_says_why(text: str, code: str, data: dict[str, object]) -> None:
    """The code, and what the sentence needs."""
    with pytest.raises(Unreadable) as caught:
        read(text)

    assert caught.value.code == code
    assert data.items() <= caught.value.data.items()


def test_a_syntax_error_is_pointed_at_in_what_was_typed() -> None:
    """Fences and indentation don't shift the place."""
    text = "```python\r\n  def weighted(x, w):\r\n      return w @@ x\r\n```"
    with pytest.raises(Unreadable) as caught:
        read(text)

    assert caught.value.data["line"] == 3
    assert caught.value.span is not None
    assert text[slice(*caught.value.span)] == "@ x"


def test_only_what_defines_the_name_runs_strictly() -> None:
    """The rest is context, statement by statement; what defines nothing is dropped."""
    text = "import math\nprint(1)\nk = math.pi\ndef weighted(x, w):\n    return k"
    content = read(text, ("import os",)).content

    assert isinstance(content, Code)
    assert content.context == ("import os", "import math", "k = math.pi")
    assert content.source == "\n\n\ndef weighted(x, w):\n    return k"


@pytest.mark.parametrize(
    "body",
    ["w @ x", "(w[:, None] * x).sum(0)", "torch.einsum('n,nd->d', w, x)", "1 * (x.T @ w)"],
)
def test_equal_functions_are_right(session: Session, body: str) -> None:
    """However they are written."""
    assert judge(session, f"def weighted(x, w):\n    return {body}").code == "right"


@pytest.mark.parametrize(
    ("code", "body", "data"),
    [
        ("differs", "x.sum(0)", {"probe": "n = 3", "inputs": {"x": [3, 2], "w": [3]}}),
        ("wrong_shape", "(w @ x)[None]", {"got": [1, 2], "asked": [2]}),
        ("wrong_dtype", "(w @ x) > 0", {"got": "bool"}),
        ("wrong_type", "10**400", {"got": "an integer of more than 64 bits"}),
        ("wrong_type", "[10**30] * len(w @ x)", {"asked": "an array"}),
        ("wrong_dtype", "(w @ x).to(torch.complex64)", {"got": "complex64"}),
        ("not_finite", "w @ x / 0", {}),
        ("returned_nothing", "None", {}),
        ("wrong_type", "'text'", {"got": "str"}),
        ("wrong_type", "{'x': x}", {"got": "dict"}),
        ("wrong_type", "[x, w]", {"got": "a list that is no array"}),
        ("wrong_type", "weighted", {"got": "function"}),
        ("arguments_changed", "(w.mul_(2) / 2) @ x", {"argument": "w"}),
        ("no_gradient", "(w @ x).detach()", {"probe": "gradients"}),
        ("wrong_gradient", "(w @ x.detach()) + 0 * x.sum()", {}),
        ("raises", "x @ w", {"error": "RuntimeError", "line": 2}),
        ("raises", "x[10**6]", {"error": "IndexError"}),
        ("raises", "1 / 0", {"error": "ZeroDivisionError", "message": "division by zero"}),
        ("unknown_name", "softmax(x)", {"name": "softmax"}),
        ("unknown_attribute", "torch.sofmax(x)", {"line": 2}),
        ("exits", "exit()", {}),
        ("exits", "__import__('os')._exit(3)", {"how": "exit status 3"}),
    ],
)
def test_a_wrong_function_is_named(
    session: Session, code: str, body: str, data: dict[str, object]
) -> None:
    """By what it does, with what staff need to see."""
    finding = judge(session, f"def weighted(x, w):\n    return {body}")

    unreadable = code in ("unknown_name", "unknown_attribute", "exits")
    assert (finding.code, finding.verdict) == (code, "invalid" if unreadable else "incorrect")
    assert data.items() <= finding.data.items()


@pytest.mark.parametrize(
    ("code", "source", "context"),
    [
        ("unknown_name", "{}sns.set()", ("import no_such_module as sns",)),
        ("raises", "import no_such_module as sns{}", ()),
    ],
)
def test_a_module_that_is_missing_is_named(
    session: Session, code: str, source: str, context: tuple[str, ...]
) -> None:
    """Wherever it is imported; the verdict is that of the error."""
    text = f"def weighted(x, w):\n    {source.format('')}\n    return w @ x"
    probes = KIND.prepare(read(RIGHT), workshop("weighted", weighted=weighted))
    finding = KIND.judge(read(text, context), probes, session)
    assert (finding.code, finding.data["module"]) == (code, "no_such_module")
    said = words(finding.code, finding.data)
    assert said.startswith("no_such_module can't be imported where answers are graded")


def test_code_that_is_compiled_from_its_source_runs(session: Session) -> None:
    """It has no file, but its source is known."""
    finding = judge(session, f"@torch.jit.script\n{RIGHT}")
    assert finding.verdict == "correct", finding


def test_an_error_says_the_same_at_every_run(session: Session) -> None:
    """An address in memory is left out."""
    finding = judge(session, "def weighted(x, w):\n    raise ValueError(f'{object()} is odd')")
    assert finding.data["message"] == "<object object> is odd"


def test_arguments_that_don_t_fit_are_wrong_not_unreadable(session: Session) -> None:
    """A signature with other arguments than the stub's."""
    finding = judge(session, "def weighted(x):\n    return x")
    assert (finding.code, finding.data["error"]) == ("raises", "TypeError")


def test_a_loop_is_stopped() -> None:
    """Out of time is invalid."""
    with Sandbox(Limits(seconds=1)) as quick, quick.session() as session:
        finding = judge(session, "def weighted(x, w):\n    while True: pass")
    assert (finding.verdict, finding.code) == ("invalid", "timeout")
    assert finding.data["seconds"] == 1


def test_the_same_call_must_return_the_same(session: Session) -> None:
    """The first probe is run again at the end."""
    text = "n = [0]\ndef weighted(x, w):\n    n[0] += 1\n    return w @ x + (n[0] > 3)"
    assert judge(session, text).code == "not_deterministic"


def test_a_call_may_not_answer_for_the_one_before_it(session: Session) -> None:
    """Where calls belong together, they are run again in the reverse order."""
    text = (
        "seen = []\ndef weighted(x):\n    seen.append(x)\n"
        "    return x * 0 + 1 if len(seen) % 2 else seen[-1] * seen[-2]"
    )
    prepared = KIND.prepare(read(RIGHT), workshop("q", q=kernel))
    assert KIND.judge(read(text), prepared, session).code == "not_deterministic"
    same = read("def weighted(x): return x.flip(0)")
    assert KIND.judge(same, prepared, session).code == "right"


def test_context_is_there_and_may_fail(session: Session) -> None:
    """What fails is skipped, as long as it isn't needed."""
    context = ("import no_such_module", "def product(a, b):\n    return a @ b")
    assert judge(session, "def weighted(x, w): return product(w, x)", context).code == "right"


@pytest.mark.parametrize(
    ("code", "body"),
    [
        ("right", "x"),
        ("right", "-x"),
        ("right", "x.numpy()"),
        ("right", "[e for e in x]"),
        ("right", "x.tolist()"),
        ("differs", "2 * x"),
        ("wrong_shape", "x[None]"),
        ("wrong_shape", "x @ x"),
        ("wrong_shape", "torch.cat([x] * (1 + (x[0] == first[0]).int()))"),
    ],
)
def test_results_may_be_observed_together(session: Session, code: str, body: str) -> None:
    """Arrays, lists and tensors alike; what doesn't fit together has a wrong shape."""
    kind = Function("def f(x): ...", returns_ndim=1)
    context = ("first = []",)
    text = f"def f(x):\n    first.append(x[0]) if not first else None\n    return {body}"
    reading = kind.read(Response(text, Place("answers.py"), context))
    prepared = kind.prepare(reading, workshop("q", q=kernel))

    assert kind.judge(reading, prepared, session).code == code


def test_probes_depend_on_the_secret_and_the_question() -> None:
    """The same for a whole class, other numbers for another course."""
    kind, reading = Function("def f(x): ..."), read(RIGHT)

    def drawn(question: str, secret: bytes) -> float:
        place = workshop(question, q=kernel, r=kernel)
        made = Workshop(question, place.probes, Path(), secret)
        return float(kind.prepare(reading, made)[0].expected)  # type: ignore[index]

    assert drawn("q", b"1") == drawn("q", b"1")
    assert len({drawn("q", b"1"), drawn("q", b"2"), drawn("r", b"1")}) == 3


@pytest.mark.parametrize("functions", [{}, {"q": lambda rng: []}, {"q": lambda rng: [1]}])
def test_without_probes_the_author_is_told(functions: dict[str, object]) -> None:
    """Where, and what to write."""
    with pytest.raises(AssignmentError, match=r"probes\.py"):
        KIND.prepare(read(RIGHT), workshop("q", **functions))


def test_a_probe_that_makes_no_sense_is_the_author_s_mistake() -> None:
    """Several results can't be compared with one expected array."""
    with pytest.raises(AssignmentError, match="observe"):
        Probe(((1,), (2,)), np.zeros(1), "two calls")
    with pytest.raises(AssignmentError, match="gradients"):
        Probe(((1,),), np.zeros(1), "one call", cotangent=np.ones(1))
