"""A message sent twice is one message, whatever happened on the line."""

from threading import Barrier, Thread

import pytest

from companion.chat import actions, scopes
from companion.db import Database, new_id
from tests.cast import Cast
from tests.chat.conftest import HTMX, Talk, agree, form_ids, item, messages
from tests.conftest import Browser


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["a page", "with scripts"])
def test_the_same_form_again_is_the_same_message(
    talk: Talk, cast: Cast, database: Database, headers: dict[str, str]
) -> None:
    sent = {"id": str(new_id()), "text": "Good morning"}

    first = talk.post(cast.amina, "messages", sent)
    again = talk.post(cast.amina, "messages", sent, headers=headers)

    assert first.status_code == 303
    assert again.status_code == (200 if headers else 303)
    assert 'id="n1"' in again.text or again.headers["location"] == first.headers["location"]
    assert [each.text for each in messages(database)] == ["Good morning"]


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["a page", "with scripts"])
def test_the_same_form_with_other_words_is_refused_and_then_a_new_message(
    talk: Talk, cast: Cast, database: Database, headers: dict[str, str]
) -> None:
    first = str(new_id())
    talk.post(cast.amina, "messages", {"id": first, "text": "Good morning"})

    answer = talk.post(
        cast.amina, "messages", {"id": first, "text": "Good evening"}, headers=headers
    )

    assert answer.status_code == 422
    assert "This was saved before, with something else in it." in answer.text
    assert "Good evening</textarea>" in answer.text
    (fresh,) = form_ids(answer.text)
    assert fresh != first
    talk.post(cast.amina, "messages", {"id": fresh, "text": "Good evening"})
    assert [each.text for each in messages(database)] == ["Good morning", "Good evening"]


def test_somebody_elses_id_is_not_found(talk: Talk, cast: Cast, database: Database) -> None:
    sent = {"id": str(new_id()), "text": "Good morning"}
    talk.post(cast.amina, "messages", sent)

    assert talk.post(cast.beatriz, "messages", sent).status_code == 404
    assert [each.author_id for each in messages(database)] == [cast.amina.id]


def test_an_id_from_another_group_is_not_found(
    talk: Talk, cast: Cast, browser: Browser, database: Database
) -> None:
    agree(database, cast.other_group_id, cast.gita, cast.dewi)
    sent = {"id": str(new_id()), "text": "Theirs"}
    Talk(browser, cast.other_group_id).post(cast.dewi, "messages", sent)

    assert talk.post(cast.amina, "messages", sent).status_code == 404
    assert [each.group_id for each in messages(database)] == [cast.other_group_id]


def test_sent_again_after_it_was_deleted_it_stays_deleted(
    talk: Talk, cast: Cast, database: Database
) -> None:
    sent = {"id": str(new_id()), "text": "Good morning"}
    talk.post(cast.amina, "messages", sent)
    talk.act(cast.amina, 1, "deletions")

    answer = talk.post(cast.amina, "messages", sent)

    # Whether it is the same cannot be known any more: she keeps her words, and may say them anew.
    assert answer.status_code == 422
    assert "Good morning</textarea>" in answer.text
    assert form_ids(answer.text) != [sent["id"]]
    assert [each.text_sealed for each in messages(database)] == [None]
    assert "Deleted by its author." in item(talk.page(cast.amina), 1)


def test_sent_again_after_it_was_hidden_it_stays_hidden(talk: Talk, cast: Cast) -> None:
    sent = {"id": str(new_id()), "text": "Good morning"}
    talk.post(cast.amina, "messages", sent)
    talk.act(cast.chipo, 1, "hidings")

    assert talk.post(cast.amina, "messages", sent).status_code == 303
    page = talk.page(cast.amina)
    assert "Hidden by a facilitator." in item(page, 1)
    assert "Good morning" not in page


def test_sent_again_while_she_is_paused_it_is_still_saved(talk: Talk, cast: Cast) -> None:
    sent = {"id": str(new_id()), "text": "Good morning"}
    talk.post(cast.amina, "messages", sent)
    talk.act(cast.chipo, 1, "pauses", pause="hour")

    assert talk.post(cast.amina, "messages", sent).status_code == 303


def test_two_taps_at_once_are_one_message(talk: Talk, cast: Cast, database: Database) -> None:
    message_id, both, failures = new_id(), Barrier(2), []

    def tap() -> None:
        both.wait()
        try:
            with database.writing.begin() as db:
                seat = scopes.seat(db, cast.amina.reader, cast.group_id)
                actions.say(db, seat, message_id, "Good morning")
        except Exception as problem:
            failures.append(problem)

    taps = [Thread(target=tap) for _ in range(2)]
    for each in taps:
        each.start()
    for each in taps:
        each.join()

    assert failures == []
    assert [each.text for each in messages(database)] == ["Good morning"]
