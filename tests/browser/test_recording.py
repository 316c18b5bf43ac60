"""Recorded in a browser with its (fake) microphone, saved, and heard on another phone."""

import re
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Page, Route, expect

from companion.db import Database
from tests.browser.conftest import NewPhone, Phone
from tests.cast import Cast
from tests.recordings.conftest import SOUNDS, kept, only
from tests.sessions.conftest import post_topic

PLAY = """async (audio) => {
  await audio.play();
  while (audio.currentTime === 0) await new Promise((wait) => setTimeout(wait, 50));
  return audio.error === null;
}"""


@pytest.fixture
def topic_id(database: Database, cast: Cast) -> UUID:
    return post_topic(database, cast.session_id, en="Sleep")


@pytest.fixture
def chipo(new_phone: NewPhone, cast: Cast, topic_id: UUID) -> Phone:
    """On the page where she records the topic, with a microphone."""
    phone = new_phone(permissions=["microphone"])
    phone.sign_in(cast.chipo.token)
    phone.open(f"/topics/{topic_id}/recordings")
    return phone


def _record(page: Page, seconds: str = "1") -> None:
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.locator("[data-clock]")).to_have_text(f"{seconds} / 90")
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("status")).to_have_text("Listen to it, then save it.")


def test_she_records_listens_saves_and_it_is_heard(
    new_phone: NewPhone, database: Database, cast: Cast, chipo: Phone, topic_id: UUID
) -> None:
    _record(chipo.page)
    assert chipo.page.locator("form audio").evaluate(PLAY)
    chipo.page.get_by_role("button", name="Save").click()
    expect(chipo.page.locator("section > audio")).to_be_visible()
    assert (only(database).media_type, only(database).language) == ("audio/webm", "en")

    amina = new_phone()
    amina.sign_in(cast.amina.token)
    asked: list[str] = []
    amina.page.on("request", lambda request: asked.append(request.url))
    amina.open(f"/topics/{topic_id}")
    amina.page.wait_for_timeout(200)
    assert not [url for url in asked if "/recordings/" in url]
    assert amina.page.locator("article audio").evaluate(PLAY)


def test_a_coordinator_says_a_sign_and_it_is_heard_on_the_card(
    new_phone: NewPhone, database: Database, cast: Cast
) -> None:
    edon, anybody = new_phone(permissions=["microphone"]), new_phone()
    edon.sign_in(cast.edon.token)
    edon.open("/recordings")
    edon.page.get_by_role("link", name="English").first.click()
    _record(edon.page)
    edon.page.get_by_role("button", name="Save").click()
    expect(edon.page.locator("section > audio")).to_be_visible()

    anybody.open("/call/nl")
    audio = anybody.page.locator("audio").first
    assert audio.evaluate(PLAY)
    assert kept(database)


def test_without_a_microphone_she_is_told_kindly(
    new_phone: NewPhone, cast: Cast, topic_id: UUID
) -> None:
    phone = new_phone()
    phone.sign_in(cast.chipo.token)
    phone.open(f"/topics/{topic_id}/recordings")

    phone.page.get_by_role("button", name="Record", exact=True).click()

    expect(phone.page.get_by_role("status")).to_contain_text("The microphone cannot be used.")
    expect(phone.page.get_by_role("button", name="Record", exact=True)).to_be_enabled()


def test_a_save_that_fails_says_so_and_loses_nothing(database: Database, chipo: Phone) -> None:
    _record(chipo.page)
    lost = re.compile(r"/recordings/en$")
    chipo.page.route(lost, lambda route: route.abort())
    chipo.page.get_by_role("button", name="Save").click()
    expect(chipo.page.get_by_role("status")).to_contain_text("Not saved.")
    assert kept(database) == []

    chipo.page.unroute(lost)
    chipo.page.get_by_role("button", name="Save").click()

    expect(chipo.page.locator("section > audio")).to_be_visible()
    assert only(database).seconds


def test_it_stops_by_itself(chipo: Phone, database: Database) -> None:
    def shorten(route: Route) -> None:
        answer = route.fetch()
        page = answer.text().replace('data-seconds="90"', 'data-seconds="2"')
        route.fulfill(response=answer, body=page)

    chipo.page.route(re.compile(r"/recordings$"), shorten)
    chipo.page.reload()

    chipo.page.get_by_role("button", name="Record", exact=True).click()

    expect(chipo.page.get_by_role("status")).to_have_text("Listen to it, then save it.")
    expect(chipo.page.locator("[data-clock]")).to_have_text("2 / 2")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_file_is_taken_or_refused_too(
    new_phone: NewPhone,
    database: Database,
    cast: Cast,
    topic_id: UUID,
    tmp_path: Path,
    scripts: bool,
) -> None:
    phone = new_phone(scripts=scripts)
    phone.sign_in(cast.chipo.token)
    big = tmp_path / "big.m4a"
    big.write_bytes(b"\0" * 3_000_000)
    phone.open(f"/topics/{topic_id}/recordings")

    for file, told in ((big, "too big"), (SOUNDS / "video.webm", "This is a video")):
        phone.page.locator("[type=file]").set_input_files(file)
        phone.page.get_by_role("button", name="Save").click()
        expect(phone.page.locator("p.wrong")).to_contain_text(told)
    phone.page.locator("[type=file]").set_input_files(SOUNDS / "aac.m4a")
    phone.page.get_by_role("button", name="Save").click()

    expect(phone.page.locator("section > audio")).to_be_visible()
    assert only(database).media_type == "audio/mp4"


VOICES = """
  self.spoken = [];
  self.speechSynthesis.getVoices = () => [{ lang: "en_GB" }];
  self.speechSynthesis.speak = (words) => self.spoken.push([words.lang, words.text]);
  self.speechSynthesis.cancel = () => null;
  self.SpeechSynthesisUtterance = function (text) { this.text = text; };
"""


def test_the_phones_own_voice_reads_what_nobody_recorded(
    new_phone: NewPhone, database: Database, cast: Cast, topic_id: UUID
) -> None:
    phone = new_phone()
    phone.sign_in(cast.amina.token)
    phone.page.add_init_script(VOICES)
    phone.open(f"/topics/{topic_id}")

    phone.page.get_by_role("button", name="Read aloud").click()

    assert phone.page.evaluate("spoken.map(([lang, text]) => [lang, text.trim()[0]])") == [
        ["en_GB", "S"]
    ]
    expect(phone.page.get_by_role("button", name="Stop")).to_be_visible()
    phone.open("/call")
    assert phone.page.locator("li > .aloud").count() > 20


def test_where_it_has_no_voice_for_the_language_nothing_is_offered(
    new_phone: NewPhone, database: Database, cast: Cast
) -> None:
    arabic = post_topic(database, cast.session_id, ar="النوم")
    phone = new_phone()
    phone.sign_in(cast.amina.token)
    phone.page.add_init_script(VOICES)

    phone.open(f"/topics/{arabic}")

    assert phone.page.locator(".aloud").count() == 0
