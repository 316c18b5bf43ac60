"""The lock in a real browser: it comes by itself, and what is half written outlives it."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from companion.chat import live
from companion.db import Database
from companion.people import locks, pins
from tests.browser.conftest import Line, NewPhone, Phone
from tests.browser.pushing import until
from tests.browser.test_access_for_all import _problems_of
from tests.cast import Cast
from tests.chat.wire import agree
from tests.conftest import HeldClock
from tests.people.conftest import PIN, WRONG

LOCKED = 'h1:text("Locked")'


@pytest.fixture
def amina(new_phone: NewPhone, cast: Cast, database: Database) -> Phone:
    """Amina's phone, which locks after five idle minutes; she has just opened it."""
    reader = cast.amina.reader
    with database.writing.begin() as db:
        locks.put_on(db, reader, pins.hash_pin(PIN, reader.sign_in_id), 5)
    phone = new_phone(bypass_csp=True)
    phone.page.clock.install()
    phone.sign_in(cast.amina.token)
    phone.page.goto(f"{phone.origin}/name")
    _enter(phone, PIN)
    expect(phone.page.locator("#name")).to_be_visible()
    phone.page.wait_for_load_state()  # with the script of the lock, before its time is moved
    return phone


def _enter(phone: Phone, pin: str) -> None:
    phone.page.locator("[name=pin_now]").fill(pin)
    phone.page.locator('form[action="/lock/openings"] button').click()


def _pass(phone: Phone, held_clock: HeldClock, seconds: int) -> None:
    held_clock.moment += timedelta(seconds=seconds)
    phone.page.clock.fast_forward(seconds * 1000)


def test_it_locks_by_itself_and_opens_where_she_was(amina: Phone, held_clock: HeldClock) -> None:
    _pass(amina, held_clock, 310)

    expect(amina.page.locator(LOCKED)).to_be_visible()
    assert "Amina" not in amina.page.content()
    _enter(amina, PIN)
    expect(amina.page.locator("#name")).to_have_value("Amina")


def test_what_is_half_written_is_there_again(amina: Phone, held_clock: HeldClock) -> None:
    amina.page.locator("#name").fill("Amina A")
    _pass(amina, held_clock, 310)
    expect(amina.page.locator(LOCKED)).to_be_visible()
    expect(amina.page.locator("#name")).to_be_hidden()

    _enter(amina, WRONG)
    expect(amina.page.get_by_role("alert")).to_have_text("This is not the PIN. Try again.")
    expect(amina.page.locator("#name")).to_be_hidden()
    _enter(amina, PIN)

    expect(amina.page.locator("#name")).to_have_value("Amina A")
    amina.send("/name")
    expect(amina.page.get_by_text("You are Amina A here.")).to_be_visible()


def test_writing_keeps_it_open(amina: Phone, held_clock: HeldClock) -> None:
    for letter in "ABC":
        _pass(amina, held_clock, 200)
        with amina.page.expect_response("**/lock/signs"):
            amina.page.locator("#name").press(letter)

    expect(amina.page.locator(LOCKED)).to_have_count(0)
    amina.send("/name")
    expect(amina.page.get_by_text("You are ABCAmina here.")).to_be_visible()


def test_without_scripts_it_locks_at_the_next_page(
    new_phone: NewPhone, cast: Cast, database: Database
) -> None:
    reader = cast.amina.reader
    with database.writing.begin() as db:
        locks.put_on(db, reader, pins.hash_pin(PIN, reader.sign_in_id), 5)
    phone = new_phone(scripts=False)
    phone.sign_in(cast.amina.token)

    phone.page.goto(f"{phone.origin}/name")
    _enter(phone, PIN)

    expect(phone.page.locator("#name")).to_have_value("Amina")


def test_what_was_sent_to_a_locked_phone_is_sent_after_the_pin(
    amina: Phone, held_clock: HeldClock
) -> None:
    amina.page.locator("#name").fill("Amina A")
    held_clock.moment += timedelta(minutes=6)  # the phone's own clock goes slower
    amina.send("/name")
    expect(amina.page.locator(LOCKED)).to_be_visible()

    _enter(amina, PIN)
    amina.send("/name")

    expect(amina.page.get_by_text("You are Amina A here.")).to_be_visible()


def test_a_message_half_written_outlives_the_end_of_the_stream(
    amina: Phone, held_clock: HeldClock, cast: Cast, database: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    agree(database, cast)
    monkeypatch.setattr(live, "LEASE_SECONDS", 1.0)
    monkeypatch.setattr(live, "LOOK_TICKS", 1)
    amina.open(f"/groups/{cast.group_id}/chat")
    amina.page.locator("#text").fill("Half a mess")

    with amina.page.expect_response(lambda answer: answer.status == 401):
        held_clock.moment += timedelta(minutes=6)
    expect(amina.page.locator("#text")).to_have_value("Half a mess")
    amina.page.clock.fast_forward(310_000)
    expect(amina.page.locator(LOCKED)).to_be_visible()
    with amina.page.expect_response(lambda answer: "/live" in answer.url and answer.ok):
        _enter(amina, PIN)

    expect(amina.page.locator("#text")).to_have_value("Half a mess")


def test_nothing_at_the_lock_stands_in_anybodys_way(amina: Phone) -> None:
    found = {}
    for address in ("/lock", "/shared"):
        amina.open(address)
        found[address] = _problems_of(amina.page)
    amina.page.locator('form[action="/shared/people"] button').click()
    amina.page.locator('form[action="/shared/turns"] button').click()
    expect(amina.page.locator(LOCKED)).to_be_visible()
    found["locked"] = _problems_of(amina.page)
    _enter(amina, WRONG)
    found["wrong"] = _problems_of(amina.page)

    assert {place: problems for place, problems in found.items() if problems} == {}


def test_leaving_quickly_locks(amina: Phone, line: Line) -> None:
    amina.page.route("**wikipedia**", lambda route: route.fulfill(body="A neutral page"))
    amina.page.locator("[data-leave]").click()
    expect(amina.page.get_by_text("A neutral page")).to_be_visible()
    until(amina.page, lambda: "/lock/closings" in dict(line.came))

    amina.page.goto(f"{amina.origin}/name")

    expect(amina.page.locator(LOCKED)).to_be_visible()
