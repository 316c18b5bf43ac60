"""Reading the conversation: what is new, and what nobody sees of it."""

import re

import pytest

from companion.db import Database
from companion.people import actions as people
from tests.cast import Cast
from tests.chat.conftest import Talk, item

ACTS = (
    "reactions", "parkings", "translations", "deletions", "reports", "mutes", "hidings",
    "showings", "pauses", "pins",
)  # fmt: skip
NEW = '<li id="here" class="new">New since you were here</li>'


@pytest.mark.parametrize("number", ["0", "99", "2147483648", "9" * 30])
def test_a_message_that_never_was_is_not_found(talk: Talk, cast: Cast, number: str) -> None:
    talk.say(cast.amina, "One")
    typed = {"sign": "hug", "language": "nl", "translation": "Eén", "reason": "other",
             "pause": "day", "on": "yes"}  # fmt: skip

    assert talk.get(cast.amina, f"messages/{number}").status_code == 404
    answers = {to: talk.post(cast.chipo, f"messages/{number}/{to}", typed) for to in ACTS}
    assert {to: answer.status_code for to, answer in answers.items()} == dict.fromkeys(ACTS, 404)


def test_above_the_first_that_she_has_not_seen_stands_that_it_is_new(
    talk: Talk, cast: Cast
) -> None:
    talk.say(cast.chipo, "Seen")
    talk.page(cast.amina)
    first = talk.say(cast.chipo, "Unseen")
    talk.say(cast.beatriz, "Ook niet gezien")

    page = talk.page(cast.amina)

    assert f"{NEW}\n{item(page, first)}" in page
    assert page.count('id="here"') == 1
    assert NEW not in talk.page(cast.amina)


def test_her_own_message_is_never_new_to_her(talk: Talk, cast: Cast) -> None:
    talk.page(cast.amina)
    talk.say(cast.amina, "Mine")

    page = talk.page(cast.amina)

    assert NEW not in page
    assert page.count('id="here"') == 1


def test_who_comes_for_the_first_time_is_told_of_nothing_new(talk: Talk, cast: Cast) -> None:
    talk.say(cast.chipo, "Welcome")

    assert NEW not in talk.page(cast.amina)


def test_nobody_sees_who_has_read(talk: Talk, cast: Cast) -> None:
    number = talk.say(cast.chipo, "Welcome")
    places = ("chat", f"messages/{number}", "care")

    def seen() -> list[str]:
        return [re.sub(r'value="[0-9a-f-]{36}"', "", talk.page(cast.chipo, to)) for to in places]

    before = seen()
    talk.page(cast.amina)

    assert seen() == before


@pytest.mark.parametrize("how", ["the group", "Companion"])
def test_whoever_left_is_not_named_any_more(
    talk: Talk, cast: Cast, database: Database, how: str
) -> None:
    said = talk.say(cast.amina, "Goodbye to all of you")
    answer = talk.say(cast.beatriz, "Dag", reply_to=str(said))
    if how == "the group":
        talk.post(cast.amina, "leaving")
    else:
        with database.writing.begin() as db:
            people.leave(db, cast.amina.reader)

    page = talk.page(cast.chipo) + talk.sheet(cast.chipo, said)

    assert "Somebody who is no longer here" in item(page, said)
    assert "Goodbye to all of you" in item(page, answer)
    assert "Amina" not in page
