"""A sign under a message instead of words."""

import re

import pytest

from companion.chat.models import Reaction
from companion.chat.signs import SIGNS
from companion.db import Database
from tests.cast import Cast, Player
from tests.chat.conftest import HTMX, Talk, count, item


def signs(talk: Talk, player: Player, number: int = 1) -> list[tuple[str, str]]:
    """What stands under a message: each sign by its name, and how many."""
    return re.findall(r'aria-label="([^"]+)">[^<]+</span> (\d+)', item(talk.page(player), number))


@pytest.fixture(autouse=True)
def _said(talk: Talk, cast: Cast) -> None:
    talk.say(cast.chipo, "Welcome")


@pytest.mark.parametrize("sign", SIGNS)
def test_a_sign_is_seen_by_all_and_counted(talk: Talk, cast: Cast, sign: str) -> None:
    answer = talk.act(cast.amina, 1, "reactions", sign=sign)

    assert (answer.status_code, answer.headers["location"]) == (303, f"{talk.path}/chat#n1")
    assert SIGNS[sign][0] in item(talk.page(cast.chipo), 1)
    assert signs(talk, cast.chipo) == [(SIGNS[sign][1].message, "1")]


def test_signs_of_several_people_are_counted(talk: Talk, cast: Cast) -> None:
    talk.act(cast.amina, 1, "reactions", sign="smile")
    talk.act(cast.beatriz, 1, "reactions", sign="heart")
    talk.act(cast.chipo, 1, "reactions", sign="heart")

    assert signs(talk, cast.amina) == [("Heart", "2"), ("Smile", "1")]


def test_the_same_again_takes_it_away(talk: Talk, cast: Cast, database: Database) -> None:
    talk.act(cast.beatriz, 1, "reactions", sign="heart")
    talk.act(cast.amina, 1, "reactions", sign="heart")

    talk.act(cast.amina, 1, "reactions", sign="heart")

    assert signs(talk, cast.chipo) == [("Heart", "1")]
    assert count(database, Reaction) == 1


def test_another_takes_its_place(talk: Talk, cast: Cast, database: Database) -> None:
    for sign in ("heart", "hug"):
        talk.act(cast.amina, 1, "reactions", sign=sign)

    assert signs(talk, cast.chipo) == [("Hug", "1")]
    assert count(database, Reaction) == 1


def test_her_own_sign_is_marked_for_her_alone(talk: Talk, cast: Cast) -> None:
    talk.act(cast.amina, 1, "reactions", sign="heart")

    assert 'value="heart" aria-pressed="true"' in talk.sheet(cast.amina, 1)
    assert 'aria-pressed="true"' not in talk.sheet(cast.chipo, 1)
    assert "Amina" not in talk.page(cast.chipo) + talk.sheet(cast.chipo, 1)


@pytest.mark.parametrize("made_up", ["", "poo", "❤️", "x" * 9])
def test_a_made_up_sign_is_refused(
    talk: Talk, cast: Cast, database: Database, made_up: str
) -> None:
    answer = talk.act(cast.amina, 1, "reactions", sign=made_up)

    assert answer.status_code == 422
    assert "Choose one of the signs." in answer.text
    assert count(database, Reaction) == 0


def test_with_scripts_the_message_comes_back_and_the_sheet_closes(talk: Talk, cast: Cast) -> None:
    part = talk.post(cast.amina, "messages/1/reactions", {"sign": "heart"}, headers=HTMX).text

    assert '<section id="acts"></section>' in part
    assert 'aria-label="Heart"' in item(part, 1)
    assert "<h1>" not in part


@pytest.mark.parametrize("gone", ["deletions", "hidings"])
def test_under_what_is_gone_there_is_no_sign(talk: Talk, cast: Cast, gone: str) -> None:
    talk.act(cast.amina, 1, "reactions", sign="heart")
    talk.act(cast.chipo, 1, gone)

    assert signs(talk, cast.amina) == []
    assert talk.act(cast.beatriz, 1, "reactions", sign="hug").status_code == 404
