"""A session rings the day before and two hours before; and at once when something changes."""

from dataclasses import replace
from datetime import date, time, timedelta
from uuid import UUID

import pytest
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from companion.db import Database
from companion.people.models import Person
from companion.reminders.following import follow
from companion.sessions import actions as sessions
from companion.sessions.actions import Arrangement
from companion.sessions.models import GroupSession
from tests.cast import Cast
from tests.conftest import NOW, Browser
from tests.reminders.conftest import Act, Doorbell, choose, on, save, waiting, whose, whys, written

GROUP = ["Amina", "Beatriz", "Chipo", "Femi"]
NEXT_DAY = Arrangement(date(2026, 11, 27), time(14), 120, "", "")


def test_a_session_that_is_planned_rings_for_everybody_in_the_group(
    browser: Browser, cast: Cast, database: Database
) -> None:
    with database.writing.begin() as db:
        db.execute(delete(GroupSession).where(GroupSession.group_id == cast.group_id))
    browser.sign_in(cast.chipo.token)
    rhythm = {"weekday": "3", "at": "10:00", "place": "Latour", "step": "plan"}

    browser.post_form(f"/groups/{cast.group_id}/plan", rhythm)

    with database.reading() as db:
        planned = db.query(GroupSession).where(GroupSession.group_id == cast.group_id).count()
    assert planned > 5
    assert set(whose(cast, waiting(database))) == set(GROUP)
    assert len(waiting(database, cast.amina)) == planned * 2


def test_it_rings_on_the_day_before_and_two_hours_before(
    cast: Cast, doorbell: Doorbell, planned: None
) -> None:
    doorbell.give(cast.amina)

    rang = doorbell.ring_until(on(30))

    assert [each.sent_at for each in rang] == [on(25, 18), on(26, 8)]
    assert {each.path for each in rang} == {f"/sessions/{cast.session_id}"}
    assert whys(rang) == [("sent", "")] * 2


def test_it_rings_at_the_hour_that_her_own_wall_shows(
    cast: Cast, database: Database, doorbell: Doorbell, act: Act, planned: None
) -> None:
    doorbell.give(cast.amina)
    act(lambda db: db.execute(update(Person).values(zone="America/Paramaribo")))
    save(database, cast.amina)

    rang = doorbell.ring_until(on(30))

    # 18:00 there is 22:00 in Amsterdam. Two hours before is 4:00 there, and she sleeps until 8:00.
    assert [each.sent_at for each in rang] == [on(25, 22)]


def test_a_moved_session_takes_its_reminders_with_it(
    cast: Cast, doorbell: Doorbell, act: Act, planned: None
) -> None:
    doorbell.give(cast.beatriz)

    act(sessions.change, cast.chipo.reader, cast.session_id, NEXT_DAY)

    rang = doorbell.ring_until(on(30))
    assert [each.sent_at for each in rang] == [NOW, on(26, 18), on(27, 12)]


@pytest.mark.parametrize("change", ["moved", "cancelled"])
def test_everybody_is_told_at_once_but_for_whoever_did_it(
    cast: Cast, doorbell: Doorbell, act: Act, planned: None, change: str
) -> None:
    doorbell.give(cast.amina, cast.beatriz, cast.chipo, cast.dewi, cast.femi, cast.gita)

    if change == "moved":
        act(sessions.change, cast.chipo.reader, cast.session_id, NEXT_DAY)
    else:
        act(sessions.cancel, cast.chipo.reader, cast.session_id)

    assert whose(cast, doorbell.ring()) == ["Amina", "Beatriz", "Femi"]
    assert doorbell.ring() == []


def test_who_wants_no_sessions_is_not_told(
    cast: Cast, database: Database, doorbell: Doorbell, act: Act, planned: None
) -> None:
    doorbell.give(cast.amina, cast.beatriz)
    choose(database, cast.amina, wants_sessions=False)

    act(sessions.cancel, cast.chipo.reader, cast.session_id)

    assert whose(cast, doorbell.ring_until(on(30))) == ["Beatriz"]


def test_how_long_it_takes_rings_for_nobody(
    cast: Cast, database: Database, act: Act, planned: None
) -> None:
    before = [each.id for each in waiting(database)]
    with database.reading() as db:
        place = db.get_one(GroupSession, cast.session_id).place

    longer = replace(NEXT_DAY, day=date(2026, 11, 26), at=time(10), place=place, minutes=150)
    act(sessions.change, cast.chipo.reader, cast.session_id, longer)

    assert [each.id for each in waiting(database)] == before


def test_a_cancelled_session_does_not_ring_any_more(
    cast: Cast, doorbell: Doorbell, act: Act, planned: None, database: Database
) -> None:
    doorbell.give(cast.amina)
    act(sessions.cancel, cast.chipo.reader, cast.session_id)
    doorbell.ring()

    assert doorbell.ring_until(on(30)) == []
    taken_back = [each for each in written(database, cast.amina) if each.slot in ("day", "hours")]
    assert whys(taken_back) == [("cancelled", "changed")] * 2


