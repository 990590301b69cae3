"""What people type, beside a plainer spelling of what they mean."""

import json
from pathlib import Path

import pytest
from reading import answer

TABLE = json.loads((Path(__file__).parent / "typed.json").read_text(encoding="utf-8"))
SYMBOLS = "mu, nu: vector(d), d, n, k: size, a, b, c, w, x, y, z: real"
ROWS = [(symbols or SYMBOLS, plain, text) for symbols, plain, texts in TABLE for text in texts]


@pytest.mark.parametrize(
    ("symbols", "plain", "text"), ROWS, ids=[f"{text} is {plain}" for _, plain, text in ROWS]
)
def test_what_is_typed_is_read_as_it_is_meant(symbols: str, plain: str, text: str) -> None:
    """Bars in bars, cases, names of functions, functions without brackets, amounts, accents."""
    assert answer(text, symbols) == answer(plain, symbols)
