"""What is said in a conversation rings at an hour that is not quiet, for who is welcome then."""

from datetime import time
from typing import Any

from companion.chat import actions as chat
from companion.chat import safety, scopes
from companion.db import Database, new_id
from tests.cast import Cast, Player
from tests.chat.wire import agree
from tests.reminders.conftest import Act, Doorbell, choose, on, waiting, whose, whys, written


def _say(act: Act, cast: Cast, who: Player, *, pinned: bool = False) -> None:
    def say(db: Any) -> None:
        seat = scopes.seat(db, who.reader, cast.group_id)
        chat.say(db, seat, new_id(), "Bring a cushion.")
        if pinned:
            safety.pin(db, seat, 1, on=True)

    act(say)


def test_who_is_quiet_from_seven_is_told_at_noon_of_what_is_said_at_five(
    cast: Cast, database: Database, doorbell: Doorbell, act: Act
) -> None:
    agree(database, cast)
    doorbell.give(cast.amina, cast.chipo)
    choose(database, cast.amina, wants_messages=True, quiet_from=time(19), quiet_until=time(8))
    choose(database, cast.chipo, wants_messages=True)
    doorbell.ring_until(on(22, 17))

    _say(act, cast, cast.beatriz)

    rang = doorbell.ring_until(on(24))
    assert [(each.sent_at, whose(cast, [each])) for each in rang] == [
        (on(22, 20), ["Chipo"]), (on(23, 12), ["Amina"])
    ]  # fmt: skip
    assert whys(written(database, cast.amina)) == [("sent", "")]


def test_who_is_quiet_at_all_these_hours_is_told_when_that_is_over(
    cast: Cast, database: Database, doorbell: Doorbell, act: Act
) -> None:
    agree(database, cast)
    doorbell.give(cast.amina)
    quiet = {"quiet_from": time(11, 30), "quiet_until": time(20, 30)}
    choose(database, cast.amina, wants_messages=True, **quiet)

    doorbell.ring_until(on(22, 17))

    _say(act, cast, cast.beatriz)

    rang = doorbell.ring_until(on(24))
    assert [(each.sent_at, each.why) for each in rang] == [(on(22, 20, 30), "")]


def test_an_announcement_does_not_ring_for_a_partner_who_is_not_welcome_by_then(
    cast: Cast, database: Database, doorbell: Doorbell, act: Act
) -> None:
    agree(database, cast, partners=True)
    doorbell.give(cast.amina, cast.femi)
    for player in (cast.amina, cast.femi):
        choose(database, player, wants_topics=True)
    doorbell.ring_until(on(22, 22))
    _say(act, cast, cast.chipo, pinned=True)
    assert whose(cast, waiting(database)) == ["Amina", "Femi"]

    agree(database, cast, partners=False)

    assert whose(cast, doorbell.ring_until(on(23, 12))) == ["Amina"]
    assert whys(written(database, cast.femi)) == [("cancelled", "gone")]
