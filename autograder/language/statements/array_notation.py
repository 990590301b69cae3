"""Ways to write a matrix or a vector, each rewritten as brackets in brackets.

`matrix([1,2],[3,4])`, `np.array([[1,2],[3,4]])`, `[1,2;3,4]`, `[1 2; 3 4]`, `⟨1,2,3⟩` and a bare
`1, 2, 3` become what the grammar reads. Sources: the manuals of Maxima (matrix), Matlab (rows
between semicolons), numpy (array), sympy (Matrix).
"""

from fractions import Fraction
from itertools import pairwise

from autograder.errors import Unreadable
from autograder.language.lexer.notation import MODULES
from autograder.language.lexer.tokens import Token, nesting
from autograder.language.vocabulary import Vocabulary

ARRAYS = frozenset(
    """matrix Matrix array Array asarray tensor Tensor as_tensor FloatTensor DoubleTensor LongTensor
    vec vector Vector column columnvector list tuple ImmutableMatrix row rowvector""".split()
)
OF_ROWS = frozenset(("matrix", "row", "rowvector"))  # of one plain list they make a row
IDENTITIES = frozenset(("eye", "id", "ident", "identity", "Identity", "idmatrix"))
SIGNS_BEFORE_ENTRY = frozenset("+ - * / ^ @ · × ( [ { , ; = _".split())


def rewritten(tokens: list[Token], vocabulary: Vocabulary) -> list[Token]:
    """The tokens of an answer with every array as brackets in brackets.

    Errors: Unreadable when brackets do not close.
    """
    tokens = _without_quotes(tokens)
    tokens = _angles(without_calls(_inverses(tokens), vocabulary), vocabulary)
    if len(split(tokens, (",", ";"))) > 1:  # a bare `1, 2, 3`
        tokens = [_mark("[", tokens[0]), *tokens, _mark("]", tokens[-1])]
    return _rows(tokens)


def closes(tokens: list[Token], at: int) -> int:
    """Where the bracket that opens at `at` is closed.

    Errors: Unreadable `not_closed`.
    """
    depth = 0
    for position in range(at, len(tokens)):
        depth += nesting(tokens[position])
        if depth == 0:
            return position
    raise Unreadable("not_closed", tokens[at][2:4], bracket=tokens[at].text)


def split(tokens: list[Token], signs: tuple[str, ...]) -> list[list[Token]]:
    """Parts between signs that stand outside all brackets."""
    parts: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += nesting(token)
        if depth == 0 and token.kind == "sign" and token.text in signs:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def encloses(tokens: list[Token]) -> bool:
    """True when the first token opens a bracket that the last one closes."""
    return bool(tokens) and tokens[0].kind == "open" and closes(tokens, 0) == len(tokens) - 1


def _mark(text: str, beside: Token) -> Token:
    """A bracket or comma that was not typed, at the columns of a token beside it."""
    kind = {"[": "open", "]": "close", "(": "open", ")": "close", ",": "sign"}.get(text, "word")
    return Token(kind, text, beside.start, beside.end)


def _without_quotes(tokens: list[Token]) -> list[Token]:
    """Without the quoted word of `norm(A, 'fro')`, which says what is meant anyway."""
    kept: list[Token] = []
    for token in tokens:
        if token.text == "fro" and kept and kept[-1].text in ("'", '"'):
            while kept and kept[-1].text in ("'", '"', "=", "ord", ","):
                kept.pop()
            continue
        if token.text in ("'", '"') and tokens[tokens.index(token) - 1].text == "fro":
            continue
        kept.append(token)
    return kept


def _inverses(tokens: list[Token]) -> list[Token]:
    """`A^-T` and `A^{-T}` as `A^T^-1`."""
    found = list(tokens)
    for at in range(len(tokens) - 1, 0, -1):
        minus, mark = found[at - 1], found[at]
        braced = found[at - 2].text == "{" if at > 1 else False
        raised = found[at - 2 - braced].text == "^" if at > 1 + braced else False
        if mark.text in ("T", "top") and mark.kind == "word" and minus.text == "-" and raised:
            caret = found[at - 2 - braced]
            one = Token("number", "1", mark.start, mark.end, value=Fraction(1))
            found[at - 1 - braced : at + 1 + braced] = [mark, caret, minus, one]
    return found


