"""Before anything is served: the key is read, the database is there and up to date."""

import logging
import os
from pathlib import Path

from sqlalchemy import func, inspect, select, text

from companion import sealing
from companion.config import Config, is_reachable
from companion.db import Database, open_database
from companion.engines import create_sqlite_file
from companion.migrations import migrate
from companion.notifications import keys
from companion.notifications.models import PushSubscription
from companion.people.models import Person
from companion.reminders.following import follow_in

log = logging.getLogger(__name__)


def open_house(config: Config) -> Database:
    """Keys in use, database migrated. Raises BadKey, and what the database says when it cannot."""
    if config.database_url.startswith("sqlite"):
        create_sqlite_file(config.database_url)
    database = open_database(config.database_url)
    try:
        _use_keys(config, database)
        migrate(database.writer)
        _check_keys(database)
        _use_push_key(config, database)
        _warn(config, database)
        follow_in(database)
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
    sealing.use(sealing.Keyring.parse(_secret(path)))


def _use_push_key(config: Config, database: Database) -> None:
    if config.push_key:
        keys.use(keys.PushKey.parse(config.push_key))
        return
    path = keys.key_file(config.data)
    if not path.exists():
        if _has_phones(database):
            # None of them would ring for another key, and nobody would know.
            raise sealing.BadKey(
                f"The push key {path} is missing, but phones ring for it. Bring it back from its "
                "backup, or make another one with `companion push-key`: then every phone rings "
                "again after its next visit."
            )
        keys.create_key_file(path)
    keys.use(keys.PushKey.parse(_secret(path)))


def _warn(config: Config, database: Database) -> None:
    """What would keep phones from ringing, and nobody would know."""
    if config.is_https and not is_reachable(config.push_contact):
        log.warning("Apple's phones will not ring: COMPANION_CONTACT must be really yours.")
    others = select(func.count()).where(PushSubscription.key_id != keys.push_key().id)
    with database.reading() as db:
        if many := db.scalars(others).one():
            log.warning("%s phones ring for another push key, until their next visit.", many)


def _secret(path: Path) -> str:
    """What stands in a file that is its owner's alone. Raises BadKey when others can read it."""
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise sealing.BadKey(f"{path} can be read by others. Run: chmod 600 {path}")
    return path.read_text(encoding="ascii", errors="replace")


def _has_phones(database: Database) -> bool:
    with database.reading() as db:
        return db.scalar(select(PushSubscription.id).limit(1)) is not None


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
