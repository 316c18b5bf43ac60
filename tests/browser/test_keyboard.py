"""By keyboard alone: every step can be reached, is seen when it is, and leads on."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from companion import clock
from companion.chat.models import Conversation, Message
from companion.db import Database
from tests.browser.conftest import NewPhone, Phone
from tests.cast import Cast
from tests.house import House

# Whether whoever looks sees where she is: a ring, in view, and not behind what stands in front.
SEEN = """() => {
  const here = document.activeElement;
  const { top, bottom, left, right } = here.getBoundingClientRect();
  const { outlineStyle, outlineWidth } = getComputedStyle(here);
  const bars = [...document.querySelectorAll("nav, .say, #acts.card")].filter((each) =>
    !each.contains(here) && ["fixed", "sticky"].includes(getComputedStyle(each).position));
  const inFront = here.closest("#acts.card") ? [] : bars;
  const under = Math.min(innerHeight, ...inFront.map((bar) => bar.getBoundingClientRect().top));
  const isRinged = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  return isRinged && top >= 0 && left >= 0 && right <= innerWidth && bottom <= under + 1;
}"""


@pytest.fixture
def amina(new_phone: NewPhone, cast: Cast, house: House) -> Phone:
    phone = new_phone()
    phone.sign_in(cast.amina.token)
    return phone


def go_to(page: Page, what: str, key: str = "Tab") -> None:
    """Press Tab until the focus is on it."""
    for _ in range(60):
        page.keyboard.press(key)
        if page.evaluate("(what) => document.activeElement.matches(what)", what):
            assert page.evaluate(SEEN), f"{what} has the focus, and nobody sees it"
            return
    raise AssertionError(f"{what} cannot be reached")


def test_from_the_first_page_to_a_reading(amina: Phone) -> None:
    page = amina.page
    amina.open("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.skip')")
    assert page.evaluate(SEEN)
    page.keyboard.press("Enter")
    go_to(page, "main a[href^='/record/a1']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/record/a1**")

    go_to(page, "#systolic")
    page.keyboard.type("118")
    page.keyboard.press("Enter")
    expect(page.locator("#kind [role=alert]")).to_be_focused()
    said = page.locator("#diastolic").get_attribute("aria-describedby") or ""
    assert page.locator(f"#{said.split()[0]}").inner_text()
    go_to(page, "#diastolic")
    page.keyboard.type("74")
    page.keyboard.press("Enter")

    expect(page.locator("#kind p.last")).to_be_focused()
    expect(page.locator("#kind p.last")).to_contain_text("118")


def test_an_answer_keeps_the_focus(amina: Phone) -> None:
    page = amina.page
    amina.open("/sessions")
    go_to(page, "main .button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sessions/**")

    go_to(page, "#answer-yes")
    page.keyboard.press("Space")

    expect(page.locator("#answer-yes")).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("document.activeElement.closest('#answer') !== null")


COLOUR = "each => getComputedStyle(each).backgroundColor"


def test_what_she_chose_is_seen_in_forced_colours_and_nothing_moves(amina: Phone) -> None:
    page = amina.page
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    amina.open("/")
    page.locator("#answer-yes").click()
    yes, no = page.locator("#answer-yes[aria-pressed=true]"), page.locator("#answer-no")

    assert yes.evaluate(COLOUR) != no.evaluate(COLOUR)
    assert yes.evaluate("each => getComputedStyle(each).transitionDuration") == "0s"
    assert page.evaluate("document.getAnimations().length") == 0


def test_she_writes_reacts_and_reports(amina: Phone) -> None:
    page = amina.page
    amina.open("/chat")
    go_to(page, "#agreement .button")
    page.keyboard.press("Enter")
    expect(page.locator("#text")).to_be_visible()
    go_to(page, "#text")
    page.keyboard.type("Good morning")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".said.mine")).to_contain_text("Good morning")
    assert page.evaluate("document.activeElement.closest('#write') !== null")

    go_to(page, "#n1 .acts", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#acts [data-then]")).to_be_focused()
    go_to(page, "#acts [value=hug]")
    page.keyboard.press("Space")
    expect(page.locator("#n1")).to_contain_text("🤗 1")
    expect(page.locator("#n1 .acts")).to_be_focused()


def _another_message(database: Database, cast: Cast) -> None:
    with database.writing.begin() as db:
        db.get_one(Conversation, db.scalars(select(Conversation.id)).one()).last = 2
        db.add(
            Message(
                group_id=cast.group_id,
                number=2,
                changed=2,
                author_id=cast.beatriz.id,
                role="participant",
                text="Stop it",
                language="en",
                written_at=clock.now(),
                reactions={},
            )
        )


def test_she_reports_with_a_reason(amina: Phone, cast: Cast, database: Database) -> None:
    page = amina.page
    _another_message(database, cast)
    amina.open("/chat")
    go_to(page, "#n2 .acts")
    page.keyboard.press("Enter")
    expect(page.locator("#acts [data-then]")).to_be_focused()

    go_to(page, "#acts details:last-of-type summary")
    page.keyboard.press("Enter")
    go_to(page, "#acts form[action$=reports] .button")
    page.keyboard.press("Enter")
    expect(page.locator("#acts [role=alert]")).to_be_focused()
    go_to(page, "#acts [name=reason]")
    page.keyboard.press("ArrowDown")
    go_to(page, "#acts form[action$=reports] .button")
    page.keyboard.press("Enter")

    expect(page.locator("#acts:empty")).to_be_attached()
    expect(page.locator("#n2 .acts")).to_be_focused()
