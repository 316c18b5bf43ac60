"""Today for a facilitator: her groups at a glance, and who asks to be called."""

import re
from datetime import date, time, timedelta
from uuid import UUID

import pytest

from companion.db import Database
from companion.groups.models import Group, Membership
from companion.journeys import scopes
from companion.people import actions as people
from companion.sessions.models import GroupSession
from tests.cast import Cast, Player, join
from tests.conftest import Browser, HeldClock
from tests.today.conftest import Counting


def today(browser: Browser, player: Player) -> str:
    browser.sign_in(player.token)
    page = browser.get("/")
    assert page.status_code == 200
    return str(page.text)


def answer(browser: Browser, player: Player, session_id: UUID, said: str) -> None:
    browser.sign_in(player.token)
    browser.post_form(f"/sessions/{session_id}/answers", {"answer": said})


@pytest.fixture
def amina_asks(browser: Browser, cast: Cast, database: Database) -> str:
    """The address where it is noted that Amina, after a loss, was called."""
    browser.sign_in(cast.amina.token)
    browser.post_form("/journey/changes")
    browser.post_form("/journey/calls", {"wanted": "yes"})
    return f"/calls/{journey_id(database, cast)}/answers"


def journey_id(database: Database, cast: Cast) -> UUID:
    with database.reading() as db:
        found = scopes.current(db, cast.amina.id)
        assert found
        return found.id


def waits(database: Database, cast: Cast) -> bool:
    with database.reading() as db:
        found = scopes.current(db, cast.amina.id)
        return bool(found and found.wants_call_at)


def test_she_sees_who_comes_as_counts(browser: Browser, cast: Cast) -> None:
    answer(browser, cast.amina, cast.session_id, "yes")
    answer(browser, cast.beatriz, cast.session_id, "no")

    page = today(browser, cast.chipo)

    assert "November group" in page
    assert "Thursday 26 November, 10:00" in page
    assert [said in page for said in ("1 is coming", "1 cannot come", "1 has not answered")] == [
        True,
        True,
        True,
    ]
    assert "Other group" not in page


def test_who_has_left_is_not_counted(browser: Browser, cast: Cast, database: Database) -> None:
    answer(browser, cast.beatriz, cast.session_id, "no")
    with database.writing.begin() as db:
        left = db.query(Membership).filter_by(person_id=cast.beatriz.id).one()
        left.left_at = left.joined_at

    page = today(browser, cast.chipo)

    assert "0 cannot come" in page
    assert "2 have not answered" in page


def test_nobody_counts_who_was_there_beside_somebody_who_left_companion(
    browser: Browser, cast: Cast, database: Database
) -> None:
    for player in (cast.amina, cast.beatriz, cast.femi):
        answer(browser, player, cast.session_id, "no" if player is cast.femi else "yes")
    assert "1 cannot come" in today(browser, cast.chipo)
    with database.writing.begin() as db:
        people.leave(db, cast.amina.reader)

    page = today(browser, cast.chipo)

    assert "1 is coming" in page
    assert "0 cannot come" in page
    assert "0 have not answered" in page


def test_the_ways_to_invite_and_to_post_are_there(browser: Browser, cast: Cast) -> None:
    page = today(browser, cast.chipo)

    for address in (
        f"/groups/{cast.group_id}/invitations",
        f"/sessions/{cast.session_id}/topics/new",
    ):
        assert f'href="{address}"' in page
        assert browser.get(address).status_code == 200


def test_a_group_without_sessions_leads_to_its_plan(
    browser: Browser, cast: Cast, held_clock: HeldClock
) -> None:
    held_clock.moment += timedelta(days=30)

    page = today(browser, cast.chipo)

    assert "No session is coming up." in page
    assert f'href="/groups/{cast.group_id}/plan"' in page


def test_without_a_group_it_says_so(browser: Browser, cast: Cast, database: Database) -> None:
    with database.writing.begin() as db:
        hers = db.query(Membership).filter_by(person_id=cast.chipo.id).one()
        hers.left_at = hers.joined_at

    assert "You facilitate no group now." in today(browser, cast.chipo)


def test_she_sees_no_week_and_no_record(browser: Browser, cast: Cast) -> None:
    page = today(browser, cast.chipo)

    assert "weeks" not in page
    assert "/record" not in page


def test_somebody_who_asks_to_be_called_is_named_to_her_facilitators_alone(
    browser: Browser, cast: Cast, amina_asks: str
) -> None:
    assert "Amina asks to be called" in today(browser, cast.chipo)
    assert amina_asks in today(browser, cast.chipo)
    for other in (cast.beatriz, cast.dewi, cast.edon, cast.femi, cast.gita):
        assert "asks to be called" not in today(browser, other)


def test_a_call_that_was_made_is_noted_once(
    browser: Browser, cast: Cast, database: Database, amina_asks: str
) -> None:
    browser.sign_in(cast.chipo.token)

    answers = [browser.post_form(amina_asks) for _ in range(2)]

    assert [(each.status_code, each.headers["location"]) for each in answers] == [(303, "/")] * 2
    assert not waits(database, cast)
    assert "asks to be called" not in today(browser, cast.chipo)


@pytest.mark.parametrize("who", ["amina", "beatriz", "dewi", "edon", "femi", "gita", "hana"])
def test_nobody_else_can_note_it(
    browser: Browser, cast: Cast, database: Database, amina_asks: str, who: str
) -> None:
    browser.sign_in(getattr(cast, who).token)

    assert browser.post_form(amina_asks).status_code == 404
    assert waits(database, cast)


def test_who_left_the_group_is_not_called_from_it(
    browser: Browser, cast: Cast, database: Database, amina_asks: str
) -> None:
    with database.writing.begin() as db:
        left = db.query(Membership).filter_by(person_id=cast.amina.id).one()
        left.left_at = left.joined_at
    browser.sign_in(cast.chipo.token)

    assert "asks to be called" not in today(browser, cast.chipo)
    assert browser.post_form(amina_asks).status_code == 404


def test_more_groups_ask_no_more_of_the_database(
    browser: Browser, cast: Cast, database: Database, counted: Counting
) -> None:
    browser.sign_in(cast.chipo.token)
    with counted() as before:
        browser.get("/")
    with database.writing.begin() as db:
        other = db.get_one(Group, cast.other_group_id)
        join(db, other, cast.chipo, role=cast.chipo.reader.role)  # type: ignore[arg-type]
        later = GroupSession(group_id=cast.group_id, number=2, minutes=120)
        later.meet(date(2026, 12, 3), time(10), "Europe/Amsterdam")
        db.add(later)

    with counted() as after:
        page = browser.get("/").text

    assert len(re.findall("number|Next: session 1", page)) == 2
    assert len(before) <= 8
    assert len(after) == len(before)
