"""The conversation on a small phone: the sheet of a message, older messages, other languages."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from companion import clock
from companion.chat import actions, scopes
from companion.chat.models import Conversation, Message
from companion.db import Database, new_id
from companion.people import sign_ins
from tests.browser.conftest import NewPhone, Phone
from tests.cast import Cast
from tests.chat.wire import agree

MANY = 75


@pytest.fixture
def talk(database: Database, cast: Cast) -> None:
    """Many messages of Amina's, the last in Dutch."""
    agree(database, cast)
    with database.writing.begin() as db:
        db.add(Conversation(group_id=cast.group_id, last=MANY))
        db.add_all(
            Message(
                group_id=cast.group_id,
                number=number,
                changed=number,
                author_id=cast.amina.id,
                role="participant",
                text=f"Message {number}" if number < MANY else "Slaap je al?",
                language="en" if number < MANY else "nl",
                written_at=clock.now() - timedelta(hours=1),
                reactions={},
            )
            for number in range(1, MANY + 1)
        )


@pytest.fixture
def chipo(new_phone: NewPhone, cast: Cast, talk: None) -> Phone:
    phone = new_phone()
    phone.sign_in(cast.chipo.token)
    return phone


def test_older_messages_come_without_a_jump(chipo: Phone) -> None:
    page = chipo.page
    chipo.open("/chat")
    first = page.locator("#n46")
    page.locator("#older a").scroll_into_view_if_needed()
    before = first.evaluate("e => e.getBoundingClientRect().top")

    page.locator("#older a").click()
    expect(page.locator("#n16")).to_be_attached()

    after = first.evaluate("e => e.getBoundingClientRect().top")
    assert abs(after - before) < 2
    page.locator("#older a").click()
    expect(page.locator("#n1")).to_be_attached()
    expect(page.locator("#older a")).to_have_count(0)
    numbers = page.locator("#talk > li.said").evaluate_all("all => all.map((e) => e.id)")
    assert numbers == [f"n{number}" for number in range(1, MANY + 1)]


def test_a_sheet_opens_and_gives_the_focus_back(chipo: Phone) -> None:
    page = chipo.page
    chipo.open("/chat")

    page.locator("#n74 .acts").click()
    expect(page.locator("#acts .kept")).to_have_text("Message 74")
    page.locator("#acts .close").click()

    expect(page.locator("#acts")).to_be_empty()
    assert page.evaluate("document.activeElement.closest('li').id") == "n74"


def test_a_sign_stands_under_the_message_at_once(chipo: Phone) -> None:
    page = chipo.page
    chipo.open("/chat")

    page.locator("#n74 .acts").click()
    page.locator("#acts [value=hug]").click()

    expect(page.locator("#n74")).to_contain_text("🤗 1")
    expect(page.locator("#acts")).to_be_empty()


def test_what_is_done_on_a_message_of_its_own_page_leads_back(chipo: Phone, cast: Cast) -> None:
    page = chipo.page
    chipo.open(f"/groups/{cast.group_id}/messages/74")

    page.locator("#acts [value=hug]").click()

    expect(page).to_have_url(re.compile("/chat#n74$"))
    expect(page.locator("#n74")).to_contain_text("🤗 1")


def test_a_reply_keeps_what_was_written_and_shows_what_it_answers(chipo: Phone) -> None:
    page = chipo.page
    chipo.open("/chat")
    page.locator("#text").fill("Half a thought")

    page.locator("#n74 .acts").click()
    page.get_by_role("link", name="Reply").click()
    expect(page.locator("#write .quote")).to_contain_text("Message 74")
    expect(page.locator("#text")).to_have_value("Half a thought")
    page.locator("#write form button").click()

    expect(page.locator(".said.mine .quote")).to_contain_text("Message 74")
    expect(page.locator("#write .quote")).to_have_count(0)


def test_what_is_refused_stays_in_the_box_with_the_reason(chipo: Phone) -> None:
    page = chipo.page
    chipo.open("/chat")
    page.locator("#text").evaluate("e => e.removeAttribute('maxlength')")
    page.locator("#text").fill("x" * 2001)

    page.locator("#write form button").click()

    expect(page.locator("#write [role=alert]")).to_contain_text("2000")
    expect(page.locator("#text")).to_have_value("x" * 2001)
    expect(page.locator(".said.mine")).to_have_count(0)


