"""The public door: a sandbox has sessions, a session runs jobs in a child."""

import math
import os
import signal
import threading
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import repeat
from pathlib import Path
from types import TracebackType
from typing import Self

from autograder.sandbox.jobs import read_reply, write_job
from autograder.sandbox.keeper import Child, Keeper
from autograder.sandbox.pipes import Pipes
from autograder.sandbox.printed import Printed
from autograder.sandbox.probing import FILES, LAYERS
from autograder.sandbox.values import (
    Call,
    Exited,
    Job,
    Limits,
    Outcome,
    Report,
    Returned,
    SandboxError,
    Session,
    TimedOut,
    Unusable,
)
from autograder.sandbox.wire import ALL, MAX_TEXT, WireError

TRIES = 2  # of a job whose processes end by chance: code that ends them does so again
KILLED = Exited(f"killed by signal {signal.SIGKILL:d}")  # also what a system short of memory does
NO_ISOLATION = "no_isolation"
READY_SECONDS = 30.0  # from the fork until the child listens


class ZygoteLost(SandboxError):
    """The zygote ended while student code ran."""


class Sandbox:
    """Runs student code in other processes. May be shared by threads.

    Args:
        limits: Of jobs that don't bring their own.
        guarded: Folders that no child may read.
        wanted: Layers to try; see `probing.py`.
        trusted: Run code also where nothing keeps it from reading files.

    Errors: SandboxError, here and in sessions, when the sandbox itself fails; the next job
        is then run by a new zygote.
    """

    def __init__(
        self,
        limits: Limits = Limits(),  # noqa: B008  # frozen
        *,
        guarded: Sequence[Path] = (),
        wanted: Collection[str] = LAYERS,
        trusted: bool = False,
    ) -> None:
        self.limits = limits
        self._trusted = trusted
        self._guarded = guarded
        self._wanted = wanted
        self._lock = threading.Lock()
        self._keeper: Keeper | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def session(self) -> Iterator[Session]:
        """One child for some jobs, started by the first of them."""
        session = ChildSession(self)
        try:
            yield session
        finally:
            session.close()

    def close(self) -> None:
        """End all processes."""
        with self._lock:
            keeper, self._keeper = self._keeper, None
            if keeper is not None:
                keeper.close()

    def fork(self, limits: Limits) -> Child:
        """Start a child; the zygote too, if there is none.

        Errors: SandboxError.
        """
        keeper = self._started()
        if keeper.missing[FILES] and not self._trusted:
            raise SandboxError(f"no isolation: {keeper.missing[FILES]}", NO_ISOLATION)
        return keeper.fork(limits)

    def missing(self) -> Mapping[str, str]:
        """For each layer and for `files` why it does not hold; empty where it does.

        Errors: SandboxError.
        """
        return self._started().missing

    def _started(self) -> Keeper:
        with self._lock:
            if self._keeper is None or not self._keeper.is_alive():
                if self._keeper is not None:
                    self._keeper.close()
                self._keeper = Keeper(self._wanted, self._guarded)
            return self._keeper


