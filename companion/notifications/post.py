"""Sending: one POST per phone and word, a few at a time for each push service.

RFC 8030 (the request and its headers), 8188 and 8291 (encryption, by the package `webpush`), 8292
(who we are). What `webpush` would keep from one call to the next (TTL, subscriber) and leaves out
(port, Urgency, Topic) is said here for every message.
"""

import asyncio
import json
import logging
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Self
from urllib.parse import urlsplit
from uuid import UUID

import aiohttp
import jwt
from webpush import WebPush, WebPushSubscription
from webpush.vapid import VAPID

from companion import clock
from companion.notifications.keys import PushKey
from companion.notifications.services import NotPublic, PublicResolver, Services

log = logging.getLogger(__name__)

AT_A_TIME = 20  # requests per push service
TIMEOUT = 10.0  # seconds, for everything
LONGEST_ANSWER = 2048  # bytes that are read of an answer; nothing in it is needed
LONGEST_TTL = 2_419_200  # seconds, 28 days
TOKEN_LASTS = timedelta(hours=12)  # RFC 8292 allows 24
TOKEN_USED = timedelta(hours=10)
MOST_FAILURES = 3  # in a row, after which a push service is left alone for a while
PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=1)


@dataclass(frozen=True)
class Delivery:
    """A word, ready to be sent to one phone. `ttl` in seconds; `urgency` and `topic` as in RFC
    8030, 5.3 and 5.4."""

    id: UUID
    subscription_id: UUID
    address: str
    service: str
    text: bytes
    expires_at: datetime
    urgency: str
    topic: str
    tries: int = 0
    why: str = ""


NOT_ASKED, UNREACHED, NOT_ALLOWED = -1, 0, 1
TOO_LATE = -2


@dataclass(frozen=True)
class Outcome:
    """What a push service said: its status; or NOT_ASKED because it takes nothing until `retry_at`,
    UNREACHED because it said nothing, NOT_ALLOWED because we do not ring there, TOO_LATE because
    somebody else may be sending it by now."""

    status: int
    retry_at: datetime | None = None

    @property
    def wants_time(self) -> bool:
        """Too much or too little of it at the moment: it may work later."""
        return self.status in (UNREACHED, 429) or self.status >= 500


class Vapid(VAPID):  # type: ignore[misc]
    """Says who we are, in a token for each push service that is used again while it is valid."""

    def __init__(self, key: PushKey, contact: str) -> None:
        private, public = key.pem
        super().__init__(private, public)
        self._public, self._contact = key.public, contact
        self._tokens: dict[str, tuple[datetime, str]] = {}

    def get_authorization_header(self, endpoint: Any, subscriber: str, expiration: int) -> str:
        """The header for an endpoint. The audience is its origin, with the port if it has one."""
        return self.header(_origin(str(endpoint)))

    def header(self, origin: str) -> str:
        now = clock.now()
        made_at, header = self._tokens.get(origin, (now - TOKEN_LASTS, ""))
        if now - made_at >= TOKEN_USED:
            claims = {
                "aud": origin,
                "exp": int((now + TOKEN_LASTS).timestamp()),
                "sub": self._contact,
            }
            token = jwt.encode(claims, self.private_key, algorithm="ES256")
            header = f"vapid t={token}, k={self._public}"
            self._tokens[origin] = (now, header)
        return header


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


class Sealer:
    """Encrypts and signs: what goes into one request."""

    def __init__(self, key: PushKey, contact: str) -> None:
        private, public = key.pem
        self._push = WebPush(private, public, subscriber="unused")
        self._push.vapid = Vapid(key, contact)

    def seal(self, delivery: Delivery) -> tuple[str, bytes, dict[str, str]]:
        """Endpoint, body, headers."""
        kept = json.loads(delivery.address)
        phone = WebPushSubscription(
            endpoint=kept["endpoint"], keys={"p256dh": kept["p256dh"], "auth": kept["auth"]}
        )
        message = self._push.get(delivery.text, phone)
        left = int((delivery.expires_at - clock.now()).total_seconds())
        headers = {
            "Authorization": message.headers["authorization"],
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(min(max(left, 0), LONGEST_TTL)),
            "Urgency": delivery.urgency,
            "Topic": delivery.topic,
        }
        return kept["endpoint"], message.encrypted, headers


