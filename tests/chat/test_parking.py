"""Parking what came up between two sessions for the next one."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from companion import clock
from companion.db import Database
from companion.groups.models import Membership
from companion.sessions.models import GroupSession, Question
from tests.cast import Cast, Player
from tests.chat.conftest import Talk, agree, count, item, messages
from tests.conftest import HeldClock
from tests.sessions.conftest import plan_session

MARK = "Parked for session 1"
NOWHERE = "No session is planned yet, so there is nowhere to park it."


@pytest.fixture
def number(talk: Talk, cast: Cast) -> int:
    """Amina asks the group whether she may fly."""
    return talk.say(cast.amina, "May I fly?")


def parked(talk: Talk, cast: Cast, player: Player) -> str:
    """What the page of the next session shows of questions."""
    page = talk.look(player, f"/sessions/{cast.session_id}").partition('id="questions"')[2]
    return page.partition("What would you like")[0]


def test_without_a_name_nobody_is_written_down(
    talk: Talk, cast: Cast, number: int, database: Database
) -> None:
    answer = talk.act(cast.beatriz, number, "parkings")

    assert (answer.status_code, answer.headers["location"]) == (303, f"{talk.path}/chat#n{number}")
    assert "May I fly?" in parked(talk, cast, cast.chipo)
    assert "Amina" not in parked(talk, cast, cast.chipo)
    with database.reading() as db:
        assert db.scalars(select(Question.asked_by_id)).all() == [None]


def test_with_a_name_it_is_that_of_whoever_wrote_it(talk: Talk, cast: Cast, number: int) -> None:
    assert "With the name Amina" in talk.sheet(cast.chipo, number)

    talk.act(cast.chipo, number, "parkings", named="yes")

    assert "<bdi>Amina</bdi>" in parked(talk, cast, cast.chipo)
    assert "Chipo" not in parked(talk, cast, cast.amina)
    assert "/withdrawals" in parked(talk, cast, cast.amina)


def test_the_message_says_where_it_is_parked(talk: Talk, cast: Cast, number: int) -> None:
    assert MARK not in talk.page(cast.chipo) + talk.sheet(cast.chipo, number)
    talk.act(cast.beatriz, number, "parkings")

    assert MARK in item(talk.page(cast.chipo), number)
    assert MARK in talk.sheet(cast.chipo, number)
    assert "/parkings" not in talk.sheet(cast.chipo, number)


def test_parked_twice_it_is_one_question(
    talk: Talk, cast: Cast, number: int, database: Database
) -> None:
    talk.act(cast.beatriz, number, "parkings")

    assert talk.act(cast.chipo, number, "parkings", named="yes").status_code == 303
    assert count(database, Question) == 1
    assert "Amina" not in parked(talk, cast, cast.chipo)


def test_a_question_that_is_removed_can_be_parked_again(
    talk: Talk, cast: Cast, number: int, database: Database
) -> None:
    talk.act(cast.beatriz, number, "parkings")
    with database.reading() as db:
        question = db.scalar(select(Question.id))
    talk.browser.sign_in(cast.chipo.token)
    talk.browser.post_form(f"/questions/{question}/withdrawals")
    assert MARK not in item(talk.page(cast.chipo), number)

    talk.act(cast.amina, number, "parkings", named="yes")

    assert MARK in item(talk.page(cast.chipo), number)
    assert "<bdi>Amina</bdi>" in parked(talk, cast, cast.chipo)


@pytest.mark.parametrize("is_welcome", [False, True], ids=["kept from them", "shown to them"])
def test_partners_read_it_if_the_agreement_welcomes_them(
    talk: Talk, cast: Cast, number: int, database: Database, is_welcome: bool
) -> None:
    everybody = (cast.chipo, cast.amina, cast.beatriz)
    agree(database, cast.group_id, *everybody, welcomes_partners=is_welcome)
    talk.act(cast.amina, number, "parkings", named="yes")

    assert ("May I fly?" in parked(talk, cast, cast.femi)) is is_welcome
    assert "May I fly?" in parked(talk, cast, cast.beatriz)


def test_it_goes_to_the_next_session_that_is_not_over(
    talk: Talk, cast: Cast, number: int, database: Database, held_clock: HeldClock
) -> None:
    plan_session(database, cast.group_id, 2, date(2026, 12, 3))
    plan_session(database, cast.group_id, 3, date(2026, 12, 10))
    held_clock.moment += timedelta(days=5)

    talk.act(cast.amina, number, "parkings")

    assert "Parked for session 2" in item(talk.page(cast.chipo), number)


@pytest.mark.parametrize("why", ["it is over", "it has just ended", "it is cancelled"])
def test_without_a_session_to_come_there_is_nowhere_to_park_it(
    talk: Talk, cast: Cast, number: int, database: Database, held_clock: HeldClock, why: str
) -> None:
    if why == "it is over":
        held_clock.moment += timedelta(days=5)
    elif why == "it has just ended":
        held_clock.moment = datetime(2026, 11, 26, 11, 0, tzinfo=UTC)
    else:
        with database.writing.begin() as db:
            db.execute(update(GroupSession).values(state="cancelled"))

    answer = talk.act(cast.amina, number, "parkings")

    assert answer.status_code == 422
    assert NOWHERE in answer.text
    assert count(database, Question) == 0
    assert "Parked for" not in talk.page(cast.amina)
    assert [each.changed for each in messages(database)] == [number]


@pytest.mark.parametrize(("who", "gone"), [("amina", "deletions"), ("chipo", "hidings")])
def test_what_is_deleted_or_hidden_is_no_question_any_more(
    talk: Talk, cast: Cast, number: int, database: Database, who: str, gone: str
) -> None:
    talk.act(cast.beatriz, number, "parkings", named="yes")

    talk.act(getattr(cast, who), number, gone)

    assert "May I fly?" not in parked(talk, cast, cast.chipo)
    assert count(database, Question) == 0
    assert MARK not in talk.page(cast.beatriz)
    assert talk.act(cast.beatriz, number, "parkings").status_code == 404


@pytest.mark.parametrize("who", ["femi", "dewi", "gita", "edon", "hana"])
def test_nobody_else_parks_it(
    talk: Talk, cast: Cast, number: int, database: Database, who: str
) -> None:
    assert talk.act(getattr(cast, who), number, "parkings").status_code == 404
    assert count(database, Question) == 0


def test_whoever_left_the_group_is_not_named_by_parking(
    talk: Talk, cast: Cast, number: int, database: Database
) -> None:
    hers = talk.say(cast.beatriz, "Dag allemaal")
    with database.writing.begin() as db:
        mine = select(Membership).where(Membership.person_id == cast.beatriz.id)
        db.scalars(mine).one().left_at = clock.now()

    talk.act(cast.amina, hers, "parkings", named="yes")

    page = talk.look(cast.amina, f"/sessions/{cast.session_id}")
    assert "Dag allemaal" in page
    assert "Beatriz" not in page
