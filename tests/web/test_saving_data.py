"""A browser that saves data (the header Save-Data) is sent words, and no pictures beside them."""

import pytest

from tests.cast import Cast
from tests.conftest import Browser
from tests.house import House

SAVING = {"Save-Data": "on"}
PICTURED = ("/", "/record", "/record/a2", "/call", "/sessions/{session_id}")


@pytest.mark.parametrize("route", PICTURED)
def test_words_stand_alone_for_whom_pictures_are_dear(
    browser: Browser, cast: Cast, house: House, route: str
) -> None:
    browser.sign_in(cast.amina.token)
    address = route.format(**house.ids)

    whole, thin = browser.get(address), browser.get(address, headers=SAVING)

    assert 'class="picture"' in whole.text
    assert 'class="picture"' not in thin.text
    assert _words(thin.text) == _words(whole.text)
    # Nothing between her and us may mix the two up: neither is ever kept.
    assert {each.headers["cache-control"] for each in (whole, thin)} == {"no-store"}


def test_a_browser_that_says_it_does_not_save_is_sent_pictures(browser: Browser) -> None:
    page = browser.get("/call/nl", headers={"Save-Data": "off"}).text

    assert "<use href=" in page


def _words(page: str) -> list[str]:
    """What is read, without tags; the ids of forms differ from one drawing to the next."""
    main = page.partition("<main")[2].partition("</main>")[0]
    return "".join(each.rpartition(">")[2] for each in main.split("<")).split()
