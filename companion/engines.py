"""How the two kinds of database are opened: durable, and never made anew by opening.

SQLite: a write-ahead log, synchronous=FULL, one writing connection that begins IMMEDIATE, so that a
transaction that reads before it writes waits its turn instead of failing, and readers that are
`query_only`. PostgreSQL: lock waits that end, and readers that are read-only transactions.
"""

import sqlite3
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import quote

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import QueuePool

WAIT_SECONDS = 5

# Below this, a writer and a checkpointer that race can corrupt the file (sqlite.org/wal.html).
SQLITE_WITHOUT_WAL_RESET_BUG = (3, 51, 3)

READERS = 4  # they share one interpreter; more of them only wait for each other
PRAGMAS = (
    "journal_mode=wal",
    "synchronous=full",  # a commit that was answered survives power loss
    "foreign_keys=on",
    "trusted_schema=off",
    "secure_delete=on",  # what is erased is overwritten
    "cache_size=-8000",
)


def engines(url: str) -> tuple[Engine, Engine]:
    """The reader's engine and the writer's, for sqlite:///file or postgresql://…"""
    if url.startswith("sqlite"):
        path = sqlite_file(url)
        return _sqlite_engine(path, writes=False), _sqlite_engine(path, writes=True)
    reader, writer = _postgresql_engine(url), _postgresql_engine(url)
    return reader.execution_options(postgresql_readonly=True), writer


def _postgresql_engine(url: str) -> Engine:
    return create_engine(
        make_url(url).set(drivername="postgresql+psycopg"),
        pool_size=5,
        pool_pre_ping=True,
        pool_timeout=WAIT_SECONDS,
        hide_parameters=True,
        # Who waits for somebody else's lock is told so, instead of waiting for ever.
        connect_args={"options": f"-c lock_timeout={WAIT_SECONDS}s"},
    )


def sqlite_file(url: str) -> Path:
    return Path(make_url(url).database or "companion.db")


def create_sqlite_file(url: str) -> None:
    """An empty database that only its owner can read; one that is there is left alone.

    Opening alone never makes one: a database that went missing would come back empty.
    """
    path = sqlite_file(url)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600, exist_ok=True)


def sqlite_module() -> ModuleType:
    """A SQLite driver without the WAL-reset bug: Python's own if new enough, else pysqlite3."""
    if sqlite3.sqlite_version_info >= SQLITE_WITHOUT_WAL_RESET_BUG:
        return sqlite3
    try:
        import pysqlite3.dbapi2 as bundled
    except ImportError:
        bundled = None
    if bundled is None or bundled.sqlite_version_info < SQLITE_WITHOUT_WAL_RESET_BUG:
        raise RuntimeError(
            f"SQLite {sqlite3.sqlite_version} can corrupt a database; 3.51.3 or newer is needed. "
            "Install a newer Python or the package pysqlite3, or use PostgreSQL."
        )
    return bundled  # type: ignore[no-any-return]


def _sqlite_engine(path: Path, *, writes: bool) -> Engine:
    driver = sqlite_module()

    def connect() -> Any:
        address = f"file:{quote(str(path.resolve()))}?mode=rw"
        return driver.connect(address, uri=True, check_same_thread=False, timeout=WAIT_SECONDS)

    engine = create_engine(
        "sqlite://",
        module=driver,
        creator=connect,
        poolclass=QueuePool,
        pool_size=1 if writes else READERS,
        max_overflow=0,
        pool_timeout=WAIT_SECONDS,
        hide_parameters=True,
    )
    _prepare(engine, path, writes=writes)
    return engine


def _prepare(engine: Engine, path: Path, *, writes: bool) -> None:
    own = () if writes else ("query_only=on", "wal_autocheckpoint=0")

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, record: Any) -> None:
        record.info["file"] = _identity(path)
        connection.isolation_level = None
        for pragma in (*PRAGMAS, *own):
            connection.execute(f"pragma {pragma}")

    @event.listens_for(engine, "checkout")
    def look(_: Any, record: Any, __: Any) -> None:
        # A file that was deleted or put in another's place would take rows and lose them.
        if record.info.get("file") != _identity(path):
            raise DisconnectionError("the database file is another one now")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino
