"""How to put Companion on the home screen: step by step in each browser, or that it cannot."""

import pytest

from companion.web.coach import BROWSERS, STEPS, Platform
from companion.web.looks import LOOKS
from tests.cast import Cast
from tests.conftest import Browser
from tests.reminders.test_coach import AGENTS

# What stands first, and what only comes to light when she asks for other browsers.
CANNOT = (Platform.OPERA_MINI, Platform.DESK_FIREFOX)


def open_on(browser: Browser, kind: Platform) -> tuple[str, str]:
    answer = browser.get("/home-screen", headers={"user-agent": AGENTS[kind]})
    assert answer.status_code == 200
    first, _, others = answer.text.partition("<main")[2].partition("<details")
    return first, others


@pytest.mark.parametrize("who", ["amina", "femi", "chipo", "edon", "ilse"])
def test_more_leads_there(browser: Browser, cast: Cast, who: str) -> None:
    browser.sign_in(getattr(cast, who).token)

    assert 'href="/home-screen"' in browser.get("/more").text
    assert "Put it on my home screen" in browser.get("/home-screen").text


@pytest.mark.parametrize("kind", [each for each in Platform if each not in CANNOT])
def test_each_browser_has_its_own_steps_first_and_the_others_below(
    browser: Browser, cast: Cast, kind: Platform
) -> None:
    browser.sign_in(cast.amina.token)

    first, others = open_on(browser, kind)

    hers = {kind, Platform.IOS} if kind == Platform.SAFARI else {kind}
    for each in BROWSERS:
        for step in STEPS[each].install:
            assert (step.message in first) == (each in hers), step
            assert (step.message in others) == (each not in hers), step
    assert "This browser cannot do it." not in first


@pytest.mark.parametrize("kind", CANNOT)
def test_a_browser_that_cannot_says_so_and_which_can(
    browser: Browser, cast: Cast, kind: Platform
) -> None:
    browser.sign_in(cast.amina.token)

    first, others = open_on(browser, kind)

    assert "This browser cannot do it." in first
    assert 'href="/spare-key"' in first
    assert others.startswith(" open>")
    assert all(step.message in others for each in BROWSERS for step in STEPS[each].install)


def test_an_iphone_asks_her_to_sign_in_once_more(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)

    first, _ = open_on(browser, Platform.IOS)

    assert first.index("Make a spare key first") < first.index("Add to Home Screen")
    assert 'href="/spare-key"' in first


@pytest.mark.parametrize("look", LOOKS)
def test_it_says_what_it_will_be_called_and_where_to_choose(
    browser: Browser, cast: Cast, look: str
) -> None:
    browser.sign_in(cast.amina.token)
    browser.post_form("/discreet", {"look": look})

    first, _ = open_on(browser, Platform.ANDROID)

    assert f"It will be called “{LOOKS[look].name.message}”." in first
    assert f'fill="{LOOKS[look].colour}"' in first
    assert 'href="/discreet#look"' in first


def test_no_other_page_asks_her_to(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)

    for address in ("/", "/record", "/sessions", "/chat", "/reminders"):
        page = browser.get(address).text
        assert "js-install" not in page
        assert "/home-screen" not in page
