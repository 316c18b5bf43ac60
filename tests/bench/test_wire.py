"""The wire between a phone and a server loses nothing and counts all of it."""

import socket
from collections.abc import Iterator
from threading import Thread

import pytest

from companion.bench.wire import PAGES, PARTS, POSTS, STATIC, STREAM, Wire, kind_of

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
PAGE = b"GET / HTTP/1.1\r\nSec-Fetch-Dest: document\r\n\r\n"
POST = b"POST /phones HTTP/1.1\r\nContent-Length: 4\r\n\r\n"


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (PAGE, PAGES),
        (POST, POSTS),
        (b"GET /chat HTTP/1.1\r\nHX-Request: true\r\n\r\n", PARTS),
        (b"GET /static/a.js HTTP/1.1\r\nSec-Fetch-Dest: empty\r\n\r\n", STATIC),
        (b"GET /sw.js HTTP/1.1\r\nSec-Fetch-Dest: serviceworker\r\n\r\n", STATIC),
        (b"GET /live HTTP/1.1\r\nHX-Request: true\r\nAccept: text/event-stream\r\n\r\n", STREAM),
    ],
)
def test_a_request_is_known_by_its_first_bytes(head: bytes, kind: str) -> None:
    assert kind_of(head) == kind


@pytest.fixture
def server() -> Iterator[int]:
    """It takes what comes in one piece for a request."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        Thread(target=_answer, args=(listening,), daemon=True).start()
        yield listening.getsockname()[1]


def _answer(listening: socket.socket) -> None:
    connection, _ = listening.accept()
    with connection:
        while data := connection.recv(65_536):
            if not data.startswith(b"POST") or data.endswith(b"body"):
                connection.sendall(ANSWER)


def test_every_byte_counts_for_what_was_asked(server: int) -> None:
    with Wire(server) as wire, socket.create_connection(("127.0.0.1", wire.port)) as phone:
        for sent in (PAGE, POST + b"body", PAGE):
            phone.sendall(sent)
            assert phone.recv(1000) == ANSWER

        counted = wire.take()
        assert counted.asked == {PAGES: 2, POSTS: 1}
        assert counted.sent == {PAGES: 2 * len(PAGE), POSTS: len(POST) + 4}
        assert counted.came == {PAGES: 2 * len(ANSWER), POSTS: len(ANSWER)}
