"""An announcement on top of the conversation: something that a facilitator said."""

import pytest

from companion.db import Database
from companion.groups.models import Deed
from tests.cast import Cast, Player
from tests.chat.conftest import Talk, count


@pytest.fixture
def number(talk: Talk, cast: Cast) -> int:
    return talk.say(cast.chipo, "On Thursday we meet in room 2")


def top(talk: Talk, player: Player) -> str:
    """What stands above everything that is said."""
    return talk.page(player).partition('id="talk"')[0].partition("<h2>Announcement</h2>")[2]


def test_it_stands_on_top_for_everybody(talk: Talk, cast: Cast, number: int) -> None:
    assert "Pin it on top, as an announcement" in talk.sheet(cast.chipo, number)

    answer = talk.act(cast.chipo, number, "pins", on="yes")

    assert (answer.status_code, answer.headers["location"]) == (303, f"{talk.path}/chat")
    announced = top(talk, cast.amina)
    assert "On Thursday we meet in room 2" in announced
    assert "<bdi>Chipo</bdi></b> · facilitator · 22 Nov 11:00" in announced


def test_there_is_one_at_a_time(talk: Talk, cast: Cast, number: int) -> None:
    newer = talk.say(cast.chipo, "No: room 3")
    for each in (number, newer):
        talk.act(cast.chipo, each, "pins", on="yes")

    announced = top(talk, cast.amina)

    assert "No: room 3" in announced
    assert "room 2" not in announced


def test_another_facilitator_pins_it_too(talk: Talk, cast: Cast, ines: Player, number: int) -> None:
    assert talk.act(ines, number, "pins", on="yes").status_code == 303
    assert "room 2" in top(talk, cast.amina)


def test_it_is_taken_down(talk: Talk, cast: Cast, number: int) -> None:
    talk.act(cast.chipo, number, "pins", on="yes")
    assert "Take it down from the top" in talk.sheet(cast.chipo, number)

    talk.act(cast.chipo, number, "pins", on="no")

    assert top(talk, cast.amina) == ""
    assert "room 2" in talk.page(cast.amina)


def test_another_that_is_taken_down_leaves_it_where_it_is(
    talk: Talk, cast: Cast, number: int, database: Database
) -> None:
    other = talk.say(cast.chipo, "Bring a towel")
    talk.act(cast.chipo, number, "pins", on="yes")

    talk.act(cast.chipo, other, "pins", on="no")

    assert "room 2" in top(talk, cast.amina)
    assert count(database, Deed) == 1


@pytest.mark.parametrize("gone", ["deletions", "hidings"])
def test_what_is_gone_stands_on_top_no_more(talk: Talk, cast: Cast, number: int, gone: str) -> None:
    talk.act(cast.chipo, number, "pins", on="yes")
    talk.act(cast.chipo, number, gone)

    assert "room 2" not in talk.page(cast.amina)
    assert "Announcement" not in talk.page(cast.amina)
    assert talk.act(cast.chipo, number, "pins", on="yes").status_code == 404


def test_only_what_a_facilitator_said_is_pinned(talk: Talk, cast: Cast) -> None:
    hers = talk.say(cast.amina, "Look at me")

    assert "/pins" not in talk.sheet(cast.chipo, hers)
    assert talk.act(cast.chipo, hers, "pins", on="yes").status_code == 404
    assert top(talk, cast.amina) == ""


@pytest.mark.parametrize("who", ["amina", "beatriz", "femi", "dewi", "gita", "edon", "hana"])
@pytest.mark.parametrize("on", ["yes", "no"])
def test_only_the_groups_facilitators_pin(
    talk: Talk, cast: Cast, number: int, who: str, on: str
) -> None:
    if on == "no":
        talk.act(cast.chipo, number, "pins", on="yes")

    assert talk.act(getattr(cast, who), number, "pins", on=on).status_code == 404
    assert ("room 2" in top(talk, cast.amina)) is (on == "no")
