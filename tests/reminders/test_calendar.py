"""The calendar feed, opened by a reader that knows nothing of the package that writes it."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from ical.calendar import Calendar
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event
from sqlalchemy import select, update

from companion.db import Database
from companion.groups.models import Membership
from companion.people.models import Person
from companion.reminders.models import CalendarFeed
from companion.sessions import actions as sessions
from companion.sessions.actions import Arrangement
from companion.sessions.models import GroupSession
from tests.cast import Cast, Player
from tests.conftest import Browser, HeldClock
from tests.journeys.test_loss import FORBIDDEN
from tests.reminders.conftest import Act, choose, lose, on
from tests.sessions.conftest import plan_session
from tests.wordings import put, said

THERE = Arrangement(date(2026, 11, 26), time(10), 120, "Health centre Latour", "")


def _subscribe(browser: Browser, player: Player) -> str:
    """Her calendar's address, as the page shows it once."""
    browser.sign_in(player.token)
    page = browser.post_form("/reminders/calendar").text
    return "/calendar/" + str(page).partition("/calendar/")[2].partition('"')[0]


def _fetch(browser: Browser, address: str, **headers: str) -> Any:
    """As a calendar does: it is signed in nowhere."""
    browser.cookies.clear()
    return browser.get(address, headers=headers)


def _read(browser: Browser, address: str) -> Calendar:
    answer = _fetch(browser, address)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    return IcsCalendarStream.calendar_from_ics(answer.text)


def _event(browser: Browser, address: str) -> Event:
    (event,) = _read(browser, address).events
    return event


def test_a_session_stands_in_her_calendar(browser: Browser, cast: Cast) -> None:
    calendar = _read(browser, _subscribe(browser, cast.amina))

    (event,) = calendar.events
    assert event.uid == f"{cast.session_id}@companion"
    assert (event.summary, event.location) == ("Session 1", "Health centre Latour, Latour 1")
    assert (event.dtstart, event.computed_duration) == (on(26, 10), timedelta(hours=2))
    assert (event.sequence, event.status) == (0, "CONFIRMED")
    assert str(event.url).endswith(f"/sessions/{cast.session_id}")
    assert calendar.refresh_interval == timedelta(hours=6)


def test_a_moved_session_moves_in_her_calendar(browser: Browser, cast: Cast, act: Act) -> None:
    address = _subscribe(browser, cast.amina)
    before = _event(browser, address)

    act(
        sessions.change, cast.chipo.reader, cast.session_id,
        replace(THERE, day=date(2026, 11, 27), place="Library"),
    )  # fmt: skip

    after = _event(browser, address)
    assert (after.uid, after.dtstart) == (before.uid, on(27, 10))
    assert (before.sequence, after.sequence) == (0, 1)
    assert after.location == "Library"
    assert after.dtstamp == before.dtstamp


@pytest.mark.parametrize("restored", [False, True])
def test_a_cancelled_session_is_cancelled_there_until_it_takes_place_after_all(
    browser: Browser, cast: Cast, act: Act, restored: bool
) -> None:
    address = _subscribe(browser, cast.amina)
    act(sessions.cancel, cast.chipo.reader, cast.session_id)
    if restored:
        act(sessions.restore, cast.chipo.reader, cast.session_id)

    event = _event(browser, address)

    assert event.status == ("CONFIRMED" if restored else "CANCELLED")
    assert event.sequence == (2 if restored else 1)
    assert bool(event.alarm) == restored


def test_ten_o_clock_is_ten_o_clock_on_both_sides_of_a_change(
    browser: Browser, cast: Cast, database: Database
) -> None:
    for number, day in ((2, date(2027, 3, 27)), (3, date(2027, 3, 28)), (4, date(2027, 10, 31))):
        plan_session(database, cast.group_id, number, day)

    events = _read(browser, _subscribe(browser, cast.amina)).events

    begins = [each.dtstart for each in events if isinstance(each.dtstart, datetime)]
    assert [f"{each.astimezone(ZoneInfo('UTC')):%d.%m. %H}" for each in begins] == [
        "26.11. 09", "27.03. 09", "28.03. 08", "31.10. 09"
    ]  # fmt: skip
    assert {f"{each:%H}" for each in begins} == {"10"}


def test_in_another_zone_it_stands_where_the_group_meets(
    browser: Browser, cast: Cast, database: Database
) -> None:
    plan_session(database, cast.group_id, 2, date(2027, 1, 12), zone="America/Paramaribo")

    *_, event = _read(browser, _subscribe(browser, cast.amina)).events

    assert event.dtstart == datetime(2027, 1, 12, 10, tzinfo=ZoneInfo("America/Paramaribo"))


def _discreet(act: Act) -> None:
    act(lambda db: db.execute(update(Person).values(look="notes")))


def test_discreet_it_gives_nothing_away(browser: Browser, cast: Cast, act: Act) -> None:
    _discreet(act)
    address = _subscribe(browser, cast.amina)

    event = _event(browser, address)

    assert (event.summary, event.location, event.url) == ("Appointment", None, None)
    text = _fetch(browser, address).text
    assert "X-WR-CALNAME:Notes" in text
    for word in ("Latour", "Session", "http"):
        assert word not in text


@pytest.mark.parametrize("name", ["amina", "femi", "chipo"])
@pytest.mark.parametrize("discreet", [False, True])
def test_no_feed_has_names_or_words_of_health_in_it(
    browser: Browser, cast: Cast, act: Act, name: str, discreet: bool
) -> None:
    act(lambda db: db.execute(update(GroupSession).values(themes=["Giving birth"])))
    if discreet:
        _discreet(act)

    text = _fetch(browser, _subscribe(browser, getattr(cast, name))).text

    assert "Latour" in text or discreet
    assert FORBIDDEN.search(text) is None
    for word in ("Amina", "Beatriz", "Chipo", "Femi", "November group", "Body changes", "pressure"):
        assert word not in text


