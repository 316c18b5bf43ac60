"""The name that the others see: any name that can be seen."""

import pytest

from tests.cast import Cast
from tests.conftest import Browser


@pytest.mark.parametrize("name", ["", " ", "\u200b", "\u3164\u2800", "\u202e", "\u0301", "x" * 41])
def test_a_name_that_nobody_can_see_is_refused(browser: Browser, cast: Cast, name: str) -> None:
    browser.sign_in(cast.amina.token)

    assert browser.post_form("/name", {"name": name}).status_code == 422


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("أمينة", "أمينة"),
        ("Nana Ama", "Nana Ama"),
        ("a\nb", "a b"),
        ("\u202eanimA", "animA"),
        ("😀", "😀"),
        ("<b>Ama</b>", "&lt;b&gt;Ama&lt;/b&gt;"),
    ],
)
def test_any_other_name_is_kept_and_turns_nothing_around(
    browser: Browser, cast: Cast, name: str, kept: str
) -> None:
    browser.sign_in(cast.amina.token)

    assert browser.post_form("/name", {"name": name}).status_code == 303
    assert f'value="{kept}"' in browser.get("/name").text
