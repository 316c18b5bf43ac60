"""/health, for a monitor: does the database answer, do reminders go out? Four numbers, and no more:
reasons could tell something of somebody, and are for the operator's terminal alone."""

from typing import Any

from litestar import Response

from companion.notifications.numbers import numbers
from companion.web.params import Database
from companion.web.routing import get


@get("/health", opt={"is_static": True})
def show_health(db: Database) -> Response[dict[str, Any]]:
    """200 when all is well; 503 when what is due does not go out (or the database is away)."""
    now = numbers(db)
    answer = {
        "well": now.is_well,
        "due": now.due,
        "oldest_due_seconds": now.oldest_due_seconds,
        "held_up": now.held_up,
        "held_up_seconds": now.held_up_seconds,
    }
    return Response(answer, status_code=200 if now.is_well else 503)
