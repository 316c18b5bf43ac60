"""The messages on a page are in the words of its reader's pilot, as the page around them is."""

from companion.db import Database
from tests.cast import Cast
from tests.chat.conftest import HTMX, Talk, item
from tests.wordings import put, said


def test_a_message_is_in_the_words_that_the_pilot_uses_now(
    talk: Talk, cast: Cast, database: Database
) -> None:
    number = talk.say(cast.chipo, "Welcome")
    assert "· facilitator ·" in item(talk.page(cast.amina), number)

    put(database, said("facilitator", "midwife"))
    put(database, said("facilitator", "nurse"), pilot="gh")

    assert "· midwife ·" in item(talk.page(cast.amina), number)


def test_so_is_the_part_of_a_page_that_is_drawn_anew(
    talk: Talk, cast: Cast, database: Database
) -> None:
    number = talk.say(cast.amina, "Welcome")
    put(database, said("Deleted by its author.", "She took it back."))

    answer = talk.post(cast.amina, f"messages/{number}/deletions", headers=HTMX)

    assert "She took it back." in item(answer.text, number)
