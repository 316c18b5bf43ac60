"""What she writes without a line waits on her phone, sealed, and is sent once when there is one."""

import base64
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from companion.chat.models import Message
from companion.db import Database, new_id
from companion.measurements.models import Measurement
from companion.sessions import notes
from companion.sessions.models import Attendance, Note, Question
from tests.browser.conftest import NewPhone, Phone
from tests.browser.pushing import until
from tests.browser.test_offline import LEFT, keep, lose_the_line, wait_for
from tests.cast import Cast
from tests.chat.conftest import agree

ENTRIES = """async () => new Promise((done) => {
  const request = indexedDB.open("outbox", 1);
  request.onupgradeneeded = () => request.result.createObjectStore("waiting", { keyPath: "key" });
  request.onsuccess = () => {
    const all = request.result.transaction("waiting").objectStore("waiting").getAll();
    all.onsuccess = () => { request.result.close(); done(all.result); };
  };
})"""
TRY = "navigator.serviceWorker.controller.postMessage({})"
# What the worker asks for next, hangs until it is broken off.
HOLD = """() => {
  const { fetch } = self;
  self.fetch = () => new Promise((_, fail) => {
    self.fetch = fetch;
    self.breakOff = fail;
  });
}"""
# How long the worker waits next, is over soon.
SOON = """() => {
  const { setTimeout } = self;
  self.setTimeout = (act) => {
    self.setTimeout = setTimeout;
    setTimeout(act, 300);
  };
}"""


@pytest.fixture
def phone(new_phone: NewPhone, cast: Cast, database: Database) -> Phone:
    """Amina's, who has said yes to the agreement; her phone has looked once."""
    agree(database, cast.group_id, cast.chipo, cast.amina)
    phone = new_phone()
    phone.sign_in(cast.amina.token)
    keep(phone)
    return phone


def entries(page: Page) -> list[dict[str, Any]]:
    return list(page.evaluate(ENTRIES))


def find_the_line(phone: Phone) -> None:
    phone.context.set_offline(False)
    until(phone.page, lambda: entries(phone.page) == [])


def write_without_a_line(phone: Phone, weight: str = "68.5") -> None:
    phone.open("/record/a2")
    lose_the_line(phone)
    phone.page.locator("#weight").fill(weight)
    phone.page.locator("#add button").first.click()
    expect(phone.page.locator("#waiting li")).to_have_count(1)


def readings(database: Database, person: UUID) -> list[str]:
    with database.reading() as db:
        found = db.scalars(select(Measurement).where(Measurement.person_id == person))
        return [each.values for each in found]


def test_a_reading_waits_sealed_and_is_saved_once(
    phone: Phone, cast: Cast, database: Database
) -> None:
    write_without_a_line(phone)

    expect(phone.page.locator("h1:visible")).to_have_text("Waiting to be sent")
    expect(phone.page.locator("#waiting li")).to_contain_text("A reading")
    expect(phone.page.locator("#outbox b")).to_have_text("1")
    (kept,) = entries(phone.page)
    assert "68" not in kept["sealed"] or "weight" not in str(kept)
    assert readings(database, cast.amina.id) == []

    find_the_line(phone)
    phone.open("/record/a2")
    (saved,) = readings(database, cast.amina.id)
    assert '"68.5"' in saved
    expect(phone.page.locator("#outbox")).to_be_hidden()


def test_a_message_stands_in_its_place_and_the_next_one_too(
    phone: Phone, cast: Cast, database: Database
) -> None:
    phone.open(f"/groups/{cast.group_id}/chat")
    lose_the_line(phone)
    for text in ("I am on the bus", "still on it"):
        phone.page.locator("#text").fill(text)
        phone.page.get_by_role("button", name="Send").click()
        expect(phone.page.locator("#talk .waits").last).to_contain_text(text)
        expect(phone.page.locator("#text")).to_have_value("")
    assert len(entries(phone.page)) == 2

    find_the_line(phone)

    expect(phone.page.locator("#talk .waits")).to_have_count(0)
    with database.reading() as db:
        said = [each.text for each in db.scalars(select(Message).order_by(Message.number))]
    assert said[-2:] == ["I am on the bus", "still on it"]


def test_an_answer_and_a_question_wait_too(phone: Phone, cast: Cast, database: Database) -> None:
    phone.open(f"/sessions/{cast.session_id}")
    lose_the_line(phone)
    phone.page.locator("#answer-yes").click()
    expect(phone.page.locator("#waiting li")).to_contain_text("An answer")
    phone.context.set_offline(False)
    until(phone.page, lambda: entries(phone.page) == [])
    phone.open(f"/sessions/{cast.session_id}")
    lose_the_line(phone)
    phone.page.locator("#question").fill("May my mother come?")
    phone.page.get_by_role("button", name="Keep this question").click()
    expect(phone.page.locator("#waiting li")).to_contain_text("A question")

    find_the_line(phone)

    with database.reading() as db:
        assert db.scalars(select(Attendance.is_coming)).all() == [True]
        assert [each.text for each in db.scalars(select(Question))] == ["May my mother come?"]


