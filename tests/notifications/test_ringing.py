"""A word is written with its cause, and rings on the phone of whoever wants it."""

from sqlalchemy import select

from companion.db import Database
from companion.notifications.keys import push_key
from companion.notifications.models import Notification, State
from companion.sessions import actions as sessions
from tests.cast import Cast
from tests.conftest import NOW, HeldClock
from tests.notifications.conftest import CONTACT, Bell
from tests.notifications.push_service import vapid_claims


def test_a_cancelled_session_rings_at_once_and_says_nothing(
    database: Database, cast: Cast, bell: Bell, held_clock: HeldClock
) -> None:
    phone = bell.give(cast.amina)
    with database.writing.begin() as db:
        sessions.cancel(db, cast.chipo.reader, cast.session_id)

    bell.ring()

    (sent,) = bell.service.sent
    assert sent.path == "/push/Amina"
    assert phone.open(sent.body) == sent.opened
    assert sent.notification["body"] == "There is something for you in Companion."
    assert sent.notification["navigate"] == f"https://companion.example/sessions/{cast.session_id}"
    claims, key = vapid_claims(sent)
    assert key == push_key().public
    assert claims["aud"] == bell.service.origin
    assert claims["sub"] == CONTACT
    assert sent.headers["urgency"] == "high"
    assert len(sent.headers["topic"]) == 32
    with database.reading() as db:
        found = db.scalars(select(Notification).where(Notification.state == State.SENT)).one()
        assert found.sent_at == NOW
