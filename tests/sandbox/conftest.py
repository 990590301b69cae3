"""One zygote for all tests that don't need their own."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from autograder.sandbox import Call, Job, Limits, Outcome, Report, Sandbox, Session


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """A sandbox with the default limits."""
    with Sandbox() as started:
        yield started


@pytest.fixture(scope="session")
def bare() -> Iterator[Sandbox]:
    """A sandbox with the process split alone, as on a system that offers nothing more."""
    with Sandbox(wanted=(), trusted=True) as started:
        yield started


@pytest.fixture
def session(sandbox: Sandbox) -> Iterator[Session]:
    """A child of its own."""
    with sandbox.session() as started:
        yield started


@pytest.fixture
def run(session: Session) -> Callable[..., Report]:
    """Run a source and call the named functions without arguments."""

    def run(source: str, *functions: str, **limits: Any) -> Report:
        calls = tuple(Call(name) for name in functions)
        return session.run(Job(source, calls), Limits(**limits))

    return run


@pytest.fixture
def call(session: Session) -> Callable[..., Outcome]:
    """Run a source that defines `f` and call it once."""

    def call(source: str, *arguments: Any, **options: Any) -> Outcome:
        report = session.run(Job(source, (Call("f", arguments, **options),)))
        return report.outcomes[0]

    return call
