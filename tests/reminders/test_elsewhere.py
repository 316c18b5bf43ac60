"""A session that moves to another place is told of at once, as one that moves to another time."""

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from companion.db import Database
from companion.sessions import actions as sessions
from companion.sessions.actions import Arrangement
from tests.cast import Cast
from tests.reminders.conftest import Act, Doorbell, choose, on, whose

THERE = Arrangement(date(2026, 11, 26), time(10), 120, "Health centre Latour", "")


@pytest.fixture(autouse=True)
def _they_ring(cast: Cast, doorbell: Doorbell, planned: None) -> None:
    doorbell.give(cast.amina, cast.beatriz, cast.chipo, cast.dewi, cast.femi, cast.gita)


@pytest.mark.parametrize(
    "elsewhere", [{"place": "Library"}, {"online_link": "https://meet.midwives.nl/november"}]
)
def test_everybody_who_wants_it_is_told_but_for_whoever_did_it(
    cast: Cast, database: Database, doorbell: Doorbell, act: Act, elsewhere: dict[str, Any]
) -> None:
    choose(database, cast.beatriz, wants_sessions=False)

    act(sessions.change, cast.chipo.reader, cast.session_id, replace(THERE, **elsewhere))

    rang = doorbell.ring()
    assert whose(cast, rang) == ["Amina", "Femi"]
    assert {each.path for each in rang} == {f"/sessions/{cast.session_id}"}
    later = [each for each in doorbell.ring_until(on(30)) if each.person_id == cast.amina.id]
    assert [each.sent_at for each in later] == [on(25, 18), on(26, 8)]


def test_moved_twice_in_the_night_it_is_told_of_once(
    cast: Cast, doorbell: Doorbell, act: Act
) -> None:
    doorbell.ring_until(on(22, 22))
    for place in ("Library", "Town hall"):
        act(sessions.change, cast.chipo.reader, cast.session_id, replace(THERE, place=place))

    rang = doorbell.ring_until(on(24))

    assert whose(cast, rang) == ["Amina", "Beatriz", "Femi"]
    assert {each.sent_at for each in rang} == {on(23, 8)}


def test_saved_as_it_was_it_is_told_to_nobody(cast: Cast, doorbell: Doorbell, act: Act) -> None:
    act(sessions.change, cast.chipo.reader, cast.session_id, THERE)

    assert doorbell.ring() == []
