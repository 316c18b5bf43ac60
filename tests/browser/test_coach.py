"""The coach says how it stands with this phone, and no more; and a test shows the whole way."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from companion.config import Config
from tests.browser.conftest import NewPhone, Phone
from tests.browser.pushing import Ends
from tests.cast import Cast
from tests.conftest import HeldClock
from tests.notifications.push_service import PushService
from tests.served import free_port

IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
)
OPERA_MINI = "Opera/9.80 (Android; Opera Mini/69.0/191.303; U; en) Presto/2.12.423 Version/12.16"


@pytest.fixture
def config(service: PushService) -> Config:
    return Config(port=free_port(), worker=True, push_services=service.origin)


@pytest.fixture
def phone(new_phone: NewPhone, cast: Cast) -> Phone:
    made = new_phone()
    made.sign_in(cast.amina.token)
    return made


@pytest.fixture
def rings(phone: Phone, service: PushService) -> Ends:
    """Amina's phone rings."""
    ends = Ends(phone, service.phone("amina"))
    ends.let_it_ring()
    return ends


def expect_only(page: Page, state: str, says: str) -> None:
    """Of all that the coach could say, it says this."""
    said = page.locator("#coach > div .big:visible")
    expect(said).to_have_text(says)
    states = page.locator("#coach > [data-when]:visible")
    assert set(states.evaluate_all("all => all.map((each) => each.dataset.when)")) == {state}


def test_before_anything_was_asked(phone: Phone) -> None:
    phone.open("/reminders")

    expect_only(phone.page, "default", "This phone does not ring yet.")


def test_when_she_said_no(phone: Phone) -> None:
    phone.open("/reminders")
    phone.page.locator("[data-when=default] [data-ask]").click()
    expect(phone.page.locator("[data-when=denied]")).to_be_visible()
    assert phone.page.evaluate("document.activeElement.id") == "coach"

    phone.open("/reminders")

    expect_only(phone.page, "denied", "This phone does not ring: it was told not to.")


def test_when_it_rings(rings: Ends) -> None:
    rings.phone.open("/reminders")

    expect_only(rings.phone.page, "rings", "This phone rings.")


def test_when_she_wants_it_to_ring_no_more(rings: Ends) -> None:
    rings.phone.send("/phones/goodbyes")

    expect_only(rings.phone.page, "default", "This phone does not ring yet.")


def test_when_its_push_service_knows_it_no_more(rings: Ends) -> None:
    rings.kept = None
    rings.phone.open("/reminders")
    expect_only(rings.phone.page, "lost", "This phone no longer rings.")

    rings.phone.page.locator("[data-when=lost] [data-ask]").click()

    expect_only(rings.phone.page, "failed", "It did not work.")


def test_when_it_is_set_right_with_the_button(rings: Ends, service: PushService) -> None:
    rings.kept = None
    rings.phone.open("/reminders")
    expect_only(rings.phone.page, "lost", "This phone no longer rings.")
    rings.offers.append(service.phone("again"))

    rings.phone.page.locator("[data-when=lost] [data-ask]").click()

    expect_only(rings.phone.page, "rings", "This phone rings.")


def test_when_its_push_service_cannot_be_reached(phone: Phone) -> None:
    Ends(phone).allow()
    phone.open("/reminders")

    phone.page.locator("[data-when=default] [data-ask]").click()

    expect_only(phone.page, "failed", "It did not work.")


def test_when_the_browser_cannot(phone: Phone) -> None:
    phone.page.add_init_script("delete window.PushManager")
    phone.open("/reminders")

    expect_only(phone.page, "unsupported", "This browser cannot ring.")


def test_when_it_is_an_iphone_and_not_on_the_home_screen(new_phone: NewPhone, cast: Cast) -> None:
    phone = new_phone(user_agent=IPHONE)
    phone.sign_in(cast.amina.token)
    phone.open("/reminders")
    expect_only(phone.page, "install", "This phone can ring from the home screen.")

    phone.page.add_init_script("navigator.standalone = true")
    phone.open("/reminders")

    expect_only(phone.page, "default", "This phone does not ring yet.")


