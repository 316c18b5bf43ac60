"""A topic, an announcement, an answer, a new agreement: told at once to those who chose to be."""

from typing import Any
from uuid import UUID

import pytest

from companion.chat import actions as chat
from companion.chat import safety, scopes
from companion.db import Database, new_id
from companion.groups import agreements
from companion.sessions import questions, topics
from companion.sessions import scopes as sessions
from companion.sessions.topics import Written
from tests.cast import Cast, Player
from tests.chat.wire import agree
from tests.reminders.conftest import Act, Doorbell, choose, on, waiting, whose, whys, written


@pytest.fixture
def curious(database: Database, cast: Cast, doorbell: Doorbell) -> None:
    """Everybody has a phone; all but Beatriz want to hear of everything."""
    everybody = (cast.amina, cast.beatriz, cast.chipo, cast.dewi, cast.femi)
    doorbell.give(*everybody)
    for player in everybody:
        if player != cast.beatriz:
            wants = ("wants_topics", "wants_answers", "wants_agreements")
            choose(database, player, **dict.fromkeys(wants, True))


def _post(act: Act, cast: Cast) -> UUID:
    def post(db: Any) -> UUID:
        seat = sessions.seat(db, cast.chipo.reader, cast.session_id)
        texts = [Written("en", "Sleeping", "Well.")]
        return topics.post(db, cast.chipo.reader, seat, new_id(), "", texts)

    found: UUID = act(post)
    return found


def _pin(act: Act, cast: Cast, *, on: bool = True) -> None:
    def pin(db: Any) -> None:
        safety.pin(db, scopes.seat(db, cast.chipo.reader, cast.group_id), 1, on=on)

    act(pin)


def _announce(act: Act, cast: Cast) -> None:
    def announce(db: Any) -> None:
        seat = scopes.seat(db, cast.chipo.reader, cast.group_id)
        chat.say(db, seat, new_id(), "Bring a cushion.")

    act(announce)
    _pin(act, cast)


def _agree_anew(act: Act, cast: Cast, by: Player, **more: bool) -> UUID:
    agreement_id = new_id()
    act(agreements.write, by.reader, cast.group_id, agreement_id, "We listen.", **more)
    return agreement_id


def test_a_topic_rings_for_those_who_want_it_but_not_for_whoever_posted_it(
    cast: Cast, doorbell: Doorbell, act: Act, curious: None
) -> None:
    topic_id = _post(act, cast)

    rang = doorbell.ring()

    assert whose(cast, rang) == ["Amina", "Femi"]
    assert {each.path for each in rang} == {f"/topics/{topic_id}"}


def test_a_topic_that_is_erased_before_the_morning_does_not_ring(
    cast: Cast, database: Database, doorbell: Doorbell, act: Act, curious: None
) -> None:
    doorbell.ring_until(on(22, 22))
    topic_id = _post(act, cast)
    assert doorbell.ring() == []

    act(topics.erase, cast.chipo.reader, topic_id)

    assert doorbell.ring_until(on(23, 12)) == []
    assert whys(written(database)) == [("cancelled", "gone")] * 2


@pytest.mark.parametrize(("welcomes", "told"), [(True, ["Amina", "Femi"]), (False, ["Amina"])])
def test_an_announcement_rings_for_those_who_may_read_it(
    cast: Cast, database: Database, doorbell: Doorbell, act: Act, curious: None,
    welcomes: bool, told: list[str],
) -> None:  # fmt: skip
    agree(database, cast, partners=welcomes)
    doorbell.ring()

    _announce(act, cast)

    rang = doorbell.ring()
    assert whose(cast, rang) == told
    assert {each.path for each in rang} == {f"/groups/{cast.group_id}/chat"}


def test_pinned_again_an_announcement_rings_no_second_time(
    cast: Cast, database: Database, doorbell: Doorbell, act: Act, curious: None
) -> None:
    agree(database, cast)
    _announce(act, cast)
    doorbell.ring()

    _pin(act, cast, on=False)
    _pin(act, cast)

    assert doorbell.ring() == []


def test_an_announcement_that_is_taken_back_in_the_night_does_not_ring(
    cast: Cast, database: Database, doorbell: Doorbell, act: Act, curious: None
) -> None:
    agree(database, cast)
    doorbell.ring_until(on(22, 22))
    _announce(act, cast)

    act(lambda db: chat.delete_own(db, scopes.seat(db, cast.chipo.reader, cast.group_id), 1))

    assert doorbell.ring_until(on(23, 12)) == []


def _park(act: Act, cast: Cast, by: Player, *, named: bool) -> UUID:
    question_id = new_id()
    act(questions.park, by.reader, cast.session_id, question_id, "Why?", named=named)
    return question_id


def test_an_answer_rings_for_whoever_asked_with_her_name(
    cast: Cast, doorbell: Doorbell, act: Act, curious: None
) -> None:
    asked = {
        name: _park(act, cast, getattr(cast, name), named=named)
        for name, named in (("amina", True), ("femi", False), ("beatriz", True))
    }

    for question_id in asked.values():
        act(questions.note_answered, cast.chipo.reader, question_id)
        act(questions.note_answered, cast.chipo.reader, question_id)

    rang = doorbell.ring_until(on(24))
    assert whose(cast, rang) == ["Amina"]
    assert (rang[0].kind, rang[0].about_id) == ("answer", asked["amina"])
    assert rang[0].path == f"/sessions/{cast.session_id}"


def test_a_question_that_was_taken_back_is_not_answered(
    cast: Cast, doorbell: Doorbell, act: Act, curious: None
) -> None:
    question_id = _park(act, cast, cast.amina, named=True)
    doorbell.ring_until(on(22, 22))
    act(questions.note_answered, cast.chipo.reader, question_id)

    act(questions.withdraw, cast.amina.reader, question_id)

    assert doorbell.ring_until(on(23, 12)) == []


def test_a_new_agreement_rings_but_not_for_whoever_wrote_it(
    cast: Cast, doorbell: Doorbell, act: Act, curious: None
) -> None:
    _agree_anew(act, cast, cast.amina)

    rang = doorbell.ring()

    assert whose(cast, rang) == ["Chipo", "Femi"]
    assert {each.path for each in rang} == {f"/groups/{cast.group_id}/agreement"}


def test_whoever_said_yes_meanwhile_is_not_asked_to(
    cast: Cast, database: Database, doorbell: Doorbell, act: Act, curious: None
) -> None:
    doorbell.ring_until(on(22, 22))
    agreement_id = _agree_anew(act, cast, cast.chipo)

    act(agreements.accept, cast.amina.reader, cast.group_id, agreement_id)

    assert whose(cast, doorbell.ring_until(on(23, 12))) == ["Femi"]
    assert ("cancelled", "done") in whys(written(database, cast.amina))


def test_of_two_texts_in_one_night_only_the_last_is_to_be_read(
    cast: Cast, doorbell: Doorbell, act: Act, curious: None
) -> None:
    doorbell.ring_until(on(22, 22))
    _agree_anew(act, cast, cast.chipo)
    last = _agree_anew(act, cast, cast.chipo)
    act(agreements.accept, cast.amina.reader, cast.group_id, last)

    rang = doorbell.ring_until(on(23, 12))

    assert [(whose(cast, [each]), each.about_id) for each in rang] == [(["Femi"], last)]


def test_who_never_chose_hears_of_sessions_alone(cast: Cast, database: Database, act: Act) -> None:
    agree(database, cast)
    _post(act, cast)
    _announce(act, cast)
    act(questions.note_answered, cast.chipo.reader, _park(act, cast, cast.beatriz, named=True))

    assert waiting(database) == []
