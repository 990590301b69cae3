"""A check in a notebook as text: the same lines as on the command line, and what is special."""

from collections.abc import Mapping, Sequence

from autograder.renderers.checked import Page, answer_lines, command_lines
from autograder.renderers.columns import paragraph
from autograder.renderers.encoding import to_encoding
from autograder.report import CheckedAnswer, State, Tried

LATER = (
    'Not checked here: whether it is right. "Read" is not "right": an answer meets the key only'
    " after you hand in."
)
PERSON = "Not checked here: what it says. A person marks it, after you hand in."
BLANK = "Next: fill the blank and run its cell, then check again."
IN_QUOTES = 'Next: write the name of one in quotes, such as grader.check("{}").'
NOT_RUN = "The saved notebook has an answer here. Next: run its cell, then check again."
EDITED = (
    "edited since you ran it: the saved notebook has another answer. Next: run its cell again,"
    " then check again."
)
RESTART = "Next: restart the kernel and run all cells, then check again."
INDENT = 16
PAGE = Page(70)  # columns; a notebook between its side bars has hardly more


def asked_text(
    answers: Sequence[CheckedAnswer], tried: Tried | None, steps: Mapping[str, str], by_hand: bool
) -> str:
    """One question or a few of them.

    Args:
        steps: What the kernel and the saved notebook are to one another, by question.
        by_hand: Whether a person marks all of them.
    """
    lines: list[str] = []
    for answer in answers:
        lines += answer_lines(answer, PAGE)
        if steps.get(answer.question) == "not run":
            lines += _paragraph(NOT_RUN, INDENT)
    if any(answer.state is State.BLANK and not answer.head for answer in answers):
        lines += _paragraph(BLANK)
    if tried is not None:
        lines += command_lines(tried.absent, PAGE)
        lines += [line for row in tried.rows for line in answer_lines(row, PAGE)]
    if any(answer.state is State.READ for answer in answers):
        lines += _paragraph(PERSON if by_hand else LATER)
    return _shown(lines)


def apart(place: str) -> str:
    """When running the cell again would not bring what was run and what is saved together.

    Args:
        place: Where the saved notebook has its answer, or empty for none.
    """
    has = f"another answer, in {place}, and that counts" if place else "no answer here"
    return f"the saved notebook has {has}. {RESTART}"


def apart_uses(names: Sequence[str]) -> str:
    """When that holds for what the answer's code uses."""
    return (
        f"the saved notebook lacks what this uses, or has it otherwise: {_listed(names)}. {RESTART}"
    )


def in_a_cell(said: str) -> str:
    """A sentence that ends with a command of pip, which a cell of a notebook can run.

    The notebook imports numpy, too, and torch can be had without it.
    """
    more = said.replace(" --upgrade torch", " torch numpy") if "not installed" in said else said
    return more.replace("pip install ", "%pip install ")


def ready_text(said: str) -> str:
    """What stands below the cell that makes everything ready; empty for nothing."""
    return _shown(command_lines(in_a_cell(said), PAGE))


def steps_text(steps: Mapping[str, str]) -> str:
    """Of all questions: what isn't run yet, and what was edited since."""
    waiting = [question for question, step in steps.items() if step == "not run"]
    edited = [question for question, step in steps.items() if step == "edited"]
    apart = [question for question, step in steps.items() if step == "apart"]
    said = []
    if waiting:
        said.append(
            f"Not run yet, counted as blank here: {_listed(waiting)}. The saved notebook has"
            " answers there. Next: run these cells (Run > Run All Cells), then check again."
        )
    if edited:
        said.append(
            f"Edited since you ran them: {_listed(edited)}. The saved notebook has other answers"
            " there. Next: run these cells again, then check again."
        )
    if apart:
        said.append(f"Not like this in the saved notebook: {_listed(apart)}. {RESTART}")
    return _shown([line for each in said for line in _paragraph(each)])


def one_line(answers: Sequence[CheckedAnswer], tried: Tried | None, by_hand: bool) -> str:
    """The same for a screen that breaks no lines, of answers that can be read."""
    said = [f'{answer.question} is read as "{answer.echo}".' for answer in answers]
    if tried is not None:
        said += [tried.absent, *(f"{row.question}: {row.echo}." for row in tried.rows)]
    said += [f"Note: {note}" for answer in answers for note in answer.notes]
    return _shown([" ".join(filter(None, [*said, PERSON if by_hand else LATER]))])


def export_text(
    zip_name: str,
    notebook: str,
    saved: str,
    answered: Sequence[str],
    blank: Sequence[str],
    unsaved: Sequence[str],
    other: Sequence[str],
    unread: Sequence[str],
) -> str:
    """What was written for handing in, what isn't in it, and what can't be read in it.

    Args:
        unsaved: Questions whose answer was run and is not saved yet.
        other: Those for which the file has another answer than was run.
    """
    when = f" as it was saved at {saved}" if saved else ""
    said = [f"{zip_name} holds {notebook}{when}."]
    if unsaved:
        said.append(
            f"NOT SAVED YET: {_listed(unsaved)}. What you ran there is not what is in the file."
            " Next: save the notebook (Ctrl-S), then run this cell again."
        )
    if other:
        said.append(
            f"NOT WHAT YOU RAN: {_listed(other)}. The file has something else there than what you"
            " ran last. Next: restart the kernel and run all cells; then you see what it has."
        )
    total = len(answered) + len(blank)
    empty = f"; blank: {_listed(blank)}" if blank else ""
    lost = f"; can't be read: {_listed(unread)}" if unread else ""
    said.append(f"In the file {len(answered)} of {total} questions have an answer{empty}{lost}.")
    if not unsaved and not other:
        said.append(f"Next: hand in {zip_name}, or {notebook} itself. {LATER}")
    return _shown([line for each in said for line in _paragraph(each)])


def _listed(names: Sequence[str]) -> str:
    more = len(names) - 8
    return ", ".join(names) if more <= 0 else f"{', '.join(names[:8])} and {more} more"


def _paragraph(text: str, indent: int = 0) -> list[str]:
    return paragraph(text, indent, PAGE.width)


def _shown(lines: Sequence[str]) -> str:
    return to_encoding("\n".join(lines), "utf-8")
