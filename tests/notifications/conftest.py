"""Phones that can be rung, and the push service behind them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import select

from companion import clock
from companion.db import Database, new_id
from companion.notifications import outbox
from companion.notifications.keys import push_key
from companion.notifications.models import Notification, PushSubscription
from companion.notifications.outbox import Word
from companion.notifications.phones import checked_address, subscribe
from companion.notifications.post import Post
from companion.notifications.sending import Sending
from companion.notifications.services import Services
from companion.people import sign_ins
from companion.people.actions import myself
from companion.reminders.kinds import TEST
from companion.reminders.ringing import Ringing
from tests.cast import Player
from tests.chat.wire import in_a_loop
from tests.notifications.push_service import PushPhone, PushService, push_service

ORIGIN = "https://companion.example"
CONTACT = "mailto:operator@midwives.nl"


@pytest.fixture
def service() -> Iterator[PushService]:
    with push_service() as running:
        yield running


@pytest.fixture
def other_service() -> Iterator[PushService]:
    with push_service() as running:
        yield running


@dataclass(frozen=True)
class Bell:
    """Rings what is due, as the worker does, until nothing is due or on its way any more."""

    database: Database
    service: PushService

    def give(self, player: Player, name: str = "") -> PushPhone:
        """A phone of hers rings."""
        phone = self.service.phone(name or player.name)
        services = Services.parse(self.service.origin)
        address = checked_address(phone.endpoint, **phone.keys, services=services)
        with self.database.writing.begin() as db:
            assert subscribe(db, player.reader, address, push_key().public, is_new=True)
        return phone

    def tell(
        self, player: Player, many: int = 1, keeps: timedelta = timedelta(days=1)
    ) -> list[UUID]:
        """So many words for her, each due now: of the kind that is vetted for nothing else."""
        now = clock.now()
        words = [
            Word(player.id, TEST, now, now + keeps, "/reminders", about_id=new_id())
            for _ in range(many)
        ]
        with self.database.writing.begin() as db:
            outbox.write(db, words)
            written = select(Notification.once, Notification.id)
            ids = {row.once: row.id for row in db.execute(written)}
        return [ids[word.once] for word in words]

    def row(self, **what: object) -> Notification:
        """The one notification that is so: as `row(id=…)`."""
        with self.database.reading() as db:
            return db.scalars(select(Notification).filter_by(**what)).one()

    def rows(self) -> list[Notification]:
        with self.database.reading() as db:
            return list(db.scalars(select(Notification).order_by(Notification.id)))

    def kept(self, player: Player) -> PushSubscription | None:
        """What is kept of the phone that she is signed in on."""
        hers = PushSubscription.sign_in_id == player.reader.sign_in_id
        with self.database.reading() as db:
            return db.scalar(select(PushSubscription).where(hers))

    def ring(self, at_once: int = 200) -> None:
        in_a_loop(partial(self._ring, at_once))

    async def _ring(self, at_once: int) -> None:
        services = Services.parse(self.service.origin)
        ringing = Ringing(ORIGIN, drafts=True, at_once=at_once)
        async with Post(push_key(), CONTACT, services) as post:
            await Sending(self.database, ringing.take, post).drain()


@pytest.fixture
def bell(database: Database, service: PushService) -> Bell:
    return Bell(database, service)


def signed_in_again(database: Database, player: Player) -> Player:
    """The same person, on another phone of hers."""
    with database.writing.begin() as db:
        token = sign_ins.sign_in(db, myself(db, player.reader), "Firefox · Android")
        db.flush()
        found = sign_ins.find(db, token)
        assert found
    return Player(player.id, player.name, token, found[0])
