"""The process that is a push service: it takes whatever is posted to it, answers at once, and
remembers how often each phone was sent each topic.

Its orders come as to the one that listens (`ears`). As little HTTP as that needs, so that the push
service is not what is measured.
"""

import asyncio
import re
import sys
import time
from collections import Counter
from multiprocessing.connection import Connection
from typing import Any

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
TOPIC = re.compile(rb"\r\ntopic: *([\w-]+)", re.IGNORECASE)
HEAD_END = b"\r\n\r\n"
CREATED = b"HTTP/1.1 201 Created\r\nLocation: /message/1\r\nContent-Length: 0\r\n\r\n"


class PushService:
    """What came, and when."""

    def __init__(self, orders: "Connection[Any, Any]") -> None:
        self._orders, self._stopped = orders, asyncio.Event()
        self.forget()

    async def serve(self) -> None:
        """Until the pipe is closed; the first thing that goes over it is the port."""
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: Line(self), "127.0.0.1", 0)
        self._orders.send(server.sockets[0].getsockname()[1])
        loop.add_reader(self._orders.fileno(), self._obey)
        await self._stopped.wait()

    # Orders

    def forget(self) -> None:
        """What came so far."""
        self._came: Counter[tuple[bytes, bytes]] = Counter()
        self._first = self._last = 0

    def count(self) -> None:
        """How many different ones came."""
        self._orders.send(len(self._came))

    def came(self) -> None:
        """How often each phone was sent each topic; when the first came, and the last."""
        self._orders.send((dict(self._came), self._first, self._last))

    def _obey(self) -> None:
        try:
            name, arguments = self._orders.recv()
        except EOFError:
            self._stopped.set()
        else:
            getattr(self, name)(*arguments)

    # Requests

    def take(self, head: bytes) -> None:
        self._last = time.monotonic_ns()
        self._first = self._first or self._last
        topic = TOPIC.search(head)
        self._came[head.split(b" ", 2)[1], topic[1] if topic else b""] += 1


class Line(asyncio.Protocol):
    """A connection, kept open: one request after the other."""

    def __init__(self, service: PushService) -> None:
        self._service, self._read = service, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: Any = transport

    def data_received(self, data: bytes) -> None:
        self._read += data
        head, end, body = self._read.partition(HEAD_END)
        length = LENGTH.search(head)
        if end and len(body) >= (int(length[1]) if length else 0):
            self._read = b""
            self._service.take(head)
            self._transport.write(CREATED)


def main(handle: str) -> None:
    asyncio.run(PushService(Connection(int(handle))).serve())


if __name__ == "__main__":
    main(*sys.argv[1:])
