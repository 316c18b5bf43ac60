"""The start page, before anybody is signed in."""

from tests.cast import Cast
from tests.conftest import Browser


def test_it_leads_to_the_invitation_the_spare_key_and_who_to_call(browser: Browser) -> None:
    page = browser.get("/welcome")

    assert page.status_code == 200
    for address in ("/join", "/key", "/countries"):
        assert f'href="{address}"' in page.text


def test_it_speaks_the_language_that_was_chosen_there(browser: Browser) -> None:
    browser.post("/language", data={"language": "ar", "back": "/welcome"})

    assert 'lang="ar" dir="rtl"' in browser.get("/welcome").text


def test_somebody_signed_in_is_sent_to_her_first_page(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)

    answer = browser.get("/welcome", follow_redirects=False)

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
