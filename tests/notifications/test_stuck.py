"""A monitor is woken when nothing gets through any more, and learns of nobody's reasons."""

from datetime import timedelta

import pytest

from companion.db import Database
from companion.notifications.numbers import LATELY, TOO_OLD, numbers
from companion.sessions import actions as sessions
from tests.cast import Cast
from tests.conftest import NOW, Browser, HeldClock
from tests.notifications.conftest import Bell
from tests.notifications.push_service import answer
from tests.reminders.conftest import choose, lose


def test_when_nothing_is_taken_for_ten_minutes_somebody_should_look(
    browser: Browser, bell: Bell, cast: Cast, held_clock: HeldClock
) -> None:
    bell.give(cast.amina)
    bell.service.usually = answer(503, Retry_After="3000")
    bell.tell(cast.amina)
    bell.ring()

    held_clock.moment = NOW + timedelta(seconds=TOO_OLD - 1)
    assert browser.get("/health").status_code == 200
    held_clock.moment = NOW + timedelta(seconds=TOO_OLD)
    answered = browser.get("/health")

    assert answered.status_code == 503
    assert answered.json() == {
        "well": False,
        "due": 0,
        "oldest_due_seconds": 0,
        "held_up": 1,
        "held_up_seconds": TOO_OLD,
    }


def test_what_was_sent_long_before_is_no_comfort(
    browser: Browser, bell: Bell, cast: Cast, held_clock: HeldClock
) -> None:
    bell.give(cast.amina)
    bell.tell(cast.amina)
    bell.ring()
    bell.service.usually = answer(403)
    held_clock.moment = NOW + LATELY - timedelta(seconds=1)
    bell.tell(cast.amina)
    bell.ring()
    assert browser.get("/health").status_code == 200

    held_clock.moment = NOW + LATELY
    assert browser.get("/health").status_code == 503


@pytest.mark.parametrize(("status", "health"), [(403, 503), (413, 503), (410, 200)])
def test_when_everything_is_refused_somebody_should_look(
    browser: Browser, bell: Bell, cast: Cast, status: int, health: int
) -> None:
    bell.service.usually = answer(status)
    for player in (cast.amina, cast.beatriz):
        bell.give(player)
        bell.tell(player)
    bell.ring()

    assert browser.get("/health").status_code == health


@pytest.mark.parametrize("status", [403, 503])
def test_one_phone_that_does_not_answer_well_wakes_nobody(
    browser: Browser, bell: Bell, cast: Cast, held_clock: HeldClock, status: int
) -> None:
    bell.service.will_answer("Amina", answer(status, Retry_After="3000"))
    bell.give(cast.amina)
    bell.give(cast.beatriz)
    bell.tell(cast.amina)
    bell.ring()
    held_clock.moment = NOW + timedelta(seconds=TOO_OLD)
    bell.tell(cast.beatriz)
    bell.ring()

    assert browser.get("/health").status_code == 200


@pytest.mark.parametrize("reason", ["loss", "choice"])
def test_why_something_is_not_sent_is_nothing_for_a_monitor(
    browser: Browser, bell: Bell, cast: Cast, database: Database, reason: str
) -> None:
    bell.give(cast.amina)
    with database.writing.begin() as db:
        sessions.cancel(db, cast.chipo.reader, cast.session_id)
    if reason == "loss":
        with database.writing.begin() as db:
            lose(db, cast.amina)
    else:
        choose(database, cast.amina, wants_sessions=False)

    bell.ring()

    with database.reading() as db:
        assert numbers(db).cancelled == {"off": 1, "no phone": 2}
    said = browser.get("/health").text
    for word in ("cancelled", "failed", "loss", "off", "phone"):
        assert word not in said


def test_phones_that_ring_for_another_key_are_not_counted_as_ringing(
    bell: Bell, cast: Cast, database: Database
) -> None:
    for player in (cast.amina, cast.beatriz):
        bell.give(player)
    with database.writing.begin() as db:
        phone = db.merge(bell.kept(cast.amina))
        assert phone
        phone.key_id = "another one."

    with database.reading() as db:
        assert (numbers(db).phones, numbers(db).retired) == (1, 0)
