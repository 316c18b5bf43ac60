"""Under which name and picture Companion shows on her phone: she chooses, and all of it follows."""

import re

import pytest
from sqlalchemy import select

from companion.db import Database
from companion.people.models import Person
from companion.web.looks import LOOKS
from tests.cast import Cast
from tests.conftest import Browser
from tests.people.conftest import SharedPhone


def title(page: str) -> str:
    return page.partition("<title>")[2].partition("</title>")[0]


def chosen(page: str) -> list[str]:
    return re.findall(r'type="radio" name="look" value="(\w+)" checked', page)


def test_at_first_it_is_companion(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)

    page = browser.get("/discreet").text

    assert chosen(page) == ["companion"]
    assert re.findall(r'name="look" value="(\w+)"', page) == list(LOOKS)
    assert "Saved." not in page


@pytest.mark.parametrize("who", ["amina", "femi", "chipo", "edon", "ilse"])
def test_everybody_may_choose(browser: Browser, cast: Cast, who: str) -> None:
    browser.sign_in(getattr(cast, who).token)

    answer = browser.post_form("/discreet", {"look": "calendar"})

    assert answer.headers["location"] == "/discreet?saved=yes#look"
    page = browser.get("/discreet?saved=yes").text
    assert "Saved." in page
    assert chosen(page) == ["calendar"]
    assert title(page) == title(browser.get("/more").text) == "Calendar"
    assert '<link rel="icon" href="/static/icons-calendar-192.' in page


def test_she_takes_it_back(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)

    for look in ("lists", "companion"):
        browser.post_form("/discreet", {"look": look})

    assert title(browser.get("/more").text) == "More · Companion"


@pytest.mark.parametrize("look", ["", "weather", "Notes", "../notes"])
def test_a_name_that_is_not_offered_is_refused_beside_the_list(
    browser: Browser, cast: Cast, database: Database, look: str
) -> None:
    browser.sign_in(cast.amina.token)
    browser.post_form("/discreet", {"look": "notes"})

    answer = browser.post_form("/discreet", {"look": look})

    assert answer.status_code == 422
    assert (
        '<fieldset class="field" aria-invalid="true" aria-describedby="wrong-look">' in answer.text
    )
    assert '<p class="wrong" id="wrong-look">Choose one of these names.</p>' in answer.text
    assert chosen(answer.text) == ["notes"]
    with database.reading() as db:
        assert db.scalar(select(Person.look).where(Person.id == cast.amina.id)) == "notes"


def test_it_is_hers_alone(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)
    browser.post_form("/discreet", {"look": "notes"})

    browser.sign_in(cast.beatriz.token)

    assert title(browser.get("/more").text).endswith("Companion")


def test_the_lock_keeps_her_name_for_it(phone: SharedPhone) -> None:
    phone.browser.post_form("/discreet", {"look": "notes"})
    phone.lock()

    for address in ("/", "/call/nl"):
        locked = phone.browser.get(address)
        assert title(locked.text) == "Notes", address
        assert "/static/icons-notes-192." in locked.text
        assert "manifest" not in locked.text


def test_without_a_line_it_keeps_it_too(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)
    browser.post_form("/discreet", {"look": "notes"})

    kept = browser.get("/kept").json()

    assert [each for each in kept if "icon" in each] == [
        each for each in kept if each.startswith("/static/icons-notes-192.")
    ]
    assert title(browser.get("/waiting").text) == "Notes"


def test_reminders_say_what_it_is_called_and_lead_to_the_choice(
    browser: Browser, cast: Cast
) -> None:
    browser.sign_in(cast.amina.token)
    browser.post_form("/discreet", {"look": "lists"})

    page = browser.get("/reminders").text

    assert "A reminder that rings says “Lists”" in page
    assert 'href="/discreet#look"' in page
    assert 'name="look"' not in page
    assert 'name="discreet"' not in page
