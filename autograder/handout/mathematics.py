"""ASCII mathematics, as an author types it between back-ticks, set as LaTeX.

Only what every Markdown viewer renders is written: no `\\operatorname` (GitHub refuses it), no
backslash before punctuation (Markdown eats it), no bare `<` and no `*`.
"""

import re
from collections.abc import Iterator

COMMANDS = re.compile(
    r"""(alpha|beta|gamma|delta|epsilon|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi|pi|rho|sigma
    |tau|upsilon|phi|chi|psi|omega|Gamma|Delta|Theta|Lambda|Xi|Pi|Sigma|Phi|Psi|Omega
    |exp|log|max|min|sum|prod|sin|cos|tan)\Z""",
    re.VERBOSE,
)
SIGNS = {
    "<=": r"\le", ">=": r"\ge", "!=": r"\ne", "<": r"\lt", ">": r"\gt", "->": r"\to",
    "~": r"\sim", "*": r"\cdot", ".": r"\cdot", "·": r"\cdot", "×": r"\times",
    "...": r"\ldots", "{": r"\lbrace", "}": r"\rbrace",
}  # fmt: skip
ATTACHED = frozenset(",:;]'")  # set without a space in front
SIGN_BEFORE = ("", "[", ",", "=")  # what a sign of its own may follow
TOKEN = re.compile(
    r"\s+|(?P<number>\d+(?:\.\d+)?)|(?P<name>[^\W\d_]+)|(?P<prime>'+)|(?P<script>[_^])"
    r"|(?P<sign>\.\.\.|<=|>=|!=|->|\|\||[-+/=<>~*.·×,:;()\[\]{}|])"
)
CODE = re.compile(  # a dotted name, a word behind _, a digit in a name, Python's own signs
    r"""[^\W\d_]{2,}\.[^\W\d_]|[^\W\d_]\.[^\W\d_]{2}|_[^\W\d_]{2}|__|[^\W\d_]\d|\*\*|//|==|[@%"\\]"""
)


def is_code(text: str) -> bool:
    """True for what reads as a program, such as `d_in`, `x.size(-1)` or `x2`."""
    return bool(CODE.search(text)) or "".join(_tokens(text)) != re.sub(r"\s+", "", text)


def latex(text: str) -> str:
    r"""Set ASCII mathematics as LaTeX, without the dollars.

    >>> latex("x^T x >= 1/sqrt(n)")
    'x^\\top x \\ge 1 / \\sqrt{n}'

    It sets what is there and judges nothing: an expression that makes no sense is set as it is.
    """
    return " ".join(_set(list(_tokens(text))))


def _tokens(text: str) -> Iterator[str]:
    for match in TOKEN.finditer(text):
        if match[0].strip():
            yield match[0]


def _set(tokens: list[str]) -> list[str]:
    """The pieces of an expression; eats the tokens up to the bracket that closes it."""
    pieces: list[str] = []
    norm_open = False
    while tokens and tokens[0] != ")":
        token = tokens.pop(0)
        last = pieces[-1] if pieces else ""
        if token in "_^" and last:
            pieces[-1] = _with_script(last, token, tokens)
        elif token == "/" and _bracketed(last) and tokens[:1] == ["("]:
            tokens.pop(0)
            pieces[-1] = rf"\frac{{{last[1:-1]}}}{{{_inside(tokens)}}}"
        elif token == "||":
            norm_open = not norm_open
            pieces.append(r"\lVert" if norm_open else r"\rVert")
        else:
            piece = _piece(token, tokens, sign_before=last[-1:] in SIGN_BEFORE)
            if last and (token[0] in ATTACHED or last == "[" or _applies(last, token)):
                pieces[-1] += piece
            else:
                pieces.append(piece)
    return pieces


def _piece(token: str, tokens: list[str], *, sign_before: bool) -> str:
    if token == "(":
        return f"({_inside(tokens)})"
    if token == "sqrt" and tokens[:1] == ["("]:
        tokens.pop(0)
        return rf"\sqrt{{{_inside(tokens)}}}"
    if token in "+-" and sign_before and tokens and tokens[0].isalnum():
        return token + _word(tokens.pop(0))
    return _word(token)


def _applies(last: str, token: str) -> bool:
    """Whether a bracket belongs to the name in front of it."""
    return token == "(" and (last[-1].isalnum() or last[-1] in "}'")


def _inside(tokens: list[str]) -> str:
    pieces = " ".join(_set(tokens))
    if tokens:
        tokens.pop(0)
    return pieces


def _bracketed(piece: str) -> bool:
    return piece.startswith("(") and piece.endswith(")")


def _with_script(base: str, sign: str, tokens: list[str]) -> str:
    """The base with what stands after `_` or `^`; a prime goes behind a subscript."""
    if not tokens:
        return base
    script = tokens.pop(0)
    if script in "({":
        script = _group(tokens, script)
    elif script in "-+" and tokens:
        script += _word(tokens.pop(0))
    elif script == "T" and sign == "^":
        script = r"\top"
    else:
        script = _word(script)
    script = script if len(script) == 1 or script == r"\top" else f"{{{script}}}"
    plain = base.rstrip("'") if sign == "_" else base
    return f"{plain}{sign}{script}{base[len(plain) :]}"


def _group(tokens: list[str], bracket: str) -> str:
    if bracket == "(":
        return _inside(tokens)
    inner: list[str] = []
    while tokens and tokens[0] != "}":
        inner.append(tokens.pop(0))
    if tokens:
        tokens.pop(0)
    return " ".join(_set(inner))


def _word(token: str) -> str:
    if token in SIGNS:
        return SIGNS[token]
    if COMMANDS.match(token):
        return "\\" + token
    return rf"\mathrm{{{token}}}" if token.isalpha() and len(token) > 1 else token
