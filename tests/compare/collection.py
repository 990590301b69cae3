"""Our own collection of answers beside keys, a file a kind, and texts made to do harm.

Whether two are equal was decided by mathematics, not by asking the engine.
"""

import json
from pathlib import Path
from typing import Any

FILES = ("closed_form", "latex", "condition", "matrix", "list", "growth", "shape", "einsum")
CASES = Path(__file__).parent / "cases"
LONG = 5_000_000  # characters

HOSTILE = {
    "300 nested brackets": "(" * 300 + "x" + ")" * 300,
    "300 nested roots": "\\sqrt{" * 300 + "x" + "}" * 300,
    "300 nested calls": "exp(" * 300 + "x" + ")" * 300,
    "300 exponents": "^".join("x" * 300),
    "3,000 minuses": "-" * 3000 + "x",
    "1,000 factorials": "x" + "!" * 1000,
    "5 MB of x+x+…": "x+" * (LONG // 2),
    "5 MB of brackets": "(" * LONG,
    "5 MB of digits": "1" * LONG,
    "5 MB of blanks": " " * LONG,
    "a tower of powers": "9^9^9^9",
    "a tower beside x": "x + 9**9**9**9",
    "a factorial of a factorial": "factorial(factorial(20))",
    "a large product": "x^(10^9) * (1+x)^(10^6)",
    "exp of exp of exp": "exp(exp(exp(1000 + x)))",
    "a sum of a billion terms": "sum_{i=1}^{10^9} (x/i)",
    "sums in sums": "sum_{a=1}^{300} sum_{b=1}^{300} sum_{c=1}^{300} (a b c x)",
    "a large root": "root(x, 10^9)",
    "an import": "__import__('os').system('true')",
    "a class and its bases": "().__class__.__bases__",
    "a comprehension": "[y for y in ().__class__.__mro__]",
    "a lambda": "(lambda y: y)(x)",
    "eval": "eval('x')",
    "exec": "x if x else exec('1')",
    "a file": "open('/etc/passwd').read()",
    "an f-string": "f'{x.__class__}'",
    "a second statement": "x; import os",
    "LaTeX that reads a file": "\\input{/etc/passwd}",
    "LaTeX that runs a program": "\\write18{true}",
}


def lines(name: str) -> list[dict[str, Any]]:
    """The cases of one file."""
    text = (CASES / f"{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def hostile() -> list[dict[str, Any]]:
    """A case for each harmful text; none of them equals its key."""
    given = {"kind": "closed_form", "key": "x^2 + 1", "symbols": {"x": "real"}, "equal": False}
    return [{**given, "answer": text} for text in HOSTILE.values()]


def named(case: dict[str, Any]) -> str:
    """A case as a test's name."""
    return f"{case['key']} {'is' if case['equal'] else 'is not'} {case['answer']}"
