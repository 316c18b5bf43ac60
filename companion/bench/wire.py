"""A wire between a phone and a server: it passes everything on and counts every byte, headers
included, by what it was for. Whatever asks is counted: pages, scripts, and the worker behind them.
"""

import re
import socket
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Thread
from typing import Self

PAGES, PARTS, STREAM, STATIC, POSTS = "pages", "parts", "live stream", "static files", "posts"
KINDS = (PAGES, PARTS, STREAM, STATIC, POSTS)
AT_ONCE = 65_536
_OF_THE_HOUSE = re.compile(
    rb"\w+ /static/|.*\r\nsec-fetch-dest: (?:script|style|image|manifest|serviceworker)\r", re.S
)


def kind_of(head: bytes) -> str:
    """What a request is for, by its first bytes."""
    said = head.partition(b"\r\n\r\n")[0].lower() + b"\r\n"
    if said.startswith(b"post "):
        return POSTS
    if b"text/event-stream" in said:
        return STREAM
    if _OF_THE_HOUSE.match(said):
        return STATIC
    return PARTS if b"\r\nhx-request: true\r" in said else PAGES


@dataclass(frozen=True)
class Counted:
    """By kind: bytes that the phone sent, bytes that came to it, and how often it asked."""

    sent: Counter[str] = field(default_factory=Counter)
    came: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)


class Wire(ThreadingTCPServer):
    """A port of its own, as long as the `with` lasts."""

    daemon_threads = True

    def __init__(self, to: int) -> None:
        super().__init__(("127.0.0.1", 0), _Passing)
        self.to, self.counted = to, Counted()

    def __enter__(self) -> Self:
        Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()

    @property
    def port(self) -> int:
        port: int = self.socket.getsockname()[1]
        return port

    def take(self) -> Counted:
        """What was counted so far; it begins anew."""
        taken, self.counted = self.counted, Counted()
        return taken


class _Passing(BaseRequestHandler):
    """One connection. A browser asks for nothing more on it until it has its answer, so what comes
    belongs to what was last asked."""

    server: Wire

    def handle(self) -> None:
        self.kind, self.is_answered = "", True
        address = ("127.0.0.1", self.server.to)
        with suppress(OSError), socket.create_connection(address) as onward:
            Thread(target=self._bring_back, args=(onward,), daemon=True).start()
            while data := self.request.recv(AT_ONCE):
                self._note_asked(data)
                onward.sendall(data)
            onward.shutdown(socket.SHUT_RDWR)

    def _note_asked(self, data: bytes) -> None:
        if self.is_answered:
            self.kind, self.is_answered = kind_of(data), False
            self.server.counted.asked[self.kind] += 1
        self.server.counted.sent[self.kind] += len(data)

    def _bring_back(self, onward: socket.socket) -> None:
        with suppress(OSError):
            while data := onward.recv(AT_ONCE):
                self.is_answered = True
                self.server.counted.came[self.kind] += len(data)
                self.request.sendall(data)
            self.request.shutdown(socket.SHUT_RDWR)
