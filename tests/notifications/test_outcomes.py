"""What follows from each answer of a push service, for the word and for the phone."""

from datetime import timedelta
from email.utils import format_datetime

import pytest

from companion.db import Database
from companion.notifications import outcomes
from companion.notifications.models import State
from companion.notifications.post import Outcome
from tests.cast import Cast
from tests.conftest import NOW, Browser, HeldClock
from tests.notifications.conftest import Bell
from tests.notifications.deliveries import delivery
from tests.notifications.push_service import answer

LOST = "This phone no longer rings."


def test_what_was_taken_is_sent_and_the_phone_is_known_to_ring(bell: Bell, cast: Cast) -> None:
    bell.give(cast.amina)
    (word,) = bell.tell(cast.amina)

    bell.ring()

    row, phone = bell.row(id=word), bell.kept(cast.amina)
    assert (row.state, row.sent_at, row.why) == (State.SENT, NOW, "")
    assert phone
    assert phone.last_success_at == NOW


@pytest.mark.parametrize("status", [404, 410])
def test_a_phone_that_is_gone_is_forgotten_and_she_is_told(
    bell: Bell, cast: Cast, browser: Browser, status: int
) -> None:
    bell.give(cast.amina)
    bell.service.will_answer("Amina", answer(status))
    (word,) = bell.tell(cast.amina)

    bell.ring()

    assert (bell.row(id=word).state, bell.row(id=word).why) == (State.FAILED, "gone")
    assert bell.kept(cast.amina) is None
    browser.sign_in(cast.amina.token)
    assert LOST in browser.get("/").text
    browser.sign_in(cast.beatriz.token)
    assert LOST not in browser.get("/").text


