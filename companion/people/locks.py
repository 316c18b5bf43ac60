"""The lock of a device: its PIN, after how many idle minutes it is asked for, and wrong ones."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Case, case, literal, null, or_, select, update
from sqlalchemy.orm import Session

from companion import clock
from companion.db import Moment
from companion.people import sign_ins
from companion.people.models import SignIn
from companion.people.reader import Reader

IDLE_MINUTES = (1, 5, 15, 30)
FREE_TRIES = 4
"""So many wrong PINs cost nothing."""
WAITS = tuple(timedelta(seconds=seconds) for seconds in (30, 60, 300, 900))
"""How long the wrong ones after these make her wait; the last holds for all that follow."""
MOST_TRIES = 10


@dataclass(frozen=True)
class Claim:
    """Whether a PIN may be tried; which wrong one in a row it would be; until when others wait."""

    may_try: bool
    number: int
    waits_until: datetime | None

    @property
    def is_last(self) -> bool:
        return self.number >= MOST_TRIES


def put_on(db: Session, reader: Reader, pin_hash: str, minutes: int) -> None:
    """From now on this device asks for the PIN with this hash, and keeps none of her pages: without
    a line nobody could ask."""
    _change(db, reader, pin_hash=pin_hash, idle_minutes=minutes, reads_offline=False, **_FORGIVEN)


def choose_minutes(db: Session, reader: Reader, minutes: int) -> None:
    _change(db, reader, idle_minutes=minutes)


def take_off(db: Session, reader: Reader) -> None:
    _change(db, reader, pin_hash=None, idle_minutes=None, **_FORGIVEN)


def forgive(db: Session, reader: Reader) -> None:
    """The right PIN: the wrong ones before it are forgotten."""
    _change(db, reader, **_FORGIVEN)


_FORGIVEN: dict[str, Any] = {"wrong_pins": 0, "pin_waits_until": None}


def _change(db: Session, reader: Reader, **values: Any) -> None:
    db.execute(
        update(SignIn)
        .where(SignIn.id == reader.sign_in_id, SignIn.revoked_at.is_(None))
        .values(**values)
        .execution_options(synchronize_session=False)
    )


def claim(db: Session, reader: Reader) -> Claim:
    """Count a try as wrong before it is looked at: of several at the same moment each has a number
    of its own, and none is free because the process ended in between."""
    now = clock.now()
    taken = (
        update(SignIn)
        .where(
            SignIn.id == reader.sign_in_id,
            SignIn.revoked_at.is_(None),
            or_(SignIn.pin_waits_until.is_(None), SignIn.pin_waits_until <= now),
        )
        .values(wrong_pins=SignIn.wrong_pins + 1, pin_waits_until=_wait_from(now))
        .returning(SignIn.wrong_pins, SignIn.pin_waits_until)
        .execution_options(synchronize_session=False)
    )
    row = db.execute(taken).one_or_none()
    return Claim(True, *row) if row else _refused(db, reader.sign_in_id)


def _refused(db: Session, sign_in_id: UUID) -> Claim:
    asked = select(SignIn.wrong_pins, SignIn.pin_waits_until).where(SignIn.id == sign_in_id)
    return Claim(False, *db.execute(asked).one())


def _wait_from(now: datetime) -> Case[datetime | None]:
    number = SignIn.wrong_pins + 1
    waits = [
        (number == FREE_TRIES + step, literal(now + wait, Moment))
        for step, wait in enumerate(WAITS, start=1)
    ]
    longest = literal(now + WAITS[-1], Moment)
    return case((number <= FREE_TRIES, null()), *waits, else_=longest)


def give_up(db: Session, reader: Reader) -> None:
    """Too many wrong PINs: she is signed out here, and here alone."""
    sign_ins.end(db, reader)
