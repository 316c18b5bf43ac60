"""Where the parts meet."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from typing import Any

from litestar import Litestar, Request
from litestar.config.compression import CompressionConfig
from litestar.datastructures import State
from litestar.di import Provide
from sqlalchemy.orm import Session

from companion import sealing, worker
from companion.chat.bus import bus_at
from companion.chat.live import Hub
from companion.chat.marks import unread
from companion.chat.routes import router as chat_router
from companion.config import Config
from companion.db import Database, UnitOfWork, open_database
from companion.demo.routes import sign_in_player
from companion.errors import Locked
from companion.groups.routes import router as groups_router
from companion.health import show_health
from companion.journeys.routes import router as journeys_router
from companion.localisation.routes import router as localisation_router
from companion.measurements.routes import router as measurements_router
from companion.notifications.keys import push_key
from companion.notifications.routes import router as notifications_router
from companion.packs import own
from companion.packs.routes import router as packs_router
from companion.people import waking
from companion.people.asking import (
    know_reader,
    provide_coordinator,
    provide_holder,
    provide_reader,
    provide_translator,
    provide_visitor,
    written_by_herself,
)
from companion.people.locked import show_lock
from companion.people.routes import router as people_router
from companion.pilots.routes import router as pilots_router
from companion.pilots.wordings import Shelf
from companion.recordings.asking import provide_signs_heard, provide_topic_heard
from companion.recordings.routes import router as recordings_router
from companion.reminders.following import follow_in
from companion.reminders.routes import router as reminders_router
from companion.sessions.routes import router as sessions_router
from companion.today.asking import provide_spared
from companion.today.routes import router as today_router
from companion.web.assets import assets, send_asset
from companion.web.failures import HANDLERS
from companion.web.headers import add_headers
from companion.web.installing import router as installing_router
from companion.web.origin import from_our_own_pages
from companion.web.pages import environment
from companion.web.typed import provide_typed

BODY_LIMIT = 256 * 1024
SMALLEST_COMPRESSED = 400


async def provide_db(request: Request[Any, Any, Any]) -> AsyncIterator[Session]:
    """The handler's database handle, committed when the handler has returned its page."""
    unit = UnitOfWork(request.app.state.database, request.method)
    request.scope["unit_of_work"] = unit  # type: ignore[typeddict-unknown-key]
    try:
        yield await unit.begin()
    except BaseException:
        await unit.end(commit=False)
        raise
    await unit.end(commit=True)


class Companion(Litestar):
    """The application. A HEAD is answered as its GET, without the body."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await super().__call__(scope, receive, send)
            return
        if scope["method"] == "HEAD":
            scope, send = {**scope, "method": "GET"}, _without_body(send)
        try:
            await super().__call__(scope, receive, send)
        finally:
            # What one dependency raises, Litestar does not tell the others: the handle would
            # stay open until Python happens to tidy up.
            if unit := scope.get("unit_of_work"):
                await unit.end(commit=False)


def _without_body(send: Any) -> Any:
    async def send_head(message: Any) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return send_head


@asynccontextmanager
async def _live(app: Litestar) -> AsyncIterator[None]:
    """While the application runs: open pages are told what is new, and chores are done."""
    config: Config = app.state.config
    database, shelf = app.state.database, app.state.shelf
    app.state.hub = hub = Hub(database, bus_at(config.bus), shelf, drafts=config.drafts)
    hub.start()
    work = worker.working(config, database, shelf) if config.worker else nullcontext()
    async with work:
        yield
    await hub.stop()


def _close_database(app: Litestar) -> None:
    app.state.database.close()


def create_app(config: Config, database: Database | None = None) -> Companion:
    """The whole application. The sealing key must be in use by now."""
    sealing.keyring()
    push_key()
    environment()
    assets()
    database = database or open_database(config.database_url)
    follow_in(database)
    shelf = Shelf(own.know)
    return Companion(
        route_handlers=[
            send_asset,
            installing_router,
            show_health,
            people_router,
            measurements_router,
            journeys_router,
            sessions_router,
            recordings_router,
            pilots_router,
            localisation_router,
            packs_router,
            groups_router,
            chat_router,
            notifications_router,
            reminders_router,
            *([sign_in_player] if config.demo else []),
            today_router,
        ],
        dependencies={
            "db": Provide(provide_db),
            "visitor": Provide(provide_visitor, sync_to_thread=False),
            "holder": Provide(provide_holder, sync_to_thread=False),
            "reader": Provide(provide_reader, sync_to_thread=False),
            "coordinator": Provide(provide_coordinator, sync_to_thread=False),
            "translator": Provide(provide_translator, sync_to_thread=False),
            "spared": Provide(provide_spared, sync_to_thread=True),
            "topic_heard": Provide(provide_topic_heard, sync_to_thread=False),
            "signs_heard": Provide(provide_signs_heard, sync_to_thread=False),
            "typed": Provide(provide_typed, sync_to_thread=False),
        },
        guards=[from_our_own_pages, know_reader, written_by_herself],
        exception_handlers={**HANDLERS, Locked: show_lock},
        before_send=[add_headers, waking.add_cookie],
        compression_config=CompressionConfig(
            backend="brotli",
            brotli_quality=5,
            gzip_compress_level=6,
            minimum_size=SMALLEST_COMPRESSED,
            brotli_gzip_fallback=True,
            exclude=["^/static/", r"\.js$", "^/groups/[^/]+/live$", "^/recordings/[^/]+$"],
        ),
        lifespan=[_live],
        on_shutdown=[_close_database],
        openapi_config=None,
        request_max_body_size=BODY_LIMIT,
        state=State(
            {
                "config": config,
                "database": database,
                "shelf": shelf,
                "always": {"wordings": shelf.of_reader},
                "asides": {"unread": unread},
            }
        ),
    )
