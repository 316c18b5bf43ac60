"""Words on their way to a phone, without a database behind them."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from companion import clock
from companion.db import new_id
from companion.notifications.keys import push_key
from companion.notifications.post import Delivery, Outcome, Post
from companion.notifications.services import Services
from tests.chat.wire import in_a_loop
from tests.notifications.conftest import CONTACT
from tests.notifications.push_service import PushService


def delivery(service: PushService, name: str = "Amina", **more: Any) -> Delivery:
    """A word for a phone of this push service."""
    phone = service.phones.get(f"/push/{name}") or service.phone(name)
    made = Delivery(
        id=new_id(),
        subscription_id=new_id(),
        address=json.dumps({"endpoint": phone.endpoint, **phone.keys}),
        service=service.origin,
        text=b'{"web_push":8030}',
        expires_at=clock.now() + timedelta(hours=1),
        urgency="normal",
        topic="about-one-thing",
    )
    return replace(made, **more)


def deliveries(service: PushService, many: int) -> list[Delivery]:
    return [delivery(service, f"phone-{number}") for number in range(many)]


def opened(*services: PushService) -> Post:
    """The way out to these, and no others."""
    listed = Services.parse(" ".join(each.origin for each in services))
    return Post(push_key(), CONTACT, listed)


def send(*words: Delivery) -> list[Outcome]:
    """All of them at once; what became of each."""

    async def send_all() -> list[Outcome]:
        async with _opened_for(words) as post:
            return list(await asyncio.gather(*map(post.send, words)))

    return in_a_loop(send_all)


def one_after_the_other(*words: Delivery) -> list[Outcome]:
    async def send_all() -> list[Outcome]:
        async with _opened_for(words) as post:
            return [await post.send(word) for word in words]

    return in_a_loop(send_all)


def _opened_for(words: Sequence[Delivery]) -> Post:
    listed = Services.parse(" ".join({word.service for word in words}))
    return Post(push_key(), CONTACT, listed)
