"""A time zone that does not exist, in somebody's row: her pilot's counts, until she chooses."""

import pytest
from sqlalchemy import update

from companion.db import Database, new_id
from companion.people.models import Person
from tests.cast import Cast
from tests.conftest import Browser
from tests.reminders.conftest import Act, Doorbell, on, waiting


@pytest.fixture(autouse=True, params=["Mars/Olympus", "", "../../etc/passwd"])
def _broken(request: pytest.FixtureRequest, cast: Cast, act: Act) -> None:
    hers = update(Person).where(Person.id == cast.amina.id)
    act(lambda db: db.execute(hers.values(zone=request.param)))


def test_everything_is_sent_by_the_clock_of_her_pilot(
    cast: Cast, doorbell: Doorbell, planned: None
) -> None:
    doorbell.give(cast.amina, cast.beatriz)

    rang = doorbell.ring_until(on(30))

    hers = [each.sent_at for each in rang if each.person_id == cast.amina.id]
    assert hers == [on(25, 18), on(26, 8)]
    assert len(rang) == 4


def test_her_page_opens_and_she_chooses_another(
    browser: Browser, cast: Cast, database: Database
) -> None:
    browser.sign_in(cast.amina.token)

    page = browser.get("/reminders")

    assert page.status_code == 200
    assert '<option value="Europe/Amsterdam" selected>' in page.text
    fields = {"zone": "Europe/Amsterdam", "day_before_at": "18:00", "measure_on": "6"}
    quiet = {"quiet_from": "21:00", "quiet_until": "08:00", "measure_at": "10:00"}
    assert browser.post_form("/reminders", fields | quiet).status_code == 303
    with database.reading() as db:
        assert db.get_one(Person, cast.amina.id).zone == "Europe/Amsterdam"


def test_her_own_reminders_ring(browser: Browser, cast: Cast, database: Database) -> None:
    browser.sign_in(cast.amina.token)
    form = {"id": str(new_id()), "text": "Walk", "at": "09:00", "weekdays": list(range(7))}

    assert browser.post_form("/reminders/own", form).status_code == 303

    assert [each.due_at for each in waiting(database)] == [on(23, 9)]


def test_her_calendar_opens(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)
    page = browser.post_form("/reminders/calendar").text
    address = "/calendar/" + page.partition("/calendar/")[2].partition('"')[0]

    assert browser.get(address).status_code == 200
