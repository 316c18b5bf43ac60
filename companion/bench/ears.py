"""The process that listens: thousands of open streams, and the moment at which each copy came.

Its orders come over a pipe, (name, arguments), and the answers go back; when the pipe is closed, it
ends. Bare sockets and epoll, so that the listener is not what is measured.
"""

import gc
import select
import socket
import sys
import time
from array import array
from collections import deque
from multiprocessing.connection import Connection
from typing import Any

from companion.bench.marks import MARK

AT_ONCE = 64
"""How many streams are being opened at the same time."""
READ_SIZE = 65_536
HEAD_END = b"\r\n\r\n"


class Ear:
    """One stream. What was read of a line that is not whole yet waits in `rest`."""

    __slots__ = ("is_open", "number", "rest", "socket")

    def __init__(self, number: int, line: socket.socket) -> None:
        self.number, self.socket = number, line
        self.rest = b""
        self.is_open = False


class Ears:
    """All of them."""

    def __init__(self, orders: Connection, port: int) -> None:
        self._orders, self._port = orders, port
        self._poll = select.epoll()
        self._poll.register(orders, select.EPOLLIN)
        self._ears: dict[int, Ear] = {}
        self._waiting: deque[tuple[int, bytes]] = deque()
        self._opening = 0
        self._stays = True
        self._begun, self._opened, self._problem = 0, 0, ""
        self.forget()

    def listen(self) -> None:
        while True:
            for handle, _ in self._poll.poll():
                if handle == self._orders.fileno():
                    name, arguments = self._orders.recv()
                    getattr(self, name)(*arguments)
                elif handle in self._ears:
                    self._hear(self._ears[handle])

    # Orders

    def open(self, requests: list[bytes], stays: bool) -> None:
        """Open a stream with each of these requests; without `stays`, only to leave again. The
        answer, when it is done: how many, the seconds that it took, and what went wrong."""
        self._waiting.extend(enumerate(requests))
        self._stays = stays
        self._begun, self._opened, self._problems = time.monotonic_ns(), 0, ""
        for _ in range(AT_ONCE):
            self._open_one()

    def forget(self) -> None:
        """What came so far."""
        self._numbers, self._listeners, self._waits = array("q"), array("q"), array("q")
        self._last, self._sample = 0, b""

    def count(self) -> None:
        self._orders.send(len(self._waits))

    def copies(self) -> None:
        """Which messages came, on which streams, after how many nanoseconds; when the last one
        came, and how one looked."""
        heard = (self._numbers, self._listeners, self._waits)
        self._orders.send((*heard, self._last, self._sample))

    def close(self) -> None:
        for ear in list(self._ears.values()):
            self._let_go(ear)
        self._orders.send(None)

    # Streams

    def _open_one(self) -> None:
        if not self._waiting:
            return
        number, request = self._waiting.popleft()
        line = socket.create_connection(("127.0.0.1", self._port))
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        line.sendall(request)
        line.setblocking(False)
        self._ears[line.fileno()] = Ear(number, line)
        self._poll.register(line, select.EPOLLIN)
        self._opening += 1

    def _hear(self, ear: Ear) -> None:
        try:
            data = ear.socket.recv(READ_SIZE)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        moment = time.monotonic_ns()
        if not data:
            self._end(ear)
        elif ear.is_open:
            self._note(ear, data, moment)
        else:
            self._begin(ear, data)

    def _begin(self, ear: Ear, data: bytes) -> None:
        ear.rest += data
        if HEAD_END not in ear.rest:
            return
        if not ear.rest.startswith(b"HTTP/1.1 200 "):
            self._end(ear)
            return
        ear.is_open = True
        self._opened += 1
        ear.rest = b""
        if not self._stays:
            self._let_go(ear)
        self._opened_one()

    def _end(self, ear: Ear) -> None:
        self._let_go(ear)
        if not ear.is_open:
            self._problem = ear.rest.partition(b"\r\n")[0].decode(errors="replace") or "closed"
            self._opened_one()

    def _opened_one(self) -> None:
        self._opening -= 1
        self._open_one()
        if not self._opening:
            seconds = (time.monotonic_ns() - self._begun) / 1e9
            self._orders.send((self._opened, seconds, self._problem))

    def _let_go(self, ear: Ear) -> None:
        del self._ears[ear.socket.fileno()]
        ear.socket.close()

    def _note(self, ear: Ear, data: bytes, moment: int) -> None:
        data = ear.rest + data
        end = data.rfind(b"\n") + 1
        ear.rest = data[end:]
        for number, sent in MARK.findall(data, 0, end):
            self._numbers.append(int(number))
            self._listeners.append(ear.number)
            self._waits.append(moment - int(sent))
            self._last, self._sample = moment, data


def main(handle: str, port: str) -> None:
    gc.disable()  # a pause of ours would look like one of the server's
    orders: Connection[Any, Any] = Connection(int(handle))
    try:
        Ears(orders, int(port)).listen()
    except EOFError:
        return


if __name__ == "__main__":
    main(*sys.argv[1:])
