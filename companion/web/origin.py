"""The cross-site check: a post must come from our own pages, and say so.

Browsers send Sec-Fetch-Site (Fetch Metadata), older ones Origin or at least Referer. There is no
token to go stale, so a form filled in offline can be sent a week later.
"""

from typing import Any
from urllib.parse import urlsplit

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from companion.db import SAFE_METHODS
from companion.errors import FromElsewhere
from companion.web.typed import read_typed


async def from_our_own_pages(
    connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler
) -> None:
    """A guard on every route. Raises FromElsewhere; what was typed is read first, to be shown."""
    if not isinstance(connection, Request) or connection.method in SAFE_METHODS:
        return
    await read_typed(connection)
    if not _is_own(connection):
        raise FromElsewhere


def _is_own(request: Request[Any, Any, Any]) -> bool:
    headers = request.headers
    if site := headers.get("sec-fetch-site"):
        return site in ("same-origin", "none")
    came_from = headers.get("origin") or headers.get("referer")
    if not came_from:
        return False
    own: str = request.app.state.config.origin
    try:
        parts = urlsplit(came_from)
    except ValueError:
        return False
    return f"{parts.scheme}://{parts.netloc}" == own
