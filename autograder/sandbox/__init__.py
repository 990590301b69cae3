"""Runs student code in another process: arrays in, arrays out; the caller compares.

    grader ──┬─ asks ───▶ zygote (torch imported once, one thread) ── forks ──▶ child
             └─ three pipes: job, outcomes, printed text ──────────────────────▶ child

The child runs the code and holds nothing worth stealing; what comes back is bounded and
never unpickled. `layers.py` says what binds the child.

A student's check needs the plain data only, also where nothing can be forked.
"""

from typing import TYPE_CHECKING

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
    Session,
    TimedOut,
    Unusable,
    Value,
)

if TYPE_CHECKING:
    from autograder.sandbox.sandbox import Sandbox

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


def __getattr__(name: str) -> object:
    """The sandbox itself, once somebody opens one."""
    if name != "Sandbox":
        raise AttributeError(name)
    from autograder.sandbox.sandbox import Sandbox

    return Sandbox
