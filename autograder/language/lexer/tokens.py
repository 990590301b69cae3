"""Text to tokens: one stream for ASCII, Python, LaTeX and Unicode, with columns kept."""

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from autograder.errors import Unreadable
from autograder.language.lexer import notation
from autograder.language.lexer.digits import MAX_DIGITS as MAX_DIGITS
from autograder.language.lexer.digits import MAX_TEN_POWER as MAX_TEN_POWER
from autograder.language.lexer.digits import literal

MAX_CHARS = 4_000  # a formula in words is far shorter; a bound on all later work
MAX_TOKENS = 1_500

WORD = re.compile(r"log1p(?![A-Za-z])|[A-Za-z]+\d*")
PERCENT_NAME = re.compile(r"%(?:e|pi|i|inf)(?![A-Za-z0-9])")  # Maxima's constants
ACCENTED = re.compile(r"\s*(?:\{\s*([A-Za-z]+\d*|\\[A-Za-z]+)\s*\}|([A-Za-z])|(\\[A-Za-z]+))")
COMMAND = re.compile(r"\\(operatorname\*|[A-Za-z]+|.)", re.DOTALL)  # but `\pi*2`
SINGLE_COMMAND = re.compile(r"\\[A-Za-z]+")
ALIGNED = re.compile(
    r"\\(?:begin|end)\s*\{(?:align|aligned|alignat|equation|gather|gathered|split|math|displaymath"
    r"|multline|flalign|eqnarray)\*?\}"
)
LONG_SIGNS = ("...", "**", "//", "->", "=>", "<=", "=<", ">=", "!=", "==", ":=", "||", "&&")
SIGN_OF = {"**": "^", "==": "=", ":=": "=", "=>": "->", "&&": "and", "=<": "<="}
PLAIN_SIGNS = frozenset("+-*/^_@!'=<>,;:~")
PAIRS = {"(": ")", "[": "]", "{": "}", "langle": "rangle", "lfloor": "rfloor", "lceil": "rceil"}
CLOSERS = frozenset(PAIRS.values())
# With what only `pairing` tells apart: bars, `<q, k>` and the interval `]0, 1[`.
OPENERS = PAIRS | {"|": "|", "||": "||", "<": ">", "]": "["}


