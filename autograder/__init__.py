"""Auto-graded homework for deep learning: answers judged by what they mean."""

from autograder.assignment import Assignment, Problem, Question, load
from autograder.errors import AssignmentError, SubmissionError, Unreadable, UsageError
from autograder.submission import Response, Submission
from autograder.verdict import Finding, QuestionResult, SubmissionResult, Verdict

__all__ = [
    "Assignment",
    "AssignmentError",
    "Finding",
    "Problem",
    "Question",
    "QuestionResult",
    "Response",
    "Submission",
    "SubmissionError",
    "SubmissionResult",
    "Unreadable",
    "UsageError",
    "Verdict",
    "load",
]
