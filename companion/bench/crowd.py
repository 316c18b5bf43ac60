"""A crowd: so many streams open at once, a quiet day, and then more and more messages."""

import asyncio
import os
from collections.abc import Sequence
from dataclasses import dataclass

from companion.bench.figures import Figures, milliseconds, number
from companion.bench.house import GROUP_SIZE, Member
from companion.bench.listeners import Copies, Listeners
from companion.bench.loads import at_rate
from companion.bench.machine import CLIENTS, memory, worked, worked_by_all
from companion.bench.options import Options
from companion.bench.outcomes import Outcomes
from companion.bench.place import Place
from companion.bench.publishers import Publishers, Visitors

RATE, PAGE_RATE = 50.0, 20.0
FIRST_RATE, FASTER = 100.0, 1.5
STEP_PART = 1 / 3
KEEPS_UP = 0.9
"""Of the copies that were due in a second, how many must come."""
FALLS_BEHIND = 2
"""How often it may not keep up until the rate rises no more."""
WARM_SECONDS = 1.0


@dataclass(frozen=True)
class Heard:
    """What a load brought to the listeners; and how busy the cores were, server's and clients'."""

    messages: float
    copies: float
    lost: int
    doubled: int
    waits: Sequence[int]
    busy: tuple[float, float]


class Crowd:
    """Everybody of these groups listens, and in turn they write."""

    def __init__(self, place: Place, members: Sequence[Member], visitors: Visitors | None) -> None:
        self.place, self.members, self.visitors = place, members, visitors
        self.publishers = Publishers(place, members)
        self.problems: list[str] = []
        self.sample = b""

    def measure(self, options: Options) -> Figures:
        with Listeners(self.place) as listeners:
            figures = self._open(listeners)
            self._load(listeners, RATE, min(WARM_SECONDS, options.seconds), self.visitors)
            figures |= self._quiet(listeners, options.seconds)
            figures |= self._rising(listeners, options)
            listeners.close()
        who = f"{number(len(self.members))} streams"
        return {f"{who}: {what}": figure for what, figure in figures.items()}

    def _open(self, listeners: Listeners) -> Figures:
        before = memory(self.place.pid)
        opened = listeners.open(self.members)
        after = memory(self.place.pid)
        return {
            "opened per second": number(opened.per_second),
            "memory for each, KiB": number((after - before) / opened.count),
        }

    def _quiet(self, listeners: Listeners, seconds: float) -> Figures:
        heard = self._load(listeners, RATE, seconds, self.visitors)
        figures = {
            f"at {number(RATE)} messages/s, copies/s": number(heard.copies),
            "copies lost, doubled": f"{heard.lost}, {heard.doubled}",
            "sent → received, p50 / p99, ms": milliseconds(heard.waits),
            "cores busy, server's / clients'": _shares(heard.busy),
            "turned away (503)": str(sum(each.turned_away for each in self._outcomes())),
        }
        if self.visitors:
            label = f"{number(PAGE_RATE)} pages/s meanwhile, p50 / p99, ms"
            figures[label] = milliseconds(self.visitors.waits)
        return figures

    def _rising(self, listeners: Listeners, options: Options) -> Figures:
        steps: list[Heard] = []
        rate, seconds, behind = FIRST_RATE, options.seconds * STEP_PART, 0
        while len(steps) < options.most_steps and behind < FALLS_BEHIND:
            if steps and rate * seconds > self.publishers.left:
                break
            steps.append(self._load(listeners, rate, seconds, None))
            behind += steps[-1].copies < KEEPS_UP * rate * GROUP_SIZE
            rate *= FASTER
        best = max(steps, key=lambda step: step.copies)
        lost, doubled = sum(step.lost for step in steps), sum(step.doubled for step in steps)
        return {
            "at most, copies/s": number(best.copies),
            "messages/s then": number(best.messages),
            "sent → received then, p50 / p99, ms": milliseconds(best.waits),
            "cores busy then, server's / clients'": _shares(best.busy),
            "copies lost, doubled on the way": f"{lost}, {doubled}",
        }

    def _load(
        self, listeners: Listeners, rate: float, seconds: float, visitors: Visitors | None
    ) -> Heard:
        listeners.forget()
        self.publishers.begin()
        before = self._worked(listeners)
        asyncio.run(self._ask(rate, seconds, visitors))
        copies = listeners.heard(len(self.publishers.said) * GROUP_SIZE)
        after = self._worked(listeners)
        self.sample = copies.sample or self.sample
        heard = _heard(self.publishers, copies, (after[0] - before[0], after[1] - before[1]))
        self._note_problems(heard)
        return heard

    async def _ask(self, rate: float, seconds: float, visitors: Visitors | None) -> None:
        loads = [at_rate(self.place.port, self.publishers.say, rate, seconds)]
        if visitors:
            visitors.begin()
            loads.append(at_rate(self.place.port, visitors.look, PAGE_RATE, seconds))
        await asyncio.gather(*loads)

    def _worked(self, listeners: Listeners) -> tuple[float, float]:
        return worked_by_all(self.place.pid), worked(listeners.pid) + worked(os.getpid())

    def _outcomes(self) -> list[Outcomes]:
        return [each.outcomes for each in (self.publishers, self.visitors) if each]

    def _note_problems(self, heard: Heard) -> None:
        for each in self._outcomes():
            self.problems += each.problems[:1]
        if heard.lost or heard.doubled:
            self.problems.append(f"{heard.lost} copies were lost, {heard.doubled} came twice")


def _heard(publishers: Publishers, copies: Copies, seconds_worked: tuple[float, float]) -> Heard:
    """A message that was answered as saved must have come once to each of its group."""
    said = set(publishers.said)
    came = zip(copies.messages, copies.listeners, strict=True)
    pairs = [(message, listener) for message, listener in came if message in said]
    different = len(set(pairs))
    seconds = max(1, copies.last - publishers.first) / 1e9
    return Heard(
        messages=len(said) / seconds,
        copies=different / seconds,
        lost=len(said) * GROUP_SIZE - different,
        doubled=len(pairs) - different,
        waits=copies.waits,
        busy=(seconds_worked[0] / seconds, seconds_worked[1] / seconds / len(CLIENTS)),
    )


def _shares(busy: tuple[float, float]) -> str:
    return f"{busy[0]:.0%} / {busy[1]:.0%}"
