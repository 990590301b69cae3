"""Answers that once were judged wrongly: doubts are not accepted, odd notation is read."""

import pytest

from autograder.answering import judge_answer
from autograder.assignment import load
from autograder.bank import Bank
from autograder.classroom import open_grader
from autograder.grading import Grader

REFUSED = [
    ("q1b", "d s = d"),
    ("q1b", "sin(s) = d"),
    ("q1b", "d^2 = d"),
    ("q1b", "a d"),
    ("q1b", "d if sigma = 1 else 2d"),
    ("q1b", "not d"),
    ("q1a", "mu^T mu, where mu = 0"),
    ("q2a", "[[1,4],[3]]"),
    ("q2b", "{W_v"),
    ("q4a", "[h, d, O(q)]"),
    ("q4b", "or (d, k)"),
    ("q4c", "torch.einsum('bd,hdq->bhq', x, x)"),
    ("q4c", "torch.einsum('bd,hdq->bhq')"),
    ("q4d", "torch.einsum('bd,dk->bk' x, W_k)"),
    ("q4d", "bd,dk=>bk"),
    ("q5a", "sim(q,k) + sim(k,q) > 0"),
    ("q5a", "sim > 0 and q = k"),
    ("q5a", "mean sim(q,k) > 0"),
    ("q5a", "max sim(q,k) > 0"),
    ("q5a", "sim(q,k) > 0 for all q = k"),
    ("q5a", "sim(q,k) > 0 for at least one pair"),
    ("q5a", "sim > 10^-12"),
    ("q5a", "sum_j sim(Q_i, K_j) > 0"),
    ("q5b_iii", "phi(Q_2) sum_j phi(K_j)^T V_j / (phi(Q_2) sum_j phi(K_j)^T)"),
    ("q5c_time", "N^2 (D - M)"),
    ("q5c_time", "N^D"),
]
ACCEPTED = [
    ("q1a", r"\|\mu\|^2_2"),
    ("q1a", r"\sum_{i} \boldsymbol{\mu}_i^2"),
    ("q1a", r"\sum^d_{i=1} \mu_i^2"),
    ("q1a", "sum(mu[i]**2 for i in range(d))"),
    ("q1b", "I think d."),
    ("q1c", r"\\frac{1}{\\sqrt{d}}"),
    ("q1c", r"{1 \over \sqrt{d}}"),
    ("q2a", "[1,4,3]'"),
    ("q4a", '["h", "d", "q"]'),
    ("q4a", r"W_q \in \mathbb{R}^{h \times d \times q}"),
    ("q5a", "not (sim(q,k) <= 0)"),
    ("q5a", r"sim(q,k) \in (0, \infty)"),
    ("q5d_time", "O(N F D) where F = D^2"),
]


@pytest.fixture(scope="module")
def grader() -> Grader:
    with open_grader(load("attention")) as opened:
        return Grader(
            opened.assignment, opened.reference, Bank(opened.reference.folder / "-"), opened.sandbox
        )


@pytest.mark.parametrize(("question", "text"), REFUSED)
def test_a_doubt_is_never_accepted(grader: Grader, question: str, text: str) -> None:
    """What may mean something else, or claims something else, earns nothing."""
    assert judge_answer(question, text, grader).score == 0


@pytest.mark.parametrize(("question", "text"), ACCEPTED)
def test_an_odd_notation_is_read(grader: Grader, question: str, text: str) -> None:
    """As a teaching assistant would read it."""
    assert judge_answer(question, text, grader).verdict == "correct"
