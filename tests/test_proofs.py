"""Proofs are judged, and a proof that could not fail is none."""

import math
from types import ModuleType
from typing import Any

import pytest
import torch

from autograder.assignment import Question
from autograder.author import (
    closed_form,
    condition,
    counted,
    exact,
    growth,
    monte_carlo,
    same_outputs,
    shape,
    values,
)
from autograder.errors import AssignmentError
from autograder.experiments import Proof
from autograder.keys import Key
from autograder.proofs import ProofResult, questions_of, run_proof, run_proofs


def key(ask: Any, text: str, symbols: str = "d: size") -> Key:
    """A key to a question of one kind."""
    from autograder.author import Problem

    question: Question = Problem("P", "Text.", symbols=symbols, q1=ask).questions[0]
    return Key(text, question)


def run(proof: Proof, given: object) -> ProofResult:
    """The result of a proof of q1."""
    return run_proof(proof, {"q1": given})


@monte_carlo(d=[3, 7])
def q1(given: Key, d: int, rng: Any) -> tuple[float, float]:
    """The mean of a chi-squared variable is its number of degrees of freedom."""
    return rng.chisquare(d, 2000).mean(), given(d=d)


@pytest.mark.parametrize(("text", "passed"), [("d", True), ("1.02 d", False), ("d + 1", False)])
def test_draws_decide(text: str, passed: bool) -> None:
    """2 % off is far outside 5 standard errors."""
    result = run(q1, key(closed_form("?"), text))
    assert (result.name, result.questions, result.method) == ("q1", ("q1",), "Monte Carlo")
    assert result.passed is passed
    assert result.margin.endswith("of 5 standard errors")
    assert (result.used < 1) is passed


def test_too_few_draws_prove_nothing() -> None:
    """The band must be narrow, or wrong keys would pass."""
    blunt = Proof("q1", "Monte Carlo", q1.run, ({"d": 3},), {"repeats": 3})
    assert not run(blunt, key(closed_form("?"), "d")).passed


def test_draws_are_the_same_every_time() -> None:
    """So a proof that holds today holds tomorrow."""
    given = key(closed_form("?"), "d")
    assert run(q1, given) == run(q1, given)


def test_all_claims_must_hold() -> None:
    """The first that fails is the evidence; no claim at all is no proof."""

    @exact(d=[1, 2])
    def q1(given: Key, d: int) -> Any:
        yield "it is even", given(d=d) % 2 == 0
        yield "it is positive", given(d=d) > 0

    good = run(q1, key(closed_form("?"), "2 d"))
    assert (good.passed, good.margin) == (True, "4 of 4 claims hold")
    assert good.evidence == "it is even; it is positive"
    bad = run(q1, key(closed_form("?"), "d"))
    assert (bad.passed, bad.margin) == (False, "3 of 4 claims hold")
    assert bad.evidence == "fails: it is even"
    assert not run(Proof("q1", "exact", lambda given: iter(())), None).passed


def test_outputs_are_compared_with_a_tolerance() -> None:
    """Shapes first."""

    @same_outputs(sizes=[(2,), (5,)])
    def q1(scale: float, n: int) -> tuple[torch.Tensor, torch.Tensor]:
        x = torch.randn(n)
        return scale * x, x

    assert run(q1, 1.0).passed
    assert not run(q1, 1.001).passed
    reshaped = same_outputs(sizes=[(2,)])(lambda given, n: (torch.ones(n), torch.ones(1, n)))
    named = Proof("q1", reshaped.method, reshaped.run, reshaped.cases, reshaped.options)
    assert run(named, None).evidence == "shapes (2,) and (1, 2) for sizes (2,)"


@counted("multiply-adds", n=[2, 3, 4, 5, 6], m=[2, 3, 4, 5])
def product(n: int, m: int) -> Any:
    """(n, m) times (m, n)"""
    left, right = torch.randn(n, m), torch.randn(m, n)
    return lambda: left @ right


@pytest.mark.parametrize(("text", "passed"), [("n^2 m", True), ("n m", False), ("n^2", False)])
def test_counts_must_grow_as_the_key(text: str, passed: bool) -> None:
    """The exact polynomial is the evidence."""
    named = Proof("q1", product.method, product.run, product.cases, product.options)
    result = run(named, key(growth("?"), text, "n, m: size"))
    assert result.passed is passed
    assert result.evidence.startswith("n^2 m multiply-adds in 20 sizes; ")


