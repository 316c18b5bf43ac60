"""A line to a server: a connection that is kept open and asks one thing after the other."""

import asyncio
import re
import socket

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
LOST = 0


class Line(asyncio.Protocol):
    """A client of HTTP, no wider than the bench needs: answers say how long they are."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._transport: asyncio.WriteTransport | None = None
        self._answer: asyncio.Future[int] | None = None
        self._read = b""

    async def ask(self, request: bytes) -> int:
        """The status of the answer, once all of it is read; `LOST` when the line broke."""
        if self._transport is None:
            loop = asyncio.get_running_loop()
            self._transport, _ = await loop.create_connection(lambda: self, "127.0.0.1", self._port)
        self._read = b""
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._answer

    def hang_up(self) -> None:
        if self._transport:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        line: socket.socket = transport.get_extra_info("socket")
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def data_received(self, data: bytes) -> None:
        self._read += data
        head, end, body = self._read.partition(b"\r\n\r\n")
        if not end:
            return
        length = LENGTH.search(head)
        if len(body) >= (int(length[1]) if length else 0):
            self._settle(int(head[9:12]))

    def connection_lost(self, problem: Exception | None) -> None:
        self._transport = None
        self._settle(LOST)

    def _settle(self, status: int) -> None:
        if self._answer and not self._answer.done():
            self._answer.set_result(status)
