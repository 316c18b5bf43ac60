"""Finding what is due looks at nothing else, and asks as often for many as for one."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event, text

from companion.db import Database, new_id
from companion.notifications import outbox
from companion.notifications.outbox import Word
from tests.cast import Cast
from tests.conftest import NOW
from tests.reminders.conftest import Act, Doorbell, on
from tests.reminders.walls import DAY, MINUTE


@contextmanager
def _heard(database: Database) -> Iterator[list[tuple[str, Any]]]:
    """Every statement that is sent to the database, with its values."""
    said: list[tuple[str, Any]] = []

    def note(_c: object, _k: object, statement: str, values: Any, *_: object) -> None:
        said.append((statement, values))

    for engine in (database.reader, database.writer):
        event.listen(engine, "before_cursor_execute", note)
    yield said
    for engine in (database.reader, database.writer):
        event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def crowded(cast: Cast, act: Act) -> None:
    """Two thousand words of which nothing is due, and one that is."""
    words = [
        Word(cast.amina.id, "topic", NOW + MINUTE * n, NOW + DAY * 9, "/", about_id=new_id())
        for n in range(2000)
    ]
    act(outbox.write, words)


@pytest.mark.parametrize("ask", [outbox.is_anything_due, lambda db: outbox.claim(db, 200)])
def test_what_is_due_is_found_by_its_index(
    database: Database, act: Act, crowded: None, ask: Any
) -> None:
    with _heard(database) as said:
        assert act(ask)

    statement, values = next(each for each in said if each[0].startswith("SELECT"))
    assert "ix_notification_next" in _plan(database, statement, values)


def _plan(database: Database, statement: str, values: Any) -> str:
    """How the database would find it; a small table it would rather read as a whole."""
    with database.writer.connect() as connection:
        if connection.dialect.name == "sqlite":
            explain = "EXPLAIN QUERY PLAN "
        else:
            connection.execute(text("ANALYZE notification"))
            explain = "EXPLAIN "
        found = connection.exec_driver_sql(explain + statement, values)
        return "\n".join(str(row) for row in found)


def test_many_that_are_due_take_as_many_questions_as_one(
    cast: Cast, database: Database, doorbell: Doorbell, act: Act
) -> None:
    doorbell.give(cast.amina, cast.beatriz)
    asked = []
    for day, count in ((23, 1), (24, 60)):
        words = [
            Word(who.id, "session", on(day, 12), on(day, 14), "/", cast.session_id, str(number))
            for who in (cast.amina, cast.beatriz)
            for number in range(day * 100, day * 100 + count)
        ]
        act(outbox.write, words)
        with _heard(database) as said:
            assert len(doorbell.ring(on(day, 12))) == count * 2
        asked.append(len(said))

    assert asked[0] == asked[1]
