"""One judged answer as text for staff."""

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
