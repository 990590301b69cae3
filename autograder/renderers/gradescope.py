"""A graded submission as Gradescope's `results.json`.

Source: https://gradescope-autograders.readthedocs.io/en/latest/specs/ – and what is said there:
a hidden test hides a student's total, so that all tests have the same visibility.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from autograder.renderers.checked import counted
from autograder.renderers.spreadsheet import number
from autograder.report import Upload
from autograder.verdict import QuestionResult, SubmissionResult, Verdict

Visibility: TypeAlias = Literal["visible", "after_due_date", "after_published"]
Content: TypeAlias = dict[str, Any]

WHEN: Mapping[str, str] = {
    "after_due_date": "after the last due date",  # the late one, where there is one
    "after_published": "when the grades are published",
}
STATES = {Verdict.INVALID: "unreadable", Verdict.BLANK: "blank"}
FOLDER = "submission"  # Gradescope's own name for a student's files, which says nothing to students
LONGEST = 1_500  # characters of an answer that are shown
TOLD = 8  # ids that a line lists
NOT_FINISHED = (
    "Grading has not come to its end yet. If this stays, it stopped too early: that is not your "
    "fault, and nothing below that is missing counts as wrong. Next: hand in the same files once "
    "more, or tell the course staff."
)
# What Markdown would take for its own, and HTML. The underscore of a name such as W_q is among it:
# not every Markdown leaves it alone.
SPECIAL = re.compile(
    r"[\\`*_<$&]|](?=[(\[:])|~(?=~)|^(?=[#>+=|-])|^\d+(?=[.)])",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Frame:
    """What is around the questions.

    Attributes:
        numbers: Of each question, such as `4.2`.
        labels: What each question asks for, such as `formula`.
        visibility: When students see verdicts and scores.
        waiting: Questions that are not graded yet: the grading is still going on.
        seconds: That grading took, or None.
    """

    numbers: Mapping[str, str]
    labels: Mapping[str, str]
    visibility: Visibility = "visible"
    upload: Upload = field(default_factory=Upload)
    waiting: tuple[str, ...] = ()
    seconds: float | None = None


def results_json(result: SubmissionResult, frame: Frame) -> Content:
    """The content of `results.json`: one test a question, its text in Markdown."""
    opened = _opened(result) or bool(frame.waiting)
    tests = [test(each, frame) for each in result.questions] if opened else [_unopened(result)]
    tests += [_unfinished(name, frame) for name in frame.waiting]
    content: Content = {
        "score": result.score,
        "output": "\n\n".join(_head(result, frame, opened)),
        "output_format": "md",
        "test_output_format": "md",
        "test_name_format": "text",
        "visibility": frame.visibility if opened else "visible",
        "stdout_visibility": "hidden",
        "extra_data": {
            "assignment": result.assignment,
            "version": result.version,
            "assignment_digest": result.assignment_digest,
            "submission_digest": result.submission_digest,
            "finished": not frame.waiting,
            "complete": result.complete and opened and not frame.waiting,
        },
        "tests": tests,
    }
    if frame.seconds is not None:
        content["execution_time"] = round(frame.seconds, 1)
    return content


def test(result: QuestionResult, frame: Frame) -> Content:
    """One question. An answer that nobody can score yet has no score, and none to be had."""
    found: Content = {
        "number": frame.numbers.get(result.question, ""),
        "name": _name(result.question, frame),
        "name_format": "text",
        "output": "\n\n".join(_said(result)),
        "output_format": "md",
        "tags": [result.verdict.value],
        "visibility": frame.visibility,
        "extra_data": {
            "question": result.question,
            "verdict": result.verdict.value,
            "code": result.code,
            "read_as": result.read_as,
            "proved": result.proved,
            "digest": result.digest,
        },
    }
    if result.score is None:
        return found
    right = result.verdict is Verdict.CORRECT or result.score >= result.points
    return {
        **found,
        "score": result.score,
        "max_score": result.points,
        "status": "passed" if right else "failed",
    }


def staff_text(result: SubmissionResult, frame: Frame) -> str:
    """What staff see as the output of the run: every verdict with its code and its notes."""
    lines = [f"{result.assignment} {result.version} · {result.student} · {result.submission}"]
    lines += [f"note: {note}" for note in result.notes]
    lines += [f"note: {frame.upload.about}"] if frame.upload.about else []
    lines += [f"earlier submissions: {frame.upload.attempts}"] if frame.upload.attempts else []
    for each in result.questions if _opened(result) else ():
        score = "-" if each.score is None else number(each.score)
        named = f"  mistake: {each.mistake}" if each.mistake else ""
        note = f"  {each.staff_note}" if each.staff_note else ""
        line = f"{each.question:<12} {each.verdict.value:<9} {score:>3}/{number(each.points)}"
        lines.append(f"{line}  {each.code}{named}{note}")
    return "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    r"""Text that Markdown shows as it is.

    >>> escaped("a*b is <big>, W_q")
    'a\\*b is \\<big>, W\\_q'
    """
    return SPECIAL.sub(
        lambda found: f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}", text
    )


def code(text: str) -> str:
    """Text between as many back-ticks as it takes; several lines as a block."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")  # to Markdown they are the same
    text = text if len(text) <= LONGEST else text[:LONGEST] + " …"
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    if "\n" in text:
        fence = "`" * max(3, longest + 1)
        return f"{fence}\n{text}\n{fence}"
    ticks = "`" * (longest + 1)
    space = " " if {text[:1], text[-1:]} & {"`", " "} else ""
    return f"{ticks}{space}{text}{space}{ticks}"


