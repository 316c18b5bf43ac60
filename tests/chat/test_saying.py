"""Saying something to the group."""

from datetime import timedelta

import pytest

from companion.db import Database, new_id
from tests.cast import Cast
from tests.chat.conftest import HTMX, Talk, agree, form_ids, item, messages
from tests.conftest import Browser, HeldClock


def test_what_she_says_is_read_by_the_group(talk: Talk, cast: Cast) -> None:
    number = talk.say(cast.amina, "Good morning")

    said = item(talk.page(cast.chipo), number)

    assert "<bdi>Amina</bdi>" in said
    assert "22 Nov 11:00" in said
    assert '<p dir="auto">Good morning</p>' in said


def test_her_own_words_stand_on_her_own_side(talk: Talk, cast: Cast) -> None:
    number = talk.say(cast.amina, "Good morning")

    assert 'class="said mine"' in item(talk.page(cast.amina), number)
    assert 'class="said"' in item(talk.page(cast.chipo), number)


def test_nobody_has_said_anything_yet(talk: Talk, cast: Cast) -> None:
    assert "Nobody has written anything yet." in talk.page(cast.amina)
    talk.say(cast.amina, "Good morning")
    assert "Nobody has written anything yet." not in talk.page(cast.amina)


def test_without_scripts_she_comes_back_to_her_message(talk: Talk, cast: Cast) -> None:
    talk.say(cast.chipo, "Welcome")

    answer = talk.post(cast.amina, "messages", {"id": str(new_id()), "text": "Good morning"})

    assert (answer.status_code, answer.headers["location"]) == (303, f"{talk.path}/chat#n2")
    assert "Good morning" in item(talk.page(cast.amina), 2)


def test_with_scripts_the_message_alone_comes_back_and_a_new_form_id(
    talk: Talk, cast: Cast
) -> None:
    sent = {"id": str(new_id()), "text": "Good morning"}

    answer = talk.post(cast.amina, "messages", sent, headers=HTMX)

    assert answer.status_code == 200
    assert answer.text.startswith('<li id="n1" data-changed="1" class="said mine">')
    assert "Good morning" in item(answer.text, 1)
    assert "<h1>" not in answer.text
    (fresh,) = form_ids(answer.text)
    assert fresh != sent["id"]


def test_a_facilitator_is_marked_as_such(talk: Talk, cast: Cast) -> None:
    hers, other = talk.say(cast.chipo, "Welcome"), talk.say(cast.beatriz, "Hallo")

    page = talk.page(cast.amina)

    assert "<bdi>Chipo</bdi></b> · facilitator" in item(page, hers)
    assert "facilitator" not in item(page, other)


def test_the_language_she_wrote_in_is_said_to_whoever_reads_another(talk: Talk, cast: Cast) -> None:
    number = talk.say(cast.beatriz, "Goedemorgen")

    assert '<p dir="auto" lang="nl">Goedemorgen' in item(talk.page(cast.amina), number)
    assert '<p dir="auto">Goedemorgen' in item(talk.page(cast.beatriz), number)


def test_the_words_are_kept_sealed(talk: Talk, cast: Cast, database: Database) -> None:
    talk.say(cast.amina, "Good morning")

    (kept,) = messages(database)

    assert kept.text == "Good morning"
    assert kept.text_sealed
    assert b"morning" not in kept.text_sealed


@pytest.mark.parametrize("who", ["dewi", "gita", "edon", "hana"])
def test_to_a_group_of_others_nobody_says_anything(
    talk: Talk, cast: Cast, database: Database, who: str
) -> None:
    answer = talk.post(getattr(cast, who), "messages", {"text": "Hello?"})

    assert answer.status_code == 404
    assert not messages(database)


def test_whoever_has_left_the_group_says_nothing_more_in_it(
    talk: Talk, cast: Cast, database: Database
) -> None:
    talk.say(cast.amina, "Good morning")
    talk.post(cast.amina, "leaving")

    assert talk.post(cast.amina, "messages", {"text": "Still here"}).status_code == 404
    assert talk.get(cast.amina).status_code == 404
    assert [each.text for each in messages(database)] == ["Good morning"]


def test_too_much_in_a_minute_waits_and_is_still_there(
    talk: Talk, cast: Cast, held_clock: HeldClock, database: Database
) -> None:
    for number in range(20):
        talk.say(cast.amina, f"Message {number}")

    answer = talk.post(cast.amina, "messages", {"text": "And another"})

    assert answer.status_code == 422
    assert "That was a lot in one minute. Wait a little, then send it." in answer.text
    assert "And another</textarea>" in answer.text
    assert len(messages(database)) == 20
    talk.say(cast.beatriz, "Rustig")
    held_clock.moment += timedelta(minutes=1)
    talk.say(cast.amina, "And another")


def test_each_group_has_a_conversation_of_its_own(
    talk: Talk, cast: Cast, browser: Browser, database: Database
) -> None:
    agree(database, cast.other_group_id, cast.gita, cast.dewi)
    elsewhere = Talk(browser, cast.other_group_id)
    talk.say(cast.amina, "Ours")

    assert elsewhere.say(cast.dewi, "Theirs") == 1
    assert "Ours" not in elsewhere.page(cast.dewi)
    assert "Theirs" not in talk.page(cast.amina)
