"""What the tests of Today need: a count of queries, a topic, a reading."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event

from companion import clock
from companion.db import Database
from companion.sessions.models import Topic, TopicText
from tests.cast import Cast

Counting = Callable[[], AbstractContextManager[list[str]]]
Posting = Callable[..., UUID]


@pytest.fixture
def counted(database: Database) -> Counting:
    """`with counted() as queries:` collects what a page asks the database."""

    @contextmanager
    def count() -> Iterator[list[str]]:
        queries: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            if statement.lstrip().upper().startswith(("SELECT", "WITH")):
                queries.append(statement)

        event.listen(database.reader, "before_cursor_execute", note)
        yield queries
        event.remove(database.reader, "before_cursor_execute", note)

    return count


@pytest.fixture
def post_topic(database: Database, cast: Cast) -> Posting:
    """A topic in Amina's group (or another session), posted now or at a moment."""

    def post(title: str, at: datetime | None = None, session_id: UUID | None = None) -> UUID:
        with database.writing.begin() as db:
            topic = Topic(session_id=session_id or cast.session_id, posted_at=at or clock.now())
            db.add(topic)
            db.flush()
            db.add(TopicText(topic_id=topic.id, language="en", title=title, text="Words."))
        return topic.id

    return post
