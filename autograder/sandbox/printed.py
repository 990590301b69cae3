"""What a child printed: head and tail, however much there was."""


class Printed:
    """Keeps the first and the last half of `limit` bytes."""

    def __init__(self, limit: int) -> None:
        self._half = limit // 2
        self._total = 0
        self._head = b""
        self._tail = b""

    def add(self, data: bytes) -> None:
        """Take the next bytes."""
        self._total += len(data)
        room = self._half - len(self._head)
        self._head += data[:room]
        rest = self._tail + data[room:]
        self._tail = rest[max(0, len(rest) - self._half) :]

    def text(self) -> str:
        """The text that was kept; between head and tail it says how much was dropped."""
        dropped = self._total - len(self._head) - len(self._tail)
        between = f"\n[… {dropped:,} bytes dropped …]\n".encode() if dropped else b""
        return (self._head + between + self._tail).decode(errors="replace")
