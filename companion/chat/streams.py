"""A stream: one page that stays open, and what is sent to it (server-sent events, WHATWG HTML 9.2).

It holds no database handle: it waits until the hub puts something into its outbox.
"""

import asyncio
import random
from collections.abc import AsyncIterator
from uuid import UUID

from markupsafe import Markup

from companion.people.reader import Reader

MOST_WAITING = 500
PING = b"event: ping\n\n"


class Stream:
    """What one reader sees of one conversation, while she looks at it. `position` is the number of
    the last change that she has been sent, `unheard` whom she has muted."""

    __slots__ = ("_outbox", "_ready", "ends_at", "group_id", "is_over", "position", "reader",
                 "unheard")  # fmt: skip

    def __init__(self, reader: Reader, group_id: UUID, ends_at: float) -> None:
        self.reader, self.group_id, self.ends_at = reader, group_id, ends_at
        self.position = 0
        self.unheard: frozenset[UUID] = frozenset()
        self._outbox: list[bytes] = []
        self._ready = asyncio.Event()
        self.is_over = False

    def push(self, data: bytes) -> None:
        """Send this, soon. A phone that takes nothing for long is let go, and comes back for it."""
        if self.is_over:
            return
        if len(self._outbox) >= MOST_WAITING:
            self.end()
            return
        self._outbox.append(data)
        self._ready.set()

    def tell(self, number: int, data: bytes) -> None:
        """A change, unless she has seen it already. What she is not sent any more she asks for when
        she comes back, so that it must not count as seen."""
        if number > self.position:
            self.push(data)
            if not self.is_over:
                self.position = number

    def greet(self) -> None:
        """The line stands, and she has been sent everything so far."""
        self.push(f"id: {self.position}\nevent: hello\nretry: {retry()}\n\n".encode())

    def end(self, event: str = "bye") -> None:
        """Say goodbye and close. `bye`: come back soon; `over`: this is not hers any more;
        `elsewhere`: she has too many of these; `stale`: too much happened, the page shows it."""
        if not self.is_over:
            said = f"id: {self.position}\nevent: {event}\nretry: {retry()}\n\n"
            self._outbox.append(said.encode())
            self.is_over = True
            self._ready.set()

    async def events(self) -> AsyncIterator[bytes]:
        """Everything, as it comes; several at once when they came at once."""
        while True:
            await self._ready.wait()
            self._ready.clear()
            data, self._outbox = b"".join(self._outbox), []
            yield data
            if self.is_over and not self._outbox:
                return


def retry() -> int:
    """Milliseconds until a page comes back: spread, so that they do not all come at once."""
    return random.randint(1000, 4000)  # noqa: S311 - spreads, hides nothing


def event(number: int, html: Markup) -> bytes:
    """A message as an event; its id is the number of the change."""
    return f"id: {number}\ndata: {html.replace(chr(10), chr(10) + 'data: ')}\n\n".encode()