def test_when_there_are_no_scripts(new_phone: NewPhone, cast: Cast) -> None:
    phone = new_phone(scripts=False)
    phone.sign_in(cast.amina.token)
    phone.open("/reminders")

    expect_only(phone.page, "plain", "Nothing rings here.")


def test_when_it_is_opera_mini(new_phone: NewPhone, cast: Cast) -> None:
    phone = new_phone(user_agent=OPERA_MINI)
    phone.sign_in(cast.amina.token)
    phone.open("/reminders")

    expect(phone.page.locator("#coach .big")).to_have_text("This browser cannot ring.")
    assert phone.page.locator("#coach button").count() == 0


# On the home screen


def test_the_browser_offers_it_on_its_own_page_and_nowhere_else(phone: Phone) -> None:
    offer = """() => {
      const offer = new Event("beforeinstallprompt", { cancelable: true });
      offer.prompt = () => { window.wasAsked = true; };
      dispatchEvent(offer);
      return offer.defaultPrevented;
    }"""
    phone.open("/")
    assert phone.page.evaluate(offer)
    phone.open("/home-screen")
    button = phone.page.get_by_role("button", name="Put it there now")
    expect(button).to_be_hidden()
    expect(phone.page.locator(".at-home")).to_be_hidden()

    assert phone.page.evaluate(offer)
    button.click()
    assert phone.page.evaluate("wasAsked")
    expect(button).to_be_hidden()
    phone.page.evaluate("dispatchEvent(new Event('appinstalled'))")

    expect(phone.page.get_by_role("status")).to_have_text("It is on your home screen now.")


# Test now


def way(page: Page) -> list[str]:
    """How far it has come."""
    return page.locator("#test .way .done").all_inner_texts()


def test_a_test_shows_the_whole_way(rings: Ends, service: PushService) -> None:
    page = rings.phone.page
    page.get_by_role("button", name="Test now").click()
    expect(page.locator("#test .way .done").first).to_have_text("Asked for")
    (sent,) = service.wait_for(1)
    expect(page.locator("#test .way .done").nth(1)).to_contain_text("Sent")
    expect(page.locator("#test")).to_contain_text("Waiting for it to arrive")

    assert sent.opened
    (shown,) = rings.push(sent.opened.decode())

    assert shown["body"] == "This phone rings."
    expect(page.locator("#test .big")).to_have_text("It works.")
    assert way(page)[-1] == "Arrived"
    rings.phone.open("/reminders")
    expect(page.locator("[data-when=rings]").first).to_contain_text("Something last arrived")


def test_she_says_herself_that_she_has_seen_it(rings: Ends) -> None:
    page = rings.phone.page
    page.get_by_role("button", name="Test now").click()

    page.get_by_role("button", name="I have seen it").click()

    expect(page.locator("#test .big")).to_have_text("It works.")


def test_when_it_does_not_come_she_reads_what_to_try(rings: Ends, held_clock: HeldClock) -> None:
    page = rings.phone.page
    page.get_by_role("button", name="Test now").click()
    expect(page.get_by_role("button", name="I have seen it")).to_be_visible()

    held_clock.moment += timedelta(minutes=1)

    expect(page.locator("#test .big")).to_have_text("It has not arrived.")
    expect(page.locator("#test ol").last).to_contain_text("Do not disturb")


def test_a_test_reads_without_scripts_too(
    rings: Ends, new_phone: NewPhone, cast: Cast, service: PushService
) -> None:
    page = rings.phone.page
    with page.expect_request("**/reminders/tests/*") as asked:
        page.get_by_role("button", name="Test now").click()
    service.wait_for(1)
    plain = new_phone(scripts=False)
    plain.sign_in(cast.amina.token)

    plain.open(asked.value.url.removeprefix(plain.origin))
    plain.page.get_by_role("button", name="I have seen it").click()

    expect(plain.page.locator("h1")).to_have_text("A test")
    assert way(plain.page)[-1] == "Arrived"
