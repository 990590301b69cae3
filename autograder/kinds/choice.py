"""Any number of the options: ticked, listed, or written as a set."""

import re
import unicodedata
from dataclasses import dataclass
from typing import ClassVar

from autograder.errors import AssignmentError, Unreadable
from autograder.kinds import Form, Reading, Workshop
from autograder.sandbox import Session
from autograder.submission import Response
from autograder.verdict import Finding, Verdict

NONE = frozenset({"none", "nothing", "no", "neither", "empty", "∅", r"\emptyset", r"\varnothing"})
ALL = frozenset({"all", "every", "each", "everything"})
# Words that change nothing between options; "not", "or" and "but" are not among them.
FILLERS = frozenset(
    {"and", "only", "just", "both", "the", "of", "them", "these", "is", "are", "it", "answer"}
    | {"matrix", "matrices", "weight", "weights", "set", "option", "options", "plus"}
    | {r"\cup", r"\land", r"\wedge", r"\quad", r"\left", r"\right"}
)
COUNTS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
STYLE = re.compile(
    r"\\(?:mathbf|mathrm|mathit|mathsf|text|textbf|texttt|boldsymbol|bm|operatorname|boxed)\b|\*\*"
)
BOX = re.compile(r"^[ \t]*(?:[-*•+][ \t]*)?\[([ xX✓✔]?)\](?=[ \t]*\S)", re.MULTILINE)
BULLET = re.compile(r"^[ \t]*(?:[-*•–+]|\d+[.)](?=\s))", re.MULTILINE)
SEPARATOR = re.compile(r"\\[{},;! ]|[\s,;.:&+|(){}\[\]<>\"'`$•∪∧“”‘’*]+")
CLOSING = {"(": ")", "[": "]", "{": "}"}
WORD = re.compile(r"\\?\w+|.", re.DOTALL)


@dataclass(frozen=True)
class Choice:
    """A subset of the options; the empty one counts as an answer.

    Args:
        options: Names in the order of the echo, such as `("W_q", "W_k")`.
    """

    options: tuple[str, ...]

    form: ClassVar[Form] = "typed"
    label: ClassVar[str] = "choice"

    def __post_init__(self) -> None:
        plain = {re.sub(r"[\W_]", "", option).casefold() for option in self.options}
        if len(plain) < len(self.options) or "" in plain:
            raise AssignmentError(f"options {self.options} can't be told apart when typed")

    def read(self, answer: Response) -> Reading:
        """Read the names; capitals, brackets, fonts and words such as "only" don't count.

        Errors: Unreadable `empty`, `not_closed`, `unbalanced`, `not_an_option` (data: `word`,
        `options`).
        """
        text = _same_length(answer.text)
        if not text.strip():
            raise Unreadable("empty")
        _check_brackets(text)
        chosen: set[str] = set()
        sweeping: re.Match[str] | None = None
        for found in self._words(text):
            word = found[0].casefold()
            option = self._option(found[0])
            if option is not None:
                chosen.add(option)
            elif sweeping is None and word in ALL | NONE:
                sweeping = found
            elif word not in FILLERS and not (sweeping and self._is_count(word)):
                raise self._unknown(answer.text, *found.span())
        if sweeping is not None:
            meant = set(self.options) if sweeping[0].casefold() in ALL else set()
            if chosen and chosen != meant:
                raise self._unknown(answer.text, *sweeping.span())
            chosen = meant
        elif not chosen and not re.search(r"[\[\](){}]", text):
            raise self._unknown(answer.text, 0, len(answer.text))
        names = [option for option in self.options if option in chosen]
        return Reading(f"{{{', '.join(names)}}}" if names else "none", frozenset(names))

    def prepare(self, reference: Reading, workshop: Workshop) -> object:
        """The right set."""
        return reference.content

    def judge(self, reading: Reading, prepared: object, sandbox: Session) -> Finding:
        """Compare as sets."""
        if reading.content == prepared:
            return Finding(Verdict.CORRECT, "right")
        return Finding(Verdict.INCORRECT, "wrong_choice")

    def _words(self, text: str) -> list[re.Match[str]]:
        """Options and other words, in order, without separators and unticked lines."""
        text = STYLE.sub(_spaces, text)
        if BOX.search(text):
            lines = text.splitlines(keepends=True)
            text = "".join(line if _ticked(line) else _spaces(line) for line in lines)
            text = BOX.sub(_spaces, text)
        text = BULLET.sub(_spaces, text)
        names = "|".join(_pattern(option) for option in self.options)
        pattern = re.compile(rf"(?<!\w)(?:{names})(?!\w)", re.IGNORECASE)
        found, at = [], 0
        while at < len(text):
            gap = SEPARATOR.match(text, at)
            if gap is None:
                match = pattern.match(text, at) or WORD.match(text, at)
                assert match is not None  # WORD takes any character
                found.append(match)
            at = (gap or found[-1]).end()
        return found

    def _option(self, word: str) -> str | None:
        fits = (o for o in self.options if re.fullmatch(_pattern(o), word, re.IGNORECASE))
        return next(fits, None)

    def _is_count(self, word: str) -> bool:
        count = len(self.options)
        return word == str(count) or (count < len(COUNTS) and word == COUNTS[count])

    def _unknown(self, text: str, start: int, end: int) -> Unreadable:
        return Unreadable(
            "not_an_option", (start, end), word=text[start:end].strip(), options=[*self.options]
        )


def _pattern(option: str) -> str:
    r"""A regular expression for the ways to type a name: `W_v`, `W_{v}`, `{W}^v`, `W\_v`, `Wv`."""
    parts = [re.escape(part) for part in re.split(r"[\W_]+", option) if part]
    return r"[\s{}\\]{0,4}[_^]?[\s{}\\]{0,20}".join(parts)  # room for a font that is dropped


def _check_brackets(text: str) -> None:
    """See that brackets and double quotes come in pairs.

    Errors: Unreadable `not_closed` or `unbalanced` at the bracket that is alone.
    """
    opened: list[int] = []
    for at, char in enumerate(text):
        if char in "([{":
            opened.append(at)
        elif char in ")]}":
            if not opened or CLOSING[text[opened.pop()]] != char:
                raise Unreadable("unbalanced", (at, at + 1), bracket=char)
    if opened:
        raise Unreadable("not_closed", (opened[-1], opened[-1] + 1), bracket=text[opened[-1]])
    if text.count('"') % 2:
        raise Unreadable("not_closed", (text.index('"'), text.index('"') + 1), bracket='"')


def _ticked(line: str) -> bool:
    box = BOX.match(line)
    return box is None or bool(box[1].strip())


def _same_length(text: str) -> str:
    """Plain letters for bold, slanted and subscript ones, each in its column."""
    plain = (unicodedata.normalize("NFKC", char) for char in text)
    return "".join(new if len(new) == 1 else old for new, old in zip(plain, text, strict=True))


def _spaces(found: re.Match[str] | str) -> str:
    text = found if isinstance(found, str) else found[0]
    return "".join("\n" if char == "\n" else " " for char in text)
