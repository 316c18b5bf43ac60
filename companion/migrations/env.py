"""How Alembic runs a migration here: on the writer's engine, in one transaction."""

from typing import Any

from alembic import context
from sqlalchemy import Connection

import companion.models  # noqa: F401 - every table must be known
from companion.db import Model


def mind_references(connection: Connection, *, yes: bool) -> None:
    """SQLite changes a table by making it anew, and the old one would take along every row that
    refers to it: while that lasts, it minds no references."""
    if connection.dialect.name == "sqlite":
        driver: Any = connection.connection.driver_connection
        driver.execute(f"pragma foreign_keys={'on' if yes else 'off'}")


def lost_references(connection: Connection) -> int:
    """How many rows refer to what is not there."""
    if connection.dialect.name != "sqlite":
        return 0
    return len(connection.exec_driver_sql("pragma foreign_key_check").all())


engine = context.config.attributes["engine"]
with engine.connect() as connection:
    mind_references(connection, yes=False)
    try:
        context.configure(
            connection=connection,
            target_metadata=Model.metadata,
            render_as_batch=True,
            transactional_ddl=True,
            transaction_per_migration=False,
        )
        with context.begin_transaction():
            before = lost_references(connection)
            context.run_migrations()
            if (lost := lost_references(connection) - before) > 0:
                raise RuntimeError(f"The migration would lose rows: {lost} refer to nothing.")
        connection.commit()
    finally:
        mind_references(connection, yes=True)
