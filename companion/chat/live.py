"""The hub: what is said comes to every page that is open on it, once and in order.

The rows are the truth. A wake-up names groups and people in which something changed; one look into
the database finds what, from the number on that a room has reached. A wake-up that was lost costs
a few seconds: every room is compared with the database again and again.
"""

import asyncio
import logging
import math
import random
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from uuid import UUID

from sqlalchemy.exc import SQLAlchemyError

from companion.chat import catching_up, rights, scopes
from companion.chat.bus import Bus
from companion.chat.streams import PING, Stream
from companion.db import Database
from companion.errors import Busy
from companion.people.reader import Reader
from companion.pilots.wordings import Shelf

log = logging.getLogger(__name__)

TICK_SECONDS = 1.0
LOOK_TICKS, PING_TICKS = 5, 20
LEASE_SECONDS = 300.0
MOST_STREAMS = 6
"""How many open pages one person may have; the oldest gives way."""


@dataclass
class Room:
    """The open pages of one group, and the number of the last change that they were told."""

    position: int
    streams: set[Stream] = field(default_factory=set)


class Hub:
    """Every open stream of this process."""

    def __init__(self, database: Database, bus: Bus, shelf: Shelf, *, drafts: bool) -> None:
        self._database, self._bus, self._shelf, self._drafts = database, bus, shelf, drafts
        self._rooms: dict[UUID, Room] = {}
        self._people: dict[UUID, list[Stream]] = defaultdict(list)
        self._changed: dict[UUID, int] = {}
        self._doubtful: set[UUID] = set()
        self._stir = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._is_closing = False

    # From the start to the end of the process

    def start(self) -> None:
        self._database.listeners.append(self._noted_here)
        work = (self._pump, self._tick, lambda: self._bus.run(self._heard))
        self._tasks = [asyncio.create_task(_supervised(each)) for each in work]

    def dismiss(self) -> None:
        """End every stream: the server stops, and the pages come back when it is there again."""
        self._is_closing = True
        for stream in self._all():
            stream.end()

    async def stop(self) -> None:
        self.dismiss()
        self._database.listeners.remove(self._noted_here)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def __len__(self) -> int:
        return sum(len(room.streams) for room in self._rooms.values())

    @property
    def is_empty(self) -> bool:
        """Whether it keeps nothing of anybody."""
        return not (self._rooms or self._people)

    def _all(self) -> list[Stream]:
        return [stream for room in self._rooms.values() for stream in room.streams]

    # Waking up

    def _noted_here(self, ids: frozenset[UUID]) -> None:
        self._heard(ids)
        self._bus.publish(ids)

    def _heard(self, ids: frozenset[UUID]) -> None:
        """Something changed for these groups and people; an empty set: nobody knows for whom."""
        for each in ids or (*self._rooms, *self._people):
            if each in self._rooms:
                self._changed.setdefault(each, 0)
            if each in self._people:
                self._doubtful.add(each)
        if self._changed or self._doubtful:
            self._stir.set()

    async def _pump(self) -> None:
        while True:
            await self._stir.wait()
            self._stir.clear()
            changed, self._changed = self._changed, {}
            doubtful, self._doubtful = self._doubtful, set()
            try:
                await self._look_again(doubtful)
            except BaseException:
                self._doubtful |= doubtful
                self._stir.set()
                raise
            await self._tell(changed)  # what fails here, the next comparison finds

    async def _tell(self, changed: dict[UUID, int]) -> None:
        rooms = {group: self._rooms[group] for group in changed if group in self._rooms}
        asked = [
            catching_up.Asked(group, room.position, tuple(room.streams))
            for group, room in rooms.items()
        ]
        if not asked:
            return
        found = await self._database.read(
            lambda db: catching_up.since(db, asked, self._shelf, self._drafts)
        )
        for group, news in found.items():
            room = rooms[group]
            for stream, events in news.events:
                for each in events:
                    stream.tell(each.changed, each.data)
            upto = news.upto if news.is_more else max(news.upto, changed[group])
            if any(s.position < news.upto for s in room.streams if not s.is_over):
                # Somebody came while we were looking: once more, and the others have seen it.
                upto = room.position
            room.position = max(room.position, upto)
            if news.is_more or upto < news.upto:
                self._heard(frozenset({group}))

    async def _look_again(self, doubtful: Iterable[UUID]) -> None:
        """Whether these people may still read along, and whom they have muted by now."""
        streams = [stream for each in doubtful for stream in self._people.get(each, ())]
        if not streams:
            return
        found = await self._database.read(lambda db: [rights.speakers(db, s) for s in streams])
        for stream, speakers in zip(streams, found, strict=True):
            if speakers is None:
                stream.end("over")
            else:
                stream.unheard = scopes.muted(speakers)

    # Coming and going

    async def open(
        self, reader: Reader, group_id: UUID, after: int | None, most: float = math.inf
    ) -> Stream:
        """A stream of what is said from a number on, or from now on, for `most` seconds at most.
        Raises NotFound."""
        lease = LEASE_SECONDS * random.uniform(0.8, 1.2)  # noqa: S311 - spreads, hides nothing
        lease = min(lease, most)
        stream = Stream(reader, group_id, asyncio.get_running_loop().time() + lease)
        self._let_in(stream)
        try:
            await self._catch_up(stream, after)
        except BaseException:
            self.leave(stream)
            raise
        stream.greet()
        self._seat(stream)
        if self._is_closing:
            stream.end()
        return stream

    def _let_in(self, stream: Stream) -> None:
        """From here on she hears of it when her rights change; too many pages of hers give way."""
        hers = self._people[stream.reader.id]
        hers.append(stream)
        for oldest in hers[:-MOST_STREAMS]:
            oldest.end("elsewhere")

    async def _catch_up(self, stream: Stream, after: int | None) -> None:
        """From here on she misses nothing: what she has seen reaches as far as her room has."""
        while True:
            room = self._rooms.get(stream.group_id)
            known = room.position if room else None
            look = partial(
                catching_up.missed, stream=stream, after=after, known=known, shelf=self._shelf,
                drafts=self._drafts,
            )  # fmt: skip
            missed = await self._database.read(look)
            for each in missed.events:
                stream.tell(each.changed, each.data)
            stream.position = after = max(missed.upto, stream.position)
            if missed.is_stale:
                stream.end("stale")
            room = self._rooms.get(stream.group_id)
            if stream.is_over or room is None or room.position <= stream.position:
                return

    def _seat(self, stream: Stream) -> None:
        room = self._rooms.get(stream.group_id)
        if room is None:
            room = self._rooms[stream.group_id] = Room(stream.position)
            # What was said since we looked woke nobody here.
            self._changed.setdefault(stream.group_id, 0)
            self._stir.set()
        room.streams.add(stream)

    def leave(self, stream: Stream) -> None:
        """Her page is closed, or its line is broken."""
        room = self._rooms.get(stream.group_id)
        if room:
            room.streams.discard(stream)
            if not room.streams:
                del self._rooms[stream.group_id]
        hers = self._people.get(stream.reader.id, [])
        with suppress(ValueError):
            hers.remove(stream)
        if not hers:
            self._people.pop(stream.reader.id, None)

    # Again and again

    async def _tick(self) -> None:
        ticks = 0
        while True:
            await asyncio.sleep(TICK_SECONDS)
            ticks += 1
            if ticks % PING_TICKS == 0:
                self._ping()
            if ticks % LOOK_TICKS == 0:
                self._end_leases()
                await self._compare()

    def _end_leases(self) -> None:
        """Whose time is up comes again, if she still may."""
        now = asyncio.get_running_loop().time()
        for stream in self._all():
            if stream.ends_at < now:
                stream.end()

    async def _compare(self) -> None:
        """What a lost wake-up left behind: words that were not told, rights that have ended."""
        groups, streams = list(self._rooms), self._all()
        if not groups:
            return
        lasts, lapsed = await self._database.read(
            lambda db: (catching_up.lasts(db, groups), rights.lapsed(db, streams))
        )
        for stream in lapsed:
            stream.end("over")
        for group, last in lasts.items():
            room = self._rooms.get(group)
            if room and last > room.position:
                self._changed[group] = max(last, self._changed.get(group, 0))
                self._stir.set()

    def _ping(self) -> None:
        """A sign of life, so that a page notices a dead line."""
        for stream in self._all():
            if stream.is_over:
                self.leave(stream)  # nobody ever came to hear its end
            else:
                stream.push(PING)


async def _supervised(work: Callable[[], Awaitable[None]]) -> None:
    """Work that goes on whatever happens: a moment later it is begun again."""
    while True:
        try:
            await work()
        except (SQLAlchemyError, Busy) as problem:
            log.warning("conversations wait for the database: %s", type(problem).__name__)
        except Exception:
            log.exception("conversations")
        await asyncio.sleep(TICK_SECONDS)