def test_a_word_that_was_too_long_is_our_fault_and_not_the_phones(
    bell: Bell, cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    bell.give(cast.amina)
    bell.service.will_answer("Amina", answer(413))
    (word,) = bell.tell(cast.amina)

    bell.ring()

    phone = bell.kept(cast.amina)
    assert (bell.row(id=word).state, bell.row(id=word).why) == (State.FAILED, "too long")
    assert phone
    assert phone.failures == 0
    assert "too long" in caplog.text


@pytest.mark.parametrize("said", ["120", format_datetime(NOW + timedelta(seconds=120), True)])
@pytest.mark.parametrize("status", [429, 503])
def test_whoever_asks_for_time_gets_it(
    bell: Bell, cast: Cast, held_clock: HeldClock, status: int, said: str
) -> None:
    bell.give(cast.amina)
    bell.service.will_answer("Amina", answer(status, Retry_After=said))
    (word,) = bell.tell(cast.amina)

    bell.ring()

    row = bell.row(id=word)
    assert (row.state, row.next_at) == (State.WAITING, NOW + timedelta(seconds=120))
    held_clock.moment = row.next_at - timedelta(seconds=1)
    bell.ring()
    assert len(bell.service.sent) == 1
    held_clock.moment = row.next_at
    bell.ring()
    assert bell.service.ids == [str(word)] * 2
    assert (bell.row(id=word).state, bell.row(id=word).why) == (State.SENT, "retried")


@pytest.mark.parametrize(
    "said",
    ["", "0", "-5", "1.5", "soon", "9" * 400, "Mon, 01 Jan 1990 00:00:00 GMT",
     "Mon, 01 Jan 99999999999999999999 00:00:00 GMT", "Mon, 01 Jan 2027 00:00:00 -0000"],
)  # fmt: skip
def test_a_time_that_cannot_be_meant_is_our_own_to_choose(
    bell: Bell, cast: Cast, said: str
) -> None:
    bell.give(cast.amina)
    bell.service.will_answer("Amina", answer(503, Retry_After=said))
    (word,) = bell.tell(cast.amina)

    bell.ring()

    row = bell.row(id=word)
    assert (row.state, row.next_at) == (State.WAITING, NOW + outcomes.FIRST_WAIT)


def test_whoever_asks_for_longer_than_a_word_helps_does_not_get_it(bell: Bell, cast: Cast) -> None:
    bell.give(cast.amina)
    bell.service.will_answer("Amina", answer(429, Retry_After="86400"))
    (word,) = bell.tell(cast.amina, keeps=timedelta(hours=2))

    bell.ring()

    assert (bell.row(id=word).state, bell.row(id=word).why) == (State.FAILED, "unreached")


def test_it_is_tried_less_and_less_often_until_it_helps_nobody(
    bell: Bell, cast: Cast, held_clock: HeldClock
) -> None:
    bell.give(cast.amina)
    bell.service.usually = answer(500)
    (word,) = bell.tell(cast.amina, keeps=timedelta(minutes=10))
    waits = []

    while True:
        bell.ring()
        row = bell.row(id=word)
        if row.state != State.WAITING:
            break
        waits.append((row.next_at - held_clock.moment).total_seconds())
        held_clock.moment = row.next_at

    assert waits == [30, 60, 120, 240]
    assert (row.state, row.why) == (State.FAILED, "unreached")
    phone = bell.kept(cast.amina)
    assert phone
    assert phone.failures == 0


def test_no_wait_is_longer_than_an_hour(bell: Bell, cast: Cast, held_clock: HeldClock) -> None:
    bell.give(cast.amina)
    bell.service.usually = answer(500)
    (word,) = bell.tell(cast.amina, keeps=timedelta(days=1))

    for _ in range(9):
        bell.ring()
        held_clock.moment = bell.row(id=word).next_at
    bell.ring()

    assert bell.row(id=word).next_at == held_clock.moment + timedelta(hours=1)


@pytest.mark.parametrize("status", [307, 400, 401, 403])
def test_three_refusals_in_a_row_and_the_phone_is_given_up(
    bell: Bell, cast: Cast, browser: Browser, status: int
) -> None:
    bell.give(cast.amina)
    bell.service.usually = answer(status)
    browser.sign_in(cast.amina.token)

    for refused in (1, 2):
        bell.tell(cast.amina)
        bell.ring()
        phone = bell.kept(cast.amina)
        assert phone
        assert (phone.failures, phone.retired_at) == (refused, None)
        assert LOST not in browser.get("/").text
    bell.tell(cast.amina)
    bell.ring()

    phone = bell.kept(cast.amina)
    assert phone
    assert phone.retired_at == NOW
    assert LOST in browser.get("/").text
    assert {(row.state, row.why) for row in bell.rows()} == {(State.FAILED, "refused")}
    (word,) = bell.tell(cast.amina)
    bell.ring()
    assert (bell.row(id=word).state, bell.row(id=word).why) == (State.CANCELLED, "no phone")
    assert len(bell.service.sent) == 3


def test_a_success_between_refusals_counts_from_the_start_again(bell: Bell, cast: Cast) -> None:
    bell.give(cast.amina)
    no, yes = answer(403), answer(201)
    bell.service.will_answer("Amina", no, no, yes, no, no)

    for _ in range(5):
        bell.tell(cast.amina)
        bell.ring()

    phone = bell.kept(cast.amina)
    assert phone
    assert (phone.failures, phone.retired_at) == (2, None)


def test_a_success_among_answers_that_are_noted_at_once_counts(
    bell: Bell, cast: Cast, database: Database
) -> None:
    bell.give(cast.amina)
    bell.service.will_answer("Amina", answer(403), answer(403))
    for _ in range(2):
        bell.tell(cast.amina)
        bell.ring()
    phone = bell.kept(cast.amina)
    assert phone
    word = delivery(bell.service, subscription_id=phone.id)

    with database.writing.begin() as db:
        outcomes.note(db, [(word, Outcome(201)), (word, Outcome(403))])

    phone = bell.kept(cast.amina)
    assert phone
    assert (phone.failures, phone.retired_at) == (1, None)


def test_one_whose_phone_is_gone_takes_nothing_from_the_others(bell: Bell, cast: Cast) -> None:
    for player in (cast.amina, cast.beatriz, cast.chipo):
        bell.give(player)
        bell.tell(player)
    bell.service.will_answer("Amina", answer(410))
    bell.service.will_answer("Beatriz", answer(503))

    bell.ring()

    states = [row.state for row in bell.rows()]
    assert sorted(states) == [State.FAILED, State.SENT, State.WAITING]
    assert bell.kept(cast.amina) is None
    assert bell.kept(cast.beatriz)
    assert bell.kept(cast.chipo)
