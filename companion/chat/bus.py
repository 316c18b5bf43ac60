"""The bus: it tells every process which groups and people something changed for.

It carries ids and never texts, and nothing depends on it: what it loses is found by the next look
into the database (`live.Hub` looks every few seconds). One process needs none; several find each
other through PostgreSQL (LISTEN/NOTIFY) or Redis, by the setting COMPANION_BUS.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterable
from typing import Any, Protocol
from uuid import UUID

import psycopg

log = logging.getLogger(__name__)

CHANNEL = "companion"
AT_ONCE = 100  # ids in one message; PostgreSQL takes 8,000 bytes
FIRST_WAIT, LONGEST_WAIT = 0.5, 10.0

# Both say OSError when a line breaks, and errors of their own.
_BROKEN: tuple[type[Exception], ...] = (OSError, psycopg.Error)
try:
    from redis.exceptions import RedisError
except ImportError:  # it is for those who use it
    pass
else:
    _BROKEN = (*_BROKEN, RedisError)

Heard = Callable[[frozenset[UUID]], None]


class Bus(Protocol):
    """A way between processes."""

    async def run(self, heard: Heard) -> None:
        """Listen and send until cancelled. An empty set means that something may have been lost."""

    def publish(self, ids: frozenset[UUID]) -> None:
        """Tell the other processes, soon."""


class Alone:
    """The bus of a single process: there is nobody else to tell."""

    async def run(self, heard: Heard) -> None:
        await asyncio.Event().wait()

    def publish(self, ids: frozenset[UUID]) -> None:
        return


class Line(Protocol):
    """A way to listen, and a way to send."""

    def listen(self) -> AsyncIterator[str]: ...

    async def send(self, texts: AsyncIterator[str]) -> None: ...


class Between:
    """A bus over a line that may break: it comes back by itself."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._waiting: asyncio.Queue[str] = asyncio.Queue(maxsize=10_000)
        self._unsent = ""

    async def run(self, heard: Heard) -> None:
        async with asyncio.TaskGroup() as both:
            both.create_task(_again_and_again(lambda: self._listen(heard)))
            both.create_task(_again_and_again(lambda: self._line.send(self._texts())))

    def publish(self, ids: frozenset[UUID]) -> None:
        for text in _written(ids):
            try:
                self._waiting.put_nowait(text)
            except asyncio.QueueFull:
                log.warning("the bus is full: the others look for themselves")

    async def _texts(self) -> AsyncIterator[str]:
        """What is to be sent. One that did not get through is the first on the next line."""
        while True:
            self._unsent = self._unsent or await self._waiting.get()
            yield self._unsent
            self._unsent = ""

    async def _listen(self, heard: Heard) -> None:
        is_first = True
        async for text in self._line.listen():
            if is_first:
                is_first = False
                heard(frozenset())
            if ids := _read(text):
                heard(ids)


class PostgreSQLLine:
    """LISTEN and NOTIFY; a connection for each."""

    def __init__(self, address: str) -> None:
        self._address = address

    async def listen(self) -> AsyncIterator[str]:
        async with await self._connect() as connection:
            await connection.execute(f"LISTEN {CHANNEL}")
            yield ""
            async for notify in connection.notifies():
                yield notify.payload

    async def send(self, texts: AsyncIterator[str]) -> None:
        async with await self._connect() as connection:
            async for text in texts:
                await connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, text))

    async def _connect(self) -> psycopg.AsyncConnection[Any]:
        return await psycopg.AsyncConnection.connect(self._address, autocommit=True)


class RedisLine:
    """Publish and subscribe on a Redis or Valkey."""

    def __init__(self, address: str) -> None:
        self._address = address

    async def listen(self) -> AsyncIterator[str]:
        client = self._client()
        async with client, client.pubsub() as ears:
            await ears.subscribe(CHANNEL)
            async for message in ears.listen():
                # The first one says that we are subscribed.
                is_one = message["type"] == "message"
                yield message["data"].decode(errors="replace") if is_one else ""

    async def send(self, texts: AsyncIterator[str]) -> None:
        async with self._client() as client:
            async for text in texts:
                await client.publish(CHANNEL, text)

    def _client(self) -> Any:
        from redis.asyncio import Redis

        return Redis.from_url(self._address)


def bus_at(address: str) -> Bus:
    """The bus of a setting: "" for a single process, postgresql://… or redis://…"""
    if not address:
        return Alone()
    is_redis = address.startswith(("redis://", "rediss://"))
    return Between(RedisLine(address) if is_redis else PostgreSQLLine(address))


async def _again_and_again(work: Callable[[], Any]) -> None:
    wait = FIRST_WAIT
    while True:
        started = asyncio.get_running_loop().time()
        try:
            await work()
        except _BROKEN as problem:
            log.warning("the bus is broken, trying again: %s", type(problem).__name__)
        lasted = asyncio.get_running_loop().time() - started
        wait = FIRST_WAIT if lasted > LONGEST_WAIT else min(2 * wait, LONGEST_WAIT)
        await asyncio.sleep(wait)


def _written(ids: Iterable[UUID]) -> list[str]:
    texts = [each.hex for each in ids]
    return [",".join(texts[start : start + AT_ONCE]) for start in range(0, len(texts), AT_ONCE)]


def _read(text: str) -> frozenset[UUID]:
    try:
        return frozenset(UUID(each) for each in text.split(",") if each)
    except ValueError:
        log.warning("the bus carries something that is not ours")
        return frozenset()
