"""Rows for ever: a migrated database is what the models say, and keeps the rows it had."""

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import func, select

import companion.models  # noqa: F401 - every table
from companion.db import Database, Model
from companion.migrations import current, migrate, revisions
from companion.people.models import Person
from tests.cast import Cast


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


def test_revisions_are_dated_and_in_order() -> None:
    assert revisions() == sorted(revisions())
