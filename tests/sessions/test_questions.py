"""Questions parked for a session: with a name or without, taken back, and kept sealed."""

import re
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from companion.db import Database
from companion.sessions.models import Question
from tests.cast import Cast
from tests.conftest import Browser


def _park(browser: Browser, session_id: UUID, text: str, **more: str) -> UUID:
    question_id = uuid4()
    fields = {"id": str(question_id), "question": text, **more}
    assert browser.post_form(f"/sessions/{session_id}/questions", fields).status_code == 303
    return question_id


def _one(database: Database, question_id: UUID) -> Question | None:
    with database.reading() as db:
        return db.get(Question, question_id)


def test_a_question_with_a_name_is_read_by_the_group(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)
    _park(browser, cast.session_id, "May I fly?", named="yes")
    browser.sign_in(cast.beatriz.token)

    page = browser.get(f"/sessions/{cast.session_id}").text

    assert "May I fly?" in page
    assert "<bdi>Amina</bdi>" in page
    assert "/withdrawals" not in page


def test_without_a_name_nobody_is_written_down(
    browser: Browser, database: Database, cast: Cast
) -> None:
    browser.sign_in(cast.amina.token)
    question_id = _park(browser, cast.session_id, "Is this normal?")

    page = browser.get(f"/sessions/{cast.session_id}").text

    kept = _one(database, question_id)
    assert kept
    assert kept.asked_by_id is None
    assert "Is this normal?" in page
    assert "Amina" not in page
    assert "/withdrawals" not in page


def test_the_text_is_kept_sealed(browser: Browser, database: Database, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)
    question_id = _park(browser, cast.session_id, "Is this normal?")

    kept = _one(database, question_id)

    assert kept
    assert b"normal" not in kept.text_sealed
    assert kept.text == "Is this normal?"


def test_a_question_sent_twice_is_one_question(
    browser: Browser, database: Database, cast: Cast
) -> None:
    browser.sign_in(cast.amina.token)
    fields = {"id": str(uuid4()), "question": "May I fly?"}

    first = browser.post_form(f"/sessions/{cast.session_id}/questions", fields)
    second = browser.post_form(f"/sessions/{cast.session_id}/questions", fields)

    assert first.status_code == second.status_code == 303
    with database.reading() as db:
        assert db.scalar(select(func.count()).select_from(Question)) == 1


@pytest.mark.parametrize(
    "other", [{"question": "May I swim?"}, {"question": "May I fly?", "named": "yes"}]
)
def test_the_same_form_with_something_else_is_refused_and_then_a_new_question(
    browser: Browser, database: Database, cast: Cast, other: dict[str, str]
) -> None:
    browser.sign_in(cast.amina.token)
    first, address = uuid4(), f"/sessions/{cast.session_id}/questions"
    browser.post_form(address, {"id": str(first), "question": "May I fly?"})

    answer = browser.post_form(address, {"id": str(first), **other})

    assert answer.status_code == 422
    assert "This was saved before, with something else in it." in answer.text
    assert f">\n{other['question']}</textarea>" in answer.text
    assert ('value="yes" checked' in answer.text) == ("named" in other)
    form = answer.text[: answer.text.index('id="my-note"')]
    (fresh,) = re.findall(r'name="id" value="([^"]+)"', form)
    assert browser.post_form(address, {"id": fresh, **other}).status_code == 303
    kept = [_one(database, each) for each in (first, UUID(fresh))]
    assert [each and each.text for each in kept] == ["May I fly?", other["question"]]


def test_the_id_of_somebody_elses_question_is_not_found(
    browser: Browser, database: Database, cast: Cast
) -> None:
    browser.sign_in(cast.amina.token)
    question_id = _park(browser, cast.session_id, "May I fly?", named="yes")
    browser.sign_in(cast.beatriz.token)

    answer = browser.post_form(
        f"/sessions/{cast.session_id}/questions", {"id": str(question_id), "question": "Mine"}
    )

    assert answer.status_code == 404
    kept = _one(database, question_id)
    assert kept
    assert kept.text == "May I fly?"


def test_an_empty_question_is_refused(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)

    answer = browser.post_form(f"/sessions/{cast.session_id}/questions", {"question": "  "})

    assert answer.status_code == 422
    assert "Write your question." in answer.text


def test_a_long_question_is_refused_and_still_there(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)
    question_id, text = uuid4(), "é" * 501

    answer = browser.post_form(
        f"/sessions/{cast.session_id}/questions",
        {"id": str(question_id), "question": text, "named": "yes"},
    )

    assert answer.status_code == 422
    assert "Write at most 500 characters." in answer.text
    assert text in answer.text
    assert f'value="{question_id}"' in answer.text
    assert 'name="named" value="yes" checked' in answer.text


def test_markup_in_a_question_is_shown_as_it_was_typed(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)
    _park(browser, cast.session_id, "<script>alert(1)</script>")

    page = browser.get(f"/sessions/{cast.session_id}").text

    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


def test_she_takes_her_own_question_back(browser: Browser, database: Database, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)
    question_id = _park(browser, cast.session_id, "May I fly?", named="yes")
    assert (
        f"/questions/{question_id}/withdrawals" in browser.get(f"/sessions/{cast.session_id}").text
    )

    answer = browser.post_form(f"/questions/{question_id}/withdrawals")

    assert answer.status_code == 303
    assert _one(database, question_id) is None
    assert browser.post_form(f"/questions/{question_id}/withdrawals").status_code == 404


def test_a_facilitator_removes_any_question(
    browser: Browser, database: Database, cast: Cast
) -> None:
    browser.sign_in(cast.amina.token)
    question_id = _park(browser, cast.session_id, "Is this normal?")
    browser.sign_in(cast.chipo.token)

    assert browser.post_form(f"/questions/{question_id}/withdrawals").status_code == 303
    assert _one(database, question_id) is None


@pytest.mark.parametrize("name", ["beatriz", "dewi", "edon", "gita", "hana"])
def test_nobody_else_takes_it_back(
    browser: Browser, database: Database, cast: Cast, name: str
) -> None:
    browser.sign_in(cast.amina.token)
    question_id = _park(browser, cast.session_id, "May I fly?", named="yes")
    browser.sign_in(getattr(cast, name).token)

    assert browser.post_form(f"/questions/{question_id}/withdrawals").status_code == 404
    assert _one(database, question_id)


@pytest.mark.parametrize("name", ["dewi", "edon", "gita", "hana"])
def test_nobody_else_parks_one(browser: Browser, cast: Cast, name: str) -> None:
    browser.sign_in(getattr(cast, name).token)

    answer = browser.post_form(f"/sessions/{cast.session_id}/questions", {"question": "Hello?"})

    assert answer.status_code == 404


def test_who_left_companion_is_named_no_more(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.amina.token)
    _park(browser, cast.session_id, "May I fly?", named="yes")
    browser.post_form("/leaving")
    browser.sign_in(cast.beatriz.token)

    page = browser.get(f"/sessions/{cast.session_id}").text

    assert "May I fly?" in page
    assert "Amina" not in page
