"""Migrations: dated, one sentence each, forward only, the same on SQLite and PostgreSQL."""

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

FOLDER = "companion:migrations"


def _config(engine: Engine) -> AlembicConfig:
    config = AlembicConfig()
    config.set_main_option("script_location", FOLDER)
    config.set_main_option("path_separator", "os")
    config.attributes["engine"] = engine
    return config


def migrate(engine: Engine, to: str = "head") -> None:
    """Bring a database up to date; one that is up to date is left alone."""
    if to == "head" and current(engine) == revisions()[-1]:
        return
    command.upgrade(_config(engine), to)


def revisions() -> list[str]:
    """Every revision, the oldest first."""
    scripts = ScriptDirectory.from_config(_config_without_engine())
    return [script.revision for script in scripts.walk_revisions()][::-1]


def _config_without_engine() -> AlembicConfig:
    config = AlembicConfig()
    config.set_main_option("script_location", FOLDER)
    return config


def current(engine: Engine) -> str | None:
    """The revision a database is at; None when nothing was ever made in it."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()
