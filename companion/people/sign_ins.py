"""Sign-ins of our own: 32 random bytes in a cookie, their SHA-256 in a row, new every time."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Row, ScalarSelect, Select, bindparam, func, select, update
from sqlalchemy.orm import Session

from companion import clock
from companion.errors import NotFound
from companion.happenings import What, happened
from companion.people.models import Person, PilotWords, SignIn
from companion.people.reader import Lock, Reader
from companion.wakes import wake

LIFETIME = timedelta(days=400)
SEEN_EVERY = timedelta(minutes=10)
_HOLDS = (SignIn.revoked_at.is_(None), Person.left_at.is_(None))


def hash_of(token: str) -> bytes:
    """What the row keeps of a token."""
    return hashlib.sha256(token.encode()).digest()


def sign_in(db: Session, person: Person, device: str) -> str:
    """Sign this device in as her. The token goes into the cookie and is never seen again."""
    token, now = secrets.token_urlsafe(32), clock.now()
    db.add(
        SignIn(
            person_id=person.id,
            token_hash=hash_of(token),
            device=device[:80],
            created_at=now,
            last_seen_at=now,
        )
    )
    return token


def find(db: Session, token: str) -> tuple[Reader, bool] | None:
    """Who this token signs in, and whether it is time to note that she was seen."""
    asked = {"token": hash_of(token), "since": clock.now() - LIFETIME}
    row = db.execute(_valid(), asked).one_or_none()
    if row is None:
        return None
    return _reader(row), clock.now() - row.last_seen_at > SEEN_EVERY


@cache
def _valid() -> Select[*tuple[Any, ...]]:
    """Built once: every request asks it."""
    return (
        select(
            SignIn.id,
            SignIn.last_seen_at,
            SignIn.ring,
            SignIn.reads_offline,
            SignIn.pin_hash,
            SignIn.idle_minutes,
            SignIn.pin_waits_until,
            Person.id.label("person_id"),
            Person.name_sealed,
            Person.role,
            Person.language,
            Person.pilot,
            Person.zone,
            Person.look,
            Person.text_size,
            func.coalesce(_changes_of_words(), 0).label("words"),
        )
        .join(Person, Person.id == SignIn.person_id)
        .where(
            SignIn.token_hash == bindparam("token"),
            SignIn.last_seen_at > bindparam("since"),
            *_HOLDS,
        )
    )


def _changes_of_words() -> ScalarSelect[int]:
    changes = select(PilotWords.changes).where(PilotWords.pilot == Person.pilot)
    return changes.correlate(Person).scalar_subquery()


def _reader(row: Row[*tuple[Any, ...]]) -> Reader:
    return Reader(
        id=row.person_id,
        name=Person.name.open(Person, row.name_sealed, row.person_id),
        role=row.role,
        language=row.language,
        pilot=row.pilot,
        zone=row.zone,
        sign_in_id=row.id,
        look=row.look,
        text_size=row.text_size,
        ring=row.ring,
        words=row.words,
        lock=Lock(row.pin_hash, row.idle_minutes, row.pin_waits_until) if row.pin_hash else None,
        reads_offline=row.reads_offline,
    )


def still_valid(db: Session, sign_in_ids: Sequence[UUID]) -> set[UUID]:
    """Which of these sign-ins still hold."""
    valid = (
        select(SignIn.id)
        .join(Person, Person.id == SignIn.person_id)
        .where(SignIn.id.in_(sign_in_ids), *_HOLDS)
    )
    return set(db.scalars(valid))


def note_seen(db: Session, sign_in_id: UUID) -> None:
    db.execute(update(SignIn).where(SignIn.id == sign_in_id).values(last_seen_at=clock.now()))


def read_offline(db: Session, reader: Reader, *, yes: bool) -> None:
    """Whether this device keeps her pages for reading without a line."""
    this = update(SignIn).where(SignIn.id == reader.sign_in_id)
    db.execute(this.values(reads_offline=yes))


def own(reader: Reader) -> Select[SignIn]:
    """Every query on sign-ins starts here: her own, still valid."""
    return select(SignIn).where(SignIn.person_id == reader.id, SignIn.revoked_at.is_(None))


def devices(db: Session, reader: Reader) -> list[SignIn]:
    return list(db.scalars(own(reader).order_by(SignIn.last_seen_at.desc())))


def revoke(db: Session, reader: Reader, sign_in_id: UUID) -> None:
    """End one of her own sign-ins. It works at once: the row is asked at every request."""
    found = db.scalar(own(reader).where(SignIn.id == sign_in_id))
    if found is None:
        raise NotFound
    found.revoked_at = clock.now()
    _tell(db, reader.id)


def end(db: Session, reader: Reader) -> None:
    """End the sign-in she asks with; it may have ended already."""
    db.execute(update(SignIn).where(SignIn.id == reader.sign_in_id).values(revoked_at=clock.now()))
    _tell(db, reader.id)


def revoke_all(db: Session, person_id: UUID) -> None:
    db.execute(
        update(SignIn)
        .where(SignIn.person_id == person_id, SignIn.revoked_at.is_(None))
        .values(revoked_at=clock.now())
    )
    _tell(db, person_id)


def _tell(db: Session, person_id: UUID) -> None:
    wake(db, person_id)
    happened(db, What.SIGNED_OUT, person_id)


def device_name(user_agent: str) -> str:
    """What she would call it: "Chrome · Android". Guessed, and only ever shown to herself."""
    systems = {"Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "KAIOS": "KaiOS",
               "Windows": "Windows", "Mac OS": "Mac", "Linux": "Linux"}  # fmt: skip
    browsers = {"OPR/": "Opera", "Opera": "Opera", "Edg/": "Edge", "SamsungBrowser": "Samsung",
                "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}  # fmt: skip
    named = [
        next((name for mark, name in names.items() if mark in user_agent), "")
        for names in (browsers, systems)
    ]
    return " · ".join(name for name in named if name) or "?"
