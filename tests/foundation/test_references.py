"""References in SQLite: an old one to nothing stops no start, and a migration loses none unseen."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import exc, text

from companion.config import Config
from companion.db import Database, new_id, open_database
from companion.engines import create_sqlite_file
from companion.migrations import current, migrate, revisions
from companion.start import open_house
from tests.notifications.test_keys import SEALING

BEFORE = "2026_11_24"


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A SQLite file, whichever database the other tests use: PostgreSQL always minds references."""
    address = f"sqlite:///{tmp_path / 'references.db'}"
    create_sqlite_file(address)
    return address


@pytest.fixture
def old(url: str) -> Iterator[Database]:
    """A database as it was before anything rang."""
    database = open_database(url)
    migrate(database.writer, BEFORE)
    yield database
    database.close()


def _orphan(database: Database) -> None:
    """A child of a journey that never was."""
    with database.writer.connect() as connection:
        driver: Any = connection.connection.driver_connection
        driver.execute("pragma foreign_keys=off")
        row = (new_id().hex, new_id().hex, "2026-11-01")
        driver.execute("INSERT INTO child (id, journey_id, born_on) VALUES (?, ?, ?)", row)
        driver.execute("pragma foreign_keys=on")


def _minds_references(database: Database) -> bool:
    with database.writer.connect() as connection:
        return connection.exec_driver_sql("pragma foreign_keys").scalar() == 1


def test_a_database_that_is_up_to_date_is_left_alone(
    old: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrate(old.writer)

    def fail(*_: object) -> None:
        raise AssertionError("it was migrated")

    monkeypatch.setattr(command, "upgrade", fail)

    migrate(old.writer)


def test_an_old_row_that_refers_to_nothing_stops_no_start(
    old: Database, url: str, tmp_path: Path
) -> None:
    migrate(old.writer)
    _orphan(old)

    open_house(Config(data=str(tmp_path / "data"), database=url, sealing_key=SEALING)).close()


def test_nor_does_it_stop_a_migration(old: Database) -> None:
    _orphan(old)

    migrate(old.writer)

    assert current(old.writer) == revisions()[-1]


def test_after_a_migration_references_are_minded_again(old: Database) -> None:
    migrate(old.writer)

    assert _minds_references(old)


def test_after_a_migration_that_failed_they_are_minded_again(old: Database) -> None:
    with old.writer.begin() as connection:
        connection.execute(text("CREATE TABLE notification (id INTEGER)"))

    with pytest.raises(exc.OperationalError):
        migrate(old.writer)

    assert current(old.writer) == BEFORE
    assert _minds_references(old)
