"""Two phones talk, one in Arabic and one in Dutch, on a line that breaks."""

import pytest
from playwright.sync_api import Page, expect

from companion.db import Database
from companion.people.models import Person
from tests.browser.conftest import WITHOUT_WORKER, NewPhone, Phone
from tests.cast import Cast
from tests.chat.wire import agree

A_MINUTE = 60_000


@pytest.fixture
def phones(new_phone: NewPhone, cast: Cast, database: Database) -> tuple[Phone, Phone]:
    """Amina's, in Arabic, and Beatriz's, in Dutch; the conversation is open on both."""
    agree(database, cast)
    opened = []
    for player, language in ((cast.amina, "ar"), (cast.beatriz, "nl")):
        with database.writing.begin() as db:
            db.get_one(Person, player.id).language = language
        phone = new_phone(locale=language, **WITHOUT_WORKER)
        phone.sign_in(player.token)
        phone.open("/chat")
        expect(phone.page.locator("#fresh")).to_be_hidden()  # the line stands
        opened.append(phone)
    return opened[0], opened[1]


def say(phone: Phone, text: str) -> None:
    phone.page.locator("#text").fill(text)
    phone.page.locator("#write form button").click()


def said(page: Page) -> list[str]:
    return page.locator("#talk .said > p").all_inner_texts()


def test_they_talk_and_a_minute_without_a_line_loses_nothing(phones: tuple[Phone, Phone]) -> None:
    amina, beatriz = phones
    say(amina, "صباح الخير")
    expect(beatriz.page.get_by_text("صباح الخير")).to_be_visible()
    say(beatriz, "Goedemorgen")
    expect(amina.page.get_by_text("Goedemorgen")).to_be_visible()

    beatriz.context.set_offline(True)
    for text in ("واحد", "اثنان", "ثلاثة"):
        say(amina, text)
        expect(amina.page.locator("#text")).to_have_value("")
    say(beatriz, "Ben ik er nog?")
    expect(beatriz.page.locator("#sending")).to_contain_text("Niet verstuurd")
    expect(beatriz.page.locator("#text")).to_have_value("Ben ik er nog?")
    beatriz.page.wait_for_timeout(A_MINUTE)
    beatriz.context.set_offline(False)
    expect(beatriz.page.get_by_text("ثلاثة")).to_be_visible()
    beatriz.page.locator("#write form button").click()
    expect(amina.page.get_by_text("Ben ik er nog?")).to_be_visible()

    everything = ["صباح الخير", "Goedemorgen", "واحد", "اثنان", "ثلاثة", "Ben ik er nog?"]
    assert said(amina.page) == said(beatriz.page) == everything


def test_each_reads_in_her_own_direction(phones: tuple[Phone, Phone]) -> None:
    amina, beatriz = phones
    say(amina, "شكرًا")

    arrived = beatriz.page.locator("#talk .said > p").last
    expect(arrived).to_have_text("شكرًا")
    assert arrived.evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert beatriz.page.evaluate("document.dir") == "ltr"
    assert amina.page.evaluate("document.dir") == "rtl"


def test_what_is_written_meanwhile_stays_when_the_answer_comes(
    phones: tuple[Phone, Phone],
) -> None:
    amina, beatriz = phones
    say(beatriz, "een")
    beatriz.page.locator("#text").fill("twee, half af")
    say(amina, "ثلاثة")

    expect(beatriz.page.get_by_text("ثلاثة")).to_be_visible()
    expect(beatriz.page.locator("#text")).to_have_value("twee, half af")
    assert beatriz.page.evaluate("document.activeElement.id") == "text"


def test_a_phone_that_is_put_away_lets_go_of_the_line(
    phones: tuple[Phone, Phone], house_app: object
) -> None:
    amina, beatriz = phones
    beatriz.page.evaluate(
        """() => {
          Object.defineProperty(document, "hidden", { value: true, configurable: true });
          document.dispatchEvent(new Event("visibilitychange"));
        }"""
    )
    hub = house_app.state.hub  # type: ignore[attr-defined]
    for _ in range(100):
        if len(hub) == 1:
            break
        amina.page.wait_for_timeout(50)
    assert len(hub) == 1
    say(amina, "بعد قليل")

    beatriz.page.evaluate(
        """() => {
          Object.defineProperty(document, "hidden", { value: false, configurable: true });
          document.dispatchEvent(new Event("visibilitychange"));
        }"""
    )
    expect(beatriz.page.get_by_text("بعد قليل")).to_be_visible()


def test_what_she_saw_arrive_is_not_new_afterwards(phones: tuple[Phone, Phone]) -> None:
    amina, beatriz = phones
    with beatriz.page.expect_response(lambda answer: answer.url.endswith("/reads")) as said:
        say(amina, "صباح الخير")
    assert said.value.status == 204

    beatriz.open("/")

    expect(beatriz.page.locator("nav .count")).to_have_count(0)
