"""Those who listen: many open streams, held by a process of its own beside the server's core."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from companion.bench.house import Member
from companion.bench.ordered import Ordered
from companion.bench.place import Place

PATIENCE = 3.0
"""After so many seconds without a copy, what has not come is lost."""


@dataclass(frozen=True)
class Opened:
    """How many streams were opened, in how many seconds."""

    count: int
    seconds: float

    @property
    def per_second(self) -> float:
        return self.count / self.seconds


@dataclass(frozen=True)
class Copies:
    """What was heard: for each copy the message, the listener and the nanoseconds that it took."""

    messages: Sequence[int]
    listeners: Sequence[int]
    waits: Sequence[int]
    last: int
    sample: bytes


class Listeners(Ordered):
    """They listen as long as the `with` lasts."""

    def __init__(self, place: Place) -> None:
        super().__init__("companion.bench.ears", place.port)
        self._place = place

    def open(self, members: Sequence[Member]) -> Opened:
        """A stream for each of them. Raises RuntimeError when one is refused."""
        return self._open(members, stays=True)

    def visit(self, members: Sequence[Member]) -> Opened:
        """A stream for each of them, closed as soon as it stands."""
        return self._open(members, stays=False)

    def close(self) -> None:
        self.ask("close")

    def forget(self) -> None:
        self.tell("forget")

    def heard(self, expected: int) -> Copies:
        """All copies, as soon as they are there."""
        count, moved = 0, time.monotonic()
        while count < expected and time.monotonic() - moved < PATIENCE:
            time.sleep(0.02)
            before, count = count, self.ask("count")
            moved = time.monotonic() if count != before else moved
        return Copies(*self.ask("copies"))

    def _open(self, members: Sequence[Member], *, stays: bool) -> Opened:
        requests = [self._place.stream(member) for member in members]
        count, seconds, problem = self.ask("open", requests, stays)
        if problem:
            raise RuntimeError(f"a stream was refused: {problem}")
        return Opened(count, seconds)
