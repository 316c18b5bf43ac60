"""Somebody with several phones: each rings once, and none of them for another one."""

from datetime import timedelta

import pytest
from sqlalchemy import delete

from companion.db import Database
from companion.notifications import outbox
from companion.notifications.models import PushSubscription, State
from companion.people import sign_ins
from companion.reminders.ringing import Ringing
from tests.cast import Cast, Player
from tests.conftest import NOW, HeldClock
from tests.notifications.conftest import ORIGIN, Bell, signed_in_again
from tests.notifications.push_service import answer


@pytest.fixture
def phones(bell: Bell, cast: Cast, database: Database, held_clock: HeldClock) -> list[Player]:
    """Amina, on three phones of hers that ring: at /push/1, /push/2 and /push/3, in this order."""
    others = [signed_in_again(database, cast.amina) for _ in range(2)]
    for number, player in enumerate([cast.amina, *others], 1):
        bell.give(player, str(number))
        held_clock.moment += timedelta(milliseconds=1)
    held_clock.moment = NOW
    return [cast.amina, *others]


def rung(bell: Bell) -> list[str]:
    return sorted(each.path.removeprefix("/push/") for each in bell.service.sent)


def take_and_die(database: Database) -> None:
    """A worker claims what is due, and is no more before anything is sent."""
    with database.writing.begin() as db:
        assert Ringing(ORIGIN, drafts=True).take(db)


@pytest.mark.usefixtures("phones")
def test_each_of_her_phones_rings_once(bell: Bell, cast: Cast, held_clock: HeldClock) -> None:
    bell.tell(cast.amina)

    bell.ring()
    held_clock.moment += timedelta(hours=1)
    bell.ring()

    assert rung(bell) == ["1", "2", "3"]
    assert len(set(bell.service.ids)) == 3
    assert len({each.notification["tag"] for each in bell.service.sent}) == 1


@pytest.mark.usefixtures("phones")
def test_what_is_tried_again_on_one_rings_on_no_other(
    bell: Bell, cast: Cast, held_clock: HeldClock
) -> None:
    bell.service.will_answer("2", answer(503), answer(503))
    bell.tell(cast.amina)

    for minutes in (0, 1, 3):
        held_clock.moment = NOW + timedelta(minutes=minutes)
        bell.ring()

    assert rung(bell) == ["1", "2", "2", "2", "3"]
    assert {row.state for row in bell.rows()} == {State.SENT}


def test_what_waits_for_a_phone_that_is_gone_goes_to_no_other(
    bell: Bell, cast: Cast, database: Database, held_clock: HeldClock, phones: list[Player]
) -> None:
    bell.service.will_answer("2", answer(503))
    bell.tell(cast.amina)
    bell.ring()
    with database.writing.begin() as db:
        sign_ins.end(db, phones[1].reader)

    held_clock.moment = NOW + timedelta(minutes=1)
    bell.ring()

    assert rung(bell) == ["1", "2", "3"]
    assert [row.why for row in bell.rows() if row.state == State.CANCELLED] == ["no phone"]


@pytest.mark.parametrize("gone", ["1", "2", "3"])
def test_a_phone_that_goes_while_the_worker_is_dead_stops_nobody(
    bell: Bell,
    cast: Cast,
    database: Database,
    held_clock: HeldClock,
    phones: list[Player],
    gone: str,
) -> None:
    bell.give(cast.beatriz)
    bell.tell(cast.amina)
    take_and_die(database)
    lost = phones[int(gone) - 1].reader.sign_in_id
    with database.writing.begin() as db:
        db.execute(delete(PushSubscription).where(PushSubscription.sign_in_id == lost))
    bell.tell(cast.beatriz)

    held_clock.moment = NOW + outbox.CLAIM
    bell.ring()
    bell.ring()

    assert rung(bell) == [*sorted({"1", "2", "3"} - {gone}), "Beatriz"]


@pytest.mark.usefixtures("phones")
def test_a_new_phone_does_not_get_what_was_on_its_way_before(
    bell: Bell, cast: Cast, database: Database, held_clock: HeldClock
) -> None:
    bell.tell(cast.amina)
    take_and_die(database)
    bell.give(signed_in_again(database, cast.amina), "4")

    held_clock.moment = NOW + outbox.CLAIM
    bell.ring()

    assert rung(bell) == ["1", "2", "3"]


def test_without_a_phone_nothing_is_sent_and_it_is_known_why(bell: Bell, cast: Cast) -> None:
    (word,) = bell.tell(cast.amina)

    bell.ring()

    assert (bell.row(id=word).state, bell.row(id=word).why) == (State.CANCELLED, "no phone")
