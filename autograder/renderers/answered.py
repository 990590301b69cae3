"""One judged answer as text for staff."""

from collections.abc import Mapping

from autograder.renderers.columns import WIDTH, caret_lines
from autograder.renderers.spreadsheet import number
from autograder.verdict import QuestionResult


def answer_text(result: QuestionResult) -> str:
    """Verdict, how it was read, what a student is told, what staff should know."""
    score = "-" if result.score is None else number(result.score)
    lines = [f"{result.question}  {result.verdict.value}  {score} / {number(result.points)}"]
    about = {
        "read as": result.read_as,
        "code": f"{result.code}{' (proved)' if result.proved else ''}",
        "mistake": result.mistake or "",
        "student": result.feedback,
        "staff": result.staff_note,
    }
    return "\n".join(lines + [f"{name:<9} {said}" for name, said in about.items() if said]) + "\n"


def compared_text(text: str, found: Mapping[str, object]) -> str:
    """An answer that was compared with a key: verdict, code, how it was read or where not, why."""
    proved = " (proved)" if found["proved"] else ""
    lines = [f"{found['verdict']}  {found['code']}{proved}  {text}"]
    match found["span"]:
        case [int(start), int(end)]:
            lines += caret_lines(text, (start, end), WIDTH)
    lines += [f"read as  {found['read_as']}"] if found["read_as"] else []
    return "\n".join([*lines, str(found["feedback"])]) + "\n"
