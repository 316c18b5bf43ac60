"""Test now: the whole way, from the button to the phone, as far as it has come."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, update

from companion.notifications.models import Notification, PushSubscription, State
from companion.web.coach import STEPS, Platform
from tests.cast import Cast
from tests.conftest import NOW, Browser
from tests.reminders.conftest import Act, Doorbell, choose, on

FORM = {"id": "01a202b2-c500-7000-8000-00000000aaaa"}


@pytest.fixture
def start(browser: Browser, cast: Cast, doorbell: Doorbell) -> str:
    """She has pressed the button; the address that shows how far it has come."""
    doorbell.give(cast.amina)
    browser.sign_in(cast.amina.token)
    answer = browser.post_form("/reminders/tests", FORM)
    assert answer.status_code == 303
    return str(answer.headers["location"])


def _page(browser: Browser, address: str) -> str:
    return str(browser.get(address).text)


def _done(page: str) -> int:
    return page.count('class="done"')


def test_at_first_it_is_on_its_way_and_looks_again(browser: Browser, start: str) -> None:
    page = _page(browser, start)

    assert _done(page) == 1
    assert "Being sent" in page
    assert f'data-hx-get="{start}"' in page
    assert "I have seen it" not in page


def test_it_is_sent_then_it_arrives(browser: Browser, start: str, doorbell: Doorbell) -> None:
    (rang,) = doorbell.ring()
    sent = _page(browser, start)
    assert _done(sent) == 2
    assert "I have seen it" in sent

    browser.post_form("/arrivals", {"id": str(rang.id)})

    arrived = _page(browser, start)
    assert _done(arrived) == 3
    assert "It works." in arrived
    assert "data-hx-get" not in arrived


def test_she_says_herself_that_it_came(browser: Browser, start: str, doorbell: Doorbell) -> None:
    doorbell.ring()

    assert browser.post_form(f"{start}/arrivals").headers["location"] == start

    assert "It works." in _page(browser, start)


def test_what_has_not_arrived_after_a_while_says_what_to_try(
    browser: Browser, start: str, doorbell: Doorbell
) -> None:
    doorbell.ring()
    doorbell.clock.moment = NOW + timedelta(seconds=46)

    page = _page(browser, start)

    assert "It has not arrived." in page
    assert str(STEPS[Platform.ANDROID].dead[0].message) in page
    assert "data-hx-get" not in page
    browser.post_form(f"{start}/arrivals")
    assert "It works." in _page(browser, start)


def test_what_was_refused_says_so(browser: Browser, start: str, act: Act) -> None:
    act(lambda db: db.execute(update(Notification).values(state=State.FAILED, why="refused")))

    page = _page(browser, start)

    assert "It did not work." in page
    assert "Not sent" in page
    assert "data-hx-get" not in page


def test_pressed_twice_it_rings_once(browser: Browser, start: str, doorbell: Doorbell) -> None:
    assert browser.post_form("/reminders/tests", FORM).headers["location"] == start

    assert len(doorbell.ring()) == 1


def test_it_rings_at_night_too_since_she_asked_for_it(
    browser: Browser, cast: Cast, doorbell: Doorbell
) -> None:
    doorbell.give(cast.amina)
    doorbell.clock.moment = on(22, 23)
    browser.sign_in(cast.amina.token)

    browser.post_form("/reminders/tests", FORM)

    assert [each.kind for each in doorbell.ring()] == ["test"]


def test_it_rings_though_she_wants_nothing_else(
    browser: Browser, cast: Cast, doorbell: Doorbell, database: Any
) -> None:
    doorbell.give(cast.amina)
    choose(database, cast.amina, wants_sessions=False)
    browser.sign_in(cast.amina.token)

    browser.post_form("/reminders/tests", FORM)

    assert len(doorbell.ring()) == 1


def test_after_five_minutes_it_helps_nobody(start: str, doorbell: Doorbell) -> None:
    assert doorbell.ring(NOW + timedelta(minutes=5)) == []


def test_a_phone_that_does_not_ring_cannot_be_tested(
    browser: Browser, cast: Cast, doorbell: Doorbell, act: Act
) -> None:
    browser.sign_in(cast.amina.token)
    assert browser.post_form("/reminders/tests", FORM).status_code == 422
    doorbell.give(cast.amina)

    act(lambda db: db.execute(update(PushSubscription).values(retired_at=NOW)))

    assert browser.post_form("/reminders/tests", FORM).status_code == 422


def test_whoever_takes_her_phone_away_meanwhile_is_not_rung(
    start: str, doorbell: Doorbell, act: Act
) -> None:
    act(lambda db: db.execute(delete(PushSubscription)))

    assert doorbell.ring() == []


@pytest.mark.parametrize("whose", ["hers", "nobody's"])
def test_somebody_elses_test_is_not_found(
    browser: Browser, cast: Cast, start: str, whose: str
) -> None:
    browser.sign_in(cast.beatriz.token)
    address = start if whose == "hers" else f"/reminders/tests/{UUID(int=7)}"

    assert browser.get(address).status_code == 404
    assert browser.post_form(f"{address}/arrivals").status_code == 404
