"""The due date: known in one of three ways, corrected, and never another journey by mistake."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from companion.db import Database
from companion.journeys.models import Journey, State
from tests.cast import Cast, Player
from tests.conftest import Browser, HeldClock

SCAN = {"known_by": "scan", "scan_on": "1.11.2026", "scan_weeks": "20", "scan_days": "3"}


def journeys(database: Database, player: Player) -> list[Journey]:
    with database.reading() as db:
        own = select(Journey).where(Journey.person_id == player.id).order_by(Journey.id)
        return list(db.scalars(own))


def due(database: Database, player: Player) -> tuple[date | None, str]:
    (journey,) = journeys(database, player)
    return journey.due_on, journey.known_by


@pytest.mark.parametrize(
    ("fields", "due_on"),
    [
        ({"known_by": "given", "due_on": "2027-03-20"}, date(2027, 3, 20)),
        ({"known_by": "given", "due_on": "٢٠/٣/٢٠٢٧"}, date(2027, 3, 20)),
        (SCAN, date(2027, 3, 18)),
        (SCAN | {"scan_days": ""}, date(2027, 3, 21)),
        ({"known_by": "period", "period_on": "4/6/26"}, date(2027, 3, 11)),
    ],
)
def test_each_way_gives_a_due_date(
    browser: Browser, cast: Cast, database: Database, fields: dict[str, str], due_on: date
) -> None:
    browser.sign_in(cast.dewi.token)

    answer = browser.post_form("/journey", fields)

    assert answer.status_code == 303
    assert due(database, cast.dewi) == (due_on, fields["known_by"])


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"due_on": ""}, "Write a day"),
        ({"due_on": "31.2.2027"}, "Write a day"),
        ({"due_on": "1404-03-20"}, "Write a day"),
        ({"due_on": "1.1.2026"}, "too long ago"),
        ({"due_on": "1.1.2028"}, "too far ahead"),
        (SCAN | {"scan_weeks": "44"}, "from 0 to 43"),
        (SCAN | {"scan_weeks": "20.5"}, "from 0 to 43"),
        (SCAN | {"scan_weeks": ""}, "from 0 to 43"),
        (SCAN | {"scan_days": "7"}, "from 0 to 6"),
        (SCAN | {"scan_on": "2026-11-23"}, "Choose today or an earlier day."),
        ({"known_by": "period", "period_on": "2026-11-23"}, "Choose today or an earlier day."),
        ({"known_by": "period", "period_on": "2025-01-01"}, "too long ago"),
    ],
)
def test_what_cannot_be_meant_is_said_beside_the_field_and_kept(
    browser: Browser, cast: Cast, database: Database, fields: dict[str, str], sentence: str
) -> None:
    browser.sign_in(cast.dewi.token)

    answer = browser.post_form("/journey", fields)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert all(f'value="{value}"' in answer.text for value in fields.values())
    assert journeys(database, cast.dewi) == []


def test_saving_again_corrects_the_journey(
    browser: Browser, cast: Cast, database: Database
) -> None:
    browser.sign_in(cast.amina.token)

    browser.post_form("/journey", {"due_on": "2027-03-15"})

    assert due(database, cast.amina) == (date(2027, 3, 15), "given")


def test_a_form_sent_twice_is_one_journey(browser: Browser, cast: Cast, database: Database) -> None:
    browser.sign_in(cast.dewi.token)

    answers = [browser.post_form("/journey", {"due_on": "2027-03-15"}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert due(database, cast.dewi) == (date(2027, 3, 15), "given")


def test_somebody_elses_journey_is_not_there(
    browser: Browser, cast: Cast, database: Database
) -> None:
    (aminas,) = journeys(database, cast.amina)
    browser.sign_in(cast.dewi.token)

    answer = browser.post_form("/journey", {"of": str(aminas.id), "due_on": "2027-03-15"})

    assert answer.status_code == 404
    assert due(database, cast.amina) == (date(2027, 3, 11), "scan")


def test_the_page_shows_the_date_and_every_way_to_it(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)

    page = browser.get("/journey").text

    assert "11 March 2027" in page
    assert all(f'"/journey?by={way}"' in page for way in (1, 2, 3))
    assert "due_on" in browser.get("/journey?by=1").text
    assert "scan_weeks" in browser.get("/journey?by=2").text
    assert "period_on" in browser.get("/journey?by=3").text
    assert "due_on" in browser.get("/journey?by=nonsense").text


def test_no_address_tells_what_it_is_about(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)
    pages = [browser.get(each).text for each in ("/journey", "/journey?by=3", "/journey/arrivals")]
    browser.post_form("/journey/arrivals", {"born_on_1": "2026-11-20"})
    pages += [browser.get(each).text for each in ("/journey", "/journey?new=yes&by=2")]

    asked = set(re.findall(r'href="/journey[^"?]*\?([^"]*)"', "".join(pages)))

    assert asked == {
        *("by=1", "by=2", "by=3"),
        *("n=1", "n=2", "n=3"),
        *("new=yes", "new=yes&amp;by=1", "new=yes&amp;by=2", "new=yes&amp;by=3"),
    }


@pytest.mark.parametrize("asked", ["9" * 5000, "0", "-1", "²", "period", ""])
def test_a_strange_way_shows_the_first(browser: Browser, cast: Cast, asked: str) -> None:
    browser.sign_in(cast.dewi.token)

    page = browser.get(f"/journey?by={asked}")

    assert page.status_code == 200
    assert 'name="due_on"' in page.text


def test_the_week_is_not_on_the_page(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)

    assert "24 weeks" not in browser.get("/journey").text


def begin_anew(browser: Browser, first: Journey) -> None:
    born = {"child_id_1": str(first.person_id), "born_on_1": "2026-11-20"}
    browser.post_form("/journey/arrivals", born)
    browser.post_form("/journey", {"of": str(first.id), "new": "yes", "due_on": "2027-08-01"})


def test_a_new_pregnancy_after_a_birth_is_a_new_journey_once(
    browser: Browser, cast: Cast, database: Database, held_clock: HeldClock
) -> None:
    (first,) = journeys(database, cast.amina)
    browser.sign_in(cast.amina.token)
    held_clock.moment += timedelta(days=1)

    begin_anew(browser, first)
    begin_anew(browser, first)

    old, new = journeys(database, cast.amina)
    assert (old.state, old.due_on) == (State.BORN, date(2027, 3, 11))
    assert (new.state, new.due_on) == (State.EXPECTING, date(2027, 8, 1))


def test_after_a_birth_the_form_is_a_step_away(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)
    browser.post_form("/journey/arrivals", {"born_on_1": "2026-11-20"})

    assert 'name="due_on"' not in browser.get("/journey").text
    assert 'name="period_on"' in browser.get("/journey?new=yes&by=3").text


def test_an_old_form_does_not_change_a_new_journey(
    browser: Browser, cast: Cast, database: Database, held_clock: HeldClock
) -> None:
    (first,) = journeys(database, cast.amina)
    browser.sign_in(cast.amina.token)
    held_clock.moment += timedelta(days=1)
    begin_anew(browser, first)

    answer = browser.post_form("/journey", {"of": str(first.id), "due_on": "2027-03-12"})

    assert answer.status_code == 303
    assert [journey.due_on for journey in journeys(database, cast.amina)] == [
        date(2027, 3, 11),
        date(2027, 8, 1),
    ]


@pytest.mark.parametrize("who", ["chipo", "gita", "edon"])
def test_staff_have_no_journey(browser: Browser, cast: Cast, who: str) -> None:
    browser.sign_in(getattr(cast, who).token)

    addresses = ["/journey", "/journey/arrivals", "/journey/change"]
    posts = ["/journey", "/journey/arrivals", "/journey/changes", "/journey/calls"]
    posts += ["/journey/sparings", "/journey/beginnings"]

    assert {browser.get(address).status_code for address in addresses} == {404}
    assert {browser.post_form(a).status_code for a in [*posts, "/journey/returns"]} == {404}


def test_a_partner_may_have_one(browser: Browser, cast: Cast, database: Database) -> None:
    browser.sign_in(cast.femi.token)

    assert browser.get("/journey").status_code == 200
    assert browser.post_form("/journey", {"due_on": "2027-03-11"}).status_code == 303
    assert due(database, cast.femi)[0] == date(2027, 3, 11)


def test_nobody_signed_in_is_asked_to_sign_in(browser: Browser, cast: Cast) -> None:
    assert browser.get("/journey", follow_redirects=False).headers["location"] == "/welcome"
    assert browser.post_form("/journey", {"due_on": "2027-03-11"}).status_code == 401