TRANSLATOR = """self.Translator = {
  availability: async () => "available",
  create: async ({ sourceLanguage, targetLanguage }) => ({
    translate: async (text) => `${sourceLanguage} to ${targetLanguage}: ${text}`,
  }),
};"""


def test_where_the_phone_can_translate_it_offers_to(chipo: Phone) -> None:
    page = chipo.page
    page.add_init_script(TRANSLATOR)
    chipo.open("/chat")

    page.locator("#n75 .translate").click()

    expect(page.locator("#n75 .other")).to_have_text("nl to en: Slaap je al?")
    expect(page.locator("#n74 .translate")).to_have_count(0)


def test_where_it_cannot_nothing_is_offered(chipo: Phone) -> None:
    page = chipo.page
    page.add_init_script("delete self.Translator")
    chipo.open("/chat")

    expect(page.locator("#fresh")).to_be_hidden()
    expect(page.locator(".translate")).to_have_count(0)


def test_without_scripts_everything_is_links_and_forms(
    new_phone: NewPhone, cast: Cast, talk: None
) -> None:
    phone = new_phone(scripts=False)
    phone.sign_in(cast.beatriz.token)
    page = phone.page
    phone.open("/chat")
    page.locator("#text").fill("Good morning")
    page.locator("#write form button").click()
    expect(page.locator(".said.mine")).to_contain_text("Good morning")
    page.locator("#fresh").click()
    page.locator("#older a").click()
    expect(page.locator("#n17")).to_be_visible()
    page.locator("#n17 .acts").click()
    page.locator("#acts [value=heart]").click()
    expect(page.locator("#talk")).to_be_visible()
    page.goto(f"{phone.origin}/groups/{cast.group_id}/messages/17")
    expect(page.locator("#acts [value=heart]")).to_have_attribute("aria-pressed", "true")


DEAR = "Object.defineProperty(navigator, 'connection', {value: {saveData: true}})"


def test_on_a_dear_line_no_stream_is_opened_and_what_is_new_is_fetched(
    chipo: Phone, cast: Cast, database: Database
) -> None:
    page = chipo.page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.add_init_script(DEAR)
    chipo.open("/chat")
    _say(database, cast, "Anybody there?")
    expect(page.locator("#n76")).to_have_count(0)

    page.locator("#fresh").click()

    expect(page.locator("#n76")).to_contain_text("Anybody there?")
    assert page.locator("#talk .said").count() == 30
    assert not [url for url in asked if "/live" in url]


def _say(database: Database, cast: Cast, text: str) -> None:
    with database.writing.begin() as db:
        actions.say(db, scopes.seat(db, cast.amina.reader, cast.group_id), new_id(), text)


def test_a_phone_that_was_signed_out_shows_nothing_when_it_comes_back(
    chipo: Phone, cast: Cast, database: Database
) -> None:
    page = chipo.page
    chipo.open("/chat")
    expect(page.locator("#fresh")).to_be_hidden()
    _turn(page, hidden=True)
    with database.writing.begin() as db:
        sign_ins.revoke_all(db, cast.chipo.id)

    _turn(page, hidden=False)

    expect(page).to_have_url(re.compile("/welcome"))


def _turn(page: Page, *, hidden: bool) -> None:
    page.evaluate(
        """(hidden) => {
          Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
          document.dispatchEvent(new Event("visibilitychange"));
        }""",
        hidden,
    )


def test_what_changes_takes_no_focus_away_and_an_old_answer_changes_nothing(
    chipo: Phone, cast: Cast, database: Database
) -> None:
    page = chipo.page
    chipo.open("/chat")
    expect(page.locator("#fresh")).to_be_hidden()
    page.locator("#n74 .acts").focus()
    old = page.locator("#n74").evaluate("e => e.outerHTML")

    with database.writing.begin() as db:
        actions.delete_own(db, scopes.seat(db, cast.amina.reader, cast.group_id), 74)
    expect(page.locator("#n74")).to_contain_text("Deleted by its author.", timeout=20_000)
    assert page.evaluate("document.activeElement.closest('li')?.id") == "n74"

    page.evaluate("(html) => htmx.swap({text: html, target: '#talk', swap: 'talk'})", old)
    expect(page.locator("#n74")).to_contain_text("Deleted by its author.")
