"""Phones, and the push service that they are rung through: a process of its own."""

import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from companion.bench.ordered import Ordered


@dataclass(frozen=True)
class Rung:
    """How often each phone was sent each topic, by (path, topic); when the first came, and the
    last, in nanoseconds."""

    times: Mapping[tuple[bytes, bytes], int]
    first: int
    last: int

    @property
    def words(self) -> int:
        return len(self.times)

    @property
    def requests(self) -> int:
        return sum(self.times.values())

    @property
    def per_second(self) -> float:
        return self.requests / max(1, self.last - self.first) * 1e9

    @property
    def repeated(self) -> int:
        """How many words came more than once."""
        return sum(times > 1 for times in self.times.values())

    @property
    def most(self) -> int:
        """How many the phone with most of them shows: a word with the same topic takes the place of
        an earlier one, on its way (RFC 8030, 5.4) and on the phone."""
        return max(Counter(path for path, _ in self.times).values(), default=0)


class Phones(Ordered):
    """They can be rung as long as the `with` lasts."""

    def __init__(self) -> None:
        super().__init__("companion.bench.push_service")
        self.origin = f"http://127.0.0.1:{self._pipe.recv()}"

    def forget(self) -> None:
        self.tell("forget")

    def wait_for(self, words: int, patience: float) -> None:
        """Until so many different ones have come, or nothing comes any more."""
        count, moved = 0, time.monotonic()
        while count < words and time.monotonic() - moved < patience:
            time.sleep(0.02)
            before, count = count, self.ask("count")
            moved = time.monotonic() if count != before else moved

    def rung(self) -> Rung:
        return Rung(*self.ask("came"))
