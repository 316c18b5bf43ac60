"""The brake on guessing codes: after too many wrong ones, a pause for everybody.

Counted for all together and never by network address, since a whole town may share one. A brake
that anybody can pull is also a way to shut others out, so it is a wide one: only a stream of more
than a handful of wrong codes a second is slowed down. Against that, an invitation's 40 bits hold
(one of a hundred open ones is hit in sixty years), and a spare key has 65.
"""

from contextlib import suppress
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from companion import clock
from companion.errors import Refusal
from companion.i18n import _
from companion.people.models import Brake

TRIES = 300
SECONDS_PER_TRY = 0.2


def refuse_guessing(db: Session, action: str) -> None:
    """Refuse codes for a moment after too many wrong ones, whoever sent them."""
    brake = db.scalar(select(Brake).where(Brake.action == action))
    if brake is not None and _filled(brake) < 1:
        raise Refusal(
            _("Too many wrong codes were tried just now. Wait a minute, then try again."), "code"
        )


def note_wrong_code(db: Session, action: str) -> None:
    held = select(Brake).where(Brake.action == action).with_for_update()
    brake = db.scalar(held)
    if brake is None:
        _add_brake(db, action)
        brake = db.scalars(held).one()
    brake.tokens, brake.filled_at = max(0.0, _filled(brake) - 1), clock.now()


def _add_brake(db: Session, action: str) -> None:
    """The first wrong code of its kind; somebody else's may come first by a hair."""
    with suppress(IntegrityError), db.begin_nested():
        db.add(Brake(action=action, tokens=TRIES, filled_at=clock.now()))


def _filled(brake: Brake) -> float:
    passed: timedelta = clock.now() - brake.filled_at
    return min(TRIES, brake.tokens + passed.total_seconds() / SECONDS_PER_TRY)
