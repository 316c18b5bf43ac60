"""Before anything is served: the key is read, the database is there and up to date."""

import os

from sqlalchemy import inspect, select, text

from companion import sealing
from companion.config import Config
from companion.db import Database, open_database
from companion.engines import create_sqlite_file
from companion.migrations import migrate
from companion.people.models import Person


def open_house(config: Config) -> Database:
    """Keys in use, database migrated. Raises BadKey, and what the database says when it cannot."""
    if config.database_url.startswith("sqlite"):
        create_sqlite_file(config.database_url)
    database = open_database(config.database_url)
    try:
        _use_keys(config, database)
        migrate(database.writer)
        _check_keys(database)
    except BaseException:
        database.close()
        raise
    return database


def _use_keys(config: Config, database: Database) -> None:
    if config.sealing_key:
        sealing.use(sealing.Keyring.parse(config.sealing_key))
        return
    path = sealing.key_file(config.data)
    if not path.exists():
        if _holds_people(database):
            # A new key would open nothing that is there: everything would look lost.
            raise sealing.BadKey(
                f"The sealing key {path} is missing, but the database holds people. "
                "Bring the key back from its backup."
            )
        sealing.create_key_file(path)
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise sealing.BadKey(f"{path} can be read by others. Run: chmod 600 {path}")
    sealing.use(sealing.Keyring.parse(path.read_text(encoding="ascii", errors="replace")))


def _check_keys(database: Database) -> None:
    """One sealed name is opened: a wrong key must show now, and not on somebody's page."""
    with database.reading() as db:
        row = db.execute(select(Person.id, Person.name_sealed).limit(1)).first()
    try:
        if row:
            Person.name.open(Person, row.name_sealed, row.id)
    except sealing.CannotOpen:
        raise sealing.BadKey("The sealing key does not open what is in the database.") from None


def _holds_people(database: Database) -> bool:
    with database.writer.connect() as connection:
        if not inspect(connection).has_table("person"):
            return False
        return connection.execute(text("SELECT 1 FROM person LIMIT 1")).first() is not None
