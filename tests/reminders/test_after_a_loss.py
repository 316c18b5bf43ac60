"""After a loss nothing rings by itself; she may switch on what she wants all the same."""

from datetime import time
from typing import Any

import pytest

from companion.db import Database, new_id
from companion.journeys import actions as journeys
from companion.journeys import scopes
from companion.reminders import own
from companion.sessions import actions as sessions
from tests.cast import Cast
from tests.reminders.conftest import Act, Doorbell, choose, lose, on, save, whose, whys, written

PILLS = own.Wish("My pills", time(9), tuple(range(7)))


@pytest.fixture(autouse=True)
def _they_ring(cast: Cast, database: Database, doorbell: Doorbell, act: Act, planned: None) -> None:
    """Amina and Femi want to hear of all there is, and Amina has a reminder of her own."""
    doorbell.give(cast.amina, cast.femi)
    wants: dict[str, Any] = dict.fromkeys(
        ("wants_topics", "wants_messages", "wants_agreements"), True
    )
    save(database, cast.amina, **wants, wants_measuring=True)
    save(database, cast.femi, **wants)
    act(own.add, cast.amina.reader, new_id(), PILLS)


def test_nothing_rings_for_her(
    cast: Cast, database: Database, doorbell: Doorbell, act: Act
) -> None:
    act(lose, cast.amina)
    act(sessions.cancel, cast.chipo.reader, cast.session_id)
    act(sessions.restore, cast.chipo.reader, cast.session_id)

    rang = doorbell.ring_until(on(30))

    assert set(whose(cast, rang)) == {"Femi"}
    ended = [each for each in written(database, cast.amina) if each.state != "waiting"]
    assert set(whys(ended)) <= {("cancelled", "off"), ("cancelled", "changed")}
    assert {each.kind for each in ended if each.why == "off"} == {"session", "own", "measuring"}


def test_a_loss_in_the_night_is_known_in_the_morning(
    cast: Cast, doorbell: Doorbell, act: Act
) -> None:
    doorbell.ring_until(on(22, 23))
    act(sessions.cancel, cast.chipo.reader, cast.session_id)
    doorbell.ring()

    act(lose, cast.amina)

    assert whose(cast, doorbell.ring_until(on(23, 12))) == ["Femi"]


def test_sessions_ring_when_she_asks_for_them(
    cast: Cast, database: Database, doorbell: Doorbell, act: Act
) -> None:
    act(lose, cast.amina)
    choose(database, cast.amina, wants_sessions=False, wants_sessions_after_loss=True)

    rang = [each for each in doorbell.ring_until(on(30)) if each.person_id == cast.amina.id]

    assert [(each.kind, each.sent_at) for each in rang] == [
        ("session", on(25, 18)), ("session", on(26, 8))
    ]  # fmt: skip


def test_a_change_is_told_when_she_asked_for_sessions(
    cast: Cast, database: Database, doorbell: Doorbell, act: Act
) -> None:
    act(lose, cast.amina)
    choose(database, cast.amina, wants_sessions=False, wants_sessions_after_loss=True)

    act(sessions.cancel, cast.chipo.reader, cast.session_id)

    assert whose(cast, doorbell.ring()) == ["Amina", "Femi"]


def test_her_own_reminders_ring_when_she_asks_for_them(
    cast: Cast, database: Database, doorbell: Doorbell, act: Act
) -> None:
    act(lose, cast.amina)
    choose(database, cast.amina, wants_own_after_loss=True)

    rang = [each for each in doorbell.ring_until(on(25)) if each.person_id == cast.amina.id]

    assert [(each.kind, each.sent_at) for each in rang] == [("own", on(23, 9)), ("own", on(24, 9))]


def test_the_switches_for_after_a_loss_mean_nothing_before(
    cast: Cast, database: Database, doorbell: Doorbell
) -> None:
    choose(database, cast.amina, wants_sessions=False, wants_sessions_after_loss=True)

    rang = doorbell.ring_until(on(30))

    assert "session" not in {each.kind for each in rang if each.person_id == cast.amina.id}


@pytest.mark.parametrize("spared", [True, False])
def test_her_partner_is_spared_when_she_wants_it(
    cast: Cast, doorbell: Doorbell, act: Act, spared: bool
) -> None:
    act(lose, cast.amina)

    act(journeys.spare_beside, cast.amina.reader, wanted=spared)

    rang = doorbell.ring_until(on(30))
    assert whose(cast, rang) == ([] if spared else ["Femi", "Femi"])


def test_a_mistake_is_taken_back_and_all_rings_as_before(
    cast: Cast, doorbell: Doorbell, act: Act
) -> None:
    act(lose, cast.amina)
    doorbell.ring_until(on(24, 12))

    act(journeys.take_back, cast.amina.reader)

    rang = doorbell.ring_until(on(26, 12))
    hers = [(each.kind, each.sent_at) for each in rang if each.person_id == cast.amina.id]
    assert hers == [
        ("own", on(25, 9)), ("session", on(25, 18)), ("session", on(26, 8)), ("own", on(26, 9))
    ]  # fmt: skip


def test_a_new_journey_rings_again(cast: Cast, doorbell: Doorbell, act: Act) -> None:
    act(lose, cast.amina)
    doorbell.clock.moment = on(23)
    ended = act(scopes.current, cast.amina.id)

    act(journeys.begin_again, cast.amina.reader, ended.id)

    rang = doorbell.ring_until(on(26, 12))
    assert {each.kind for each in rang if each.person_id == cast.amina.id} == {"session", "own"}