@dataclass
class _Service:
    """One push service: how many requests it gets at a time, and whether it takes any."""

    turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_A_TIME))
    failures: int = 0
    closed_until: datetime | None = None
    pause: timedelta = PAUSE

    @property
    def is_closed(self) -> bool:
        return self.closed_until is not None and self.closed_until > clock.now()

    def note_failure(self) -> None:
        """One may be chance; several in a row, and it is asked nothing for a while, each time for
        twice as long. The phones of other services do not wait for it."""
        self.failures += 1
        if self.failures >= MOST_FAILURES and not self.is_closed:
            self.closed_until = clock.now() + self.pause
            self.pause = min(self.pause * 2, LONGEST_PAUSE)

    def note_success(self) -> None:
        self.failures, self.closed_until, self.pause = 0, None, PAUSE


class Post:
    """The way out to the push services. Use it as `async with`."""

    def __init__(self, key: PushKey, contact: str, services: Services) -> None:
        self._sealer = Sealer(key, contact)
        self._listed = services
        self._services: dict[str, _Service] = {}

    async def __aenter__(self) -> Self:
        connector = aiohttp.TCPConnector(
            resolver=PublicResolver(self._listed), limit=0, limit_per_host=AT_A_TIME
        )
        self._http = aiohttp.ClientSession(
            connector=connector,
            timeout=aiohttp.ClientTimeout(total=TIMEOUT),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.close()

    async def send(self, delivery: Delivery, until: datetime | None = None) -> Outcome:
        """Send one word, which is ours `until` a moment: not when its turn comes so late that the
        answer might come after it. Whatever goes wrong is an outcome; nothing is raised."""
        service = self._services.setdefault(delivery.service, _Service())
        async with service.turns:
            if until and until - clock.now() < timedelta(seconds=TIMEOUT):
                return Outcome(TOO_LATE)
            if service.is_closed:
                return Outcome(NOT_ASKED, service.closed_until)
            outcome = await self._ask(delivery)
        if outcome.wants_time:
            service.note_failure()
        else:
            service.note_success()
        return outcome

    async def _ask(self, delivery: Delivery) -> Outcome:
        try:
            endpoint, body, headers = self._sealer.seal(delivery)
        except Exception as problem:
            log.error("a phone's address cannot be used: %s", type(problem).__name__)
            return Outcome(NOT_ALLOWED)
        if self._listed.service_of(endpoint) is None:
            return Outcome(NOT_ALLOWED)  # the list is shorter than it was
        try:
            async with self._http.post(
                endpoint, data=body, headers=headers, allow_redirects=False
            ) as answer:
                # What it says counts, also if what follows never comes.
                with suppress(aiohttp.ClientError, TimeoutError):
                    await answer.content.read(LONGEST_ANSWER)
                retry_at = _retry_at(answer.headers.get("Retry-After", ""))
                return Outcome(answer.status, retry_at)
        except (aiohttp.ClientError, TimeoutError, OSError) as problem:
            # The endpoint is a secret: what went wrong may name it, so only its kind is said.
            log.warning("%s: %s", delivery.service, type(problem).__name__)
            inside = isinstance(getattr(problem, "os_error", problem), NotPublic)
            return Outcome(NOT_ALLOWED if inside else UNREACHED)


def _retry_at(header: str) -> datetime | None:
    """Retry-After (RFC 9110, 10.2.3): seconds, or a date."""
    if header.isascii() and header.isdecimal() and len(header) < 8:
        return clock.now() + timedelta(seconds=int(header))
    try:
        moment = parsedate_to_datetime(header)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else None
