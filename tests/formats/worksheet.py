"""A made-up worksheet about pumps, and short ways to read a text or a file of it."""

import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.assignment import Assignment, Problem, Question
from autograder.formats import read_file
from autograder.submission import Response, Submission


@dataclass(frozen=True)
class FakeKind:
    """What the reader asks of a kind."""

    form: str
    defines: str = ""
    label: str = "fake"


PUMP = '''\
class Pump(nn.Module):
    """A pump."""

    def __init__(self, width, stages):
        super().__init__()
        assert width % stages == 0
        self.width = width
        self.inlet = nn.Linear(____, width)  # q3a
        self.outlet = nn.Linear(width, ____)  # q3b

    def pressure(self, flow, loss):
        rates = torch.____(flow, dim=-1) / math.sqrt(self.width)  # q3c
        return torch.matmul(rates, ____)  # q3d

    def forward(self, flow):
        lift = self.pressure(self.inlet(flow), flow)
        return ____(self.join(lift))  # q3e
'''
STUB = f'''\
# autograder: pumps 1.0
"""Pumps: your answers.

Lines that begin with # %% are cells.
"""

import math
import torch
from torch import nn

# %% 1  Flow

# %% q1a  (formula, 1 point)
q1a = r"____"

# %% q1b  (formula, 1 point)
q1b = r"____"

# %% q1c  (prose, 1 point)
q1c = """____"""

# %% q2  (code, 1 point)
def clip(x, low):
    """Return x, at least low."""
    return ____


# %% q3  (blanks q3a to q3e)
{PUMP}'''
FILLED = {
    "q3a": "width",
    "q3b": "self.width",
    "q3c": "nn.functional.softmax",
    "q3d": "loss",
    "q3e": "self.outlet",
}


def pumps() -> Assignment:
    """The worksheet: typed q1a and q1b, prose q1c, code q2, blanks q3a to q3e."""
    kinds = {
        "q1a": FakeKind("typed"),
        "q1b": FakeKind("typed"),
        "q1c": FakeKind("prose"),
        "q2": FakeKind("code", "clip"),
        **{blank: FakeKind("blank") for blank in FILLED},
    }
    made: dict[str, Any] = {id: Question(id, kind, "") for id, kind in kinds.items()}
    typed = [made[id] for id in ("q1a", "q1b", "q1c", "q2")]
    blanks = [made[id] for id in FILLED]
    problems = (Problem("Flow", "", tuple(typed)), Problem("Pump", "", tuple(blanks), code=PUMP))
    return Assignment("Pumps", problems, name="pumps")


def filled(**texts: str) -> str:
    """The public class with its blanks filled, line by line."""
    lines = PUMP.split("\n")
    for blank, text in {**FILLED, **texts}.items():
        lines = [x.replace("____", text) if x.endswith(f"# {blank}") else x for x in lines]
    return "\n".join(lines)


def read_text(folder: Path, source: str | bytes, name: str = "s01.py") -> Submission:
    """Read one file with this text."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(source if isinstance(source, bytes) else source.encode())
    return read_file(path, pumps())


def answer(folder: Path, source: str, question: str = "q1a") -> Response:
    """The answer to one question in a Python file with this text."""
    return read_text(folder, source).responses[question]


def codes(noted: Submission | Response) -> list[str]:
    """The codes of its notes."""
    return [note.code for note in noted.notes]


def notebook(*cells: str | list[str], **more: Any) -> str:
    """The text of a notebook with these code cells."""
    made = [{"cell_type": "code", "source": cell, "outputs": [], "metadata": {}} for cell in cells]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": made, **more})


def zipped(path: Path, members: Mapping[str, str | bytes]) -> Path:
    """A zip with these members."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path
