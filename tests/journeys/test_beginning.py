"""After a loss, later and only if she wants to: a new journey, and what ended stays closed."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from companion.db import Database
from companion.journeys.models import Child, Journey, State
from tests.cast import Cast, Player
from tests.conftest import Browser, HeldClock


@pytest.fixture
def lost(browser: Browser, cast: Cast, held_clock: HeldClock) -> None:
    """Amina has a child and loses it; now it is half a year later."""
    browser.sign_in(cast.amina.token)
    browser.post_form("/journey/arrivals", {"born_on_1": "2026-11-20", "name_1": "Sam"})
    browser.post_form("/journey/changes")
    browser.post_form("/journey/calls", {"wanted": "yes"})
    held_clock.moment += timedelta(days=180)
    browser.sign_in(cast.amina.token)


def journeys(database: Database, player: Player) -> list[Journey]:
    with database.reading() as db:
        own = select(Journey).where(Journey.person_id == player.id).order_by(Journey.id)
        return list(db.scalars(own))


def begin(browser: Browser, of: Journey) -> Any:
    return browser.post_form("/journey/beginnings", {"of": str(of.id)})


@pytest.mark.usefixtures("lost")
def test_she_begins_again_once(browser: Browser, cast: Cast, database: Database) -> None:
    (ended,) = journeys(database, cast.amina)
    assert f'value="{ended.id}"' in browser.get("/journey").text

    answers = [begin(browser, ended) for _ in range(2)]

    assert [answer.headers["location"] for answer in answers] == ["/journey", "/journey"]
    old, new = journeys(database, cast.amina)
    assert (old.id, old.state, old.wants_call_at) == (ended.id, State.ENDED, None)
    assert (new.state, new.due_on) == (State.EXPECTING, None)


@pytest.mark.usefixtures("lost")
def test_her_pages_speak_again(browser: Browser, cast: Cast, database: Database) -> None:
    begin(browser, journeys(database, cast.amina)[0])

    assert 'name="due_on"' in browser.get("/journey").text
    assert browser.post_form("/journey", {"due_on": "2027-12-20"}).status_code == 303

    assert "weeks" in browser.get("/").text
    assert browser.get("/record/a6").status_code == 200
    assert journeys(database, cast.amina)[1].due_on is not None


@pytest.mark.usefixtures("lost")
def test_what_ended_stays_closed(browser: Browser, cast: Cast, database: Database) -> None:
    with database.reading() as db:
        child_id = db.scalar(select(Child.id))
    begin(browser, journeys(database, cast.amina)[0])
    again = {"child_id_1": str(child_id), "born_on_1": "2027-05-01", "name_1": "Noor"}

    gone = [f"/journey/of/{child_id}", f"/record/of/{child_id}"]

    assert {browser.get(each).status_code for each in gone} == {404}
    assert not any("Sam" in browser.get(each).text for each in ("/", "/journey", "/record"))
    assert browser.post_form("/journey/arrivals", again).status_code == 404
    assert browser.post_form("/journey/returns").status_code == 303
    assert [each.state for each in journeys(database, cast.amina)] == ["ended", "expecting"]


@pytest.mark.usefixtures("lost")
def test_an_old_form_begins_nothing(browser: Browser, cast: Cast, database: Database) -> None:
    (ended,) = journeys(database, cast.amina)
    browser.post_form("/journey/returns")

    assert begin(browser, ended).status_code == 404
    assert len(journeys(database, cast.amina)) == 1


@pytest.mark.usefixtures("lost")
@pytest.mark.parametrize("of", ["", "x", "01a20389-1453-77c2-90be-7fb3952c762d"])
def test_a_form_that_is_not_ours_begins_nothing(
    browser: Browser, cast: Cast, database: Database, of: str
) -> None:
    assert browser.post_form("/journey/beginnings", {"of": of}).status_code == 404
    assert len(journeys(database, cast.amina)) == 1


@pytest.mark.usefixtures("lost")
@pytest.mark.parametrize("who", ["beatriz", "chipo", "dewi", "edon", "femi", "hana"])
def test_nobody_begins_for_her(browser: Browser, cast: Cast, database: Database, who: str) -> None:
    (ended,) = journeys(database, cast.amina)
    browser.sign_in(getattr(cast, who).token)

    assert begin(browser, ended).status_code == 404
    assert len(journeys(database, cast.amina)) == 1