def test_counts_may_be_compared_with_another_order() -> None:
    """To show what an assumption is needed for."""
    options = {**product.options, "order": "m n^2"}
    named = Proof("q1", product.method, product.run, product.cases, options)
    assert run(named, key(growth("?"), "n", "n, m: size")).passed


def test_a_proof_that_raises_has_failed() -> None:
    """And says why."""

    @exact()
    def q1(given: object) -> Any:
        yield "x", 1 / 0

    line = q1.run.__code__.co_firstlineno + 2
    why = f"ZeroDivisionError: division by zero (test_proofs.py, line {line})"
    assert run(q1, None) == ProofResult("q1", ("q1",), "exact", "-", False, why, 1.0)


@pytest.mark.parametrize("found", [True, iter([True]), iter([(True, "it holds")]), None])
def test_an_exact_proof_that_yields_something_else_says_what_to_yield(found: object) -> None:
    """A `return`, or a bare truth value, is the slip to expect."""
    result = run(Proof("q1", "exact", lambda given: found), None)
    assert not result.passed
    assert result.evidence == "an exact proof yields pairs: a claim in words, whether it holds"


def test_a_key_asked_for_another_symbol_names_those_it_has() -> None:
    """A misspelt argument of a proof."""
    with pytest.raises(AssignmentError, match="the key has no symbol D; it has d"):
        key(closed_form("?"), "d")(D=2)


def test_a_proof_without_its_mark_is_refused() -> None:
    """It would never be run."""
    module = ModuleType("proofs")
    exec("def q1(key):\n    yield 'it holds', True", vars(module))
    with pytest.raises(AssignmentError, match=r"proof q1: put a mark such as @exact\(\) above it"):
        run_proofs(module, {"q1": 1})


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("q1", ("q1",)), ("q1__again", ("q1",)), ("q2_to_q4", ("q2", "q3", "q4"))],
)
def test_a_name_says_what_is_proved(name: str, wanted: tuple[str, ...]) -> None:
    """One question, or all from one to another."""
    assert questions_of(name, ["q1", "q2", "q3", "q4"]) == wanted


@pytest.mark.parametrize("name", ["q9", "q1_to_q9", "helper"])
def test_a_name_must_be_that_of_a_question(name: str) -> None:
    """A misspelt proof would prove nothing."""
    with pytest.raises(AssignmentError, match=f"proof {name}: there is no question of that name"):
        questions_of(name, ["q1", "q2"])


def test_proofs_of_a_module_are_run_in_the_order_of_the_questions() -> None:
    """Everything that is marked, nothing else."""
    module = ModuleType("proofs")
    module.helper = lambda: None  # type: ignore[attr-defined]
    for name in ("q2", "q1"):
        made = exact()(lambda given: iter([("it is there", given is not None)]))
        setattr(module, name, Proof(name, made.method, made.run, made.cases, made.options))
    results = run_proofs(module, {"q1": 1, "q2": None})
    assert [(result.name, result.passed) for result in results] == [("q1", True), ("q2", False)]


@pytest.mark.parametrize(
    ("ask", "text", "symbols", "given", "wanted"),
    [
        (closed_form("?"), "1/sqrt(d)", "d: size", {"d": 4}, 0.5),
        (closed_form("?"), "x^T x + d", "x: vector(d), d: size", {"x": [3.0, 4.0], "d": 2}, 27.0),
        (closed_form("?"), "2 x", "x: vector(d)", {"x": [3.0, 4.0]}, [6.0, 8.0]),
        (shape("?"), "[d, 2 d]", "d: size", {"d": 4}, [4.0, 8.0]),
        (values("?"), "[1, 2.5]", "", {}, [1.0, 2.5]),
        (condition("?"), "x < 2", "x: real", {"x": 1.0}, True),
        (condition("?"), "f(x) > 2", "f: real -> real, x: real", {"x": 1.0, "f": math.exp}, True),
        (
            closed_form("?"),
            "sum_j a_j^T a_j",
            "a_j: vector(d) over n",
            {"a_j": [[1.0, 2.0], [3.0, 4.0]]},
            30.0,
        ),
    ],
)
def test_a_key_can_be_evaluated(
    ask: Any, text: str, symbols: str, given: dict[str, Any], wanted: object
) -> None:
    """Numbers, arrays, families and functions go in; numbers come out."""
    import numpy as np

    arrays = {k: np.array(v) if isinstance(v, list) else v for k, v in given.items()}
    got = key(ask, text, symbols)(**arrays)
    assert (got.tolist() if hasattr(got, "tolist") else got) == wanted
