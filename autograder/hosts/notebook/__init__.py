"""Inside a notebook: how answers are read, from the cells that were run."""

from autograder.hosts.notebook.grader import AnswerNeedsWork, Grader, check, said, start

__all__ = ["AnswerNeedsWork", "Grader", "check", "said", "start"]
