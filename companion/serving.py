"""The server: as many open pages as the machine allows, and a stop that loses nothing."""

import gc
import resource
from typing import Any

import uvicorn

from companion.app import Companion

GRACE_SECONDS = 10
MOST_CONNECTIONS = 10_000
KEPT_FILES = 200  # for the database and ourselves


class Server(uvicorn.Server):
    """uvicorn, but that a stop ends the streams first: it would wait for them in vain."""

    def __init__(self, app: Companion, host: str, port: int, **more: Any) -> None:
        settings: dict[str, Any] = {
            "access_log": False,  # addresses may hold an invitation's code
            "server_header": False,
            "log_level": "warning",
            "ws": "none",
            "timeout_graceful_shutdown": GRACE_SECONDS,
            "limit_concurrency": _room_for_connections(),
        }
        super().__init__(uvicorn.Config(app, host=host, port=port, **settings | more))
        self._app = app

    async def shutdown(self, sockets: Any = None) -> None:
        self._app.state.hub.dismiss()
        await super().shutdown(sockets)


def spare_the_collector() -> None:
    """What is there at the start stays, and need not be looked at again; what comes is mostly gone
    before it matters. Otherwise Python stops everybody, again and again, to walk through all of it
    (0.7 s with 5,000 open pages)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 5, 100)


def _room_for_connections() -> int:
    """An open page is an open file: as many as the machine lets us have."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CONNECTIONS + KEPT_FILES
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return max(1, wanted - KEPT_FILES)
