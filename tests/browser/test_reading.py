"""Reading without a line, on a phone that only she uses: her pages as they were, and writing on
them; nothing that another could read in its place; and nothing left when it is to go."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from companion.chat import actions, scopes
from companion.db import Database, new_id
from companion.people import sign_ins
from tests.browser.conftest import NewPhone, Phone
from tests.browser.pushing import until
from tests.browser.test_offline import go, keep, kept, lose_the_line, wait_for
from tests.browser.test_outbox import entries, find_the_line, readings
from tests.cast import Cast
from tests.chat.conftest import agree
from tests.conftest import HeldClock
from tests.measurements.conftest import Notebook

SAID = "Mine kicked all night"
IS_THERE = "async () => (await indexedDB.databases()).some(({ name }) => name === 'reading')"
ALL_OF_IT = """async () => new Promise((done) => {
  const request = indexedDB.open("reading", 1);
  request.onupgradeneeded = () => request.transaction.abort();
  request.onerror = () => done([]);
  request.onsuccess = () => {
    const all = request.result.transaction("kept").objectStore("kept").getAll();
    all.onsuccess = () => {
      request.result.close();
      done(all.result.map(({ key, sealed }) => ({
        isGiven: key.extractable, sealed: new TextDecoder("latin1").decode(sealed),
      })));
    };
  };
})"""
HAS_IT = f"async () => (await ({ALL_OF_IT})()).length > 0"


@pytest.fixture
def phone(
    new_phone: NewPhone, cast: Cast, database: Database, monkeypatch: pytest.MonkeyPatch
) -> Phone:
    """Amina's, who alone uses it and has said so; there is something to read."""
    agree(database, cast.group_id, cast.chipo, cast.amina, cast.beatriz)
    with database.writing.begin() as db:
        seat = scopes.seat(db, cast.beatriz.reader, cast.group_id)
        actions.say(db, seat, new_id(), SAID)
    notebook = Notebook(database)
    for day, value in enumerate(("68.5", "68.1", "67.7")):
        notebook.write(cast.amina, "weight", value, days_ago=day)
    phone = new_phone()
    phone.sign_in(cast.amina.token)
    keep(phone, "/reading")
    phone.send("/reading")
    wait_for(phone, HAS_IT)
    until(phone.page, lambda: any("js-reading" in each for each in kept(phone)))
    return phone


def test_her_pages_are_there_as_they_were(phone: Phone, cast: Cast) -> None:
    lose_the_line(phone)

    page = go(phone, "/record/a2")
    expect(page.locator("main > .note")).to_contain_text("There is no connection. This is from")
    expect(page.locator("main")).to_contain_text("68.5")
    expect(page.locator("main svg.chart, main figure svg").first).to_be_visible()
    expect(page.locator('nav [aria-current="page"]')).to_have_text("My record")
    page.locator("nav").get_by_text("Chat").click()
    expect(page.locator("#talk")).to_contain_text(SAID)
    assert page.url.endswith(f"/groups/{cast.group_id}/chat")
    page.locator("nav").get_by_text("Sessions").click()
    page.locator(f'main a[href^="/sessions/{cast.session_id}"]').first.click()
    expect(page.locator("main")).to_contain_text("Health centre Latour")
    expect(go(phone, "/?start=1").locator("main > .note")).to_be_visible()
    expect(go(phone, "/name").locator("h1:visible")).to_have_text("There is no connection")
    assert page.evaluate("document.title") == "Companion"


def test_what_she_writes_on_them_waits_each_for_itself(
    phone: Phone, cast: Cast, database: Database
) -> None:
    lose_the_line(phone)
    for number, weight in enumerate(("69.0", "69.2"), start=1):
        go(phone, "/record/a2").locator("#weight").fill(weight)
        phone.page.locator("#add button").first.click()
        expect(phone.page.locator("#waiting li")).to_have_count(number)
    page = go(phone, f"/groups/{cast.group_id}/chat")
    page.locator("#text").fill("I am on the bus")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#talk .waits")).to_contain_text("I am on the bus")
    assert len(entries(page)) == 3

    find_the_line(phone)

    assert len(readings(database, cast.amina.id)) == 5


def test_nobody_reads_it_in_what_lies_on_the_phone(phone: Phone) -> None:
    (found,) = phone.page.evaluate(ALL_OF_IT)

    assert found["isGiven"] is False
    assert len(found["sealed"]) > 10_000
    assert not [word for word in (SAID, "68.5", "main", "Amina") if word in found["sealed"]]


def test_it_goes_when_she_wipes_it(phone: Phone) -> None:
    phone.open("/reading")
    phone.send("/reading/goodbyes")

    wait_for(phone, f"async () => !(await ({IS_THERE})())")
    lose_the_line(phone)
    expect(go(phone, "/record/a2").locator("h1:visible")).to_have_text("There is no connection")


def test_it_goes_when_she_signs_out(phone: Phone) -> None:
    phone.open("/more")
    phone.send("/sign-out")

    wait_for(phone, f"async () => !(await ({IS_THERE})())")
    assert kept(phone) == set()


def test_it_goes_at_the_first_contact_after_her_sign_in_was_ended(
    phone: Phone, cast: Cast, database: Database
) -> None:
    with database.writing.begin() as db:
        sign_ins.revoke_all(db, cast.amina.id)

    go(phone, "/")

    wait_for(phone, f"async () => !(await ({IS_THERE})())")
    wait_for(phone, "async () => !(await caches.match('/kept'))")


def test_it_goes_after_two_weeks_without_a_line(phone: Phone, held_clock: HeldClock) -> None:
    lose_the_line(phone)
    phone.page.clock.set_fixed_time(held_clock.moment + timedelta(days=400))

    page = go(phone, "/record/a2")

    expect(page.locator("h1:visible")).to_have_text("There is no connection")
    wait_for(phone, f"async () => !(await ({IS_THERE})())")
