"""Claims: of two who want a word one has it, and what somebody claimed who died comes back."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from companion.db import Database
from companion.notifications import outbox, outcomes
from companion.notifications.models import State
from companion.notifications.outbox import Settled
from companion.notifications.post import Delivery, Outcome
from companion.notifications.sending import Sending
from companion.reminders.ringing import Ringing
from tests.cast import Cast
from tests.chat.wire import in_a_loop
from tests.conftest import NOW, HeldClock
from tests.notifications.conftest import ORIGIN, Bell
from tests.notifications.deliveries import opened

SOON = NOW + timedelta(minutes=5)


def claim(database: Database, most: int = 10) -> list[UUID]:
    with database.writing.begin() as db:
        return [each.id for each in outbox.claim(db, most)]


def settle(database: Database, *settled: Settled) -> None:
    with database.writing.begin() as db:
        outbox.settle(db, settled)


def test_the_longest_due_is_claimed_first_and_nothing_that_is_not_due(
    bell: Bell, cast: Cast, database: Database, held_clock: HeldClock
) -> None:
    later = bell.tell(cast.amina)
    held_clock.moment = NOW - timedelta(seconds=30)
    sooner = bell.tell(cast.amina)

    assert claim(database) == sooner
    settle(database, Settled(sooner[0], State.WAITING, "retried", NOW - timedelta(seconds=1), 1))
    held_clock.moment = NOW
    assert claim(database, most=1) == sooner
    assert claim(database) == later
    assert claim(database) == []


def test_two_workers_at_once_never_have_the_same_word(
    bell: Bell, cast: Cast, database: Database
) -> None:
    words = bell.tell(cast.amina, many=40)
    together = threading.Barrier(4)

    def take() -> list[UUID]:
        together.wait()
        taken: list[UUID] = []
        while some := claim(database, most=3):
            taken += some
        return taken

    with ThreadPoolExecutor(4) as workers:
        taken = [
            each for work in [workers.submit(take) for _ in range(4)] for each in work.result()
        ]

    assert sorted(taken) == sorted(words)


def test_a_claim_runs_out_and_comes_back(
    bell: Bell, cast: Cast, database: Database, held_clock: HeldClock
) -> None:
    words = bell.tell(cast.amina)
    assert claim(database) == words

    held_clock.moment = NOW + outbox.CLAIM - timedelta(seconds=1)
    assert claim(database) == []
    held_clock.moment = NOW + outbox.CLAIM
    assert claim(database) == words


def test_what_was_sent_stays_sent_whoever_else_had_it_meanwhile(
    bell: Bell, cast: Cast, database: Database, held_clock: HeldClock
) -> None:
    (word,) = bell.tell(cast.amina)
    claim(database)
    held_clock.moment = NOW + outbox.CLAIM
    claim(database)

    settle(database, Settled(word, State.WAITING, "retried", SOON, 2))
    settle(database, Settled(word, State.SENT, sent_at=held_clock.moment))
    settle(database, Settled(word, State.WAITING, "retried", SOON, 2))

    assert bell.row(id=word).state == State.SENT
    held_clock.moment = SOON
    assert claim(database) == []


def test_what_was_taken_back_is_not_on_its_way_because_somebody_says_so(
    bell: Bell, cast: Cast, database: Database
) -> None:
    (word,) = bell.tell(cast.amina)
    with database.writing.begin() as db:
        outbox.cancel(db, "changed")

    settle(database, Settled(word, State.SENT, sent_at=NOW))

    assert (bell.row(id=word).state, bell.row(id=word).why) == (State.CANCELLED, "changed")


def test_what_is_on_its_way_is_not_taken_back_or_written_anew(
    bell: Bell, cast: Cast, database: Database
) -> None:
    (word,) = bell.tell(cast.amina)
    row = bell.row(id=word)
    same = outbox.Word(row.person_id, row.kind, SOON, SOON, row.path, about_id=row.about_id)
    claim(database)

    with database.writing.begin() as db:
        outbox.cancel(db, "changed")
        outbox.write(db, [same])

    assert (bell.row(id=word).state, bell.row(id=word).due_at) == (State.CLAIMED, NOW)


def test_a_word_is_written_once_and_moved_until_it_is_sent(
    bell: Bell, cast: Cast, database: Database
) -> None:
    (word,) = bell.tell(cast.amina)
    row = bell.row(id=word)
    same = outbox.Word(row.person_id, row.kind, SOON, SOON, "/more", about_id=row.about_id)
    with database.writing.begin() as db:
        outbox.write(db, [same, same])
    assert (bell.row(id=word).due_at, bell.row(id=word).path) == (SOON, "/more")

    with database.writing.begin() as db:
        outbox.cancel(db, "changed")
        outbox.write(db, [same])
    assert bell.row(id=word).state == State.WAITING


def test_nothing_that_was_sent_is_written_or_sent_again(
    bell: Bell, cast: Cast, database: Database, held_clock: HeldClock
) -> None:
    bell.give(cast.amina)
    (word,) = bell.tell(cast.amina)
    bell.ring()
    row = bell.row(id=word)
    same = outbox.Word(row.person_id, row.kind, NOW, SOON, row.path, about_id=row.about_id)

    with database.writing.begin() as db:
        outbox.write(db, [same])
    for minutes in (1, 10, 100):
        held_clock.moment = NOW + timedelta(minutes=minutes)
        bell.ring()

    assert bell.service.ids == [str(word)]


def test_what_a_dead_worker_had_is_sent_by_the_next_one(
    bell: Bell, cast: Cast, database: Database, held_clock: HeldClock
) -> None:
    bell.give(cast.amina)
    (word,) = bell.tell(cast.amina)
    with database.writing.begin() as db:
        assert Ringing(ORIGIN, drafts=True).take(db)

    bell.ring()
    assert bell.service.sent == []
    held_clock.moment = NOW + outbox.CLAIM
    bell.ring()

    assert bell.service.ids == [str(word)]
    assert bell.row(id=word).state == State.SENT


def test_a_claim_that_is_rolled_back_was_none(bell: Bell, cast: Cast, database: Database) -> None:
    words = bell.tell(cast.amina)
    with database.writing() as db:
        assert [each.id for each in outbox.claim(db, 10)] == words

    assert claim(database) == words


def test_what_is_settled_is_forgotten_after_a_month_and_what_waits_is_not(
    bell: Bell, cast: Cast, database: Database, held_clock: HeldClock
) -> None:
    sent, waiting = bell.tell(cast.amina, many=2)
    claim(database)
    settle(database, Settled(sent, State.SENT), Settled(waiting, State.WAITING, "quiet", SOON))

    for days, left in ((29, 2), (31, 1)):
        held_clock.moment = NOW + timedelta(days=days)
        with database.writing.begin() as db:
            outbox.tidy(db)
        assert len(bell.rows()) == left
    assert [row.id for row in bell.rows()] == [waiting]


def drain(bell: Bell, take: Callable[[Session], list[Delivery]]) -> None:
    async def send() -> None:
        async with opened(bell.service) as out:
            await Sending(bell.database, take, out).drain()

    in_a_loop(send)


def test_one_word_that_cannot_be_taken_does_not_end_the_loop(
    bell: Bell, cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    bell.tell(cast.amina)

    def take(db: Session) -> list[Delivery]:
        raise KeyError("something that nobody thought of")

    drain(bell, take)

    assert "could not be taken" in caplog.text


def test_an_answer_that_could_not_be_noted_is_noted_later(
    bell: Bell, cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    bell.give(cast.amina)
    words = bell.tell(cast.amina, many=2)
    note, failed = outcomes.note, iter([True])

    def fail_once(db: Session, answered: list[tuple[Delivery, Outcome]]) -> None:
        if next(failed, False):
            raise KeyError("something that nobody thought of")
        note(db, answered)

    monkeypatch.setattr(outcomes, "note", fail_once)
    drain(bell, Ringing(ORIGIN, drafts=True, at_once=1).take)

    assert "could not be noted" in caplog.text
    assert {row.state for row in bell.rows()} == {State.SENT}
    assert sorted(bell.service.ids) == sorted(map(str, words))
