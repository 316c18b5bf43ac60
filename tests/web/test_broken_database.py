"""A database that is locked, missing or read-only: a calm page, and nothing typed is lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from companion import engines
from companion.app import create_app
from companion.config import Config
from companion.db import Database, open_database
from companion.engines import create_sqlite_file
from companion.migrations import migrate
from tests.cast import Cast
from tests.conftest import Browser


@contextmanager
def _browser_on(url: str) -> Iterator[Browser]:
    config = Config()
    database = open_database(url)
    with Browser(create_app(config, database), config.origin) as client:
        yield client
    database.close()


@contextmanager
def _locked(database: Database) -> Iterator[None]:
    """Somebody else is writing and does not stop."""
    with database.writer.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("LOCK TABLE person IN ACCESS EXCLUSIVE MODE"))
        else:
            connection.execute(text("SELECT 1"))  # its transaction began IMMEDIATE
        yield
        connection.rollback()


def test_a_locked_database_says_so_and_keeps_what_was_typed(
    database: Database, database_url: str, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "WAIT_SECONDS", 1)
    with _browser_on(database_url) as browser, _locked(database):
        browser.sign_in(cast.amina.token)
        answer = browser.post_form("/name", {"name": "Amina B."})

    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "5"
    assert "Amina B." in answer.text


def test_a_missing_database_is_not_made_anew(tmp_path: Path) -> None:
    with _browser_on(f"sqlite:///{tmp_path / 'gone.db'}") as browser:
        browser.sign_in("anything")
        answer = browser.get("/more")

    assert answer.status_code == 503
    assert "Not just now" in answer.text
    assert not (tmp_path / "gone.db").exists()


def test_a_database_deleted_under_a_running_server_takes_no_more_rows(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a.db'}"
    create_sqlite_file(url)
    made = open_database(url)
    migrate(made.writer)
    made.close()
    with _browser_on(url) as browser:
        assert browser.post_form("/key", {"code": "WRONG"}).status_code == 422
        for path in tmp_path.glob("a.db*"):
            path.unlink()
        answer = browser.post_form("/key", {"code": "ABCD-EFGH"})

    assert answer.status_code == 503
    assert "Wait a little, then try again." in answer.text


def test_a_read_only_database_saves_nothing_and_says_so(
    database: Database, cast: Cast, config: Config
) -> None:
    read_only = Database(database.reader, database.reader)
    with Browser(create_app(config, read_only), config.origin) as browser:
        browser.sign_in(cast.amina.token)
        answer = browser.post_form("/name", {"name": "Amina B."})
        assert browser.get("/name").status_code == 200

    assert answer.status_code == 503
    assert "Amina B." in answer.text
