"""Who to call: her own numbers first, then the country's, and the signs that are for her."""

from typing import Any

import pytest

from companion.pilots.pack import pilot
from tests.cast import Cast
from tests.conftest import Browser
from tests.today.conftest import Counting


def call(browser: Browser, token: str) -> Any:
    browser.sign_in(token)
    page = browser.get("/call")
    assert page.status_code == 200
    return page.text


def test_who_is_signed_out_chooses_a_country(browser: Browser, cast: Cast) -> None:
    answer = browser.get("/call", follow_redirects=False)

    assert (answer.status_code, answer.headers["location"]) == (303, "/countries")


def test_her_own_numbers_stand_before_the_countrys(browser: Browser, cast: Cast) -> None:
    page = call(browser, cast.amina.token)

    assert page.index("070 123 4567") < page.index("112")


@pytest.mark.parametrize("who", ["amina", "dewi", "chipo", "edon", "femi", "hana"])
def test_everybody_signed_in_has_a_card(browser: Browser, cast: Cast, who: str) -> None:
    page = call(browser, getattr(cast, who).token)

    assert "112" in page
    assert all(group.title in page for group in pilot("nl").danger_signs)


@pytest.mark.parametrize("who", ["amina", "femi"])
def test_after_a_loss_only_the_general_signs_are_shown(
    browser: Browser, cast: Cast, who: str
) -> None:
    browser.sign_in(cast.amina.token)
    browser.post_form("/journey/changes")
    browser.post_form("/journey/sparings")

    page = call(browser, getattr(cast, who).token)

    assert "You have a very bad headache" in page
    assert "112" in page
    assert not any(group.title in page for group in pilot("nl").danger_signs)


def test_the_card_of_who_stands_beside_her_tells_nothing(browser: Browser, cast: Cast) -> None:
    before = call(browser, cast.femi.token)
    browser.sign_in(cast.amina.token)
    browser.post_form("/journey/changes")

    assert call(browser, cast.femi.token) == before


def test_it_asks_little_of_the_database(browser: Browser, cast: Cast, counted: Counting) -> None:
    browser.sign_in(cast.amina.token)

    with counted() as queries:
        browser.get("/call")

    assert len(queries) <= 5
