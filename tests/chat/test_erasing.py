"""When its time is over, a conversation is really erased."""

from datetime import datetime, timedelta

from sqlalchemy import select

from companion.chat.models import (
    Conversation,
    Message,
    Pause,
    Reaction,
    ReadMark,
    Report,
    Translation,
)  # fmt: skip
from companion.db import Database, Model
from companion.groups.models import Acceptance, Agreement, Deed
from companion.sessions.models import Question
from tests.cast import Cast, Player
from tests.chat.conftest import Talk, Tidy, agree, count
from tests.conftest import HeldClock

WEEK = timedelta(days=7)
ERASED: list[type[Model]] = [
    Message, Translation, Reaction, Report, ReadMark, Pause, Deed, Question,
]  # fmt: skip


def left(database: Database) -> dict[str, int]:
    return {kind.__tablename__: count(database, kind) for kind in ERASED}


def conversation(database: Database) -> Conversation:
    with database.reading() as db:
        return db.scalars(select(Conversation)).one()


def test_everything_that_was_written_down_is_gone(
    talk: Talk, cast: Cast, ines: Player, database: Database, end: datetime, tidy: Tidy
) -> None:
    second = talk.say(cast.beatriz, "Goedemorgen")
    talk.page(cast.amina)
    talk.act(cast.amina, second, "reactions", sign="hug")
    talk.act(cast.amina, second, "translations", language="en", translation="Morning")
    talk.act(cast.amina, second, "reports", reason="unkind")
    talk.act(cast.amina, second, "parkings", named="yes")
    talk.act(cast.chipo, second, "pauses", pause="week")
    assert 0 not in left(database).values()

    tidy(end - WEEK)
    tidy(end)

    assert left(database) == dict.fromkeys(left(database), 0)


def test_what_was_not_said_in_it_stays(
    talk: Talk, cast: Cast, database: Database, end: datetime, tidy: Tidy
) -> None:
    talk.browser.sign_in(cast.amina.token)
    asked = {"question": "May I fly?"}
    talk.browser.post_form(f"/sessions/{cast.session_id}/questions", asked)
    talk.act(cast.amina, 1, "parkings")

    tidy(end - WEEK)
    tidy(end)

    with database.reading() as db:
        assert [each.text for each in db.scalars(select(Question))] == ["May I fly?"]
    assert count(database, Agreement) == 1
    assert count(database, Acceptance) == 3


def test_another_group_is_left_alone(
    talk: Talk, cast: Cast, database: Database, end: datetime, tidy: Tidy, held_clock: HeldClock
) -> None:
    agree(database, cast.other_group_id, cast.gita, cast.dewi)
    elsewhere = Talk(talk.browser, cast.other_group_id)
    held_clock.moment += timedelta(days=100)
    elsewhere.say(cast.dewi, "Theirs")

    tidy(end - WEEK)
    tidy(end)

    assert "Theirs" in elsewhere.page(cast.dewi)
    assert "Good morning" not in talk.page(cast.amina)


def test_doing_it_twice_does_it_once(
    talk: Talk, cast: Cast, database: Database, end: datetime, tidy: Tidy
) -> None:
    for _ in range(2):
        tidy(end - WEEK)
    assert "On 26 November 2027 everything" in talk.page(cast.amina)
    tidy(end)
    before = conversation(database).last

    tidy(end)

    assert conversation(database).last == before


def test_afterwards_the_group_talks_on_and_no_number_comes_twice(
    talk: Talk, cast: Cast, database: Database, end: datetime, tidy: Tidy
) -> None:
    announced = talk.say(cast.chipo, "Room 2")
    talk.act(cast.chipo, announced, "pins", on="yes")
    tidy(end - WEEK)
    before = conversation(database)
    tidy(end)

    assert conversation(database).last > before.last
    assert conversation(database).pinned is None
    number = talk.say(cast.amina, "Hello again")

    page = talk.page(cast.beatriz)
    assert number > announced
    assert "Hello again" in page
    assert "Room 2" not in page
    tidy(end + timedelta(days=1))
    assert "Hello again" in talk.page(cast.beatriz)
