"""Single answers: one from the command line, or a stream of JSON lines."""

import json
from collections.abc import Generator, Iterable

from autograder.errors import Json
from autograder.feedback import words
from autograder.formats.literals import is_blank
from autograder.grading import Grader
from autograder.submission import Place, Response
from autograder.verdict import QuestionResult, Verdict

PLACE = Place("answer")


def judge_answer(question_id: str, text: str, grader: Grader) -> QuestionResult:
    """Judge one answer as if it were a submission of its own; an unknown id is `invalid`."""
    question = grader.assignment.questions.get(question_id)
    if question is None:
        return unknown(question_id, text)
    response = Response("" if is_blank(text) else text, PLACE)
    with grader.session() as shared:
        return grader.grade_response(question, response, shared)


def stream(lines: Iterable[bytes], grader: Grader) -> Generator[dict[str, Json], None, None]:
    """Judge `{"question", "answer", …}` a line; gives the same object and what was found.

    A line that can't be read gives `{"error"}`; those after it are judged all the same.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield {"error": f"line {number} is not JSON: {' '.join(str(error).split())}"}
            continue
        if not isinstance(asked, dict) or not isinstance(asked.get("question"), str):
            yield {"error": f'line {number}: write {{"question": "q1", "answer": "text"}}'}
        elif not isinstance(answer := asked.get("answer"), str):
            yield {**asked, "error": f"line {number}: the answer must be text, between quotes"}
        else:
            yield {**asked, **found(judge_answer(asked["question"], answer, grader))}


def found(result: QuestionResult) -> dict[str, Json]:
    """What a line of the stream says of an answer."""
    return {
        "verdict": result.verdict.value,
        "code": result.code,
        "score": result.score,
        "points": result.points,
        "feedback": result.feedback,
        "read_as": result.read_as,
    }


def unknown(question_id: str, text: str) -> QuestionResult:
    """The result for an id that the assignment doesn't have."""
    return QuestionResult(
        question=question_id,
        verdict=Verdict.INVALID,
        code="unknown_question",
        score=0,
        points=0,
        feedback=words("unknown_question", {"question": question_id}),
        read_as="",
        proved=False,
        mistake=None,
        answer=text,
        staff_note="",
        digest="",
    )
