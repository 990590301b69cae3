"""The grader's ends of a child's three pipes; each read and write has a deadline."""

import math
import os
import select
import time

from autograder.sandbox.printed import Printed
from autograder.sandbox.wire import MAX_BYTES, WORD, WireError

CHUNK = 1 << 16  # bytes; what a pipe holds
SLACK = 1 << 20  # bytes for outcomes that say that there was no room for one
LAST = 64  # chunks that are read of what was printed when a job has ended


class Pipes:
    """A conversation in frames, with the printed text read all the time.

    A child may send anything, at any pace, or close its ends.
    """

    def __init__(self, request: int, reply: int, log: int) -> None:
        self._request, self._reply, self._log = request, reply, log
        self._unsent = memoryview(b"")
        self._left = 0
        self._printed = Printed(0)
        self._poll = select.poll()
        for descriptor in (request, reply, log):
            os.set_blocking(descriptor, False)
        for descriptor in (reply, log):
            self._poll.register(descriptor, select.POLLIN)

    def begin(self, payload: bytes, printed: Printed) -> None:
        """Send a frame, if there is one, while the answers are read.

        Args:
            printed: Takes what the child prints from now on.
        """
        self._printed = printed
        self._left = MAX_BYTES + SLACK
        self._unsent = memoryview(payload)
        if payload:
            self._poll.register(self._request, select.POLLOUT)

    def frame(self, deadline: float) -> bytes:
        """Read the next frame.

        Args:
            deadline: By `time.monotonic()`, in seconds.

        Errors: TimeoutError; EOFError when the child has closed its end; WireError when the
            frames of this conversation are too large together.
        """
        (length,) = WORD.unpack(self._exactly(WORD.size, deadline))
        if length > self._left:
            raise WireError(f"too large: a reply of {length:,} bytes")
        self._left -= length
        return self._exactly(length, deadline)

    def is_quiet(self) -> bool:
        """Whether the child is there and has sent nothing that nobody asked for."""
        poll = select.poll()
        poll.register(self._reply, select.POLLIN)
        return not poll.poll(0)

    def read_last_printed(self) -> None:
        """Read what has been printed and not been read yet."""
        for _ in range(LAST):
            if not self._read_printed():
                return

    def close(self) -> None:
        """Close all ends."""
        for descriptor in (self._request, self._reply, self._log):
            os.close(descriptor)

    def _exactly(self, size: int, deadline: float) -> bytes:
        data = bytearray()
        while len(data) < size:
            for descriptor in self._wait(deadline):
                if descriptor == self._reply:
                    part = os.read(self._reply, min(CHUNK, size - len(data)))
                    if not part:
                        raise EOFError
                    data += part
                elif descriptor == self._log:
                    self._read_printed()
                else:
                    self._write()
        return bytes(data)

    def _wait(self, deadline: float) -> list[int]:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return [descriptor for descriptor, _ in self._poll.poll(math.ceil(1000 * left))]

    def _read_printed(self) -> bool:
        """Read a chunk; whether there may be more."""
        try:
            data = os.read(self._log, CHUNK)
        except BlockingIOError:
            return False
        self._printed.add(data)
        if not data:
            self._poll.unregister(self._log)
        return bool(data)

    def _write(self) -> None:
        try:
            self._unsent = self._unsent[os.write(self._request, self._unsent) :]
        except BrokenPipeError:
            self._unsent = memoryview(b"")  # the reply will say how the child ended
        if not self._unsent:
            self._poll.unregister(self._request)
