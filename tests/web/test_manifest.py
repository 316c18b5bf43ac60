"""What puts Companion on a home screen: name, picture, colours, and what a long press offers."""

from typing import Any

import pytest

from tests.cast import Cast
from tests.conftest import Browser


def manifest(browser: Browser, name: str = "companion") -> dict[str, Any]:
    answer = browser.get(f"/manifests/{name}")
    assert answer.status_code == 200
    said: dict[str, Any] = answer.json()
    return said


def test_it_covers_all_of_our_pages_in_light_and_dark(browser: Browser) -> None:
    said = manifest(browser)

    assert (said["id"], said["scope"], said["start_url"]) == ("/", "/", "/?start=1")
    assert set(said["color_scheme_dark"]) == {"theme_color", "background_color"}
    assert said["color_scheme_dark"]["background_color"] != said["background_color"]


def test_a_long_press_leads_to_writing_down_and_to_the_next_session(
    browser: Browser, cast: Cast
) -> None:
    browser.sign_in(cast.amina.token)

    shortcuts = manifest(browser)["shortcuts"]

    assert shortcuts == [
        {"name": "Write down", "url": "/record"},
        {"name": "Next session", "url": "/sessions"},
    ]
    for each in shortcuts:
        assert browser.get(each["url"]).status_code == 200


@pytest.mark.parametrize("who", ["chipo", "edon"])
def test_who_has_no_record_is_not_led_to_one(browser: Browser, cast: Cast, who: str) -> None:
    browser.sign_in(getattr(cast, who).token)

    assert [each["url"] for each in manifest(browser)["shortcuts"]] == ["/sessions"]


def test_they_speak_her_language(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.beatriz.token)

    said = manifest(browser)

    assert said["lang"] == "nl"
    assert said["shortcuts"][0]["name"] == "Opschrijven"


def test_under_a_neutral_name_nothing_says_what_it_is(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)

    said = manifest(browser, "notes")

    assert said["name"] == "Notes"
    assert said["shortcuts"] == []