def test_a_session_that_takes_place_after_all_rings_as_before(
    cast: Cast, doorbell: Doorbell, act: Act, planned: None
) -> None:
    doorbell.give(cast.amina)
    act(sessions.cancel, cast.chipo.reader, cast.session_id)
    doorbell.ring()

    act(sessions.restore, cast.chipo.reader, cast.session_id)

    rang = doorbell.ring_until(on(30))
    assert [each.sent_at for each in rang] == [NOW, on(25, 18), on(26, 8)]


def test_moved_there_and_back_it_rings_as_if_nothing_had_been(
    cast: Cast, doorbell: Doorbell, act: Act, planned: None
) -> None:
    back = replace(NEXT_DAY, day=date(2026, 11, 26), at=time(10))
    doorbell.give(cast.amina)
    for arrangement in (NEXT_DAY, back):
        act(sessions.change, cast.chipo.reader, cast.session_id, arrangement)

    assert [each.sent_at for each in doorbell.ring_until(on(30))] == [NOW, on(25, 18), on(26, 8)]


def test_moved_twice_at_night_it_rings_once_in_the_morning(
    cast: Cast, doorbell: Doorbell, act: Act, planned: None
) -> None:
    doorbell.give(cast.amina)
    for hour, at in ((22, time(14)), (23, time(15))):
        doorbell.ring_until(on(22, hour))
        act(sessions.change, cast.chipo.reader, cast.session_id, replace(NEXT_DAY, at=at))
        assert doorbell.ring() == []

    rang = doorbell.ring_until(on(24))

    assert [(each.sent_at, each.slot, each.why) for each in rang] == [
        (on(23, 8), "change-2", "quiet")
    ]


def test_what_begins_before_she_wakes_rings_for_nobody(
    cast: Cast, doorbell: Doorbell, act: Act, planned: None, database: Database
) -> None:
    doorbell.give(cast.amina)
    doorbell.ring_until(on(22, 23))

    early = replace(NEXT_DAY, day=date(2026, 11, 23), at=time(7, 30))
    act(sessions.change, cast.chipo.reader, cast.session_id, early)

    assert doorbell.ring_until(on(24)) == []
    told = [each for each in written(database, cast.amina) if each.slot != "day"]
    assert ("cancelled", "quiet") in whys(told)
    assert waiting(database, cast.amina) == []


def test_a_session_that_begins_soon_is_told_of_and_not_reminded_of(
    cast: Cast, doorbell: Doorbell, act: Act, planned: None
) -> None:
    doorbell.give(cast.amina)

    soon = replace(NEXT_DAY, day=date(2026, 11, 22), at=time(12, 30))
    act(sessions.change, cast.chipo.reader, cast.session_id, soon)

    (told,) = doorbell.ring_until(on(30))
    assert told.slot == "change-1"
    assert told.expires_at == on(22, 12, 30)


def test_about_a_session_that_is_over_nobody_is_told(
    cast: Cast, database: Database, doorbell: Doorbell, act: Act, planned: None
) -> None:
    doorbell.give(cast.amina)
    doorbell.ring(on(26, 14))

    act(sessions.cancel, cast.chipo.reader, cast.session_id)

    assert doorbell.ring() == []


def test_what_is_rolled_back_writes_nothing(
    cast: Cast, database: Database, act: Act, planned: None
) -> None:
    before = [(each.id, each.state) for each in written(database)]

    def fail(db: Session) -> None:
        sessions.cancel(db, cast.chipo.reader, cast.session_id)
        follow(db)
        raise LookupError

    with pytest.raises(LookupError):
        act(fail)

    assert [(each.id, each.state) for each in written(database)] == before


@pytest.mark.parametrize("minute", [0, 30, 59])
def test_saving_her_form_in_the_night_loses_nothing(
    cast: Cast, database: Database, doorbell: Doorbell, act: Act, planned: None, minute: int
) -> None:
    """A session at 9:00 rings at 8:00, when her night is over, and not at 7:00."""
    nine = replace(NEXT_DAY, day=date(2026, 11, 26), at=time(9))
    act(sessions.change, cast.chipo.reader, cast.session_id, nine)
    doorbell.give(cast.amina)
    doorbell.ring_until(on(26, 7, minute))

    save(database, cast.amina)

    assert [each.sent_at for each in doorbell.ring_until(on(27))] == [on(26, 8)]


def test_whoever_left_the_group_or_never_was_in_it_hears_nothing(
    cast: Cast, database: Database, planned: None
) -> None:
    about: dict[UUID, list[str]] = {}
    for row in waiting(database):
        assert row.about_id
        about.setdefault(row.about_id, []).extend(whose(cast, [row]))

    assert sorted(about[cast.session_id]) == sorted(GROUP * 2)
    assert sorted(about[cast.other_session_id]) == ["Dewi", "Dewi", "Gita", "Gita"]
    assert timedelta(days=3) < waiting(database)[0].due_at - NOW