def test_it_speaks_her_language(browser: Browser, cast: Cast) -> None:
    assert _event(browser, _subscribe(browser, cast.beatriz)).summary == "Bijeenkomst 1"


def test_it_speaks_the_words_of_her_pilot(browser: Browser, cast: Cast, database: Database) -> None:
    address = _subscribe(browser, cast.amina)
    before = _fetch(browser, address).headers["etag"]

    put(database, said("Session %(number)s", "Circle %(number)s"))

    event = _event(browser, address)
    assert event.summary == "Circle 1"
    assert {each.description for each in event.alarm} == {"Circle 1"}
    assert _fetch(browser, address, **{"if-none-match": before}).status_code == 200


def test_it_rings_when_her_phone_would(
    browser: Browser, cast: Cast, database: Database, act: Act
) -> None:
    address = _subscribe(browser, cast.amina)
    assert _alarms(_event(browser, address)) == [on(25, 18), on(26, 8)]

    choose(database, cast.amina, day_before_at=time(12))
    assert _alarms(_event(browser, address)) == [on(25, 12), on(26, 8)]

    choose(database, cast.amina, wants_sessions=False)
    assert _alarms(_event(browser, address)) == []


def _alarms(event: Event) -> list[Any]:
    return [each.trigger for each in event.alarm]


@pytest.mark.parametrize(
    ("at", "alarms"),
    [
        (time(9, 30), [on(25, 18), on(26, 8)]),
        # Two hours before is night; when that is over, the session has begun.
        (time(8), [on(25, 18)]),
        (time(0, 30), [on(25, 18)]),
    ],
)
def test_it_never_rings_at_night(
    browser: Browser, cast: Cast, act: Act, at: time, alarms: list[datetime]
) -> None:
    address = _subscribe(browser, cast.amina)

    act(sessions.change, cast.chipo.reader, cast.session_id, replace(THERE, at=at))

    assert _alarms(_event(browser, address)) == alarms


def test_after_a_loss_it_is_empty_unless_she_wants_it(
    browser: Browser, cast: Cast, database: Database, act: Act
) -> None:
    address = _subscribe(browser, cast.amina)
    act(lose, cast.amina)
    assert _read(browser, address).events == []

    choose(database, cast.amina, wants_sessions_after_loss=True)

    assert _event(browser, address).uid == f"{cast.session_id}@companion"


def test_what_is_long_past_is_not_in_it(
    browser: Browser, cast: Cast, held_clock: HeldClock
) -> None:
    address = _subscribe(browser, cast.amina)

    held_clock.moment = on(26, 12) + timedelta(days=30)
    assert len(_read(browser, address).events) == 1
    held_clock.moment = on(26, 12) + timedelta(days=61)
    assert _read(browser, address).events == []


def test_who_left_the_group_finds_nothing_in_it(browser: Browser, cast: Cast, act: Act) -> None:
    address = _subscribe(browser, cast.amina)

    act(lambda db: db.execute(update(Membership).values(left_at=on(22))))

    assert _read(browser, address).events == []


@pytest.mark.parametrize("ended", ["taken back", "made anew", "never was"])
def test_a_secret_that_does_not_hold_is_not_found(
    browser: Browser, cast: Cast, act: Act, ended: str
) -> None:
    address = _subscribe(browser, cast.amina)
    assert _fetch(browser, address).status_code == 200
    if ended == "taken back":
        browser.sign_in(cast.amina.token)
        assert browser.post_form("/reminders/calendar/goodbyes").status_code == 303
    elif ended == "made anew":
        assert _fetch(browser, _subscribe(browser, cast.amina)).status_code == 200
    else:
        address = "/calendar/never-was.ics"

    assert _fetch(browser, address).status_code == 404


def test_the_secret_is_shown_once_and_kept_as_a_hash(
    browser: Browser, cast: Cast, database: Database
) -> None:
    secret = _subscribe(browser, cast.amina).removeprefix("/calendar/").removesuffix(".ics")

    browser.sign_in(cast.amina.token)
    page = browser.get("/reminders").text
    assert "Stop this calendar address" in page
    assert secret not in page
    with database.reading() as db:
        assert secret not in str(db.execute(select(CalendarFeed.__table__)).all())


def test_the_page_opens_her_calendar(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)

    page = browser.post_form("/reminders/calendar").text

    assert 'href="webcal://' in page
    assert "This is shown only once." in page


def test_what_has_not_changed_is_not_sent_again(browser: Browser, cast: Cast, act: Act) -> None:
    address = _subscribe(browser, cast.amina)
    tag = _fetch(browser, address).headers["etag"]

    again = _fetch(browser, address, **{"if-none-match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)

    act(sessions.cancel, cast.chipo.reader, cast.session_id)
    changed = _fetch(browser, address, **{"if-none-match": tag})
    assert (changed.status_code, changed.headers["etag"] != tag) == (200, True)


def test_it_is_kept_by_nobody_on_the_way(browser: Browser, cast: Cast) -> None:
    answer = _fetch(browser, _subscribe(browser, cast.amina))

    assert answer.headers["cache-control"] == "private, no-cache"
    assert "set-cookie" not in answer.headers


def test_a_coordinator_has_no_sessions_and_no_feed(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.edon.token)

    assert browser.post_form("/reminders/calendar").status_code == 404


def test_each_feed_is_of_its_owners_groups(browser: Browser, cast: Cast) -> None:
    event = _event(browser, _subscribe(browser, cast.dewi))

    assert event.uid == f"{cast.other_session_id}@companion"