def test_a_note_waits_too_and_gives_way_to_no_other_unseen(
    phone: Phone, cast: Cast, database: Database
) -> None:
    phone.open(f"/sessions/{cast.session_id}")
    lose_the_line(phone)
    phone.page.locator("#note").fill("Ask for the list")
    phone.page.locator("#my-note button").click()
    expect(phone.page.locator("#waiting li")).to_contain_text("A note")
    with database.writing.begin() as db:
        notes.save(db, cast.amina.reader, cast.session_id, new_id(), "Bring the card", over="")

    phone.context.set_offline(False)
    expect(phone.page.locator("#waiting li")).to_contain_text("could not be saved")
    phone.page.get_by_role("button", name="Look at it").click()
    expect(phone.page.locator("#note")).to_have_value("Ask for the list")
    expect(phone.page.locator("#my-note .kept")).to_have_text("Bring the card")
    phone.page.locator("#my-note button").click()

    expect(phone.page.get_by_text("Saved.")).to_be_visible()
    assert entries(phone.page) == []
    with database.reading() as db:
        assert [each.text for each in db.scalars(select(Note))] == ["Ask for the list"]


def test_what_is_refused_is_there_for_her_to_mend(
    phone: Phone, cast: Cast, database: Database
) -> None:
    write_without_a_line(phone, "heavy")
    phone.context.set_offline(False)
    expect(phone.page.locator("#waiting li")).to_contain_text("could not be saved")

    phone.page.get_by_role("button", name="Look at it").click()
    expect(phone.page.locator("#weight")).to_have_value("heavy")
    phone.page.locator("#weight").fill("68.5")
    phone.page.locator("#add button").first.click()

    until(phone.page, lambda: entries(phone.page) == [])
    assert len(readings(database, cast.amina.id)) == 1


def test_nothing_is_saved_as_somebody_elses(phone: Phone, cast: Cast, database: Database) -> None:
    phone.open("/record/a2")
    lose_the_line(phone)
    phone.page.locator("#weight").fill("68.5")
    phone.page.locator("#add button").first.click()
    expect(phone.page.locator("#waiting li")).to_have_count(1)
    phone.context.clear_cookies()
    phone.sign_in(cast.beatriz.token)
    phone.context.set_offline(False)
    phone.open("/record")
    phone.page.wait_for_timeout(1500)

    expect(phone.page.locator("#outbox")).to_be_hidden()
    assert readings(database, cast.beatriz.id) == []
    assert len(entries(phone.page)) == 1

    phone.context.clear_cookies()
    phone.sign_in(cast.amina.token)
    phone.open("/record")
    until(phone.page, lambda: entries(phone.page) == [])
    assert len(readings(database, cast.amina.id)) == 1
    assert readings(database, cast.beatriz.id) == []


def test_what_waits_outlives_signing_out(phone: Phone, cast: Cast, database: Database) -> None:
    write_without_a_line(phone, "heavy")
    phone.context.set_offline(False)
    expect(phone.page.locator("#waiting li")).to_contain_text("could not be saved")
    phone.open("/more")
    expect(phone.page.locator("#outbox")).to_be_visible()
    phone.send("/sign-out")
    wait_for(phone, "async () => !(await caches.keys()).length")

    (kept,) = entries(phone.page)

    assert set(kept) == {"key", "by", "path", "at", "sealed", "isRefused"}
    assert "heavy" not in str(kept)
    assert b"heavy" not in base64.b64decode(kept["sealed"])
    left = phone.page.evaluate(LEFT)
    assert [each["name"] for each in left["databases"]] == ["outbox"]
    assert (left["caches"], left["stored"], phone.context.cookies()) == ([], {}, [])


def test_a_line_that_comes_back_while_a_try_is_about_to_fail_is_used(
    phone: Phone, cast: Cast, database: Database
) -> None:
    write_without_a_line(phone)
    (worker,) = phone.context.service_workers
    worker.evaluate(HOLD)
    phone.page.evaluate(TRY)
    until(phone.page, lambda: bool(worker.evaluate("!!self.breakOff")))

    phone.context.set_offline(False)
    phone.page.evaluate(TRY)
    phone.page.wait_for_timeout(200)
    worker.evaluate("breakOff()")

    until(phone.page, lambda: entries(phone.page) == [])
    assert len(readings(database, cast.amina.id)) == 1


def test_a_try_that_hangs_is_given_up(phone: Phone, cast: Cast, database: Database) -> None:
    write_without_a_line(phone)
    (worker,) = phone.context.service_workers
    worker.evaluate(HOLD)
    worker.evaluate(SOON)
    phone.page.evaluate(TRY)
    until(phone.page, lambda: bool(worker.evaluate("!!self.breakOff")))

    find_the_line(phone)

    assert len(readings(database, cast.amina.id)) == 1
