"""Answering a message, with a quote of it."""

import pytest

from companion.db import Database
from tests.cast import Cast
from tests.chat.conftest import Talk, agree, item, messages
from tests.conftest import Browser


def test_the_form_shows_what_is_answered(talk: Talk, cast: Cast) -> None:
    first = talk.say(cast.chipo, "Who wakes up at four?")
    assert f"{talk.path}/chat?reply={first}#write" in talk.sheet(cast.amina, first)

    page = talk.page(cast.amina, f"chat?reply={first}")

    box = page.partition('id="write"')[2]
    assert "<bdi>Chipo</bdi></b> Who wakes up at four?" in box
    assert f'name="reply_to" value="{first}"' in box


def test_with_scripts_the_writing_box_alone_comes(talk: Talk, cast: Cast) -> None:
    first = talk.say(cast.chipo, "Who wakes up at four?")
    asked = {"hx-request": "true", "hx-target": "section#write"}

    part = talk.get(cast.amina, f"chat?reply={first}", headers=asked).text.strip()

    assert part.startswith('<section id="write"')
    assert "Who wakes up at four?" in part
    assert f'name="reply_to" value="{first}"' in part
    assert 'id="talk"' not in part


def test_the_answer_quotes_it(talk: Talk, cast: Cast) -> None:
    first = talk.say(cast.chipo, "Who wakes up at four?")
    second = talk.say(cast.amina, "I do", reply_to=str(first))

    said = item(talk.page(cast.chipo), second)

    assert f'<a class="quote" href="messages/{first}">' in said
    assert "<bdi>Chipo</bdi></b> <bdi>Who wakes up at four?</bdi>" in said
    assert '<p dir="auto">I do</p>' in said


def test_a_long_message_is_quoted_in_short(talk: Talk, cast: Cast) -> None:
    first = talk.say(cast.chipo, "a" * 81)
    second = talk.say(cast.amina, "Yes", reply_to=str(first))

    assert f"<bdi>{'a' * 80}…</bdi>" in item(talk.page(cast.chipo), second)


@pytest.mark.parametrize("made_up", ["99", "0", "-1", "x", "²", "2147483648", "9" * 30])
def test_an_answer_to_nothing_is_just_a_message(talk: Talk, cast: Cast, made_up: str) -> None:
    talk.say(cast.chipo, "Welcome")
    number = talk.say(cast.amina, "Yes", reply_to=made_up)

    said = item(talk.page(cast.chipo), number)

    assert "Yes" in said
    assert "quote" not in said
    assert talk.get(cast.amina, f"chat?reply={made_up}").status_code == 200


def test_another_groups_message_is_not_quoted(
    talk: Talk, cast: Cast, browser: Browser, database: Database
) -> None:
    agree(database, cast.other_group_id, cast.gita, cast.dewi)
    elsewhere = Talk(browser, cast.other_group_id)
    theirs = [elsewhere.say(cast.dewi, "A secret") for _ in range(2)][-1]

    number = talk.say(cast.amina, "Yes", reply_to=str(theirs))

    assert "A secret" not in talk.page(cast.amina, f"chat?reply={theirs}")
    assert talk.say(cast.chipo, "Ours, with the same number") == theirs
    assert "quote" not in item(talk.page(cast.amina), number)


@pytest.mark.parametrize("gone", ["deletions", "hidings"])
def test_what_was_answered_and_is_gone_is_quoted_no_more(talk: Talk, cast: Cast, gone: str) -> None:
    first = talk.say(cast.chipo, "Who wakes up at four?")
    second = talk.say(cast.amina, "I do", reply_to=str(first))
    talk.act(cast.chipo, first, gone)

    page = talk.page(cast.beatriz)

    assert f'<a class="quote" href="messages/{first}">' in item(page, second)
    assert "four" not in page
    assert "A message that is gone" in item(talk.page(cast.amina), second)


@pytest.mark.parametrize("gone", ["deletions", "hidings"])
def test_the_answer_is_drawn_anew_on_open_pages_when_that_happens(
    talk: Talk, cast: Cast, database: Database, gone: str
) -> None:
    first = talk.say(cast.chipo, "Who wakes up at four?")
    talk.say(cast.amina, "I do", reply_to=str(first))
    latest = max(each.changed for each in messages(database))

    talk.act(cast.chipo, first, gone)

    assert all(each.changed > latest for each in messages(database))


def test_a_refused_answer_still_answers(talk: Talk, cast: Cast) -> None:
    first = talk.say(cast.chipo, "Who wakes up at four?")

    answer = talk.post(cast.amina, "messages", {"text": " ", "reply_to": str(first)})

    assert answer.status_code == 422
    assert f'name="reply_to" value="{first}"' in answer.text
