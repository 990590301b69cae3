"""How student code may end, and what is said about it."""

import math
from collections.abc import Callable
from typing import Any

import pytest

from autograder.sandbox import (
    Call,
    Exited,
    Job,
    Outcome,
    Raised,
    Report,
    Returned,
    Session,
)

Run = Callable[..., Report]
CallOne = Callable[..., Outcome]


def test_an_error_has_its_line_in_the_students_source(call: CallOne) -> None:
    """The last one that was being run, also when torch raised it."""
    source = (
        "\ndef g(x):\n    y = 1\n    return torch.ones(2) @ x\n\n"
        "def f():\n    return g(torch.ones(3))\n"
    )
    found = call(source)
    assert isinstance(found, Raised)
    assert (found.error, found.line, found.stage) == ("RuntimeError", 4, "call")
    assert "inconsistent tensor size" in found.message


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("x = 1\ndef f(:\n", Raised("SyntaxError", "invalid syntax", 2, "define")),
        ("x = 1\ny = z\n", Raised("NameError", "name 'z' is not defined", 2, "define")),
        ("def g(): pass", Raised("NameError", "name 'f' is not defined", None, "call")),
        ("def f():\n  return z", Raised("NameError", "name 'z' is not defined", 2, "call")),
        ("def f(): raise KeyboardInterrupt", Raised("KeyboardInterrupt", "", 1, "call")),
        ("def f(): return f()", None),
    ],
)
def test_what_is_raised_is_told(call: CallOne, source: str, expected: Raised | None) -> None:
    """Type, message, line and stage."""
    found = call(source)
    if expected is None:
        expected = Raised("RecursionError", "maximum recursion depth exceeded", 1, "call")
    assert found == expected


def test_a_source_that_does_not_run_is_the_outcome_of_all_calls(run: Run) -> None:
    """One for each call."""
    report = run("1 / 0", "f", "g")
    assert report.outcomes == (Raised("ZeroDivisionError", "division by zero", 1, "define"),) * 2


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("'a' * 10**6", "a" * 2000),
        ("'\\x1b[31m\\u202e'", "\\x1b[31m\\u202e"),
        ("'\\ud800'", "\\ud800"),
    ],
)
def test_a_message_is_short_and_printable(call: CallOne, body: str, message: str) -> None:
    """It can be shown on any screen."""
    found = call(f"def f(): raise ValueError({body})")
    assert isinstance(found, Raised)
    assert found.message == message


def test_an_error_that_will_not_be_read_is_still_an_error(call: CallOne) -> None:
    """Its own text fails."""
    source = "class E(Exception):\n    def __str__(self): raise self\ndef f(): raise E"
    assert call(source) == Raised("E", "", 3, "call")


def test_the_usual_names_are_imported_and_the_module_is_not_main(call: CallOne) -> None:
    """As the stub promises."""
    source = (
        "if __name__ == '__main__': raise ValueError\n"
        "def f(): return [numpy is np, nn.functional is F, torch.nn is nn, math.pi]"
    )
    found = call(source)
    assert isinstance(found, Returned)
    assert found.value == [True, True, True, math.pi]


def test_dataclasses_with_postponed_annotations_work(call: CallOne) -> None:
    """They look for their module."""
    source = (
        "from __future__ import annotations\nfrom dataclasses import dataclass\n"
        "@dataclass\nclass P:\n    x: int\ndef f(): return P(3).x"
    )
    found = call(source)
    assert isinstance(found, Returned)
    assert found.value == 3


def test_preamble_and_context_run_first_and_context_may_fail(session: Session) -> None:
    """Lines are still those of the source."""
    job = Job(
        "def f(): return [a, b]\ndef g():\n    return c",
        (Call("f"), Call("g")),
        preamble="a = 1",
        context=("b = a + 1", "import no_such_module", "raise SystemExit", "c ="),
    )
    first, second = session.run(job).outcomes
    assert isinstance(first, Returned)
    assert first.value == [1, 2]
    assert second == Raised("NameError", "name 'c' is not defined", 3, "call")