def _said(result: QuestionResult) -> Iterator[str]:
    """How it was read, and what came of it."""
    if result.read_as and result.verdict is not Verdict.BLANK:
        yield _quoted("Read as", result.read_as)
    elif result.answer.strip() and result.verdict is Verdict.INVALID:
        yield _quoted("You wrote", result.answer.strip())
    yield escaped(result.feedback)
    if result.score is None:
        yield f"{_points(result.points)} for a person; not in the score yet."


def _quoted(said: str, text: str) -> str:
    shown = code(text)
    return f"{said}{chr(10) * 2 if shown.startswith('```') else ' '}{shown}"


def _head(result: SubmissionResult, frame: Frame, opened: bool) -> Iterator[str]:
    """The first lines: what was handed in, what is known, what is not, what to do."""
    name = " ".join("".join(c if c.isprintable() else " " for c in result.submission).split())
    about = [f"{result.assignment} {result.version}", "" if name == FOLDER else name]
    yield escaped(" · ".join(each for each in about if each))
    if frame.waiting:
        yield NOT_FINISHED
    if opened:
        yield from _counts(result, frame)
        for_staff = {each.staff_note for each in result.questions}
        yield from (f"Note: {escaped(note)}" for note in result.notes if note not in for_staff)
    if frame.upload.late is not None:
        yield f"Handed in {_duration(frame.upload.late)} after the due date."
    if frame.visibility == "visible" and opened and not frame.waiting:
        yield from _since(result, frame.upload.earlier)


def _counts(result: SubmissionResult, frame: Frame) -> Iterator[str]:
    """What can be said whatever the scores' visibility is."""
    looked_at = [each for each in result.questions if each.code != "grader_fault"]
    states = [STATES.get(each.verdict, "read") for each in looked_at]
    listed = [f"{states.count('read')} read"]
    for state in ("unreadable", "blank"):
        names = [each.question for each in looked_at if STATES.get(each.verdict) == state]
        listed.append(f"{len(names)} {state}" + (f" ({_ids(names)})" if names else ""))
    if looked_at:
        yield " · ".join(listed)
    open_ones = [each for each in result.questions if each.score is None]
    if open_ones:
        points = sum(each.points for each in open_ones)
        yield f"{_points(points)} for a person: {_ids([each.question for each in open_ones])}."
    if frame.visibility in WHEN:
        judged = counted(len(result.questions) - len(open_ones), "answer is", "answers are")
        yield f"{judged} judged already; you will see verdicts and scores {WHEN[frame.visibility]}."


def _since(result: SubmissionResult, earlier: Mapping[str, float | None]) -> Iterator[str]:
    """What changed since the last submission."""
    if not earlier:
        return
    better, worse = list[str](), list[str]()
    for each in result.questions:
        before = earlier.get(each.question)
        if before is None or each.score is None or before == each.score:
            continue
        (better if each.score > before else worse).append(each.question)
    said = [f"better: {_ids(better)}"] if better else []
    said += [f"worse: {_ids(worse)}"] if worse else []
    yield f"Since your last submission: {'; '.join(said) or 'the same score for every answer'}."


def _opened(result: SubmissionResult) -> bool:
    return any(each.code != "not_opened" for each in result.questions)


def _unopened(result: SubmissionResult) -> Content:
    """In place of all questions, when nothing could be opened."""
    reason = next(iter(result.notes), "")
    reason = reason.removeprefix(f"{FOLDER}: ").removesuffix(".")
    said = f"Nothing could be opened – {reason}" if reason else "Nothing could be opened"
    return {
        "name": "Your files",
        "name_format": "text",
        "status": "failed",
        "output": escaped(f"{said}. Next: upload answers.py, answers.ipynb or a zip with one."),
        "output_format": "md",
        "visibility": "visible",
        "tags": ["not_opened"],
        "extra_data": {"code": "not_opened"},
    }


def _unfinished(name: str, frame: Frame) -> Content:
    return {
        "number": frame.numbers.get(name, ""),
        "name": _name(name, frame),
        "name_format": "text",
        "output": "Not graded yet.",
        "output_format": "md",
        "visibility": frame.visibility,
    }


def _name(question: str, frame: Frame) -> str:
    label = frame.labels.get(question, "")
    return f"{question} ({label})" if label else question


def _points(points: float) -> str:
    return f"{number(points)} {'point waits' if points == 1 else 'points wait'}"


def _ids(names: Sequence[str]) -> str:
    more = f" and {len(names) - TOLD} more" if len(names) > TOLD else ""
    return escaped(", ".join(names[:TOLD])) + more


def _duration(seconds: float) -> str:
    minutes = max(1, round(seconds / 60))
    days, hours, minutes = minutes // 1440, minutes % 1440 // 60, minutes % 60
    parts = [(days, "day"), (hours, "hour"), (minutes, "minute")]
    return " ".join([counted(count, name, f"{name}s") for count, name in parts if count][:2])
