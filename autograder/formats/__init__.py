"""Files that students hand in, read into submissions: parsed, never executed."""

from autograder.formats.classes import Attempts, Unread, read_class
from autograder.formats.student import read_file

__all__ = ["Attempts", "Unread", "read_class", "read_file"]
