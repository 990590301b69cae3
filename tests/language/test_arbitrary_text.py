"""Whatever is typed is read or refused; nothing else happens."""

import json
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from reading import SYMBOLS, known

from autograder.errors import Unreadable
from autograder.language.printer.echo import echo
from autograder.language.statements.conditions import parse_condition
from autograder.language.statements.statement import read

SHORT = settings(max_examples=250)
NOTATIONS = json.loads((Path(__file__).parent / "notations.json").read_text(encoding="utf-8"))
VALID = sorted({text for others in NOTATIONS.values() for text in others})
PIECES = r"""
    sum_ sum( sum_{i=1}^d \frac \frac{ \sqrt[ \begin{bmatrix} \end{bmatrix} \begin{cases} & \\
    \left( \right) mu_ mu mu_i K_j phi( sim( for in range( zip( ... mu.T .sum() .shape[0] || | _2
    ^2 ^T ^{ } ( ) [ ] { x d 2 1/2 - + * / ^ = where np. torch. log_ ! \over and not < > , ; : '
    \langle \rangle \text{ \mathbf{ the is answer √ ² ½ Σ σ ᵀ ‖ ⟨ ⟩ ≤ → · × ∈ \ _ # @ " $
""".split()


def reads_or_refuses(text: str) -> None:
    """Read as a formula and as a condition; a refusal points into the text."""
    for relation in (False, True):
        try:
            found = read(
                text, known(SYMBOLS), relation=relation,
                parse=parse_condition if relation else None,
            )  # fmt: skip
        except Unreadable as error:
            start, end = error.span or (0, 0)
            assert 0 <= start <= end
            assert start <= len(text)
        else:
            assert all(echo(claim) for claim in found.claims)


@SHORT
@given(st.text(max_size=60))
def test_any_text(text: str) -> None:
    """All of Unicode, control characters and lone surrogates too."""
    reads_or_refuses(text)


@SHORT
@given(st.lists(st.sampled_from(PIECES), max_size=14), st.sampled_from(["", " "]))
def test_any_heap_of_notation(pieces: list[str], between: str) -> None:
    """Every piece of the language beside every other."""
    reads_or_refuses(between.join(pieces))


@SHORT
@given(
    st.sampled_from(VALID),
    st.lists(
        st.tuples(st.integers(0, 60), st.integers(0, 3), st.sampled_from(["", *PIECES])),
        min_size=1,
        max_size=3,
    ),
)
def test_any_slip_in_a_valid_answer(text: str, slips: list[tuple[int, int, str]]) -> None:
    """Characters lost, doubled or put in at any place."""
    for place, lost, put_in in slips:
        at = place % (len(text) + 1)
        text = text[:at] + put_in + text[at + lost :]
    reads_or_refuses(text)


@SHORT
@given(st.binary(max_size=60))
def test_any_bytes(raw: bytes) -> None:
    """What is no text at all, decoded as an editor would."""
    reads_or_refuses(raw.decode("utf-8", errors="replace"))
    reads_or_refuses(raw.decode("latin-1"))
