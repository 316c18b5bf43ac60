"""How long a conversation is kept, and that its end is announced a week before."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from companion.chat import actions, retention, scopes
from companion.chat.models import Conversation, Message
from companion.db import Database, new_id
from companion.groups.models import Deed, Membership
from companion.pilots.pack import pilot, use_own
from companion.sessions.models import GroupSession
from tests.cast import Cast
from tests.chat.conftest import KEPT, Talk, Tidy, count
from tests.conftest import HeldClock

NOTICE = "Nobody has written here for a long time."
SECOND, WEEK = timedelta(seconds=1), timedelta(days=7)


def test_before_its_time_nothing_happens(
    talk: Talk, cast: Cast, database: Database, end: datetime, tidy: Tidy
) -> None:
    tidy(end - WEEK - SECOND)

    page = talk.page(cast.amina)
    assert NOTICE not in page
    assert "Good morning" in page
    assert count(database, Message) == 1


def test_a_week_before_it_is_announced_on_the_page(
    talk: Talk, cast: Cast, end: datetime, tidy: Tidy
) -> None:
    tidy(end - WEEK)

    for player in (cast.amina, cast.chipo):
        page = talk.page(player)
        assert NOTICE in page
        assert "On 26 November 2027 everything in this conversation will be erased." in page
        assert "Good morning" in page


def test_a_week_after_it_was_announced_it_is_erased(
    talk: Talk, cast: Cast, database: Database, end: datetime, tidy: Tidy
) -> None:
    tidy(end - WEEK)
    tidy(end - SECOND)
    assert "Good morning" in talk.page(cast.amina)

    tidy(end)

    page = talk.page(cast.amina)
    assert "Good morning" not in page
    assert NOTICE not in page
    assert count(database, Message) == 0


def test_announced_late_it_is_erased_a_week_after_all_the_same(
    talk: Talk, cast: Cast, end: datetime, tidy: Tidy
) -> None:
    late = end + timedelta(days=20)
    tidy(late)
    assert "On 23 December 2027 everything" in talk.page(cast.amina)

    tidy(late + WEEK - SECOND)
    assert "Good morning" in talk.page(cast.amina)
    tidy(late + WEEK)
    assert "Good morning" not in talk.page(cast.amina)


def test_a_new_message_takes_the_announcement_back(
    talk: Talk, cast: Cast, end: datetime, tidy: Tidy
) -> None:
    tidy(end - WEEK)
    talk.say(cast.beatriz, "Is hier nog iemand?")

    assert NOTICE not in talk.page(cast.amina)

    tidy(end)
    assert "Is hier nog iemand?" in talk.page(cast.amina)


def test_a_new_session_takes_it_back_too(
    talk: Talk, cast: Cast, database: Database, end: datetime, tidy: Tidy
) -> None:
    tidy(end - WEEK)
    with database.writing.begin() as db:
        db.get_one(GroupSession, cast.session_id).starts_at = end + WEEK

    tidy(end)

    page = talk.page(cast.amina)
    assert NOTICE not in page
    assert "Good morning" in page


@pytest.mark.parametrize("days", [30, 60])
def test_each_pilot_says_for_how_long(
    talk: Talk, cast: Cast, end: datetime, tidy: Tidy, days: int
) -> None:
    use_own("nl", replace(pilot("nl"), chat_kept_days=days))
    over = end - KEPT + timedelta(days=days)

    tidy(over - WEEK - SECOND)
    assert NOTICE not in talk.page(cast.amina)
    tidy(over - WEEK)
    assert NOTICE in talk.page(cast.amina)
    tidy(over)
    assert "Good morning" not in talk.page(cast.amina)


def test_without_any_session_the_last_message_counts(
    talk: Talk, cast: Cast, database: Database, tidy: Tidy, held_clock: HeldClock
) -> None:
    with database.writing.begin() as db:
        db.delete(db.get_one(GroupSession, cast.session_id))
    said_at = held_clock.moment
    talk.say(cast.amina, "Good morning")

    tidy(said_at + KEPT - WEEK - SECOND)
    assert NOTICE not in talk.page(cast.amina)
    tidy(said_at + KEPT - WEEK)
    assert NOTICE in talk.page(cast.amina)


def test_a_session_that_was_cancelled_keeps_nothing_longer(
    talk: Talk, cast: Cast, database: Database, tidy: Tidy, held_clock: HeldClock
) -> None:
    said_at = held_clock.moment
    talk.say(cast.amina, "Good morning")
    with database.writing.begin() as db:
        db.execute(update(GroupSession).values(state="cancelled"))

    tidy(said_at + KEPT - WEEK)

    assert NOTICE in talk.page(cast.amina)


def test_where_nothing_was_said_nothing_is_announced(
    talk: Talk, cast: Cast, database: Database, tidy: Tidy, held_clock: HeldClock
) -> None:
    talk.post(cast.chipo, "hours", {"days": "0", "since": "9:00", "until": "17:00"})

    tidy(held_clock.moment + KEPT + timedelta(days=30))

    assert count(database, Conversation) == 1
    assert NOTICE not in talk.page(cast.amina)


def test_what_was_done_about_whom_is_kept_no_longer(
    talk: Talk, cast: Cast, database: Database, tidy: Tidy, held_clock: HeldClock
) -> None:
    talk.post(cast.chipo, "goodbyes", {"membership": str(_membership(database, cast.beatriz.id))})
    done_at = held_clock.moment

    tidy(done_at + KEPT)
    assert count(database, Deed) == 1
    tidy(done_at + KEPT + SECOND)
    assert count(database, Deed) == 0


def test_a_word_at_the_last_moment_saves_the_conversation(
    talk: Talk, cast: Cast, database: Database, end: datetime, tidy: Tidy
) -> None:
    tidy(end - WEEK)

    def say_so(db: Session, group_id: UUID) -> int:
        seat = scopes.seat(db, cast.amina.reader, group_id)
        return actions.say(db, seat, new_id(), "Still here")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(retention, "take", say_so)
        tidy(end)

    assert "Still here" in talk.page(cast.amina)
    assert "Good morning" in talk.page(cast.amina)


def _membership(database: Database, person_id: UUID) -> UUID:
    with database.reading() as db:
        return db.scalars(select(Membership.id).where(Membership.person_id == person_id)).one()
