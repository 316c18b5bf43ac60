"""A post must come from our own pages: Fetch Metadata, else Origin, else Referer."""

import pytest

from tests.cast import Cast
from tests.conftest import Browser

OWN = "http://127.0.0.1:8000"


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "none"},
        {"origin": OWN},
        {"referer": f"{OWN}/name"},
        {"sec-fetch-site": "same-origin", "hx-request": "true"},
    ],
)
def test_a_post_from_our_own_pages_is_taken(
    browser: Browser, cast: Cast, headers: dict[str, str]
) -> None:
    browser.sign_in(cast.amina.token)
    del browser.headers["sec-fetch-site"]

    assert browser.post_form("/name", {"name": "A"}, headers=headers).status_code == 303


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "cross-site", "origin": OWN},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {"referer": "http://127.0.0.1:8000.elsewhere.example/"},
        {"origin": "http://["},
        {"sec-fetch-site": "cross-site", "hx-request": "true"},
    ],
)
def test_any_other_post_is_refused_calmly_with_what_was_typed(
    browser: Browser, cast: Cast, headers: dict[str, str]
) -> None:
    browser.sign_in(cast.amina.token)
    del browser.headers["sec-fetch-site"]

    answer = browser.post_form("/name", {"name": "Something typed"}, headers=headers)

    assert answer.status_code == 403
    assert "Something typed" in answer.text
    assert browser.get("/name").text.count("Amina") == 1
