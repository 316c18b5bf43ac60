"""Words are encrypted and signed, by Companion and by nothing but `cryptography`, in turn."""

import json
import time
from collections.abc import Callable
from datetime import timedelta
from statistics import median

from companion import clock
from companion.bench import bare
from companion.bench.figures import Figures, number
from companion.db import new_id
from companion.notifications.keys import PushKey, b64
from companion.notifications.payload import STEP
from companion.notifications.post import Delivery, Sealer

ENDPOINT = "https://push.service.example/push/" + "a" * 150
TEXT = b"x" * STEP
ROUNDS = 15
LABEL = "encrypted and signed per second"

Way = Callable[[], bytes]


class Sealing:
    """Two ways to the same. Neither signs anew: who we are is said once per push service."""

    def __init__(self) -> None:
        self._phone = bare.Phone.new()
        self._sealer = Sealer(PushKey.new(), "mailto:operator@midwives.example")
        self._delivery = _delivery(self._phone)

    def measure(self, words: int) -> tuple[Figures, Figures]:
        """Companion's figures and the bare ones, for so many words each. Raises RuntimeError when a
        phone could not open them."""
        ways: tuple[Way, Way] = (self._ours, self._bare)
        if any(bare.decrypt(way(), self._phone) != TEXT for way in ways):
            raise RuntimeError("what was encrypted does not open")
        each = words // ROUNDS + 1
        rounds = [[_seconds(way, each) / each for way in ways] for _ in range(ROUNDS)]
        ours, theirs = map(median, zip(*rounds, strict=True))
        ratio = median(own / other for own, other in rounds)
        return (
            {LABEL: number(1 / ours), "its time, to that of the bare way": f"{ratio:.2f}"},
            {LABEL: number(1 / theirs)},
        )

    def _ours(self) -> bytes:
        return self._sealer.seal(self._delivery)[1]

    def _bare(self) -> bytes:
        return bare.encrypt(TEXT, self._phone.point, self._phone.secret)


def pushed() -> int:
    """How many bytes a word brings to a phone: all of them are as long."""
    sealer = Sealer(PushKey.new(), "mailto:operator@midwives.example")
    return len(sealer.seal(_delivery(bare.Phone.new()))[1])


def _seconds(way: Way, words: int) -> float:
    start = time.process_time()
    for _ in range(words):
        way()
    return time.process_time() - start


def _delivery(phone: bare.Phone) -> Delivery:
    keys = {"p256dh": b64(phone.point), "auth": b64(phone.secret)}
    return Delivery(
        id=new_id(),
        subscription_id=new_id(),
        address=json.dumps({"endpoint": ENDPOINT} | keys),
        service="https://push.service.example",
        text=TEXT,
        expires_at=clock.now() + timedelta(hours=2),
        urgency="high",
        topic="0" * 32,
    )