class Token(NamedTuple):
    """One token.

    Attributes:
        kind: `number`, `word`, `sign`, `open`, `close`, `bar`, `command`, `row` or `quote`.
        text: Its one spelling, such as `mu` for `μ` and `\\mu`.
        start, end: Columns in the text as typed.
        spaced: True when white space stands before it.
        value: The number, exact.
        latex: True when it was a LaTeX command, so a name that can't be split.
    """

    kind: str
    text: str
    start: int
    end: int
    spaced: bool = False
    value: Fraction = Fraction(0)
    latex: bool = False


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Cut `text[start:end]` into tokens; columns are those of the whole text.

    Errors: Unreadable `too_long`, `bad_character`, `unknown_command`, `number_too_large`,
    `not_closed` or `unbalanced`, with the columns.
    """
    end = len(text) if end is None else end
    if end - start > MAX_CHARS:
        raise Unreadable("too_long", (start, start + 1), length=end - start, most=MAX_CHARS)
    found: list[Token] = []
    for token in _Scanner(text, start, end).scan():
        found.append(token)
        if len(found) > MAX_TOKENS:
            raise Unreadable("too_long", token[2:4], length=end - start, most=MAX_CHARS)
    return found


def check_brackets(tokens: list[Token], *, intervals: bool = False) -> None:
    """See that every bracket is closed by its own kind; with `intervals`, `[0, 1)` is closed.

    Errors: Unreadable `not_closed` at the opening, `unbalanced` at the closing bracket.
    """
    waiting: list[Token] = []
    for token in tokens:
        if token.kind == "open":
            waiting.append(token)
        elif token.kind == "close":
            if not waiting:
                raise Unreadable("unbalanced", token[2:4], bracket=token.text)
            opened = waiting.pop()
            half_open = intervals and {opened.text, token.text} <= set("()[]")
            if OPENERS[opened.text] != token.text and not half_open:
                raise Unreadable("not_closed", opened[2:4], bracket=opened.text, found=token.text)
    if waiting:
        raise Unreadable("not_closed", waiting[-1][2:4], bracket=waiting[-1].text)


def nesting(token: Token) -> int:
    """1 where a bracket or an environment opens, -1 where one closes."""
    if token.kind == "command":
        return (token.text == "begin") - (token.text == "end")
    return (token.kind == "open") - (token.kind == "close")


class _Scanner:
    """One pass over the text."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.at, self.end = text, start, end
        self.spaced = False
        self.dropped: set[int] = set()  # closing braces of \text{...} and the like
        self.aligned = False  # inside an environment that only sets lines below each other
        self.side = ""  # what `\\left` or `\\right` says of the bracket that follows
        self.left: list[str] = []  # the brackets behind `\\left`

    def scan(self) -> Iterator[Token]:
        while self.at < self.end:
            begin = self.at
            before = self.spaced
            tokens = list(self._next())
            if not tokens and self.at == begin:
                raise AssertionError("the scanner stands still")
            for token in tokens:
                yield token._replace(spaced=before)
                before = False
            if tokens:
                self.spaced = False

    def _next(self) -> Iterator[Token]:
        text, at = self.text, self.at
        char = text[at]
        if (
            char.isspace()
            or char in "\u200b\u200c\u200d\u2060\ufeff\u00ad\u2061\u2062"
            or at in self.dropped
            or (char in "$~" and self._is_blank(char))
        ):
            self.at += 1
            self.spaced = True
        elif char == "\\":
            yield from self._command()
        elif char.isascii() and (char.isdigit() or (char == "." and self._digit_at(at + 1))):
            yield self._number()
        elif char.isascii() and char.isalpha():
            yield self._word()
        elif char == "%" and (name := PERCENT_NAME.match(text, at, self.end)):
            yield self._take(len(name[0]), "word", name[0], latex=True)
        else:
            yield from self._sign(char)

    def _is_blank(self, char: str) -> bool:
        # `~` is a blank in LaTeX and "of the order of" in ASCII; at the start it is the latter
        return char == "$" or (self.at > 0 and "\\" in self.text)

    def _digit_at(self, at: int) -> bool:
        return at < self.end and self.text[at].isascii() and self.text[at].isdigit()

    def _take(self, length: int, kind: str, text: str, **more: object) -> Token:
        token = Token(kind, text, self.at, self.at + length, **more)  # type: ignore[arg-type]
        self.at += length
        return token

    def _number(self) -> Token:
        found = literal(self.text, self.at, self.end)
        typed = self.text[self.at : self.at + found.length]
        return self._take(found.length, "number", typed, value=found.value)

    def _word(self) -> Token:
        match = WORD.match(self.text, self.at, self.end)
        assert match is not None
        return self._take(len(match[0]), "word", match[0])

    def _sign(self, char: str) -> Iterator[Token]:
        for sign in LONG_SIGNS:
            if self.text.startswith(sign, self.at) and self.at + len(sign) <= self.end:
                if sign == "||" and not self.side:
                    yield self._take(2, "bar", sign)
                    return
                if sign != "||":
                    yield self._take(len(sign), "sign", SIGN_OF.get(sign, sign))
                    return
        if char in "([{)]}|":
            yield self._bracket(1, char)
        elif char in PLAIN_SIGNS or char == ".":
            yield self._take(1, "sign", char)
        elif char == "&":
            yield from self._row(1, "&")
        elif char in '"`“”„':
            yield self._take(1, "quote", char)
        else:
            yield from self._unicode(char)

    def _unicode(self, char: str) -> Iterator[Token]:
        if char in notation.SUPERSCRIPTS:
            yield from self._raised(notation.SUPERSCRIPTS, "^")
        elif char in notation.SUBSCRIPTS:
            yield from self._raised(notation.SUBSCRIPTS, "_")
        elif char in notation.FRACTIONS:
            yield self._take(1, "number", char, value=Fraction(*notation.FRACTIONS[char]))
        elif char in notation.GREEK:
            yield self._take(1, "word", notation.GREEK[char], latex=True)
        elif char in notation.LETTERS:
            transposed = char in "ᵀ⊤⊺"
            if transposed and (self.at == 0 or self.text[self.at - 1] not in "^{"):
                yield Token("sign", "^", self.at, self.at)
            yield self._take(1, "word", notation.LETTERS[char], latex=True)
        elif char in notation.SIGNS:
            yield self._take(1, "sign", notation.SIGNS[char])
        elif char in notation.BRACKETS:
            yield self._bracket(1, notation.BRACKETS[char])
        else:
            plain = _plain(char)
            if plain is None:
                raise Unreadable("bad_character", (self.at, self.at + 1), char=char)
            yield self._take(
                1,
                "word" if plain.isalpha() else "number",
                plain,
                value=Fraction(plain) if plain.isdigit() else Fraction(0),
            )

    def _raised(self, table: dict[str, str], sign: str) -> Iterator[Token]:
        begin = self.at
        while self.at < self.end and self.text[self.at] in table:
            self.at += 1
        plain = "".join(table[char] for char in self.text[begin : self.at])
        yield Token("sign", sign, begin, begin)
        yield Token("open", "{", begin, begin)
        for match in re.finditer(r"\d+|[A-Za-z]|[+()=-]", plain):
            span = (begin + match.start(), begin + match.end())
            if match[0].isdigit():
                yield Token("number", match[0], *span, value=Fraction(match[0]))
            elif match[0].isalpha():
                yield Token("word", match[0], *span)
            else:
                kind = {"(": "open", ")": "close"}.get(match[0], "sign")
                yield Token(kind, match[0], *span)
        yield Token("close", "}", self.at, self.at)

    def _bracket(self, length: int, name: str) -> Token:
        """A bracket or bar; behind `\\left` and `\\right` a bar has its side."""
        side, self.side = self.side, ""
        if side == "open":
            self.left.append(name)
        elif side == "close" and self.left:
            self.left.pop()
        latex = length > 1 and name in ("|", "||")
        if name in ("|", "||"):
            return self._take(length, side or "bar", name, latex=latex)
        return self._take(length, "close" if name in CLOSERS else "open", name)

    def _side(self, name: str, length: int) -> Iterator[Token]:
        """`\\left` or `\\right`; a dot behind it is the bracket that is not set."""
        self.at += length
        while self.at < self.end and self.text[self.at] == " ":
            self.at += 1
        self.spaced = True
        self.side = "open" if name == "left" else "close"
        if not self.text.startswith(".", self.at) or self.at >= self.end:
            return
        self.side = ""
        if name == "left":
            self.left.append("")
            self.at += 1
        else:
            opened = self.left.pop() if self.left else ""
            if opened in OPENERS:
                yield self._take(1, "close", OPENERS[opened])
            else:
                self.at += 1

    def _command(self) -> Iterator[Token]:
        match = COMMAND.match(self.text, self.at, self.end)
        if match is None:
            raise Unreadable("bad_character", (self.at, self.at + 1), char="\\")
        name, length = match[1], len(match[0])
        if name in notation.COMMAND_BRACKETS:
            if name[1:] in ("vert", "Vert") and name[0] in "lr":
                self.side = "open" if name[0] == "l" else "close"
            yield self._bracket(length, notation.COMMAND_BRACKETS[name])
        elif name in ("left", "right"):
            yield from self._side(name, length)
        elif name in notation.INVISIBLE:
            self.at += length
            self.spaced = True
        elif name in notation.WRAPPERS:
            yield from self._wrapper(name, length)
        elif name in notation.ACCENTS and (over := ACCENTED.match(
            self.text, self.at + length, self.end
        )):  # fmt: skip
            yield self._accented(name, length, over)
        elif name in notation.COMMAND_SIGNS:
            yield self._take(length, "sign", notation.COMMAND_SIGNS[name])
        elif name == "\\" and self._is_doubled(length):
            self.at += 1  # a backslash typed twice, as ordinary Python strings need it
        elif name == "\\":
            yield from self._row(length, "\\\\")
        elif name in ("begin", "end") and (line := ALIGNED.match(self.text, self.at, self.end)):
            self.at = line.end()
            self.aligned = name == "begin"
            self.spaced = True
        elif name in "()[],;:! >":
            self.at += length
            self.spaced = True
        elif name == "$" and re.match(r"\s*[\d.]", self.text[self.at + length : self.end][:4]):
            self.at += length  # an amount of money
            self.spaced = True
        elif name in "_%#&$":
            yield self._take(length, "sign", name)
        elif name in ("frac", "dfrac", "tfrac", "cfrac"):
            yield self._take(length, "command", "frac")
        elif name in ("begin", "end", "sqrt", "binom", "substack", "tag", "over", "choose"):
            yield self._take(length, "command", name)
        elif name in ("dbinom", "tbinom"):
            yield self._take(length, "command", "binom")
        elif name in notation.COMMAND_WORDS:
            word = notation.COMMAND_WORDS[name]
            yield self._take(length, "word", word, latex=True)
        elif name in KNOWN_COMMANDS:
            yield self._take(length, "word", name, latex=True)
        else:
            raise Unreadable("unknown_command", (self.at, self.at + length), command="\\" + name)

    def _accented(self, name: str, length: int, over: re.Match[str]) -> Token:
        """`\\bar{x}` is the name `xbar`."""
        inside = next(part for part in over.groups() if part)
        letters = inside.removeprefix("\\")
        letters = notation.COMMAND_WORDS.get(letters, letters)
        begin, self.at = self.at, over.end()
        word = letters + notation.ACCENTS[name]
        return Token("word", word, begin, over.end(), latex=True)

    def _is_doubled(self, length: int) -> bool:
        following = self.text[self.at + length : self.at + length + 1]
        return following.isalpha() and "\\begin" not in self.text

    def _row(self, length: int, text: str) -> Iterator[Token]:
        """A mark between the entries of a matrix; between aligned lines it means nothing."""
        if self.aligned:
            self.at += length
            self.spaced = True
        else:
            yield self._take(length, "row", text)

    def _wrapper(self, name: str, length: int) -> Iterator[Token]:
        self.at += length
        while self.at < self.end and self.text[self.at] == " ":
            self.at += 1
        if not self.text.startswith("{", self.at):
            return  # \mathcal O
        close = _matching_brace(self.text, self.at, self.end)
        if close is None:
            raise Unreadable("not_closed", (self.at, self.at + 1), bracket="{")
        inside = self.text[self.at + 1 : close]
        stripped = inside.strip()
        if WORD.fullmatch(stripped):
            begin = self.at + 1 + inside.index(stripped)
            self.at = close + 1
            yield Token("word", stripped, begin, begin + len(stripped), latex=len(stripped) > 1)
        elif (
            name in notation.PROSE_WRAPPERS or name == "boxed" or SINGLE_COMMAND.fullmatch(stripped)
        ):
            self.dropped.add(close)
            self.at += 1
            self.spaced = True


KNOWN_COMMANDS = frozenset(
    set(notation.GREEK.values())
    | {name for name in notation.FUNCTIONS if name.isalpha() and name not in ("int", "float")}
    | {"sum", "prod", "forall", "det", "dim", "Pr", "log", "gcd", "lcm", "mod", "bmod"}
) - {"l"}


def _matching_brace(text: str, at: int, end: int) -> int | None:
    depth = 0
    while at < end:
        if text[at] == "\\":
            at += 1
        elif text[at] in "{}":
            depth += 1 if text[at] == "{" else -1
            if depth == 0:
                return at
        at += 1
    return None


def _plain(char: str) -> str | None:
    """The ASCII letter or digit behind a mathematical alphabet or full-width character."""
    import unicodedata

    plain = unicodedata.normalize("NFKC", char)
    if len(plain) == 1 and plain.isascii() and plain.isalnum():
        return plain
    return notation.GREEK.get(plain)
