r"""A `.json` answer sheet: `{"q1a": "mu.T @ mu", ...}`.

Students type LaTeX with single backslashes. `"\sigma"` isn't JSON and is repaired;
`"\frac"` is JSON for a form feed and `rac`, and gets its backslash back.
"""

import json
import re
from dataclasses import replace

from autograder.errors import SubmissionError
from autograder.formats.answers import FileAnswers, choose
from autograder.formats.decoding import whole
from autograder.formats.definitions import is_untouched_source
from autograder.formats.json_text import why_not_json
from autograder.formats.literals import is_blank, without_mark
from autograder.formats.questions import Questions
from autograder.submission import Note, Place, Response

ESCAPE = re.compile(r'\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})|\\')
LETTERS = {"\b": "b", "\f": "f", "\n": "n", "\r": "r", "\t": "t"}
# LaTeX commands that begin like a JSON escape.
COMMANDS = frozenset(
    re.findall(
        r"\w+",
        """
    bar because begin beta beth between bf bfseries big bigcap bigcup bigg biggl biggr bigl
    bigoplus bigotimes bigr binom bm bmod bmatrix bold boldsymbol bot boxed breve bullet
    fallingdotseq flat forall frac frak frown
    nabla natural ne nearrow neg neq newline nexists ngeq ni nleq nmid nolimits nonumber norm
    not notin nparallel nsubseteq nu
    rangle rank rbrace rbrack rceil rfloor rgroup rho right rightarrow rightharpoonup rm
    rVert rvert
    tag tan tanh tau tbinom text textbf textit textrm textstyle texttt tfrac therefore theta
    thinspace tilde times to top tr trace triangle triangleq tt
    """,
    )
)
DECODED = re.compile(r"([\b\f\n\r\t])([A-Za-z]+)")


class _Number(str):
    """A number as it was written."""


class Pairs(list[tuple[str, object]]):
    """A JSON object with its keys as often as they were written."""


def read_sheet(content: Pairs, file: str, questions: Questions, repaired: bool) -> FileAnswers:
    """The answers of a decoded sheet; `repaired` as `load_sheet` says."""
    candidates: list[tuple[str, Response]] = []
    notes: list[Note] = []
    for key, value in content:
        question = key.strip()
        if question in questions.forms:
            candidates.append((question, _response(question, value, file, questions, repaired)))
        else:
            notes.append(Note("unknown_question", {"file": file, "question": whole(question[:80])}))
    return FileAnswers(file, choose(candidates), tuple(notes))


def _response(
    question: str, value: object, file: str, questions: Questions, repaired: bool
) -> Response:
    try:
        text = "" if value is None else whole(value if type(value) is str else _json(value))
    except RecursionError:
        return Response("", Place(file), fault=Note("too_deep", {"question": question}))
    form = questions.forms[question]
    if form == "code":
        name = next((name for name, id in questions.names.items() if id == question), "")
        return Response("" if is_untouched_source(text, name) else text, Place(file))
    restored = DECODED.sub(_restore, text) if form == "typed" else text
    response = Response("" if is_blank(restored) else without_mark(restored), Place(file))
    if restored != text or (repaired and "\\" in text):
        note = Note("json_backslashes_recovered", {"question": question})
        return replace(response, notes=(note,))
    return response


def _restore(found: re.Match[str]) -> str:
    """The backslash of a command that JSON has taken for an escape."""
    control, rest = found[1], found[2]
    letter = LETTERS[control]
    command = control in "\b\f" or letter + rest in COMMANDS
    return f"\\{letter}{rest}" if command else found[0]


def _json(value: object) -> str:
    """A value as JSON text, numbers as they were written."""
    if isinstance(value, _Number):
        return str(value)
    if isinstance(value, Pairs):
        return "{" + ", ".join(f"{json.dumps(k)}: {_json(v)}" for k, v in value) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_json, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def load_sheet(text: str, name: str) -> tuple[Pairs, bool]:
    """A decoded JSON object, and whether single backslashes had to be doubled first.

    Errors: SubmissionError when it is no object, or no JSON and single backslashes aren't why.
    """
    content, repaired = _decoded(text, name)
    if not isinstance(content, Pairs):
        raise SubmissionError(f'{name}: not an answer sheet such as {{"q1": "..."}}')
    return content, repaired


def _decoded(text: str, name: str) -> tuple[object, bool]:
    try:
        return _loads(text), False
    except json.JSONDecodeError as error:
        doubled = ESCAPE.sub(lambda found: found[0] if len(found[0]) > 1 else "\\\\", text)
        try:
            return _loads(doubled), True
        except (ValueError, RecursionError):
            raise SubmissionError(f"{name}: not JSON: {why_not_json(error)}") from None
    except RecursionError:
        raise SubmissionError(f"{name}: not an answer sheet: nested too deep") from None


def _loads(text: str) -> object:
    return json.loads(
        text,
        strict=False,
        object_pairs_hook=Pairs,
        parse_int=_Number,
        parse_float=_Number,
        parse_constant=_Number,
    )
