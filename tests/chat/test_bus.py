"""Several processes: what is said to one is heard at the others, and a broken bus comes back."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from uuid import UUID

import psycopg
import pytest

from companion.app import create_app
from companion.chat import bus, live
from companion.chat.bus import Between, bus_at
from companion.config import Config
from companion.db import Database, new_id, open_database
from tests.cast import Cast
from tests.chat.wire import Wire, agree, in_a_loop
from tests.conftest import ENGINE
from tests.redis_server import start_redis, started
from tests.served import free_port, served

BUSES = ["redis", "postgresql"] if ENGINE == "postgresql" else ["redis"]


@pytest.fixture(params=BUSES)
def address(request: pytest.FixtureRequest, database_url: str) -> Iterator[str]:
    if request.param == "postgresql":
        yield database_url
        return
    with start_redis() as redis:
        yield redis


@pytest.fixture
def wires(
    address: str,
    database: Database,
    database_url: str,
    cast: Cast,
    config: Config,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[tuple[Wire, Wire]]:
    """Two processes on one database; neither looks by itself."""
    monkeypatch.setattr(live, "LOOK_TICKS", 10**9)
    agree(database, cast)
    lines = []
    with ExitStack() as stack:
        for own in (database, open_database(database_url)):
            here = replace(config, port=free_port(), bus=address)
            app = create_app(here, own)
            stack.enter_context(served(app, here))
            lines.append(Wire(here.origin, cast.group_id))
            stack.callback(lines[-1].close)
        yield lines[0], lines[1]


def test_what_is_said_to_one_process_is_heard_at_the_other(
    wires: tuple[Wire, Wire], cast: Cast
) -> None:
    here, there = wires
    beatriz = there.greeted(cast.beatriz)

    # Until the buses stand, a wake-up may be lost, and nobody looks in this test.
    until = time.monotonic() + 10
    while beatriz.events.empty():
        assert time.monotonic() < until
        here.say(cast.amina, "hello")
        time.sleep(0.1)

    assert "hello" in beatriz.messages(1)[0].data


def test_it_carries_ids_and_never_texts() -> None:
    ids = frozenset(new_id() for _ in range(250))

    texts = bus._written(ids)

    assert len(texts) == 3
    assert frozenset[UUID]().union(*map(bus._read, texts)) == ids
    assert bus._read("not, ours") == frozenset()


async def _heard_after_a_break(line: Between, breaks: list[ExitStack], port: int) -> list[object]:
    heard: list[object] = []
    running = asyncio.create_task(line.run(heard.append))
    await _until(lambda: heard == [frozenset()])
    breaks.pop().close()
    await asyncio.sleep(0.2)
    again = ExitStack()
    again.enter_context(started(port))
    breaks.append(again)
    await _until(lambda: len(heard) > 1)
    name = frozenset({new_id()})
    while name not in heard:
        line.publish(name)
        await asyncio.sleep(0.1)
    await _end(running)
    return heard


async def _end(running: asyncio.Task[None]) -> None:
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def _until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not is_so():
            await asyncio.sleep(0.02)


def test_a_bus_that_breaks_comes_back_and_says_that_something_may_be_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bus, "FIRST_WAIT", 0.1)
    port, breaks = free_port(), [ExitStack()]
    address = breaks[0].enter_context(started(port))
    line = bus_at(address)
    assert isinstance(line, Between)

    heard = in_a_loop(lambda: _heard_after_a_break(line, breaks, port))

    breaks.pop().close()
    assert heard[:2] == [frozenset(), frozenset()]


def _postgresql_that_ends_the_connection_is_asked_again(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bus, "FIRST_WAIT", 0.1)
    line = bus_at(database_url)

    async def break_it() -> list[object]:
        heard: list[object] = []
        running = asyncio.create_task(line.run(heard.append))
        await _until(lambda: len(heard) == 1)
        with psycopg.connect(database_url, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND query LIKE 'LISTEN%'"
            )
        await _until(lambda: len(heard) == 2)
        await _end(running)
        return heard

    assert in_a_loop(break_it) == [frozenset(), frozenset()]


class Breaking:
    """A line on which the first text does not get through."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.breaks = 1

    async def listen(self) -> AsyncIterator[str]:
        yield ""
        await asyncio.Event().wait()

    async def send(self, texts: AsyncIterator[str]) -> None:
        async for text in texts:
            if self.breaks:
                self.breaks -= 1
                raise ConnectionResetError
            self.sent.append(text)


def test_what_did_not_get_through_is_sent_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bus, "FIRST_WAIT", 0.01)
    line, ids = Breaking(), [new_id(), new_id()]

    async def publish() -> None:
        between = Between(line)
        running = asyncio.create_task(between.run(lambda _: None))
        for each in ids:
            between.publish(frozenset({each}))
        await _until(lambda: len(line.sent) == 2)
        await _end(running)

    in_a_loop(publish)

    assert line.sent == [each.hex for each in ids]


def test_addresses_choose_the_bus() -> None:
    assert isinstance(bus_at(""), bus.Alone)
    for address in ("postgresql://somewhere/x", "redis://somewhere", "rediss://somewhere"):
        assert isinstance(bus_at(address), Between)


if ENGINE == "postgresql":
    test_postgresql_that_ends_the_connection_is_asked_again = (
        _postgresql_that_ends_the_connection_is_asked_again
    )
