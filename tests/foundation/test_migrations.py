"""Rows for ever: a migrated database is what the models say, and keeps the rows it had."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Column, Connection, MetaData, Table, func, select

import companion.models  # noqa: F401 - every table
from companion.chat.models import Conversation
from companion.db import Database, Model, open_database
from companion.groups.models import Agreement
from companion.migrations import current, migrate, revisions
from companion.people.models import Person
from companion.sessions.models import Question
from tests.cast import Cast
from tests.conftest import Templates

MOMENT = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
ROW_ID = UUID("01a202b2-c500-7000-8000-000000000001")
LINKS = ("site_id", "group_id", "session_id")


def test_the_migrations_make_exactly_what_the_models_say(database: Database) -> None:
    with database.writer.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Model.metadata) == []


def test_a_database_with_people_in_it_survives_a_second_migration(
    database: Database, cast: Cast
) -> None:
    migrate(database.writer)

    assert current(database.writer) == revisions()[-1]
    with database.reading() as db:
        assert db.scalar(select(func.count()).select_from(Person)) == 8
        assert db.get_one(Person, cast.amina.id).name == "Amina"


@pytest.fixture
def before_the_conversation(templates: Templates, tmp_path: Path) -> Iterator[Database]:
    """A database as it was before groups could talk, with an agreement and a question in it."""
    with templates.blank(tmp_path) as url:
        database = open_database(url)
        migrate(database.writer, "2026_11_22")
        with database.writer.begin() as connection:
            for table, values in OLD_ROWS.items():
                _insert(connection, table, values)
        yield database
        database.close()


OLD_ROWS: dict[str, dict[str, Any]] = {
    "site": {"pilot": "nl", "name": "Latour", "address": "", "numbers": []},
    "group": {
        "programme": "pregnancy-nl", "name": "November group", "due_month": date(2027, 3, 1),
        "languages": ["nl"], "capacity": 12, "numbers": [], "created_at": MOMENT,
    },
    "group_session": {
        "number": 1, "day": date(2026, 11, 26), "at": time(10), "zone": "Europe/Amsterdam",
        "starts_at": MOMENT, "minutes": 120, "place": "", "online_link": "", "state": "planned",
        "themes": [], "checks": [],
    },
    "agreement": {"version": 1, "text": "Be kind.", "written_at": MOMENT},
    "question": {"text_sealed": b"sealed", "asked_at": MOMENT},
}  # fmt: skip


def _insert(connection: Connection, table: str, values: dict[str, Any]) -> None:
    """A row of that time; what it belongs to has the same id as itself."""
    now = Model.metadata.tables[table].columns
    row = {"id": ROW_ID, **{link: ROW_ID for link in LINKS if link in now}, **values}
    rows = Table(table, MetaData(), *[Column(name, now[name].type) for name in row])
    connection.execute(rows.insert(), row)


def test_what_groups_had_before_they_could_talk_is_kept(
    before_the_conversation: Database,
) -> None:
    migrate(before_the_conversation.writer)

    with before_the_conversation.reading() as db:
        agreement, question = (
            db.scalars(select(Agreement)).one(),
            db.scalars(select(Question)).one(),
        )
        assert (agreement.text, agreement.welcomes_partners) == ("Be kind.", False)
        assert (question.text_sealed, question.kept_from_partners) == (b"sealed", False)
        assert db.scalar(select(func.count()).select_from(Conversation)) == 0


def test_revisions_are_dated_and_in_order() -> None:
    assert revisions() == sorted(revisions())
