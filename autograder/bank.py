"""Right and wrong answers with hints: `solutions/<assignment>/bank/<question>.yaml`.

The bank names mistakes. It never decides: without it every verdict is the same.
"""

import ast
import hashlib
import warnings
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, cast

from autograder.assignment import Question
from autograder.errors import AssignmentError, Unreadable
from autograder.kinds import Reading
from autograder.submission import Place, Response

if TYPE_CHECKING:
    import yaml

Behaviour: TypeAlias = Callable[[Reading], str | None]

LONGEST_NAME = 40  # characters: half a line of the class's summary


@dataclass(frozen=True)
class Mistake:
    """Wrong answers that come from one misunderstanding.

    Attributes:
        answers: As typed.
        hint: What a good TA would ask.
        name: A few words for staff.
    """

    answers: tuple[str, ...]
    hint: str
    name: str


@dataclass(frozen=True)
class Entries:
    """The bank of one question."""

    right: tuple[str, ...] = ()
    wrong: tuple[Mistake, ...] = ()


class Known(NamedTuple):
    """A banked wrong answer, read; `reading` is None when it can't be read."""

    fingerprint: str
    reading: Reading | None
    mistake: Mistake


class Bank:
    """All banks of an assignment; each is read when first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, list[Known]] = {}
        self._behaviours: dict[str, dict[str, Mistake]] = {}

    def entries(self, question_id: str) -> Entries:
        """Read one question's bank; empty when there is none.

        Errors: AssignmentError saying what is wrong with the file.
        """
        path = self._folder / f"{question_id}.yaml"
        return read_entries(path) if path.is_file() else Entries()

    def recognise(
        self,
        question: Question,
        response: Response,
        reading: Reading | None,
        behaviour: Behaviour | None = None,
    ) -> Mistake | None:
        """Find the mistake that a wrong answer makes: by its text, its meaning, what it does.

        Args:
            reading: The answer as it was read, or None when it can't be.
            behaviour: Runs code and tells what it does; without it code goes by its text.

        Errors: AssignmentError when the bank's file is wrong; whatever the kind raises.
        """
        if question.id not in self._known:
            self._known[question.id] = list(self._read(question))
        mine = fingerprint(question, response.text, reading)
        known = self._known[question.id]
        for entry in known:
            if entry.fingerprint == mine:
                return entry.mistake
        same = getattr(question.kind, "same", None)
        if behaviour is not None and reading is not None:
            return self._by_behaviour(question, reading, behaviour)
        if same is None or reading is None:
            return None
        means = cast("Callable[[Reading, Reading], bool]", same)
        return next(
            (e.mistake for e in known if e.reading is not None and means(reading, e.reading)), None
        )

    def _by_behaviour(
        self, question: Question, reading: Reading, behaviour: Behaviour
    ) -> Mistake | None:
        if question.id not in self._behaviours:
            found: dict[str, Mistake] = {}
            for entry in self._known[question.id]:
                does = behaviour(entry.reading) if entry.reading is not None else None
                if does is not None:
                    found.setdefault(does, entry.mistake)
            self._behaviours[question.id] = found
        does = behaviour(reading)
        return self._behaviours[question.id].get(does) if does is not None else None

    def strays(self, ids: Collection[str]) -> list[str]:
        """Files that are read for no question: the name is no id, or ends otherwise."""
        found = (path for path in sorted(self._folder.glob("[!.]*")) if path.is_file())
        return [path.name for path in found if path.suffix != ".yaml" or path.stem not in ids]

    def digest(self) -> str:
        """SHA-256 of all files, hexadecimal; of nothing when there is no bank."""
        total = hashlib.sha256()
        for path in sorted(self._folder.glob("*.yaml")):
            total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
        return total.hexdigest()

    def _read(self, question: Question) -> "list[Known]":
        found = []
        for mistake in self.entries(question.id).wrong:
            for text in mistake.answers:
                try:
                    place = Place(f"bank/{question.id}.yaml")
                    reading: Reading | None = question.kind.read(Response(text, place))
                except Unreadable:
                    reading = None
                found.append(Known(fingerprint(question, text, reading), reading, mistake))
        return found


def fingerprint(question: Question, text: str, reading: Reading | None) -> str:
    """A text that is the same for answers that must be judged the same.

    For code it is the syntax tree, so that comments and layout don't count; for what can't
    be read, and for prose, the words.
    """
    blank = question.kind.form == "blank" or hasattr(question.kind, "template")
    if question.kind.form == "code" or blank:
        text = reading.key if reading is not None and blank else text
        # The last two: where Python's parser gives up on depth or size.
        refusals = (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError)
        with warnings.catch_warnings(), suppress(*refusals):
            warnings.simplefilter("ignore")  # about the student's escapes
            return ast.dump(ast.parse(text.strip().strip("`")))
    if reading is not None and question.kind.form == "typed":
        return f"= {reading.key}"
    return " ".join(text.casefold().split()).strip(" .!`")


def read_entries(path: Path) -> Entries:
    """Read a bank's file.

    Errors: AssignmentError naming the file and the entry.
    """
    import yaml  # a student's check has only the standard library

    try:
        text = path.read_text(encoding="utf-8")
        twice = _repeated(yaml.compose(text, yaml.SafeLoader))
        content: object = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        said = " ".join(part for part in (error.context, error.problem) if part)
        raise AssignmentError(
            f"{path}, line {line}: {said}; text goes below a | or a >, with spaces before it"
        ) from error
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise AssignmentError(f"{path}: {' '.join(str(error).split())}") from error
    if twice is not None:
        raise AssignmentError(f"{path}, {twice} stands there already; make one of the two")
    if content is None:
        return Entries()
    if not isinstance(content, dict) or not content.keys() <= {"right", "wrong"}:
        raise AssignmentError(f"{path}: write `right:` and `wrong:`, nothing else")
    wrong = content.get("wrong") or []
    if not isinstance(wrong, list):
        raise AssignmentError(f"{path}: `wrong:` is a list of entries; start each with a dash")
    return Entries(
        _answers(content.get("right"), f"{path}: right"),
        tuple(_mistake(entry, f"{path}: wrong entry {at}") for at, entry in enumerate(wrong, 1)),
    )


def _repeated(node: "yaml.Node | None") -> str | None:
    """The first key that a mapping has twice: of the two YAML would keep the last only."""
    import yaml

    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            if key.value in seen:
                return f"line {key.start_mark.line + 1}: `{key.value}:`"
            seen.add(key.value)
            if (found := _repeated(value)) is not None:
                return found
    elif isinstance(node, yaml.SequenceNode):
        return next((found for item in node.value if (found := _repeated(item))), None)
    return None


def _mistake(entry: object, where: str) -> Mistake:
    keys = {"answers", "hint", "name"}
    if not isinstance(entry, Mapping) or not entry.keys() <= keys or not entry.get("answers"):
        raise AssignmentError(f"{where}: write `answers:` and `hint:`, if you like `name:`")
    answers = _answers(entry["answers"], where)
    hint, name = entry.get("hint") or "", entry.get("name") or ""
    if not isinstance(hint, str) or not isinstance(name, str):
        raise AssignmentError(f"{where}: hint and name are text; begin them with `>`")
    first = answers[0].strip().splitlines()[0] if answers else ""
    short = first if len(first) <= LONGEST_NAME else f"{first[: LONGEST_NAME - 1]}…"
    return Mistake(answers, " ".join(hint.split()), " ".join(name.split()) or short)


def _answers(value: object, where: str) -> tuple[str, ...]:
    """Answers of a block, one a line, or of a list, where one may have several lines."""
    if value is None:
        return ()
    if isinstance(value, str):
        return tuple(line for line in value.splitlines() if line.strip())
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    raise AssignmentError(f"{where}: answers are text; put them below a | or between quotes")
