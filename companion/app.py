"""Where the parts meet."""

from collections.abc import Iterator
from typing import Any

from litestar import Litestar, Request
from litestar.config.compression import CompressionConfig
from litestar.datastructures import State
from litestar.di import Provide
from sqlalchemy.orm import Session

from companion import sealing
from companion.config import Config
from companion.db import Database, open_database
from companion.people.asking import provide_coordinator, provide_reader, provide_visitor
from companion.people.routes import router as people_router
from companion.web.assets import assets, send_asset
from companion.web.failures import HANDLERS
from companion.web.headers import add_headers
from companion.web.origin import from_our_own_pages
from companion.web.pages import environment
from companion.web.typed import provide_typed

BODY_LIMIT = 256 * 1024
SMALLEST_COMPRESSED = 400


def provide_db(request: Request[Any, Any, Any]) -> Iterator[Session]:
    """Commit once the page is drawn, before any of it is sent. The commit runs in a worker thread;
    so does the first statement, since a session opens its transaction only then."""
    database: Database = request.app.state.database
    yield from database.unit_of_work(request.method)


class Companion(Litestar):
    """The application; a HEAD is answered as its GET, without the body."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await super().__call__(scope, receive, send)
            return

        async def send_head(message: Any) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        as_get: Any = {**scope, "method": "GET"}
        await super().__call__(as_get, receive, send_head)


def create_app(config: Config, database: Database | None = None) -> Companion:
    """The whole application. The sealing key must be in use by now."""
    sealing.keyring()
    environment()
    assets()
    database = database or open_database(config.database_url)
    return Companion(
        route_handlers=[send_asset, people_router],
        dependencies={
            "db": Provide(provide_db),
            "visitor": Provide(provide_visitor, sync_to_thread=True),
            "reader": Provide(provide_reader, sync_to_thread=False),
            "coordinator": Provide(provide_coordinator, sync_to_thread=False),
            "typed": Provide(provide_typed, sync_to_thread=False),
        },
        guards=[from_our_own_pages],
        exception_handlers=HANDLERS,
        before_send=[add_headers],
        compression_config=CompressionConfig(
            backend="brotli",
            brotli_quality=5,
            gzip_compress_level=6,
            minimum_size=SMALLEST_COMPRESSED,
            brotli_gzip_fallback=True,
            exclude=["^/static/"],
        ),
        on_shutdown=[database.close],
        openapi_config=None,
        request_max_body_size=BODY_LIMIT,
        state=State({"config": config, "database": database}),
    )
