"""Leave quickly: blank at once, to a neutral page that takes this one's place."""

import pytest
from playwright.sync_api import Page, Route, expect

from companion.config import Config
from tests.browser.conftest import NewPhone, Phone
from tests.cast import Cast
from tests.served import free_port

NEUTRAL = "http://neutral.example/"


@pytest.fixture
def config() -> Config:
    return Config(port=free_port(), worker=False, leave_to=NEUTRAL)


@pytest.fixture
def amina(new_phone: NewPhone, cast: Cast) -> Phone:
    phone = new_phone()
    phone.sign_in(cast.amina.token)
    phone.context.route(f"{NEUTRAL}**", _weather)
    phone.open("/more")
    phone.open("/record")
    return phone


def _weather(route: Route) -> None:
    route.fulfill(body="<title>Weather</title><p>Sunny", content_type="text/html")


def _shift(page: Page, *waits: int) -> None:
    for wait in waits:
        page.keyboard.press("Shift")
        page.wait_for_timeout(wait)


def test_the_page_that_she_left_is_not_behind_the_back_button(amina: Phone) -> None:
    page = amina.page
    page.locator("[data-leave]").click()
    expect(page).to_have_url(NEUTRAL)

    page.go_back()

    expect(page).to_have_url(f"{amina.origin}/more")


LOOK = """() => document.querySelector("[data-leave]").addEventListener("click", () => console.log(
  `${getComputedStyle(document.body).display}, ${document.title || "nothing"} in the title`))"""


def test_the_screen_is_empty_while_the_other_page_is_on_its_way(amina: Phone) -> None:
    page = amina.page
    seen: list[str] = []
    page.on("console", lambda said: seen.append(said.text))
    page.evaluate(LOOK)

    page.locator("[data-leave]").click()

    expect(page).to_have_url(NEUTRAL)
    assert seen == ["none, nothing in the title"]


def test_three_presses_of_shift_leave_and_slow_ones_do_not(amina: Phone) -> None:
    page = amina.page
    _shift(page, 0, 0)
    page.keyboard.press("a")
    _shift(page, 1100, 1100, 0)
    page.keyboard.press("Escape")
    assert page.url == f"{amina.origin}/record"

    _shift(page, 0, 0, 0)

    expect(page).to_have_url(NEUTRAL)


def test_a_page_out_of_the_memory_of_the_browser_comes_anew(amina: Phone) -> None:
    with amina.page.expect_navigation():
        amina.page.evaluate(
            "dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))"
        )


def test_without_scripts_it_is_a_plain_link(new_phone: NewPhone) -> None:
    phone = new_phone(scripts=False)
    phone.context.route(f"{NEUTRAL}**", _weather)
    phone.open("/welcome")

    phone.page.locator("[data-leave]").click()

    expect(phone.page).to_have_url(NEUTRAL)
