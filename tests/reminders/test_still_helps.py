"""Whether a word is still to be said is asked when it is due: much may have happened until then."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from companion.db import Database
from companion.notifications import outbox
from companion.notifications.models import Notification
from companion.sessions import actions as sessions
from companion.sessions.models import GroupSession
from tests.cast import Cast
from tests.reminders.conftest import Act, Doorbell, choose, on, save, waiting, whys, written


@pytest.fixture(autouse=True)
def _amina_rings(cast: Cast, doorbell: Doorbell, planned: None) -> None:
    doorbell.give(cast.amina)


def test_what_she_switched_off_meanwhile_does_not_ring(
    cast: Cast, database: Database, doorbell: Doorbell
) -> None:
    choose(database, cast.amina, wants_sessions=False)

    assert doorbell.ring_until(on(30)) == []
    assert whys(written(database, cast.amina)) == [("cancelled", "off")] * 2


def test_what_she_switched_on_again_in_time_rings(
    cast: Cast, database: Database, doorbell: Doorbell
) -> None:
    save(database, cast.amina, wants_sessions=False)
    doorbell.ring_until(on(25, 20))

    save(database, cast.amina)

    assert [each.sent_at for each in doorbell.ring_until(on(30))] == [on(26, 8)]


def test_the_quiet_hours_are_those_that_she_has_now(
    cast: Cast, database: Database, doorbell: Doorbell
) -> None:
    choose(database, cast.amina, quiet_from=on(1, 17).time(), quiet_until=on(1, 19).time())

    rang = doorbell.ring_until(on(30))

    assert [(each.sent_at, each.why) for each in rang] == [(on(25, 19), "quiet"), (on(26, 8), "")]


def test_a_word_that_knows_of_another_time_is_not_said(
    cast: Cast, database: Database, doorbell: Doorbell, act: Act
) -> None:
    """As if somebody had moved the session by hand."""
    later = update(GroupSession).values(starts_at=on(26, 11))
    act(lambda db: db.execute(later))

    assert doorbell.ring_until(on(30)) == []
    assert whys(written(database, cast.amina)) == [("cancelled", "changed")] * 2


def test_a_word_that_came_back_from_a_dead_worker_is_asked_about_anew(
    cast: Cast, database: Database, doorbell: Doorbell, act: Act
) -> None:
    doorbell.clock.moment = on(25, 18)
    act(outbox.claim, 200)
    act(sessions.cancel, cast.chipo.reader, cast.session_id)

    rang = doorbell.ring_until(on(30))

    assert [each.slot for each in rang] == ["change-1"]
    (evening,) = (each for each in written(database, cast.amina) if each.slot == "day")
    assert (evening.state, evening.why) == ("cancelled", "changed")


def test_after_a_short_while_without_a_worker_it_rings_late_and_says_why(
    cast: Cast, database: Database, doorbell: Doorbell
) -> None:
    rang = doorbell.ring(on(25, 20))

    assert [(each.slot, each.state, each.why) for each in rang] == [("day", "sent", "woken late")]


@pytest.mark.parametrize(("minutes", "why"), [(15, ""), (16, "woken late")])
def test_a_few_minutes_need_no_reason(
    cast: Cast, doorbell: Doorbell, minutes: int, why: str
) -> None:
    (rang,) = doorbell.ring(on(25, 18) + timedelta(minutes=minutes))

    assert rang.why == why


def test_after_a_night_without_a_worker_only_what_still_helps_rings(
    cast: Cast, database: Database, doorbell: Doorbell
) -> None:
    rang = doorbell.ring(on(26, 8, 30))

    assert [(each.slot, each.why) for each in rang] == [("hours", "woken late")]
    assert whys(written(database, cast.amina)) == [("cancelled", "late"), ("sent", "woken late")]


def test_after_the_session_nothing_rings(
    cast: Cast, database: Database, doorbell: Doorbell
) -> None:
    assert doorbell.ring(on(26, 10)) == []
    assert whys(written(database, cast.amina)) == [("cancelled", "late")] * 2


def test_a_word_of_a_kind_that_there_is_no_more_is_not_said(
    cast: Cast, database: Database, doorbell: Doorbell, act: Act
) -> None:
    act(lambda db: db.execute(update(Notification).values(kind="visit")))

    assert doorbell.ring_until(on(30)) == []
    assert whys(written(database, cast.amina)) == [("cancelled", "unknown")] * 2


def test_who_has_no_phone_is_not_rung_and_nothing_waits_for_one(
    cast: Cast, database: Database, doorbell: Doorbell
) -> None:
    doorbell.ring_until(on(30))

    assert whys(written(database, cast.beatriz)) == [("cancelled", "no phone")] * 2
    assert waiting(database) == []
