"""My devices: where somebody is signed in, and ending it."""

from tests.cast import Cast
from tests.conftest import Browser


def test_a_device_signed_out_from_another_is_signed_out_at_once(
    browser: Browser, cast: Cast
) -> None:
    browser.sign_in(cast.amina.token)

    answer = browser.post_form(f"/devices/{cast.amina.reader.sign_in_id}/goodbyes")

    assert answer.status_code == 303
    browser.sign_in(cast.amina.token)
    assert browser.get("/more", follow_redirects=False).headers["location"] == "/welcome"


def test_nobody_can_sign_out_somebody_elses_device(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.beatriz.token)

    answer = browser.post_form(f"/devices/{cast.amina.reader.sign_in_id}/goodbyes")

    assert answer.status_code == 404
    browser.sign_in(cast.amina.token)
    assert browser.get("/more").status_code == 200


def test_the_list_shows_this_device(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)

    page = browser.get("/devices")

    assert "Chrome · Android" in page.text
    assert "This one" in page.text
