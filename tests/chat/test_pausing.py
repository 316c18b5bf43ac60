"""A pause: somebody reads along for a while without writing."""

import re
from datetime import timedelta

import pytest

from companion.chat.models import Pause
from companion.db import Database
from tests.cast import Cast, Player
from tests.chat.conftest import Talk, count
from tests.conftest import HeldClock

LASTING = {
    "hour": (timedelta(hours=1), "Sunday 22 November, 12:00"),
    "day": (timedelta(days=1), "Monday 23 November, 11:00"),
    "week": (timedelta(days=7), "Sunday 29 November, 11:00"),
}


@pytest.fixture
def number(talk: Talk, cast: Cast) -> int:
    return talk.say(cast.amina, "You are all wrong")


@pytest.fixture
def paused(talk: Talk, cast: Cast, number: int) -> Talk:
    """Amina is paused for an hour; she has written message 1, Chipo message 2."""
    talk.say(cast.chipo, "Let us take a breath")
    assert talk.act(cast.chipo, number, "pauses", pause="hour").status_code == 303
    return talk


def end_of(talk: Talk, player: Player) -> str:
    """Where the button that ends the pause leads."""
    found = re.findall(r'action="[^"]*/(pauses/[0-9a-f-]+/ends)"', talk.page(player, "care"))
    return str(found[0])


@pytest.mark.parametrize("how_long", LASTING)
def test_it_lasts_as_long_as_was_said_and_ends_by_itself(
    talk: Talk, cast: Cast, number: int, held_clock: HeldClock, how_long: str
) -> None:
    lasting, until = LASTING[how_long]
    talk.act(cast.chipo, number, "pauses", pause=how_long)

    assert f"From {until} you can write again." in talk.page(cast.amina)
    assert f"until {until}" in talk.page(cast.chipo, "care")
    held_clock.moment += lasting - timedelta(seconds=1)
    assert talk.post(cast.amina, "messages", {"text": "Now?"}).status_code == 422
    held_clock.moment += timedelta(seconds=1)
    assert "<textarea" in talk.page(cast.amina)
    talk.say(cast.amina, "Now.")
    assert "Reading along for a while" not in talk.page(cast.chipo, "care")


def test_it_is_ended_early(paused: Talk, cast: Cast, database: Database) -> None:
    end = end_of(paused, cast.chipo)

    answers = [paused.post(cast.chipo, end) for _ in range(2)]

    assert [each.headers["location"] for each in answers] == [f"{paused.path}/care"] * 2
    paused.say(cast.amina, "I am sorry")
    assert count(database, Pause) == 0


def test_another_pause_takes_its_place(paused: Talk, cast: Cast, database: Database) -> None:
    paused.act(cast.chipo, 1, "pauses", pause="day")

    assert "From Monday 23 November, 11:00 you can write again." in paused.page(cast.amina)
    assert count(database, Pause) == 1


@pytest.mark.parametrize("how_long", ["", "year", "hour,day"])
def test_it_has_to_be_said_for_how_long(
    talk: Talk, cast: Cast, number: int, database: Database, how_long: str
) -> None:
    answer = talk.act(cast.chipo, number, "pauses", pause=how_long, pause_why="Unkind")

    assert answer.status_code == 422
    assert '<p class="wrong" id="wrong-pause">Choose for how long.</p>' in answer.text
    assert "<details open><summary>A pause for Amina" in answer.text
    assert 'value="Unkind"' in answer.text
    assert count(database, Pause) == 0


def test_a_long_reason_is_refused_beside_its_field(
    talk: Talk, cast: Cast, number: int, database: Database
) -> None:
    answer = talk.act(cast.chipo, number, "pauses", pause="day", pause_why="é" * 501)

    assert answer.status_code == 422
    assert '<p class="wrong" id="wrong-pause_why">Write at most 500 characters.</p>' in answer.text
    assert f'value="{"é" * 501}"' in answer.text
    assert "<details open><summary>A pause for Amina" in answer.text
    assert "<details><summary>Hide it from the group" in answer.text
    assert count(database, Pause) == 0


def test_a_facilitator_is_not_paused(
    talk: Talk, cast: Cast, ines: Player, database: Database
) -> None:
    theirs, own = talk.say(ines, "Welcome"), talk.say(cast.chipo, "Welcome")

    for number in (theirs, own):
        assert "/pauses" not in talk.sheet(cast.chipo, number)
        assert talk.act(cast.chipo, number, "pauses", pause="day").status_code == 404
    assert count(database, Pause) == 0


@pytest.mark.parametrize("who", ["beatriz", "femi", "dewi", "gita", "edon", "hana"])
def test_only_the_groups_facilitators_pause_and_end_it(
    paused: Talk, cast: Cast, database: Database, who: str
) -> None:
    end = end_of(paused, cast.chipo)

    assert paused.act(getattr(cast, who), 1, "pauses", pause="week").status_code == 404
    assert paused.post(getattr(cast, who), end).status_code == 404
    assert "12:00 you can write again." in paused.page(cast.amina)
    assert count(database, Pause) == 1
