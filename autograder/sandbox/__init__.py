"""Runs student code in another process: arrays in, arrays out; the caller compares.

    grader ──┬─ asks ───▶ zygote (torch imported once, one thread) ── forks ──▶ child
             └─ three pipes: job, outcomes, printed text ──────────────────────▶ child

The child runs the code and holds nothing worth stealing; what comes back is bounded and
never unpickled. `layers.py` says what binds the child.
"""

from autograder.sandbox.sandbox import Sandbox, Session
from autograder.sandbox.values import (
    Array,
    Call,
    Exited,
    Instance,
    Job,
    Layer,
    Limits,
    Other,
    Outcome,
    Raised,
    Report,
    Returned,
    SandboxError,
    TimedOut,
    Unusable,
    Value,
)

__all__ = [
    "Array",
    "Call",
    "Exited",
    "Instance",
    "Job",
    "Layer",
    "Limits",
    "Other",
    "Outcome",
    "Raised",
    "Report",
    "Returned",
    "Sandbox",
    "SandboxError",
    "Session",
    "TimedOut",
    "Unusable",
    "Value",
]
