"""What the first page asks for: the next session, the newest topics, what is to be measured."""

from datetime import date, time, timedelta

from companion.db import Database
from companion.i18n import themed
from companion.sessions import actions
from companion.sessions.models import GroupSession
from tests.cast import Cast
from tests.conftest import NOW, Browser, HeldClock
from tests.sessions.conftest import Counter, plan_session, post_topic, session_of


def test_the_next_session_with_what_it_is_about_and_who_comes(
    browser: Browser, database: Database, cast: Cast
) -> None:
    browser.sign_in(cast.amina.token)
    browser.post_form(f"/sessions/{cast.session_id}/answers", {"answer": "yes"})

    with database.reading() as db:
        card = actions.next_of(db, cast.amina.reader)

    assert card
    assert (card.id, card.number, card.group_name) == (cast.session_id, 1, "November group")
    assert (card.day, card.at, card.zone) == (date(2026, 11, 26), time(10), "Europe/Amsterdam")
    assert (card.answer, card.coming, card.members) == (True, 1, 3)
    assert card.about == (themed("Body changes"), themed("Common discomforts"))
    assert card.elsewhere == ""


def test_topics_take_the_place_of_themes(database: Database, cast: Cast) -> None:
    post_topic(database, cast.session_id, nl="Slaap", en="Sleep")

    with database.reading() as db:
        card = actions.next_of(db, cast.beatriz.reader)

    assert card
    assert card.about == ("Slaap",)


def test_what_is_over_is_not_next(database: Database, cast: Cast, held_clock: HeldClock) -> None:
    later = plan_session(database, cast.group_id, 2, date(2026, 12, 10))
    held_clock.moment = session_of(database, cast.session_id).starts_at + timedelta(hours=2)

    with database.reading() as db:
        card = actions.next_of(db, cast.amina.reader)

    assert card
    assert card.id == later


def test_a_cancelled_session_is_shown_until_its_time_has_passed(
    browser: Browser, database: Database, cast: Cast
) -> None:
    plan_session(database, cast.group_id, 2, date(2026, 12, 10))
    browser.sign_in(cast.chipo.token)
    browser.post_form(f"/sessions/{cast.session_id}/cancellations")

    with database.reading() as db:
        card = actions.next_of(db, cast.amina.reader)
        assert actions.checks_asked(db, cast.amina.reader) == ()

    assert card
    assert (card.id, card.is_cancelled, card.may_answer) == (cast.session_id, True, False)


def test_who_is_in_no_group_has_no_next_session(database: Database, cast: Cast) -> None:
    with database.reading() as db:
        assert actions.next_of(db, cast.hana.reader) is None
        assert actions.checks_asked(db, cast.hana.reader) == ()
        assert actions.newest_topics(db, cast.hana.reader, NOW - timedelta(days=7)) == []


def test_it_takes_two_queries_at_most(database: Database, cast: Cast, counting: Counter) -> None:
    for number in range(2, 9):
        session_id = plan_session(database, cast.group_id, number, date(2027, 1, number))
        post_topic(database, session_id, nl="Slaap", en="Sleep")

    with database.reading() as db, counting() as queries:
        actions.next_of(db, cast.amina.reader)

    assert len(queries) == 2


def test_the_newest_topics_come_first_in_her_language(
    database: Database, cast: Cast, held_clock: HeldClock
) -> None:
    post_topic(database, cast.session_id, en="Long ago")
    held_clock.moment += timedelta(days=3)
    since = held_clock.moment - timedelta(hours=1)
    first = post_topic(database, cast.session_id, nl="Slaap", en="Sleep")
    held_clock.moment += timedelta(minutes=1)
    second = post_topic(database, cast.session_id, nl="Eten")
    post_topic(database, cast.other_session_id, en="Theirs")

    with database.reading() as db:
        newest = actions.newest_topics(db, cast.amina.reader, since)

    assert [(each.title, each.address) for each in newest] == [
        ("Eten", f"/topics/{second}"),
        ("Sleep", f"/topics/{first}"),
    ]


def test_the_next_session_asks_for_readings_of_herself(database: Database, cast: Cast) -> None:
    with database.writing.begin() as db:
        session = db.get_one(GroupSession, cast.session_id)
        session.checks = ["blood-pressure", "weight", "child-weight"]

    with database.reading() as db:
        assert actions.checks_asked(db, cast.amina.reader) == ("blood-pressure", "weight")