@pytest.mark.parametrize(
    ("code", "status"),
    [("", "sys.exit()"), ("3", "sys.exit(3)"), ("'no'", "sys.exit('no')")],
)
def test_sys_exit_costs_its_own_call_only(run: Run, code: str, status: str) -> None:
    """The child goes on."""
    report = run(f"import sys\ndef f(): sys.exit({code})\ndef g(): return 1", "f", "g")
    assert report.outcomes[0] == Exited(status)
    assert isinstance(report.outcomes[1], Returned)


def test_sys_exit_at_the_top_costs_all_calls(run: Run) -> None:
    """Nothing has been defined."""
    assert run("exit(1)", "f", "g").outcomes == (Exited("sys.exit(1)"),) * 2


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("import os; os._exit(7)", "exit status 7"),
        ("import ctypes; ctypes.string_at(0)", "killed by signal 11"),
    ],
)
def test_a_process_that_ends_keeps_what_it_returned(
    session: Session, body: str, status: str
) -> None:
    """What was printed too; the next job gets a fresh process."""
    source = f"def f(): print('hello'); return 1\ndef g(): {body}"
    job = Job(source, (Call("f"), Call("g"), Call("f")))
    for _ in range(2):
        report = session.run(job)
        assert isinstance(report.outcomes[0], Returned)
        assert report.outcomes[1:] == (Exited(status),) * 2
        assert report.printed == "hello\n"


def test_each_job_has_its_own_names(session: Session) -> None:
    """Nothing that one defines is there in the next."""
    session.run(Job("g = 1", ()))
    found = session.run(Job("def f(): return g", (Call("f"),))).outcomes[0]
    assert found == Raised("NameError", "name 'g' is not defined", 1, "call")


def test_what_is_printed_is_told_once(session: Session) -> None:
    """By each job its own, warnings included."""
    source = "import warnings\ndef f(x): print(x, 'é\\ud800'); warnings.warn('careful')"
    for word in ("one", "two"):
        printed = session.run(Job(source, (Call("f", (word,)),))).printed
        assert printed.startswith(f"{word} é\\ud800\n<answer>:2: UserWarning: careful")


def test_the_same_code_draws_the_same_random_numbers_in_each_child(
    sandbox: Any,
) -> None:
    """A grade can be reproduced."""
    source = (
        "import random\n"
        "def f(): return [torch.rand(1).item(), np.random.rand(), random.random(), hash('a')]"
    )
    values = []
    for _ in range(2):
        with sandbox.session() as session:
            found = session.run(Job(source, (Call("f"), Call("f")))).outcomes
            values.append([outcome.value for outcome in found])
    assert values[0] == values[1]
    assert values[0][0][:3] != values[0][1][:3]


@pytest.mark.parametrize(
    "body",
    [
        "layer = nn.Linear(2, 2); torch.optim.Adam(layer.parameters()).step()",
        "torch.func.vmap(torch.func.grad(lambda x: x.sin()))(torch.ones(2))",
        "torch.linalg.svd(torch.ones(3, 3)); torch.fft.fft(torch.ones(4))",
        "np.linalg.inv(np.eye(2))",
        "F.scaled_dot_product_attention(*[torch.ones(1, 1, 2, 2)] * 3)",
        "nn.LSTM(2, 2)(torch.ones(3, 2)); nn.Conv2d(1, 1, 2)(torch.ones(1, 1, 4, 4))",
        "torch.autograd.gradcheck(torch.sin, torch.ones(2).double().requires_grad_())",
        "torch.set_num_threads(4); torch.ones(999, 999) @ torch.ones(999, 999)",
    ],
)
def test_what_courses_use_of_torch_works(call: CallOne, body: str) -> None:
    """Without threads, files and lazy imports that need them."""
    found = call(f"def f(): {body}")
    assert isinstance(found, Returned), found
