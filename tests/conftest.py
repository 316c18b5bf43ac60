"""The house the tests live in: a database each, a held clock, a browser, and the cast."""

import base64
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from litestar.testing import TestClient

from companion import clock, sealing
from companion.app import Companion, create_app
from companion.config import Config
from companion.db import Database, create_sqlite_file, open_database
from companion.migrations import migrate
from tests.cast import Cast, bring_in
from tests.house import House, furnish
from tests.postgresql import Server, copy_database, start_server

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)  # a Sunday
ENGINE = os.environ.get("TEST_ENGINE", "sqlite")


@pytest.fixture(scope="session", autouse=True)
def _key() -> None:
    ring = f"k1:{base64.b64encode(b'0' * 32).decode()}"
    sealing.use(sealing.Keyring.parse(ring))


class HeldClock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.moment = NOW

    def now(self) -> datetime:
        return self.moment


@pytest.fixture(autouse=True)
def held_clock(monkeypatch: pytest.MonkeyPatch) -> HeldClock:
    held = HeldClock()
    monkeypatch.setattr(clock, "now", held.now)
    return held


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server | None]:
    if ENGINE == "sqlite":
        yield None
        return
    # Not in pytest's own folder: another run may tidy that one up under a living server.
    with (
        TemporaryDirectory(prefix="companion-", ignore_cleanup_errors=True) as folder,
        start_server(Path(folder)) as server,
    ):
        yield server


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory, postgresql: Server | None) -> str:
    """A migrated, empty database that every test gets a copy of."""
    if postgresql:
        url = postgresql.url("migrated")
        postgresql.create("migrated")
    else:
        url = f"sqlite:///{tmp_path_factory.mktemp('migrated') / 'companion.db'}"
        create_sqlite_file(url)
    database = open_database(url)
    migrate(database.writer)
    database.close()
    return url


@pytest.fixture
def database_url(migrated: str, tmp_path: Path, postgresql: Server | None) -> Iterator[str]:
    if postgresql:
        with copy_database(postgresql, "migrated") as url:
            yield url
        return
    shutil.copy(migrated.removeprefix("sqlite:///"), tmp_path / "companion.db")
    yield f"sqlite:///{tmp_path / 'companion.db'}"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = open_database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def config() -> Config:
    return Config(port=8000)


@pytest.fixture
def app(config: Config, database: Database) -> Companion:
    return create_app(config, database)


@pytest.fixture
def cast(database: Database) -> Cast:
    """Amina, Beatriz and their partner Femi, with facilitator Chipo; Dewi in another group with
    Gita; Hana who left; Edon who coordinates."""
    with database.writing.begin() as db:
        return bring_in(db)


@pytest.fixture
def house(database: Database, cast: Cast) -> House:
    return furnish(database, cast)


class Browser(TestClient[Companion]):
    """A browser on our own pages: it says so with every request, as browsers do."""

    def __init__(self, app: Companion, origin: str) -> None:
        super().__init__(app, base_url=origin)
        self.headers.update(
            {
                "sec-fetch-site": "same-origin",
                "user-agent": "Chrome Android",
                "accept-language": "en",
            }
        )

    def sign_in(self, token: str) -> None:
        """As somebody of the cast: `browser.sign_in(cast.amina.token)`."""
        config: Config = self.app.state.config
        self.cookies.clear()
        self.cookies.set(config.sign_in_cookie, token)

    def post_form(self, address: str, fields: Any = None, **more: Any) -> Any:
        """Post and stay, so that a test sees the redirect itself."""
        return self.post(address, data=fields or {}, follow_redirects=False, **more)


@pytest.fixture
def browser(app: Companion, config: Config) -> Iterator[Browser]:
    with Browser(app, config.origin) as client:
        yield client
