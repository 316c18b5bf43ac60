"""The path of the group: the next session first, then those to come, then the past."""

from datetime import date, time
from uuid import UUID

from sqlalchemy import delete

from companion import clock
from companion.db import Database
from companion.groups.models import Membership
from companion.people.models import Role
from companion.sessions.models import Attendance, GroupSession
from tests.cast import Cast
from tests.conftest import Browser, HeldClock
from tests.sessions.conftest import Counter, plan_session, post_topic


def test_she_sees_when_and_where_the_next_session_is(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)

    page = browser.get("/sessions").text

    assert "<title>Sessions · Companion</title>" in page
    assert "Next: session 1" in page
    assert "Thursday 26 November, 10:00</p>" in page
    assert "Health centre Latour" in page
    assert "0 of 3 are coming" in page


def test_what_is_past_is_folded_away_and_the_latest_comes_first(
    browser: Browser, database: Database, cast: Cast, held_clock: HeldClock
) -> None:
    plan_session(database, cast.group_id, 2, date(2026, 12, 10))
    plan_session(database, cast.group_id, 3, date(2027, 1, 7))
    held_clock.moment = held_clock.moment.replace(month=12, day=20)
    browser.sign_in(cast.amina.token)

    page = browser.get("/sessions").text

    assert "Next: session 3" in page
    past = page[page.index("<details>") :]
    assert "2 past sessions" in past
    assert past.index("10 December") < past.index("26 November")


def test_a_session_going_on_is_still_the_next_one(
    browser: Browser, cast: Cast, held_clock: HeldClock
) -> None:
    browser.sign_in(cast.amina.token)
    held_clock.moment = held_clock.moment.replace(day=26, hour=10, minute=59)
    assert "Next: session 1" in browser.get("/sessions").text

    held_clock.moment = held_clock.moment.replace(hour=11, minute=0)

    assert "Next: session 1" not in browser.get("/sessions").text


def test_a_cancelled_session_is_struck_and_says_so(
    browser: Browser, database: Database, cast: Cast
) -> None:
    plan_session(database, cast.group_id, 2, date(2026, 12, 10))
    browser.sign_in(cast.chipo.token)
    browser.post_form(f"/sessions/{cast.session_id}/cancellations")

    browser.sign_in(cast.amina.token)
    page = browser.get("/sessions").text

    assert "Next: session 2" in page
    assert "<s>Thursday 26 November, 10:00</s>" in page
    assert "Cancelled" in page


def test_the_topics_stand_in_her_language_and_the_themes_where_there_are_none(
    browser: Browser, database: Database, cast: Cast
) -> None:
    plan_session(database, cast.group_id, 2, date(2026, 12, 10))
    post_topic(database, cast.session_id, nl="Slaap", en="Sleep")
    browser.sign_in(cast.amina.token)

    page = browser.get("/sessions").text

    assert "<bdi>Sleep</bdi>" in page
    assert "Slaap" not in page
    assert "Body changes" not in page
    assert "<bdi>Labour</bdi>" in page


def test_the_clock_of_the_place_is_named_when_hers_shows_another_time(
    browser: Browser, database: Database, cast: Cast
) -> None:
    plan_session(
        database, cast.group_id, 2, date(2026, 11, 25), time(10), zone="America/Paramaribo"
    )
    browser.sign_in(cast.amina.token)

    page = browser.get("/sessions").text

    assert "Wednesday 25 November, 10:00, time in Paramaribo" in page
    assert page.count("time in") == 1


def test_a_place_with_the_same_time_as_hers_is_not_named(
    browser: Browser, database: Database, cast: Cast
) -> None:
    plan_session(database, cast.group_id, 2, date(2026, 11, 25), time(10), zone="Europe/Belgrade")
    browser.sign_in(cast.amina.token)

    assert "time in" not in browser.get("/sessions").text


def test_a_facilitator_of_two_groups_sees_both_under_their_names(
    browser: Browser, database: Database, cast: Cast
) -> None:
    with database.writing.begin() as db:
        db.add(
            Membership(
                group_id=cast.other_group_id,
                person_id=cast.chipo.id,
                role=Role.FACILITATOR,
                joined_at=clock.now(),
            )
        )
    browser.sign_in(cast.chipo.token)

    page = browser.get("/sessions").text

    assert "<h2><bdi>November group</bdi></h2>" in page
    assert "<h2><bdi>Other group</bdi></h2>" in page
    assert "0 of 3 are coming" in page
    assert "0 of 1 are coming" in page


def test_a_group_without_sessions_offers_its_facilitator_the_plan(
    browser: Browser, database: Database, cast: Cast
) -> None:
    with database.writing.begin() as db:
        db.execute(delete(GroupSession).where(GroupSession.group_id == cast.group_id))
    browser.sign_in(cast.chipo.token)

    page = browser.get("/sessions").text

    assert "No sessions are planned yet." in page
    assert f'href="/groups/{cast.group_id}/plan"' in page


def test_nobody_sees_the_sessions_of_another_group(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.dewi.token)

    page = browser.get("/sessions").text

    assert str(cast.session_id) not in page
    assert "November group" not in page


def test_who_left_the_group_sees_none_of_it(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.hana.token)

    page = browser.get("/sessions").text

    assert "You are in no group at the moment" in page
    assert str(cast.session_id) not in page


def test_a_coordinator_is_shown_the_way_to_the_groups(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.edon.token)

    page = browser.get("/sessions").text

    assert 'href="/groups"' in page
    assert str(cast.session_id) not in page


def test_more_rows_do_not_mean_more_queries(
    browser: Browser, database: Database, cast: Cast, counting: Counter
) -> None:
    browser.sign_in(cast.chipo.token)
    with counting() as few:
        browser.get("/sessions")
    for number in range(2, 12):
        session_id = plan_session(database, cast.group_id, number, date(2027, 1, number))
        post_topic(database, session_id, nl="Slaap", en="Sleep")
        _answer(database, session_id, cast)

    with counting() as many:
        page = browser.get("/sessions").text

    assert "1 of 3 are coming" in page
    assert len(many) == len(few) <= 6


def _answer(database: Database, session_id: UUID, cast: Cast) -> None:
    answer = Attendance(
        session_id=session_id, person_id=cast.amina.id, is_coming=True, answered_at=clock.now()
    )
    with database.writing.begin() as db:
        db.add(answer)
