"""How an assignment's questions look in a file: by what name each is found."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a student's check reads files without loading kinds or sandbox
    from autograder.assignment import Assignment


TOP = re.compile(r"^(?:class|def|async\s+def)\s+(\w+)", re.MULTILINE)


@dataclass(frozen=True)
class Questions:
    """The questions of an assignment as a reader needs them.

    Attributes:
        forms: Form of the answer by id: typed, prose, blank or code.
        names: Ids by the name of the function or class that is asked for.
        public: For each public class with blanks: its source and the ids in it.
    """

    forms: Mapping[str, str]
    names: Mapping[str, str]
    public: tuple[tuple[str, frozenset[str]], ...]

    @cached_property
    def assigned(self) -> frozenset[str]:
        """Ids that `id = ...` answers: all but code."""
        return frozenset(id for id, form in self.forms.items() if form != "code")

    @cached_property
    def public_names(self) -> frozenset[str]:
        """Names of the classes with blanks."""
        return frozenset(name for code, _ in self.public for name in TOP.findall(code))

    def is_like_an_id(self, name: str) -> bool:
        """True when a name is no id but looks like one of this assignment's."""
        if name in self.forms or name in self.names:
            return False
        starts = (re.match(r"[a-z]+\d", id) for id in self.forms)
        letters = {start[0][:-1] for start in starts if start}
        return any(re.match(rf"{letter}\d", name) for letter in letters)


def questions_of(assignment: "Assignment") -> Questions:
    """What the reader needs to know of an assignment."""
    forms = {id: str(question.kind.form) for id, question in assignment.questions.items()}
    names = {
        str(getattr(question.kind, "defines", "")): id
        for id, question in assignment.questions.items()
        if question.kind.form == "code"
    }
    public = tuple(
        (problem.code, frozenset(q.id for q in problem.questions if q.kind.form == "blank"))
        for problem in assignment.problems
        if problem.code
    )
    return Questions(forms, names, public)
