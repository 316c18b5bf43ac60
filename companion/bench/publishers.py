"""Those who write: members of the groups, one after the other; and those who open a page."""

import time
from collections.abc import Sequence
from itertools import count, cycle

from companion.bench.house import TEXT, Member
from companion.bench.line import Line
from companion.bench.marks import mark
from companion.bench.outcomes import Outcomes
from companion.bench.place import Place
from companion.bench.served import Served


class Publishers:
    """Whoever's turn it is says something. `said` are the numbers of the messages that were
    answered as saved, `first` is when they began."""

    def __init__(self, place: Place, members: Sequence[Member]) -> None:
        self._place, self._turn, self._numbers = place, cycle(members), count(1)
        self.left = len(members) * place.most
        """How many more they may say before one of them says too much for a minute."""
        self.begin()

    def begin(self) -> None:
        self.said: list[int] = []
        self.outcomes = Outcomes()
        self.first = time.monotonic_ns()

    async def say(self, line: Line) -> None:
        number = next(self._numbers)
        self.left -= 1
        request = self._place.message(next(self._turn), f"{mark(number)} {TEXT}")
        if self.outcomes.is_good(await line.ask(request)):
            self.said.append(number)


class Visitors:
    """Whoever's turn it is opens the conversation. `waits` are the nanoseconds that it took."""

    def __init__(self, place: Served, members: Sequence[Member]) -> None:
        self._place, self._turn = place, cycle(members)
        self.begin()

    def begin(self) -> None:
        self.waits: list[int] = []
        self.outcomes = Outcomes()

    async def look(self, line: Line) -> None:
        start = time.monotonic_ns()
        if self.outcomes.is_good(await line.ask(self._place.page(next(self._turn)))):
            self.waits.append(time.monotonic_ns() - start)