class ChildSession:
    """Runs jobs in one child; takes a fresh one when that is gone or used up."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._child: Child | None = None

    @property
    def used(self) -> bool:
        """Whether the child that takes the next job has run others."""
        return self._child is not None and self._child.used > 0

    def run(self, job: Job, limits: Limits | None = None) -> Report:
        """Run a job.

        Args:
            limits: In place of the sandbox's.

        Errors: SandboxError.
        """
        for last in (n == TRIES for n in range(1, TRIES + 1)):
            try:
                report = self._attempt(job, limits or self._sandbox.limits)
                if last or KILLED not in report.outcomes:
                    return report
            except ZygoteLost:  # by the code, or by chance
                self._child = None
            except SandboxError as error:
                if last or error.code == NO_ISOLATION:
                    raise
        ended = Exited("ended the processes around it")
        return Report((ended,) * len(job.calls), "")

    def _attempt(self, job: Job, limits: Limits) -> Report:
        payload = write_job(job)
        child = self._child_for(limits)
        printed = Printed(limits.output)
        began = time.monotonic()
        child.pipes.begin(payload, printed)
        outcomes: list[Outcome] = []
        count = len(job.calls)
        try:
            for outcome in _outcomes(child.pipes, job.calls, began + limits.seconds):
                outcomes.append(outcome)  # one by one: those before a failure count
            child.pipes.read_last_printed()
        except (TimeoutError, EOFError, WireError) as error:
            missing = _missing(error, self._ended(child), limits.seconds)
            outcomes.extend(repeat(missing, count - len(outcomes)))
        except BaseException:
            self.close()
            raise
        child.used += time.monotonic() - began
        return Report(tuple(outcomes), printed.text())

    def close(self) -> None:
        """End the child; one whose zygote is gone has ended already."""
        if self._child is not None:
            with suppress(SandboxError):
                self._end(self._child)

    def _child_for(self, limits: Limits) -> Child:
        if self._child is not None and not _fits(self._child, limits):
            self.close()
        return self._child or self._fresh_child(limits)

    def _fresh_child(self, limits: Limits) -> Child:
        self._child = child = self._sandbox.fork(limits)
        said = Printed(MAX_TEXT)
        child.pipes.begin(b"", said)
        try:
            child.pipes.frame(time.monotonic() + READY_SECONDS)
        except (TimeoutError, EOFError, WireError):
            self.close()
            raise SandboxError(f"a child could not start: {said.text()}") from None
        return child

    def _ended(self, child: Child) -> int:
        """The status of a child that did not finish its job.

        Errors: ZygoteLost.
        """
        try:
            return self._end(child)
        except SandboxError as error:
            raise ZygoteLost(str(error)) from error

    def _end(self, child: Child) -> int:
        """Kill a child; its status as `os.waitpid` gives it."""
        self._child = None
        try:
            status = child.keeper.end(child)
            child.pipes.read_last_printed()
            return status
        finally:
            child.pipes.close()


def _outcomes(pipes: Pipes, calls: Sequence[Call], deadline: float) -> Iterator[Outcome]:
    """Read one outcome for each call; each is there as soon as it is read.

    Errors: those of `Pipes.frame`; WireError for replies that don't follow one another, or
        that are not about the arguments of their call.
    """
    done, count = 0, len(calls)
    while True:
        call, outcome = read_reply(pipes.frame(deadline))
        if outcome is None and call == done == count:
            return
        if outcome is not None and call == done < count:
            _check_counts(outcome, calls[done])
            yield outcome
            done += 1
        elif call == ALL and done == 0 and not isinstance(outcome, Returned | None):
            yield from repeat(outcome, count)
            done = count
        else:
            raise WireError("malformed: replies out of order")


def _check_counts(outcome: Outcome, call: Call) -> None:
    if isinstance(outcome, Returned):
        count = len(call.arguments)
        gradients = count if call.cotangent is not None else 0
        if (len(outcome.arguments), len(outcome.gradients)) != (count, gradients):
            raise WireError("malformed: not as many arguments as the call has")


def _missing(error: Exception, status: int, seconds: float) -> Outcome:
    """The outcome of calls that a child did not answer.

    Args:
        status: How the child ended, as `os.waitpid` gives it.
    """
    code = os.waitstatus_to_exitcode(status)
    if isinstance(error, WireError):
        return Unusable(str(error))
    if isinstance(error, TimeoutError) or code == -signal.SIGXCPU:
        return TimedOut(seconds)
    return Exited(f"exit status {code}" if code >= 0 else f"killed by signal {-code}")


def _fits(child: Child, limits: Limits) -> bool:
    """Whether a child can run one more job under these limits."""
    cpu = math.ceil(child.limits.seconds) + 1 - child.used  # as `layers.py` sets it
    return child.limits.memory == limits.memory and limits.seconds <= cpu and child.pipes.is_quiet()
