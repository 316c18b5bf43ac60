"""While a word is on its way, its phone may go; and one that cannot be noted holds up no other."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from sqlalchemy.orm import Session

from companion.db import Database
from companion.notifications import outbox, outcomes, phones
from companion.notifications.models import State
from companion.notifications.outcomes import Answered
from companion.notifications.post import Delivery, Outcome
from companion.people import sign_ins
from companion.people.models import Ring, SignIn
from companion.reminders.ringing import Ringing
from tests.cast import Cast
from tests.conftest import NOW, HeldClock
from tests.notifications.conftest import ORIGIN, Bell
from tests.notifications.push_service import Answer, answer

STATUS = [(201, (State.SENT, "")), (410, (State.FAILED, "gone")), (403, (State.FAILED, "refused"))]


def take(database: Database) -> list[Delivery]:
    with database.writing.begin() as db:
        return Ringing(ORIGIN, drafts=True).take(db)


def note(database: Database, *answered: Answered) -> None:
    with database.writing.begin() as db:
        outcomes.note(db, answered)


@pytest.mark.parametrize("end", [sign_ins.end, phones.unsubscribe])
@pytest.mark.parametrize(("status", "noted"), STATUS)
def test_a_phone_that_goes_while_a_word_is_on_its_way_holds_up_nobody(
    bell: Bell, cast: Cast, database: Database, held_clock: HeldClock,
    end: Callable[..., Any], status: int, noted: tuple[str, str],
) -> None:  # fmt: skip
    def go(handler: BaseHTTPRequestHandler) -> None:
        with database.writing.begin() as db:
            end(db, cast.amina.reader)
        answer(status)(handler)

    last_word: Answer = go
    everybody = (cast.amina, cast.beatriz, cast.chipo)
    for player in everybody:
        bell.give(player)
    bell.service.will_answer("Amina", last_word)
    words = [bell.tell(player)[0] for player in everybody]

    bell.ring()
    held_clock.moment = NOW + outbox.CLAIM
    bell.ring()

    rows = [bell.row(id=word) for word in words]
    assert [(row.state, row.why) for row in rows] == [noted, (State.SENT, ""), (State.SENT, "")]
    assert rows[0].subscription_id is None
    assert Counter(bell.service.ids) == dict.fromkeys(map(str, words), 1)


@pytest.mark.parametrize(("status", "noted"), STATUS)
def test_the_second_word_to_a_phone_that_the_first_found_gone_is_noted_too(
    bell: Bell, cast: Cast, database: Database, status: int, noted: tuple[str, str]
) -> None:
    bell.give(cast.amina)
    bell.tell(cast.amina, many=2)
    first, second = take(database)

    note(database, (first, Outcome(410)))
    note(database, (second, Outcome(status)))

    states = {row.id: (row.state, row.why) for row in bell.rows()}
    assert states == {first.id: (State.FAILED, "gone"), second.id: noted}
    with database.reading() as db:
        assert db.get_one(SignIn, cast.amina.reader.sign_in_id).ring == Ring.LOST


def test_what_is_to_be_tried_again_on_a_phone_that_is_gone_waits_for_no_other(
    bell: Bell, cast: Cast, database: Database, held_clock: HeldClock
) -> None:
    bell.give(cast.amina)
    bell.tell(cast.amina, many=2)
    first, second = take(database)

    note(database, (first, Outcome(404)))
    note(database, (second, Outcome(503)))
    bell.give(cast.amina, "new")
    held_clock.moment = NOW + outcomes.FIRST_WAIT
    bell.ring()

    assert (bell.row(id=second.id).state, bell.row(id=second.id).why) == (
        State.CANCELLED, "no phone"
    )  # fmt: skip
    assert bell.service.sent == []


@pytest.mark.parametrize("tries", [8, 60, 2000])
def test_after_many_tries_the_next_one_is_an_hour_later(
    bell: Bell, cast: Cast, database: Database, tries: int
) -> None:
    bell.give(cast.amina)
    bell.tell(cast.amina)
    (word,) = take(database)

    note(database, (replace(word, tries=tries), Outcome(503)))

    row = bell.row(id=word.id)
    assert (row.state, row.next_at) == (State.WAITING, NOW + outcomes.LONGEST_WAIT)
    assert row.tries == tries + 1


def test_one_that_cannot_be_noted_keeps_no_other_from_it(
    bell: Bell, cast: Cast, held_clock: HeldClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    everybody = (cast.amina, cast.beatriz, cast.chipo)
    for player in everybody:
        bell.give(player)
    amina, beatriz, chipo = (bell.tell(player)[0] for player in everybody)
    note = outcomes.note

    def note_all_but_hers(db: Session, answered: Sequence[Answered]) -> None:
        note(db, answered)
        if any(each.id == beatriz for each, _ in answered):
            raise OverflowError

    with monkeypatch.context() as patch:
        patch.setattr(outcomes, "note", note_all_but_hers)
        bell.ring()

    states = {row.id: row.state for row in bell.rows()}
    assert states == {amina: State.SENT, beatriz: State.CLAIMED, chipo: State.SENT}
    held_clock.moment = NOW + outbox.CLAIM
    bell.ring()
    assert bell.row(id=beatriz).state == State.SENT
    assert sorted(bell.service.ids) == sorted(map(str, (amina, beatriz, beatriz, chipo)))
