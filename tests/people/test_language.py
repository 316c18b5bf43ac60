"""Choosing a language, before and after signing in."""

from tests.cast import Cast
from tests.conftest import Browser


def test_a_browser_that_asks_for_albanian_gets_it(browser: Browser) -> None:
    assert (
        'lang="sq" dir="ltr"'
        in browser.get("/welcome", headers={"accept-language": "ga-IE, sq-XK;q=0.9, en;q=0.8"}).text
    )


def test_a_language_chosen_before_signing_in_is_kept(browser: Browser) -> None:
    browser.post_form("/language", {"language": "ar", "back": "/welcome"})

    assert '<html lang="ar" dir="rtl"' in browser.get("/welcome").text


def test_her_language_follows_her_to_every_phone(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)
    browser.post_form("/language", {"language": "fr", "back": "/more"})

    browser.sign_in(cast.amina.token)
    assert '<html lang="fr"' in browser.get("/more").text


def test_a_language_that_is_not_there_is_refused(browser: Browser) -> None:
    assert browser.post_form("/language", {"language": "xx", "back": "/"}).status_code == 422


def test_choosing_a_language_never_leads_elsewhere(browser: Browser) -> None:
    for back in ("https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example"):
        answer = browser.post_form("/language", {"language": "nl", "back": back})
        assert answer.headers["location"] == "/"