def without_calls(tokens: list[Token], vocabulary: Vocabulary) -> list[Token]:
    """`np.array([1, 2])` as `[1, 2]`, `vector(1, 2)` too, and `eye(2)` as `identity(2)`."""
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        free = token.kind == "word" and token.text not in vocabulary
        opens = at + 1 < len(tokens) and tokens[at + 1].kind == "open"
        if not (free and opens and token.text in ARRAYS | IDENTITIES):
            found.append(token)
            at += 1
            continue
        if len(found) > 1 and found[-1].text == "." and found[-2].text in MODULES:
            found = found[:-2]
        close = closes(tokens, at + 1)
        if token.text in IDENTITIES:
            found.append(token._replace(text="identity"))
            at += 1
            continue
        found += _array(
            token.text, without_calls(tokens[at + 2 : close], vocabulary), tokens[at + 1]
        )
        at = close + 1
    return found


def _array(name: str, inside: list[Token], opened: Token) -> list[Token]:
    """What a call makes of its arguments, but for keywords such as `dtype=float`.

    Errors: Unreadable `unexpected` where nothing stands between two commas.
    """
    parts = [part for part in split(inside, (",",)) if not any(t.text == "=" for t in part)]
    parts = parts if parts[-1:] != [[]] else parts[:-1]  # behind a last comma
    if [] in parts:
        raise Unreadable("unexpected", opened[2:4], found=",", expected=None)
    first, last = _mark("[", opened), _mark("]", inside[-1] if inside else opened)
    if len(parts) == 1 and encloses(parts[0]):
        rows = any(token.kind == "open" for token in parts[0][1:])
        return [first, *parts[0], last] if name in OF_ROWS and not rows else parts[0]
    joined: list[Token] = []
    for part in parts:
        joined += [_mark(",", part[0])] * bool(joined and part) + part
    listed = [first, *joined, last]
    return [first, *listed, last] if name in ("row", "rowvector") else listed


def _angles(tokens: list[Token], vocabulary: Vocabulary) -> list[Token]:
    """`⟨1, 2, 3⟩` of numbers is a vector; of two vectors it is their inner product."""
    if len(tokens) < 3 or (tokens[0].text, tokens[-1].text) not in (
        ("langle", "rangle"), ("<", ">"),
    ):  # fmt: skip
        return tokens
    inside = tokens[1:-1]
    names = [t.text for t in inside if t.kind == "word" and t.text in vocabulary]
    lists = any(encloses(part) for part in split(inside, (",", ";")))
    if lists or any(vocabulary[name].shape for name in names):
        return tokens
    return [_mark("[", tokens[0]), *inside, _mark("]", tokens[-1])]


def _rows(tokens: list[Token]) -> list[Token]:
    """`[1, 2; 3, 4]` and `[1 2; 3 4]` as `[[1, 2], [3, 4]]`; `[1 2 3]` as `[1, 2, 3]`."""
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.kind != "open" or token.text != "[":
            found.append(token)
            at += 1
            continue
        close = closes(tokens, at)
        inside = _rows(tokens[at + 1 : close])
        lines = [line for line in split(inside, (";",)) if line]
        lines = [_spaced(line, several=len(lines) > 1) for line in lines]
        found.append(token)
        for number, line in enumerate(lines):
            if number:
                found.append(_mark(",", line[0]))
            wrap = len(lines) > 1
            found += [_mark("[", line[0]), *line, _mark("]", line[-1])] if wrap else line
        found.append(tokens[close])
        at = close + 1
    return found


def _spaced(line: list[Token], *, several: bool) -> list[Token]:
    """Entries with blanks between them get commas; words only where `;` stands between rows."""
    if len(split(line, (",",))) > 1:
        return line
    kinds = ("number", "word", "open", "command") if several else ("number", "open")
    found = line[:1]
    depth = sum(nesting(token) for token in found)
    for before, token in pairwise(line):
        starts = token.kind in kinds and (token.kind != "open" or token.text == "[")
        index = line.index(token)
        after = line[index + 1] if index + 1 < len(line) else None
        signed = token.text in ("-", "+") and after is not None and not after.spaced
        if depth == 0 and token.spaced and (starts or signed):
            behind = several or before.kind in ("number", "close")
            if behind and before.text not in SIGNS_BEFORE_ENTRY and before.kind != "command":
                found.append(_mark(",", token))
        depth += nesting(token)
        found.append(token)
    return found
