"""A question was talked about: its facilitators say so, and everybody sees it."""

from uuid import UUID

import pytest

from companion.db import new_id
from companion.sessions import questions
from tests.cast import Cast
from tests.conftest import Browser
from tests.reminders.conftest import Act


@pytest.fixture
def asked(cast: Cast, act: Act) -> UUID:
    question_id = new_id()
    reader = cast.amina.reader
    act(questions.park, reader, cast.session_id, question_id, "May I fly?", named=True)
    return question_id


def test_a_facilitator_says_so_and_the_group_sees_it(
    browser: Browser, cast: Cast, asked: UUID
) -> None:
    browser.sign_in(cast.chipo.token)
    page = f"/sessions/{cast.session_id}"
    assert "We talked about it" in browser.get(page).text

    for _ in range(2):
        answer = browser.post_form(f"/questions/{asked}/answers")
        assert answer.headers["location"] == page

    assert "We talked about it" not in browser.get(page).text
    browser.sign_in(cast.amina.token)
    assert "Talked about" in browser.get(page).text


@pytest.mark.parametrize("name", ["amina", "beatriz", "femi", "gita", "edon", "hana"])
def test_nobody_else_does(browser: Browser, cast: Cast, asked: UUID, name: str) -> None:
    browser.sign_in(getattr(cast, name).token)

    assert browser.post_form(f"/questions/{asked}/answers").status_code == 404

    browser.sign_in(cast.amina.token)
    page = browser.get(f"/sessions/{cast.session_id}").text
    assert "Talked about" not in page
    assert "We talked about it" not in page


def test_what_is_not_there_is_not_found(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.chipo.token)

    assert browser.post_form(f"/questions/{new_id()}/answers").status_code == 404
