"""The database as it is opened: durable, one writer at a time, readers that cannot write."""

import sqlite3
import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DBAPIError, StatementError

from companion import engines
from companion.db import Database, new_id, open_database
from companion.people.models import Brake, Person, SignIn
from tests.cast import Cast
from tests.conftest import ENGINE, NOW


def test_a_moment_comes_back_as_the_same_instant(database: Database) -> None:
    paramaribo = datetime(2026, 11, 22, 23, 30, tzinfo=timezone(timedelta(hours=-3)))
    with database.writing.begin() as db:
        db.add(Brake(action="a", tokens=1, filled_at=paramaribo))

    with database.reading() as db:
        found = db.scalar(select(Brake.filled_at))

    assert found == paramaribo
    assert found
    assert found.tzinfo is UTC


def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError), database.writing.begin() as db:
        db.add(Brake(action="a", tokens=1, filled_at=datetime(2026, 11, 22)))  # noqa: DTZ001


def test_readers_cannot_write(database: Database, cast: Cast) -> None:
    with pytest.raises(DBAPIError), database.reading() as db:
        db.execute(update(Person).values(left_at=NOW))


def test_ids_are_uuid_7_and_sort_by_age() -> None:
    ids = [new_id() for _ in range(3)]

    assert {each.version for each in ids} == {7}
    assert {each.variant for each in ids} == {"specified in RFC 4122"}
    assert int.from_bytes(ids[0].bytes[:6]) == int(NOW.timestamp() * 1000)


def test_those_who_read_before_they_write_all_get_their_turn(
    database: Database, cast: Cast
) -> None:
    """SQLite fails such a transaction at once unless it begins IMMEDIATE."""
    with database.writing.begin() as db:
        db.add(Brake(action="count", tokens=0, filled_at=NOW))
    threads = [threading.Thread(target=_count, args=(database, 20)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with database.reading() as db:
        assert db.scalar(select(Brake.tokens)) == 80


def _count(database: Database, times: int) -> None:
    for _ in range(times):
        with database.writing.begin() as db:
            brake = db.scalars(select(Brake).with_for_update()).one()
            brake.tokens += 1


def test_a_deleted_person_takes_her_sign_ins_along(database: Database, cast: Cast) -> None:
    with database.writing.begin() as db:
        db.execute(text("DELETE FROM sign_in WHERE person_id <> :id"), {"id": _raw(cast)})
        db.delete(db.get_one(Person, cast.amina.id))
        db.flush()
        assert db.scalar(select(func.count()).select_from(SignIn)) == 0


def _raw(cast: Cast) -> str:
    return cast.amina.id.hex if ENGINE == "sqlite" else str(cast.amina.id)


def test_sqlite_is_durable_and_without_the_wal_reset_bug(tmp_path: Path) -> None:
    engines.create_sqlite_file(f"sqlite:///{tmp_path / 'a.db'}")
    opened = open_database(f"sqlite:///{tmp_path / 'a.db'}")
    with opened.writing() as db:
        asked = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "trusted_schema")
        values = [db.scalar(text(f"pragma {name}")) for name in asked]
        version = str(db.scalar(text("select sqlite_version()")))
    opened.close()

    assert values == ["wal", 2, 1, 1, 0]
    assert tuple(map(int, version.split("."))) >= engines.SQLITE_WITHOUT_WAL_RESET_BUG


def test_an_sqlite_with_the_bug_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 40, 1))
    monkeypatch.setitem(__import__("sys").modules, "pysqlite3.dbapi2", None)

    with pytest.raises(RuntimeError, match=r"3\.51\.3"):
        engines.sqlite_module()
