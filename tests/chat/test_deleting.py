"""Taking back what one said."""

import pytest

from companion.chat.models import Reaction, Translation
from companion.db import Database
from tests.cast import Cast
from tests.chat.conftest import HTMX, Talk, count, item, messages


def test_the_words_are_gone_and_a_trace_stays(talk: Talk, cast: Cast, database: Database) -> None:
    number = talk.say(cast.amina, "I said too much")

    answer = talk.act(cast.amina, number, "deletions")

    assert (answer.status_code, answer.headers["location"]) == (303, f"{talk.path}/chat#n{number}")
    for player in (cast.amina, cast.chipo):
        page = talk.page(player) + talk.sheet(player, number)
        assert "Deleted by its author." in item(page, number)
        assert "too much" not in page
    assert [each.text_sealed for each in messages(database)] == [None]


def test_with_scripts_the_trace_comes_back_and_the_sheet_closes(talk: Talk, cast: Cast) -> None:
    number = talk.say(cast.amina, "I said too much")

    part = talk.post(cast.amina, f"messages/{number}/deletions", headers=HTMX).text

    assert '<section id="acts"></section>' in part
    assert "Deleted by its author." in item(part, number)


def test_signs_and_translations_go_with_it(talk: Talk, cast: Cast, database: Database) -> None:
    number = talk.say(cast.amina, "I said too much")
    talk.act(cast.beatriz, number, "reactions", sign="hug")
    talk.act(cast.beatriz, number, "translations", language="nl", translation="Te veel gezegd")

    talk.act(cast.amina, number, "deletions")

    assert "Te veel" not in talk.page(cast.chipo)
    assert count(database, Reaction) == count(database, Translation) == 0


def test_deleting_twice_deletes_once(talk: Talk, cast: Cast, database: Database) -> None:
    number = talk.say(cast.amina, "I said too much")
    talk.act(cast.amina, number, "deletions")
    (before,) = messages(database)

    assert talk.act(cast.amina, number, "deletions").status_code == 303
    (after,) = messages(database)
    assert after.deleted_at == before.deleted_at


def test_it_is_offered_to_whoever_wrote_it_and_to_nobody_else(talk: Talk, cast: Cast) -> None:
    number = talk.say(cast.amina, "I said too much")

    assert "Yes, delete it" in talk.sheet(cast.amina, number)
    assert "Yes, delete it" not in talk.sheet(cast.chipo, number)


@pytest.mark.parametrize("who", ["beatriz", "chipo", "dewi", "edon", "hana"])
def test_nobody_else_deletes_it(talk: Talk, cast: Cast, database: Database, who: str) -> None:
    number = talk.say(cast.amina, "Mine")

    assert talk.act(getattr(cast, who), number, "deletions").status_code == 404
    assert [each.text for each in messages(database)] == ["Mine"]


def test_what_a_facilitator_has_hidden_is_not_hers_to_delete(
    talk: Talk, cast: Cast, database: Database
) -> None:
    number = talk.say(cast.amina, "Evidence")
    talk.act(cast.chipo, number, "hidings")

    assert talk.act(cast.amina, number, "deletions").status_code == 404
    assert "Yes, delete it" not in talk.sheet(cast.amina, number)
    assert [each.text for each in messages(database)] == ["Evidence"]
