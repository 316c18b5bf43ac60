"""The house the tests live in: a database each, a held clock, a browser, and the cast."""

import base64
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from litestar.testing import TestClient

from companion import clock, sealing
from companion.app import Companion, create_app
from companion.config import Config
from companion.db import Database, open_database
from companion.engines import create_sqlite_file
from companion.migrations import migrate
from companion.notifications import keys
from companion.packs import own
from companion.pilots import pack
from companion.pilots.wordings import Shelf
from companion.programmes import programme
from companion.reminders.following import follow_in
from tests.cast import Cast, bring_in
from tests.fast_folder import fast_folder
from tests.house import House, furnish
from tests.postgresql import Server, copy_database, start_server

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)  # a Sunday
ENGINE = os.environ.get("TEST_ENGINE", "sqlite")

if folder := fast_folder():
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(folder))


PUSH_KEY = keys.PushKey.parse("MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA")
RING = sealing.Keyring.parse(f"k1:{base64.b64encode(b'0' * 32).decode()}")


@pytest.fixture(autouse=True)
def _key() -> None:
    """The tests' own key, also after a test that started the house with another."""
    sealing.use(RING)
    keys.use(PUSH_KEY)


class HeldClock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.moment = NOW

    def now(self) -> datetime:
        return self.moment


@pytest.fixture(autouse=True)
def _packs_as_they_come() -> None:
    """Also after a test in which a pilot took in a pack of its own."""
    for code in pack.shipped():
        pack.use_own(code, None)
        programme.use_own(code, {})


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
        TemporaryDirectory("", "companion-", fast_folder(), ignore_cleanup_errors=True) as folder,
        start_server(Path(folder)) as server,
    ):
        yield server


class Templates:
    """Databases that tests get copies of: one migrated and empty, one with the cast in it."""

    def __init__(self, folder: Path, server: Server | None) -> None:
        self.folder, self.server = folder, server
        self._make("empty")
        database = open_database(self.url("empty"))
        migrate(database.writer)
        database.close()
        self._make("peopled", "empty")
        database = open_database(self.url("peopled"))
        with database.writing.begin() as db:
            self.cast = bring_in(db)
        database.close()

    def url(self, name: str) -> str:
        return self.server.url(name) if self.server else f"sqlite:///{self.folder / name}.db"

    def _make(self, name: str, template: str = "template0") -> None:
        if self.server:
            self.server.create(name, template)
        elif template in ("empty", "peopled"):
            shutil.copy(self.folder / f"{template}.db", self.folder / f"{name}.db")
        else:
            create_sqlite_file(self.url(name))

    @contextmanager
    def blank(self, folder: Path) -> Iterator[str]:
        """A database with nothing in it, not even tables."""
        if self.server:
            with copy_database(self.server, "template0") as url:
                yield url
            return
        url = f"sqlite:///{folder / 'blank.db'}"
        create_sqlite_file(url)
        yield url

    @contextmanager
    def copy(self, name: str, folder: Path) -> Iterator[str]:
        if self.server:
            with copy_database(self.server, name) as url:
                yield url
            return
        shutil.copy(self.folder / f"{name}.db", folder / "companion.db")
        yield f"sqlite:///{folder / 'companion.db'}"


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory, postgresql: Server | None) -> Templates:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", HeldClock().now)
        sealing.use(RING)
        keys.use(PUSH_KEY)
        return Templates(tmp_path_factory.mktemp("templates"), postgresql)


@pytest.fixture
def database_url(
    request: pytest.FixtureRequest, templates: Templates, tmp_path: Path
) -> Iterator[str]:
    """A database of the test's own; the cast is in it if the test asks for it."""
    name = "peopled" if "cast" in request.fixturenames else "empty"
    with templates.copy(name, tmp_path) as url:
        yield url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = open_database(database_url)
    follow_in(opened)
    yield opened
    opened.close()


@pytest.fixture
def config() -> Config:
    return Config(port=8000, worker=False)


@pytest.fixture(scope="session")
def built() -> Companion:
    """The application, put together once: that takes longer than most tests."""
    sealing.use(RING)
    keys.use(PUSH_KEY)
    return create_app(Config(port=8000, worker=False), open_database("sqlite:///never-opened.db"))


@pytest.fixture
def app(built: Companion, database: Database) -> Companion:
    built.state.database = database
    built.state.shelf = shelf = Shelf(own.know)
    built.state.always = {"wordings": shelf.of_reader}
    return built


@pytest.fixture
def cast(templates: Templates) -> Cast:
    """Amina with her partner Femi, and Beatriz, with facilitator Chipo; Dewi in another group with
    Gita; Hana who left; Edon who coordinates; Ilse who translates."""
    return templates.cast


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
