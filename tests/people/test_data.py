"""What Companion costs her: the page that says so. The count itself is in tests/browser."""

from companion.people.routes import RECORDING_KB
from companion.recordings.sounds import MOST_BYTES
from tests.cast import Cast
from tests.conftest import Browser


def test_without_scripts_the_page_says_why_it_cannot_count(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)

    page = browser.get("/data").text

    assert "Only a browser that runs scripts can count here." in page
    assert 'id="counted" hidden' in page
    assert "About 400 kB" in page


def test_more_leads_there(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)

    assert 'href="/data"' in browser.get("/more").text


def test_what_a_recording_costs_is_what_one_may_have() -> None:
    assert RECORDING_KB * 1000 == MOST_BYTES
