"""What the tests about sessions share: more sessions, and a count of what is asked of the rows."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date, time
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event, update

from companion import clock
from companion.db import Database
from companion.journeys.models import Journey, State
from companion.sessions.models import GroupSession, Topic, TopicText
from tests.cast import Cast

Counter = Callable[[], AbstractContextManager[list[str]]]


@pytest.fixture
def counting(database: Database) -> Counter:
    """`with counting() as queries:` gathers the SELECTs of the pages read in it."""

    @contextmanager
    def count() -> Iterator[list[str]]:
        asked: list[str] = []

        def note(_c: Any, _k: Any, statement: str, *_: Any) -> None:
            if statement.lstrip().upper().startswith(("SELECT", "WITH")):
                asked.append(statement)

        event.listen(database.reader, "before_cursor_execute", note)
        yield asked
        event.remove(database.reader, "before_cursor_execute", note)

    return count


def plan_session(
    database: Database,
    group_id: UUID,
    number: int,
    day: date,
    at: time = time(10),
    zone: str = "Europe/Amsterdam",
) -> UUID:
    session = GroupSession(
        group_id=group_id, number=number, minutes=120, place="Latour", themes=["Labour"], checks=[]
    )
    session.meet(day, at, zone)
    with database.writing.begin() as db:
        db.add(session)
    return session.id


def post_topic(database: Database, session_id: UUID, **titles: str) -> UUID:
    """A topic with a title (and a text) per language: `post_topic(db, id, nl="Slaap")`."""
    topic = Topic(session_id=session_id, theme="", posted_at=clock.now(), texts=[])
    for position, (code, title) in enumerate(titles.items()):
        topic.texts.append(
            TopicText(position=position, language=code, title=title, text=f"*{title}*, {code}")
        )
    with database.writing.begin() as db:
        db.add(topic)
    return topic.id


def end_journey(database: Database, cast: Cast, *, spares_beside: bool = False) -> None:
    """Amina's journey ends in a loss; `spares_beside` if she wants Femi spared too."""
    with database.writing.begin() as db:
        hers = Journey.person_id == cast.amina.id
        db.execute(
            update(Journey).where(hers).values(state=State.ENDED, spares_beside=spares_beside)
        )


def session_of(database: Database, session_id: UUID) -> GroupSession:
    with database.reading() as db:
        return db.get_one(GroupSession, session_id)
