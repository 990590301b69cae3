"""What students get, made from the spec: the files and whether they are in step."""

from collections.abc import Mapping
from itertools import zip_longest

from autograder.assignment import Assignment
from autograder.handout.markdown import handout
from autograder.handout.notebook import notebook
from autograder.handout.page import page
from autograder.handout.stub import stub


def artefacts(assignment: Assignment) -> Mapping[str, str]:
    """The text of every generated file, by its name in the assignment's folder."""
    return {
        "answers.py": stub(assignment),
        "answers.ipynb": notebook(assignment),
        "README.md": handout(assignment),
        "handout.html": page(assignment),
    }


def differences(assignment: Assignment) -> list[str]:
    """One line for every generated file that doesn't say what the spec says.

    Each names the file, the first line that differs, and both texts of it.
    """
    found = []
    for name, wanted in artefacts(assignment).items():
        path = assignment.folder / name
        if not path.is_file():
            found.append(f"{name}: missing")
            continue
        there = path.read_bytes().decode(errors="replace")
        pairs = zip_longest(there.splitlines(), wanted.splitlines(), fillvalue="(end)")
        for at, (old, new) in enumerate(pairs, start=1):
            if old != new:
                found.append(f"{name}, line {at}: {old.strip()!r}; the spec says {new.strip()!r}")
                break
        else:
            if there != wanted:
                found.append(f"{name}: line ends differ")
    return found


def write(assignment: Assignment) -> list[str]:
    """Write the generated files that differ; their names."""
    changed = []
    for name, wanted in artefacts(assignment).items():
        path = assignment.folder / name
        if not path.is_file() or path.read_bytes() != wanted.encode():
            path.write_bytes(wanted.encode())
            changed.append(name)
    return changed
