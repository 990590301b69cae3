"""The reference of an assignment: read once, prepared when a question is first judged."""

import ast
import hashlib
import importlib.util
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import ModuleType

from autograder.assignment import Assignment, Question
from autograder.errors import AssignmentError, SubmissionError, Unreadable
from autograder.kinds import Workshop
from autograder.outcome import place_of
from autograder.submission import Submission


@dataclass
class Reference:
    """What a solution folder knows.

    Attributes:
        submission: The reference's answers, read by the same reader as a student's.
        folder: The solution folder.
        definitions: Source of the imports and definitions of the reference's file.
    """

    submission: Submission
    folder: Path
    definitions: str = ""
    _prepared: dict[str, object] = field(default_factory=dict)
    _broken: dict[str, str] = field(default_factory=dict)

    def prepared(self, question: Question) -> object:
        """What `kind.judge` needs; made on the first call.

        Errors: AssignmentError when it can't be made, on this call and every later one.
        """
        if question.id in self._broken:
            raise AssignmentError(self._broken[question.id])
        if question.id not in self._prepared:
            try:
                self._prepared[question.id] = self._prepare(question)
            except Exception as error:
                why = str(error) if isinstance(error, AssignmentError) else place_of(error)
                self._broken[question.id] = f"{question.id}: its key fails: {why}"
                return self.prepared(question)
        return self._prepared[question.id]

    @cached_property
    def secret(self) -> bytes:
        """What hidden probes are drawn from; made when missing."""
        path = self.folder / "secret"
        if not path.is_file():
            # A folder that can't be written to still grades, the same way each time.
            with suppress(OSError):
                path.write_text(secrets.token_hex(32) + "\n", encoding="ascii")
        if path.is_file():
            return path.read_bytes().strip()
        return hashlib.sha256(self.submission.digest.encode()).digest()

    @cached_property
    def probes(self) -> ModuleType | None:
        """The solution's `probes.py`, or None."""
        path = self.folder / "probes.py"
        found = importlib.util.spec_from_file_location(f"_probes_{self.folder.name}", path)
        if not path.is_file() or found is None or found.loader is None:
            return None
        module = importlib.util.module_from_spec(found)
        found.loader.exec_module(module)
        return module

    def _prepare(self, question: Question) -> object:
        response = self.submission.responses.get(question.id)
        where = f"{self.submission.source}: {question.id}"
        if response is None:
            raise AssignmentError(f"{where} has no answer")
        if response.fault is not None:
            raise AssignmentError(f"{where} can't be read: {response.fault.code}")
        try:
            reading = question.kind.read(response)
        except Unreadable as error:
            raise AssignmentError(f"{where} can't be read: {error.code}") from error
        # A blank can only be reached in a class whose other blanks are filled.
        source = self.definitions if question.kind.form == "blank" else response.text
        shop = Workshop(question.id, self.probes, self.folder, self.secret, source)
        return question.kind.prepare(reading, shop)


def open_reference(assignment: Assignment) -> Reference:
    """Read `solutions/<name>/answers.py`.

    Errors: AssignmentError when there is none or it can't be opened.
    """
    from autograder.formats import read_file

    path = assignment.solution / "answers.py"
    if not path.is_file():
        stub = assignment.folder / path.name
        raise AssignmentError(f"no reference: {path} is missing; copy {stub} there and fill it in")
    try:
        submission = read_file(path, assignment, "reference")
        definitions = _definitions(path.read_text(encoding="utf-8"))
    except SyntaxError as error:
        said = f"{path}, line {error.lineno}: {error.msg}"
        raise AssignmentError(f"the reference can't be read: {said}") from error
    except (SubmissionError, ValueError) as error:
        raise AssignmentError(f"the reference can't be read: {path}: {error}") from error
    return Reference(submission, assignment.solution, definitions)


def _definitions(source: str) -> str:
    kept = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef)
    found = [node for node in ast.parse(source).body if isinstance(node, kept)]
    return "\n".join(ast.unparse(node) for node in found)
