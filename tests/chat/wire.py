"""Listening to a conversation over the line, as a phone does, and saying something in it."""

import queue
import socket
import threading
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

import httpx
from anyio.from_thread import start_blocking_portal

from companion.db import Database, new_id
from companion.groups import agreements
from tests.cast import Cast, Player

PATIENCE = 10.0

Result = TypeVar("Result")


@dataclass(frozen=True)
class Event:
    """What a stream said: the number of a change and the message, or the name of an event."""

    id: str = ""
    name: str = ""
    data: str = ""


@dataclass
class Listener:
    """A page that stays open."""

    client: httpx.Client
    address: str
    headers: dict[str, str]
    status: int = 0
    events: "queue.Queue[Event | None]" = field(default_factory=queue.Queue)
    broken: httpx.TransportError | None = None

    def start(self) -> "Listener":
        opened = threading.Event()
        self._thread = threading.Thread(target=self._listen, args=(opened,), daemon=True)
        self._thread.start()
        assert opened.wait(PATIENCE)
        return self

    def _listen(self, opened: threading.Event) -> None:
        try:
            with self.client.stream("GET", self.address, headers=self.headers) as answer:
                self.status, self._answer = answer.status_code, answer
                opened.set()
                fields: dict[str, str] = {}
                for line in answer.iter_lines():
                    name, _, value = line.partition(": ")
                    if line:
                        fields[name] = value
                        continue
                    names = {"id": "id", "event": "name", "data": "data"}
                    told = {names[key]: said for key, said in fields.items() if key in names}
                    self.events.put(Event(**told))
                    fields = {}
        except httpx.TransportError as problem:
            self.broken = problem  # the line was cut, here or there
        finally:
            self.client.close()
            self.events.put(None)

    def next(self) -> Event | None:
        """The next event but pings; None when the stream has ended."""
        event = self.events.get(timeout=PATIENCE)
        return self.next() if event and event.name == "ping" else event

    def until(self, name: str) -> list[Event]:
        """Everything up to an event of this name."""
        heard = []
        while (event := self.next()) and event.name != name:
            heard.append(event)
        assert event, f"ended before {name}"
        return [*heard, event]

    def messages(self, count: int) -> list[Event]:
        """The next messages."""
        heard: list[Event] = []
        while len(heard) < count:
            event = self.next()
            assert event, "the stream has ended"
            if event.data:
                heard.append(event)
        return heard

    def hang_up(self) -> None:
        """The line is cut on this side."""
        line = self._answer.extensions["network_stream"].get_extra_info("socket")
        with suppress(OSError):  # the other side was faster
            line.shutdown(socket.SHUT_RDWR)
        self._thread.join()


@dataclass(frozen=True)
class Wire:
    """The line to a served Companion."""

    origin: str
    group_id: UUID
    opened: list[Listener] = field(default_factory=list)

    def client(self, token: str) -> httpx.Client:
        headers = {"sec-fetch-site": "same-origin", "user-agent": "Chrome Android"}
        return httpx.Client(
            base_url=self.origin, cookies={"sign-in": token}, headers=headers, timeout=PATIENCE
        )

    def listen(
        self, player: Player, after: int | None = None, last_event_id: str | None = None
    ) -> Listener:
        asked = "" if after is None else f"?after={after}"
        address = f"/groups/{self.group_id}/live{asked}"
        # Nothing may come for a while, and that is no mistake.
        client = self.client(player.token)
        client.timeout = httpx.Timeout(PATIENCE, read=60)
        headers = {"last-event-id": last_event_id} if last_event_id else {}
        listener = Listener(client, address, headers).start()
        self.opened.append(listener)
        return listener

    def close(self) -> None:
        for listener in self.opened:
            listener.hang_up()

    def greeted(self, player: Player, after: int | None = None) -> Listener:
        """Once she listens, and has heard what she missed."""
        listener = self.listen(player, after)
        listener.until("hello")
        return listener

    def say(self, player: Player, text: str) -> None:
        with self.client(player.token) as client:
            form = {"id": str(new_id()), "text": text}
            answer = client.post(f"/groups/{self.group_id}/messages", data=form)
        assert answer.status_code == 303, answer.text


def agree(database: Database, cast: Cast, *, partners: bool = False) -> None:
    """The group agrees on something, and everybody says yes to it."""
    with database.writing.begin() as db:
        agreement_id = new_id()
        agreements.write(
            db,
            cast.chipo.reader,
            cast.group_id,
            agreement_id,
            "What is said here stays here.",
            welcomes_partners=partners,
        )
        for player in (cast.amina, cast.beatriz, cast.femi):
            agreements.accept(db, player.reader, cast.group_id, agreement_id)


def in_a_loop(work: Callable[[], Coroutine[Any, Any, Result]]) -> Result:
    """Run it in an event loop of its own: the tests' browser keeps one running in this thread."""
    with start_blocking_portal() as portal:
        result: Result = portal.call(work)
    return result
