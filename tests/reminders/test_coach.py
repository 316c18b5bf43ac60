"""What to do on this kind of phone, so that it rings: step by step, or why it cannot."""

import re

import pytest

from companion.web.coach import STEPS, Platform, platform
from tests.cast import Cast
from tests.conftest import Browser

MOZILLA = "Mozilla/5.0"
AGENTS = {
    Platform.ANDROID: f"{MOZILLA} (Linux; Android 10; K) AppleWebKit/537.36 Chrome/130 Mobile",
    Platform.SAMSUNG: f"{MOZILLA} (Linux; Android 10; K) SamsungBrowser/26.0 Chrome/122 Mobile",
    Platform.FIREFOX: f"{MOZILLA} (Android 15; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0",
    Platform.IOS: f"{MOZILLA} (iPhone; CPU iPhone OS 18_4 like Mac OS X) Version/18.4 Safari/604.1",
    Platform.OPERA_MINI: "Opera/9.80 (Android; Opera Mini/36.2/119.132; U; id) Presto/2.12.423",
    Platform.COMPUTER: f"{MOZILLA} (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130 Safari/537.36",
    Platform.DESK_FIREFOX: f"{MOZILLA} (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0",
    Platform.SAFARI: f"{MOZILLA} (Macintosh; Intel Mac OS X 10_15_7) Version/18.4 Safari/605.1.15",
}
# A step that stands on the page of this kind of phone, and on no other.
OWN_STEP = {
    Platform.ANDROID: "Press Permissions, then Notifications",
    Platform.SAMSUNG: "Sites and downloads",
    Platform.FIREFOX: "Press the lock beside the address",
    Platform.IOS: "Open Settings on your iPhone",
    Platform.COMPUTER: "Allow notifications for this page",
}


@pytest.mark.parametrize("kind", Platform)
def test_each_kind_of_phone_is_known_by_what_its_browser_says(kind: Platform) -> None:
    assert platform(AGENTS[kind]) == kind


def test_an_ipad_is_like_an_iphone_and_what_says_nothing_like_a_computer() -> None:
    assert platform("Mozilla/5.0 (iPad; CPU OS 18_4 like Mac OS X)") == Platform.IOS
    assert platform("") == Platform.COMPUTER


def test_chrome_on_a_mac_is_no_safari() -> None:
    chrome = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Chrome/130.0.0.0 Safari/537.36"

    assert platform(chrome) == Platform.COMPUTER


@pytest.mark.parametrize("kind", OWN_STEP)
def test_each_kind_of_phone_has_steps_of_its_own(
    browser: Browser, cast: Cast, kind: Platform
) -> None:
    browser.sign_in(cast.amina.token)

    page = browser.get("/reminders", headers={"user-agent": AGENTS[kind]}).text

    assert f'data-platform="{kind}"' in page
    assert [each for each in OWN_STEP if OWN_STEP[each] in page] == [kind]


@pytest.mark.parametrize("kind", [Platform.IOS, Platform.SAFARI])
def test_every_state_of_a_phone_has_its_words(browser: Browser, cast: Cast, kind: Platform) -> None:
    browser.sign_in(cast.amina.token)

    page = browser.get("/reminders", headers={"user-agent": AGENTS[kind]}).text

    states = set(re.findall(r'data-when="([\w ]+)"', page))
    assert {"plain", "unsupported", "install", "default", "denied", "lost", "rings"} <= states
    assert page.count("Add to Home Screen") == 1
    assert page.count("Come back to this page.") == 2


def test_opera_mini_cannot_and_there_are_other_ways(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)

    page = browser.get("/reminders", headers={"user-agent": AGENTS[Platform.OPERA_MINI]}).text

    assert "Opera Mini has no reminders." in page
    assert "data-when" not in page
    assert "/reminders/calendar" in page
    assert "/reminders/card" in page


@pytest.mark.parametrize("kind", [each for each in Platform if each != Platform.OPERA_MINI])
def test_nobody_is_left_without_a_step(kind: Platform) -> None:
    assert len(STEPS[kind].denied) >= 3
    assert len(STEPS[kind].dead) >= 3
