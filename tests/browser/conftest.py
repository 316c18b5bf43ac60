"""A real browser on a real server: both on this machine, over real HTTP."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, cast

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from companion.app import Companion, create_app
from companion.config import Config
from companion.db import Database
from tests import chromium as found
from tests.notifications.push_service import PushService, push_service
from tests.served import free_port, served

PHONE = {"width": 360, "height": 640}
# A browser that has none, or has none yet: it comes three seconds after a page.
WITHOUT_WORKER = {"service_workers": "block"}
expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found.find(), args=found.ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def config() -> Config:
    return Config(port=free_port(), worker=False)


@pytest.fixture
def service() -> Iterator[PushService]:
    """A push service; it is there for a test that names it in its settings."""
    with push_service() as running:
        yield running


@pytest.fixture
def house_app(config: Config, database: Database) -> Companion:
    """The application that is served."""
    return create_app(config, database)


class Line:
    """The line to the server: what was asked for, and how many bytes came, whoever in the browser
    asked; its worker asks for things that no page hears of."""

    def __init__(self, app: Companion) -> None:
        self.app, self.state = app, app.state
        self.came: list[tuple[str, int]] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        size = 0

        async def count(message: Any) -> None:
            nonlocal size
            # The status and the date, which the server adds, and the ends of lines.
            head = message.get("headers", [])
            size += sum(len(name) + len(value) + 4 for name, value in head) + 60 * bool(head)
            size += len(message.get("body", b""))
            await send(message)

        await self.app(scope, receive, count)
        if scope["type"] == "http":
            self.came.append((scope["path"], size))

    def read(self) -> dict[str, int]:
        """By address, since it was last read."""
        read, self.came = self.came, []
        return {path: sum(size for where, size in read if where == path) for path, _ in read}


@pytest.fixture
def line(house_app: Companion) -> Line:
    return Line(house_app)


@pytest.fixture
def origin(config: Config, line: Line) -> Iterator[str]:
    """Companion, served; the address it is at."""
    with served(cast("Companion", line), config):
        yield config.origin


@dataclass(frozen=True)
class Phone:
    """A small phone: a browser of its own, with its own cookies."""

    context: BrowserContext
    page: Page
    origin: str

    def open(self, path: str) -> None:
        """Go to an address of ours; it must be there."""
        answer = self.page.goto(f"{self.origin}{path}")
        assert answer
        assert answer.status == 200, path

    def sign_in(self, token: str) -> None:
        cookie = {"name": "sign-in", "value": token, "url": self.origin}
        self.context.add_cookies([cookie])  # type: ignore[list-item]

    def fill(self, fields: dict[str, str]) -> None:
        for name, value in fields.items():
            self.page.locator(f'[name="{name}"]').fill(value)

    def send(self, action: str) -> None:
        """Press the first button of the form that posts there."""
        self.page.locator(f'form[action="{action}"] button').first.click()
        self.page.wait_for_load_state()


NewPhone = Callable[..., Phone]


@pytest.fixture
def new_phone(chromium: Chromium, origin: str) -> Iterator[NewPhone]:
    opened: list[BrowserContext] = []

    def make(
        *,
        locale: str = "en-GB",
        scripts: bool = True,
        viewport: dict[str, int] = PHONE,
        **more: Any,
    ) -> Phone:
        context = chromium.new_context(
            viewport=viewport,  # type: ignore[arg-type]
            locale=locale,
            java_script_enabled=scripts,
            **more,
        )
        opened.append(context)
        return Phone(context, context.new_page(), origin)

    yield make
    for context in opened:
        context.close()
