"""New messages: one quiet word for all of them, at one of three hours, and only if it is needed."""

import json
from typing import Any

import pytest

from companion.chat import actions as chat
from companion.chat import marks, safety, scopes
from companion.db import Database, new_id
from companion.groups import agreements
from companion.reminders.ringing import Ringing
from tests.cast import Cast, Player
from tests.chat.wire import agree
from tests.conftest import HeldClock
from tests.reminders.conftest import (
    ORIGIN,
    Act,
    Doorbell,
    choose,
    lose,
    on,
    waiting,
    whose,
    whys,
    written,
)


@pytest.fixture
def talking(database: Database, cast: Cast, doorbell: Doorbell) -> None:
    """The group has agreed; everybody but Beatriz wants to hear of new messages."""
    agree(database, cast)
    for player in (cast.amina, cast.chipo, cast.femi, cast.dewi):
        doorbell.give(player)
        choose(database, player, wants_messages=True)


def _seated(act: Act, cast: Cast, who: Player, do: Any, *arguments: Any, **named: Any) -> None:
    act(lambda db: do(db, scopes.seat(db, who.reader, cast.group_id), *arguments, **named))


def _say(act: Act, cast: Cast, who: Player, text: str = "Good morning") -> None:
    _seated(act, cast, who, chat.say, new_id(), text)


def test_many_messages_are_one_word(
    cast: Cast, doorbell: Doorbell, act: Act, talking: None
) -> None:
    for _ in range(5):
        _say(act, cast, cast.beatriz)

    rang = doorbell.ring_until(on(23))

    assert whose(cast, rang) == ["Amina", "Chipo"]
    assert {(each.sent_at, each.path) for each in rang} == {(on(22, 12), "/chat")}


def test_after_one_word_the_next_comes_some_hours_later(
    cast: Cast, doorbell: Doorbell, act: Act, talking: None
) -> None:
    rang = []
    for hour in (11, 12, 15, 19):
        rang += doorbell.ring_until(on(22, hour))
        _say(act, cast, cast.beatriz)
    rang += doorbell.ring_until(on(23, 12))

    hers = [each.sent_at for each in rang if each.person_id == cast.amina.id]
    assert hers == [on(22, 12), on(22, 16), on(22, 20)]


def test_it_makes_no_sound(
    cast: Cast, database: Database, held_clock: HeldClock, act: Act, talking: None
) -> None:
    _say(act, cast, cast.chipo)
    held_clock.moment = on(22, 12)

    with database.writing.begin() as db:
        (delivery,) = Ringing(ORIGIN, drafts=True).take(db)

    assert json.loads(delivery.text)["notification"]["silent"] is True
    assert delivery.urgency == "low"


def test_nobody_is_told_of_what_she_said_herself(
    cast: Cast, database: Database, act: Act, talking: None
) -> None:
    _say(act, cast, cast.amina)

    assert whose(cast, waiting(database)) == ["Chipo"]


def test_what_she_has_read_meanwhile_does_not_ring(
    cast: Cast, database: Database, doorbell: Doorbell, act: Act, talking: None
) -> None:
    _say(act, cast, cast.beatriz)

    act(marks.read, group_id=cast.group_id, person_id=cast.amina.id, number=1)

    assert whose(cast, doorbell.ring_until(on(22, 13))) == ["Chipo"]
    assert whys(written(database, cast.amina)) == [("cancelled", "done")]


def test_a_message_that_was_taken_back_or_hidden_does_not_ring(
    cast: Cast, doorbell: Doorbell, act: Act, talking: None
) -> None:
    for _ in range(2):
        _say(act, cast, cast.beatriz)

    _seated(act, cast, cast.beatriz, chat.delete_own, 1)
    _seated(act, cast, cast.chipo, safety.hide, 2, "")

    assert doorbell.ring_until(on(22, 13)) == []


def test_whom_she_does_not_want_to_read_does_not_ring_either(
    cast: Cast, doorbell: Doorbell, act: Act, talking: None
) -> None:
    _say(act, cast, cast.beatriz)

    _seated(act, cast, cast.amina, safety.mute, 1, on=True)

    assert whose(cast, doorbell.ring_until(on(22, 13))) == ["Chipo"]


def test_a_partner_hears_of_messages_only_where_he_is_welcome(
    cast: Cast, database: Database, doorbell: Doorbell, act: Act, talking: None
) -> None:
    agree(database, cast, partners=True)
    _say(act, cast, cast.beatriz)
    assert whose(cast, waiting(database)) == ["Amina", "Chipo", "Femi"]

    anew = (cast.chipo.reader, cast.group_id, new_id(), "Among ourselves.")
    act(agreements.write, *anew)

    assert whose(cast, doorbell.ring_until(on(22, 13))) == ["Amina", "Chipo"]


def test_after_a_loss_no_message_rings(
    cast: Cast, database: Database, doorbell: Doorbell, act: Act, talking: None
) -> None:
    _say(act, cast, cast.beatriz)

    act(lose, cast.amina)

    assert whose(cast, doorbell.ring_until(on(22, 13))) == ["Chipo"]
    assert whys(written(database, cast.amina)) == [("cancelled", "off")]


def test_the_word_of_the_evening_does_not_wait_for_the_morning(
    cast: Cast, database: Database, doorbell: Doorbell, act: Act, talking: None
) -> None:
    """It stands in the bar by then."""
    doorbell.ring_until(on(22, 19))
    _say(act, cast, cast.beatriz)

    assert doorbell.ring(on(22, 22)) == []
    assert doorbell.ring(on(23, 12)) == []
    assert whys(written(database, cast.amina)) == [("cancelled", "quiet")]
