"""A push service on this machine: real HTTP, and a phone behind it that opens what it is sent.

What was encrypted is opened by `http_ece`, which knows nothing of the package that encrypts; who
sent it is looked at by hand, with nothing but `cryptography` (RFC 8292).
"""

import base64
import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import http_ece
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class PushPhone:
    """A phone with keys of its own, at an address of the push service."""

    endpoint: str
    private: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    secret: bytes = field(default_factory=lambda: os.urandom(16))

    @property
    def keys(self) -> dict[str, str]:
        point = self.private.public_key().public_bytes(
            Encoding.X962, PublicFormat.UncompressedPoint
        )
        return {"p256dh": b64(point), "auth": b64(self.secret)}

    def open(self, body: bytes) -> bytes:
        """What was sent to this phone alone."""
        opened: bytes = http_ece.decrypt(
            body, private_key=self.private, auth_secret=self.secret, version="aes128gcm"
        )
        return opened


@dataclass(frozen=True)
class Sent:
    """A request that came, and what the phone made of it (None: nobody's)."""

    path: str
    headers: dict[str, str]
    body: bytes
    opened: bytes | None

    @property
    def notification(self) -> dict[str, Any]:
        assert self.opened is not None
        said: dict[str, Any] = json.loads(self.opened)["notification"]
        return said


Answer = Callable[[BaseHTTPRequestHandler], None]


def answer(status: int, **headers: str) -> Answer:
    """An answer with nothing in it; `Retry_After="5"` is the header Retry-After."""

    def send(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return send


def slowly(seconds: float) -> Answer:
    """Yes, but after a while."""

    def send(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(seconds)
        answer(201)(handler)

    return send


class PushService:
    """Takes what is posted to it, opens it for its phones, and answers as it was told."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.origin = f"http://127.0.0.1:{port}"
        self.sent: list[Sent] = []
        self.phones: dict[str, PushPhone] = {}
        self.answers: dict[str, list[Answer]] = {}
        self.usually: Answer = answer(201, Location="/message/1")
        self.at_once = self.most_at_once = 0
        self.lock = threading.Lock()
        self.is_over = threading.Event()

    def hang(self, handler: BaseHTTPRequestHandler) -> None:
        """An answer that never comes."""
        self.is_over.wait()
        handler.close_connection = True

    def phone(self, name: str) -> PushPhone:
        """A new phone at /push/NAME."""
        made = PushPhone(f"{self.origin}/push/{name}")
        self.phones[f"/push/{name}"] = made
        return made

    def will_answer(self, name: str, *answers: Answer) -> None:
        """The next requests for a phone are answered so; those after them as usual."""
        self.answers[f"/push/{name}"] = list(answers)

    def take(self, handler: BaseHTTPRequestHandler) -> None:
        body = handler.rfile.read(int(handler.headers["Content-Length"]))
        phone = self.phones.get(handler.path)
        opened = phone.open(body) if phone else None
        with self.lock:
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
            headers = {name.lower(): value for name, value in handler.headers.items()}
            self.sent.append(Sent(handler.path, headers, body, opened))
            answers = self.answers.get(handler.path, [])
            send = answers.pop(0) if answers else self.usually
        try:
            with suppress(OSError):  # whoever asked may be gone
                send(handler)
        finally:
            with self.lock:
                self.at_once -= 1

    @property
    def ids(self) -> list[str]:
        """Which notifications came, in order; each as often as it came."""
        return [str(each.notification["data"]) for each in self.sent]

    def wait_for(self, many: int, seconds: float = 15) -> list[Sent]:
        """What has come, once there is so much of it."""
        end = time.monotonic() + seconds
        while len(self.sent) < many:
            assert time.monotonic() < end, f"{len(self.sent)} of {many} came"
            time.sleep(0.02)
        return list(self.sent)


@contextmanager
def push_service() -> Iterator[PushService]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            service.take(self)

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128

    server = Server(("127.0.0.1", 0), Handler)
    service = PushService(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield service
    service.is_over.set()
    server.shutdown()
    server.server_close()
    thread.join()


def vapid_claims(sent: Sent) -> tuple[dict[str, Any], str]:
    """Who says that it sent this, and with which public key: looked at by hand (RFC 8292)."""
    scheme, _, rest = sent.headers["authorization"].partition(" ")
    assert scheme == "vapid"
    parts = dict(part.strip().split("=", 1) for part in rest.split(","))
    head, claims, signature = parts["t"].split(".")
    assert json.loads(unb64(head)) == {"alg": "ES256", "typ": "JWT"}
    both = unb64(signature)
    assert len(both) == 64
    r, s = int.from_bytes(both[:32], "big"), int.from_bytes(both[32:], "big")
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unb64(parts["k"]))
    key.verify(encode_dss_signature(r, s), f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
    found: dict[str, Any] = json.loads(unb64(claims))
    return found, parts["k"]
