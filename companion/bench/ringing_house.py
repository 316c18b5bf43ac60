"""A house in which everybody has a phone that rings, by day and by night, and a session to come."""

import os
import secrets
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import time as hour
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from companion import clock
from companion.bench.house import GROUP_SIZE, ZONE, furnish
from companion.config import Config
from companion.db import Database
from companion.groups.models import Group, Membership
from companion.notifications import outbox
from companion.notifications.keys import b64, push_key
from companion.notifications.models import Notification, PushSubscription, State
from companion.notifications.numbers import Numbers, numbers
from companion.notifications.outbox import Word
from companion.notifications.phones import AUTH_BYTES, Address
from companion.people.models import Ring, SignIn
from companion.reminders.choices import UNCHOSEN
from companion.reminders.models import ReminderChoices
from companion.sessions.models import GroupSession
from companion.start import open_house

NEVER_QUIET = asdict(replace(UNCHOSEN, quiet_from=hour(0), quiet_until=hour(0)))
TOKEN_BYTES = 110
"""What makes an address as long as those that push services give out."""


@dataclass(frozen=True)
class RingingHouse:
    """A data folder, its database, and who has which session to come."""

    folder: Path
    database: Database
    invited: Sequence[tuple[UUID, GroupSession]]

    def write(self, slot: str, most: int) -> int:
        """A word that is due now, for so many people; how many that are."""
        words = [_word(*each, slot) for each in self.invited[:most]]
        with self.database.writing.begin() as db:
            outbox.write(db, words)
        return len(words)

    def wait_until_settled(self, patience: float) -> Numbers:
        """Until nothing waits any more, or nothing happens any more."""
        found, moved = self._numbers(), time.monotonic()
        while found.waiting and time.monotonic() - moved < patience:
            time.sleep(0.1)
            before, found = found, self._numbers()
            moved = time.monotonic() if found.waiting != before.waiting else moved
        return found

    def let_claims_run_out(self) -> None:
        """At once, instead of within a minute: whoever had them is dead."""
        claimed = update(Notification).where(Notification.state == State.CLAIMED)
        with self.database.writing.begin() as db:
            db.execute(claimed.values(next_at=clock.now()))

    def _numbers(self) -> Numbers:
        with self.database.reading() as db:
            return numbers(db)


@contextmanager
def ringing_house(folder: Path, people: int, service: str) -> Iterator[RingingHouse]:
    """In an empty folder, at least so many people whose phones are rung through this service."""
    furnish(folder, -(-people // GROUP_SIZE))
    with closing(open_house(Config(data=str(folder)))) as database:
        with database.writing.begin() as db:
            for sign_in_id, person_id in db.execute(select(SignIn.id, SignIn.person_id)).all():
                db.add(ReminderChoices(person_id=person_id, **NEVER_QUIET))
                db.add(phone_of(person_id, sign_in_id, service))
            db.execute(update(SignIn).values(ring=Ring.YES))
            invited = _invited(db)
        yield RingingHouse(folder, database, invited)


def phone_of(person_id: UUID, sign_in_id: UUID, service: str) -> PushSubscription:
    key = ec.generate_private_key(ec.SECP256R1()).public_key()
    point = key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    endpoint = f"{service}/push/{secrets.token_urlsafe(TOKEN_BYTES)}"
    address = Address(endpoint, b64(point), b64(os.urandom(AUTH_BYTES)), service)
    phone = PushSubscription(
        person_id=person_id,
        sign_in_id=sign_in_id,
        endpoint_hash=address.hash,
        service=service,
        key_id=push_key().id,
        confirmed_at=clock.now(),
    )
    phone.address = address.kept
    return phone


def _invited(db: Session) -> list[tuple[UUID, GroupSession]]:
    """Everybody, with the session of her group: tomorrow."""
    tomorrow = clock.today(ZONE) + timedelta(days=1)
    sessions = {}
    for group_id in db.scalars(select(Group.id)):
        sessions[group_id] = GroupSession(group_id=group_id, number=1, minutes=120)
        sessions[group_id].meet(tomorrow, hour(10), ZONE)
    db.add_all(sessions.values())
    members = db.execute(select(Membership.person_id, Membership.group_id))
    return [(person_id, sessions[group_id]) for person_id, group_id in members]


def _word(person_id: UUID, session: GroupSession, slot: str) -> Word:
    return Word(
        person_id,
        "session",
        clock.now(),
        session.starts_at,
        f"/sessions/{session.id}",
        about_id=session.id,
        slot=slot,
        of_at=session.starts_at,
    )
