"""I am coming, I can't: said, changed, and refused when it means nothing any more."""

import pytest
from sqlalchemy import select

from companion.db import Database
from companion.people import actions as people
from companion.sessions.models import Attendance
from tests.cast import Cast
from tests.conftest import Browser, HeldClock

HTMX = {"hx-request": "true", "hx-target": "section#answer"}


def _answer(browser: Browser, cast: Cast, answer: str, **more: str) -> int:
    fields = {"answer": answer, **more}
    status: int = browser.post_form(f"/sessions/{cast.session_id}/answers", fields).status_code
    return status


def _kept(database: Database, cast: Cast) -> list[bool]:
    with database.reading() as db:
        rows = select(Attendance.is_coming).where(Attendance.session_id == cast.session_id)
        return list(db.scalars(rows))


def test_she_says_that_she_is_coming(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)

    answer = browser.post_form(f"/sessions/{cast.session_id}/answers", {"answer": "yes"})

    assert answer.status_code == 303
    assert answer.headers["location"] == f"/sessions/{cast.session_id}"
    page = browser.get(f"/sessions/{cast.session_id}").text
    assert "You are coming." in page
    assert "1 of 3 are coming" in page


def test_her_last_answer_counts_and_twice_is_once(
    browser: Browser, database: Database, cast: Cast
) -> None:
    browser.sign_in(cast.amina.token)
    _answer(browser, cast, "yes")
    _answer(browser, cast, "yes")
    assert _kept(database, cast) == [True]

    _answer(browser, cast, "no")

    assert _kept(database, cast) == [False]
    assert "You cannot come." in browser.get(f"/sessions/{cast.session_id}").text


def test_a_partner_answers_too(browser: Browser, database: Database, cast: Cast) -> None:
    browser.sign_in(cast.femi.token)

    assert _answer(browser, cast, "yes") == 303
    assert _kept(database, cast) == [True]


def test_a_partner_is_not_counted_once_she_has_left_companion(
    browser: Browser, database: Database, cast: Cast
) -> None:
    for player in (cast.beatriz, cast.femi):
        browser.sign_in(player.token)
        _answer(browser, cast, "yes")
    with database.writing.begin() as db:
        people.leave(db, cast.amina.reader)
    browser.sign_in(cast.chipo.token)

    assert "1 of 1 are coming" in browser.get(f"/sessions/{cast.session_id}").text


def test_only_the_part_with_the_answer_comes_back_when_a_script_asks(
    browser: Browser, cast: Cast
) -> None:
    browser.sign_in(cast.amina.token)

    part = browser.post(f"/sessions/{cast.session_id}/answers", data={"answer": "no"}, headers=HTMX)

    assert part.status_code == 200
    assert part.text.strip().startswith('<section id="answer"')
    assert "You cannot come." in part.text
    assert "<html" not in part.text


def test_who_answers_on_the_first_page_stays_there(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)
    address = f"/sessions/{cast.session_id}/answers"

    home = browser.post_form(address, {"answer": "yes", "back": "/"})
    elsewhere = browser.post_form(address, {"answer": "yes", "back": "//evil.example"})

    assert home.headers["location"] == "/"
    assert elsewhere.headers["location"] == f"/sessions/{cast.session_id}"


def test_an_answer_to_a_session_that_is_over_is_refused_kindly(
    browser: Browser, database: Database, cast: Cast, held_clock: HeldClock
) -> None:
    held_clock.moment = held_clock.moment.replace(day=27)
    browser.sign_in(cast.amina.token)

    answer = browser.post_form(f"/sessions/{cast.session_id}/answers", {"answer": "yes"})

    assert answer.status_code == 422
    assert "This session is over. Your answer stays as it was." in answer.text
    assert _kept(database, cast) == []


def test_an_answer_to_a_cancelled_session_is_refused_kindly(
    browser: Browser, database: Database, cast: Cast
) -> None:
    browser.sign_in(cast.chipo.token)
    browser.post_form(f"/sessions/{cast.session_id}/cancellations")
    browser.sign_in(cast.amina.token)

    answer = browser.post_form(f"/sessions/{cast.session_id}/answers", {"answer": "yes"})

    assert answer.status_code == 422
    assert "This session is cancelled" in answer.text
    assert _kept(database, cast) == []


def test_anything_else_than_yes_or_no_is_a_question_back(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)

    answer = browser.post_form(f"/sessions/{cast.session_id}/answers", {"answer": "maybe"})

    assert answer.status_code == 422
    assert "Choose whether you are coming." in answer.text


@pytest.mark.parametrize("name", ["chipo", "dewi", "edon", "gita", "hana"])
def test_nobody_else_answers(browser: Browser, database: Database, cast: Cast, name: str) -> None:
    browser.sign_in(getattr(cast, name).token)

    assert _answer(browser, cast, "yes") == 404
    assert _kept(database, cast) == []
