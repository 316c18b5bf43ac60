"""Nobody listens: pages and messages as fast as they are answered; and streams that come and go."""

import asyncio
import time
from collections.abc import Sequence
from itertools import cycle, islice

from companion.bench.figures import Figures, mebibytes, milliseconds, number
from companion.bench.house import Member
from companion.bench.listeners import Listeners
from companion.bench.loads import CLOSED_LINES, in_turn
from companion.bench.machine import memory
from companion.bench.options import Options
from companion.bench.publishers import Publishers, Visitors
from companion.bench.served import Served

WARM_PART = 10
SETTLED_SECONDS = 10.0
ALWAYS = 1_000_000


class Calm:
    """A house that is served, and in which nobody has a stream open for long."""

    def __init__(self, served: Served, members: Sequence[Member]) -> None:
        self.served, self.members = served, members
        self.problems: list[str] = []

    def measure(self, options: Options) -> Figures:
        return self._visits(options.churn) | self._pages(options) | self._posts(options)

    def _visits(self, count: int) -> Figures:
        """Before and after: a first few come and go beforehand, so that everything is warm."""
        with Listeners(self.served) as listeners:
            self._visit(listeners, count // WARM_PART + 1)
            before = memory(self.served.pid)
            per_second = self._visit(listeners, count)
        held = self._settled()
        after = memory(self.served.pid)
        if any(held.values()):
            self.problems.append(f"after everybody left, it still holds {held}")
        return {
            f"{number(count)} streams come and go, per second": number(per_second),
            "memory before → after": f"{mebibytes(before)} → {mebibytes(after)}",
            "streams, rooms held after": "{streams}, {rooms}".format(**held),
        }

    def _visit(self, listeners: Listeners, count: int) -> float:
        visited = listeners.visit(list(islice(cycle(self.members), count)))
        return visited.per_second

    def _settled(self) -> dict[str, int]:
        """What it holds, once it has noticed who left."""
        until = time.monotonic() + SETTLED_SECONDS
        while any((held := self.served.holds()).values()) and time.monotonic() < until:
            time.sleep(0.1)
        return held

    def _pages(self, options: Options) -> Figures:
        visitors = Visitors(self.served, self.members)
        port = self.served.port
        asyncio.run(in_turn(port, visitors.look, options.seconds / 5, ALWAYS))
        visitors.begin()
        took = asyncio.run(in_turn(port, visitors.look, options.seconds, ALWAYS))
        self.problems += visitors.outcomes.problems[:1]
        label = f"pages of 30 messages per second, {CLOSED_LINES} at once"
        return {
            label: number(len(visitors.waits) / took),
            "for each, p50 / p99, ms": milliseconds(visitors.waits),
        }

    def _posts(self, options: Options) -> Figures:
        publishers = Publishers(self.served, self.members)
        say, most = publishers.say, publishers.left
        took = asyncio.run(in_turn(self.served.port, say, options.seconds, most))
        self.problems += publishers.outcomes.problems[:1]
        label = f"messages saved per second, {CLOSED_LINES} at once"
        return {label: number(len(publishers.said) / took)}
